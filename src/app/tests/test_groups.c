/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/dispatch.h"
#include "app/ledger.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/txn.h"

#include <string.h>

/* Forms that the writer answers together: one that fails takes no other along, and what was acknowledged is
 * there. */

#define TURNS_MAX 4
#define WRITER 1

static int forgotten, woken;

static bool
write_setting(HttpRequest *request, GError **error)
{
	const AppContext *context = app_context(request);
	LedgerActor actor = app_actor(request);

	return app_setting_set(context->db, context->commune_id, &actor, context->now_us,
	    http_request_param(request, "khoa"), http_request_form(request, "gia-tri"), error);
}

static bool
save(HttpRequest *request, HttpResponse *response, GError **error)
{
	if (!write_setting(request, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, "/xem/%s", http_request_param(request, "khoa")));
	return true;
}

/* Writes, and then finds that it must not. */
static bool
spoil(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	(void)response;
	if (!db_txn_begin(app_context(request)->db, &txn, error) || !write_setting(request, error))
		return false;
	request->problem = "Bản này đã được người khác sửa.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, "changed meanwhile");
	return false;
}

static bool
show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autofree char *value = NULL;

	if (!app_setting_get(
		context->db, context->commune_id, http_request_param(request, "khoa"), &value, error))
		return false;
	g_string_append(response->body, value != NULL ? value : "-");
	return true;
}

static void
forget(void)
{
	forgotten++;
}

static void
wake(void *data)
{
	(void)data;
	woken++;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/xem/{khoa}", "", show, 0},
    {HTTP_POST, "/ghi/{khoa}", "", save, HTTP_WRITES},
    {HTTP_POST, "/hong/{khoa}", "", spoil, HTTP_WRITES},
    {.pattern = NULL},
};

static const AppModule GROUPS = {.name = "groups", .routes = ROUTES, .forget = forget};
static const AppModule *const MODULES[] = {&GROUPS, NULL};

typedef struct Group {
	HttpGroup base;
	Arena *arena;
	HttpRequest requests[TURNS_MAX];
	HttpResponse responses[TURNS_MAX];
	HttpTurn turns[TURNS_MAX];
	unsigned n, n_taken;
} Group;

static HttpTurn *
next_turn(HttpGroup *base)
{
	Group *group = (Group *)(void *)base;

	return group->n_taken < group->n ? &group->turns[group->n_taken++] : NULL;
}

static void
group_init(Group *group)
{
	*group = (Group){.base = {next_turn}, .arena = arena_new()};
}

static void
group_clear(Group *group)
{
	for (unsigned i = 0; i < group->n; i++)
		g_string_free(group->responses[i].body, TRUE);
	arena_free(group->arena);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Group, group_clear)

static void
group_add(Group *group, const char *target, const char *value)
{
	unsigned i = group->n++;
	HttpRequest *request = &group->requests[i];

	*request = (HttpRequest){.method = HTTP_POST,
	    .arena = group->arena,
	    .format = HTTP_HTML,
	    .accept_format = HTTP_HTML,
	    .fetch_site = "same-origin",
	    .worker = WRITER,
	    .may_block = true};
	g_assert_cmpint(http_request_set_target(request, target), ==, 0);
	request->form = arena_array(group->arena, HttpPair, 1);
	request->form[0] = (HttpPair){"gia-tri", value};
	request->n_form = 1;
	group->responses[i].body = g_string_new(NULL);
	http_response_reset(&group->responses[i]);
	group->turns[i] = (HttpTurn){request, &group->responses[i], HTTP_ANSWERED};
}

static void
assert_shown(AppTest *test, const char *target, const char *expected)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	g_assert_cmpstr(body, ==, expected);
}

static void
assert_ledger_is_sound(AppTest *test)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	ledger_verify(test->db, test->commune_id, NULL, &report, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(report.problems->len, ==, 0);
}

