/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/all_communes.h"
#include "app/app_internal.h"
#include "app/backup_crypt.h"
#include "app/context.h"
#include "app/dispatch.h"
#include "app/filestore.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "html/assets.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>

static bool
show_day(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error))
		return false;
	g_string_append_printf(response->body, "trang %d ngày %d", (int)id, app_context(request)->today);
	return true;
}

/* Fails half way: what was written must not be shown. */
static bool
fail_half_way(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_string_append(response->body, "nửa trang");
	request->problem = "Mục “Ngày” có giá trị không hợp lệ.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "the reason for the log");
	return false;
}

static bool
show_commune(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)error;
	g_string_append(response->body, app_context(request)->commune_name);
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/don-vi", "", show_commune, 0},
    {HTTP_GET, "/rieng", "plan.write", show_commune, 0},
    {HTTP_GET, "/ngay/{id}", "", show_day, HTTP_JSON},
    {HTTP_GET, "/hong", "", fail_half_way, HTTP_JSON | HTTP_CSV},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{"/don-vi", "Đơn vị", LAYOUT_KEEPING}, {.path = NULL}};

static const AppModule BASE = {.name = "base", .routes = ROUTES, .nav = NAV};
static const AppModule TOP = {.name = "top", .requires = (const char *const[]){"middle", "base", NULL}};
static const AppModule MIDDLE = {.name = "middle", .requires = (const char *const[]){"base", NULL}};
static const AppModule LEFT = {.name = "left", .requires = (const char *const[]){"right", NULL}};
static const AppModule RIGHT = {.name = "right", .requires = (const char *const[]){"left", NULL}};
static const AppModule *const MODULES[] = {&TOP, &MIDDLE, &BASE, NULL};

