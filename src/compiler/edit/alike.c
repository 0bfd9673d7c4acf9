/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "compiler/lex/agency.h"

#include <string.h>

#define KEY_MAX 200 /* bytes of names that are compared letter by letter */

/* How many letters have to be put in, taken out or changed. */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t n = strlen(b), row[KEY_MAX + 1];

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t change = corner + (a[i - 1] != b[j - 1]);

			corner = row[j];
			row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
		}
	}
	return row[n];
}

/* "p vhxh" for "phong van hoa xa hoi": the letters of `brief` begin the words of `full`, in order, and every
 * word gives at least one. */
static bool
is_initials(const char *brief, const char *full)
{
	bool has_letters = false;

	while (*full != '\0') {
		size_t matched = 0;

		while (*brief == ' ')
			brief++;
		while (brief[matched] != '\0' && brief[matched] == full[matched] &&
		       (matched == 0 || brief[matched] != ' '))
			matched++;
		if (matched == 0)
			return false;
		/* One letter stands for the word unless more of it is written out. */
		brief += full[matched] == ' ' || full[matched] == '\0' ? matched : 1;
		has_letters = true;
		full += strcspn(full, " ");
		full += strspn(full, " ");
	}
	return has_letters && *brief == '\0';
}

static bool
is_misread_word(const char *a, const char *b)
{
	bool is_short = strlen(a) < 3 || strlen(b) < 3 || strlen(a) > KEY_MAX || strlen(b) > KEY_MAX;

	/* "Thôn 1" and "Thôn 2", "Tổ A" and "Tổ B" are two. */
	return !is_short && strpbrk(a, "0123456789") == NULL && edit_distance(a, b) == 1;
}

static bool
is_misreading(const char *a, const char *b)
{
	g_auto(GStrv) x = g_strsplit(a, " ", -1), y = g_strsplit(b, " ", -1);
	guint n = g_strv_length(x), n_misread = 0;

	if (n != g_strv_length(y))
		return false;
	for (guint i = 0; i < n; i++) {
		if (strcmp(x[i], y[i]) == 0)
			continue;
		if (!is_misread_word(x[i], y[i]))
			return false;
		n_misread++;
	}
	return n_misread > 0 && n_misread <= MAX(1, n / 3);
}

bool
agencies_look_alike(Arena *arena, const char *a, const char *b)
{
	const char *x = agency_key(arena, a), *y = agency_key(arena, b);

	return *x != '\0' && *y != '\0' && is_misreading(x, y);
}

bool
agencies_is_brief(Arena *arena, const char *brief, const char *full)
{
	const char *x = agency_key(arena, brief), *y = agency_key(arena, full);

	return strlen(x) < strlen(y) && is_initials(x, y);
}
