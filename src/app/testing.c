/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"

#include "app/app_internal.h"
#include "app/dispatch.h"
#include "base/date.h"
#include "base/tree.h"
#include "http/body.h"
#include "storage/testing.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BOUNDARY "namro-test"
#define LANES_MAX 3 /* to the writer, to a slow thread, to the writer again */
#define US_PER_DAY (INT64_C(24) * 3600 * 1000 * 1000)

/* Which store the tests of this run stand on. */
static bool
is_on_server(void)
{
	return g_strcmp0(g_getenv("NAMRO_TEST_STORE"), "postgresql") == 0;
}

/* Fills in a test that has its folder and location. */
static void
init_and_open(AppTest *test, const AppModule *const *modules, const AppCommune *commune, bool is_elsewhere)
{
	g_autoptr(GError) error = NULL;
	const AppOptions options = {.directory = test->directory,
	    .database = is_elsewhere ? test->location : NULL,
	    .modules = modules,
	    .now_us = APP_TEST_TODAY * US_PER_DAY,
	    .today = APP_TEST_TODAY,
	    .is_clock_fixed = true};
	bool is_new;

	app_init(&options, commune, &is_new, &error);
	g_assert_no_error(error);
	app_open(&options, &test->app, &error);
	g_assert_no_error(error);
	test->db = app_db(test->app);
	test->commune_id = app_commune(test->app)->commune_id;
}

static AppTest *
new_folder(void)
{
	AppTest *test = g_new0(AppTest, 1);
	g_autoptr(GError) error = NULL;

	test->directory = g_dir_make_tmp("namro-test-XXXXXX", &error);
	g_assert_no_error(error);
	return test;
}

AppTest *
app_test_new(const AppModule *const *modules)
{
	const AppCommune commune = {.code = (char[]){"26734"}, .name = (char[]){"xã Bình Nguyệt"}};
	AppTest *test = new_folder();

	test->location = db_test_location(test->directory, "namro.db", is_on_server());
	init_and_open(test, modules, &commune, is_on_server());
	return test;
}

AppTest *
app_test_new_beside(const AppTest *host, const char *code, const char *name)
{
	g_autofree char *own_code = g_strdup(code), *own_name = g_strdup(name);
	const AppCommune commune = {.code = own_code, .name = own_name};
	AppTest *test = new_folder();

	test->location = g_strdup(host->location);
	test->is_guest = true;
	init_and_open(test, host->app->options.modules, &commune, true);
	return test;
}

void
app_test_set_clock(AppTest *test, int64_t us)
{
	test->app->options.now_us = APP_TEST_TODAY * US_PER_DAY + us;
	test->app->options.today = instant_day(test->app->options.now_us);
}

void
app_test_free(AppTest *test)
{
	if (test == NULL)
		return;
	app_dispatcher_free(test->dispatcher);
	app_free(test->app);
	if (!test->is_guest)
		db_test_drop(test->location);
	g_free(test->location);
	g_free(test->set_cookie);
	g_free(test->location_header);
	g_free(test->etag);
	tree_remove(test->directory);
	g_free(test->directory);
	g_free(test);
}

static void
ensure_dispatcher(AppTest *test)
{
	g_autoptr(GError) error = NULL;

	if (test->dispatcher == NULL)
		app_dispatcher_new(test->app, 1, 1, "test", &test->dispatcher, &error);
	g_assert_no_error(error);
}

/* A group of one: every test's forms are answered as the server answers them. */
typedef struct LoneGroup {
	HttpGroup base;
	HttpTurn turn;
	bool is_taken;
} LoneGroup;

static HttpTurn *
next_turn(HttpGroup *base)
{
	LoneGroup *group = (LoneGroup *)(void *)base;

	if (group->is_taken)
		return NULL;
	group->is_taken = true;
	return &group->turn;
}

static HttpOutcome
dispatch_beside(AppTest *test, HttpRequest *request, HttpResponse *response, HttpOutcome lane)
{
	LoneGroup group = {.base = {next_turn}, .turn = {request, response, HTTP_ANSWERED}};

	http_response_reset(response);
	request->worker = lane == HTTP_NEEDS_WRITER ? 1 : 2;
	request->may_block = true;
	if (lane != HTTP_NEEDS_WRITER)
		return app_dispatch(request, response, test->dispatcher);
	app_dispatch_group(&group.base, test->dispatcher);
	return group.turn.outcome;
}