static void
test_module_order(void)
{
	static const AppModule *const CIRCLE[] = {&BASE, &LEFT, &RIGHT, NULL};
	static const AppModule *const MISSING[] = {&MIDDLE, NULL};
	g_autoptr(GPtrArray) sorted = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(app_modules_sort(MODULES, &sorted, &error));
	g_assert_true(g_ptr_array_index(sorted, 0) == &BASE && g_ptr_array_index(sorted, 1) == &MIDDLE &&
		      g_ptr_array_index(sorted, 2) == &TOP);
	g_assert_false(app_modules_sort(CIRCLE, &sorted, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
	g_clear_error(&error);
	g_assert_false(app_modules_sort(MISSING, &sorted, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
}

static bool
init(const AppTest *test, char *name, char *code, bool *ret_is_new, GError **error)
{
	AppCommune commune = {.name = name, .code = code};

	return app_init(&test->app->options, &commune, ret_is_new, error);
}

static void
test_init_again(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	char name[] = "xã Bình Nguyệt", other[] = "xã Khác", code[] = "26734";
	g_autoptr(GError) error = NULL;
	bool is_new = true;

	g_assert_cmpint(test->commune_id, ==, 26734);
	g_assert_true(init(test, NULL, NULL, &is_new, &error));
	g_assert_false(is_new);
	g_assert_true(init(test, name, code, &is_new, &error));
	g_assert_false(init(test, other, NULL, &is_new, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_cmpstr(app_commune(test->app)->name, ==, name);
}

static void
test_open_nothing(void)
{
	AppOptions options = {.directory = "/nowhere/at/all", .modules = MODULES};
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	g_assert_false(app_open(&options, &app, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(error->message, "namro init /nowhere/at/all"));
}

/* Options for a directory of its own in the store of a test. */
static AppOptions
options_beside(const AppTest *host, const char *directory)
{
	return (AppOptions){.directory = directory, .database = host->location, .modules = MODULES};
}

static bool
opens(const AppOptions *options, int64_t *ret_commune_id, GError **error)
{
	g_autoptr(App) app = NULL;

	if (!app_open(options, &app, error))
		return false;
	*ret_commune_id = app_commune(app)->commune_id;
	return true;
}

/* Two directories, one store: each opens its own commune, and writes where only its own can be. */
static void
test_two_communes(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(AppTest) other = app_test_new_beside(test, "26737", "xã Trường Khê");
	g_autoptr(GError) error = NULL;
	g_autofree char *value = NULL, *body = NULL;
	g_auto(LedgerReport) report = {0};

	g_assert_cmpint(other->commune_id, ==, 26737);
	g_assert_cmpint(test->commune_id, ==, 26734);
	app_setting_set(other->db, other->commune_id, &APP_SHELL_ACTOR, 0, "a", "của xã kia", &error);
	g_assert_no_error(error);
	g_assert_true(app_setting_get(test->db, test->commune_id, "a", &value, &error));
	g_assert_null(value);
	g_assert_cmpint(app_test_get(other, "/don-vi", &body), ==, 200);
	g_assert_cmpstr(body, ==, "xã Trường Khê");
	g_assert_true(app_verify(other->app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

static void
remove_file(const AppTest *test, const char *name)
{
	g_autofree char *path = g_build_filename(test->directory, name, NULL);

	g_assert_cmpint(g_remove(path), ==, 0);
}

/* A directory made before directories said whose they are. */
static void
test_unmarked_directory(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(AppTest) other = NULL;
	AppOptions options = test->app->options;
	g_autofree char *mark = g_build_filename(test->directory, "commune", NULL);
	g_autoptr(GError) error = NULL;
	int64_t commune_id = 0;
	bool is_new;

	remove_file(test, "commune");
	g_assert_true(opens(&options, &commune_id, &error));
	g_assert_cmpint(commune_id, ==, 26734);
	g_assert_true(g_file_test(mark, G_FILE_TEST_EXISTS));

	other = app_test_new_beside(test, "26737", "xã Trường Khê");
	remove_file(other, "commune");
	options = options_beside(test, other->directory);
	g_assert_false(opens(&options, &commune_id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "nhiều đơn vị"));
	g_clear_error(&error);
	g_assert_true(app_init(&options, &(AppCommune){.code = (char[]){"26737"}}, &is_new, &error));
	g_assert_false(is_new);
	g_assert_true(opens(&options, &commune_id, &error));
	g_assert_cmpint(commune_id, ==, 26737);
}

/* A commune has one directory: another one would begin a second ledger of it, signed with another key. */
static void
test_one_directory(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(AppTest) other = app_test_new_beside(test, "26737", "xã Trường Khê");
	AppOptions options;
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_dir_make_tmp("namro-test-XXXXXX", &error);
	int64_t commune_id;
	bool is_new;

	options = options_beside(test, folder);
	g_assert_false(app_init(&options, &(AppCommune){.code = (char[]){"26737"}}, &is_new, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "một thư mục dữ liệu khác"));
	g_clear_error(&error);
	g_assert_false(opens(&options, &commune_id, &error)); /* and it is none by having been tried */
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	/* A directory keeps to its store. */
	options = options_beside(test, other->directory);
	options.database = NULL;
	g_assert_false(opens(&options, &commune_id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_false(app_init(&options, &(AppCommune){.name = NULL}, &is_new, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	backup_remove_tree(folder);
}

static void
test_broken_mark(void)
{
	static const char *const BAD[] = {"", "commune\n", "commune 0\n", "commune x\nstore file\n",
	    "commune 99999999999\n", "commune 26734\nstore đâu\n"};
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *mark = g_build_filename(test->directory, "commune", NULL);
	int64_t commune_id;

	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_true(g_file_set_contents(mark, BAD[i], -1, NULL));
		g_assert_false(opens(&test->app->options, &commune_id, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
		g_assert_nonnull(strstr(error->message, mark));
	}
}

static void
test_settings(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(GError) error = NULL;
	char *value = NULL;
	int64_t number = 0;

	g_assert_true(app_setting_get(test->db, test->commune_id, "a", &value, &error));
	g_assert_null(value);
	g_assert_true(app_setting_set(test->db, test->commune_id, &APP_SHELL_ACTOR, 0, "a", "30", &error));
	g_assert_true(app_setting_set(test->db, test->commune_id, &APP_SHELL_ACTOR, 0, "a", "31", &error));
	g_assert_true(app_setting_get_int(test->db, test->commune_id, "a", 7, &number, &error));
	g_assert_cmpint(number, ==, 31);
	g_assert_true(app_setting_set(test->db, test->commune_id, &APP_SHELL_ACTOR, 0, "a", NULL, &error));
	g_assert_true(app_setting_get_int(test->db, test->commune_id, "a", 7, &number, &error));
	g_assert_cmpint(number, ==, 7);
	g_assert_false(app_setting_set(
	    test->db, test->commune_id + 1, &APP_SHELL_ACTOR, 0, "a", "1", &error)); /* no such commune */
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
test_filestore(void)
{
	static const char TEXT[] = "kế hoạch";
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	g_autofree char *bytes = NULL;
	char key[FILESTORE_KEY_SIZE], again[FILESTORE_KEY_SIZE];
	size_t len = 0;

	g_assert_true(filestore_add(test->directory, TEXT, sizeof(TEXT), key, &error));
	g_assert_true(filestore_add(test->directory, TEXT, sizeof(TEXT), again, &error));
	g_assert_cmpstr(key, ==, again);
	g_assert_true(filestore_get(test->directory, key, &bytes, &len, &error));
	g_assert_cmpuint(len, ==, sizeof(TEXT));
	g_assert_cmpstr(bytes, ==, TEXT);

	path = filestore_path(test->directory, key);
	g_assert_true(g_file_set_contents(path, "đã sửa", -1, NULL));
	g_clear_pointer(&bytes, g_free);
	g_assert_false(filestore_get(test->directory, key, &bytes, &len, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_clear_error(&error);
	g_assert_true(
	    filestore_add(test->directory, TEXT, sizeof(TEXT), key, &error)); /* heals another length */
	g_assert_true(filestore_get(test->directory, key, &bytes, &len, &error));

	key[0] = key[0] == '0' ? '1' : '0';
	g_clear_pointer(&bytes, g_free);
	g_assert_false(filestore_get(test->directory, key, &bytes, &len, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(filestore_get(test->directory, "../../etc/passwd", &bytes, &len, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static void
test_pages(void)
{
	static const struct {
		const char *target;
		int status;
		const char *expected;
	} CASES[] = {
	    {"/ngay/7", 200, "trang 7 ngày 20802"},
	    {"/ngay/bay", 404, "Không tìm thấy trang"},
	    {"/don-vi", 200, "xã Bình Nguyệt"},
	    {"/rieng", 403, "Không có quyền xem trang này"},
	    {"/khong-co", 404, "Về trang đầu"},
	    {"/khong-co", 404, "<a class=\"nav-link\" href=\"/don-vi\">Đơn vị</a>"},
	    {"/%2e%2e/namro.db", 400, "Địa chỉ không hợp lệ"},
	    {"/static/0000000000000000/app.css", 404, "Không tìm thấy trang"},
	    {"/khong-co.json", 404, "{\"status\":404,\"error\":\"Không tìm thấy trang\",\"problem\":null}"},
	    {"/hong", 422, "Mục “Ngày” có giá trị không hợp lệ."},
	    {"/hong.json", 422, "\"problem\":\"Mục “Ngày” có giá trị không hợp lệ.\""},
	    {"/hong.csv", 422, "Nội dung nhập chưa đúng"},
	};
	g_autoptr(AppTest) test = app_test_new(MODULES);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = NULL;

		g_test_message("%s", CASES[i].target);
		g_assert_cmpint(app_test_get(test, CASES[i].target, &body), ==, CASES[i].status);
		g_assert_nonnull(strstr(body, CASES[i].expected));
		g_assert_null(strstr(body, "nửa trang"));
		g_assert_null(strstr(body, "the reason for the log"));
	}
}

typedef struct Exchange {
	Arena *arena;
	HttpRequest request;
	HttpResponse response;
} Exchange;

static void
dispatch_with(AppDispatcher *dispatcher, Exchange *exchange, HttpMethod method, const char *target,
    const char *if_none_match)
{
	exchange->arena = arena_new();
	exchange->request = (HttpRequest){.method = method,
	    .format = HTTP_HTML,
	    .accept_format = HTTP_HTML,
	    .if_none_match = if_none_match,
	    .arena = exchange->arena};
	exchange->response = (HttpResponse){.body = g_string_new(NULL)};
	http_response_reset(&exchange->response);
	g_assert_cmpint(http_request_set_target(&exchange->request, target), ==, 0);
	app_dispatch(&exchange->request, &exchange->response, dispatcher);
}

static void
dispatch(AppTest *test, Exchange *exchange, HttpMethod method, const char *target, const char *if_none_match)
{
	g_autoptr(GError) error = NULL;

	if (test->dispatcher == NULL)
		g_assert_true(app_dispatcher_new(test->app, 1, 1, "test", &test->dispatcher, &error));
	dispatch_with(test->dispatcher, exchange, method, target, if_none_match);
}

static void
exchange_clear(Exchange *exchange)
{
	g_string_free(exchange->response.body, TRUE);
	arena_free(exchange->arena);
}

static void
write_something(AppTest *test)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(app_setting_set(test->db, test->commune_id, &APP_SHELL_ACTOR, 0, "a", "1", &error));
}

/* An unchanged page is not made again; any write makes every page new. */
static void
test_etag(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *etag = NULL;
	Exchange exchange;

	dispatch(test, &exchange, HTTP_GET, "/ngay/7", NULL);
	g_assert_cmpint(exchange.response.status, ==, 200);
	etag = g_strdup(exchange.response.etag);
	exchange_clear(&exchange);

	dispatch(test, &exchange, HTTP_GET, "/ngay/7", etag);
	g_assert_cmpint(exchange.response.status, ==, 304);
	g_assert_cmpuint(exchange.response.body->len, ==, 0);
	g_assert_cmpstr(exchange.response.etag, ==, etag);
	exchange_clear(&exchange);

	dispatch(test, &exchange, HTTP_GET, "/ngay/7.json", etag);
	g_assert_cmpint(exchange.response.status, ==, 200); /* another form of the page */
	exchange_clear(&exchange);

	write_something(test);
	dispatch(test, &exchange, HTTP_GET, "/ngay/7", etag);
	g_assert_cmpint(exchange.response.status, ==, 200);
	exchange_clear(&exchange);
}

static void
test_methods(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	Exchange exchange;

	dispatch(test, &exchange, HTTP_POST, "/ngay/7", NULL);
	g_assert_cmpint(exchange.response.status, ==, 405);
	g_assert_cmpstr(exchange.response.allow, ==, "GET, HEAD");
	g_assert_null(exchange.response.etag);
	exchange_clear(&exchange);
	dispatch(test, &exchange, HTTP_OTHER, "/ngay/7", NULL);
	g_assert_cmpint(exchange.response.status, ==, 405);
	exchange_clear(&exchange);
	dispatch(test, &exchange, HTTP_POST, "/static/x/app.css", NULL);
	g_assert_cmpint(exchange.response.status, ==, 405);
	exchange_clear(&exchange);
	dispatch(test, &exchange, HTTP_GET, "/ngay/7/?a=b", NULL);
	g_assert_cmpint(exchange.response.status, ==, 308);
	g_assert_cmpstr(exchange.response.location, ==, "/ngay/7?a=b");
	exchange_clear(&exchange);
	dispatch(test, &exchange, HTTP_HEAD, "/ngay/7", NULL);
	g_assert_cmpint(exchange.response.status, ==, 200);
	exchange_clear(&exchange);
}

/* A commune may be named by its first plan while its pages are open. */
static void
test_naming_while_served(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autofree char *directory = g_build_filename(test->directory, "vo-danh", NULL);
	AppOptions options = {.directory = directory, .modules = MODULES};
	AppCommune nameless = {0};
	g_autoptr(AppDispatcher) dispatcher = NULL;
	g_autoptr(App) app = NULL;
	g_autoptr(GError) error = NULL;
	Exchange exchange;
	bool is_new;

	g_assert_true(app_init(&options, &nameless, &is_new, &error) && app_open(&options, &app, &error));
	g_assert_true(app_dispatcher_new(app, 1, 1, "test", &dispatcher, &error));
	g_assert_true(app_name_commune(app, "phường Bến Sông", &error));
	g_assert_true(app_name_commune(app, "tên khác", &error)); /* it has one already */
	dispatch_with(dispatcher, &exchange, HTTP_GET, "/don-vi", NULL);
	g_assert_cmpstr(exchange.response.body->str, ==, "phường Bến Sông");
	exchange_clear(&exchange);
}

static void
test_assets(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);

	g_assert_cmpuint(ASSETS_LEN, >, 0);
	for (size_t i = 0; i < ASSETS_LEN; i++) {
		g_autofree char *url = g_strdup_printf("/static/%s/%s", ASSETS[i].hash, ASSETS[i].name);
		g_autofree char *etag = g_strdup_printf("\"%s\"", ASSETS[i].hash);
		Exchange exchange;

		dispatch(test, &exchange, HTTP_GET, url, NULL);
		g_assert_cmpint(exchange.response.status, ==, 200);
		g_assert_cmpint(exchange.response.cache, ==, HTTP_CACHE_IMMUTABLE);
		g_assert_cmpuint(exchange.response.fixed_len, ==, ASSETS[i].size);
		exchange_clear(&exchange);
		dispatch(test, &exchange, HTTP_GET, url, etag);
		g_assert_cmpint(exchange.response.status, ==, 304);
		exchange_clear(&exchange);
	}
}

/* Communes without a code on one server have numbers of their own, and keep them. */
static void
test_no_code(void)
{
	g_autoptr(AppTest) host = app_test_new(MODULES);
	g_autoptr(AppTest) one = app_test_new_beside(host, NULL, "xã Chưa Mã");
	g_autoptr(AppTest) two = app_test_new_beside(host, NULL, "xã Cũng Chưa");
	AppOptions options = two->app->options;
	g_autoptr(GError) error = NULL;
	g_autoptr(App) again = NULL;

	g_assert_cmpint(one->commune_id, ==, 100000);
	g_assert_cmpint(two->commune_id, ==, 100001);
	g_clear_pointer(&two->app, app_free);
	g_assert_true(app_open(&options, &again, &error));
	g_assert_no_error(error);
	g_assert_cmpint(app_commune(again)->commune_id, ==, 100001);
	g_assert_cmpstr(app_commune(again)->name, ==, "xã Cũng Chưa");
}

static GMutex visits;

static bool
visit_commune(Db *db, int64_t commune_id, void *data, GError **error)
{
	(void)db;
	g_mutex_lock(&visits);
	g_array_append_val((GArray *)data, commune_id);
	g_mutex_unlock(&visits);
	if (commune_id != 26737)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_BUSY, "đang bận");
	return false;
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
	int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

	return (first > second) - (first < second);
}

/* One commune that fails holds up no other, however many are done at a time. */
static void
test_all_communes(void)
{
	g_autoptr(AppTest) host = app_test_new(MODULES);
	g_autoptr(AppTest) one = app_test_new_beside(host, "26737", "xã Trường Khê");
	g_autoptr(AppTest) two = app_test_new_beside(host, "26740", "xã Đông Khê");
	g_autoptr(GArray) visited = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GError) error = NULL;
	AppAllReport report;

	for (unsigned n_workers = 1; n_workers <= 4; n_workers++) {
		g_array_set_size(visited, 0);
		g_assert_true(app_for_all_communes(
		    &two->app->options, n_workers, visit_commune, visited, &report, &error));
		g_assert_no_error(error);
		g_assert_cmpuint(visited->len, ==, 3);
		g_array_sort(visited, compare_ids);
		g_assert_cmpint(g_array_index(visited, int64_t, 0), ==, 26734);
		g_assert_cmpint(g_array_index(visited, int64_t, 1), ==, 26737);
		g_assert_cmpint(g_array_index(visited, int64_t, 2), ==, 26740);
		g_assert_cmpint(report.n_done, ==, 2);
		g_assert_cmpint(report.n_failed, ==, 1);
	}
	g_assert_cmpint(one->commune_id, ==, 26737);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/app/module-order", test_module_order);
	g_test_add_func("/app/init-again", test_init_again);
	g_test_add_func("/app/open-nothing", test_open_nothing);
	g_test_add_func("/app/two-communes", test_two_communes);
	g_test_add_func("/app/no-code", test_no_code);
	g_test_add_func("/app/all-communes", test_all_communes);
	g_test_add_func("/app/unmarked-directory", test_unmarked_directory);
	g_test_add_func("/app/one-directory", test_one_directory);
	g_test_add_func("/app/broken-mark", test_broken_mark);
	g_test_add_func("/app/settings", test_settings);
	g_test_add_func("/app/filestore", test_filestore);
	g_test_add_func("/app/pages", test_pages);
	g_test_add_func("/app/etag", test_etag);
	g_test_add_func("/app/methods", test_methods);
	g_test_add_func("/app/naming-while-served", test_naming_while_served);
	g_test_add_func("/app/assets", test_assets);
	return g_test_run();
}
