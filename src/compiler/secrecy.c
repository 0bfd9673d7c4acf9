/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/secrecy.h"

#include "base/text.h"

#include <string.h>

#define HEAD_LINES 60  /* with something in them */
#define HEAD_BLOCKS 60 /* paragraphs and tables */
#define LINE_BYTES_MAX ((size_t)1024)
#define HEAD_BYTES_MAX ((size_t)64 * 1024)

/* Around the word, as it is drawn in frames and marked in Markdown. */
#define FRAME " \t\r\n\v\f*_|[](){}<>#\"'`~=+-.:;,/\\"

static const struct {
	const char *word, *folded; /* without blanks */
	Secrecy secrecy;
} MARKS[] = {
    {"MẬT", "mat", SECRECY_SECRET},
    {"TỐI MẬT", "toimat", SECRECY_TOP},
    {"TUYỆT MẬT", "tuyetmat", SECRECY_UTMOST},
};

/* Where the head ends: what a document begins its text with. */
static const char *const BODY_BEGINNINGS[] = {
    "can cu ", "kinh gui", "thuc hien ", "dieu 1.", "dieu 1:", "i. ", "i) ", "1. ", "muc 1", "phan i", "a. "};

/* "Độ mật: Tối mật" */
static const char *const LABELS[] = {"do mat", "muc do mat", "cap do mat"};

const char *
secrecy_word(Secrecy secrecy)
{
	for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
		if (MARKS[i].secrecy == secrecy)
			return MARKS[i].word;
	return NULL;
}

static char *
without_blanks(const char *folded)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *folded != '\0'; folded++)
		if (*folded != ' ')
			g_string_append_c(out, *folded);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static Secrecy
of_folded(const char *folded)
{
	g_autofree char *solid = without_blanks(folded);

	for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
		if (strcmp(solid, MARKS[i].folded) == 0)
			return MARKS[i].secrecy;
	return SECRECY_NONE;
}

/* In capitals, and with the vowel of the word: recognition loses its dot or its roof, but MẶT and MÁT are
 * others. */
static bool
is_stamp(const char *text)
{
	for (const char *at = text; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_islower(c))
			return false;
		if (text_fold_char(c) == 'a' && g_utf8_strchr("AẠÂẬẤẦẨẪ", -1, c) == NULL)
			return false;
	}
	return true;
}

static char *
trim_frame(const char *text, size_t len)
{
	const char *end = text + len;

	/* Frames are drawn with box characters too. */
	for (;;) {
		if (text < end && strchr(FRAME, *text) != NULL)
			text++;
		else if (end - text >= 3 && (unsigned char)text[0] == 0xE2 &&
			 ((unsigned char)text[1] | 3) == 0x97)
			text += 3;
		else
			break;
	}
	for (;;) {
		if (text < end && strchr(FRAME, end[-1]) != NULL)
			end--;
		else if (end - text >= 3 && (unsigned char)end[-3] == 0xE2 &&
			 ((unsigned char)end[-2] | 3) == 0x97)
			end -= 3;
		else
			break;
	}
	return g_strndup(text, (gsize)(end - text));
}

static Secrecy
of_label(const char *folded)
{
	for (size_t i = 0; i < G_N_ELEMENTS(LABELS); i++) {
		const char *rest;

		if (!g_str_has_prefix(folded, LABELS[i]))
			continue;
		rest = folded + strlen(LABELS[i]);
		if (*rest == ':' || *rest == ' ')
			return of_folded(rest + 1 + strspn(rest + 1, " :"));
	}
	return SECRECY_NONE;
}

/* "Số: 12/KH-UBND MẬT": the stamp beside the number, where columns ran together. */
static Secrecy
beside_number(const char *text, const char *folded)
{
	static const char *const ENDS[] = {" tuyet mat", " toi mat", " mat"};

	if (!g_str_has_prefix(folded, "so:") && !g_str_has_prefix(folded, "so "))
		return SECRECY_NONE;
	for (size_t i = 0; i < G_N_ELEMENTS(ENDS); i++) {
		glong from = g_utf8_strlen(folded, -1) - (glong)strlen(ENDS[i]);

		if (g_str_has_suffix(folded, ENDS[i]) &&
		    g_utf8_strlen(text, -1) == g_utf8_strlen(folded, -1) &&
		    is_stamp(g_utf8_offset_to_pointer(text, from)))
			return of_folded(ENDS[i] + 1);
	}
	return SECRECY_NONE;
}

