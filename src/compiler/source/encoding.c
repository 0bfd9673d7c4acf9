/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/encoding.h"

#include "base/app-error.h"
#include "base/text.h"
#include "compiler/source/legacy_font.h"

#include <string.h>

/* Files that are not text, by their first bytes. Those of formats that have a reader do not come here
 * (reader/compile.h). */
static const struct {
	const char *magic;
	size_t len;
	const char *message;
} BINARY_KINDS[] = {{"%PDF", 4, "đây là tệp PDF, không phải văn bản thuần"},
    {"PK\x03\x04", 4, "đây là tệp Word, Excel hoặc tệp nén, không phải văn bản thuần"},
    {"\xD0\xCF\x11\xE0", 4, "đây là tệp Word hoặc Excel đời cũ, không phải văn bản thuần"},
    {"{\\rtf", 5, "đây là tệp RTF, không phải văn bản thuần"},
    {"\x89PNG", 4, "đây là tệp ảnh PNG, không phải văn bản thuần"},
    {"\xFF\xD8\xFF", 3, "đây là tệp ảnh JPEG, không phải văn bản thuần"},
    {"II*\0", 4, "đây là tệp ảnh TIFF, không phải văn bản thuần"},
    {"\x1F\x8B", 2, "đây là tệp nén gzip; hãy giải nén rồi thử lại"},
    {"\x7F"
     "ELF",
	4, "đây là tệp chương trình, không phải văn bản"}};

/* 8-bit code pages in which Vietnamese text was once stored; names as iconv knows them, but VNI. */
static const char *const LEGACY_CODE_PAGES[] = {"TCVN5712-1", "VISCII", "WINDOWS-1258", "VNI"};

/* Words that any Vietnamese administrative text repeats; their count tells which code page is the right one.
 */
static const char *const COMMON_WORDS[] = {
    "của", "và", "các", "thực", "hiện", "kế", "hoạch", "nhiệm", "vụ", "số"};

static bool
refuse(GError **error, const char *message)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, message);
	return false;
}

static bool
check_not_binary(const char *bytes, size_t len, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(BINARY_KINDS); i++)
		if (len >= BINARY_KINDS[i].len &&
		    memcmp(bytes, BINARY_KINDS[i].magic, BINARY_KINDS[i].len) == 0)
			return refuse(error, BINARY_KINDS[i].message);
	return true;
}

static bool
check_no_nul(const char *bytes, size_t len, GError **error)
{
	const char *nul = memchr(bytes, '\0', len);
	size_t line = 1;

	if (nul == NULL)
		return true;
	for (const char *p = bytes; p < nul; p++)
		line += *p == '\n';
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "dòng %zu có byte rỗng (NUL): tệp bị hỏng hoặc không phải văn bản; hãy lưu lại thành .txt "
	    "(UTF-8)",
	    line);
	return false;
}

/* UTF-16 by its mark, or by zero bytes that stand on one side only. */
static const char *
detect_utf16(const char *bytes, size_t len)
{
	size_t sample = MIN(len, (size_t)4096), even = 0, odd = 0;

	if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
		return "UTF-16LE";
	if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
		return "UTF-16BE";
	for (size_t i = 0; i + 1 < sample; i += 2) {
		even += bytes[i] == '\0';
		odd += bytes[i + 1] == '\0';
	}
	if (odd > sample / 8 && even == 0)
		return "UTF-16LE";
	if (even > sample / 8 && odd == 0)
		return "UTF-16BE";
	return NULL;
}

static size_t
count_common_words(const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(COMMON_WORDS); i++)
		for (const char *p = text; (p = strstr(p, COMMON_WORDS[i])) != NULL; p++)
			n++;
	return n;
}

/* VNI is no code page of iconv's: its bytes are those of Latin-1 letters. */
static char *
convert_vni(const char *bytes, size_t len)
{
	g_autofree char *latin = g_convert(bytes, (gssize)len, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

	return latin != NULL ? legacy_font_to_utf8(LEGACY_FONT_VNI, latin) : NULL;
}

static char *
convert_legacy(const char *bytes, size_t len, const char **ret_encoding)
{
	char *best = NULL;
	size_t best_count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(LEGACY_CODE_PAGES); i++) {
		const char *page = LEGACY_CODE_PAGES[i];
		g_autofree char *text = strcmp(page, "VNI") == 0
					    ? convert_vni(bytes, len)
					    : g_convert(bytes, (gssize)len, "UTF-8", page, NULL, NULL, NULL);
		g_autofree char *nfc = text != NULL ? text_nfc(text, strlen(text), NULL) : NULL;
		size_t count = nfc != NULL ? count_common_words(nfc) : 0;

		if (count <= best_count)
			continue;
		g_free(best);
		best = g_steal_pointer(&nfc);
		best_count = count;
		*ret_encoding = page;
	}
	return best;
}

/* Makes CRLF and lone CR into LF, in place. */
static size_t
fold_line_ends(char *text, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\r')
			text[kept++] = text[i];
		else if (i + 1 >= len || text[i + 1] != '\n')
			text[kept++] = '\n';
	}
	text[kept] = '\0';
	return kept;
}

bool
encoding_to_utf8(const char *bytes, size_t len, char **ret_text, size_t *ret_len, const char **ret_encoding,
    GError **error)
{
	g_autofree char *converted = NULL;
	const char *encoding = NULL;
	size_t text_len;
	char *text;

	if (len == 0)
		return refuse(error, "tệp rỗng, không có nội dung để đọc");
	if (!check_not_binary(bytes, len, error))
		return false;
	encoding = detect_utf16(bytes, len);
	if (encoding != NULL) {
		converted = g_convert(bytes, (gssize)len, "UTF-8", encoding, NULL, NULL, NULL);
		if (converted == NULL)
			return refuse(
			    error, "tệp có vẻ là UTF-16 nhưng bị hỏng; hãy lưu lại thành .txt (UTF-8)");
	} else if (!check_no_nul(bytes, len, error)) {
		return false;
	} else if (!g_utf8_validate(bytes, (gssize)len, NULL)) {
		converted = convert_legacy(bytes, len, &encoding);
		if (converted == NULL)
			return refuse(error,
			    "không nhận ra bảng mã chữ Việt của tệp (đã thử UTF-8, UTF-16, TCVN3, "
			    "VISCII, VNI, Windows-1258); hãy lưu lại thành .txt (UTF-8)");
	}
	if (converted != NULL) {
		bytes = converted;
		len = strlen(converted);
	}
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	text = text_nfc(bytes, len, &text_len);
	*ret_len = fold_line_ends(text, text_len);
	*ret_text = text;
	*ret_encoding = encoding;
	return true;
}
