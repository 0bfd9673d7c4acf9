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
	bool is_ornament;

	(void)fold_line(table, table->next, &text);
	read_label(table, text, title);
	table->next++;
	while (table->next < table->last) {
		Folded folded = fold_line(table, table->next, &text);
		Marker marker;

		is_ornament = markup_read(table->plan->arena, table->lines->items[table->next].text,
		    table->lines->items[table->next].len)
				  .is_rule;

		if (is_ornament) {
			table->next++;
			continue;
		}
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

void
table_set_columns(Table *table)
{
	PlanAnnex *annex = table->annex;

	annex->kind = columns_kind(&table->columns);
	annex->n_columns = table->columns.len;
	annex->columns = arena_array(table->plan->arena, PlanColumn, table->columns.len);
	memcpy(annex->columns, table->columns.items, table->columns.len * sizeof(PlanColumn));
}

void
table_keep_line(Table *table, size_t index)
{
	const SourceLine *line = &table->lines->items[index];
	bool is_ornament;
	char *text = head_line_text(table->plan, table->lines, index, &is_ornament);

	plan_add_block(table->plan,
	    is_ornament            ? PLAN_BLOCK_PAGE_FURNITURE
	    : line->text[0] == '|' ? PLAN_BLOCK_TABLE_ROW
				   : PLAN_BLOCK_PARAGRAPH,
	    line->text[0] == '|' ? line->text : text, line_span(line));
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

/* The first table with a header, else the first that has rows. */
static size_t
find_table(const Table *table)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = table->next; i < table->last; i++) {
			char *text;
			Folded folded = fold_line(table, i, &text);

			if (pass == 0 ? regions_is_table_header(table->lines, i)
				      : is_table_start(table, i, &folded))
				return i;
		}
	return table->next;
}

static void
skip_to_table(Table *table)
{
	size_t first = find_table(table);

	for (; table->next < first; table->next++)
		table_keep_line(table, table->next);
}

static void
count_label(Table *table)
{
	static const char *const ROMAN[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
	guint n = table->plan->annexes->len;

	if (table->annex->label == NULL)
		table->annex->label = n <= G_N_ELEMENTS(ROMAN)
					  ? arena_strdup(table->plan->arena, ROMAN[n - 1])
					  : arena_printf(table->plan->arena, "%u", n);
}

static void
parse_titled(Table *table)
{
	g_ptr_array_add(table->plan->annexes, table->annex);
	table->annex->is_titled = true;
	read_title(table);
	count_label(table);
	skip_to_table(table);
	if (table->next < table->last && table->lines->items[table->next].text[0] == '|' &&
	    table_read_piped(table))
		return;
	if (table->next < table->last && read_header(table)) {
		table_set_columns(table);
		table_read_flattened(table);
	} else if (table->next < table->last) {
		read_prose(table);
	}
}

/* The line above a table in the prose says what it holds. */
static void
read_caption(Table *table)
{
	size_t first = table->next, i = first;
	g_autoptr(GString) title = g_string_new(NULL);

	while (i < table->last && table->lines->items[i].text[0] != '|') {
		char *text;

		(void)fold_line(table, i, &text);
		if (text[0] == '(') {
			table->next = i;
			read_reference(table);
			i = table->next;
			continue;
		}
		join_wrapped(title, text);
		plan_add_block(
		    table->plan, PLAN_BLOCK_ANNEX_TITLE, text, line_span(&table->lines->items[i++]));
	}
	table->next = i;
	if (i == first && first > 0 && table->lines->items[first - 1].text[0] != '|') {
		char *text;

		(void)fold_line(table, first - 1, &text);
		join_wrapped(title, text);
	}
	table->annex->title = arena_strdup(table->plan->arena, title->str);
	table->annex->span = line_span(&table->lines->items[first]);
}

static void
parse_untitled(Table *table)
{
	read_caption(table);
	while (table->next < table->last && !regions_is_table_header(table->lines, table->next))
		table_keep_line(table, table->next++);
	if (table->next < table->last) {
		g_ptr_array_add(table->plan->annexes, table->annex);
		count_label(table);
		if (table_read_piped(table))
			return;
		g_ptr_array_remove_index(table->plan->annexes, table->plan->annexes->len - 1);
	}
	for (; table->next < table->last; table->next++)
		if (!markup_is_separator(table->lines->items[table->next].text))
			table_keep_line(table, table->next);
}

void
annex_parse(Plan *plan, AgencyTable *agencies, const SourceLines *lines, const AnnexRange *range)
{
	Table table = {
	    .plan = plan, .agencies = agencies, .lines = lines, .next = range->first, .last = range->last};

	table.annex = arena_new0(plan->arena, PlanAnnex);
	table.annex->groups = plan_array(plan);
	if (range->has_title)
		parse_titled(&table);
	else
		parse_untitled(&table);
}
