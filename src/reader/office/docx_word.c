/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/office/docx.h"
#include "reader/office/legacy_text.h"
#include "reader/office/office.h"

#include <string.h>

typedef struct {
	OfficePackage *package;
	char *main_part;
	GPtrArray *relations; /* of the main part */
	BlockDocument *document;
	Docx docx;
} WordReader;

static void
word_reader_clear(WordReader *reader)
{
	g_clear_pointer(&reader->package, office_package_free);
	g_clear_pointer(&reader->main_part, g_free);
	g_clear_pointer(&reader->relations, g_ptr_array_unref);
	g_clear_pointer(&reader->document, block_document_free);
	g_clear_pointer(&reader->docx.styles, docx_styles_free);
	g_clear_pointer(&reader->docx.numbering, docx_numbering_free);
	g_clear_pointer(&reader->docx.fields, g_array_unref);
	g_clear_pointer(&reader->docx.fonts, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WordReader, word_reader_clear)

/* Reads the part that the main part names by a type; *ret_bytes is NULL where there is none. */
static bool
read_related(WordReader *reader, const char *type, char **ret_bytes, size_t *ret_len, GError **error)
{
	const OfficeRelation *relation = office_relation_of_type(reader->relations, type);

	*ret_bytes = NULL;
	*ret_len = 0;
	if (relation == NULL || !office_package_has(reader->package, relation->target))
		return true;
	return office_package_read(reader->package, relation->target, ret_bytes, ret_len, error);
}

static bool
read_styles(WordReader *reader, GError **error)
{
	g_autofree char *styles = NULL, *numbering = NULL;
	size_t styles_len, numbering_len;
	Arena *arena = reader->document->arena;

	return read_related(reader, "styles", &styles, &styles_len, error) &&
	       docx_styles_read(styles, styles_len, arena, &reader->docx.styles, error) &&
	       read_related(reader, "numbering", &numbering, &numbering_len, error) &&
	       docx_numbering_read(numbering, numbering_len, arena, &reader->docx.numbering, error);
}

static bool
refuse_depth(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_LIMIT,
	    "tệp có bảng hoặc khung chữ lồng nhau quá nhiều tầng; hãy bỏ bớt bảng lồng bảng rồi lưu lại");
	return false;
}

/* Marks all paragraphs of a flow as furniture and adds them, in front of the first the label. */
static bool
add_furniture(WordReader *reader, const Flow *flow, const char *label)
{
	g_autoptr(GString) text = g_string_new(label);
	Block *block;

	if (flow_is_empty(flow))
		return true;
	flow_join(flow, text);
	block = block_document_add(reader->document, BLOCK_FURNITURE);
	block_text_add(
	    reader->document, &block->text, text->str, text->len, (BlockPlace){0}, BLOCK_BREAK_NONE, 100);
	return true;
}

/* Headers, or footers. */
static bool
read_margins(WordReader *reader, const char *type, GError **error)
{
	for (guint i = 0; i < reader->relations->len; i++) {
		const OfficeRelation *relation = g_ptr_array_index(reader->relations, i);
		g_autofree char *bytes = NULL;
		g_autoptr(Xml) xml = NULL;
		Flow flow = {0};
		size_t len;

		if (strcmp(relation->type, type) != 0 || relation->is_external ||
		    !office_package_has(reader->package, relation->target))
			continue;
		if (!office_package_read(reader->package, relation->target, &bytes, &len, error))
			return false;
		xml = xml_new(bytes, len, relation->target);
		if (!xml_root(xml).is_done)
			docx_read_blocks(&reader->docx, xml, &flow);
		if (!xml_finish(xml, error))
			return false;
		add_furniture(reader, &flow, NULL);
	}
	return true;
}

/* Footnotes, or endnotes: behind the document, so that they disturb neither a sentence nor a row. */
static bool
read_notes(WordReader *reader, const char *type, const char *label, GError **error)
{
	g_autofree char *bytes = NULL;
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;
	size_t len;
	unsigned number = 0;

	if (!read_related(reader, type, &bytes, &len, error))
		return false;
	if (bytes == NULL)
		return true;
	xml = xml_new(bytes, len, type);
	scope = xml_root(xml);
	while (xml_child(xml, &scope)) {
		g_autofree char *title = NULL;
		Flow flow = {0};

		/* Separators, the lines between text and notes, have a type. */
		if (xml_attribute(xml, "type") != NULL)
			continue;
		title = g_strdup_printf("%s %u:", label, ++number);
		docx_read_blocks(&reader->docx, xml, &flow);
		add_furniture(reader, &flow, title);
	}
	return xml_finish(xml, error);
}

