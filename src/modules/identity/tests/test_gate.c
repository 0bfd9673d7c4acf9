/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/context.h"
#include "app/plan_access.h"
#include "app/testing.h"
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/tests/accounts.h"
#include "storage/backend.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the gate remembers of a session never outlives a change, whichever process makes it. */

#define UNIT "Văn phòng"

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t account_id, person_id, session_id;
	char *cookie;
} Fixture;

static int64_t
add(const Fixture *fixture, const char *login, IdentityKind kind, const char *role)
{
	return accounts_add(fixture->test->app, fixture->arena,
	    &(IdentityNew){.login = login,
		.name = "Người Dùng",
		.position = "Chuyên viên",
		.unit = UNIT,
		.kind = kind,
		.role = role});
}

static AppVisitor
recognise(Fixture *fixture)
{
	HttpRequest request = {.arena = fixture->arena, .cookies = fixture->cookie};
	g_autoptr(GError) error = NULL;
	AppVisitor visitor;

	IDENTITY_GATE.recognise(fixture->test->db, fixture->test->commune_id, app_now_us(fixture->test->app),
	    &request, &visitor, &error);
	g_assert_no_error(error);
	return visitor;
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	const IdentityOrigin origin = {"127.0.0.1", "kiểm thử"};
	char token[SECRET_TEXT_SIZE];
	g_autoptr(GError) error = NULL;
	IdentityResult result;
	IdentityScope scope;
	AppVisitor visitor;

	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	add(fixture, "quan-tri", IDENTITY_ADMIN, NULL);
	fixture->account_id = add(fixture, "an", IDENTITY_WORK, "kiem-tra");
	scope = accounts_scope(fixture->test->app, fixture->arena);
	identity_sign_in_by(
	    &scope, fixture->account_id, IDENTITY_FACTOR_LOCAL, &origin, &result, token, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result, ==, IDENTITY_OK);
	fixture->cookie = g_strdup_printf(IDENTITY_COOKIE "=%s", token);
	visitor = recognise(fixture);
	g_assert_cmpint(visitor.account_id, ==, fixture->account_id);
	g_assert_true(app_visitor_may(&visitor, APP_UPDATE)); /* by the post in the unit */
	g_assert_false(app_visitor_may(&visitor, APP_ROLES));
	fixture->session_id = visitor.session_id;
	fixture->person_id = visitor.person_id;
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
	g_free(fixture->cookie);
}

typedef bool (*Deed)(
    const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error);

/* Does something in a process of its own, as the command line does beside the server. */
static void
elsewhere(const Fixture *fixture, Deed deed)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		AppOptions options = fixture->test->app->options;
		g_autoptr(GError) error = NULL;
		const char *problem = NULL;
		IdentityScope scope;
		App *app = NULL;

		if (!app_open(&options, &app, &error))
			_exit(2);
		scope = accounts_scope(app, fixture->arena);
		if (deed(fixture, &scope, &problem, &error) && problem == NULL)
			_exit(0);
		fprintf(stderr, "%s\n", error != NULL ? error->message : problem);
		_exit(1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmpint(status, ==, 0);
}

static bool
end_session(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	bool is_ended;

	(void)ret_problem;
	return identity_end_session(scope, fixture->account_id, fixture->session_id, &is_ended, error) &&
	       is_ended;
}

static bool
take_role(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	return identity_grant(scope, fixture->account_id, "kiem-tra", false, ret_problem, error);
}

static bool
give_role(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	return identity_grant(scope, fixture->account_id, "lanh-dao", true, ret_problem, error);
}

static bool
disable(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	return identity_set_enabled(scope, fixture->account_id, false, ret_problem, error);
}

static bool
void_posts(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!identity_posts_of(scope, fixture->person_id, instant_day(scope->now_us), posts, error) ||
	    posts->len != 1)
		return false;
	return identity_post_void(
	    scope, ((const IdentityPost *)g_ptr_array_index(posts, 0))->post_id, ret_problem, error);
}

