/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "modules/evidence/evidence_clamd.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ClamdAnswer answer;

	clamd_parse((const char *)data, size, &answer);
	g_assert_true(g_utf8_validate(answer.text, -1, NULL));
	g_assert_cmpint(answer.verdict == CLAMD_CLEAN, <=, size >= 10);
	return 0;
}
