/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/quantity.h"

#include <string.h>

typedef enum { ROLE_COMPARE, ROLE_REACH, ROLE_STRIVE, ROLE_FILL } QualifierRole;

/* Words that stand directly before the number of a target; several may follow one another. */
static const struct {
	const char *words;
	QualifierRole role;
	PlanComparator comparator;
} QUALIFIERS[] = {{"\xE2\x89\xA5", ROLE_COMPARE, PLAN_COMPARATOR_GE},
    {">=", ROLE_COMPARE, PLAN_COMPARATOR_GE}, {"\xE2\x89\xA4", ROLE_COMPARE, PLAN_COMPARATOR_LE},
    {"<=", ROLE_COMPARE, PLAN_COMPARATOR_LE}, {">", ROLE_COMPARE, PLAN_COMPARATOR_GT},
    {"<", ROLE_COMPARE, PLAN_COMPARATOR_LT}, {"tren", ROLE_COMPARE, PLAN_COMPARATOR_GT},
    {"hon", ROLE_COMPARE, PLAN_COMPARATOR_GT}, {"it nhat", ROLE_COMPARE, PLAN_COMPARATOR_GE},
    {"toi thieu", ROLE_COMPARE, PLAN_COMPARATOR_GE}, {"khong duoi", ROLE_COMPARE, PLAN_COMPARATOR_GE},
    {"khong thap hon", ROLE_COMPARE, PLAN_COMPARATOR_GE}, {"duoi", ROLE_COMPARE, PLAN_COMPARATOR_LT},
    {"khong qua", ROLE_COMPARE, PLAN_COMPARATOR_LE}, {"toi da", ROLE_COMPARE, PLAN_COMPARATOR_LE},
    {"khong vuot qua", ROLE_COMPARE, PLAN_COMPARATOR_LE}, {"phan dau", ROLE_STRIVE, PLAN_COMPARATOR_EQ},
    {"dat", ROLE_REACH, PLAN_COMPARATOR_EQ}, {"dat muc", ROLE_REACH, PLAN_COMPARATOR_EQ},
    {"o muc", ROLE_REACH, PLAN_COMPARATOR_EQ}, {"dat ty le", ROLE_REACH, PLAN_COMPARATOR_EQ},
    {"nang len", ROLE_REACH, PLAN_COMPARATOR_EQ}, {"la", ROLE_REACH, PLAN_COMPARATOR_EQ},
    {"tu", ROLE_FILL, PLAN_COMPARATOR_EQ}, {"khoang", ROLE_FILL, PLAN_COMPARATOR_EQ},
    {"duoc", ROLE_FILL, PLAN_COMPARATOR_EQ}, {"tien toi", ROLE_REACH, PLAN_COMPARATOR_EQ},
    {"duy tri", ROLE_FILL, PLAN_COMPARATOR_EQ}, {"co", ROLE_FILL, PLAN_COMPARATOR_EQ}};

/* Words after which a number names something and measures nothing. */
static const char *const NAMING_WORDS[] = {"so", "nam", "nghi quyet", "ket luan", "de an", "giai doan", "quy",
    "thang", "ngay", "phu luc", "cap do", "dieu", "khoan", "lan thu", "thu", "muc do", "muc", "loai",
    "phien ban", "nhiem ky", "phan", "thong tu", "nghi dinh", "khoa"};

static bool
ends_with_words(const Folded *folded, size_t from, size_t to, const char *words, size_t *ret_start)
{
	size_t len = strlen(words);

	while (to > from && folded->fold[to - 1] == ' ')
		to--;
	if (to < from + len || !folded_has_phrase(folded, to - len, words))
		return false;
	*ret_start = to - len;
	return true;
}

static bool
is_named(const Folded *folded, size_t from, size_t at)
{
	size_t start;

	if (ends_with_words(folded, from, at, "dan so", &start))
		return false; /* "% dân số 100": a base, not a number's name */
	for (size_t i = 0; i < G_N_ELEMENTS(NAMING_WORDS); i++)
		if (ends_with_words(folded, from, at, NAMING_WORDS[i], &start))
			return true;
	return false;
}

static size_t
number_end(const Folded *folded, size_t at, size_t to)
{
	while (at < to &&
	       (g_ascii_isdigit(folded->fold[at]) || ((folded->fold[at] == ',' || folded->fold[at] == '.') &&
							 g_ascii_isdigit(folded->fold[at + 1]))))
		at++;
	return at;
}

/* "-90", "đến 90" behind a first number; both may carry "%". */
static bool
read_range_end(const Folded *folded, size_t *at, size_t to, Quantity *quantity)
{
	size_t i = folded_skip_blanks(folded, *at, to), end;

	if (i < to && folded->fold[i] == '%')
		i = folded_skip_blanks(folded, i + 1, to);
	if (i < to && folded->fold[i] == '-')
		i++;
	else if (folded_has_phrase(folded, i, "den"))
		i += strlen("den");
	else
		return false;
	i = folded_skip_blanks(folded, i, to);
	end = number_end(folded, i, to);
	if (end == i || !decimal_parse_vi(folded->fold + i, end - i, &quantity->value_high) ||
	    decimal_compare(quantity->value_high, quantity->value) <= 0)
		return false;
	quantity->comparator = PLAN_COMPARATOR_RANGE;
	*at = end;
	return true;
}

