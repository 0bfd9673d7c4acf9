/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity_people.h"
#include "storage/txn.h"

#include <string.h>

#define TODAY APP_TEST_TODAY

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	IdentityScope scope;
	AgencyScope units;
	AgencyBook book;
	const char *problem;
	GError *error;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	f->test = app_test_new(APP_MODULES);
	f->arena = arena_new();
	f->scope = (IdentityScope){.db = f->test->db,
	    .commune_id = f->test->commune_id,
	    .now_us = TODAY * INSTANT_DAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = f->arena};
	f->units =
	    (AgencyScope){f->scope.db, f->scope.commune_id, f->scope.now_us, TODAY, f->scope.actor, f->arena};
}

static guint
count_problems(Fixture *f)
{
	g_auto(LedgerReport) report = {0};

	app_verify(f->test->app, &report, &f->error);
	g_assert_no_error(f->error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	return report.problems->len;
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	g_assert_cmpuint(count_problems(f), ==, 0);
	arena_free(f->arena);
	app_test_free(f->test);
}

static const AgencyBook *
book_of(Fixture *f)
{
	agency_book_read(f->scope.db, f->scope.commune_id, f->arena, &f->book, &f->error);
	g_assert_no_error(f->error);
	return &f->book;
}

static int64_t
add_unit(Fixture *f, const char *name)
{
	const AgencyBasis basis = {
	    .day = AGENCY_SINCE_EVER, .decision = "", .decision_day = DATE_NONE, .note = ""};
	const AgencyData data = {.name = name, .short_name = "", .code = "", .kind = "phong-ban"};
	int64_t agency_id = 0;

	agency_add(&f->units, &basis, &data, &agency_id, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	return agency_id;
}

static int64_t
add_person(Fixture *f, const char *name)
{
	IdentityPerson person = {
	    .name = name, .email = "thu@binhnguyet.example", .phone = "0900 000 000", .other_contact = ""};

	identity_person_add(&f->scope, &person, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	return person.person_id;
}

static int64_t
begin_post(Fixture *f, int64_t person, int64_t agency, const char *position, bool is_main, int32_t from)
{
	IdentityPost post = {.person_id = person,
	    .agency_id = agency,
	    .position = position,
	    .rank = identity_rank_guess(position),
	    .is_main = is_main,
	    .valid_from = from,
	    .valid_to = DATE_NONE};

	identity_post_begin(&f->scope, &post, &f->problem, &f->error);
	g_assert_no_error(f->error);
	return post.post_id;
}

/* "Tên (đơn vị)|…" of the posts of a person on a day. */
static void
assert_posts(Fixture *f, int64_t person, int32_t day, const char *expected)
{
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GString) text = g_string_new(NULL);

	book_of(f);
	identity_posts_of(&f->scope, person, day, posts, &f->error);
	g_assert_no_error(f->error);
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);

		g_string_append_printf(text, "%s%s (%s)", i > 0 ? "|" : "", post->position,
		    agency_name_at(&f->book, post->agency_id, day));
	}
	g_assert_cmpstr(text->str, ==, expected);
}

static const char *
head_name(Fixture *f, int64_t agency, int32_t day)
{
	const IdentityPost *post;

	identity_head_of(&f->scope, book_of(f), agency, day, &post, &f->error);
	g_assert_no_error(f->error);
	return post != NULL ? post->person_name : NULL;
}

/* One person in two units at once: a main post and a concurrent one. */
static void
test_two_units(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng Văn hóa - Xã hội"), b = add_unit(f, "Tổ giúp việc"),
		person = add_person(f, "Trần Thị Thử");
	IdentityRank rank;

	begin_post(f, person, b, "Tổ trưởng", false, TODAY - 5);
	begin_post(f, person, a, "Phó Trưởng phòng", true, TODAY - 100);
	g_assert_null(f->problem);
	assert_posts(f, person, TODAY, "Phó Trưởng phòng (Phòng Văn hóa - Xã hội)|Tổ trưởng (Tổ giúp việc)");
	assert_posts(f, person, TODAY - 6, "Phó Trưởng phòng (Phòng Văn hóa - Xã hội)");
	assert_posts(f, person, TODAY - 101, "");
	identity_rank_in(&f->scope, &f->book, person, b, TODAY, &rank, &f->error);
	g_assert_cmpint(rank, ==, IDENTITY_HEAD);
	identity_rank_in(&f->scope, &f->book, person, a, TODAY, &rank, &f->error);
	g_assert_cmpint(rank, ==, IDENTITY_DEPUTY);
	identity_rank_in(&f->scope, &f->book, person, a, TODAY - 101, &rank, &f->error);
	g_assert_cmpint(rank, ==, IDENTITY_RANK_MAX);
	begin_post(f, person, b, "Thư ký", true, TODAY);
	g_assert_nonnull(strstr(f->problem, "vị trí chính"));
}

