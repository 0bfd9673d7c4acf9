/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_type.h"

#include "base/app-error.h"
#include "modules/evidence/evidence_zip.h"

#include <string.h>

#define PDF_HEAD_BYTES ((size_t)1024) /* how far behind a file's begin its mark may stand */
#define TEXT_HEAD_BYTES ((size_t)64 * 1024)
#define MARKUP_HEAD_BYTES ((size_t)4096)

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

const EvidenceType EVIDENCE_TYPES[] = {
    {"pdf", "tệp PDF", "pdf", "application/pdf", true, true, false},
    {"docx", "tệp Word (.docx)", "docx", OOXML "wordprocessingml.document", false, true, false},
    {"xlsx", "tệp Excel (.xlsx)", "xlsx", OOXML "spreadsheetml.sheet", false, true, false},
    {"pptx", "tệp PowerPoint (.pptx)", "pptx", OOXML "presentationml.presentation", false, false, false},
    {"odt", "tệp OpenDocument (.odt)", "odt", ODF "text", false, false, false},
    {"ods", "bảng tính OpenDocument (.ods)", "ods", ODF "spreadsheet", false, false, false},
    {"ole", "tệp Office đời cũ (.doc, .xls, .ppt)", "doc xls ppt", "application/octet-stream", false, false,
	false},
    {"jpg", "ảnh JPEG", "jpg jpeg", "image/jpeg", true, false, false},
    {"png", "ảnh PNG", "png", "image/png", true, false, false},
    {"tiff", "ảnh TIFF", "tif tiff", "image/tiff", true, false, false},
    {"heic", "ảnh HEIC của điện thoại", "heic heif", "image/heic", false, false, false},
    {"webp", "ảnh WebP", "webp", "image/webp", false, false, false},
    {"mp4", "phim MP4", "mp4 m4v mov", "video/mp4", false, false, false},
    {"mp3", "tệp ghi âm", "mp3 m4a", "audio/mpeg", false, false, false},
    {"text", "văn bản thuần", "txt csv", "text/plain; charset=utf-8", false, true, false},
    {"zip", "tệp nén ZIP", "zip", "application/zip", false, false, true},
    /* told apart so that the refusal can say what came */
    {"macro", "tệp Office có chứa macro", NULL, NULL, false, false, false},
    {"html", "trang web (HTML)", NULL, NULL, false, false, false},
    {"svg", "ảnh SVG (có thể chứa mã chạy)", NULL, NULL, false, false, false},
    {"script", "tệp lệnh", NULL, NULL, false, false, false},
    {"program", "tệp chương trình", NULL, NULL, false, false, false},
    {"rar", "tệp nén RAR", NULL, NULL, false, false, false},
    {"7z", "tệp nén 7z", NULL, NULL, false, false, false},
    {"gzip", "tệp nén gzip", NULL, NULL, false, false, false},
    {"gif", "ảnh GIF", NULL, NULL, false, false, false},
    {"xml", "tệp XML", NULL, NULL, false, false, false},
    {.name = NULL},
};

static const struct {
	const char *bytes;
	size_t len, at;
	const char *type;
} SIGNATURES[] = {
    {"%PDF-", 5, 0, "pdf"},
    {"\xFF\xD8\xFF", 3, 0, "jpg"},
    {"\x89PNG\r\n\x1A\n", 8, 0, "png"},
    {"II*\0", 4, 0, "tiff"},
    {"MM\0*", 4, 0, "tiff"},
    {"WEBP", 4, 8, "webp"},
    {"ftyphei", 7, 4, "heic"},
    {"ftyphev", 7, 4, "heic"},
    {"ftypmif1", 8, 4, "heic"},
    {"ftypM4A", 7, 4, "mp3"},
    {"ftyp", 4, 4, "mp4"},
    {"ID3", 3, 0, "mp3"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, "ole"},
    {"Rar!\x1A", 5, 0, "rar"},
    {"7z\xBC\xAF\x27\x1C", 6, 0, "7z"},
    {"\x1F\x8B", 2, 0, "gzip"},
    {"GIF8", 4, 0, "gif"},
    {"\x7F"
     "ELF",
	4, 0, "program"},
    {"#!", 2, 0, "script"},
};

const EvidenceType *
evidence_type_find(const char *name)
{
	for (const EvidenceType *type = EVIDENCE_TYPES; type->name != NULL; type++)
		if (strcmp(type->name, name) == 0)
			return type;
	return NULL;
}

static bool
has_word(const char *list, const char *word)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	return g_strv_contains((const char *const *)words, word);
}

