/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_clamd.h"

#include "base/text.h"

#include <string.h>

#define PREFIX "stream: "

/* What may be shown and stored: printable, valid, short. */
static void
set_text(ClamdAnswer *answer, const char *text, size_t len)
{
	g_autofree char *valid = g_utf8_make_valid(len > 0 ? text : "", (gssize)len);
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *at = valid; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_iscntrl(c))
			continue;
		if (out->len + 6 > CLAMD_TEXT_BYTES_MAX)
			break;
		g_string_append_unichar(out, c);
	}
	g_strlcpy(answer->text, g_strstrip(out->str), sizeof(answer->text));
}

static bool
ends_with(const char *text, size_t len, const char *end)
{
	return len >= strlen(end) && memcmp(text + len - strlen(end), end, strlen(end)) == 0;
}

void
clamd_parse(const char *bytes, size_t len, ClamdAnswer *ret_answer)
{
	ClamdAnswer answer = {.verdict = CLAMD_GARBAGE};
	size_t end = 0, start = 0;

	len = MIN(len, CLAMD_ANSWER_BYTES_MAX);
	while (end < len && bytes[end] != '\0' && bytes[end] != '\n')
		end++;
	if (end >= sizeof(PREFIX) - 1 && memcmp(bytes, PREFIX, sizeof(PREFIX) - 1) == 0)
		start = sizeof(PREFIX) - 1;
	if (start > 0 && end - start == 2 && memcmp(bytes + start, "OK", 2) == 0) {
		answer.verdict = CLAMD_CLEAN;
	} else if (start > 0 && ends_with(bytes + start, end - start, " FOUND") && end - start > 6) {
		answer.verdict = CLAMD_FOUND;
		set_text(&answer, bytes + start, end - start - 6);
	} else if (ends_with(bytes + start, end - start, "ERROR")) {
		answer.verdict = CLAMD_ERROR;
		set_text(&answer, bytes + start, end - start);
	} else {
		set_text(&answer, bytes, end);
	}
	*ret_answer = answer;
}
