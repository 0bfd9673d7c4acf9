/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_amount.h"

#include "base/text.h"

#include <string.h>

#define DECIMALS_MAX 9 /* of a thousand million */

static const char NOT_A_NUMBER[] =
    "Số tiền chưa đúng. Ghi theo đồng, ví dụ 1.234.567, hoặc kèm đơn vị, ví dụ 1,5 triệu, 2 tỷ.";
static const char TOO_LARGE[] = "Số tiền quá lớn; hãy kiểm tra lại đơn vị (đồng, triệu, tỷ).";
static const char FRACTION[] =
    "Số tiền lẻ đến dưới một đồng. Dấu phẩy chỉ dùng với đơn vị, ví dụ 1,5 triệu; nghìn ngăn bằng dấu chấm.";
static const char ORDER[] = "Các đơn vị phải từ lớn đến bé, mỗi đơn vị một lần, ví dụ 2 tỷ 300 triệu.";

/* A number with groups of three behind points and decimals behind a comma. */
typedef struct Number {
	int64_t whole, decimals;
	int n_decimals;
} Number;

static const struct {
	const char *word; /* folded */
	int64_t factor;
} UNITS[] = {{"ty", 1000000000}, {"ti", 1000000000}, {"trieu", 1000000}, {"tr", 1000000}, {"nghin", 1000},
    {"ngan", 1000}};

static const char *const CURRENCIES[] = {"dong", "d", "vnd"};

static bool
add_digit(int64_t *value, char digit)
{
	if (*value > MONEY_AMOUNT_MAX)
		return false;
	*value = *value * 10 + (digit - '0');
	return true;
}

/* Digits in groups: after a point exactly three follow. */
static const char *
read_whole(const char **at, Number *number)
{
	int n_group = 0;
	bool is_grouped = false;

	for (;; (*at)++) {
		if (g_ascii_isdigit(**at)) {
			n_group++;
			if (!add_digit(&number->whole, **at))
				return TOO_LARGE;
		} else if (**at == '.' && n_group > 0 && n_group <= 3 && (!is_grouped || n_group == 3)) {
			is_grouped = true;
			n_group = 0;
		} else {
			break;
		}
	}
	return n_group == 0 || (is_grouped && n_group != 3) ? NOT_A_NUMBER : NULL;
}

static const char *
read_number(const char **at, Number *number)
{
	const char *problem = read_whole(at, number);

	if (problem != NULL || **at != ',')
		return problem;
	(*at)++;
	for (; g_ascii_isdigit(**at); (*at)++) {
		if (number->n_decimals == DECIMALS_MAX)
			return FRACTION;
		number->decimals = number->decimals * 10 + (**at - '0');
		number->n_decimals++;
	}
	return number->n_decimals == 0 ? NOT_A_NUMBER : NULL;
}

static void
skip_blanks(const char **at)
{
	while (**at == ' ')
		(*at)++;
}

/* Gives the length of the word that begins there. */
static size_t
word_len(const char *at)
{
	size_t len = 0;

	while (g_ascii_isalpha(at[len]))
		len++;
	return len;
}

static bool
is_word(const char *at, size_t len, const char *word)
{
	return strlen(word) == len && strncmp(at, word, len) == 0;
}

/* 1 where no unit stands there. */
static int64_t
read_factor(const char **at)
{
	size_t len = word_len(*at);

	for (size_t i = 0; i < G_N_ELEMENTS(UNITS); i++)
		if (is_word(*at, len, UNITS[i].word)) {
			*at += len;
			return UNITS[i].factor;
		}
	return 1;
}

static void
skip_currency(const char **at)
{
	size_t len = word_len(*at);

	for (size_t i = 0; i < G_N_ELEMENTS(CURRENCIES); i++)
		if (is_word(*at, len, CURRENCIES[i])) {
			*at += len;
			return;
		}
}

static const char *
scale(const Number *number, int64_t factor, int64_t *ret_amount)
{
	int64_t unit = 1, part;

	for (int i = 0; i < number->n_decimals; i++)
		unit *= 10;
	if (number->whole > MONEY_AMOUNT_MAX / factor)
		return TOO_LARGE;
	part = number->decimals * factor; /* below 10^18 */
	if (part % unit != 0)
		return FRACTION;
	*ret_amount = number->whole * factor + part / unit;
	return NULL;
}

static const char *
read_parts(const char *at, int64_t *ret_amount)
{
	int64_t last_factor = INT64_MAX, total = 0;

	skip_blanks(&at);
	while (*at != '\0') {
		Number number = {0};
		const char *problem = read_number(&at, &number);
		int64_t factor, part;

		if (problem != NULL)
			return problem;
		skip_blanks(&at);
		factor = read_factor(&at);
		if (factor >= last_factor)
			return ORDER;
		if ((problem = scale(&number, factor, &part)) != NULL)
			return problem;
		total += part;
		if (total > MONEY_AMOUNT_MAX)
			return TOO_LARGE;
		last_factor = factor;
		skip_blanks(&at);
		skip_currency(&at);
		skip_blanks(&at);
	}
	*ret_amount = total;
	return last_factor == INT64_MAX ? NOT_A_NUMBER : NULL;
}

const char *
money_amount_parse(const char *text, int64_t *ret_amount)
{
	g_autofree char *folded = NULL;

	*ret_amount = 0;
	if (text == NULL || *text == '\0')
		return "Hãy ghi số tiền.";
	if (strlen(text) > MONEY_TEXT_MAX || !g_utf8_validate(text, -1, NULL))
		return NOT_A_NUMBER;
	folded = text_fold_vi(text);
	return read_parts(folded, ret_amount);
}

void
money_amount_append(GString *out, int64_t amount)
{
	g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, amount);
	size_t len = strlen(digits);

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
			g_string_append_c(out, '.');
		g_string_append_c(out, digits[i]);
	}
}
