/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/tests/accounts.h"
#include "storage/backend.h"

#include <string.h>

/* The rules of signing in: levels, values from a day on, and what they do. */

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
add(const Fixture *fixture, const char *login, IdentityKind kind)
{
	return accounts_add(fixture->test->app, fixture->arena,
	    &(IdentityNew){.login = login, .kind = kind, .password_hash = "$"});
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	fixture->admin = add(fixture, "quan-tri", IDENTITY_ADMIN);
	fixture->worker = add(fixture, "an", IDENTITY_WORK);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

/* Gives what is wrong; NULL: it was set. */
static const char *
set_rule(const Fixture *fixture, const char *rule, int64_t value, int32_t from)
{
	IdentityScope scope = scope_of(fixture);
	IdentityRuleChange change = {rule, value, from, "Quyết định số 12/QĐ-UBND"};
	g_autoptr(GError) error = NULL;
	const char *problem;

	identity_set_rule(&scope, &change, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

static const char *
set_level(const Fixture *fixture, int64_t level, int32_t from)
{
	IdentityScope scope = scope_of(fixture);
	IdentityLevel to = {level, from, "Quyết định số 15/QĐ-UBND"};
	g_autoptr(GError) error = NULL;
	const char *problem;

	identity_set_level(&scope, &to, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

static const IdentityRule *
rule_on(const Fixture *fixture, int32_t day, const char *rule)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const IdentityRule *found;

	g_assert_true(identity_rules_on(&scope, day, 0, rules, &error));
	found = identity_rule_in(rules, rule);
	g_assert_nonnull(found);
	return found;
}

static int64_t
value_on(const Fixture *fixture, int32_t day, const char *rule)
{
	return rule_on(fixture, day, rule)->value;
}

/* What is in force where nobody has decided anything, with its source. */
static void
test_level_2(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *rule;
		int64_t value;
	} EXPECTED[] = {{"idle_minutes", 15}, {"admin_idle_minutes", 5}, {"session_hours", 12},
	    {"failures_max", 5}, {"unused_days", 45}, {"password_length", 14}, {"password_length_totp", 8},
	    {"password_history", 10}, {"admin_password_days", 0}, {"totp_admin", 1}, {"totp_all", 0}};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(EXPECTED); i++) {
		const IdentityRule *rule = rule_on(fixture, APP_TEST_TODAY, EXPECTED[i].rule);

		g_assert_cmpint(rule->value, ==, EXPECTED[i].value);
		g_assert_cmpstr(rule->source, !=, "");
	}
}

/* A value counts from its day on, and never before. */
static void
test_from_a_day_on(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;
	IdentityRules rules;

	(void)unused;
	g_assert_null(set_rule(fixture, "idle_minutes", 10, APP_TEST_TODAY + 5));
	g_assert_null(set_rule(fixture, "idle_minutes", 7, APP_TEST_TODAY + 9));
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 4, "idle_minutes"), ==, 15);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 5, "idle_minutes"), ==, 10);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 8, "idle_minutes"), ==, 10);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 9, "idle_minutes"), ==, 7);
	g_assert_cmpstr(
	    rule_on(fixture, APP_TEST_TODAY + 9, "idle_minutes")->source, ==, "Quyết định số 12/QĐ-UBND");
	g_assert_true(identity_rules(&scope, &rules, &error));
	g_assert_cmpint(rules.idle_minutes, ==, 15);
	scope.now_us += 6 * INSTANT_DAY;
	g_assert_true(identity_rules(&scope, &rules, &error));
	g_assert_cmpint(rules.idle_minutes, ==, 10);
}

static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	g_assert_nonnull(
	    strstr(set_rule(fixture, "idle_minutes", 16, APP_TEST_TODAY), "yếu hơn yêu cầu của cấp độ"));
	g_assert_nonnull(
	    strstr(set_rule(fixture, "idle_minutes", 0, APP_TEST_TODAY), "trong khoảng 1 – 15 phút"));
	g_assert_nonnull(set_rule(fixture, "password_length", 13, APP_TEST_TODAY));
	g_assert_nonnull(set_rule(fixture, "password_length", 65, APP_TEST_TODAY));
	g_assert_nonnull(set_rule(fixture, "totp_admin", 0, APP_TEST_TODAY));
	g_assert_nonnull(set_rule(fixture, "totp_all", 2, APP_TEST_TODAY));
	g_assert_nonnull(set_rule(fixture, "failures_max", 6, APP_TEST_TODAY));
	g_assert_nonnull(set_rule(fixture, "log_months", 12, APP_TEST_TODAY));
	g_assert_nonnull(strstr(set_rule(fixture, "idle_minutes", 10, APP_TEST_TODAY - 1), "trước hôm nay"));
	g_assert_true(identity_set_rule(
	    &scope, &(IdentityRuleChange){"idle_minutes", 10, APP_TEST_TODAY, ""}, &problem, &error));
	g_assert_nonnull(strstr(problem, "căn cứ"));
	g_assert_false(identity_set_rule(
	    &scope, &(IdentityRuleChange){"khong-co", 10, APP_TEST_TODAY, "a"}, &problem, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY, "idle_minutes"), ==, 15);
	g_assert_nonnull(set_level(fixture, 1, APP_TEST_TODAY));
	g_assert_nonnull(set_level(fixture, 4, APP_TEST_TODAY));
	g_assert_nonnull(set_level(fixture, 3, APP_TEST_TODAY - 1));
}