/* A hand-over ends one post and begins the next, without a gap and without both. */
static void
test_hand_over(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t unit = add_unit(f, "Phòng Kinh tế"), old = add_person(f, "Lê Văn Trước"),
		next = add_person(f, "Phạm Thị Sau");
	int64_t post = begin_post(f, old, unit, "Trưởng phòng", true, TODAY - 100);

	identity_post_hand_over(&f->scope, post, next, TODAY - 10, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	g_assert_cmpstr(head_name(f, unit, TODAY - 11), ==, "Lê Văn Trước");
	g_assert_cmpstr(head_name(f, unit, TODAY - 10), ==, "Phạm Thị Sau");
	assert_posts(f, old, TODAY, "");
	identity_post_hand_over(&f->scope, post, old, TODAY, &f->problem, &f->error);
	g_assert_nonnull(f->problem);
}

/* People of units that were merged are people of what they became. */
static void
test_merged_units(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng A"), b = add_unit(f, "Phòng B"), c, n;
	int64_t chief = add_person(f, "Trưởng A"), member = add_person(f, "Viên chức B");
	const AgencyData new_unit = {.name = "Phòng AB", .short_name = "", .code = "", .kind = ""};
	const AgencyBasis basis = {
	    .day = TODAY, .decision = "1/QĐ-UBND", .decision_day = DATE_NONE, .note = ""};
	g_auto(AgencyOutcome) outcome = {0};
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	IdentityRank rank;

	begin_post(f, chief, a, "Trưởng phòng", true, TODAY - 50);
	begin_post(f, member, b, "Chuyên viên", true, TODAY - 50);
	agency_merge(
	    &f->units, &basis, (const int64_t[]){a, b}, 2, 0, &new_unit, &outcome, &f->problem, &f->error);
	g_assert_no_error(f->error);
	c = g_array_index(outcome.agency_ids, int64_t, 0);
	identity_people_of(&f->scope, book_of(f), c, TODAY, people, &f->error);
	g_assert_cmpuint(people->len, ==, 2);
	identity_posts_move(&f->scope, a, c, outcome.change_no, TODAY, true, &n, &f->error);
	g_assert_cmpint(n, ==, 1);
	assert_posts(f, chief, TODAY - 1, "Trưởng phòng (Phòng A)");
	assert_posts(f, chief, TODAY, "Trưởng phòng (Phòng AB)");
	g_assert_null(head_name(f, c, TODAY));
	g_assert_cmpstr(head_name(f, a, TODAY - 1), ==, "Trưởng A");
	identity_rank_in(&f->scope, &f->book, member, a, TODAY, &rank, &f->error);
	g_assert_cmpint(rank, ==, IDENTITY_MEMBER);
	identity_posts_move_back(&f->scope, outcome.change_no, &f->error);
	g_assert_no_error(f->error);
	agency_undo(&f->units, outcome.change_no, "ghi nhầm", &f->problem, &f->error);
	g_assert_null(f->problem);
	assert_posts(f, chief, TODAY, "Trưởng phòng (Phòng A)");
	g_assert_cmpstr(head_name(f, a, TODAY), ==, "Trưởng A");
}

static void
test_refusals(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	static const struct {
		const char *name, *email, *phone;
	} BAD[] = {{"", "", ""}, {"A", "khong-phai-thu", ""}, {"A", "a@b", ""}, {"A", "", "12"},
	    {"A", "", "số điện thoại"}, {"A", "a b@c.vn", ""}};
	int64_t unit = add_unit(f, "Phòng A"), person = add_person(f, "Người Một"), post;

	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		IdentityPerson bad = {
		    .name = BAD[i].name, .email = BAD[i].email, .phone = BAD[i].phone, .other_contact = ""};

		identity_person_add(&f->scope, &bad, &f->problem, &f->error);
		g_assert_nonnull(f->problem);
	}
	begin_post(f, person, 999, "Trưởng phòng", true, TODAY);
	g_assert_nonnull(f->problem);
	post = begin_post(f, person, unit, "Trưởng phòng", true, TODAY);
	g_assert_null(f->problem);
	identity_post_end(&f->scope, post, TODAY - 1, &f->problem, &f->error);
	g_assert_nonnull(f->problem);
	identity_post_void(&f->scope, post, &f->problem, &f->error);
	g_assert_null(f->problem);
	assert_posts(f, person, TODAY, "");
}

/* The unit that an account's form names in words becomes a post; one that nobody knows is entered to be
 * confirmed. */