/* Markup is known by its first sign; which one by what follows. */
static const char *
type_of_markup(const char *bytes, size_t len)
{
	g_autofree char *head = g_ascii_strdown(bytes, (gssize)MIN(len, MARKUP_HEAD_BYTES));

	for (const char *at = head; at < head + MIN(len, MARKUP_HEAD_BYTES); at++)
		if (*at == '\0')
			return NULL;
	if (strstr(head, "<svg") != NULL)
		return "svg";
	if (strstr(head, "<html") != NULL || strstr(head, "<!doctype html") != NULL ||
	    strstr(head, "<script") != NULL || strstr(head, "<body") != NULL)
		return "html";
	return g_str_has_prefix(head, "<?xml") ? "xml" : "text";
}

/* No control characters but those of lines: any code page passes. */
static bool
is_text(const char *bytes, size_t len)
{
	for (size_t i = 0; i < MIN(len, TEXT_HEAD_BYTES); i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f')
			return false;
	}
	return true;
}

static const char *
type_of_text(const char *bytes, size_t len)
{
	size_t skip = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	while (skip < len && g_ascii_isspace(bytes[skip]))
		skip++;
	if (skip < len && bytes[skip] == '<')
		return type_of_markup(bytes + skip, len - skip);
	return is_text(bytes, len) ? "text" : NULL;
}

const EvidenceType *
evidence_type_sniff(const char *bytes, size_t len)
{
	const char *name = NULL;

	for (size_t i = 0; name == NULL && i < G_N_ELEMENTS(SIGNATURES); i++)
		if (len >= SIGNATURES[i].at + SIGNATURES[i].len &&
		    memcmp(bytes + SIGNATURES[i].at, SIGNATURES[i].bytes, SIGNATURES[i].len) == 0)
			name = SIGNATURES[i].type;
	if (name == NULL && len >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0))
		name = evidence_zip_type(bytes, len);
	if (name == NULL && len >= 2 && memcmp(bytes, "MZ", 2) == 0 && !is_text(bytes, len))
		name = "program";
	if (name == NULL && len >= 2 && (unsigned char)bytes[0] == 0xFF &&
	    ((unsigned char)bytes[1] & 0xE6) == 0xE2)
		name = "mp3";
	if (name == NULL)
		name = type_of_text(bytes, len);
	if (name == NULL && len > 0 && memmem(bytes, MIN(len, PDF_HEAD_BYTES), "%PDF-", 5) != NULL)
		name = "pdf";
	return name != NULL ? evidence_type_find(name) : NULL;
}

/* What the name says; NULL: nothing that is taken. */
static const EvidenceType *
type_of_name(const char *file_name, char **ret_extension)
{
	const char *dot = strrchr(file_name, '.');

	*ret_extension = dot != NULL ? g_ascii_strdown(dot + 1, -1) : g_strdup("");
	for (const EvidenceType *type = EVIDENCE_TYPES; type->name != NULL; type++)
		if (type->extensions != NULL && has_word(type->extensions, *ret_extension))
			return type;
	return NULL;
}

static bool
is_taken(const EvidenceType *type, const char *also)
{
	return type->extensions != NULL && (!type->is_optional || has_word(also, type->name));
}

#define TAKEN "Chương trình nhận PDF, Word, Excel, PowerPoint, ảnh, phim MP4 và văn bản thuần."

bool
evidence_type_check(const char *file_name, const char *bytes, size_t len, const char *also,
    const EvidenceType **ret_type, GError **error)
{
	const EvidenceType *type = evidence_type_sniff(bytes, len);
	g_autofree char *extension = NULL;
	const EvidenceType *told = type_of_name(file_name, &extension);

	if (len == 0)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "Tệp “%s” rỗng, không có nội dung. Hãy chọn lại tệp.", file_name);
	else if (type == NULL)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "Không nhận ra nội dung của tệp “%s”. " TAKEN, file_name);
	else if (!is_taken(type, also))
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "Tệp “%s” là %s, loại này không được nhận. " TAKEN, file_name, type->title);
	else if (told == NULL)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "Đuôi tên của tệp “%s” không phải là loại được nhận (nội dung là %s). Hãy đặt lại tên "
		    "cho đúng loại.",
		    file_name, type->title);
	else if (told != type)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "Tên tệp “%s” nói là %s nhưng nội dung là %s. Hãy kiểm tra lại tệp, hoặc đặt lại tên cho "
		    "đúng loại.",
		    file_name, told->title, type->title);
	else {
		*ret_type = type;
		return true;
	}
	return false;
}

bool
evidence_type_check_name(const char *file_name, GError **error)
{
	g_autofree char *extension = NULL;

	if (type_of_name(file_name, &extension) != NULL)
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_UNREADABLE, "Loại tệp của “%s” không được nhận. " TAKEN, file_name);
	return false;
}

char *
evidence_type_accept(const char *also)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const EvidenceType *type = EVIDENCE_TYPES; type->name != NULL; type++) {
		g_auto(GStrv) words = NULL;

		if (!is_taken(type, also))
			continue;
		words = g_strsplit(type->extensions, " ", -1);
		for (char **word = words; *word != NULL; word++)
			g_string_append_printf(out, "%s.%s", out->len > 0 ? "," : "", *word);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}
