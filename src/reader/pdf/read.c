/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/pdf.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/pdf/open.h"
#include "reader/pdf/picture.h"
#include "reader/pdf/rules.h"
#include "reader/pdf/signatures.h"
#include "reader/pdf/words.h"

#include <math.h>
#include <string.h>

#define PAGE_POINTS_MAX 50000.0 /* side of a page; PDF itself ends at 14,400 */

#define SCAN_SHARE 0.6       /* of a page, from which on pictures are the page */
#define UNREAD_SHARE 0.25    /* of a page, from which on a picture beside text is worth a look */
#define PICTURE_SHARE 0.05   /* of a page without words, from which on a picture may hold text */
#define STAMP_CHARS 400      /* on a scanned page: fewer visible ones are a stamp or signature put on it */
#define OUTLINES_MIN 60      /* drawn shapes on a page without words, from which on they may be letters */
#define TAIL_BYTES 1024      /* of the file, within which its end mark stands */
#define HIDDEN_CONFIDENCE 80 /* of text that another program recognised and laid behind its picture */

typedef struct {
	PageSet *set;
	PageSheet *sheet;
	PopplerPage *page;
	bool has_pictures; /* the file has */
	bool has_legacy;   /* some page was set in a font older than Unicode */
} Reader;

static void
note(Reader *reader, const char *rule, DiagSeverity severity, const char *message)
{
	block_document_note(reader->set->document, rule, severity, reader->sheet->number, "Trang %u: %s",
	    reader->sheet->number, message);
}

static void
ask_recognition(Reader *reader, bool is_scan)
{
	reader->sheet->needs_recognition = true;
	reader->sheet->is_scan = is_scan;
}

/* A page that poppler finds no words on: a picture, a font without any table of characters, drawn letters. */
static void
read_wordless(Reader *reader)
{
	Picture picture;
	double share = images_share(reader->page);

	if (share >= PICTURE_SHARE) {
		ask_recognition(reader, true);
		return;
	}
	picture_init(&picture);
	(void)picture_read(&picture, reader->page);
	rules_add_joined(reader->sheet, picture.rules);
	if (picture.n_glyphs > 0 || picture.n_outlines >= OUTLINES_MIN) {
		ask_recognition(reader, false);
		note(reader, "pdf-broken-font", DIAG_WARNING,
		    "chữ in được nhưng phông chữ trong tệp không cho biết là chữ gì; trang được nhận dạng từ "
		    "hình ảnh");
	}
	picture_clear(&picture);
}

/* A page that is a picture and has words too: recognised by another program, or stamped. */
static void
read_scan(Reader *reader, size_t n_chars)
{
	Picture picture;

	picture_init(&picture);
	(void)picture_read(&picture, reader->page);
	if (picture.n_glyphs * 2 < n_chars) {
		reader->sheet->is_scan = true;
		reader->set->document->source = BLOCK_SOURCE_SCAN;
		for (guint i = 0; i < reader->sheet->words->len; i++)
			g_array_index(reader->sheet->words, PageWord, i).confidence = HIDDEN_CONFIDENCE;
		note(reader, "pdf-hidden-text", DIAG_INFO,
		    "là ảnh quét, chữ do chương trình khác nhận dạng và đặt ẩn sau ảnh; cần xem lại những "
		    "chỗ khó đọc");
	} else if (n_chars < STAMP_CHARS) {
		ask_recognition(reader, true);
	} else {
		rules_add_joined(reader->sheet, picture.rules);
	}
	picture_clear(&picture);
}

static void
read_printed(Reader *reader)
{
	Picture picture;

	picture_init(&picture);
	if (!picture_read(&picture, reader->page))
		note(reader, "pdf-rules-unread", DIAG_WARNING,
		    "không đọc hết được các đường kẻ; bảng trên trang có thể bị hiểu sai");
	rules_add_joined(reader->sheet, picture.rules);
	picture_clear(&picture);
}

static void
read_worded(Reader *reader, size_t n_chars)
{
	double share = reader->has_pictures ? images_share(reader->page) : 0;

	if (share >= SCAN_SHARE) {
		read_scan(reader, n_chars);
		return;
	}
	read_printed(reader);
	if (share >= UNREAD_SHARE)
		note(reader, "pdf-picture-unread", DIAG_WARNING,
		    "có hình ảnh lớn; nếu trong ảnh có chữ hoặc bảng thì phần đó không được đọc");
}