static bool
merge_unit(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	const AgencyScope agencies = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .today = instant_day(scope->now_us),
	    .actor = scope->actor,
	    .arena = scope->arena};
	const AgencyBasis basis = {
	    .day = agencies.today, .decision = "1/QĐ", .decision_day = DATE_NONE, .note = ""};
	const AgencyData data = {
	    .name = "Văn phòng chung", .short_name = "", .code = "", .kind = "phong-ban"};
	g_auto(AgencyOutcome) outcome = {0};
	int64_t olds[2];

	(void)fixture;
	return agency_enter_name(&agencies, UNIT, &olds[0], error) &&
	       agency_enter_name(&agencies, "Ban Tổ chức", &olds[1], error) &&
	       agency_merge(&agencies, &basis, olds, 2, 0, &data, &outcome, ret_problem, error);
}

static bool
run_by_hand(const IdentityScope *scope, const DbSql *sql, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, 1, scope->commune_id);
	return db_run(stmt, error) && db_changes(scope->db) > 0;
}

static bool
change_by_hand(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	static const DbSql TAKE = {.name = "take",
	    .sqlite = "DELETE FROM identity_role_permission WHERE commune_id = ?1 AND permission = 'inspect'",
	    .pg = "DELETE FROM identity_role_permission WHERE commune_id = $1 AND permission = 'inspect'",
	    .n_params = 1};

	(void)fixture;
	(void)ret_problem;
	return run_by_hand(scope, &TAKE, error);
}

static bool
shorten_idle(const Fixture *fixture, const IdentityScope *scope, const char **ret_problem, GError **error)
{
	static const DbSql SHORTEN = {.name = "shorten",
	    .sqlite = "UPDATE identity_rule SET value = 1 WHERE commune_id = ?1 AND rule = 'idle_minutes'",
	    .pg = "UPDATE identity_rule SET value = 1 WHERE commune_id = $1 AND rule = 'idle_minutes'",
	    .n_params = 1};

	(void)fixture;
	(void)ret_problem;
	return run_by_hand(scope, &SHORTEN, error);
}

static void
test_session_ends(Fixture *fixture, gconstpointer deed)
{
	elsewhere(fixture, *(const Deed *)deed);
	g_assert_cmpint(recognise(fixture).session_id, ==, 0);
}

static void
test_role_given(Fixture *fixture, gconstpointer unused)
{
	AppVisitor visitor;

	(void)unused;
	elsewhere(fixture, give_role);
	visitor = recognise(fixture);
	g_assert_true(app_visitor_may(&visitor, APP_ROLES));
}

static void
test_post_taken(Fixture *fixture, gconstpointer unused)
{
	AppVisitor visitor;

	(void)unused;
	elsewhere(fixture, void_posts);
	visitor = recognise(fixture);
	g_assert_cmpint(visitor.session_id, ==, fixture->session_id);
	g_assert_false(app_visitor_may(&visitor, APP_UPDATE));
}

static bool
acts_for(const AppVisitor *visitor, const char *agency)
{
	for (size_t i = 0; i < visitor->n_grants; i++)
		if (g_strcmp0(visitor->grants[i].agency_name, agency) == 0)
			return true;
	return false;
}

static void
test_unit_merged(Fixture *fixture, gconstpointer unused)
{
	AppVisitor visitor = recognise(fixture);

	(void)unused;
	g_assert_false(acts_for(&visitor, "Văn phòng chung"));
	elsewhere(fixture, merge_unit);
	visitor = recognise(fixture);
	g_assert_true(acts_for(&visitor, "Văn phòng chung"));
}

static void
test_by_hand(Fixture *fixture, gconstpointer unused)
{
	AppVisitor visitor = recognise(fixture);

	(void)unused;
	g_assert_true(app_visitor_may(&visitor, APP_INSPECT));
	elsewhere(fixture, change_by_hand);
	visitor = recognise(fixture);
	g_assert_cmpint(visitor.session_id, ==, fixture->session_id);
	g_assert_false(app_visitor_may(&visitor, APP_INSPECT));
}

/* What is remembered ends by time as what is read does. */
static void
test_idle(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_set_clock(fixture->test, 10 * 60 * INSTANT_SECOND);
	g_assert_cmpint(recognise(fixture).session_id, ==, fixture->session_id);
	elsewhere(fixture, shorten_idle);
	g_assert_cmpint(recognise(fixture).session_id, ==, 0);
}

static void
test_idle_of_itself(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_set_clock(fixture->test, 16 * 60 * INSTANT_SECOND);
	g_assert_cmpint(recognise(fixture).session_id, ==, 0);
}

