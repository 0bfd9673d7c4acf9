/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/register/register_import.h"

#include <string.h>

/* Whether two cells say the same. */

static char *
squeezed(const char *text)
{
	GString *out = g_string_new(NULL);

	text_squeeze_append(out, text, strlen(text));
	return g_string_free(out, FALSE);
}

/* White space says nothing, nor how a mark is written in Unicode: what comes in is in NFC. */
bool
register_same_text(const char *a, const char *b)
{
	g_autofree char *x = squeezed(a), *y = squeezed(b);

	return strcmp(x, y) == 0;
}

int
register_state_read(const char *text)
{
	g_autofree char *folded = text_fold_vi(text);

	for (int state = 0; state < WORK_STATE_MAX; state++) {
		g_autofree char *title = text_fold_vi(WORK_STATE_TITLES[state]);

		if (strcmp(g_strstrip(folded), title) == 0)
			return state;
	}
	return -1;
}

/* A whole number from 0 to 100, perhaps with its sign; -1. */
int
register_percent_read(const char *text)
{
	g_autofree char *digits = g_strdup(text);
	gint64 number;
	size_t len;

	g_strstrip(digits);
	len = strlen(digits);
	if (len > 0 && digits[len - 1] == '%')
		digits[len - 1] = '\0';
	return g_ascii_string_to_signed(g_strstrip(digits), 10, 0, 100, &number, NULL) ? (int)number : -1;
}

bool
register_import_is_same(const RegisterImporting *run, RegisterField field, const char *a, const char *b)
{
	if (register_same_text(a, b))
		return true;
	if (*a == '\0' || *b == '\0')
		return false;
	if (field == REGISTER_STATE)
		return register_state_read(a) >= 0 && register_state_read(a) == register_state_read(b);
	if (field == REGISTER_PERCENT)
		return register_percent_read(a) >= 0 && register_percent_read(a) == register_percent_read(b);
	if (field == REGISTER_DAY || field == REGISTER_DUE)
		return register_day_read(a) != DATE_NONE && register_day_read(a) == register_day_read(b);
	if (field == REGISTER_MONTH)
		return register_month_read(a) != DATE_NONE &&
		       register_month_read(a) == register_month_read(b);
	if (field == REGISTER_PERSON)
		return register_people_find(&run->people, a) != 0 &&
		       register_people_find(&run->people, a) == register_people_find(&run->people, b);
	return field == REGISTER_IDLE; /* any mark is one */
}
