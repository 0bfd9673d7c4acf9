/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/sheet_number.h"

#include "base/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_SIZE 400 /* of the widest double with DECIMALS_MAX decimals */
#define DECIMALS_MAX 15
#define SERIAL_MAX 2958466.0             /* the day after 31/12/9999 */
#define SERIAL_AFTER_FALSE_LEAP_DAY 60.0 /* spreadsheets take 1900 for a leap year */
#define DAYS_TO_1900 25569.0
#define DAYS_TO_1904 24107.0
#define EXACT_MAX 1e15 /* whole numbers below are exact */

const char *
sheet_number_builtin(int id)
{
	static const char *const CODES[] = {[1] = "0",
	    [2] = "0.00",
	    [3] = "#,##0",
	    [4] = "#,##0.00",
	    [9] = "0%",
	    [10] = "0.00%",
	    [14] = "dd/mm/yyyy",
	    [15] = "d-mmm-yy",
	    [16] = "d-mmm",
	    [17] = "mmm-yy",
	    [18] = "h:mm",
	    [19] = "h:mm:ss",
	    [20] = "h:mm",
	    [21] = "h:mm:ss",
	    [22] = "dd/mm/yyyy h:mm",
	    [37] = "#,##0",
	    [38] = "#,##0",
	    [39] = "#,##0.00",
	    [40] = "#,##0.00",
	    [45] = "mm:ss",
	    [46] = "h:mm:ss",
	    [47] = "mm:ss"};

	return id > 0 && id < (int)G_N_ELEMENTS(CODES) ? CODES[id] : NULL;
}

/* What the sections of a code ask for, read once from left to right. */
typedef struct {
	GString *prefix, *suffix; /* literal text around the digits */
	int n_percent, n_scale;   /* how often × 100, ÷ 1000 */
	int n_integer;            /* digits shown at least */
	int min_decimals, max_decimals;
	bool has_digits, has_point, has_thousands, is_odd; /* odd: scientific, fractions */
	bool has_year, has_month, has_day, has_hour, has_minute, has_second;
	char last; /* of the date letters */
} Shape;

/* Passes what is no placeholder: quoted text, an escaped character, a bracket, padding. NULL where it is one.
 */
static const char *
pass_literal(const char *at, const char *end, GString *literal)
{
	const char *stop;

	switch (*at) {
	case '"':
		stop = memchr(at + 1, '"', (size_t)(end - at - 1));
		stop = stop != NULL ? stop : end;
		g_string_append_len(literal, at + 1, stop - at - 1);
		return MIN(stop + 1, end);
	case '\\':
		if (at + 1 < end)
			g_string_append_len(literal, at + 1, g_utf8_skip[(unsigned char)at[1]]);
		return at + 1 < end ? MIN(at + 1 + g_utf8_skip[(unsigned char)at[1]], end) : end;
	case '_':
	case '*':
		return MIN(at + 2, end);
	case '[':
		stop = memchr(at, ']', (size_t)(end - at));
		stop = stop != NULL ? stop : end;
		if (at + 2 < stop && at[1] == '$')
			g_string_append_len(literal, at + 2, (gssize)strcspn(at + 2, "-]"));
		return MIN(stop + 1, end);
	default:
		return NULL;
	}
}

/* Takes a letter of a date; "m" is minutes behind hours and before seconds, else the month. */
static void
read_date_letter(Shape *shape, const char *at, size_t n)
{
	char letter = g_ascii_tolower(*at);

	if (letter == 'y')
		shape->has_year = true;
	else if (letter == 'd' && n <= 2)
		shape->has_day = true;
	else if (letter == 'h')
		shape->has_hour = true;
	else if (letter == 's')
		shape->has_second = true;
	else if (letter == 'm' && (shape->last == 'h' || g_ascii_strncasecmp(at + n, ":s", 2) == 0))
		shape->has_minute = true;
	else if (letter == 'm')
		shape->has_month = true;
	shape->last = letter;
}