/* The level tightens what is weaker, leaves what is stricter, and gives way again when it is lowered. */
static void
test_level_3(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	g_assert_null(set_rule(fixture, "idle_minutes", 8, APP_TEST_TODAY));
	g_assert_null(set_rule(fixture, "password_history", 3, APP_TEST_TODAY));
	g_assert_null(set_level(fixture, 3, APP_TEST_TODAY + 10));
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 9, "totp_all"), ==, 0);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 10, "totp_all"), ==, 1);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 10, "admin_password_days"), ==, 60);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 10, "password_history"), ==, 10);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 10, "idle_minutes"), ==, 8);
	g_assert_nonnull(set_rule(fixture, "admin_password_days", 90, APP_TEST_TODAY + 10));
	g_assert_nonnull(set_rule(fixture, "admin_password_days", 0, APP_TEST_TODAY + 10));
	g_assert_null(set_rule(fixture, "admin_password_days", 30, APP_TEST_TODAY + 10));
	g_assert_null(set_level(fixture, 2, APP_TEST_TODAY + 20));
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 20, "totp_all"), ==, 0);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 20, "password_history"), ==, 3);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 20, "admin_password_days"), ==, 30);
}

/* What a switch would change, and for whom, before anything is changed. */
static void
test_preview(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	static const uint8_t SECRET[IDENTITY_TOTP_BYTES] = {1};
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	g_auto(IdentityLevelPreview) preview = {0};
	g_autoptr(GError) error = NULL;
	const char *problem;
	unsigned n_changed = 0;

	(void)unused;
	g_assert_true(identity_set_totp(&scope, fixture->admin, SECRET, 0, codes, &error));
	g_assert_true(
	    identity_set_enabled(&scope, add(fixture, "da-nghi", IDENTITY_WORK), false, &problem, &error));
	g_assert_true(identity_preview_level(&scope, 3, APP_TEST_TODAY + 61, &preview, &error));
	g_assert_no_error(error);
	g_assert_cmpint(preview.n_accounts, ==, 2);
	g_assert_cmpuint(preview.needs_totp->len, ==, 1);
	g_assert_cmpint(((IdentityAccount *)preview.needs_totp->pdata[0])->account_id, ==, fixture->worker);
	g_assert_cmpuint(preview.old_password->len, ==, 1);
	g_assert_cmpint(((IdentityAccount *)preview.old_password->pdata[0])->account_id, ==, fixture->admin);
	for (guint i = 0; i < preview.rules_after->len; i++)
		n_changed += ((IdentityRule *)preview.rules_before->pdata[i])->value !=
			     ((IdentityRule *)preview.rules_after->pdata[i])->value;
	g_assert_cmpuint(n_changed, ==, 2);
	g_assert_cmpint(value_on(fixture, APP_TEST_TODAY + 61, "totp_all"), ==, 0);
}

static void
run_sql(const Fixture *fixture, const char *sql)
{
	const DbScript script = {.sqlite = sql, .pg = sql};
	g_autoptr(GError) error = NULL;

	fixture->test->db->backend->run_script(fixture->test->db, &script, &error);
	g_assert_no_error(error);
}

static unsigned
count_problems(const Fixture *fixture)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	g_assert_true(app_verify(fixture->test->app, &report, &error));
	g_assert_no_error(error);
	return report.problems->len;
}

/* Who set what and when is in the ledger, and a value that was slipped into the store is found. */
static void
test_ledger(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const IdentityRuleEvent *event;

	(void)unused;
	g_assert_null(set_rule(fixture, "idle_minutes", 10, APP_TEST_TODAY));
	g_assert_null(set_rule(fixture, "idle_minutes", 9, APP_TEST_TODAY + 1));
	g_assert_null(set_level(fixture, 3, APP_TEST_TODAY + 1));
	g_assert_true(
	    identity_rule_history(&scope, rule_on(fixture, APP_TEST_TODAY, "idle_minutes"), events, &error));
	g_assert_cmpuint(events->len, ==, 2);
	event = g_ptr_array_index(events, 0);
	g_assert_cmpstr(event->who, ==, "người thử");
	g_assert_cmpstr(event->what, ==,
	    "10 phút từ ngày 15/12/2026 (Quyết định số 12/QĐ-UBND); 9 phút từ ngày 16/12/2026 (Quyết định số "
	    "12/QĐ-UBND)");
	g_assert_cmpuint(count_problems(fixture), ==, 0);
	run_sql(fixture, "UPDATE identity_rule_value SET value = 15 WHERE value = 9");
	g_assert_cmpuint(count_problems(fixture), ==, 1);
	run_sql(fixture, "DELETE FROM identity_rule_value");
	run_sql(fixture, "DELETE FROM identity_level");
	g_assert_cmpuint(count_problems(fixture), ==, 2);
}

