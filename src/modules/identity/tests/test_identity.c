/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/date.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/tests/accounts.h"

#include <string.h>

/* The rules about accounts, without pages. */

static int64_t
add(const IdentityScope *scope, const char *login, IdentityKind kind, const char **ret_problem)
{
	g_autofree char *hash = secret_hash_password("Mật khẩu 1 của tôi");
	g_autoptr(GError) error = NULL;
	int64_t account_id = 0;

	g_assert_true(identity_add(scope,
	    &(IdentityNew){.login = login,
		.name = "Người Dùng",
		.position = "",
		.unit = "",
		.kind = kind,
		.password_hash = hash},
	    &account_id, ret_problem, &error));
	g_assert_no_error(error);
	return account_id;
}

/* RFC 6238, appendix B, SHA-1. */
static void
test_totp_vectors(void)
{
	static const struct {
		int64_t seconds;
		uint32_t code;
	} CASES[] = {{59, 94287082}, {1111111109, 7081804}, {1111111111, 14050471}, {1234567890, 89005924},
	    {2000000000, 69279037}, {INT64_C(20000000000), 65353130}};
	static const uint8_t SECRET[] = "12345678901234567890";

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpuint(identity_totp_code(SECRET, 20, CASES[i].seconds / 30, 8), ==, CASES[i].code);
}

static void
test_totp_match(void)
{
	static const uint8_t SECRET[] = "12345678901234567890";
	int64_t now_us = 1111111111 * INSTANT_SECOND, step = 1111111111 / 30;

	g_assert_cmpint(identity_totp_match(SECRET, now_us, 0, "050471"), ==, step);
	g_assert_cmpint(identity_totp_match(SECRET, now_us + 30 * INSTANT_SECOND, 0, "050471"), ==, step);
	g_assert_cmpint(identity_totp_match(SECRET, now_us + 60 * INSTANT_SECOND, 0, "050471"), ==, 0);
	g_assert_cmpint(identity_totp_match(SECRET, now_us, step, "050471"), ==, 0);
	g_assert_cmpint(identity_totp_match(SECRET, now_us, 0, "50471"), ==, 0);
	g_assert_cmpint(identity_totp_match(SECRET, now_us, 0, ""), ==, 0);
}

