/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/block_text.h"

#include "base/text.h"
#include "compiler/lex/marker.h"

#include <string.h>

#define MARKDOWN_LEVELS 6
#define ROMAN_STROKES 5 /* letters of the longest number of a part */

/* A bold paragraph that ends like a sentence is stressed, not a heading. */
static bool
reads_as_heading(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && strchr(".;,:", text[len - 1]) == NULL;
}

/* "Phụ lục 1. Danh mục …" in lower case opens an annex only where it stands out. */
static bool
is_marked_annex(const char *text, const Block *look)
{
	size_t len;

	return (look->is_centered || look->is_bold) && text_fold_has_prefix(text, "phu luc", &len);
}

char *
block_text_mended_roman(Arena *arena, const char *text, size_t len)
{
	g_autoptr(GString) roman = g_string_new(NULL);

	if (len == 0 || len > ROMAN_STROKES || strspn(text, "IVXH1l|") < len)
		return NULL;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == 'H')
			g_string_append(roman, "II");
		else
			g_string_append_c(roman, strchr("1l|", text[i]) != NULL ? 'I' : text[i]);
	}
	return roman_value(roman->str, roman->len) > 0 ? arena_strdup(arena, roman->str) : NULL;
}

/* "H. NHIỆM VỤ", "1V. TỔ CHỨC": gives the line as it must have been printed; NULL where it has no such
 * number. "1. UBND xã …" is an item, whatever its letters. */
static char *
mended_line(const BlockWriter *writer, const char *text)
{
	size_t len = strcspn(text, "."), blank;
	const char *title;
	char *roman;

	if (text[len] == '\0' || strspn(text, "1") == len || strspn(text, "IVX") == len)
		return NULL;
	blank = strspn(text + len + 1, " ");
	title = text + len + 1 + blank;
	if (blank == 0 || !starts_upper(title) || !starts_upper(text_next(title)))
		return NULL;
	roman = block_text_mended_roman(writer->plan->arena, text, len);
	return roman != NULL ? arena_printf(writer->plan->arena, "%s%s", roman, text + len) : NULL;
}

/* A printed line of a paragraph, or all of one that its author did not break. */
static void
write_part(BlockWriter *writer, const BlockText *text, const Block *look)
{
	BlockLine *line = &writer->line;
	g_auto(BlockLine) plain = {0};
	BlockPiece first = text->pieces[0];
	char *mended = writer->is_scan ? mended_line(writer, first.text) : NULL;
	int level = MIN(look->heading_level, MARKDOWN_LEVELS);

	if (mended != NULL)
		first.text = mended;
	block_line_init(&plain);
	block_line_add(&plain, &(BlockText){.pieces = &first, .len = 1}, BLOCK_BREAK_NONE);
	if (text->len > 1)
		block_line_add(&plain, &(BlockText){.pieces = text->pieces + 1, .len = text->len - 1},
		    text->pieces[1].before);
	if (plain.text->len == 0)
		return;
	if (level == 0 && is_marked_annex(plain.text->str, look))
		level = 2;
	if (writer->text->len > 0 && !(look->is_centered && writer->is_after_centered))
		g_string_append_c(writer->text, '\n');
	block_line_reset(line);
	if (level > 0)
		g_string_append_printf(line->text, "%.*s ", level, "######");
	else if (look->is_bold && reads_as_heading(plain.text->str))
		g_string_append(line->text, "**");
	block_line_copy(line, &plain, 0, plain.text->len);
	if (level == 0 && look->is_bold && reads_as_heading(plain.text->str))
		g_string_append(line->text, "**");
	block_line_write(line, writer->text, writer->places);
	writer->is_after_centered = look->is_centered;
}

void
block_text_paragraph(BlockWriter *writer, const BlockText *text, const Block *look)
{
	for (size_t first = 0, i = 1; i <= text->len; i++) {
		if (i < text->len && text->pieces[i].before != BLOCK_BREAK_PARAGRAPH)
			continue;
		write_part(writer, &(BlockText){.pieces = text->pieces + first, .len = i - first}, look);
		first = i;
	}
}

/* Markdown's comment: shown to nobody who reads the text. */
static void
write_furniture(BlockWriter *writer, const BlockText *text)
{
	BlockLine *line = &writer->line;

	block_line_reset(line);
	g_string_append(line->text, "<!-- ");
	block_line_add(line, text, BLOCK_BREAK_NONE);
	g_string_append(line->text, " -->");
	g_string_append_c(writer->text, '\n');
	block_line_write(line, writer->text, writer->places);
	writer->is_after_centered = false;
}

void
block_text_write(const BlockDocument *document, Plan *plan)
{
	BlockWriter writer = {
	    .plan = plan, .text = g_string_new(NULL), .is_scan = document->source == BLOCK_SOURCE_SCAN};

	writer.places = plan->places = places_new(plan->arena, document->pages);
	block_line_init(&writer.line);
	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);

		switch (block->kind) {
		case BLOCK_PARAGRAPH:
			block_text_paragraph(&writer, &block->text, block);
			break;
		case BLOCK_TABLE:
			block_text_table(&writer, &block->table);
			writer.is_after_centered = false;
			break;
		case BLOCK_FURNITURE:
			write_furniture(&writer, &block->text);
			break;
		case BLOCK_MAX:
		default:
			break;
		}
	}
	plan->text_len = writer.text->len;
	plan->text = arena_strndup(plan->arena, writer.text->str, writer.text->len);
	block_line_clear(&writer.line);
	g_string_free(writer.text, TRUE);
}