static int64_t
version_of(AppTest *test)
{
	int64_t version;

	g_assert_true(db_version(test->db, &version, NULL));
	return version;
}

static AppTest *
start(void)
{
	AppTest *test = app_test_new(MODULES);
	g_autofree char *body = NULL;

	app_test_get(test, "/xem/a", &body); /* makes the dispatcher */
	app_dispatcher_set_on_write(test->dispatcher, wake, NULL);
	forgotten = woken = 0;
	return test;
}

static void
test_one_fails(void)
{
	g_autoptr(AppTest) test = start();
	g_auto(Group) group;
	int64_t version = version_of(test);
	LedgerMark before, after, mark;

	g_assert_true(ledger_marks(test->db, test->commune_id, &before, &mark, NULL));
	group_init(&group);
	group_add(&group, "/ghi/a", "1");
	group_add(&group, "/hong/b", "2");
	group_add(&group, "/ghi/c", "3");
	group_add(&group, "/ghi/a", "4"); /* after the first */
	app_dispatch_group(&group.base, test->dispatcher);
	g_assert_cmpint(group.responses[0].status, ==, 303);
	g_assert_cmpstr(group.responses[0].location, ==, "/xem/a");
	g_assert_cmpint(group.responses[1].status, ==, 409);
	g_assert_nonnull(strstr(group.responses[1].body->str, "Bản này đã được người khác sửa."));
	g_assert_cmpstr(group.responses[2].location, ==, "/xem/c");
	assert_shown(test, "/xem/a", "4");
	assert_shown(test, "/xem/b", "-");
	assert_shown(test, "/xem/c", "3");
	g_assert_cmpint(version_of(test), ==, version + 1); /* one new state */
	g_assert_cmpint(woken, ==, 1);
	g_assert_cmpint(forgotten, ==, 0);
	g_assert_true(ledger_marks(test->db, test->commune_id, &after, &mark, NULL));
	g_assert_cmpint(after.seq, ==, before.seq + 3);
	assert_ledger_is_sound(test);
}

/* Wherever a fault strikes, until none does: what was answered as done is there, what was not is not, and
 * without the commit nobody is told that anything was done. */
static void
test_faults(void)
{
	g_autoptr(AppTest) test = start();
	bool was_hit = true, was_refused = false;

	for (unsigned n = 1; was_hit; n++) {
		const char *const keys[] = {"/xem/a", "/xem/b"};
		g_autofree char *value = g_strdup_printf("%u", n);
		g_auto(Group) group;
		int64_t version = version_of(test);
		unsigned n_done = 0;

		group_init(&group);
		group_add(&group, "/ghi/a", value);
		group_add(&group, "/ghi/b", value);
		woken = forgotten = 0;
		db_backend_fail_after(test->db, n);
		app_dispatch_group(&group.base, test->dispatcher);
		was_hit = test->db->fail_after == 0;
		db_backend_fail_after(test->db, 0);
		for (unsigned i = 0; i < group.n; i++) {
			bool is_done = group.responses[i].status == 303;
			g_autofree char *shown = NULL;

			app_test_get(test, keys[i], &shown);
			g_assert_true(is_done == (strcmp(shown, value) == 0));
			g_assert_true(is_done || i >= group.n_taken || group.responses[i].status == 500);
			n_done += is_done;
		}
		g_assert_cmpint(version_of(test), ==, version + (n_done > 0));
		if (forgotten > 0) {
			was_refused = true;
			g_assert_cmpuint(n_done, ==, 0);
			g_assert_cmpint(woken, ==, 0);
			g_assert_null(group.responses[0].location);
		}
		assert_ledger_is_sound(test);
		g_assert_cmpuint(n, <, 300);
	}
	g_assert_true(was_refused); /* the commit was among them */
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/groups/one-fails", test_one_fails);
	g_test_add_func("/groups/faults", test_faults);
	return g_test_run();
}
