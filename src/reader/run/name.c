/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/name.h"

#include <string.h>

static const struct {
	const char *suffix;
	ReaderFormat format;
} SUFFIXES[] = {
    {".txt", READER_FORMAT_TEXT},
    {".md", READER_FORMAT_TEXT},
    {".pdf", READER_FORMAT_PDF},
    {".docx", READER_FORMAT_WORD},
    {".xlsx", READER_FORMAT_SHEET},
    {".html", READER_FORMAT_WEB},
    {".htm", READER_FORMAT_WEB},
    {".png", READER_FORMAT_IMAGE},
    {".jpg", READER_FORMAT_IMAGE},
    {".jpeg", READER_FORMAT_IMAGE},
    {".tif", READER_FORMAT_IMAGE},
    {".tiff", READER_FORMAT_IMAGE},
    {".doc", READER_FORMAT_LEGACY},
    {".xls", READER_FORMAT_LEGACY},
    {".odt", READER_FORMAT_LEGACY},
    {".ods", READER_FORMAT_LEGACY},
    {".rtf", READER_FORMAT_LEGACY},
};

static const char *const TITLES[READER_FORMAT_MAX] = {
    [READER_FORMAT_TEXT] = "văn bản thuần",
    [READER_FORMAT_PDF] = "PDF",
    [READER_FORMAT_WORD] = "Word (.docx)",
    [READER_FORMAT_SHEET] = "Excel (.xlsx)",
    [READER_FORMAT_WEB] = "trang web",
    [READER_FORMAT_IMAGE] = "ảnh",
    [READER_FORMAT_LEGACY] = "Word, Excel đời cũ hoặc OpenDocument",
    [READER_FORMAT_UNKNOWN] = "loại khác",
};

void
name_check(BlockDocument *document, const char *file_name, ReaderFormat format)
{
	const char *suffix = strrchr(file_name, '.');

	for (size_t i = 0; suffix != NULL && i < G_N_ELEMENTS(SUFFIXES); i++)
		if (g_ascii_strcasecmp(suffix, SUFFIXES[i].suffix) == 0 && SUFFIXES[i].format != format)
			block_document_note(document, "file-kind", DIAG_INFO, 0,
			    "Tên tệp ghi đuôi %s nhưng nội dung là %s; tệp được đọc theo nội dung.",
			    SUFFIXES[i].suffix, TITLES[format]);
}
