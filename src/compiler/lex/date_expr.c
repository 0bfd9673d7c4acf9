/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/date_expr.h"

#include "compiler/lex/marker.h"

#include <glib.h>
#include <string.h>

#define FIRST_YEAR 2000
#define LAST_YEAR 2099

static void
skip_blanks(const char *fold, size_t *at)
{
	while (fold[*at] == ' ')
		(*at)++;
}

static bool
read_word(const char *fold, size_t *at, const char *word)
{
	size_t len = strlen(word), i = *at;

	skip_blanks(fold, &i);
	if (strncmp(fold + i, word, len) != 0 || g_ascii_isalnum(fold[i + len]))
		return false;
	*at = i + len;
	return true;
}

static bool
read_mark(const char *fold, size_t *at, char mark)
{
	size_t i = *at;

	skip_blanks(fold, &i);
	if (fold[i] != mark)
		return false;
	*at = i + 1;
	return true;
}

static bool
read_number(const char *fold, size_t *at, int max_digits, int *ret_value)
{
	size_t i = *at;
	int value = 0, digits = 0;

	skip_blanks(fold, &i);
	for (; g_ascii_isdigit(fold[i]); i++, digits++)
		value = MIN(value * 10 + (fold[i] - '0'), 100000);
	if (digits == 0 || digits > max_digits)
		return false;
	*at = i;
	*ret_value = value;
	return true;
}

static bool
read_year(const char *fold, size_t *at, int *ret_year)
{
	size_t i = *at;
	int year;

	if (!read_number(fold, &i, 4, &year) || year < FIRST_YEAR || year > LAST_YEAR)
		return false;
	*at = i;
	*ret_year = year;
	return true;
}

/* "/2026" or "nam 2026" */
static bool
read_year_behind(const char *fold, size_t *at, int *ret_year)
{
	size_t i = *at;

	if (!read_mark(fold, &i, '/') && !read_mark(fold, &i, '-') && !read_word(fold, &i, "nam"))
		return false;
	if (!read_year(fold, &i, ret_year))
		return false;
	*at = i;
	return true;
}

static bool
read_slashed(const char *fold, size_t *at, DateExpr *expr)
{
	size_t i = *at;
	int first, second;

	if (!read_number(fold, &i, 2, &first) || !read_mark(fold, &i, '/'))
		return false;
	if (read_year(fold, &i, &expr->year)) {
		expr->precision = DATE_EXPR_MONTH;
		expr->month = first;
	} else if (read_number(fold, &i, 2, &second) && read_mark(fold, &i, '/') &&
		   read_year(fold, &i, &expr->year)) {
		expr->precision = DATE_EXPR_DAY;
		expr->day = first;
		expr->month = second;
	} else {
		return false;
	}
	if (expr->month < 1 || expr->month > 12 || g_ascii_isalnum(fold[i]))
		return false;
	*at = i;
	return true;
}

static bool
read_quarter(const char *fold, size_t *at, DateExpr *expr)
{
	static const char *const ROMAN[] = {"i", "ii", "iii", "iv"};
	size_t i = *at;
	int quarter = 0;

	if (!read_word(fold, &i, "quy"))
		return false;
	for (int q = 0; q < 4 && quarter == 0; q++)
		if (read_word(fold, &i, ROMAN[q]))
			quarter = q + 1;
	/* Recognition takes the strokes of "II" and "III" for figures. */
	if (quarter == 0 && (read_word(fold, &i, "11") || read_word(fold, &i, "111")))
		quarter = fold[i - 3] == '1' ? 3 : 2;
	if (quarter == 0 && !read_number(fold, &i, 1, &quarter))
		return false;
	if (quarter < 1 || quarter > 4 || !read_year_behind(fold, &i, &expr->year))
		return false;
	expr->precision = DATE_EXPR_QUARTER;
	expr->month = quarter;
	*at = i;
	return true;
}

static bool
read_half(const char *fold, size_t *at, DateExpr *expr)
{
	size_t i = *at;
	int months;

	if (!read_number(fold, &i, 1, &months) || months != 6 || !read_word(fold, &i, "thang"))
		return false;
	if (read_word(fold, &i, "dau"))
		expr->month = 1;
	else if (read_word(fold, &i, "cuoi"))
		expr->month = 2;
	else
		return false;
	if (!read_year_behind(fold, &i, &expr->year))
		return false;
	expr->precision = DATE_EXPR_HALF;
	*at = i;
	return true;
}