static void
read_placeholder(Shape *shape, const char *at, const char *end)
{
	switch (*at) {
	case '0':
	case '#':
	case '?':
		shape->has_digits = true;
		if (shape->has_point) {
			shape->max_decimals = MIN(shape->max_decimals + 1, DECIMALS_MAX);
			shape->min_decimals = *at == '0' ? shape->max_decimals : shape->min_decimals;
		} else {
			shape->n_integer = MIN(shape->n_integer + (*at == '0'), DECIMALS_MAX);
		}
		break;
	case '.':
		shape->has_point = true;
		break;
	case ',':
		if (at + 1 < end && strchr("0#?", at[1]) != NULL)
			shape->has_thousands = shape->has_digits;
		else
			shape->n_scale = MIN(shape->n_scale + shape->has_digits, 5);
		break;
	default: /* E, / */
		shape->is_odd = true;
		break;
	}
}

static void
read_section(Shape *shape, const char *at, const char *end)
{
	while (at < end) {
		GString *literal = shape->has_digits ? shape->suffix : shape->prefix;
		const char *next = pass_literal(at, end, literal);
		size_t n = 1;

		if (next != NULL) {
			at = next;
			continue;
		}
		if (g_ascii_strncasecmp(at, "AM/PM", 5) == 0) {
			n = MIN((size_t)5, (size_t)(end - at));
		} else if (strchr("ymdhsYMDHS", *at) != NULL) {
			while (at + n < end && at[n] == *at)
				n++;
			read_date_letter(shape, at, n);
		} else if (strchr("0#?.,", *at) != NULL || (*at == 'E' && shape->has_digits) ||
			   (*at == '/' && shape->has_digits)) {
			read_placeholder(shape, at, end);
		} else {
			n = MIN((size_t)g_utf8_skip[(unsigned char)*at], (size_t)(end - at));
			g_string_append_len(literal, at, (gssize)n);
			shape->n_percent = MIN(shape->n_percent + (*at == '%'), 3);
		}
		at += n;
	}
}

/* The end of the section that begins at `at`. */
static const char *
section_end(const char *at)
{
	const char *end = at + strlen(at);
	g_autoptr(GString) ignored = g_string_new(NULL);

	while (at < end && *at != ';') {
		const char *next = pass_literal(at, end, ignored);

		at = next != NULL ? next : at + 1;
	}
	return at;
}

/* Rounds as a person does who sees the decimal digits: halves away from zero, and 0.285 is a half. */
static double
round_to(double value, int decimals)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	double scale = pow(10, decimals), scaled;

	if (!(fabs(value * scale) < EXACT_MAX))
		return value;
	scaled = g_ascii_strtod(g_ascii_formatd(text, sizeof(text), "%.15g", value * scale), NULL);
	return round(scaled) / scale;
}

static void
append_thousands(GString *out, const char *digits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			g_string_append_c(out, '.');
		g_string_append_c(out, digits[i]);
	}
}

static void
append_decimals(GString *out, const char *digits, const Shape *shape)
{
	size_t n = strlen(digits);

	while (n > (size_t)shape->min_decimals && digits[n - 1] == '0')
		n--;
	if (n > 0) {
		g_string_append_c(out, ',');
		g_string_append_len(out, digits, (gssize)n);
	}
}

static void
append_number(GString *out, double value, const Shape *shape)
{
	char text[NUMBER_SIZE], format[8];
	const char *digits = text;
	size_t n;

	g_snprintf(format, sizeof(format), "%%.%df", shape->max_decimals);
	g_ascii_formatd(text, sizeof(text), format, value);
	if (*digits == '-')
		digits++;
	n = strcspn(digits, ".");
	if (value < 0 && strspn(digits, "0.") != strlen(digits))
		g_string_append_c(out, '-');
	g_string_append(out, shape->prefix->str);
	for (size_t i = n; i < (size_t)shape->n_integer; i++)
		g_string_append_c(out, '0');
	if (shape->has_thousands)
		append_thousands(out, digits, n);
	else
		g_string_append_len(out, digits, (gssize)n);
	if (digits[n] == '.')
		append_decimals(out, digits + n + 1, shape);
	g_string_append(out, shape->suffix->str);
}

