/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

/* Any page is refused or gives blocks that keep the rules of the stream. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_free(dump_read(office_read_web, (const char *)data, size));
	return 0;
}
