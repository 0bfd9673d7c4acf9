/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/alike.h"

#include "base/text.h"

#include <string.h>

#define LETTERS_MAX ((size_t)160) /* that are compared */
#define DIFFERENCE_SHARE 6        /* one letter in so many may differ */

/* Folded, without blanks. */
static size_t
reduce(const char *text, char *out)
{
	g_autofree char *folded = text_fold_vi(text);
	size_t n = 0;

	for (const char *p = folded; *p != '\0' && n < LETTERS_MAX; p++)
		if (*p != ' ')
			out[n++] = *p;
	return n;
}

/* Letters to change, add or leave out. */
static size_t
count_differences(const char *a, size_t n_a, const char *b, size_t n_b)
{
	size_t row[LETTERS_MAX + 1];

	for (size_t j = 0; j <= n_b; j++)
		row[j] = j;
	for (size_t i = 1; i <= n_a; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n_b; j++) {
			size_t changed = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = MIN(changed, 1 + MIN(row[j], row[j - 1]));
		}
	}
	return row[n_b];
}

bool
alike_texts(const char *a, const char *b)
{
	char x[LETTERS_MAX], y[LETTERS_MAX];
	size_t n_x = reduce(a, x), n_y = reduce(b, y);

	if (n_x == n_y && memcmp(x, y, n_x) == 0)
		return true;
	return count_differences(x, n_x, y, n_y) <= MAX(n_x, n_y) / DIFFERENCE_SHARE;
}
