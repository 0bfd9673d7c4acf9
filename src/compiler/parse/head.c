/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/head.h"

#include "compiler/lex/agency.h"
#include "compiler/lex/date_expr.h"
#include "compiler/lex/docref.h"
#include "compiler/parse/paragraphs.h"
#include "compiler/source/markup.h"

#include <string.h>

/* Empty lines between the title and the text below it, in the layout that has one between any two lines. */
#define TITLE_GAP_DOUBLE 2

/* The words by which the preamble says who issues the plan: "<issuer> xây dựng kế hoạch … như sau". */
static const char *const ISSUING_PHRASES[] = {"xay dung ke hoach", "ban hanh ke hoach",
    "xay dung chuong trinh", "ban hanh chuong trinh", "xay dung va ban hanh", "xay dung, ban hanh",
    "de ra ke hoach", "trien khai ke hoach"};

/* The country's name and motto, and the Party's name: no part of what the document says. */
static const char *const EMBLEM_LINES[] = {
    "cong hoa xa hoi chu nghia viet nam", "doc lap", "dang cong san viet nam"};

PlanBlock *
plan_add_block(Plan *plan, PlanBlockKind kind, const char *text, SourceSpan span)
{
	PlanBlock *block = arena_new0(plan->arena, PlanBlock);

	block->kind = kind;
	block->text = arena_strdup(plan->arena, text);
	block->span = span;
	g_ptr_array_add(plan->blocks, block);
	return block;
}

char *
head_line_text(Plan *plan, const SourceLines *lines, size_t index, bool *ret_is_ornament)
{
	const SourceLine *line = &lines->items[index];
	MarkupLine markup = markup_read(plan->arena, line->text, line->len);

	*ret_is_ornament = markup.is_rule;
	return lines->layout == LINE_LAYOUT_MARKDOWN ? markup.text : arena_strdup(plan->arena, line->text);
}

static bool
is_emblem(const Folded *folded)
{
	for (size_t i = 0; i < G_N_ELEMENTS(EMBLEM_LINES); i++)
		if (folded_find(folded, 0, EMBLEM_LINES[i]) != SIZE_MAX)
			return true;
	return false;
}

/* "Số: 57/KH-UBND", "Số 09-KH/ĐU", "Số: /KH-UBND" */
static bool
read_number(Plan *plan, const Folded *folded, SourceSpan span, size_t *ret_behind)
{
	size_t at = folded_find(folded, 0, "so");
	bool is_blank;
	char *number;

	if (at == SIZE_MAX || at > 40 || plan->document.number != NULL)
		return false;
	at += strlen("so");
	while (folded->fold[at] == ':' || folded->fold[at] == ' ' || folded->fold[at] == '.')
		at++;
	number = docref_read_number(plan->arena, folded, &at, &is_blank);
	if (number == NULL && !is_blank)
		return false;
	plan->document.number = number;
	plan->document.number_span = span;
	plan->document.family = docref_family(number != NULL ? number : strpbrk(folded->fold, "-/"));
	*ret_behind = at;
	return true;
}

/* "Hải Dương, ngày 24 tháng 02 năm 2026" */
static bool
read_place_and_date(Plan *plan, const Folded *folded, size_t from, SourceSpan span)
{
	size_t comma, at = folded_find(folded, from, "ngay");
	PartialDate date;

	if (at == SIZE_MAX || !partial_date_read(folded->fold, &at, &date))
		return false;
	comma = folded_find(folded, from, "ngay");
	plan->document.date = date;
	plan->document.date_span = span;
	if (comma > from)
		plan->document.place = folded_cut(plan->arena, folded, from, comma);
	return true;
}

/* A line that is nothing but the kind of document: "KẾ HOẠCH". */
static const char *
lone_type(const Folded *folded)
{
	size_t len;
	const char *type = docref_type_at(folded, 0, &len);

	return type != NULL && len + 2 >= folded->len ? type : NULL;
}

static bool
ends_title(const SourceLines *lines, size_t index, size_t title_start)
{
	const SourceLine *line = &lines->items[index];
	int gap = line->empty_before + line->blank_before;

	if (index == title_start)
		return false;
	return lines->layout == LINE_LAYOUT_DOUBLE ? gap > TITLE_GAP_DOUBLE : gap > 0;
}

static size_t
read_title(Plan *plan, const SourceLines *lines, size_t start, size_t end)
{
	g_autoptr(GString) title = g_string_new(NULL);
	size_t i;

	for (i = start; i < end && !ends_title(lines, i, start); i++) {
		bool is_ornament;
		char *text = head_line_text(plan, lines, i, &is_ornament);

		if (is_ornament)
			break;
		join_wrapped(title, text);
	}
	if (i > start) {
		plan->document.title = arena_strdup(plan->arena, title->str);
		plan->document.title_span = lines_span(&lines->items[start], &lines->items[i - 1]);
		plan_add_block(plan, PLAN_BLOCK_TITLE, title->str, plan->document.title_span);
	}
	return i;
}

