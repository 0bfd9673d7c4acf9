/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/date.h"
#include "html/tests/html_check.h"
#include "http/peer.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/tests/accounts.h"

#include <string.h>

/* Signing in and what follows from it, as a browser meets it. */

#define PASSWORD "M%E1%BA%ADt-kh%E1%BA%A9u-s%E1%BB%91-1"
#define MINUTE (60 * INSTANT_SECOND)

static const uint8_t SECRET[] = "12345678901234567890";

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t admin, worker;
} Fixture;

static IdentityScope
scope_of(const Fixture *fixture)
{
	return accounts_scope(fixture->test->app, fixture->arena);
}

static int64_t
add(const Fixture *fixture, const char *login, IdentityKind kind, const char *role, bool must_change)
{
	return accounts_add(fixture->test->app, fixture->arena,
	    &(IdentityNew){.login = login,
		.name = "Người <Dùng> & bạn",
		.position = "Chuyên viên",
		/* A unit gives rights of its own, which the matrix of roles leaves out. */
		.unit = strcmp(login, "an") == 0 ? "Văn phòng" : "",
		.kind = kind,
		.role = role,
		.must_change = must_change});
}

/* An administrator with a second factor, and a worker of the standing agency. */
static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	IdentityScope scope;

	(void)unused;
	identity_rate_reset();
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	fixture->admin = add(fixture, "quan-tri", IDENTITY_ADMIN, NULL, false);
	fixture->worker = add(fixture, "an", IDENTITY_WORK, "thuong-truc", false);
	scope = scope_of(fixture);
	g_assert_true(identity_set_totp(&scope, fixture->admin, SECRET, 0, codes, &error));
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

static int
get(Fixture *fixture, const char *target, char **ret_body)
{
	g_autofree char *body = NULL;
	int status = app_test_get(fixture->test, target, &body);

	g_test_message("GET %s: %d", target, status);
	if (status == 200)
		html_check_assert(body);
	if (ret_body != NULL)
		*ret_body = arena_strdup(fixture->arena, body);
	return status;
}

/* Sends a form with the session's mark, as it stands in a page. */
static int
post(Fixture *fixture, const char *target, const char *form, char **ret_body, char **ret_location)
{
	static const char *const PAGES[] = {"/tai-khoan", IDENTITY_PASSWORD_PATH, IDENTITY_TOTP_PATH};
	g_autofree char *body = NULL;
	g_autofree char *location = NULL;
	const char *mark = NULL, *end;
	int status;

	for (size_t i = 0; i < G_N_ELEMENTS(PAGES) && mark == NULL; i++) {
		g_autofree char *page = NULL;

		app_test_get(fixture->test, PAGES[i], &page);
		mark = strstr(arena_strdup(fixture->arena, page), "name=\"dau-phien\" value=\"");
	}
	if (mark != NULL) {
		mark += strlen("name=\"dau-phien\" value=\"");
		end = strchr(mark, '"');
		form = arena_printf(fixture->arena, "dau-phien=%.*s&%s", (int)(end - mark), mark, form);
	}
	status = app_test_post(fixture->test, target, form, &body, &location);
	g_test_message("POST %s: %d", target, status);
	if (ret_body != NULL)
		*ret_body = arena_strdup(fixture->arena, body);
	if (ret_location != NULL)
		*ret_location = arena_strdup(fixture->arena, location);
	return status;
}

static const char *
admin_code(const Fixture *fixture)
{
	return arena_printf(fixture->arena, "%06u",
	    identity_totp_code(SECRET, 20, app_now_us(fixture->test->app) / (30 * INSTANT_SECOND), 6));
}

/* Signs in and keeps the cookie for what follows; gives it. */
static const char *
sign_in(Fixture *fixture, const char *login, const char *code)
{
	const char *form = arena_printf(fixture->arena, "ten=%s&mat-khau=%s&ma=%s", login, PASSWORD, code);

	fixture->test->cookies = NULL;
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap", form, NULL, NULL), ==, 303);
	g_assert_nonnull(strstr(fixture->test->set_cookie, "; HttpOnly; SameSite=Strict"));
	fixture->test->cookies =
	    arena_strndup(fixture->arena, fixture->test->set_cookie, strcspn(fixture->test->set_cookie, ";"));
	return fixture->test->cookies;
}