/* Secrets of second factors are no use without the key, and those of before are sealed. */
static void
test_sealed(Fixture *fixture, gconstpointer unused)
{
	static const uint8_t SECRET[IDENTITY_TOTP_BYTES] = "1234567890123456789";
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	uint8_t secret[IDENTITY_TOTP_BYTES];
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	IdentityAccount account;
	unsigned n;

	(void)unused;
	g_assert_true(identity_set_totp(&scope, fixture->admin, SECRET, 0, codes, &error));
	g_assert_true(identity_find(&scope, fixture->admin, &account, &error));
	g_assert_cmpuint(account.totp_len, ==, IDENTITY_SEALED_BYTES);
	g_assert_null(memmem(account.totp, account.totp_len, SECRET, 6));
	g_assert_true(identity_open_totp(&scope, &account, secret, &error));
	g_assert_cmpint(memcmp(secret, SECRET, sizeof(secret)), ==, 0);
	account.account_id = fixture->worker; /* somebody put it into another row */
	g_assert_false(identity_open_totp(&scope, &account, secret, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_clear_error(&error);

	g_assert_true(db_prepare(fixture->test->db, &IDENTITY_RESEAL_TOTP, &stmt, &error));
	db_bind_int(stmt, IDENTITY_RESEAL_TOTP_P_COMMUNE_ID, scope.commune_id);
	db_bind_int(stmt, IDENTITY_RESEAL_TOTP_P_ACCOUNT_ID, fixture->worker);
	db_bind_bytes(stmt, IDENTITY_RESEAL_TOTP_P_TOTP_SECRET, SECRET, sizeof(SECRET));
	g_assert_true(db_run(stmt, &error));
	g_assert_true(identity_find(&scope, fixture->worker, &account, &error));
	g_assert_true(identity_open_totp(&scope, &account, secret, &error));
	g_assert_true(identity_seal_all(&scope, &n, &error));
	g_assert_cmpuint(n, ==, 1);
	g_assert_true(identity_seal_all(&scope, &n, &error));
	g_assert_cmpuint(n, ==, 0);
	g_assert_true(identity_find(&scope, fixture->worker, &account, &error));
	g_assert_cmpuint(account.totp_len, ==, IDENTITY_SEALED_BYTES);
	g_assert_true(identity_open_totp(&scope, &account, secret, &error));
	g_assert_cmpint(memcmp(secret, SECRET, sizeof(secret)), ==, 0);
	g_assert_true(identity_clear_sealed(&scope, &n, &error));
	g_assert_cmpuint(n, ==, 2);
}

static void
test_demands(Fixture *fixture, gconstpointer unused)
{
	IdentityRules rules = {.password_length = 14,
	    .password_length_totp = 8,
	    .password_history = 10,
	    .admin_password_days = 60};
	g_autoptr(GPtrArray) demands = g_ptr_array_new();

	(void)unused;
	identity_password_demands(
	    &rules, &(IdentityAccount){.kind = IDENTITY_ADMIN, .has_totp = true}, fixture->arena, demands);
	g_assert_cmpstr(demands->pdata[0], ==, "Ít nhất 8 ký tự.");
	g_assert_nonnull(strstr(demands->pdata[demands->len - 1], "60 ngày"));
	g_assert_false(identity_password_is_old(&rules, 0, 60 * INSTANT_DAY));
	g_assert_true(identity_password_is_old(&rules, 0, 61 * INSTANT_DAY));
	rules.admin_password_days = 0;
	g_assert_false(identity_password_is_old(&rules, 0, 6100 * INSTANT_DAY));
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("/identity/rules/level-2", test_level_2);
	ADD("/identity/rules/from-a-day-on", test_from_a_day_on);
	ADD("/identity/rules/refusals", test_refusals);
	ADD("/identity/rules/level-3", test_level_3);
	ADD("/identity/rules/preview", test_preview);
	ADD("/identity/rules/ledger", test_ledger);
	ADD("/identity/rules/demands", test_demands);
	ADD("/identity/sealed", test_sealed);
	return g_test_run();
}