/* Once for a document. */
static void
note_legacy(Reader *reader, LegacyFont legacy)
{
	if (reader->has_legacy)
		return;
	reader->has_legacy = true;
	block_document_note(reader->set->document, "pdf-legacy-font", DIAG_INFO, reader->sheet->number,
	    "Từ trang %u: chữ đặt bằng phông cũ (%s) đã được chuyển sang Unicode", reader->sheet->number,
	    legacy_font_encoding(legacy));
}

static void
read_content(Reader *reader)
{
	WordsFound found;

	words_add(reader->page, reader->set, reader->sheet, &found);
	if (found.is_cut)
		note(reader, "pdf-words-cut", DIAG_WARNING,
		    "có quá nhiều chữ; phần cuối trang không được đọc");
	if (found.legacy != LEGACY_FONT_NONE)
		note_legacy(reader, found.legacy);
	if (reader->sheet->words->len == 0) {
		read_wordless(reader);
	} else if (tally_is_broken(&found.tally)) {
		ask_recognition(reader, false);
		note(reader, "pdf-broken-font", DIAG_WARNING,
		    "phông chữ trong tệp cho biết sai mã chữ; trang được nhận dạng từ hình ảnh");
	} else {
		read_worded(reader, found.tally.n_chars);
	}
}

static bool
is_side(double length)
{
	return length >= 1 && length <= PAGE_POINTS_MAX;
}

/* False where the page cannot be read. */
static bool
read_page(Reader *reader, PopplerDocument *document, uint32_t number)
{
	g_autoptr(PdfPage) page = poppler_document_get_page(document, (int)number - 1);
	double width = 0, height = 0;

	if (page != NULL)
		poppler_page_get_size(page, &width, &height);
	if (!is_side(width) || !is_side(height))
		return false;
	reader->page = page;
	reader->sheet = page_set_add(reader->set, number, (float)width, (float)height);
	read_content(reader);
	return true;
}

/* True where the file has an image object: its dictionary is never compressed. Walking through a page only to
 * find that it has no picture costs a tenth of the reading. */
static bool
has_pictures(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len;

	while ((at = memmem(at, (size_t)(end - at), "/Image", 6)) != NULL) {
		at += 6;
		if (at == end || !g_ascii_isalpha(*at))
			return true;
	}
	return false;
}

/* A whole file ends with "%%EOF" and little behind it. poppler finds the pages of a cut one by itself, as
 * many as are left. */
static void
note_cut(const Reader *reader, const char *bytes, size_t len)
{
	size_t tail = MIN(len, TAIL_BYTES);

	if (memmem(bytes + len - tail, tail, "%%EOF", 5) == NULL)
		block_document_note(reader->set->document, "pdf-cut-short", DIAG_WARNING, 0,
		    "tệp PDF bị cắt cụt ở cuối; có thể thiếu trang, hãy so với bản gốc");
}

/* Pages that are lost are missed at the end, wherever they were: poppler moves the others up. */
static bool
check_read(PageSet *set, uint32_t n_read, uint32_t n_pages, GError **error)
{
	if (n_read == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF bị hỏng: không đọc được trang nào trong %u trang; hãy sao chép hoặc tải lại tệp "
		    "rồi nộp lần nữa",
		    n_pages);
		return false;
	}
	if (n_read < n_pages)
		block_document_note(set->document, "pdf-pages-lost", DIAG_ERROR, 0,
		    "tệp ghi có %u trang nhưng chỉ đọc được %u; tệp bị hỏng, hãy so với bản gốc", n_pages,
		    n_read);
	return true;
}

bool
pdf_read_pages(
    const char *bytes, size_t len, PdfProgress on_progress, void *data, PageSet **ret_set, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(PdfDocument) document = open_pdf(bytes, len, error);
	Reader reader = {.set = set, .has_pictures = has_pictures(bytes, len)};
	uint32_t n_pages, n_read = 0;

	if (document == NULL)
		return false;
	note_cut(&reader, bytes, len);
	n_pages = (uint32_t)poppler_document_get_n_pages(document);
	for (uint32_t number = 1; number <= n_pages; number++) {
		if (on_progress != NULL)
			on_progress(data, number, n_pages);
		n_read += read_page(&reader, document, number);
	}
	if (!check_read(set, n_read, n_pages, error))
		return false;
	signatures_add(document, bytes, len, set->document);
	*ret_set = g_steal_pointer(&set);
	return true;
}
