/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "http/connections.h"
#include "http/gzip.h"
#include "http/query.h"
#include "http/range.h"
#include "http/router.h"

#include <libdeflate.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static int
set_target(HttpRequest *request, Arena *arena, const char *target)
{
	*request = (HttpRequest){.arena = arena, .accept_format = HTTP_HTML};
	return http_request_set_target(request, target);
}

static void
test_paths(void)
{
	static const struct {
		const char *target;
		int status;
		const char *path;
	} CASES[] = {
	    {"/", 0, "/"},
	    {"/nhiem-vu/12?a=b", 0, "/nhiem-vu/12"},
	    {"/c%C6%A1-quan", 0, "/cơ-quan"},
	    {"/a%CC%81", 0, "/á"}, /* NFC */
	    {"/a+b", 0, "/a+b"},
	    {"", 400, NULL},
	    {"*", 400, NULL},
	    {"http://x/", 400, NULL},
	    {"//a", 400, NULL},
	    {"/a/", 0, "/a"},
	    {"//", 0, "/"},
	    {"//evil.example/", 400, NULL},
	    {"/a//", 400, NULL},
	    {"//a/", 400, NULL},
	    {"/a//b", 400, NULL},
	    {"/../namro.db", 400, NULL},
	    {"/static/../../etc/passwd", 400, NULL},
	    {"/%2e%2e/namro.db", 400, NULL},
	    {"/a/%2E/b", 400, NULL},
	    {"/a%2Fb", 400, NULL},
	    {"/a%5Cb", 400, NULL},
	    {"/a%00b", 400, NULL},
	    {"/a%0d%0aX: y", 400, NULL},
	    {"/a%7f", 400, NULL},
	    {"/a%", 400, NULL},
	    {"/a%4", 400, NULL},
	    {"/a%zz", 400, NULL},
	    {"/%ff%fe", 400, NULL},
	    {"/%c0%af", 400, NULL}, /* overlong "/" */
	    {"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", 400, NULL},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		HttpRequest request;

		g_test_message("%s", CASES[i].target);
		g_assert_cmpint(set_target(&request, arena, CASES[i].target), ==, CASES[i].status);
		if (CASES[i].status == 0)
			g_assert_cmpstr(request.path, ==, CASES[i].path);
	}
}

static void
test_canonical(void)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request;

	g_assert_cmpint(set_target(&request, arena, "/c%C6%A1-quan/?q=a/"), ==, 0);
	g_assert_cmpstr(request.canonical, ==, "/c%C6%A1-quan?q=a/");
	g_assert_cmpint(set_target(&request, arena, "/?q=a/"), ==, 0);
	g_assert_null(request.canonical);
	g_assert_cmpint(set_target(&request, arena, "/a"), ==, 0);
	g_assert_null(request.canonical);
}

static void
test_lengths(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GString) target = g_string_new("/");
	HttpRequest request;

	for (int i = 0; i < HTTP_PATH_BYTES_MAX; i++)
		g_string_append_c(target, 'a');
	g_assert_cmpint(set_target(&request, arena, target->str), ==, 414);
	g_string_assign(target, "/?q=");
	for (int i = 0; i < HTTP_TARGET_BYTES_MAX; i++)
		g_string_append_c(target, 'a');
	g_assert_cmpint(set_target(&request, arena, target->str), ==, 414);
	g_string_assign(target, "/?");
	for (int i = 0; i <= HTTP_QUERY_PAIRS_MAX; i++)
		g_string_append(target, "a=b&");
	g_assert_cmpint(set_target(&request, arena, target->str), ==, 400);
}

static void
test_query_pairs(void)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request;

	g_assert_cmpint(
	    set_target(&request, arena, "/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i&&a&b=c=d%26"), ==, 0);
	g_assert_cmpuint(request.n_query, ==, 3);
	g_assert_cmpstr(request.query[0].value, ==, "chuyển đổi");
	g_assert_cmpstr(request.query[1].name, ==, "a");
	g_assert_cmpstr(request.query[1].value, ==, "");
	g_assert_cmpstr(request.query[2].value, ==, "c=d&");
	g_assert_cmpint(set_target(&request, arena, "/?q=%00"), ==, 400);
	g_assert_cmpint(set_target(&request, arena, "/?q=%ff"), ==, 400);
}

