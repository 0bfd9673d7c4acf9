/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

/* Any parts, parted by form feeds, are refused or give blocks that keep the rules of the stream. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const PATHS[] = {"xl/worksheets/sheet1.xml", "xl/styles.xml",
	    "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", NULL};
	g_autoptr(GByteArray) file = zip_of_pieces(PATHS, (const char *)data, size);

	g_free(dump_read(office_read_sheet, (const char *)file->data, file->len));
	g_free(dump_read(office_read_form, (const char *)file->data, file->len));
	return 0;
}
