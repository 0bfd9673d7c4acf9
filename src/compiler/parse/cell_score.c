/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/cell_score.h"

#include "compiler/lex/deadline.h"
#include "compiler/lex/quantity.h"

#include <string.h>

#define RAGGED_COST 10 /* a line that was broken although its next word would have fitted */

/* Units that stand alone in a unit column, folded; "%" with its base is read by form. */
static const char *const UNITS[] = {"nguoi", "ho", "mo hinh", "diem", "luot", "he thong", "to", "san pham",
    "co so", "doanh nghiep", "trieu dong", "ty dong", "dong", "gio", "lop", "sang kien", "cuoc", "bai", "tin",
    "ban", "don vi", "thu tuc", "ho so", "thiet bi", "ty le", "muc do", "cap do", "so luong", "ngay", "may",
    "tai khoan", "thon", "truong", "de tai", "nhiem vu", "lan", "htx", "hop tac xa", "co quan", "dich vu",
    "ung dung", "csdl", "van ban", "xep hang", "hang", "muc", "camera", "can bo"};

/* Values without a number. */
static const char *const TEXT_VALUES[] = {"dat", "hoan thanh", "co", "bao dam", "dam bao", "duy tri",
    "toan bo", "khong", "tang", "giam", "thuong xuyen", "tot", "kha", "xuat sac", "dat chuan", "phan dau",
    "theo quy dinh"};

static bool
begins_with_any(const Folded *folded, size_t at, const char *const *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (folded_has_phrase(folded, at, phrases[i]))
			return true;
	return false;
}

/* A line that was broken although its next word would have fitted is the end of a cell, not the middle of
 * one. */
static int
count_ragged(const Span *span, uint16_t width)
{
	int ragged = 0;

	if (span->inner_wraps == 0)
		return 0;

	for (size_t i = span->from; i < span->to; i++)
		if (span->atoms->items[i].is_whole_line)
			width = MAX(width, span->atoms->items[i].chars);
	for (size_t i = span->from; i + 1 < span->to; i++) {
		const Atom *atom = &span->atoms->items[i], *next = atom + 1;

		if (atom->is_whole_line && (next->before & (ATOM_WRAP | ATOM_EMPTY | ATOM_PAGE)))
			ragged += atom->wanted + MAX(1, width / 8) <= width;
	}
	return ragged;
}

/* Lines that are much longer than the column's others were printed in another one. */
static int
count_overfull(const Span *span, uint16_t width)
{
	int overfull = 0;

	if (span->whole_lines == 0 || width == 0)
		return 0;
	for (size_t i = span->from; i < span->to; i++)
		overfull += span->atoms->items[i].is_whole_line &&
			    span->atoms->items[i].chars * 4u > width * 5u + 12u;
	return overfull;
}

void
span_begin(Span *span, const Atoms *atoms, size_t from)
{
	*span = (Span){.atoms = atoms, .from = from, .to = from, .first = &atoms->items[from]};
}

/* Atoms between which the printed page shows a boundary are hardly one cell. */
static int
cost_of_boundary(uint8_t before)
{
	if (before & ATOM_PAGE)
		return before & ATOM_HARD ? 10 : 6;
	return before & ATOM_HARD ? 60 : before & ATOM_EMPTY ? 18 : before & ATOM_INLINE_GAP ? 4 : 0;
}

void
span_extend(Span *span)
{
	const Atom *atom = &span->atoms->items[span->to];
	const Atom *previous = span->to > span->from ? atom - 1 : NULL;

	span->to++;
	span->last = atom;
	span->words += atom->words;
	span->foreign += atom->foreign_words;
	span->proper += atom->proper_words;
	span->semicolons += atom->semicolons;
	span->whole_lines += atom->is_whole_line;
	/* Before a page break the rest of the cell may stand on the next page. */
	span->dangling = !atom->is_dangling ? 0 : span->atoms->last_page > span->to ? 10 : 25;
	if (previous == NULL)
		return;
	span->boundary_cost += cost_of_boundary(atom->before);
	span->inner_wraps += previous->is_whole_line && (atom->before & (ATOM_WRAP | ATOM_EMPTY | ATOM_PAGE));
	span->inner_starts += atom->follows_agency && !previous->semicolons;
	span->inner_agencies += (atom->before & (ATOM_WRAP | ATOM_HARD)) && atom->starts_agency &&
				atom->foreign_words == 0 && !previous->is_dangling;
	span->inline_agencies += (atom->before & ATOM_INLINE) && atom->starts_agency;
	span->inner_kinds += atom->starts_agency && atom->starts_upper;
}

