/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/prose.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/quantity.h"
#include "compiler/lower/marks.h"

#include <string.h>

#define LONGEST_PARENTHESIS 2048 /* bytes; a longer one is none */
#define LONG_PARENTHESIS 9       /* words; a longer one is an aside, not a part of the indicator's name */

/* Words that open a target sentence and are no part of what is measured, folded. */
static const char *const LEADING_VERBS[] = {"mo rong", "duy tri", "bao dam", "dam bao", "phan dau",
    "nghien cuu", "bo tri", "xay dung", "hinh thanh", "tiep tuc", "nang", "dua", "thu hut", "trien khai",
    "tiep nhan", "ung dung", "hoan thanh", "co", "dat", "cung cap", "khuyen khich", "thuc hien", "to chuc",
    "tao dieu kien cho", "moi nam", "kip thoi", "va", "tang", "giu vung", "tap trung", "it nhat", "day manh",
    "pho cap", "cac", "so hoa"};

/* Measures that open the name wherever they stand before the number. */
static const char *const MEASURES[] = {
    "ty le", "ti le", "chi so", "kinh phi", "muc do", "so luong", "ty trong", "toc do", "thoi gian"};

/* What follows the number and belongs to the sentence, not to the name. */
static const char *const NAME_STOPS[] = {" de ", " nham ", ", huong toi",

    ", gop phan", ", uu tien", ", phan dau", ", tao ", ", tien toi", ", trong do", " trong nam 20",
    " vao nam 20", " den nam 20", ", ho tro", ", dong thoi", ", tung buoc", " theo chi dao", " (chi tiet"};

/* Words that make a target of a whole without a number. */
static const char *const WHOLE_WORDS[] = {
    "huong toi tat ca", "toan bo cac", "tat ca cac", "toan bo he thong"};

typedef struct {
	Plan *plan;
	const Paragraph *paragraph;
	Folded folded;
	int year;
	PlanIndicator *last; /* the indicator of the last quantity in this clause */
} Reader;

static bool
is_clause_end(const Folded *folded, size_t at)
{
	return folded->fold[at] == ';' || folded_is_full_stop(folded, at);
}

static size_t
clause_end(const Folded *folded, size_t from)
{
	int depth = 0;
	size_t at = from;

	for (; at < folded->len; at++) {
		depth += folded->fold[at] == '(';
		depth -= folded->fold[at] == ')' && depth > 0;
		if (depth == 0 && is_clause_end(folded, at))
			break;
	}
	return at;
}

static size_t
skip_blanks(const Folded *folded, size_t at, size_t to)
{
	while (at < to && strchr(" ,:-", folded->fold[at]) != NULL)
		at++;
	return at;
}

static size_t
skip_leading_verbs(const Folded *folded, size_t from, size_t to)
{
	bool more = true;

	from = skip_blanks(folded, from, to);
	while (more) {
		more = false;
		for (size_t i = 0; i < G_N_ELEMENTS(LEADING_VERBS) && !more; i++) {
			size_t len = strlen(LEADING_VERBS[i]);

			if (from + len <= to && folded_has_phrase(folded, from, LEADING_VERBS[i])) {
				from = skip_blanks(folded, from + len, to);
				more = true;
			}
		}
	}
	return from;
}

static size_t
find_measure(const Folded *folded, size_t from, size_t to)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < G_N_ELEMENTS(MEASURES); i++) {
		size_t at = folded_find(folded, from, MEASURES[i]);

		if (at < to && at < best)
			best = at;
	}
	return best;
}

/* Cuts the name behind a number at the first aside, purpose or further clause. */
static size_t
name_stop(const Folded *folded, size_t from, size_t to)
{
	for (size_t i = 0; i < G_N_ELEMENTS(NAME_STOPS); i++) {
		const char *found = strstr(folded->fold + from, NAME_STOPS[i]);

		if (found != NULL && (size_t)(found - folded->fold) < to &&
		    folded_count_words(folded, from, (size_t)(found - folded->fold)) >= 3)
			to = (size_t)(found - folded->fold);
	}
	for (size_t at = from; at < to; at++) {
		const char *close =
		    folded->fold[at] == '('
			? memchr(folded->fold + at, ')', MIN(folded->len - at, (size_t)LONGEST_PARENTHESIS))
			: NULL;

		if (close != NULL &&
		    folded_count_words(folded, at, (size_t)(close - folded->fold)) >= LONG_PARENTHESIS)
			return at;
	}
	return to;
}

static char *
balanced_name(Arena *arena, const char *text)
{
	char *name = arena_strdup(arena, text);
	size_t len = strlen(name);

	if (strchr(name, '(') == NULL && len > 0 && name[len - 1] == ')')
		name[len - 1] = '\0';
	return name;
}

/* The name stands before the number where a measure opens it or the sentence says that something reaches it.
 */
static char *
name_of(Reader *reader, const Quantity *quantity, size_t from, size_t to)
{
	const Folded *folded = &reader->folded;
	size_t measure = find_measure(folded, from, quantity->from);
	size_t before = measure != SIZE_MAX ? measure : skip_leading_verbs(folded, from, quantity->from);
	size_t behind = quantity->to, stop = name_stop(folded, behind, to);
	bool has_subject = folded_count_words(folded, before, quantity->from) >= 2;
	bool is_before = has_subject && (measure != SIZE_MAX || quantity->has_reach_word);

	if (!is_before && folded_count_words(folded, behind, stop) < 2 && has_subject)
		is_before = true;
	if (is_before) {
		const char *comma = NULL;

		/* "…, đóng góp vào …": only the last part before the number is its subject. */
		if (measure == SIZE_MAX)
			for (size_t at = before; at < quantity->from; at++)
				if (folded->fold[at] == ',' &&
				    folded_count_words(folded, at, quantity->from) >= 4 &&
				    folded_count_words(folded, before, at) >= 8)
					comma = folded->fold + at;
		if (comma != NULL)
			before = skip_leading_verbs(folded, (size_t)(comma - folded->fold), quantity->from);
		return balanced_name(
		    reader->plan->arena, folded_cut(reader->plan->arena, folded, before, quantity->from));
	}
	return balanced_name(reader->plan->arena, folded_cut(reader->plan->arena, folded, behind, stop));
}