/* One line, or one column of it. */
static Secrecy
of_cell(const char *bytes, size_t len)
{
	g_autofree char *text = NULL, *folded = NULL;
	Secrecy found;

	if (len > LINE_BYTES_MAX)
		return SECRECY_NONE;
	text = trim_frame(bytes, len);
	folded = text_fold_vi(text);
	found = of_folded(folded);
	if (found != SECRECY_NONE && is_stamp(text))
		return found;
	found = of_label(folded);
	return found != SECRECY_NONE ? found : beside_number(text, folded);
}

/* Columns stand two blanks, a tab or a ruling apart. */
static Secrecy
of_line(const char *line, size_t len)
{
	Secrecy whole = of_cell(line, len);
	size_t start = 0;

	if (whole != SECRECY_NONE)
		return whole;
	for (size_t at = 0; at <= len; at++) {
		bool is_gap = at < len && (line[at] == '\t' || line[at] == '|' ||
					      (line[at] == ' ' && at + 1 < len && line[at + 1] == ' '));
		Secrecy found;

		if (at < len && !is_gap)
			continue;
		found = of_cell(line + start, at - start);
		if (found != SECRECY_NONE)
			return found;
		start = at + 1;
	}
	return SECRECY_NONE;
}

static bool
ends_head(const char *line, size_t len)
{
	g_autofree char *text = trim_frame(line, MIN(len, LINE_BYTES_MAX));
	g_autofree char *folded = text_fold_vi(text);

	for (size_t i = 0; i < G_N_ELEMENTS(BODY_BEGINNINGS); i++)
		if (g_str_has_prefix(folded, BODY_BEGINNINGS[i]))
			return true;
	return false;
}

Secrecy
secrecy_of_text(const char *text, size_t len)
{
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)MIN(len, HEAD_BYTES_MAX));
	g_autofree char *head = text_nfc(valid, strlen(valid), NULL);
	int n_lines = 0;

	for (const char *line = head; *line != '\0' && n_lines < HEAD_LINES;) {
		size_t line_len = strcspn(line, "\n");
		Secrecy found;

		if (strspn(line, " \t\r") < line_len) {
			if (ends_head(line, line_len))
				break;
			found = of_line(line, line_len);
			if (found != SECRECY_NONE)
				return found;
			n_lines++;
		}
		line += line_len + (line[line_len] == '\n');
	}
	return SECRECY_NONE;
}

/* Each piece is a printed line; a stamp is one by itself even where the reader joined it to what stands
 * beside. */
static Secrecy
of_block_text(const BlockText *text)
{
	g_autofree char *joined = block_text_join(text);

	for (size_t i = 0; i < text->len; i++) {
		Secrecy found = of_line(text->pieces[i].text, strlen(text->pieces[i].text));

		if (found != SECRECY_NONE)
			return found;
	}
	return of_line(joined, strlen(joined));
}

static Secrecy
of_table(const BlockTable *table)
{
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		Secrecy found = of_block_text(&cell->text);

		if (found != SECRECY_NONE)
			return found;
	}
	return SECRECY_NONE;
}

static bool
is_body(const Block *block)
{
	g_autofree char *joined = block->kind == BLOCK_PARAGRAPH ? block_text_join(&block->text) : NULL;

	return joined != NULL && ends_head(joined, strlen(joined));
}

Secrecy
secrecy_of_blocks(const BlockDocument *document)
{
	bool is_head = true;
	int n_blocks = 0;

	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);
		Secrecy found = SECRECY_NONE;

		is_head = is_head && n_blocks++ < HEAD_BLOCKS && !is_body(block);
		if (block->kind == BLOCK_FURNITURE || (is_head && block->kind == BLOCK_PARAGRAPH))
			found = of_block_text(&block->text);
		else if (is_head)
			found = of_table(&block->table);
		if (found != SECRECY_NONE)
			return found;
	}
	return SECRECY_NONE;
}