static int
score_name(const Span *span, bool is_continued)
{
	int score = 5;

	if (is_continued)
		score += span->first->starts_lower ? 5 : -30;
	else
		score += span->first->starts_lower ? -15 : 10;
	score -= span->dangling;
	score += span->last->has_stop ? 6 : 0;
	score -= 8 * span->inner_agencies + 7 * span->inline_agencies;
	return score;
}

/* Behind a page break the rest of a name is short, unless it begins another body behind a full stop. */
static int
score_continued_start(const Span *span)
{
	if (span->first->starts_agency)
		return -30;
	if (!span->first->starts_lower)
		return 0;
	if (span->first->starts_listed && span->from > 0 && span->atoms->items[span->from - 1].has_stop)
		return 8;
	return 8 - 4 * (span->words - 1);
}

static int
score_agency(const Span *span, bool is_lead, bool is_continued)
{
	int score = -MIN(12 * span->foreign - 9 * span->proper, 90);

	if (is_continued)
		score += score_continued_start(span);
	else
		score += span->first->starts_agency ? 30 : span->first->starts_listed ? 8 : -25;
	score -= span->dangling;
	score -= (is_lead ? 25 : 6) * span->inner_starts;
	score -= is_lead ? 4 * span->semicolons : 0;
	score -= span->words > 30 ? 2 * (span->words - 30) : 0;
	score -= span->words == 1 && !is_continued ? 20 : 0;
	return score;
}

static DeadlineFit
fit_as_time(Arena *scratch, const Span *span)
{
	PlanDeadline deadline;
	size_t from = span->first->from, to = span->last->to;
	char *text;

	if (span->words > 30 || !span->first->starts_time)
		return DEADLINE_FIT_NONE;
	text = arena_strndup(scratch, span->atoms->folded.text + span->atoms->folded.origin[from],
	    span->atoms->folded.origin[to] - span->atoms->folded.origin[from]);
	return deadline_read(scratch, text, &deadline);
}

static int
score_time(Arena *scratch, const Span *span)
{
	int base = 0;

	switch (fit_as_time(scratch, span)) {
	case DEADLINE_FIT_EXACT:
		base = 50;
		break;
	case DEADLINE_FIT_LOOSE:
		base = 25;
		break;
	case DEADLINE_FIT_OPEN:
		base = 32;
		break;
	case DEADLINE_FIT_NONE:
	default:
		return CELL_IMPOSSIBLE;
	}
	return base - span->dangling - (span->first->starts_lower ? 20 : 0);
}

/* A time that was complete before the page break does not go on behind it. */
static int
score_continued_time(const Span *span)
{
	if (span->from > 0 && span->atoms->items[span->from - 1].is_exact_time)
		return -60;
	return span->first->starts_lower && span->words <= 8 ? -14 : -40;
}

static int
score_output(Arena *scratch, const Span *span, bool is_continued)
{
	int score = span->first->starts_output && !span->first->starts_lower ? 25
		    : span->first->starts_lower                              ? -20
									     : 5;

	if (is_continued)
		score = span->first->starts_lower ? 6 : -30;
	else if (span->first->starts_agency && span->foreign == 0)
		score -= 25;
	if (span->words <= 8 && fit_as_time(scratch, span) == DEADLINE_FIT_EXACT)
		score -= 50;
	score -= span->dangling / 2;
	score -= (span->words > 16 ? 2 * (span->words - 16) : 0) + 6 * span->inner_agencies;
	return score;
}

