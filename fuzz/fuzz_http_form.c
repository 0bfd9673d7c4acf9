/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "http/query.h"

#include <string.h>

static const char *const WORDS[] = {"qua-han", "trong-han", NULL};

static const HttpField FIELDS[] = {
    {.name = "co-quan", .label = "Cơ quan", .validator = http_valid_int, .min = 1, .max = 99},
    {.name = "trang-thai", .label = "Trạng thái", .validator = http_valid_word, .words = WORDS},
    {.name = "q", .label = "Từ khóa", .validator = http_valid_text, .max = 20},
    {.name = "ngay", .label = "Ngày", .validator = http_valid_date},
};

/* Any address is refused, or gives a path without traps and fields within their bounds. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *target = g_strndup((const char *)data, size);
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.arena = arena};
	HttpValue values[G_N_ELEMENTS(FIELDS)];

	if (http_request_set_target(&request, target) != 0)
		return 0;
	g_assert_true(*request.path == '/' && g_utf8_validate(request.path, -1, NULL));
	g_assert_true(strstr(request.path, "/../") == NULL && strstr(request.path, "//") == NULL);
	if (!http_query_parse(FIELDS, G_N_ELEMENTS(FIELDS), &request, values, NULL)) {
		g_assert_nonnull(request.problem);
		return 0;
	}
	g_assert_true(!values[0].is_set || (values[0].number >= 1 && values[0].number <= 99));
	g_assert_true(!values[1].is_set || strcmp(WORDS[values[1].number], values[1].text) == 0);
	g_assert_true(!values[2].is_set || g_utf8_validate(values[2].text, -1, NULL));
	return 0;
}