static void
test_base32(void)
{
	g_autoptr(Arena) arena = arena_new();
	uint8_t back[IDENTITY_TOTP_BYTES];
	const char *text = identity_base32((const uint8_t *)"12345678901234567890", 20, arena);

	g_assert_cmpstr(text, ==, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	g_assert_cmpstr(identity_base32((const uint8_t *)"f", 1, arena), ==, "MY");
	g_assert_true(identity_base32_decode(text, back));
	g_assert_cmpint(memcmp(back, "12345678901234567890", sizeof(back)), ==, 0);
	g_assert_false(identity_base32_decode("GEZDGNBV", back));
	g_assert_false(identity_base32_decode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", back));
}

static void
test_passwords(void)
{
	static const struct {
		const char *password;
		bool has_totp, is_good;
	} CASES[] = {{"Dài đủ 14 ký tự!", false, true}, {"Ngắn-quá-1", false, false},
	    {"toàn chữ thường thôi", false, false}, {"Không-có-chữ-số-nào", false, false},
	    {"12345678", true, true}, {"1234567", true, false}, {"An.Nguyen-2026-abc", false, false}};
	g_autoptr(Arena) arena = arena_new();
	const IdentityRules rules = {.password_length = 14, .password_length_totp = 8};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		IdentityAccount account = {.login = "an.nguyen", .has_totp = CASES[i].has_totp};

		g_test_message("%s", CASES[i].password);
		g_assert_true((identity_password_check(&rules, &account, CASES[i].password, arena) == NULL) ==
			      CASES[i].is_good);
	}
	for (int i = 0; i < 200; i++)
		g_assert_null(identity_password_check(
		    &rules, &(IdentityAccount){.login = "an.nguyen"}, identity_password_make(arena), arena));
}

static void
test_first_admin_closes(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;
	bool is_closed;
	int64_t admin;

	g_assert_true(identity_is_closed(test->db, test->commune_id, &is_closed, &error));
	g_assert_false(is_closed);
	add(&scope, "tac-nghiep", IDENTITY_WORK, &problem);
	g_assert_null(problem);
	g_assert_true(identity_is_closed(test->db, test->commune_id, &is_closed, &error));
	g_assert_false(is_closed);
	admin = add(&scope, "quan-tri", IDENTITY_ADMIN, &problem);
	g_assert_true(identity_is_closed(test->db, test->commune_id, &is_closed, &error));
	g_assert_true(is_closed);
	/* Nobody is let in by taking the last administrator away. */
	g_assert_true(identity_set_enabled(&scope, admin, false, &problem, &error));
	g_assert_nonnull(problem);
	g_assert_true(identity_grant(&scope, admin, IDENTITY_ADMIN_ROLE, false, &problem, &error));
	g_assert_nonnull(problem);
	add(&scope, "quan-tri-2", IDENTITY_ADMIN, &problem);
	g_assert_true(identity_set_enabled(&scope, admin, false, &problem, &error));
	g_assert_null(problem);
	g_assert_no_error(error);
}

static void
test_add_refusals(void)
{
	static const char *const LOGINS[] = {"", "Có Dấu", "a b", "A", "a'--", "<b>"};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;
	int64_t worker;

	for (size_t i = 0; i < G_N_ELEMENTS(LOGINS); i++) {
		add(&scope, LOGINS[i], IDENTITY_WORK, &problem);
		g_assert_nonnull(problem);
	}
	worker = add(&scope, "an", IDENTITY_WORK, &problem);
	g_assert_null(problem);
	add(&scope, "an", IDENTITY_WORK, &problem);
	g_assert_cmpstr(problem, ==, "Đã có tài khoản với tên đăng nhập này.");
	g_assert_true(identity_grant(&scope, worker, IDENTITY_ADMIN_ROLE, true, &problem, &error));
	g_assert_nonnull(problem);
	g_assert_true(identity_grant(&scope, worker, "khong-co", true, &problem, &error));
	g_assert_nonnull(problem);
	g_assert_true(identity_grant(&scope, worker, "thuong-truc", true, &problem, &error));
	g_assert_null(problem);
	g_assert_no_error(error);
}

static IdentityResult
sign_in(IdentityScope *scope, const char *login, const char *password, const char *code)
{
	static const IdentityOrigin ORIGIN = {"192.0.2.7", "thử"};
	g_autoptr(GError) error = NULL;
	IdentityAttempt attempt;
	IdentityResult result;
	char token[SECRET_TEXT_SIZE];

	g_assert_true(identity_attempt(scope, login, password, code, &attempt, &error));
	g_assert_true(identity_sign_in(scope, &attempt, &ORIGIN, &result, token, &error));
	g_assert_no_error(error);
	return result;
}

#define RIGHT "Mật khẩu 1 của tôi"

static void
test_lockout(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;

	add(&scope, "an", IDENTITY_WORK, &problem);
	for (int i = 0; i < 4; i++)
		g_assert_cmpint(sign_in(&scope, "an", "sai", ""), ==, IDENTITY_WRONG);
	g_assert_cmpint(sign_in(&scope, "AN", RIGHT, ""), ==, IDENTITY_OK); /* counting begins anew */
	for (int i = 0; i < 5; i++)
		g_assert_cmpint(sign_in(&scope, "an", "sai", ""), ==, IDENTITY_WRONG);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_LOCKED);
	scope.now_us += 14 * 60 * INSTANT_SECOND;
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_LOCKED);
	scope.now_us += 60 * INSTANT_SECOND;
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_OK);
	g_assert_cmpint(sign_in(&scope, "khong-co", RIGHT, ""), ==, IDENTITY_WRONG);
}

static void
test_unused(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;
	int64_t account_id = add(&scope, "an", IDENTITY_WORK, &problem);

	scope.now_us += 45 * INSTANT_DAY;
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_OK);
	scope.now_us += 45 * INSTANT_DAY + 1;
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_UNUSED);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_DISABLED);
	g_assert_true(identity_set_enabled(&scope, account_id, true, &problem, &error));
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_OK);
}

