/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/deadline.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/folded.h"

#include <string.h>

/* Periods by the phrases of the genre; longer ones first where one begins another. */
static const struct {
	const char *phrase;
	PlanPeriod period;
} PERIODS[] = {{"hang thang", PLAN_PERIOD_MONTH}, {"moi thang", PLAN_PERIOD_MONTH},
    {"tung thang", PLAN_PERIOD_MONTH}, {"dinh ky thang", PLAN_PERIOD_MONTH},
    {"hang quy", PLAN_PERIOD_QUARTER}, {"moi quy", PLAN_PERIOD_QUARTER}, {"tung quy", PLAN_PERIOD_QUARTER},
    {"dinh ky quy", PLAN_PERIOD_QUARTER}, {"3 thang", PLAN_PERIOD_QUARTER}, {"03 thang", PLAN_PERIOD_QUARTER},
    {"6 thang dau nam", PLAN_PERIOD_NONE}, {"6 thang cuoi nam", PLAN_PERIOD_NONE},
    {"6 thang", PLAN_PERIOD_HALF}, {"06 thang", PLAN_PERIOD_HALF}, {"sau thang", PLAN_PERIOD_HALF},
    {"hang nam", PLAN_PERIOD_YEAR}, {"moi nam", PLAN_PERIOD_YEAR}, {"tung nam", PLAN_PERIOD_YEAR},
    {"dinh ky nam", PLAN_PERIOD_YEAR}, {"1 nam", PLAN_PERIOD_YEAR}, {"01 nam", PLAN_PERIOD_YEAR},
    {"5 nam", PLAN_PERIOD_FIVE_YEARS}, {"05 nam", PLAN_PERIOD_FIVE_YEARS}};

/* What opens a time that another body or event sets. */
static const char *const CONDITION_STARTS[] = {"sau khi", "sau ngay", "theo", "thuc hien theo", "khi",
    "ngay khi", "ngay sau khi", "tuy theo", "can cu", "trong vong"};

/* Words that may stand around a date without changing what it says. */
static const char *const TIME_WORDS[] = {"truoc", "trong", "den", "het", "cuoi", "hoan", "thanh", "nam",
    "thang", "quy", "ngay", "va", "tu", "giai", "doan", "dinh", "ky", "hang", "moi", "thuong", "xuyen",
    "lien", "tuc", "dau", "cac", "tiep", "nhung"};

PlanPeriod
period_read(const char *fold)
{
	Folded view = {.fold = NULL, .len = strlen(fold)};

	view.fold = (char *)(uintptr_t)fold;
	for (size_t i = 0; i < G_N_ELEMENTS(PERIODS); i++)
		if (folded_find(&view, 0, PERIODS[i].phrase) != SIZE_MAX)
			return PERIODS[i].period;
	return PLAN_PERIOD_NONE;
}

static bool
begins_condition(const Folded *folded)
{
	for (size_t i = 0; i < G_N_ELEMENTS(CONDITION_STARTS); i++)
		if (folded_has_phrase(folded, 0, CONDITION_STARTS[i]))
			return true;
	return false;
}

static bool
is_time_word(const char *word, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(TIME_WORDS); i++)
		if (strlen(TIME_WORDS[i]) == len && memcmp(TIME_WORDS[i], word, len) == 0)
			return true;
	return false;
}

/* Counts the words outside fold bytes from..to that are not words of time. */
static int
foreign_words(const Folded *folded, size_t from, size_t to)
{
	int n = 0;

	for (size_t at = folded_is_word_start(folded, 0) ? 0 : folded_next_word(folded, 0); at < folded->len;
	     at = folded_next_word(folded, at)) {
		size_t end = at;

		while (end < folded->len && g_ascii_isalnum(folded->fold[end]))
			end++;
		if ((at < from || at >= to) && !is_time_word(folded->fold + at, end - at))
			n++;
	}
	return n;
}