static void
test_account_words(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	const IdentityNew account = {.login = "thu.tt",
	    .name = "Trần Thị Thử",
	    .position = "Trưởng phòng",
	    .unit = "Phòng Mới",
	    .kind = IDENTITY_WORK,
	    .password_hash = "x",
	    .must_change = true};
	IdentityAccount found;
	int64_t account_id;

	identity_add(&f->scope, &account, &account_id, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	identity_find(&f->scope, account_id, &found, &f->error);
	assert_posts(f, found.person_id, TODAY, "Trưởng phòng (Phòng Mới)");
	g_assert_cmpstr(found.unit, ==, "Phòng Mới");
	g_assert_cmpint(f->book.units[0].versions[0].version_no, ==, 0);
	g_assert_cmpstr(head_name(f, f->book.units[0].agency_id, TODAY), ==, "Trần Thị Thử");
}

/* People from before posts, with a unit in words: the first start gives them one, and only once. */
static void
test_words_of_before(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	static const DbSql OLD = {.name = "test_old",
	    .sqlite = "INSERT INTO identity_person (commune_id, person_id, name, position, unit, created_us) "
		      "VALUES (?1, 1, 'Người Cũ', 'Chánh Văn phòng', 'Văn phòng', 1700000000000000)",
	    .pg = "INSERT INTO identity_person (commune_id, person_id, name, position, unit, created_us) "
		  "VALUES ($1, 1, 'Người Cũ', 'Chánh Văn phòng', 'Văn phòng', 1700000000000000)",
	    .n_params = 1};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	g_assert_true(db_txn_begin(f->scope.db, &txn, &f->error));
	g_assert_true(db_prepare(f->scope.db, &OLD, &stmt, &f->error));
	db_bind_int(stmt, 1, f->scope.commune_id);
	g_assert_true(db_run(stmt, &f->error));
	g_clear_pointer(&stmt, db_stmt_release);
	g_assert_true(db_txn_commit(txn, &f->error));
	g_clear_pointer(&txn, db_txn_free);
	for (int i = 0; i < 2; i++) {
		g_assert_true(identity_people_place(&f->scope, &f->error));
		assert_posts(f, 1, TODAY, "Chánh Văn phòng (Văn phòng)");
	}
}

/* What is changed behind the program's back is found, contacts too, though the ledger does not hold them. */
static void
test_tampered(void)
{
	static const DbSql TAMPER = {.name = "test_tamper",
	    .sqlite = "UPDATE identity_person SET phone = '0911 111 111' WHERE commune_id = ?1",
	    .pg = "UPDATE identity_person SET phone = '0911 111 111' WHERE commune_id = $1",
	    .n_params = 1};
	Fixture f = {0};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autofree char *state = NULL;

	set_up(&f, NULL);
	add_person(&f, "Người Một");
	g_assert_true(ledger_last_state(f.scope.db, f.scope.commune_id, "person/1", &state, &f.error));
	g_assert_null(strstr(state, "0900"));
	g_assert_true(db_txn_begin(f.scope.db, &txn, &f.error));
	g_assert_true(db_prepare(f.scope.db, &TAMPER, &stmt, &f.error));
	db_bind_int(stmt, 1, f.scope.commune_id);
	g_assert_true(db_run(stmt, &f.error));
	g_clear_pointer(&stmt, db_stmt_release);
	g_assert_true(db_txn_commit(txn, &f.error));
	g_clear_pointer(&txn, db_txn_free);
	g_assert_cmpuint(count_problems(&f), ==, 1);
	arena_free(f.arena);
	app_test_free(f.test);
}

static void
test_ranks(void)
{
	static const struct {
		const char *position;
		IdentityRank rank;
	} CASES[] = {{"Trưởng phòng", IDENTITY_HEAD}, {"Phó Trưởng phòng", IDENTITY_DEPUTY},
	    {"Chủ tịch UBND xã", IDENTITY_HEAD}, {"Phó Chủ tịch UBND xã", IDENTITY_DEPUTY},
	    {"Bí thư Đảng ủy", IDENTITY_HEAD}, {"Chuyên viên", IDENTITY_MEMBER}, {"", IDENTITY_MEMBER},
	    {"Kế toán trưởng", IDENTITY_MEMBER}, {"Chỉ huy trưởng", IDENTITY_HEAD},
	    {"Trưởng thôn", IDENTITY_HEAD}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(identity_rank_guess(CASES[i].position), ==, CASES[i].rank);
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("/people/two-units", test_two_units);
	ADD("/people/hand-over", test_hand_over);
	ADD("/people/merged-units", test_merged_units);
	ADD("/people/refusals", test_refusals);
	ADD("/people/account-words", test_account_words);
	ADD("/people/words-of-before", test_words_of_before);
	g_test_add_func("/people/tampered", test_tampered);
	g_test_add_func("/people/ranks", test_ranks);
	return g_test_run();
}
