/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"

#include "app/dispatch.h"
#include "storage/testing.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define US_PER_DAY (INT64_C(24) * 3600 * 1000 * 1000)

/* Which store the tests of this run stand on. */
static bool
is_on_server(void)
{
	return g_strcmp0(g_getenv("NAMRO_TEST_STORE"), "postgresql") == 0;
}

AppTest *
app_test_new(const AppModule *const *modules)
{
	AppTest *test = g_new0(AppTest, 1);
	AppCommune commune = {.code = (char[]){"26734"}, .name = (char[]){"xã Bình Nguyệt"}};
	g_autoptr(GError) error = NULL;
	AppOptions options = {.modules = modules,
	    .now_us = APP_TEST_TODAY * US_PER_DAY,
	    .today = APP_TEST_TODAY,
	    .is_clock_fixed = true};
	bool is_new;

	test->directory = g_dir_make_tmp("namro-test-XXXXXX", &error);
	g_assert_no_error(error);
	test->location = db_test_location(test->directory, "namro.db", is_on_server());
	options.directory = test->directory;
	options.database = is_on_server() ? test->location : NULL;
	app_init(&options, &commune, &is_new, &error);
	g_assert_no_error(error);
	app_open(&options, &test->app, &error);
	g_assert_no_error(error);
	test->db = app_db(test->app);
	test->commune_id = app_commune(test->app)->commune_id;
	return test;
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_tree(child);
	}
	g_remove(path);
}

void
app_test_free(AppTest *test)
{
	if (test == NULL)
		return;
	app_dispatcher_free(test->dispatcher);
	app_free(test->app);
	db_test_drop(test->location);
	g_free(test->location);
	remove_tree(test->directory);
	g_free(test->directory);
	g_free(test);
}

int
app_test_get(AppTest *test, const char *target, char **ret_body)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	HttpRequest request = {
	    .method = HTTP_GET, .arena = arena, .format = HTTP_HTML, .accept_format = HTTP_HTML};
	HttpResponse response = {.body = g_string_new(NULL)};
	int malformed;

	if (test->dispatcher == NULL)
		app_dispatcher_new(test->app, 1, "test", &test->dispatcher, &error);
	g_assert_no_error(error);
	http_response_reset(&response);
	malformed = http_request_set_target(&request, target);
	if (malformed != 0)
		response.status = malformed;
	app_dispatch(&request, &response, test->dispatcher);
	*ret_body = g_string_free(response.body, FALSE);
	return response.status;
}