static char *
without_parentheses(Arena *arena, const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	int depth = 0;

	for (; *text != '\0'; text++) {
		depth += *text == '(';
		if (depth == 0 && !(*text == ' ' && out->len > 0 && out->str[out->len - 1] == ' '))
			g_string_append_c(out, *text);
		depth -= *text == ')' && depth > 0;
	}
	return trim_punctuation(arena, out->str, out->len);
}

static void
read_issuer(Plan *plan, const Folded *folded)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ISSUING_PHRASES) && plan->document.issuer == NULL; i++) {
		size_t phrase = folded_find(folded, 0, ISSUING_PHRASES[i]), start;

		if (phrase == SIZE_MAX)
			continue;
		start = phrase;
		while (start > 0 && strchr(",;.:", folded->fold[start - 1]) == NULL)
			start--;
		while (start < phrase && !agency_starts_at(folded, start, true))
			start++;
		if (start < phrase)
			plan->document.issuer =
			    without_parentheses(plan->arena, folded_cut(plan->arena, folded, start, phrase));
	}
}

static void
read_preamble(Plan *plan, const SourceLines *lines, size_t start, size_t end)
{
	Paragraphs paragraphs = paragraphs_join(plan->arena, lines, start, end);
	g_autoptr(GString) whole = g_string_new(NULL);

	for (size_t i = 0; i < paragraphs.len; i++) {
		const Paragraph *paragraph = &paragraphs.items[i];

		if (paragraph->is_furniture || paragraph->text[0] == '\0')
			continue;
		plan_add_block(plan, PLAN_BLOCK_PARAGRAPH, paragraph->text, paragraph->span);
		docref_find(plan->arena, paragraph->text, paragraph->span, plan->document.legal_basis);
		join_wrapped(whole, paragraph->text);
	}
	if (whole->len > 0) {
		Folded folded = folded_new(plan->arena, arena_strdup(plan->arena, whole->str));

		read_issuer(plan, &folded);
	}
}

/* One line above the title; gives true where it names the kind of document. */
static bool
read_head_line(Plan *plan, const SourceLines *lines, size_t index)
{
	bool is_ornament;
	char *text = head_line_text(plan, lines, index, &is_ornament);
	Folded folded = folded_new(plan->arena, text);
	SourceSpan span = line_span(&lines->items[index]);
	size_t behind = 0;
	const char *type;

	if (is_ornament || folded.len == 0)
		return false;
	type = lone_type(&folded);
	plan_add_block(plan, PLAN_BLOCK_TITLE, text, span);
	if (type != NULL) {
		plan->document.type = arena_strdup(plan->arena, type);
		return true;
	}
	if (is_emblem(&folded))
		return false;
	(void)read_number(plan, &folded, span, &behind);
	(void)read_place_and_date(plan, &folded, behind, span);
	return false;
}

/* Citations of one document are kept once. */
static void
drop_repeated(GPtrArray *citations)
{
	for (guint i = 0; i < citations->len; i++) {
		const PlanCitation *kept = g_ptr_array_index(citations, i);

		for (guint k = citations->len - 1; k > i; k--) {
			const PlanCitation *other = g_ptr_array_index(citations, k);

			if (g_strcmp0(kept->number, other->number) == 0)
				g_ptr_array_remove_index(citations, k);
		}
	}
}

void
head_parse(Plan *plan, const SourceLines *lines, const Regions *regions)
{
	size_t i = 0;
	bool has_type = false;

	while (i < regions->head_end && !has_type)
		has_type = read_head_line(plan, lines, i++);
	if (has_type)
		i = read_title(plan, lines, i, regions->head_end);
	else
		i = 0;
	read_preamble(plan, lines, i, regions->head_end);
	drop_repeated(plan->document.legal_basis);
}

void
head_read_annex_reference(Plan *plan, const char *text, SourceSpan span)
{
	PlanDocument *document = &plan->document;
	Folded folded = folded_new(plan->arena, text);
	size_t so = folded_find(&folded, 0, "so"), behind = 0, day, of;
	PartialDate date;

	if (so != SIZE_MAX && document->number == NULL && so < 80)
		(void)read_number(plan, &folded, span, &behind);
	day = folded_find(&folded, 0, "ngay");
	if (day != SIZE_MAX && document->date.year == 0 && partial_date_read(folded.fold, &day, &date)) {
		document->date = date;
		document->date_span = span;
	}
	of = folded_find(&folded, 0, "cua");
	if (of != SIZE_MAX && document->issuer == NULL)
		document->issuer =
		    without_parentheses(plan->arena, folded_cut(plan->arena, &folded, of + strlen("cua "),
							 folded.len - (folded.fold[folded.len - 1] == ')')));
}