/* What was seen inside a transaction that was rolled back counts for nothing. */
static void
test_rolled_back(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = accounts_scope(fixture->test->app, fixture->arena);
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	const char *problem;
	AppVisitor visitor;

	(void)unused;
	db_txn_begin(scope.db, &txn, &error);
	g_assert_no_error(error);
	give_role(fixture, &scope, &problem, &error);
	g_assert_no_error(error);
	visitor = recognise(fixture);
	g_assert_true(app_visitor_may(&visitor, APP_ROLES));
	g_clear_pointer(&txn, db_txn_free);
	visitor = recognise(fixture);
	g_assert_cmpint(visitor.session_id, ==, fixture->session_id);
	g_assert_false(app_visitor_may(&visitor, APP_ROLES));
}

/* A session that is known costs one look at the store: the second one would fail. */
static void
test_one_look(Fixture *fixture, gconstpointer unused)
{
	AppVisitor visitor;

	(void)unused;
	db_backend_fail_after(fixture->test->db, 2);
	visitor = recognise(fixture);
	db_backend_fail_after(fixture->test->db, 0);
	g_assert_cmpint(visitor.session_id, ==, fixture->session_id);
	g_assert_true(app_visitor_may(&visitor, APP_UPDATE));
	g_assert_cmpstr(visitor.name, ==, "Người Dùng");
	g_assert_nonnull(visitor.form_mark);
}

static const DbSql WATCHED = {.name = "watched",
    .sqlite = "SELECT t.name, (SELECT count(*) FROM sqlite_schema g WHERE g.type = 'trigger' AND g.tbl_name "
	      "= t.name "
	      "AND g.name LIKE '%\\_stamp%' ESCAPE '\\') FROM sqlite_schema t WHERE t.type = 'table'",
    .pg = "SELECT t.table_name, (SELECT count(*) FROM information_schema.triggers g WHERE "
	  "g.trigger_schema = t.table_schema AND g.event_object_table = t.table_name AND g.trigger_name LIKE "
	  "'%\\_stamp%') FROM information_schema.tables t WHERE t.table_schema = current_schema()"};

static bool
names_table(const char *text, const char *table)
{
	g_autofree char *pattern = g_strdup_printf("\\b%s\\b", table);

	return g_regex_match_simple(pattern, text, 0, 0);
}

/* A table that one of the gate's statements comes to read without its triggers would be remembered for ever.
 */
static void
test_watched(Fixture *fixture, gconstpointer unused)
{
	static const DbSql *const READ[] = {&IDENTITY_FIND_SESSION, &IDENTITY_ACCOUNT_GRANTS,
	    &IDENTITY_LIST_RULES, &IDENTITY_FIND_LEVEL, &IDENTITY_LIST_DUTIES};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	unsigned n_watched = 0;
	bool has_row;

	(void)unused;
	g_assert_true(db_prepare(fixture->test->db, &WATCHED, &stmt, &error));
	while (db_step(stmt, &has_row, &error) && has_row)
		for (size_t i = 0; i < G_N_ELEMENTS(READ); i++) {
			if (!names_table(READ[i]->sqlite, db_column_text(stmt, 0)))
				continue;
			g_test_message("%s: %s", READ[i]->name, db_column_text(stmt, 0));
			g_assert_cmpint(db_column_int(stmt, 1), >, 0);
			n_watched++;
		}
	g_assert_no_error(error);
	g_assert_cmpuint(n_watched, >=, 16);
}

int
main(int argc, char **argv)
{
	static const Deed ENDS = end_session, TAKES = take_role, DISABLES = disable;

	g_test_init(&argc, &argv, NULL);
#define ADD(name, data, test) g_test_add("/identity/gate/" name, Fixture, data, set_up, test, tear_down)
	ADD("session-ended-elsewhere", &ENDS, test_session_ends);
	ADD("role-taken-elsewhere", &TAKES, test_session_ends);
	ADD("account-disabled-elsewhere", &DISABLES, test_session_ends);
	ADD("role-given-elsewhere", NULL, test_role_given);
	ADD("post-taken-elsewhere", NULL, test_post_taken);
	ADD("unit-merged-elsewhere", NULL, test_unit_merged);
	ADD("changed-by-hand", NULL, test_by_hand);
	ADD("idle-by-a-new-rule", NULL, test_idle);
	ADD("idle", NULL, test_idle_of_itself);
	ADD("rolled-back", NULL, test_rolled_back);
	ADD("one-look", NULL, test_one_look);
	ADD("watched", NULL, test_watched);
	return g_test_run();
}