static int
score_unit(const Span *span)
{
	const Folded *folded = &span->atoms->folded;
	size_t at = span->first->from;

	if (span->words > 8)
		return CELL_IMPOSSIBLE;
	for (size_t i = at; i < span->last->to; i++)
		if (g_ascii_isdigit(folded->fold[i]) || strchr("<>", folded->fold[i]) != NULL ||
		    (unsigned char)folded->fold[i] >= 0x80)
			return CELL_IMPOSSIBLE;
	if (folded->fold[at] == '%')
		return 40;
	return span->words <= 5 && begins_with_any(folded, at, UNITS, G_N_ELEMENTS(UNITS)) ? 35
											   : CELL_IMPOSSIBLE;
}

static int
score_value(const Span *span)
{
	const Folded *folded = &span->atoms->folded;
	size_t from = span->first->from, to = span->last->to;
	Quantity quantity, second;
	int extra;

	if (to == from + 1 && folded->fold[from] == '-')
		return 45;
	if (!span->first->starts_value)
		return CELL_IMPOSSIBLE;
	extra = quantity_read_cell(folded, from, to, &quantity);
	if (extra >= 0) {
		int values = 1;

		if (quantity.from > from + 24)
			return CELL_IMPOSSIBLE;
		for (size_t at = quantity.to; quantity_find(folded, at, to, &second); at = second.to)
			values++;
		return 45 - 2 * extra - 12 * folded_count_words(folded, from, quantity.from) -
		       12 * (values - 1) - 25 * span->inner_kinds;
	}
	if (span->words <= 8 && begins_with_any(folded, from, TEXT_VALUES, G_N_ELEMENTS(TEXT_VALUES)))
		return 20 - 3 * span->words;
	return CELL_IMPOSSIBLE;
}

static int
score_kind(Arena *scratch, PlanColumnKind kind, const Span *span, bool is_continued)
{
	switch (kind) {
	case PLAN_COLUMN_NAME:
		return score_name(span, is_continued);
	case PLAN_COLUMN_UNIT:
		return is_continued ? CELL_IMPOSSIBLE : score_unit(span);
	case PLAN_COLUMN_VALUE:
		if (is_continued)
			return span->first->starts_lower ? -4 : CELL_IMPOSSIBLE;
		return score_value(span);
	case PLAN_COLUMN_LEAD:
		return score_agency(span, true, is_continued);
	case PLAN_COLUMN_COORDINATING:
		return score_agency(span, false, is_continued);
	case PLAN_COLUMN_OUTPUT:
		return score_output(scratch, span, is_continued);
	case PLAN_COLUMN_TIME:
		return is_continued ? score_continued_time(span) : score_time(scratch, span);
	case PLAN_COLUMN_NOTE:
		return -10 - span->words;
	case PLAN_COLUMN_NO:
	case PLAN_COLUMN_MAX:
	default:
		return CELL_IMPOSSIBLE;
	}
}

int
cell_score(Arena *scratch, const Columns *columns, const ColumnWidths *widths, size_t column, Span *span,
    bool is_continued)
{
	PlanColumnKind kind = columns->items[column].kind;
	uint16_t width = widths != NULL ? widths->chars[column] : 0;
	bool is_known = column > 0 && columns->items[column - 1].kind == kind && !is_continued;
	int score = is_known ? span->last_score : score_kind(scratch, kind, span, is_continued);

	/* Milestone columns follow one another and ask the same of a span. */
	if (!is_continued)
		span->last_score = score;
	if (score <= CELL_IMPOSSIBLE)
		return CELL_IMPOSSIBLE;
	return score - span->boundary_cost - 8 * count_overfull(span, width) -
	       RAGGED_COST * count_ragged(span, width);
}

int
cell_skip_cost(const Columns *columns, size_t column)
{
	static const int COSTS[PLAN_COLUMN_MAX] = {
	    [PLAN_COLUMN_NAME] = 80,
	    [PLAN_COLUMN_UNIT] = 5,
	    [PLAN_COLUMN_VALUE] = 45,
	    [PLAN_COLUMN_LEAD] = 50,
	    [PLAN_COLUMN_COORDINATING] = 12,
	    [PLAN_COLUMN_OUTPUT] = 20,
	    [PLAN_COLUMN_TIME] = 30,
	};

	return COSTS[columns->items[column].kind];
}
