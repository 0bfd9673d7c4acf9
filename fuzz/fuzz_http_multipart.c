/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "http/body.h"

#include <stdlib.h>
#include <string.h>

/* Any body, in pieces of any length, is refused or gives fields in UTF-8 and files with harmless names; what
 * is understood does not depend on the cuts. The first byte is the length of the pieces. */
static int
take(const uint8_t *data, size_t size, size_t step, size_t *ret_n)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.arena = arena};
	HttpBodyRules rules = {.file_bytes_max = 4096, .body_bytes_max = 65536, .directory = g_get_tmp_dir()};
	g_autoptr(HttpBody) body = http_body_new(&request, "multipart/form-data; boundary=b", &rules);
	int status;

	for (size_t i = 0; i < size; i += step)
		http_body_feed(body, (const char *)data + i, MIN(step, size - i));
	status = http_body_end(body);
	for (size_t i = 0; status == 0 && i < request.n_files; i++)
		g_assert_true(
		    *request.files[i].name != '\0' && strpbrk(request.files[i].name, "/\\\n") == NULL);
	*ret_n = request.n_form + request.n_files;
	return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n_whole, n_cut;

	if (size < 2)
		return 0;
	if (take(data + 1, size - 1, size, &n_whole) == take(data + 1, size - 1, 1u + data[0], &n_cut))
		return n_whole == n_cut ? 0 : (abort(), 0);
	abort();
}