static PlanIndicator *
add_indicator(Reader *reader, char *name)
{
	static const PlanField FIELDS[] = {PLAN_FIELD_NAME, PLAN_FIELD_TARGETS, PLAN_FIELD_UNIT};
	Plan *plan = reader->plan;
	PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);
	guint n = 1;

	for (guint i = 0; i < plan->indicators->len; i++)
		n += ((const PlanIndicator *)g_ptr_array_index(plan->indicators, i))->annex == NULL;
	indicator->id = arena_printf(plan->arena, "i%u", n);
	indicator->name = name;
	indicator->section =
	    reader->paragraph->section >= 0
		? ((const PlanSection *)g_ptr_array_index(plan->outline, reader->paragraph->section))->path
		: NULL;
	indicator->targets = plan_array(plan);
	indicator->lead = plan_array(plan);
	indicator->coordinating = plan_array(plan);
	indicator->span = reader->paragraph->span;
	marks_from_span(plan, indicator->span, 90, FIELDS, G_N_ELEMENTS(FIELDS), indicator->fields);
	indicator->confidence = marks_lowest(indicator->fields);
	marks_report(plan, indicator->fields, name, indicator->span);
	g_ptr_array_add(plan->indicators, indicator);
	return indicator;
}

/* Where the text of the next quantity begins: behind the last comma or "và" between the two. */
static size_t
split_between(const Folded *folded, size_t from, size_t to)
{
	size_t split = from;

	for (size_t at = from; at < to; at++)
		if (folded->fold[at] == ',' || folded_has_phrase(folded, at, "va")) {
			split = at;
			break;
		}
	return split;
}

static int
year_of(const Reader *reader, size_t from, size_t to)
{
	int year = year_mentioned(reader->folded.fold, from, to);

	return year != 0 ? year : reader->year;
}

static void
read_clause(Reader *reader, size_t from, size_t to)
{
	Quantity quantity, next;
	bool has_quantity = quantity_find(&reader->folded, from, to, &quantity);

	reader->last = NULL;
	while (has_quantity) {
		bool has_next = quantity_find(&reader->folded, quantity.to, to, &next);
		size_t end = has_next ? split_between(&reader->folded, quantity.to, next.from) : to;
		bool is_same =
		    reader->last != NULL &&
		    folded_count_words(&reader->folded,
			skip_leading_verbs(&reader->folded, from, quantity.from), quantity.from) == 0 &&
		    folded_count_words(&reader->folded, quantity.to, end) <= 3;
		PlanTarget *target = quantity_target(reader->plan->arena, &reader->folded, &quantity,
		    year_of(reader, from, end), reader->paragraph->span);

		if (!is_same) {
			char *name = name_of(reader, &quantity, from, end);

			reader->last = name[0] != '\0' ? add_indicator(reader, name) : NULL;
			if (reader->last != NULL)
				reader->last->unit =
				    arena_strdup(reader->plan->arena, quantity.is_percent ? "%" : NULL);
		}
		if (reader->last != NULL)
			g_ptr_array_add(reader->last->targets, target);
		from = end;
		quantity = next;
		has_quantity = has_next;
	}
}

/* "Tiếp nhận … toàn bộ các ứng dụng": a target without a number. */
static void
read_whole(Reader *reader, size_t from, size_t to)
{
	const Folded *folded = &reader->folded;

	for (size_t i = 0; i < G_N_ELEMENTS(WHOLE_WORDS); i++) {
		size_t at = folded_find(folded, from, WHOLE_WORDS[i]), words_end, stop;
		PlanIndicator *indicator;
		PlanTarget *target;

		if (at >= to)
			continue;
		/* The last word of the phrase belongs to the name ("các ứng dụng"), unless it is "tất cả". */
		words_end = at + strlen(WHOLE_WORDS[i]);
		if (!g_str_has_suffix(WHOLE_WORDS[i], "tat ca"))
			words_end =
			    at + strlen("toan bo") - (g_str_has_prefix(WHOLE_WORDS[i], "tat ca") ? 1 : 0);
		stop = name_stop(folded, words_end, to);
		indicator = add_indicator(reader, folded_cut(reader->plan->arena, folded, words_end, stop));
		target = arena_new0(reader->plan->arena, PlanTarget);
		target->comparator = PLAN_COMPARATOR_TEXT;
		target->year = year_of(reader, from, to);
		target->raw = folded_cut(reader->plan->arena, folded, at, words_end);
		target->span = reader->paragraph->span;
		g_ptr_array_add(indicator->targets, target);
		return;
	}
}

void
lower_prose_indicators(Plan *plan, const Paragraph *paragraph, int year)
{
	Reader reader = {.plan = plan,
	    .paragraph = paragraph,
	    .folded = folded_new(plan->arena, paragraph->text),
	    .year = year};

	for (size_t from = 0; from < reader.folded.len;) {
		size_t to = clause_end(&reader.folded, from);

		read_clause(&reader, from, to);
		read_whole(&reader, from, to);
		from = to + 1;
	}
}
