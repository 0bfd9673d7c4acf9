/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "compiler/source/encoding.h"
#include "reader/office/html.h"
#include "reader/office/legacy_text.h"
#include "reader/office/office.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

#define DECLARATION_BYTES 4096 /* of a page, in which it may say how it is encoded */
#define CONDITION_BYTES 200    /* the longest "<![if …]>" */

/* The code page that a page says it is in; NULL. */
static char *
declared_charset(const char *bytes, size_t len)
{
	g_autofree char *head = g_ascii_strdown(bytes, (gssize)MIN(len, DECLARATION_BYTES));
	const char *at = strstr(head, "charset=");

	if (at == NULL)
		return NULL;
	at += strlen("charset=");
	at += strspn(at, "\"' ");
	return g_strndup(at, strcspn(at, "\"' />;"));
}

/* Gives the page as UTF-8: what it is by its bytes, what it says it is, what it looks like, in this order. */
static bool
decode(const char *bytes, size_t len, char **ret_text, size_t *ret_len, GError **error)
{
	g_autofree char *charset = NULL;
	const char *found;

	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	if (g_utf8_validate(bytes, (gssize)len, NULL)) {
		*ret_text = g_strndup(bytes, len);
		*ret_len = len;
		return true;
	}
	if (len < 2 || (memcmp(bytes, "\xFF\xFE", 2) != 0 && memcmp(bytes, "\xFE\xFF", 2) != 0))
		charset = declared_charset(bytes, len);
	if (charset != NULL && g_ascii_strncasecmp(charset, "utf-8", 5) != 0 &&
	    g_ascii_strncasecmp(charset, "utf-16", 6) != 0) {
		*ret_text = g_convert(bytes, (gssize)len, "UTF-8", charset, NULL, ret_len, NULL);
		if (*ret_text != NULL)
			return true;
	}
	return encoding_to_utf8(bytes, len, ret_text, ret_len, &found, error);
}

/* Blanks out the conditions that Word writes as "<![if !supportLists]>": to a parser they are
 * text. */
static void
blank_conditions(char *text, size_t len)
{
	char *end = text + len;

	for (char *at = text; at < end; at++) {
		char *stop;

		if (*at != '<' || end - at < 4 || memcmp(at, "<![", 3) != 0 || at[3] == 'C')
			continue;
		stop = memchr(at, ']', (size_t)MIN(end - at, CONDITION_BYTES));
		if (stop == NULL)
			continue;
		stop += stop + 1 < end && stop[1] == '>';
		memset(at, ' ', (size_t)(stop - at) + 1);
	}
}

static void
read_sheets(HtmlReader *reader, const xmlNode *node, unsigned depth)
{
	for (const xmlNode *child = node->children; child != NULL && depth > 0; child = child->next) {
		if (html_is(child, "style")) {
			xmlChar *sheet = xmlNodeGetContent(child);

			html_sheet_read(reader->arena, (const char *)sheet, reader->classes);
			xmlFree(sheet);
		} else if (child->type == XML_ELEMENT_NODE) {
			read_sheets(reader, child, depth - 1);
		}
	}
}

static bool
refuse_depth(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_LIMIT,
	    "trang web có các phần lồng nhau quá nhiều tầng; hãy lưu lại bằng Word thành .docx rồi nộp");
	return false;
}

static bool
read_tree(const xmlNode *root, BlockDocument *document, GError **error)
{
	g_autoptr(GHashTable) classes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) fonts = legacy_text_fonts_new();
	g_autoptr(GString) line = g_string_new(NULL);
	Flow flow = {0};
	HtmlLook look = {0};
	HtmlReader reader = {
	    .arena = document->arena, .classes = classes, .fonts = fonts, .flow = &flow, .line = line};

	read_sheets(&reader, root, 4);
	html_read_children(&reader, root, look);
	html_end_paragraph(&reader, &look);
	if (reader.is_too_deep)
		return refuse_depth(error);
	if (!flow_to_blocks(document, &flow, error))
		return false;
	if (reader.n_deleted > 0)
		block_document_note(document, "web-tracked-changes", DIAG_WARNING, 0,
		    "trang còn %u chỗ thêm và %u chỗ xóa chưa được chấp nhận; đã đọc như thể tất cả được "
		    "chấp nhận",
		    reader.n_inserted, reader.n_deleted);
	legacy_text_note(document, fonts);
	return true;
}

bool
office_read_web(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_WEB);
	g_autofree char *text = NULL;
	size_t text_len = 0;
	htmlDocPtr tree;
	bool is_read = true;

	if (!decode(bytes, len, &text, &text_len, error))
		return false;
	blank_conditions(text, text_len);
	tree = text_len > 0 && text_len <= INT_MAX
		   ? htmlReadMemory(text, (int)text_len, NULL, "UTF-8",
			 HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING)
		   : NULL;
	/* The parser stops for good where elements are nested too deep; what it has then is not the page. */
	if (xmlGetLastError() != NULL && xmlGetLastError()->code == XML_ERR_INTERNAL_ERROR)
		is_read = refuse_depth(error);
	xmlResetLastError();
	if (is_read && tree != NULL)
		is_read = read_tree((const xmlNode *)tree, document, error);
	xmlFreeDoc(tree);
	if (is_read)
		*ret_document = g_steal_pointer(&document);
	return is_read;
}