static void
read_qualifiers(const Folded *folded, size_t from, Quantity *quantity)
{
	bool is_striving = false, has_comparison = false, more = true;

	quantity->from = quantity->number_at;
	while (more) {
		more = false;
		for (size_t i = 0; i < G_N_ELEMENTS(QUALIFIERS) && !more; i++) {
			size_t start;

			if (!ends_with_words(folded, from, quantity->from, QUALIFIERS[i].words, &start))
				continue;
			more = true;
			quantity->from = start;
			if (QUALIFIERS[i].role == ROLE_COMPARE && !has_comparison) {
				has_comparison = true;
				if (quantity->comparator == PLAN_COMPARATOR_EQ)
					quantity->comparator = QUALIFIERS[i].comparator;
			}
			is_striving |= QUALIFIERS[i].role == ROLE_STRIVE;
			quantity->has_reach_word |= QUALIFIERS[i].role == ROLE_REACH;
		}
	}
	quantity->has_qualifier = has_comparison || is_striving || quantity->has_reach_word;
	if (is_striving &&
	    (quantity->comparator == PLAN_COMPARATOR_EQ || quantity->comparator == PLAN_COMPARATOR_GE))
		quantity->comparator = PLAN_COMPARATOR_STRIVE_GE;
}

/* True where what touches the number makes it a date, a document number, a version or a technology. */
static bool
is_glued(const Folded *folded, size_t at, size_t end)
{
	char before = at > 0 ? folded->fold[at - 1] : ' ', behind = folded->fold[end];
	size_t next = folded_skip_blanks(folded, end, folded->len);

	if (g_ascii_isalnum(before) || before == '/' || before == '.' || before == ',')
		return true;
	if (before == '-' && at > 1 && g_ascii_isalnum(folded->fold[at - 2]))
		return true;
	if (behind == '/' || g_ascii_isalpha(behind))
		return true;
	/* "57-NQ/TW", "57 - NQ/TW" */
	return folded->fold[next] == '-' &&
	       g_ascii_isalpha(folded->fold[folded_skip_blanks(folded, next + 1, folded->len)]);
}

static bool
read_at(const Folded *folded, size_t from, size_t at, size_t to, Quantity *quantity)
{
	size_t end = number_end(folded, at, to), behind;

	*quantity = (Quantity){.number_at = at, .comparator = PLAN_COMPARATOR_EQ};
	if (end == at || !decimal_parse_vi(folded->fold + at, end - at, &quantity->value))
		return false;
	(void)read_range_end(folded, &end, to, quantity);
	if (quantity->comparator != PLAN_COMPARATOR_RANGE && is_glued(folded, at, end))
		return false;
	behind = folded_skip_blanks(folded, end, to);
	quantity->to = end;
	if (behind < to && folded->fold[behind] == '%') {
		quantity->is_percent = true;
		quantity->to = behind + 1;
	}
	if (folded_has_phrase(folded, folded_skip_blanks(folded, quantity->to, to), "tro len")) {
		quantity->to = folded_skip_blanks(folded, quantity->to, to) + strlen("tro len");
		quantity->comparator = PLAN_COMPARATOR_GE;
	}
	read_qualifiers(folded, from, quantity);
	return true;
}

bool
quantity_is_named(const Folded *folded, size_t at)
{
	return is_named(folded, 0, at);
}

bool
quantity_find(const Folded *folded, size_t from, size_t to, Quantity *ret_quantity)
{
	for (size_t at = from; at < to; at++) {
		Quantity quantity;

		if (!g_ascii_isdigit(folded->fold[at]) || (at > 0 && g_ascii_isdigit(folded->fold[at - 1])))
			continue;
		if (!read_at(folded, from, at, to, &quantity)) {
			at = MAX(at, number_end(folded, at, to) - 1);
			continue;
		}
		if (quantity.is_percent ||
		    ((quantity.has_qualifier || quantity.comparator == PLAN_COMPARATOR_RANGE ||
			 quantity.comparator == PLAN_COMPARATOR_GE) &&
			!is_named(folded, from, at))) {
			*ret_quantity = quantity;
			return true;
		}
		at = quantity.to - 1;
	}
	return false;
}

int
quantity_read_cell(const Folded *folded, size_t from, size_t to, Quantity *ret_quantity)
{
	for (size_t at = from; at < to; at++) {
		if (!g_ascii_isdigit(folded->fold[at]))
			continue;
		if (!read_at(folded, from, at, to, ret_quantity))
			return -1;
		return folded_count_words(folded, from, ret_quantity->from) +
		       folded_count_words(folded, ret_quantity->to, to);
	}
	return -1;
}

PlanTarget *
quantity_target(Arena *arena, const Folded *folded, const Quantity *quantity, int year, SourceSpan span)
{
	PlanTarget *target = arena_new0(arena, PlanTarget);

	target->year = year;
	target->comparator = quantity->comparator;
	target->value = quantity->value;
	target->value_high = quantity->value_high;
	target->raw = folded_cut(arena, folded, quantity->from, quantity->to);
	target->span = span;
	return target;
}