static void
test_second_factor(void)
{
	static const uint8_t SECRET[] = "12345678901234567890";
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;
	int64_t account_id = add(&scope, "an", IDENTITY_WORK, &problem);
	int64_t step = scope.now_us / (30 * INSTANT_SECOND);
	g_autofree char *code = g_strdup_printf("%06u", identity_totp_code(SECRET, 20, step, 6));

	g_assert_true(identity_set_totp(&scope, account_id, SECRET, step - 1, codes, &error));
	g_assert_cmpuint(codes->len, ==, 10);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_WRONG);
	g_assert_cmpint(sign_in(&scope, "an", "sai", code), ==, IDENTITY_WRONG);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, code), ==, IDENTITY_OK);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, code), ==, IDENTITY_WRONG); /* a code counts once */
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, g_ptr_array_index(codes, 3)), ==, IDENTITY_OK);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, g_ptr_array_index(codes, 3)), ==, IDENTITY_WRONG);
	g_assert_true(identity_clear_totp(&scope, account_id, &error));
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, ""), ==, IDENTITY_OK);
	g_assert_cmpint(sign_in(&scope, "an", RIGHT, g_ptr_array_index(codes, 4)), ==, IDENTITY_OK);
}

/* Somebody changed the password while an old one was being checked. */
static void
test_overtaken(void)
{
	static const IdentityOrigin ORIGIN = {"192.0.2.7", "thử"};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *hash = secret_hash_password("mật khẩu khác");
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	IdentityAttempt attempt;
	IdentityResult result;
	const char *problem;
	int64_t account_id = add(&scope, "an", IDENTITY_WORK, &problem);
	char token[SECRET_TEXT_SIZE];

	g_assert_true(identity_attempt(&scope, "an", RIGHT, "", &attempt, &error));
	g_assert_true(identity_set_password(&scope, account_id, hash, false, 0, &error));
	g_assert_true(identity_sign_in(&scope, &attempt, &ORIGIN, &result, token, &error));
	g_assert_cmpint(result, ==, IDENTITY_WRONG);
}

static bool
count_row(void *data, const LedgerRow *row)
{
	GHashTable *seen = data;

	if (g_str_has_prefix(row->object, "account/"))
		g_hash_table_add(seen, g_strconcat(row->object, row->after, NULL));
	g_assert_null(strstr(row->after != NULL ? row->after : "", "argon2"));
	return true;
}

static void
test_ledger(void)
{
	static const char *const ROWS[] = {
	    ("account/1{\"login\":\"an\",\"name\":\"Người "
	     "Dùng\",\"position\":\"\",\"unit\":\"\",\"kind\":\"tac-nghiep\"}"),
	    "account/1{\"role_given\":\"kiem-tra\"}",
	    "account/1{\"result\":\"wrong\",\"method\":\"password\",\"agent\":\"thử\"}",
	    "account/1{\"result\":\"signed_in\",\"method\":\"password\",\"agent\":\"thử\"}",
	    "account/0{\"result\":\"unknown\",\"agent\":\"thử\"}",
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	IdentityScope scope = accounts_scope(test->app, arena);
	const char *problem;
	int64_t account_id = add(&scope, "an", IDENTITY_WORK, &problem);

	g_assert_true(identity_grant(&scope, account_id, "kiem-tra", true, &problem, &error));
	sign_in(&scope, "an", "sai", "");
	sign_in(&scope, "an", RIGHT, "");
	sign_in(&scope, "khong-co", RIGHT, "");
	g_assert_true(ledger_walk(test->db, test->commune_id, count_row, seen, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		g_test_message("%s", ROWS[i]);
		g_assert_true(g_hash_table_contains(seen, ROWS[i]));
	}
	g_assert_true(ledger_verify(test->db, test->commune_id, NULL, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

static void
test_rate(void)
{
	bool is_allowed = true;

	identity_rate_reset();
	for (int i = 0; i < 30; i++)
		g_assert_true(identity_rate_allows("192.0.2.1"));
	is_allowed = identity_rate_allows("192.0.2.1");
	g_assert_false(is_allowed);
	g_assert_true(identity_rate_allows("192.0.2.2"));
	identity_rate_reset();
	g_assert_true(identity_rate_allows("192.0.2.1"));
	identity_rate_reset();
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/identity/totp/rfc-6238", test_totp_vectors);
	g_test_add_func("/identity/totp/match", test_totp_match);
	g_test_add_func("/identity/totp/base32", test_base32);
	g_test_add_func("/identity/passwords", test_passwords);
	g_test_add_func("/identity/first-admin-closes", test_first_admin_closes);
	g_test_add_func("/identity/add-refusals", test_add_refusals);
	g_test_add_func("/identity/lockout", test_lockout);
	g_test_add_func("/identity/unused", test_unused);
	g_test_add_func("/identity/second-factor", test_second_factor);
	g_test_add_func("/identity/overtaken", test_overtaken);
	g_test_add_func("/identity/ledger", test_ledger);
	g_test_add_func("/identity/rate", test_rate);
	return g_test_run();
}