static bool
read_spelled(const char *fold, size_t *at, DateExpr *expr)
{
	size_t i = *at;
	bool has_day = read_word(fold, &i, "ngay");

	if (has_day && read_slashed(fold, &i, expr)) {
		*at = i;
		return true;
	}
	if (has_day && !read_number(fold, &i, 2, &expr->day))
		return false;
	if (!read_word(fold, &i, "thang") || !read_number(fold, &i, 2, &expr->month) ||
	    !read_year_behind(fold, &i, &expr->year) || expr->month < 1 || expr->month > 12)
		return false;
	expr->precision = has_day ? DATE_EXPR_DAY : DATE_EXPR_MONTH;
	*at = i;
	return true;
}

bool
date_expr_read(const char *fold, size_t *at, DateExpr *ret_expr)
{
	DateExpr expr = {0};
	size_t i = *at;

	if (!read_quarter(fold, &i, &expr) && !read_half(fold, &i, &expr) && !read_spelled(fold, &i, &expr) &&
	    !read_slashed(fold, &i, &expr)) {
		expr = (DateExpr){.precision = DATE_EXPR_YEAR};
		(void)read_word(fold, &i, "nam");
		if (!read_year(fold, &i, &expr.year) || g_ascii_isalnum(fold[i]))
			return false;
	}
	*at = i;
	*ret_expr = expr;
	return true;
}

int32_t
date_expr_start(const DateExpr *expr)
{
	switch (expr->precision) {
	case DATE_EXPR_DAY:
		return date_from_ymd(expr->year, expr->month, expr->day);
	case DATE_EXPR_MONTH:
		return date_from_ymd(expr->year, expr->month, 1);
	case DATE_EXPR_QUARTER:
		return date_from_ymd(expr->year, expr->month * 3 - 2, 1);
	case DATE_EXPR_HALF:
		return date_from_ymd(expr->year, expr->month * 6 - 5, 1);
	case DATE_EXPR_YEAR:
	default:
		return date_from_ymd(expr->year, 1, 1);
	}
}

int32_t
date_expr_end(const DateExpr *expr)
{
	switch (expr->precision) {
	case DATE_EXPR_DAY:
		return date_from_ymd(expr->year, expr->month, expr->day);
	case DATE_EXPR_MONTH:
		return date_end_of_month(expr->year, expr->month);
	case DATE_EXPR_QUARTER:
		return date_end_of_quarter(expr->year, expr->month);
	case DATE_EXPR_HALF:
		return date_end_of_month(expr->year, expr->month * 6);
	case DATE_EXPR_YEAR:
	default:
		return date_from_ymd(expr->year, 12, 31);
	}
}

bool
partial_date_read(const char *fold, size_t *at, PartialDate *ret_date)
{
	size_t i = *at;
	int day = 0, month = 0, year = 0;

	(void)read_word(fold, &i, "ngay");
	(void)read_number(fold, &i, 2, &day);
	if (!read_mark(fold, &i, '/') && !read_word(fold, &i, "thang"))
		return false;
	(void)read_number(fold, &i, 2, &month);
	if (!read_year_behind(fold, &i, &year) || month > 12 || day > 31)
		return false;
	*at = i;
	*ret_date = (PartialDate){(int16_t)year, (int8_t)month, (int8_t)(month > 0 ? day : 0)};
	return true;
}

int
year_mentioned(const char *fold, size_t from, size_t to)
{
	static const char *const LEADS[] = {
	    "den nam", "den het nam", "het nam", "vao nam", "trong nam", "toi nam", "cuoi nam"};
	int found = 0;
	size_t best = 0;

	for (size_t k = 0; k < G_N_ELEMENTS(LEADS); k++) {
		const char *p = fold + from;

		while ((p = strstr(p, LEADS[k])) != NULL && (size_t)(p - fold) < to) {
			size_t at = (size_t)(p - fold) + strlen(LEADS[k]);
			int year;

			if (read_year(fold, &at, &year) && (size_t)(p - fold) >= best) {
				best = (size_t)(p - fold);
				found = year;
			}
			p++;
		}
	}
	return found;
}