static void
append_plain(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	bool is_whole = fabs(value) < EXACT_MAX && fabs(value - nearbyint(value)) <= 0;

	g_ascii_formatd(text, sizeof(text), is_whole ? "%.0f" : "%.11g", value);
	for (const char *at = text; *at != '\0'; at++)
		g_string_append_c(out, *at == '.' ? ',' : *at);
}

/* Puts a part behind those that are there. */
static void
append_part(GString *out, size_t begin, char between, int number)
{
	if (out->len > begin)
		g_string_append_c(out, between);
	g_string_append_printf(out, "%02d", number);
}

static bool
append_date(GString *out, double value, const Shape *shape, bool is_1904)
{
	double days = floor(value);
	int seconds = (int)nearbyint((value - days) * 86400), year, month, day;
	size_t begin = out->len;

	if (!(value >= 0 && value < SERIAL_MAX))
		return false;
	if (seconds == 86400) {
		days++;
		seconds = 0;
	}
	if (is_1904)
		days -= DAYS_TO_1904;
	else
		days -= days < SERIAL_AFTER_FALSE_LEAP_DAY ? DAYS_TO_1900 - 1 : DAYS_TO_1900;
	date_to_ymd((int32_t)days, &year, &month, &day);
	if (shape->has_day)
		append_part(out, begin, '/', day);
	if (shape->has_month)
		append_part(out, begin, '/', month);
	if (shape->has_year)
		append_part(out, begin, '/', year);
	if (out->len > begin && (shape->has_hour || shape->has_minute))
		g_string_append_c(out, ' ');
	begin = out->len;
	if (shape->has_hour)
		append_part(out, begin, ':', seconds / 3600);
	if (shape->has_minute)
		append_part(out, begin, ':', seconds / 60 % 60);
	if (shape->has_second)
		append_part(out, begin, ':', seconds % 60);
	return true;
}

/* The section of a code that is for a number: positive, negative, zero. Makes the number positive where the
 * section shows the sign itself. */
static const char *
choose_section(const char *code, double *value, const char **ret_end)
{
	const char *end = section_end(code);

	if (*end == ';' && *value < 0) {
		code = end + 1;
		*value = -*value;
		end = section_end(code);
	} else if (*end == ';' && !(*value > 0)) {
		const char *second = section_end(end + 1);

		if (*second == ';') {
			code = second + 1;
			end = section_end(code);
		}
	}
	*ret_end = end;
	return code;
}

void
sheet_number_append(GString *out, double value, const char *code, bool is_1904)
{
	g_autoptr(GString) prefix = g_string_new(NULL), suffix = g_string_new(NULL);
	Shape shape = {.prefix = prefix, .suffix = suffix};
	double shown = value;
	const char *end;

	if (code == NULL || g_ascii_strncasecmp(code, "General", 7) == 0 || strchr(code, '@') == code) {
		append_plain(out, value);
		return;
	}
	code = choose_section(code, &shown, &end);
	read_section(&shape, code, end);
	if (shape.last != '\0') {
		if (!append_date(out, value, &shape, is_1904))
			append_plain(out, value);
		return;
	}
	if (!shape.has_digits && prefix->len > 0 && strstr(prefix->str, "General") == NULL) {
		g_string_append(out, prefix->str);
		return;
	}
	if (!shape.has_digits || shape.is_odd) {
		append_plain(out, value);
		return;
	}
	shown *= pow(100, shape.n_percent) / pow(1000, shape.n_scale);
	append_number(out, round_to(shown, shape.max_decimals), &shape);
}
