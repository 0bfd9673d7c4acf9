/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/tests/support.h"

#include "base/app-error.h"
#include "reader/office/office.h"

#include <string.h>
#include <zip.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static void
add_part(zip_t *zip, const char *path, const char *content, zip_int32_t method)
{
	zip_int64_t index;
	zip_source_t *source = zip_source_buffer(zip, content, strlen(content), 0);

	g_assert_nonnull(source);
	index = zip_file_add(zip, path, source, ZIP_FL_ENC_UTF_8);
	g_assert_cmpint(index, >=, 0);
	g_assert_cmpint(zip_set_file_compression(zip, (zip_uint64_t)index, method, 0), ==, 0);
}

static GByteArray *
zip_parts(GPtrArray *parts, zip_int32_t method)
{
	GByteArray *bytes = g_byte_array_new();
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip;
	zip_stat_t stat;

	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	g_assert_nonnull(zip);
	for (guint i = 0; i + 1 < parts->len; i += 2)
		add_part(zip, g_ptr_array_index(parts, i), g_ptr_array_index(parts, i + 1), method);
	g_assert_cmpint(zip_close(zip), ==, 0);
	g_assert_cmpint(zip_source_stat(source, &stat), ==, 0);
	g_byte_array_set_size(bytes, (guint)stat.size);
	g_assert_cmpint(zip_source_open(source), ==, 0);
	g_assert_cmpint(zip_source_read(source, bytes->data, stat.size), ==, (zip_int64_t)stat.size);
	zip_source_close(source);
	zip_source_free(source);
	return bytes;
}

static void
add_string(GPtrArray *parts, const char *text)
{
	g_ptr_array_add(parts, g_strdup(text));
}

GByteArray *
zip_of(const char *path, const char *content, ...)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	va_list more;

	add_string(parts, path);
	add_string(parts, content);
	va_start(more, content);
	while ((path = va_arg(more, const char *)) != NULL) {
		add_string(parts, path);
		add_string(parts, va_arg(more, const char *));
	}
	va_end(more);
	return zip_parts(parts, ZIP_CM_DEFLATE);
}

GByteArray *
zip_of_pieces(const char *const *paths, const char *bytes, size_t len)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *text = g_strndup(bytes, len);
	g_auto(GStrv) pieces = g_strsplit(text, "\f", -1);

	/* A zip file has at least one part. */
	add_string(parts, "mimetype");
	add_string(parts, "");
	for (size_t i = 0; paths[i] != NULL && pieces[i] != NULL; i++) {
		add_string(parts, paths[i]);
		add_string(parts, pieces[i]);
	}
	return zip_parts(parts, ZIP_CM_STORE); /* fast: fuzzing is in a hurry */
}

GByteArray *
docx_of(const char *body, ...)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) relations = g_string_new("<Relationships xmlns=\"" PACKAGE "\">");
	const char *path;
	va_list more;

	add_string(parts, "_rels/.rels");
	add_string(parts, "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"r\" Type=\"" OFFICE
			  "/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
	va_start(more, body);
	while ((path = va_arg(more, const char *)) != NULL) {
		g_autofree char *name = g_path_get_basename(path);

		*strchr(name, '.') = '\0';
		add_string(parts, path);
		add_string(parts, va_arg(more, const char *));
		g_string_append_printf(relations,
		    "<Relationship Id=\"r-%s\" Type=\"" OFFICE "/%s\" Target=\"/%s\"/>", name, name, path);
	}
	va_end(more);
	g_string_append(relations, "</Relationships>");
	add_string(parts, "word/_rels/document.xml.rels");
	add_string(parts, relations->str);
	add_string(parts, "word/document.xml");
	g_ptr_array_add(parts, g_strconcat("<?xml version=\"1.0\"?><w:document " W "><w:body>", body,
				   "</w:body></w:document>", NULL));
	return zip_parts(parts, ZIP_CM_DEFLATE);
}

static void
dump_text(GString *out, const BlockText *text)
{
	for (size_t i = 0; i < text->len; i++) {
		if (text->pieces[i].before != BLOCK_BREAK_NONE)
			g_string_append(out, text->pieces[i].before == BLOCK_BREAK_PARAGRAPH ? " ¶ " : " ");
		g_string_append(out, text->pieces[i].text);
	}
}

static void
dump_table(GString *out, const BlockTable *table)
{
	g_string_append_printf(
	    out, "[%u rows × %u, %u header]", table->n_rows, table->n_columns, table->n_header_rows);
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		const BlockCell *last = i > 0 ? g_ptr_array_index(table->cells, i - 1) : NULL;

		g_string_append(out, last == NULL || last->row != cell->row ? "\n" : " | ");
		dump_text(out, &cell->text);
		if (cell->n_rows > 1 || cell->n_columns > 1)
			g_string_append_printf(out, "{%u×%u}", cell->n_rows, cell->n_columns);
	}
}

char *
dump_document(const BlockDocument *document)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);

		for (unsigned level = 0; level < block->heading_level; level++)
			g_string_append_c(out, '#');
		g_string_append(out, block->kind == BLOCK_FURNITURE ? "~" : "");
		g_string_append(out, block->is_bold ? "*" : "");
		g_string_append(out, block->is_italic ? "/" : "");
		g_string_append(out, block->is_centered ? "^" : "");
		if (out->len > 0 && out->str[out->len - 1] != '\n')
			g_string_append_c(out, ' ');
		if (block->kind == BLOCK_TABLE)
			dump_table(out, &block->table);
		dump_text(out, &block->text);
		g_string_append_c(out, '\n');
	}
	for (guint i = 0; i < document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(document->notes, i);

		g_string_append_printf(out, "! %s\n", note->rule);
	}
	return g_string_free(out, FALSE);
}

char *
dump_read(bool (*read_form)(const char *, size_t, BlockDocument **, GError **), const char *bytes, size_t len)
{
	static const char *const CODES[APP_ERROR_MAX] = {
	    [APP_ERROR_UNREADABLE] = "UNREADABLE", [APP_ERROR_LIMIT] = "LIMIT"};
	g_autoptr(BlockDocument) document = NULL, again = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) stream = g_string_new(NULL);

	if (!read_form(bytes, len, &document, &error)) {
		g_assert_null(document);
		g_assert_error(error, APP_ERROR, error->code);
		g_assert_nonnull(CODES[error->code]);
		return g_strdup_printf("%s: %s", CODES[error->code], error->message);
	}
	blocks_write(document, stream);
	if (!blocks_read(stream->str, stream->len, &again, &error))
		g_error("blocks_read: %s", error->message);
	return dump_document(again);
}

char *
dump_word(GByteArray *file)
{
	char *dump = dump_read(office_read_word, (const char *)file->data, file->len);

	g_byte_array_unref(file);
	return dump;
}