/* Finds the first date, and the second of a range ("2026-2030", "từ năm 2026 đến năm 2030"). */
static bool
find_dates(const Folded *folded, DateExpr *first, DateExpr *last, size_t *ret_from, size_t *ret_to)
{
	static const char *const JOINS[] = {"-", "den nam", "den"};

	for (size_t at = 0; at < folded->len; at++) {
		size_t end = at, behind;

		if (!folded_is_word_start(folded, at) || !date_expr_read(folded->fold, &end, first))
			continue;
		*last = *first;
		*ret_from = at;
		*ret_to = end;
		for (size_t i = 0; i < G_N_ELEMENTS(JOINS); i++) {
			behind = end;
			while (folded->fold[behind] == ' ')
				behind++;
			if (strncmp(folded->fold + behind, JOINS[i], strlen(JOINS[i])) != 0)
				continue;
			behind += strlen(JOINS[i]);
			if (date_expr_read(folded->fold, &behind, last)) {
				*ret_to = behind;
				break;
			}
		}
		return true;
	}
	return false;
}

static void
set_once(const Folded *folded, const DateExpr *first, const DateExpr *last, PlanDeadline *deadline)
{
	bool is_range = first->year != last->year || first->month != last->month || first->day != last->day;

	deadline->kind = PLAN_DEADLINE_ONCE;
	deadline->due = date_expr_end(last);
	if (is_range)
		deadline->start = date_expr_start(first);
	if (folded_find(folded, 0, "nam tiep theo") != SIZE_MAX ||
	    folded_find(folded, 0, "nam sau") != SIZE_MAX) {
		/* "Năm 2025 và những năm tiếp theo": begins in a year and has no end. */
		deadline->kind = PLAN_DEADLINE_RECURRING;
		deadline->period = PLAN_PERIOD_YEAR;
		deadline->start = date_expr_start(first);
		deadline->due = DATE_NONE;
	}
}

static DeadlineFit
read_recurring(const Folded *folded, PlanDeadline *deadline)
{
	if (folded_has_phrase(folded, 0, "thuong xuyen") || folded_has_phrase(folded, 0, "lien tuc")) {
		deadline->kind = PLAN_DEADLINE_CONTINUOUS;
		return foreign_words(folded, 0, 0) == 0 ? DEADLINE_FIT_EXACT : DEADLINE_FIT_OPEN;
	}
	deadline->period = period_read(folded->fold);
	if (deadline->period == PLAN_PERIOD_NONE)
		return DEADLINE_FIT_NONE;
	deadline->kind = PLAN_DEADLINE_RECURRING;
	switch (foreign_words(folded, 0, 0)) {
	case 0:
	case 1:
		return DEADLINE_FIT_EXACT;
	case 2:
	case 3:
	case 4:
		return DEADLINE_FIT_LOOSE;
	default:
		return DEADLINE_FIT_NONE;
	}
}

DeadlineFit
deadline_read(Arena *arena, const char *text, PlanDeadline *ret_deadline)
{
	PlanDeadline deadline = {.due = DATE_NONE, .start = DATE_NONE, .raw = arena_strdup(arena, text)};
	DeadlineFit fit = DEADLINE_FIT_NONE;
	Folded folded = folded_new(arena, text);
	DateExpr first, last;
	size_t from, to;

	if (folded.len == 0) {
		*ret_deadline = deadline;
		return DEADLINE_FIT_NONE;
	}
	if (begins_condition(&folded)) {
		fit = DEADLINE_FIT_OPEN;
	} else if (find_dates(&folded, &first, &last, &from, &to)) {
		int foreign = foreign_words(&folded, from, to);

		set_once(&folded, &first, &last, &deadline);
		fit = foreign == 0   ? DEADLINE_FIT_EXACT
		      : foreign <= 4 ? DEADLINE_FIT_LOOSE
				     : DEADLINE_FIT_NONE;
	} else {
		fit = read_recurring(&folded, &deadline);
	}
	if (deadline.kind == PLAN_DEADLINE_NONE ||
	    (deadline.kind == PLAN_DEADLINE_ONCE && deadline.due == DATE_NONE)) {
		deadline.kind = PLAN_DEADLINE_CONDITIONAL;
		deadline.condition = deadline.raw;
	}
	*ret_deadline = deadline;
	return fit;
}
