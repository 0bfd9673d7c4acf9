/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/detect.h"

#include "reader/reader.h"
#include "reader/run/container.h"
#include "reader/run/web_page.h"

#include <string.h>

#define PDF_HEAD_BYTES ((size_t)1024) /* how far behind a file's begin its mark may stand */

typedef struct Magic {
	const char *bytes;
	size_t len;
	size_t at;
} Magic;

static const struct {
	Magic magic;
	ReaderFormat format;
} KNOWN[] = {
    {{"%PDF-", 5, 0}, READER_FORMAT_PDF},
    {{"{\\rtf", 5, 0}, READER_FORMAT_LEGACY},
    {{"\x89PNG\r\n\x1A\n", 8, 0}, READER_FORMAT_IMAGE},
    {{"\xFF\xD8\xFF", 3, 0}, READER_FORMAT_IMAGE},
    {{"II*\0", 4, 0}, READER_FORMAT_IMAGE},
    {{"MM\0*", 4, 0}, READER_FORMAT_IMAGE},
    {{"II+\0", 4, 0}, READER_FORMAT_IMAGE},
    {{"MM\0+", 4, 0}, READER_FORMAT_IMAGE},
};

#define SAVE_AS "hãy mở tệp và lưu lại thành .docx, .xlsx hoặc PDF rồi thử lại"
#define SAVE_IMAGE "hãy lưu lại thành ảnh PNG hoặc JPEG rồi thử lại"
#define UNPACK "hãy giải nén rồi nạp từng tệp bên trong"

/* What is recognised in order to be refused with the right words. */
static const struct {
	Magic magic;
	const char *message;
} FOREIGN[] = {
    {{"PK\x03\x04", 4, 0}, "đây là tệp nén hoặc tệp không phải Word, Excel; " UNPACK},
    {{"PK\x05\x06", 4, 0}, "đây là tệp nén rỗng, không có nội dung để đọc"},
    {{"\xD0\xCF\x11\xE0", 4, 0}, "đây là tệp Office đời cũ nhưng không phải Word, Excel; " SAVE_AS},
    {{"GIF8", 4, 0}, "đây là tệp ảnh GIF; " SAVE_IMAGE},
    {{"BM", 2, 0}, "đây là tệp ảnh BMP; " SAVE_IMAGE},
    {{"WEBP", 4, 8}, "đây là tệp ảnh WebP; " SAVE_IMAGE},
    {{"<?xml ", 6, 0}, "đây là tệp XML (có thể là Word hoặc Excel 2003); " SAVE_AS},
    {{"ftyphei", 7, 4}, "đây là tệp ảnh HEIC của điện thoại; " SAVE_IMAGE},
    {{"ftypmif", 7, 4}, "đây là tệp ảnh HEIC của điện thoại; " SAVE_IMAGE},
    {{"ftyp", 4, 4}, "đây là tệp phim hoặc âm thanh, không phải văn bản"},
    {{"AT&TFORM", 8, 0}, "đây là tệp DjVu; hãy lưu lại thành PDF rồi thử lại"},
    {{"%!PS", 4, 0}, "đây là tệp PostScript; hãy lưu lại thành PDF rồi thử lại"},
    {{"\x1F\x8B", 2, 0}, "đây là tệp nén gzip; " UNPACK},
    {{"Rar!\x1A", 5, 0}, "đây là tệp nén RAR; " UNPACK},
    {{"7z\xBC\xAF\x27\x1C", 6, 0}, "đây là tệp nén 7z; " UNPACK},
    {{"MIME-Version:", 13, 0}, "đây là trang web lưu dạng .mht hoặc một thư điện tử; " SAVE_AS},
    {{"\x7F"
      "ELF",
	 4, 0},
	"đây là tệp chương trình, không phải văn bản"},
    {{"MZ", 2, 0}, "đây là tệp chương trình, không phải văn bản"},
};

static bool
matches(const Magic *magic, const char *bytes, size_t len)
{
	return len >= magic->at + magic->len && memcmp(bytes + magic->at, magic->bytes, magic->len) == 0;
}

/* A PDF with something in front, as some scanners and mail programs leave it. */
static bool
is_late_pdf(const char *bytes, size_t len)
{
	return memmem(bytes, MIN(len, PDF_HEAD_BYTES), "%PDF-", 5) != NULL &&
	       (memmem(bytes, len, "startxref", 9) != NULL || memmem(bytes, len, " obj", 4) != NULL);
}

static bool
has_nul(const char *bytes, size_t len)
{
	return memchr(bytes, '\0', len) != NULL;
}

/* Two letters begin a text as well: then it takes a byte that no text has. */
static bool
is_foreign(const Magic *magic, const char *bytes, size_t len)
{
	return matches(magic, bytes, len) && (magic->len > 2 || has_nul(bytes, len));
}

ReaderFormat
reader_detect(const char *bytes, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KNOWN); i++)
		if (matches(&KNOWN[i].magic, bytes, len))
			return KNOWN[i].format;
	if (matches(&FOREIGN[0].magic, bytes, len))
		return container_of_zip(bytes, len);
	if (len >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0)
		return container_of_ole(bytes, len);
	if (is_late_pdf(bytes, len))
		return READER_FORMAT_PDF;
	if (web_page_is(bytes, len))
		return READER_FORMAT_WEB;
	for (size_t i = 0; i < G_N_ELEMENTS(FOREIGN); i++)
		if (is_foreign(&FOREIGN[i].magic, bytes, len))
			return READER_FORMAT_UNKNOWN;
	return READER_FORMAT_TEXT;
}

const char *
detect_explain_unknown(const char *bytes, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(FOREIGN); i++)
		if (is_foreign(&FOREIGN[i].magic, bytes, len))
			return FOREIGN[i].message;
	return "không nhận ra loại tệp; " SAVE_AS;
}