/* What the server would send from the disk. */
static void
take_file(HttpResponse *response)
{
	g_autofree char *bytes = NULL;
	gsize len;

	if (response->file_path == NULL)
		return;
	g_assert_true(g_file_get_contents(response->file_path, &bytes, &len, NULL));
	g_assert_cmpuint(response->file_start + response->file_len, <=, len);
	g_string_append_len(response->body, bytes + response->file_start, (gssize)response->file_len);
}

/* An event loop first, then whom it sends the request to, as often as it is sent on. */
static void
dispatch(AppTest *test, HttpRequest *request, HttpResponse *response)
{
	HttpOutcome outcome = app_dispatch(request, response, test->dispatcher);

	for (int i = 0; i < LANES_MAX && outcome != HTTP_ANSWERED; i++)
		outcome = dispatch_beside(test, request, response, outcome);
	g_assert_cmpint(outcome, ==, HTTP_ANSWERED);
	take_file(response);
	g_free(test->set_cookie);
	test->set_cookie = g_strdup(response->set_cookie);
}

int
app_test_get(AppTest *test, const char *target, char **ret_body)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.method = HTTP_GET,
	    .arena = arena,
	    .format = HTTP_HTML,
	    .accept_format = HTTP_HTML,
	    .cookies = test->cookies,
	    .address = "192.0.2.7",
	    .user_agent = "namro-test",
	    .fetch_site = test->fetch_site,
	    .if_none_match = test->if_none_match};
	HttpResponse response = {.body = g_string_new(NULL)};
	int malformed;

	ensure_dispatcher(test);
	http_response_reset(&response);
	malformed = http_request_set_target(&request, target);
	if (malformed != 0)
		response.status = malformed;
	dispatch(test, &request, &response);
	g_free(test->location_header);
	test->location_header = g_strdup(response.location);
	g_free(test->etag);
	test->etag = g_strdup(response.etag);
	*ret_body = g_string_free(response.body, FALSE);
	return response.status;
}

int
app_test_post_body(AppTest *test, const char *target, const char *content_type, const char *bytes, size_t len,
    char **ret_body, char **ret_location)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.method = HTTP_POST,
	    .arena = arena,
	    .format = HTTP_HTML,
	    .accept_format = HTTP_HTML,
	    .cookies = test->cookies,
	    .address = "192.0.2.7",
	    .user_agent = "namro-test",
	    .fetch_site = "same-origin"};
	HttpResponse response = {.body = g_string_new(NULL)};
	HttpBodyRules rules = {0};
	g_autoptr(HttpBody) body = NULL;
	int status;

	ensure_dispatcher(test);
	http_response_reset(&response);
	g_assert_cmpint(http_request_set_target(&request, target), ==, 0);
	status = app_admit(&request, &rules, test->dispatcher);
	body = http_body_new(&request, content_type, &rules);
	http_body_feed(body, bytes, len);
	if (status == 0)
		status = http_body_end(body);
	if (status != 0)
		response.status = status;
	dispatch(test, &request, &response);
	if (ret_location != NULL)
		*ret_location = g_strdup(response.location);
	if (ret_body != NULL)
		*ret_body = g_strdup(response.body->str);
	g_string_free(response.body, TRUE);
	return response.status;
}

int
app_test_post(AppTest *test, const char *target, const char *form, char **ret_body, char **ret_location)
{
	return app_test_post_body(
	    test, target, "application/x-www-form-urlencoded", form, strlen(form), ret_body, ret_location);
}

int
app_test_upload(AppTest *test, const char *target, const char *field, const char *file_name,
    const char *bytes, size_t len, char **ret_body, char **ret_location)
{
	g_autoptr(GString) body = g_string_new(NULL);

	g_string_printf(body,
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n", field,
	    file_name);
	g_string_append_len(body, bytes, (gssize)len);
	g_string_append(body, "\r\n--" BOUNDARY "--\r\n");
	return app_test_post_body(test, target, "multipart/form-data; boundary=" BOUNDARY, body->str,
	    body->len, ret_body, ret_location);
}
