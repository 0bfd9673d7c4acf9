/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/dispatch.h"
#include "app/filestore.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"

#include <string.h>

/* Forms: on which thread they are answered, from where they are taken, and what becomes of their files. */

static bool
save(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	const char *value = http_request_form(request, "gia-tri");
	LedgerActor actor;

	g_assert_true(request->may_block && context->db == app_db(context->app));
	if (value == NULL) {
		request->problem = "Hãy nhập giá trị.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "no value");
		return false;
	}
	actor = app_actor(request);
	if (!app_setting_set(context->db, context->commune_id, &actor, context->now_us, "a", value, error))
		return false;
	http_response_redirect(response, "/xem");
	return true;
}

static bool
keep(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	const HttpFile *file = request->files;

	g_assert_cmpuint(request->n_files, ==, 1);
	if (!filestore_adopt(context->directory, file->path, file->sha256, error))
		return false;
	http_response_redirect(response, arena_printf(request->arena, "/xem?tep=%s", file->sha256));
	return true;
}

static bool
search(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)error;
	g_assert_true(request->may_block);
	g_string_append(response->body, http_request_form(request, "tim"));
	return true;
}

static bool
draw(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)error;
	g_assert_true(request->may_block);
	g_string_append(response->body, "hình");
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/xem", "", draw, HTTP_SLOW},
    {HTTP_POST, "/ghi", "", save, HTTP_WRITES},
    {HTTP_POST, "/gui", "", keep, HTTP_WRITES | HTTP_FILES},
    {HTTP_POST, "/tim", "", search, 0},
    {HTTP_POST, "/kin", "plan.write", save, HTTP_WRITES},
    {.pattern = NULL},
};

static const AppModule FORMS = {.name = "forms", .routes = ROUTES};
static const AppModule *const MODULES[] = {&FORMS, NULL};

static void
test_writes(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *location = NULL;
	g_autofree char *stored = NULL;
	g_autofree char *page = NULL;
	g_autofree char *found = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(app_test_post(test, "/ghi", "gia-tri=%C4%91%E1%BB%A7", NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/xem");
	g_assert_true(app_setting_get(test->db, test->commune_id, "a", &stored, &error));
	g_assert_cmpstr(stored, ==, "đủ");
	g_assert_cmpint(app_test_get(test, "/xem", &page), ==, 200);
	g_assert_cmpstr(page, ==, "hình");
	g_assert_cmpint(app_test_post(test, "/tim", "tim=a", &found, NULL), ==, 200);
	g_assert_cmpstr(found, ==, "a");
}

static void
test_refusals(void)
{
	static const struct {
		const char *target, *form;
		int status;
		const char *expected;
	} CASES[] = {
	    {"/ghi", "", 422, "Hãy nhập giá trị."},
	    {"/ghi", "gia-tri=%zz", 400, "Không nhận được nội dung gửi lên"},
	    {"/kin", "gia-tri=1", 403, "Mã lỗi 403"},
	    {"/xem", "", 405, "Trang này chỉ để xem"},
	    {"/khong-co", "", 404, "Không tìm thấy trang"},
	};
	g_autoptr(AppTest) test = app_test_new(MODULES);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = NULL;

		g_test_message("%s %s", CASES[i].target, CASES[i].form);
		g_assert_cmpint(
		    app_test_post(test, CASES[i].target, CASES[i].form, &body, NULL), ==, CASES[i].status);
		g_assert_nonnull(strstr(body, CASES[i].expected));
	}
}

/* What arrives is kept under its hash; what is not wanted leaves nothing behind. */
static void
test_files(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *location = NULL;
	g_autofree char *bytes = NULL;
	g_autofree char *incoming = g_build_filename(test->directory, "incoming", NULL);
	g_autoptr(GDir) dir = NULL;
	g_autoptr(GError) error = NULL;
	size_t len;

	g_assert_cmpint(
	    app_test_upload(test, "/gui", "tep", "a.txt", "kế hoạch", 11, NULL, &location), ==, 303);
	g_assert_true(filestore_get(test->directory, location + strlen("/xem?tep="), &bytes, &len, &error));
	g_assert_cmpuint(len, ==, 11);
	g_assert_cmpint(app_test_upload(test, "/ghi", "tep", "a.txt", "x", 1, NULL, NULL), ==, 400);
	dir = g_dir_open(incoming, 0, &error);
	g_assert_no_error(error);
	g_assert_null(g_dir_read_name(dir));
}

static void
test_same_site(void)
{
	static const struct {
		const char *site, *origin, *host;
		int status;
	} CASES[] = {
	    {"same-origin", NULL, "a:8057", 0},
	    {"none", NULL, "a:8057", 0},
	    {"cross-site", "http://a:8057", "a:8057", 403},
	    {"same-site", "http://a:8057", "a:8057", 403},
	    {NULL, "http://a:8057", "a:8057", 0},
	    {NULL, "https://A:8057", "a:8057", 0},
	    {NULL, "http://b:8057", "a:8057", 403},
	    {NULL, "http://a:80", "a:8057", 403},
	    {NULL, "null", "a:8057", 403},
	    {NULL, "http://a:8057", NULL, 403},
	    {NULL, NULL, "a:8057", 403},
	};
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *body = NULL;

	app_test_get(test, "/xem", &body);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) arena = arena_new();
		HttpRequest request = {.method = HTTP_POST,
		    .arena = arena,
		    .fetch_site = CASES[i].site,
		    .origin = CASES[i].origin,
		    .host = CASES[i].host};
		HttpBodyRules rules = {0};

		g_assert_cmpint(http_request_set_target(&request, "/ghi"), ==, 0);
		g_assert_cmpint(app_admit(&request, &rules, test->dispatcher), ==, CASES[i].status);
		g_assert_true((request.problem != NULL) == (CASES[i].status != 0));
	}
}

/* A route that only shows may not be declared to write. */
static void
test_declarations(void)
{
	static const HttpRoute WRONG[] = {{HTTP_GET, "/ghi", "", save, HTTP_WRITES}, {.pattern = NULL}};
	static const AppModule MODULE = {.name = "forms", .routes = WRONG};
	static const AppModule *const ONE[] = {&MODULE, NULL};
	g_autoptr(AppTest) test = app_test_new(ONE);
	g_autoptr(GError) error = NULL;

	g_assert_false(app_dispatcher_new(test->app, 1, 0, "test", &test->dispatcher, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/forms/writes", test_writes);
	g_test_add_func("/forms/refusals", test_refusals);
	g_test_add_func("/forms/files", test_files);
	g_test_add_func("/forms/same-site", test_same_site);
	g_test_add_func("/forms/declarations", test_declarations);
	return g_test_run();
}
