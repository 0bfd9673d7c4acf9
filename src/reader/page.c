/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/page.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/record.h"

enum {
	TAG_SET = 'Q',
	TAG_SHEET = 'P',
	TAG_WORD = 'W',
	TAG_RULE = 'L',
};

enum { SHEET_SCAN = 1, SHEET_NEEDS_RECOGNITION = 2 };
enum { WORD_BOLD = 1, WORD_ITALIC = 2 };

#define MAGIC 0x31504D4Eu /* "NMP1" */
#define COORDINATE_MAX 100000.0f

static void
sheet_free(gpointer data)
{
	PageSheet *sheet = data;

	g_array_unref(sheet->words);
	g_array_unref(sheet->rules);
	g_free(sheet);
}

PageSet *
page_set_new(BlockSource source)
{
	PageSet *set = g_new0(PageSet, 1);

	set->document = block_document_new(source);
	set->sheets = g_ptr_array_new_with_free_func(sheet_free);
	return set;
}

void
page_set_free(PageSet *set)
{
	if (set == NULL)
		return;
	g_ptr_array_unref(set->sheets);
	block_document_free(set->document);
	g_free(set);
}

PageSheet *
page_set_add(PageSet *set, uint32_t number, float width, float height)
{
	PageSheet *sheet = g_new0(PageSheet, 1);
	guint at = set->sheets->len;

	sheet->number = number;
	sheet->width = width;
	sheet->height = height;
	sheet->words = g_array_new(FALSE, FALSE, sizeof(PageWord));
	sheet->rules = g_array_new(FALSE, FALSE, sizeof(PageRule));
	while (at > 0 && ((const PageSheet *)g_ptr_array_index(set->sheets, at - 1))->number >= number)
		at--;
	if (at < set->sheets->len &&
	    ((const PageSheet *)g_ptr_array_index(set->sheets, at))->number == number)
		g_ptr_array_remove_index(set->sheets, at);
	g_ptr_array_insert(set->sheets, (gint)at, sheet);
	return sheet;
}

void
page_add_word(PageSet *set, PageSheet *sheet, const PageWord *word)
{
	PageWord copy = *word;

	copy.text = arena_strdup(set->document->arena, word->text);
	g_array_append_val(sheet->words, copy);
}

void
page_add_rule(PageSheet *sheet, BlockBox box)
{
	PageRule rule = {.box = box};

	g_array_append_val(sheet->rules, rule);
}

static void
write_box(GString *out, const BlockBox *box)
{
	record_put_float(out, box->left);
	record_put_float(out, box->top);
	record_put_float(out, box->right);
	record_put_float(out, box->bottom);
}

static void
write_word(GString *out, const PageWord *word)
{
	size_t begin = record_begin(out, TAG_WORD);

	record_put_text(out, word->text);
	write_box(out, &word->box);
	record_put_float(out, word->font_size);
	record_put_u8(out, word->confidence);
	record_put_u8(out, (uint8_t)((word->is_bold ? WORD_BOLD : 0) | (word->is_italic ? WORD_ITALIC : 0)));
	record_end(out, begin);
}

static void
write_sheet(GString *out, const PageSheet *sheet)
{
	size_t begin = record_begin(out, TAG_SHEET);

	record_put_u32(out, sheet->number);
	record_put_float(out, sheet->width);
	record_put_float(out, sheet->height);
	record_put_u8(out, (uint8_t)((sheet->is_scan ? SHEET_SCAN : 0) |
				     (sheet->needs_recognition ? SHEET_NEEDS_RECOGNITION : 0)));
	record_put_u8(out, sheet->turns);
	record_end(out, begin);
	for (guint i = 0; i < sheet->words->len; i++)
		write_word(out, &g_array_index(sheet->words, PageWord, i));
	for (guint i = 0; i < sheet->rules->len; i++) {
		begin = record_begin(out, TAG_RULE);
		write_box(out, &g_array_index(sheet->rules, PageRule, i).box);
		record_end(out, begin);
	}
}

void
page_set_write(const PageSet *set, GString *out)
{
	size_t begin = record_begin(out, TAG_SET);

	record_put_u32(out, MAGIC);
	blocks_write(set->document, out);
	record_end(out, begin);
	for (guint i = 0; i < set->sheets->len; i++)
		write_sheet(out, g_ptr_array_index(set->sheets, i));
}

typedef struct {
	PageSet *set;
	PageSheet *sheet; /* that words and rules belong to */
	bool has_begun;
	GError **error;
} SetReader;

static bool
refuse_broken(SetReader *reader)
{
	g_set_error_literal(
	    reader->error, APP_ERROR, APP_ERROR_UNREADABLE, "kết quả đọc các trang của tệp bị hỏng");
	return false;
}

static bool
refuse_large(SetReader *reader, const char *what, size_t limit)
{
	g_set_error(reader->error, APP_ERROR, APP_ERROR_LIMIT, "tệp có hơn %zu %s", limit, what);
	return false;
}