/* A route without a permission that is known would be open to nobody or to everybody. */
static void
test_every_route_has_a_permission(void)
{
	/* The feed of a calendar has a secret in its address: calendar programs cannot sign in. */
	static const char *const OPEN[] = {
	    "/dang-nhap", OIDC_BEGIN_PATH, OIDC_RETURN_PATH, "/lich-viec/{ma}", NULL};

	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			g_test_message("%s %s", (*module)->name, route->pattern);
			g_assert_true(app_permission_is_known(route->permission));
			g_assert_true((strcmp(route->permission, APP_PUBLIC) == 0) ==
				      g_strv_contains(OPEN, route->pattern));
		}
}

static const char *
example_of(Arena *arena, const char *pattern)
{
	g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);
	g_autofree char *path = NULL;

	for (char **part = parts; *part != NULL; part++)
		if (**part == '{') {
			g_free(*part);
			*part = g_strdup("1");
		}
	path = g_strjoinv("/", parts);
	return arena_strdup(arena, path);
}

/* Asks every route of every module; gives how many let the visitor in. */
static int
try_all(Fixture *fixture, const AppVisitor *expected)
{
	int n_open = 0;

	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			const char *path = example_of(fixture->arena, route->pattern);
			bool may = app_visitor_may(expected, route->permission);
			int status;

			if (route->method == HTTP_POST)
				continue;
			status = get(fixture, path, NULL);
			g_assert_true((status == 200 || status == 404) == may);
			if (!may)
				g_assert_cmpint(status, ==, expected->session_id == 0 ? 303 : 403);
			n_open += may;
		}
	return n_open;
}