static bool
refuse_root(const char *root, GError **error)
{
	const char *kind = strcmp(root, "workbook") == 0       ? "bảng tính Excel (.xlsx)"
			   : strcmp(root, "presentation") == 0 ? "bản trình chiếu PowerPoint (.pptx)"
							       : NULL;

	if (kind != NULL)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp là %s, không phải văn bản Word; hãy đổi lại tên tệp cho đúng", kind);
	else
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp không có phần nội dung của văn bản Word");
	return false;
}

static bool
read_body(WordReader *reader, Flow *flow, GError **error)
{
	g_autofree char *bytes = NULL, *root = NULL;
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;
	size_t len;
	bool has_body = false;

	if (!office_package_read(reader->package, reader->main_part, &bytes, &len, error))
		return false;
	xml = xml_new(bytes, len, reader->main_part);
	scope = xml_root(xml);
	root = g_strdup(scope.is_done ? "" : xml_name(xml));
	while (xml_child(xml, &scope)) {
		if (!xml_is(xml, "body"))
			continue;
		has_body = true;
		docx_read_blocks(&reader->docx, xml, flow);
	}
	if (!xml_finish(xml, error))
		return false;
	return has_body || refuse_root(root, error);
}

static void
add_notes(WordReader *reader)
{
	const Docx *docx = &reader->docx;

	if (docx->n_inserted + docx->n_deleted > 0)
		block_document_note(reader->document, "docx-tracked-changes", DIAG_WARNING, 0,
		    "văn bản còn %u chỗ thêm và %u chỗ xóa chưa được chấp nhận (Track Changes); đã đọc như "
		    "thể tất cả "
		    "được chấp nhận",
		    docx->n_inserted, docx->n_deleted);
	if (docx->n_foreign_parts > 0)
		block_document_note(reader->document, "docx-foreign-part", DIAG_WARNING, 0,
		    "văn bản nhúng %u tệp khác mà chương trình không đọc; hãy mở bằng Word và lưu lại để gộp "
		    "vào",
		    docx->n_foreign_parts);
	legacy_text_note(reader->document, docx->fonts);
}

static bool
open_word(WordReader *reader, const char *bytes, size_t len, GError **error)
{
	g_autoptr(GPtrArray) relations = NULL;
	const OfficeRelation *main;

	if (!office_package_open(bytes, len, &reader->package, error) ||
	    !office_package_relations(reader->package, "", &relations, error))
		return false;
	main = office_relation_of_type(relations, "officeDocument");
	reader->main_part = g_strdup(main != NULL ? main->target : "word/document.xml");
	return office_package_relations(reader->package, reader->main_part, &reader->relations, error);
}

bool
office_read_word(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	g_auto(WordReader) reader = {0};
	Flow flow = {0};

	if (!open_word(&reader, bytes, len, error))
		return false;
	reader.document = block_document_new(BLOCK_SOURCE_WORD);
	reader.docx.arena = reader.document->arena;
	reader.docx.fields = g_array_new(FALSE, FALSE, sizeof(bool));
	reader.docx.fonts = legacy_text_fonts_new();
	if (!read_styles(&reader, error) || !read_body(&reader, &flow, error))
		return false;
	if (reader.docx.is_too_deep)
		return refuse_depth(error);
	g_array_set_size(reader.docx.fields, 0);
	if (!read_margins(&reader, "header", error) || !flow_to_blocks(reader.document, &flow, error) ||
	    !read_margins(&reader, "footer", error) ||
	    !read_notes(&reader, "footnotes", "Chú thích", error) ||
	    !read_notes(&reader, "endnotes", "Chú thích cuối", error))
		return false;
	if (reader.docx.is_too_deep)
		return refuse_depth(error);
	add_notes(&reader);
	*ret_document = g_steal_pointer(&reader.document);
	return true;
}