static bool
is_coordinate(float value)
{
	return value >= -COORDINATE_MAX && value <= COORDINATE_MAX;
}

static BlockBox
read_box(RecordCursor *record)
{
	BlockBox box;

	box.left = record_get_float(record);
	box.top = record_get_float(record);
	box.right = record_get_float(record);
	box.bottom = record_get_float(record);
	if (!is_coordinate(box.left) || !is_coordinate(box.top) || !is_coordinate(box.right) ||
	    !is_coordinate(box.bottom) || box.left > box.right || box.top > box.bottom)
		record->is_broken = true;
	return box;
}

/* What the document part of another stream says beside its sheets. */
static void
take_over(BlockDocument *to, const BlockDocument *from)
{
	if (from->source == BLOCK_SOURCE_SCAN)
		to->source = BLOCK_SOURCE_SCAN;
	for (guint i = 0; i < from->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(from->notes, i);

		block_document_note(to, note->rule, note->severity, note->page, "%s", note->message);
	}
	for (guint i = 0; i < from->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(from->signatures, i);
		BlockSignature *copy = arena_new0(to->arena, BlockSignature);

		*copy = *signature;
		copy->signer = arena_strdup(to->arena, signature->signer);
		copy->issuer = arena_strdup(to->arena, signature->issuer);
		g_ptr_array_add(to->signatures, copy);
	}
}

static bool
read_set(SetReader *reader, RecordCursor *record)
{
	g_autoptr(BlockDocument) document = NULL;

	if (record_get_u32(record) != MAGIC || record->is_broken)
		return refuse_broken(reader);
	if (!blocks_read(record->at, (size_t)(record->end - record->at), &document, reader->error))
		return false;
	take_over(reader->set->document, document);
	reader->has_begun = true;
	return true;
}

static bool
read_sheet(SetReader *reader, RecordCursor *record)
{
	uint32_t number = record_get_u32(record);
	float width = record_get_float(record), height = record_get_float(record);
	uint8_t flags = record_get_u8(record);
	uint8_t turns = record->at < record->end ? record_get_u8(record) : 0; /* an older writer has none */

	if (number > LIMIT_PAGES || reader->set->sheets->len >= LIMIT_PAGES)
		return refuse_large(reader, "trang", LIMIT_PAGES);
	if (record->is_broken || number == 0 || !(width > 0 && width <= COORDINATE_MAX) ||
	    !(height > 0 && height <= COORDINATE_MAX) || turns > BLOCK_TURNS_MAX)
		return refuse_broken(reader);
	reader->sheet = page_set_add(reader->set, number, width, height);
	reader->sheet->turns = turns;
	reader->sheet->is_scan = flags & SHEET_SCAN;
	reader->sheet->needs_recognition = flags & SHEET_NEEDS_RECOGNITION;
	return true;
}

static bool
read_word(SetReader *reader, RecordCursor *record)
{
	size_t len;
	const char *text = record_get_text(record, &len);
	PageWord word = {.box = read_box(record), .font_size = record_get_float(record)};
	uint8_t style;

	word.confidence = record_get_u8(record);
	style = record_get_u8(record);
	if (record->is_broken || reader->sheet == NULL || len == 0 || word.confidence > 100)
		return refuse_broken(reader);
	if (reader->sheet->words->len >= LIMIT_PAGE_WORDS)
		return refuse_large(reader, "từ trên một trang", LIMIT_PAGE_WORDS);
	word.is_bold = style & WORD_BOLD;
	word.is_italic = style & WORD_ITALIC;
	word.text = arena_strndup(reader->set->document->arena, text, len);
	g_array_append_val(reader->sheet->words, word);
	return true;
}

static bool
read_rule(SetReader *reader, RecordCursor *record)
{
	BlockBox box = read_box(record);

	if (record->is_broken || reader->sheet == NULL)
		return refuse_broken(reader);
	if (reader->sheet->rules->len >= LIMIT_PAGE_RULES)
		return refuse_large(reader, "đường kẻ trên một trang", LIMIT_PAGE_RULES);
	page_add_rule(reader->sheet, box);
	return true;
}

static bool
read_record(SetReader *reader, char tag, RecordCursor *record)
{
	if (tag == TAG_SET)
		return read_set(reader, record);
	if (!reader->has_begun)
		return refuse_broken(reader);
	switch (tag) {
	case TAG_SHEET:
		return read_sheet(reader, record);
	case TAG_WORD:
		return read_word(reader, record);
	case TAG_RULE:
		return read_rule(reader, record);
	default: /* of a newer writer */
		return true;
	}
}

bool
page_set_read(const char *bytes, size_t len, PageSet *set, GError **error)
{
	SetReader reader = {.set = set, .error = error};
	RecordCursor cursor = {.at = bytes, .end = bytes + len}, record;
	char tag;

	while (record_next(&cursor, &tag, &record))
		if (!read_record(&reader, tag, &record))
			return false;
	if (cursor.is_broken || !reader.has_begun)
		return refuse_broken(&reader);
	return true;
}
