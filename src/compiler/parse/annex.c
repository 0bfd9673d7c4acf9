/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/annex.h"

#include "compiler/parse/head.h"
#include "compiler/parse/paragraphs.h"
#include "compiler/parse/table.h"
#include "compiler/source/markup.h"

#include "base/text.h"

#include <string.h>

static Folded
fold_line(const Table *table, size_t index, char **ret_text)
{
	bool is_ornament;

	*ret_text = head_line_text(table->plan, table->lines, index, &is_ornament);
	return folded_new(table->plan->arena, *ret_text);
}

/* "PHỤ LỤC II: CÁC CHỈ TIÊU …", the label optional. */
static void
read_label(Table *table, const char *text, GString *title)
{
	Folded folded = folded_new(table->plan->arena, text);
	const char *rest = text + folded.origin[MIN(strlen("phu luc"), folded.len)];
	size_t label;

	rest += strspn(rest, " ");
	label = strspn(rest, "IVXLABCD0123456789");
	if (label > 0 && label <= 5 && (rest[label] == '\0' || strchr(" :.-*", rest[label]) != NULL)) {
		table->annex->label = arena_strndup(table->plan->arena, rest, label);
		table->annex->has_printed_label = true;
		rest += label;
	}
	rest += strspn(rest, " :.-*");
	g_string_append(title, rest);
}

static bool
is_table_start(const Table *table, size_t index, const Folded *folded)
{
	return table->lines->items[index].text[0] == '|' || columns_begins_header(folded);
}

/* "(Kèm theo Kế hoạch số … )", over one line or several. */
static void
read_reference(Table *table)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t first = table->next;
	SourceSpan span;

	while (table->next < table->last) {
		char *line;
		Folded folded = fold_line(table, table->next, &line);

		if (text->len > 0 && is_table_start(table, table->next, &folded))
			break;
		join_wrapped(text, line);
		table->next++;
		if (strchr(line, ')') != NULL)
			break;
	}
	span = lines_span(&table->lines->items[first], &table->lines->items[table->next - 1]);
	head_read_annex_reference(table->plan, arena_strdup(table->plan->arena, text->str), span);
	plan_add_block(table->plan, PLAN_BLOCK_PARAGRAPH, text->str, span);
}

static void
read_title(Table *table)
{
	g_autoptr(GString) title = g_string_new(NULL);
	size_t first = table->next;
	char *text;

	(void)fold_line(table, table->next, &text);
	read_label(table, text, title);
	table->next++;
	while (table->next < table->last) {
		Folded folded = fold_line(table, table->next, &text);
		Marker marker;

		if (text[0] == '(' || is_table_start(table, table->next, &folded) ||
		    (marker_read(text, &marker) && marker.has_mark))
			break;
		join_wrapped(title, text);
		table->next++;
	}
	table->annex->title = arena_strdup(table->plan->arena, title->str);
	table->annex->span = lines_span(&table->lines->items[first], &table->lines->items[table->next - 1]);
	plan_add_block(table->plan, PLAN_BLOCK_ANNEX_TITLE, title->str, table->annex->span);
	if (table->next < table->last && text[0] == '(')
		read_reference(table);
}

/* The header's lines, up to the first that holds more than titles of columns. */
static bool
read_header(Table *table)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	size_t first = table->next;
	Marker marker;

	while (table->next < table->last && table->n_header < TABLE_MAX_HEADER_LINES) {
		char *text;
		Folded folded = fold_line(table, table->next, &text);
		bool is_row = marker_read(text, &marker) && marker.kind <= MARKER_DECIMAL &&
			      table->n_header > 0 &&
			      !(marker.kind == MARKER_DECIMAL && marker.parts[0] > 1900);

		if (is_row || !columns_is_header_line(&folded))
			break;
		table->header[table->n_header++] = text_fold_vi(text);
		join_wrapped(joined, text);
		table->next++;
	}
	if (table->n_header == 0)
		return false;
	for (size_t i = 0; i < table->n_header; i++) {
		char *kept = arena_strdup(table->plan->arena, table->header[i]);

		g_free(table->header[i]);
		table->header[i] = kept;
	}
	plan_add_block(table->plan, PLAN_BLOCK_TABLE_HEADER, joined->str,
	    lines_span(&table->lines->items[first], &table->lines->items[table->next - 1]));
	return columns_read(table->plan->arena, joined->str, &table->columns);
}

static void
set_columns(Table *table)
{
	PlanAnnex *annex = table->annex;

	annex->kind = columns_kind(&table->columns);
	annex->n_columns = table->columns.len;
	annex->columns = arena_array(table->plan->arena, PlanColumn, table->columns.len);
	memcpy(annex->columns, table->columns.items, table->columns.len * sizeof(PlanColumn));
}

static bool
read_piped_header(Table *table)
{
	const SourceLine *line = &table->lines->items[table->next++];
	char *cells[COLUMNS_MAX];
	size_t n = markup_split_cells(table->plan->arena, line->text, cells, COLUMNS_MAX);

	plan_add_block(table->plan, PLAN_BLOCK_TABLE_HEADER, line->text, line_span(line));
	return columns_from_cells(table->plan->arena, cells, n, &table->columns);
}

/* An annex without a table that can be read: its text is kept as read. */
static void
read_prose(Table *table)
{
	Paragraphs paragraphs = paragraphs_join(table->plan->arena, table->lines, table->next, table->last);

	for (size_t i = 0; i < paragraphs.len; i++)
		plan_add_block(
		    table->plan, PLAN_BLOCK_PARAGRAPH, paragraphs.items[i].text, paragraphs.items[i].span);
	diag_add(table->plan->diags, "annex-no-table", DIAG_INFO, table->annex->span,
	    "Phụ lục %s không có bảng nào đọc được; nội dung được giữ dưới dạng văn bản.",
	    table->annex->label);
}

static void
skip_to_table(Table *table)
{
	size_t i = table->next;

	for (; i < table->last; i++) {
		char *text;
		Folded folded = fold_line(table, i, &text);

		if (!is_table_start(table, i, &folded))
			continue;
		for (size_t k = table->next; k < i; k++)
			plan_add_block(table->plan, PLAN_BLOCK_PARAGRAPH, table->lines->items[k].text,
			    line_span(&table->lines->items[k]));
		table->next = i;
		return;
	}
}

void
annex_parse(Plan *plan, AgencyTable *agencies, const SourceLines *lines, size_t first, size_t last)
{
	Table table = {.plan = plan, .agencies = agencies, .lines = lines, .next = first, .last = last};

	table.annex = arena_new0(plan->arena, PlanAnnex);
	table.annex->groups = plan_array(plan);
	g_ptr_array_add(plan->annexes, table.annex);
	read_title(&table);
	if (table.annex->label == NULL) {
		static const char *const ROMAN[] = {
		    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
		guint n = plan->annexes->len;

		table.annex->label = n <= G_N_ELEMENTS(ROMAN) ? arena_strdup(plan->arena, ROMAN[n - 1])
							      : arena_printf(plan->arena, "%u", n);
	}
	skip_to_table(&table);
	if (table.next < last && lines->items[table.next].text[0] == '|' && read_piped_header(&table)) {
		set_columns(&table);
		table_read_piped(&table);
	} else if (table.next < last && read_header(&table)) {
		set_columns(&table);
		table_read_flattened(&table);
	} else if (table.next < last) {
		read_prose(&table);
	}
}
