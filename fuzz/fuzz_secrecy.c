/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/secrecy.h"
#include "fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_assert_cmpint(secrecy_of_text((const char *)data, size), <, SECRECY_MAX);
	return 0;
}