enum { KEY_AGENCY, KEY_STATE, KEY_QUERY, KEY_DAY, KEY_MAX };

static const char *const STATES[] = {"qua-han", "trong-han", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = 99},
    [KEY_STATE] = {"trang-thai", "Trạng thái", http_valid_word, .words = STATES},
    [KEY_QUERY] = {"q", "Từ khóa", http_valid_text, .max = 5},
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .min = 0},
};

static void
test_fields(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	HttpRequest request;
	HttpValue values[KEY_MAX];

	set_target(&request, arena,
	    "/?co-quan=7&trang-thai=trong-han&q=%C4%91%E1%BB%91%20%C3%A0&ngay=2026-12-15&la=1");
	g_assert_true(http_query_parse(FIELDS, KEY_MAX, &request, values, &error));
	g_assert_cmpint(values[KEY_AGENCY].number, ==, 7);
	g_assert_cmpint(values[KEY_STATE].number, ==, 1);
	g_assert_cmpstr(values[KEY_QUERY].text, ==, "đố à");
	g_assert_cmpint(values[KEY_DAY].number, ==, 20802);

	set_target(&request, arena, "/?co-quan=&q=");
	g_assert_true(http_query_parse(FIELDS, KEY_MAX, &request, values, &error));
	g_assert_false(values[KEY_AGENCY].is_set || values[KEY_QUERY].is_set || values[KEY_STATE].is_set);
}

static void
test_wrong_fields(void)
{
	static const char *const CASES[][2] = {
	    {"/?co-quan=0", "Mục “Cơ quan” có giá trị không hợp lệ."},
	    {"/?co-quan=1e3", "Mục “Cơ quan” có giá trị không hợp lệ."},
	    {"/?co-quan=99999999999999999999", "Mục “Cơ quan” có giá trị không hợp lệ."},
	    {"/?trang-thai=xong", "Mục “Trạng thái” có giá trị không hợp lệ."},
	    {"/?q=123456", "Mục “Từ khóa” có giá trị không hợp lệ."},
	    {"/?ngay=31/12/2026", "Mục “Ngày” có giá trị không hợp lệ."},
	    {"/?co-quan=1&co-quan=2", "Mục “Cơ quan” được nhập hai lần."},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GError) error = NULL;
		HttpRequest request;
		HttpValue values[KEY_MAX];

		set_target(&request, arena, CASES[i][0]);
		g_assert_false(http_query_parse(FIELDS, KEY_MAX, &request, values, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
		g_assert_cmpstr(request.problem, ==, CASES[i][1]);
	}
}

static bool
handler(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)request;
	(void)response;
	(void)error;
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/", "", handler, 0},
    {HTTP_GET, "/nhiem-vu", "", handler, HTTP_JSON | HTTP_CSV},
    {HTTP_GET, "/nhiem-vu/{id}", "", handler, HTTP_JSON},
    {HTTP_GET, "/nhiem-vu/moi", "", handler, 0},
    {HTTP_POST, "/nhiem-vu/{id}/xong", "", handler, 0},
    {.pattern = NULL},
};