static void
test_nobody(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *body = NULL;
	g_autofree char *location = NULL;

	(void)unused;
	g_assert_cmpint(try_all(fixture, &(AppVisitor){0}), ==, 4);
	g_assert_cmpint(get(fixture, "/nhiem-vu?tim=a%20b&trang=2", NULL), ==, 303);
	g_assert_cmpstr(
	    fixture->test->location_header, ==, "/dang-nhap?tiep=/nhiem-vu%3Ftim%3Da%2520b%26trang%3D2");
	g_assert_cmpint(app_test_get(fixture->test, "/nhiem-vu.json", &body), ==, 401);
	g_assert_cmpint(app_test_post(fixture->test, "/nhap-ke-hoach", "a=1", NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/dang-nhap");
}

/* What each role reaches is what its permissions say, and nothing else. */
static void
test_matrix(Fixture *fixture, gconstpointer unused)
{
	static const char *const ROLES[] = {"thuong-truc", "lanh-dao", "truong-don-vi", "chu-tri", "phoi-hop",
	    "kiem-tra", "mat-tran", "cap-tren", "cong-khai"};
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(ROLES); i++) {
		g_autoptr(GPtrArray) permissions = g_ptr_array_new();
		AppVisitor expected = {.session_id = 1};

		g_assert_true(identity_role_permissions(&scope, ROLES[i], permissions, &error));
		g_assert_cmpuint(permissions->len, >, 0);
		g_ptr_array_add(permissions, NULL);
		expected.permissions = (const char *const *)permissions->pdata;
		g_assert_false(app_visitor_may(&expected, APP_ACCOUNTS));
		add(fixture, ROLES[i], IDENTITY_WORK, ROLES[i], false);
		sign_in(fixture, ROLES[i], "");
		try_all(fixture, &expected);
	}
}

static void
test_sign_in_and_out(Fixture *fixture, gconstpointer unused)
{
	const char *cookie, *second;
	char *body, *location;

	(void)unused;
	fixture->test->cookies = "namro_phien=" /* somebody else's idea of a session */
				 "00000000000000000000000000000000000000000000000000000000000000ab";
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303);
	cookie = sign_in(fixture, "an", "");
	g_assert_null(strstr(cookie, "000000000000000000000000"));
	g_assert_cmpint(get(fixture, "/tai-khoan", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Người &lt;Dùng&gt; &amp; bạn"));
	g_assert_null(strstr(body, strchr(cookie, '=') + 1));
	second = sign_in(fixture, "an", "");
	g_assert_cmpstr(cookie, !=, second);
	g_assert_cmpint(post(fixture, "/dang-xuat", "", NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/dang-nhap");
	g_assert_nonnull(strstr(fixture->test->set_cookie, "Max-Age=0"));
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303); /* the token is sent again, and worth nothing */
	fixture->test->cookies = cookie;
	g_assert_cmpint(get(fixture, "/", NULL), ==, 200);
}

static void
test_same_answer(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *unknown = NULL;
	g_autofree char *wrong = NULL;

	(void)unused;
	g_assert_cmpint(
	    app_test_post(fixture->test, "/dang-nhap", "ten=xx&mat-khau=a", &unknown, NULL), ==, 401);
	g_assert_null(fixture->test->set_cookie);
	g_assert_cmpint(
	    app_test_post(fixture->test, "/dang-nhap", "ten=an&mat-khau=a", &wrong, NULL), ==, 401);
	g_assert_cmpuint(strlen(unknown), ==, strlen(wrong));
	g_assert_nonnull(strstr(wrong, "không đúng, hoặc tài khoản đang bị khóa"));
}

/* A phone's keyboard leaves a blank behind a word: of a name it is taken away, of a password it counts. */
static void
test_blanks(Fixture *fixture, gconstpointer unused)
{
	const char *padded = arena_printf(fixture->arena, "ten=an&mat-khau=+%s", PASSWORD);

	(void)unused;
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap", padded, NULL, NULL), ==, 401);
	sign_in(fixture, "+an+", "");
}

static void
test_next(void)
{
	static const char *const GOOD[] = {"/", "/nhiem-vu?tim=a%20b", "/ra-soat/3"};
	static const char *const BAD[] = {"", "//evil.example", "/\\evil.example", "https://evil.example",
	    "/a\r\nSet-Cookie:x", "/a b", "nhiem-vu", "/é"};

	for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++)
		g_assert_cmpstr(identity_safe_next(GOOD[i]), ==, GOOD[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_cmpstr(identity_safe_next(BAD[i]), ==, "/");
	g_assert_cmpstr(identity_safe_next(NULL), ==, "/");
}

static void
test_idle(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	sign_in(fixture, "an", "");
	app_test_set_clock(fixture->test, 14 * MINUTE);
	g_assert_cmpint(get(fixture, "/", NULL), ==, 200); /* notes that it is in use */
	app_test_set_clock(fixture->test, 28 * MINUTE);
	g_assert_cmpint(get(fixture, "/", NULL), ==, 200);
	app_test_set_clock(fixture->test, 43 * MINUTE + 1);
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303);
	sign_in(fixture, "quan-tri", admin_code(fixture));
	g_assert_cmpint(get(fixture, IDENTITY_ACCOUNTS_PATH, NULL), ==, 200);
	app_test_set_clock(fixture->test, 48 * MINUTE + 2);
	g_assert_cmpint(get(fixture, IDENTITY_ACCOUNTS_PATH, NULL), ==, 303);
}

/* However busy, a session ends. */
static void
test_session_hours(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	sign_in(fixture, "an", "");
	for (int minute = 10; minute <= 12 * 60; minute += 10) {
		app_test_set_clock(fixture->test, minute * MINUTE);
		g_assert_cmpint(get(fixture, "/", NULL), ==, 200);
	}
	app_test_set_clock(fixture->test, (12 * 60 + 5) * MINUTE);
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303);
}

static void
test_form_mark(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *body = NULL;
	const char *cookie, *other;
	char *page;
	const char *mark;

	(void)unused;
	other = sign_in(fixture, "an", "");
	g_assert_cmpint(get(fixture, "/doi-mat-khau", &page), ==, 200);
	mark = strstr(page, "name=\"dau-phien\" value=\"") + strlen("name=\"dau-phien\" value=\"");
	cookie = sign_in(fixture, "an", "");
	g_assert_cmpstr(cookie, !=, other);
	g_assert_cmpint(app_test_post(fixture->test, "/dang-xuat", "", &body, NULL), ==, 403);
	/* The mark of another session. */
	g_assert_cmpint(app_test_post(fixture->test, "/dang-xuat",
			    arena_printf(fixture->arena, "dau-phien=%.64s", mark), NULL, NULL),
	    ==, 403);
	/* Where a password is worked out first, it is refused as well, once. */
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap", "ten=an&mat-khau=a", NULL, NULL), ==, 403);
	g_assert_cmpint(
	    app_test_post(fixture->test, "/doi-mat-khau", "cu=a&moi=b&lai=b", NULL, NULL), ==, 403);
	g_assert_cmpint(get(fixture, "/tai-khoan", NULL), ==, 200);
}

/* A password that somebody else set has to be changed before anything else. */
static void
test_forced_change(Fixture *fixture, gconstpointer unused)
{
	static const char CHANGE[] = "/doi-mat-khau";
	char *body;

	(void)unused;
	add(fixture, "moi", IDENTITY_WORK, "chu-tri", true);
	sign_in(fixture, "moi", "");
	g_assert_cmpint(get(fixture, "/nhiem-vu", NULL), ==, 303);
	g_assert_true(g_str_has_prefix(fixture->test->location_header, CHANGE));
	g_assert_cmpint(get(fixture, CHANGE, &body), ==, 200);
	g_assert_nonnull(strstr(body, "do người khác đặt"));
	g_assert_cmpint(
	    post(fixture, CHANGE, "cu=sai&moi=Dai-du-14-ky-tu!&lai=Dai-du-14-ky-tu!", &body, NULL), ==, 422);
	g_assert_cmpint(post(fixture, CHANGE, "cu=" PASSWORD "&moi=ngan&lai=ngan", &body, NULL), ==, 422);
	g_assert_nonnull(strstr(body, "ít nhất 14 ký tự"));
	g_assert_cmpint(
	    post(fixture, CHANGE, "cu=" PASSWORD "&moi=Dai-du-14-ky-tu!&lai=Dai-du-14-ky-tu", &body, NULL),
	    ==, 422);
	g_assert_cmpint(
	    post(fixture, CHANGE, "cu=" PASSWORD "&moi=Dai-du-14-ky-tu!&lai=Dai-du-14-ky-tu!", &body, NULL),
	    ==, 303);
	g_assert_cmpint(get(fixture, "/nhiem-vu", NULL), ==, 200);
	g_assert_cmpint(post(fixture, CHANGE, "cu=Dai-du-14-ky-tu!&moi=Dai-du-14-ky-tu!&lai=Dai-du-14-ky-tu!",
			    &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "đã dùng gần đây"));
}

static void
test_enrol(Fixture *fixture, gconstpointer unused)
{
	static const char TEXT[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
	char *body;

	(void)unused;
	add(fixture, "quan-tri-2", IDENTITY_ADMIN, NULL, false);
	sign_in(fixture, "quan-tri-2", "");
	g_assert_cmpint(get(fixture, IDENTITY_ACCOUNTS_PATH, NULL), ==, 303);
	g_assert_true(g_str_has_prefix(fixture->test->location_header, IDENTITY_TOTP_PATH));
	g_assert_cmpint(get(fixture, IDENTITY_TOTP_PATH, &body), ==, 200);
	g_assert_nonnull(strstr(body, "<svg class=\"qr\""));
	g_assert_nonnull(strstr(body, "id=\"khoa-chu\""));
	g_assert_cmpint(post(fixture, IDENTITY_TOTP_PATH,
			    arena_printf(fixture->arena, "khoa=%s&ma=12345", TEXT), &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, TEXT));
	g_assert_cmpint(
	    post(fixture, IDENTITY_TOTP_PATH,
		arena_printf(fixture->arena, "khoa=%s&ma=%s", TEXT, admin_code(fixture)), &body, NULL),
	    ==, 200);
	html_check_assert(body);
	g_assert_nonnull(strstr(body, "class=\"recovery\""));
	g_assert_cmpint(get(fixture, IDENTITY_ACCOUNTS_PATH, NULL), ==, 200);
	/* Another device only with the one that counts. */
	g_assert_cmpint(
	    post(fixture, IDENTITY_TOTP_PATH,
		arena_printf(fixture->arena, "khoa=%s&ma=%s", TEXT, admin_code(fixture)), &body, NULL),
	    ==, 422);
}

static void
test_manage(Fixture *fixture, gconstpointer unused)
{
	const char *worker_cookie = sign_in(fixture, "an", ""), *admin_cookie;
	char *body;

	(void)unused;
	admin_cookie = sign_in(fixture, "quan-tri", admin_code(fixture));
	g_assert_cmpint(post(fixture, IDENTITY_ACCOUNTS_PATH,
			    "ten=binh&ho-ten=B%C3%ACnh&loai=tac-nghiep&vai-tro=kiem-tra", &body, NULL),
	    ==, 200);
	html_check_assert(body);
	g_assert_nonnull(strstr(body, "id=\"mat-khau-moi\""));
	g_assert_cmpint(
	    post(fixture, IDENTITY_ACCOUNTS_PATH, "ten=binh&ho-ten=B&loai=tac-nghiep", &body, NULL), ==, 422);
	g_assert_cmpint(post(fixture, IDENTITY_ACCOUNTS_PATH "/1/ngung", "", &body, NULL), ==, 422);
	g_assert_cmpint(
	    post(fixture, IDENTITY_ACCOUNTS_PATH "/2/vai-tro", "vai-tro=quan-tri&viec=giao", &body, NULL), ==,
	    422);
	g_assert_cmpint(post(fixture, IDENTITY_ACCOUNTS_PATH "/99/mat-khau", "", &body, NULL), ==, 404);
	fixture->test->cookies = worker_cookie;
	g_assert_cmpint(get(fixture, "/", NULL), ==, 200);
	fixture->test->cookies = admin_cookie;
	g_assert_cmpint(post(fixture, IDENTITY_ACCOUNTS_PATH "/2/ngung", "", NULL, NULL), ==, 303);
	fixture->test->cookies = worker_cookie;
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303); /* at once */
}

static bool
find_refusal(void *data, const LedgerRow *row)
{
	if (strcmp(row->object, "route" IDENTITY_ACCOUNTS_PATH) == 0 && row->action == LEDGER_ACCESS &&
	    row->actor.person_id > 0 && strcmp(row->actor.origin, "192.0.2.7") == 0)
		++*(int *)data;
	return true;
}

static void
test_refusal_is_noted(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;
	int n = 0;

	(void)unused;
	sign_in(fixture, "an", "");
	g_assert_cmpint(get(fixture, IDENTITY_ACCOUNTS_PATH, NULL), ==, 403);
	g_assert_cmpint(
	    post(fixture, IDENTITY_ACCOUNTS_PATH, "ten=x&ho-ten=X&loai=quan-tri", NULL, NULL), ==, 403);
	g_assert_true(ledger_walk(fixture->test->db, fixture->test->commune_id, find_refusal, &n, &error));
	g_assert_cmpint(n, ==, 2);
}

/* Only a session of one's own can be ended. */
static void
test_end_session(Fixture *fixture, gconstpointer unused)
{
	const char *first = sign_in(fixture, "an", ""), *second;

	(void)unused;
	second = sign_in(fixture, "an", "");
	sign_in(fixture, "quan-tri", admin_code(fixture));
	g_assert_cmpint(post(fixture, "/tai-khoan/phien/1/thu-hoi", "", NULL, NULL), ==, 303);
	fixture->test->cookies = first;
	g_assert_cmpint(get(fixture, "/", NULL), ==, 200);
	fixture->test->cookies = second;
	g_assert_cmpint(post(fixture, "/tai-khoan/phien/1/thu-hoi", "", NULL, NULL), ==, 303);
	fixture->test->cookies = first;
	g_assert_cmpint(get(fixture, "/", NULL), ==, 303);
}

static void
test_open(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, "/he-thong", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Chưa có tài khoản quản trị"));
}

static void
test_peer(void)
{
	g_assert_true(http_address_is_loopback("127.0.0.1"));
	g_assert_true(http_address_is_loopback("::1"));
	g_assert_true(http_address_is_loopback("::ffff:127.0.0.1"));
	g_assert_false(http_address_is_loopback("0.0.0.0"));
	g_assert_false(http_address_is_loopback("::"));
	g_assert_false(http_address_is_loopback("192.0.2.7"));
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/identity/pages/every-route-has-a-permission", test_every_route_has_a_permission);
	g_test_add_func("/identity/pages/open", test_open);
	g_test_add_func("/identity/pages/peer", test_peer);
	g_test_add_func("/identity/pages/next", test_next);
	ADD("/identity/pages/nobody", test_nobody);
	ADD("/identity/pages/matrix", test_matrix);
	ADD("/identity/pages/sign-in-and-out", test_sign_in_and_out);
	ADD("/identity/pages/same-answer", test_same_answer);
	ADD("/identity/pages/blanks", test_blanks);
	ADD("/identity/pages/idle", test_idle);
	ADD("/identity/pages/session-hours", test_session_hours);
	ADD("/identity/pages/form-mark", test_form_mark);
	ADD("/identity/pages/forced-change", test_forced_change);
	ADD("/identity/pages/enrol", test_enrol);
	ADD("/identity/pages/manage", test_manage);
	ADD("/identity/pages/refusal-is-noted", test_refusal_is_noted);
	ADD("/identity/pages/end-session", test_end_session);
	return g_test_run();
}
