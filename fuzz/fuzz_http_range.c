/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "http/range.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *range = g_strndup((const char *)data, size);
	static const uint64_t SIZES[] = {0, 1, 1000, UINT64_MAX};

	for (size_t i = 0; i < G_N_ELEMENTS(SIZES); i++) {
		uint64_t first, last;

		if (http_range_parse(range, SIZES[i], &first, &last) == HTTP_RANGE_PART)
			g_assert_true(first <= last && last < SIZES[i]);
	}
	return 0;
}
