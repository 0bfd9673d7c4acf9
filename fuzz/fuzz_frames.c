/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "fuzz/fuzz.h"
#include "reader/reader.h"
#include "reader/run/frames.h"

#define PAYLOAD_MAX 4096

/* What a reader says may be anything, and arrive in parts of any size: the end is the same. The same bytes
 * also go to the detection of formats. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	FrameReader whole, parts;

	frames_init(&whole, PAYLOAD_MAX);
	frames_init(&parts, PAYLOAD_MAX);
	(void)frames_feed(&whole, bytes, size);
	for (size_t i = 0; i < size && frames_feed(&parts, bytes + i, 1); i++) {
	}
	g_assert_true(g_string_equal(whole.payload, parts.payload));
	g_assert_cmpuint(whole.payload->len, <=, PAYLOAD_MAX);
	g_assert_cmpint(whole.is_ended, ==, parts.is_ended);
	g_assert_cmpstr(whole.said != NULL ? whole.said->message : NULL, ==,
	    parts.said != NULL ? parts.said->message : NULL);
	frames_clear(&whole);
	frames_clear(&parts);
	g_assert_cmpint(reader_detect(bytes, size), <, READER_FORMAT_MAX);
	return 0;
}