static void
test_router(void)
{
	static const struct {
		const char *target;
		HttpMethod method;
		HttpFormat accept;
		HttpMatch match;
		int route;
		HttpFormat format;
		const char *id;
	} CASES[] = {
	    {"/", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 0, HTTP_HTML, NULL},
	    {"/nhiem-vu", HTTP_HEAD, HTTP_HTML, HTTP_MATCH_FOUND, 1, HTTP_HTML, NULL},
	    {"/nhiem-vu.csv", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 1, HTTP_CSV, NULL},
	    {"/nhiem-vu", HTTP_GET, HTTP_JSON, HTTP_MATCH_FOUND, 1, HTTP_JSON, NULL},
	    {"/nhiem-vu.csv", HTTP_GET, HTTP_JSON, HTTP_MATCH_FOUND, 1, HTTP_CSV, NULL},
	    {"/nhiem-vu/12", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 2, HTTP_HTML, "12"},
	    {"/nhiem-vu/12.json", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 2, HTTP_JSON, "12"},
	    {"/nhiem-vu/12.csv", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 2, HTTP_HTML, "12.csv"},
	    {"/nhiem-vu/moi", HTTP_GET, HTTP_HTML, HTTP_MATCH_FOUND, 3, HTTP_HTML, NULL},
	    {"/nhiem-vu/moi", HTTP_GET, HTTP_JSON, HTTP_MATCH_FOUND, 3, HTTP_HTML, NULL},
	    {"/nhiem-vu", HTTP_POST, HTTP_HTML, HTTP_MATCH_OTHER_METHOD, 0, HTTP_HTML, NULL},
	    {"/nhiem-vu/1/xong", HTTP_GET, HTTP_HTML, HTTP_MATCH_OTHER_METHOD, 0, HTTP_HTML, NULL},
	    {"/nhiem-vu/1/xong", HTTP_OTHER, HTTP_HTML, HTTP_MATCH_OTHER_METHOD, 0, HTTP_HTML, NULL},
	    {"/nhiem", HTTP_GET, HTTP_HTML, HTTP_MATCH_NONE, 0, HTTP_HTML, NULL},
	    {"/nhiem-vu/1/2", HTTP_GET, HTTP_HTML, HTTP_MATCH_NONE, 0, HTTP_HTML, NULL},
	    {"/.csv", HTTP_GET, HTTP_HTML, HTTP_MATCH_NONE, 0, HTTP_HTML, NULL},
	};
	g_autoptr(HttpRouter) router = http_router_new();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(http_router_add(router, ROUTES, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		HttpRequest request;
		const HttpRoute *route = NULL;
		const char *allow = NULL;

		g_test_message("%s", CASES[i].target);
		g_assert_cmpint(set_target(&request, arena, CASES[i].target), ==, 0);
		request.method = CASES[i].method;
		request.accept_format = CASES[i].accept;
		g_assert_cmpint(http_router_match(router, &request, &route, &allow), ==, CASES[i].match);
		if (CASES[i].match != HTTP_MATCH_FOUND)
			continue;
		g_assert_true(route == &ROUTES[CASES[i].route]);
		g_assert_cmpint(request.format, ==, CASES[i].format);
		g_assert_cmpstr(http_request_param(&request, "id"), ==, CASES[i].id);
	}
}

static void
test_router_refusals(void)
{
	static const char *const PATTERNS[] = {
	    "nhiem-vu", "/a//b", "/a/", "/a{id}", "/{}", "/{a}/{b}/{c}/{d}/{e}", ""};
	g_autoptr(HttpRouter) router = http_router_new();
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(PATTERNS); i++) {
		HttpRoute routes[] = {{HTTP_GET, PATTERNS[i], "", handler, 0}, {.pattern = NULL}};

		g_assert_false(http_router_add(router, routes, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
		g_clear_error(&error);
	}
	g_assert_true(http_router_add(router, ROUTES, &error));
	g_assert_false(http_router_add(router, ROUTES + 1, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
}

static void
test_param_int(void)
{
	static const char *const WRONG[] = {"0", "-1", "1a", "", "9223372036854775808", " 1"};
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.arena = arena, .n_params = 1, .params = {{"id", "9223372036854775807"}}};
	int64_t value = 0;

	g_assert_true(http_request_param_int(&request, "id", &value, NULL));
	g_assert_cmpint(value, ==, INT64_MAX);
	for (size_t i = 0; i < G_N_ELEMENTS(WRONG); i++) {
		g_autoptr(GError) error = NULL;

		request.params[0].value = WRONG[i];
		g_assert_false(http_request_param_int(&request, "id", &value, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	}
}

static void
test_headers(void)
{
	g_assert_true(http_accepts_gzip("gzip, deflate, br"));
	g_assert_true(http_accepts_gzip("br;q=1.0, GZIP;q=0.5"));
	g_assert_false(http_accepts_gzip("gzip;q=0, br"));
	g_assert_false(http_accepts_gzip("gzip;q=0.000"));
	g_assert_false(http_accepts_gzip("identity;q=1, xgzip"));
	g_assert_false(http_accepts_gzip(NULL));
	g_assert_cmpint(http_accept_format("application/json"), ==, HTTP_JSON);
	g_assert_cmpint(http_accept_format("text/csv, application/json"), ==, HTTP_CSV);
	g_assert_cmpint(http_accept_format("application/json, text/html"), ==, HTTP_HTML);
	g_assert_cmpint(http_accept_format("*/*"), ==, HTTP_HTML);
	g_assert_true(http_etag_matches("\"a\", W/\"b\"", "W/\"b\""));
	g_assert_true(http_etag_matches("\"b\"", "W/\"b\""));
	g_assert_true(http_etag_matches("*", "\"b\""));
	g_assert_false(http_etag_matches("\"bb\", \"\"", "W/\"b\""));
	g_assert_false(http_etag_matches("", "\"b\""));
	g_assert_false(http_etag_matches(NULL, "\"b\""));
	g_assert_false(http_etag_matches("\"b\"", NULL));
}

static void
test_gzip(void)
{
	g_autoptr(HttpGzip) gzip = http_gzip_new();
	g_autoptr(GString) page = g_string_new(NULL);
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	g_autofree char *back = NULL;
	void *packed = NULL;
	size_t len = 0;

	for (int i = 0; i < 500; i++)
		g_string_append_printf(page, "<tr><td>%d</td></tr>", i);
	g_assert_true(http_gzip_bytes(gzip, page->str, page->len, &packed, &len));
	g_assert_cmpuint(len, <, page->len / 3);
	back = g_malloc(page->len);
	g_assert_cmpint(libdeflate_gzip_decompress(decompressor, packed, len, back, page->len, NULL), ==, 0);
	g_assert_true(memcmp(back, page->str, page->len) == 0);
	free(packed);
	libdeflate_free_decompressor(decompressor);
	g_assert_false(http_gzip_bytes(gzip, "abc", 3, &packed, &len)); /* would grow */
}

static struct sockaddr_in
address_of(uint32_t number)
{
	return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(number)};
}

static void
test_connection_limits(void)
{
	g_autoptr(HttpConnections) connections = http_connections_new(5, 2);
	struct sockaddr_in a = address_of(1), b = address_of(2), c = address_of(3);
	struct sockaddr_in6 house = {.sin6_family = AF_INET6, .sin6_addr = {.s6_addr = {0x20, 1, 7}}};
	struct sockaddr *v6 = (struct sockaddr *)&house;

	g_assert_true(http_connections_open(connections, 10, (struct sockaddr *)&a, INT64_MAX));
	g_assert_true(http_connections_open(connections, 11, (struct sockaddr *)&a, INT64_MAX));
	g_assert_false(http_connections_open(connections, 12, (struct sockaddr *)&a, INT64_MAX));
	g_assert_true(http_connections_open(connections, 12, (struct sockaddr *)&b, INT64_MAX));
	g_assert_true(http_connections_open(connections, 13, v6, INT64_MAX));
	house.sin6_addr.s6_addr[15] = 9; /* another device of the same house */
	g_assert_true(http_connections_open(connections, 14, v6, INT64_MAX));
	g_assert_false(http_connections_open(connections, 15, (struct sockaddr *)&c, INT64_MAX)); /* full */
	http_connections_close(connections, 14);
	http_connections_close(connections, 14); /* once is enough */
	http_connections_close(connections, 11);
	g_assert_cmpuint(http_connections_count(connections), ==, 3);
	g_assert_true(http_connections_open(connections, 11, (struct sockaddr *)&a, INT64_MAX));
	g_assert_false(http_connections_open(connections, 14, (struct sockaddr *)&a, INT64_MAX));
}

static void
test_range(void)
{
	static const struct {
		const char *range;
		uint64_t size;
		HttpRangeKind kind;
		uint64_t first, last;
	} RANGES[] = {
	    {NULL, 100, HTTP_RANGE_ALL, 0, 0},
	    {"bytes=0-9", 100, HTTP_RANGE_PART, 0, 9},
	    {"bytes=90-", 100, HTTP_RANGE_PART, 90, 99},
	    {"bytes=90-500", 100, HTTP_RANGE_PART, 90, 99},
	    {"bytes=-10", 100, HTTP_RANGE_PART, 90, 99},
	    {"bytes=-500", 100, HTTP_RANGE_PART, 0, 99},
	    {"bytes=100-", 100, HTTP_RANGE_NONE, 0, 0},
	    {"bytes=-0", 100, HTTP_RANGE_NONE, 0, 0},
	    {"bytes=0-", 0, HTTP_RANGE_NONE, 0, 0},
	    {"bytes=9-0", 100, HTTP_RANGE_ALL, 0, 0},
	    {"bytes=0-1,5-6", 100, HTTP_RANGE_ALL, 0, 0},
	    {"bytes=a-b", 100, HTTP_RANGE_ALL, 0, 0},
	    {"bytes=99999999999999999999-", 100, HTTP_RANGE_ALL, 0, 0},
	    {"items=0-9", 100, HTTP_RANGE_ALL, 0, 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(RANGES); i++) {
		uint64_t first = 0, last = 0;

		g_assert_cmpint(
		    http_range_parse(RANGES[i].range, RANGES[i].size, &first, &last), ==, RANGES[i].kind);
		g_assert_cmpuint(first, ==, RANGES[i].first);
		g_assert_cmpuint(last, ==, RANGES[i].last);
	}
}

/* A piece of another file than the one that was begun is no use. */
static void
test_file_response(void)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request = {.arena = arena, .range = "bytes=5-9", .if_range = "\"old\""};
	HttpResponse response = {.status = 200};

	http_response_file(&request, &response, "/x", 100, "\"new\"");
	g_assert_cmpint(response.status, ==, 200);
	g_assert_cmpuint(response.file_len, ==, 100);
	request.if_range = "\"new\"";
	http_response_file(&request, &response, "/x", 100, "\"new\"");
	g_assert_cmpint(response.status, ==, 206);
	g_assert_cmpuint(response.file_start, ==, 5);
	g_assert_cmpuint(response.file_len, ==, 5);
	g_assert_cmpstr(response.content_range, ==, "bytes 5-9/100");
}

static void
test_attachment(void)
{
	g_autoptr(Arena) arena = arena_new();

	g_assert_cmpstr(http_attachment(arena, "báo cáo.pdf"), ==,
	    "attachment; filename=\"b_o_c_o.pdf\"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf");
	g_assert_cmpstr(http_attachment(arena, "a\"\r\nX: y"), ==,
	    "attachment; filename=\"a___X__y\"; filename*=UTF-8''a%22%0D%0AX%3A%20y");
}

/* A field is read without the blanks around it, a password with them; what was not sent is "". */
static void
test_field_texts(void)
{
	g_autoptr(Arena) arena = arena_new();
	HttpRequest request;

	g_assert_cmpint(set_target(&request, arena, "/?tim=+s%E1%BB%91+hai%20&tim=ba"), ==, 0);
	g_assert_true(http_request_decode_pairs(
	    &request, "ten=%20+an%0D%0A&mat-khau=+a+&rong=", 8, &request.form, &request.n_form));
	g_assert_cmpstr(http_request_form_text(&request, "ten"), ==, "an");
	g_assert_cmpstr(http_request_form_sent(&request, "mat-khau"), ==, " a ");
	g_assert_cmpstr(http_request_form_text(&request, "rong"), ==, "");
	g_assert_cmpstr(http_request_form_text(&request, "khong-gui"), ==, "");
	g_assert_cmpstr(http_request_form_sent(&request, "khong-gui"), ==, "");
	g_assert_cmpstr(http_request_form(&request, "ten"), ==, "  an\r\n"); /* stays as it was */
	g_assert_cmpstr(http_request_query_text(&request, "tim"), ==, "số hai");
	g_assert_cmpstr(http_request_query_text(&request, "ten"), ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/http/range", test_range);
	g_test_add_func("/http/file-response", test_file_response);
	g_test_add_func("/http/attachment", test_attachment);
	g_test_add_func("/http/paths", test_paths);
	g_test_add_func("/http/canonical", test_canonical);
	g_test_add_func("/http/lengths", test_lengths);
	g_test_add_func("/http/query-pairs", test_query_pairs);
	g_test_add_func("/http/fields", test_fields);
	g_test_add_func("/http/field-texts", test_field_texts);
	g_test_add_func("/http/wrong-fields", test_wrong_fields);
	g_test_add_func("/http/router", test_router);
	g_test_add_func("/http/router-refusals", test_router_refusals);
	g_test_add_func("/http/param-int", test_param_int);
	g_test_add_func("/http/headers", test_headers);
	g_test_add_func("/http/gzip", test_gzip);
	g_test_add_func("/http/connection-limits", test_connection_limits);
	return g_test_run();
}
