/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/agency/agency.h"
#include "modules/agency/agency_change.h"
#include "modules/intake/tests/sample.h"
#include "storage/txn.h"

#include <string.h>

#define TODAY APP_TEST_TODAY

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	AgencyScope scope;
	AgencyBook book;
	const char *problem;
	GError *error;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	f->test = app_test_new(APP_MODULES);
	f->arena = arena_new();
	f->scope = (AgencyScope){.db = f->test->db,
	    .commune_id = f->test->commune_id,
	    .now_us = TODAY * INSTANT_DAY,
	    .today = TODAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = f->arena};
}

static void
check_ledger(Fixture *f)
{
	g_auto(LedgerReport) report = {0};

	app_sign_ledger(f->test->app, &f->error);
	g_assert_no_error(f->error);
	app_verify(f->test->app, &report, &f->error);
	g_assert_no_error(f->error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

/* Whatever a test did, tables and ledger agree at its end. */
static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	check_ledger(f);
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

static AgencyData
data_named(const char *name, const char *kind)
{
	return (AgencyData){.name = name, .short_name = "", .code = "", .kind = kind};
}

static AgencyBasis
from_day(int32_t day)
{
	return (AgencyBasis){.day = day, .decision = "12/QĐ-UBND", .decision_day = day - 5, .note = ""};
}

static int64_t
add_unit(Fixture *f, const char *name)
{
	const AgencyBasis basis = {
	    .day = AGENCY_SINCE_EVER, .decision = "", .decision_day = DATE_NONE, .note = ""};
	AgencyData data = data_named(name, "phong-ban");
	int64_t agency_id = 0;

	agency_add(&f->scope, &basis, &data, &agency_id, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	return agency_id;
}

static void
assert_is(Fixture *f, int64_t agency_id, int32_t day, const char *names)
{
	g_autoptr(GArray) now = agency_successors(book_of(f), agency_id, day);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < now->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "|" : "",
		    agency_name_at(&f->book, g_array_index(now, int64_t, i), day));
	g_assert_cmpstr(text->str, ==, names);
}

static void
rename_unit(Fixture *f, int64_t agency_id, const char *name, int32_t day)
{
	AgencyData data = data_named(name, "phong-ban");
	AgencyBasis basis = from_day(day);

	agency_set(&f->scope, agency_id, AGENCY_RENAME, &basis, &data, &f->problem, &f->error);
	g_assert_no_error(f->error);
}

/* A name counts from its day on, and the one before stays on the days before. */
static void
test_rename(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t id = add_unit(f, "Phòng Kinh tế");

	rename_unit(f, id, "Phòng Kinh tế, Hạ tầng và Đô thị", TODAY - 10);
	g_assert_null(f->problem);
	assert_is(f, id, TODAY - 11, "Phòng Kinh tế");
	assert_is(f, id, TODAY - 10, "Phòng Kinh tế, Hạ tầng và Đô thị");
	g_assert_cmpstr(agency_now_text(&f->book, id, TODAY), ==, "nay là Phòng Kinh tế, Hạ tầng và Đô thị");
	g_assert_null(agency_now_text(&f->book, id, TODAY - 11));
	rename_unit(f, id, "Phòng Khác", TODAY - 20);
	g_assert_nonnull(strstr(f->problem, "hãy ghi ngày sau đó"));
}

/* What was recorded under the old units leads to the new one from the day on, and not before. */
static void
test_merge(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng Kinh tế"), b = add_unit(f, "Phòng Hạ tầng"), c;
	AgencyData new_unit = data_named("Phòng Kinh tế và Hạ tầng", "phong-ban");
	AgencyBasis basis = from_day(TODAY);
	g_auto(AgencyOutcome) outcome = {0};
	g_autoptr(GArray) sources = NULL;

	agency_merge(
	    &f->scope, &basis, (const int64_t[]){a, b}, 2, 0, &new_unit, &outcome, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	c = g_array_index(outcome.agency_ids, int64_t, 0);
	assert_is(f, a, TODAY - 1, "Phòng Kinh tế");
	assert_is(f, a, TODAY, "Phòng Kinh tế và Hạ tầng");
	assert_is(f, b, TODAY + 100, "Phòng Kinh tế và Hạ tầng");
	g_assert_cmpstr(agency_now_text(&f->book, b, TODAY), ==, "nay là Phòng Kinh tế và Hạ tầng");
	g_assert_null(agency_at(agency_find(&f->book, c), TODAY - 1));
	g_assert_cmpstr(agency_name_at(&f->book, b, TODAY), ==, "Phòng Hạ tầng");
	sources = agency_sources(&f->book, c, TODAY);
	g_assert_cmpuint(sources->len, ==, 3);
	g_assert_cmpstr(agency_change_find(&f->book, outcome.change_no)->decision, ==, "12/QĐ-UBND");
}

/* A chain of changes: merged, then the result split. */
static void
test_chain(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng A"), b = add_unit(f, "Phòng B");
	const AgencyData parts[] = {data_named("Phòng C", ""), data_named("Phòng D", "")};
	AgencyBasis merged = from_day(TODAY - 30), divided = from_day(TODAY - 10);
	g_auto(AgencyOutcome) first = {0}, second = {0};

	agency_merge(&f->scope, &merged, (const int64_t[]){a}, 1, b, NULL, &first, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	assert_is(f, a, TODAY - 20, "Phòng B");
	agency_divide(&f->scope, &divided, b, false, parts, 2, &second, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	assert_is(f, a, TODAY - 31, "Phòng A");
	assert_is(f, a, TODAY - 20, "Phòng B");
	assert_is(f, a, TODAY, "Phòng C|Phòng D");
	g_assert_cmpstr(agency_now_text(&f->book, a, TODAY), ==, "nay là Phòng C và Phòng D");
}

/* Undoing is a change of its own: what it undoes stays on record and counts no more. */
static void
test_undo(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng A"), b = add_unit(f, "Phòng B");
	AgencyData new_unit = data_named("Phòng AB", "phong-ban");
	AgencyBasis basis = from_day(TODAY - 5);
	g_auto(AgencyOutcome) outcome = {0};
	const AgencyChange *undone;

	agency_merge(
	    &f->scope, &basis, (const int64_t[]){a, b}, 2, 0, &new_unit, &outcome, &f->problem, &f->error);
	g_assert_no_error(f->error);
	rename_unit(f, g_array_index(outcome.agency_ids, int64_t, 0), "Phòng AB mới", TODAY);
	agency_undo(&f->scope, outcome.change_no, "ghi nhầm", &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_nonnull(strstr(f->problem, "hãy hủy thay đổi đó trước"));
	agency_undo(&f->scope, outcome.change_no + 1, "ghi nhầm", &f->problem, &f->error);
	g_assert_null(f->problem);
	agency_undo(&f->scope, outcome.change_no, "ghi nhầm", &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	assert_is(f, a, TODAY, "Phòng A");
	undone = agency_change_find(&f->book, outcome.change_no);
	g_assert_cmpint(undone->undone_by, >, outcome.change_no);
	g_assert_true(agency_find(&f->book, g_array_index(outcome.agency_ids, int64_t, 0))->is_withdrawn);
}

/* Entries of a plan are taken over: confirmed with the kind that their names tell, doubles joined. */
static void
test_adopt(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t office, education = add_unit(f, "Phòng Giáo dục"), found;
	const AgencyVersion *at;

	sample_store(f->test);
	agency_find_by_name(f->scope.db, f->scope.commune_id, book_of(f), "VĂN PHÒNG hđnd và ubnd", TODAY,
	    &office, &f->error);
	g_assert_no_error(f->error);
	g_assert_cmpint(office, >, 0);
	agency_confirm_all(&f->scope, &office, 1, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	at = agency_at(agency_find(book_of(f), office), TODAY);
	g_assert_cmpint(at->version_no, ==, 1);
	g_assert_cmpstr(at->kind, ==, "phong-ban");
	g_assert_cmpstr(agency_assign_word(&f->book, at, false), ==, "giao");
	agency_join(&f->scope, education, office, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	assert_is(f, education, TODAY - 3000, "Văn phòng HĐND và UBND");
	agency_find_by_name(
	    f->scope.db, f->scope.commune_id, book_of(f), "Phòng giáo dục", TODAY, &found, &f->error);
	g_assert_cmpint(found, ==, office);
}

/* Fronts and unions are asked by the committee, and given work by the Party; without a kind one only asks. */
static void
test_words(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	const AgencyVersion front = {.kind = "mat-tran"}, unknown = {.kind = ""},
			    above = {.kind = "phong-ban", .is_higher = true};

	book_of(f);
	g_assert_cmpstr(agency_assign_word(&f->book, &front, false), ==, "đề nghị phối hợp");
	g_assert_cmpstr(agency_assign_word(&f->book, &front, true), ==, "giao");
	g_assert_cmpstr(agency_assign_word(&f->book, &unknown, false), ==, "đề nghị phối hợp");
	g_assert_cmpstr(agency_assign_word(&f->book, &above, false), ==, "đề nghị phối hợp");
}

static void
test_refusals(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t a = add_unit(f, "Phòng A"), b = add_unit(f, "Phòng B"), other;
	AgencyBasis basis = from_day(TODAY),
		    bare = {.day = TODAY, .decision = "", .decision_day = DATE_NONE, .note = ""};
	AgencyData same = data_named("phòng  a", "phong-ban"), below = data_named("Phòng A", "phong-ban"),
		   coded = data_named("Phòng C", "phong-ban");

	agency_add(&f->scope, &basis, &same, &other, &f->problem, &f->error);
	g_assert_nonnull(strstr(f->problem, "Đã có đơn vị tên"));
	agency_close(&f->scope, &bare, a, &f->problem, &f->error);
	g_assert_nonnull(strstr(f->problem, "phải có nguồn"));
	below.parent_id = b;
	agency_set(&f->scope, a, AGENCY_CORRECT, &basis, &below, &f->problem, &f->error);
	g_assert_null(f->problem);
	below = data_named("Phòng B", "phong-ban");
	below.parent_id = a;
	agency_set(&f->scope, b, AGENCY_CORRECT, &basis, &below, &f->problem, &f->error);
	g_assert_nonnull(strstr(f->problem, "chính nó"));
	coded.code = "H55.242";
	agency_add(&f->scope, &basis, &coded, &other, &f->problem, &f->error);
	g_assert_null(f->problem);
	coded.name = "Phòng D";
	agency_add(&f->scope, &basis, &coded, &other, &f->problem, &f->error);
	g_assert_nonnull(strstr(f->problem, "H55.242"));
	g_assert_no_error(f->error);
	g_assert_false(agency_set(&f->scope, 999, AGENCY_CORRECT, &basis, &same, &f->problem, &f->error));
	g_assert_error(f->error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&f->error);
}

static void
test_standard(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	int64_t n;

	add_unit(f, "Phòng Kinh tế");
	agency_add_standard(&f->scope, &n, &f->problem, &f->error);
	g_assert_no_error(f->error);
	g_assert_null(f->problem);
	g_assert_cmpint(n, ==, 14);
	agency_add_standard(&f->scope, &n, &f->problem, &f->error);
	g_assert_nonnull(f->problem);
	g_assert_cmpint(n, ==, 0);
}

/* A row changed behind the program's back is found. */
static void
test_tampered(void)
{
	static const DbSql TAMPER = {.name = "test_tamper",
	    .sqlite = "UPDATE agency_version SET name = 'Phòng khác' WHERE commune_id = ?1",
	    .pg = "UPDATE agency_version SET name = 'Phòng khác' WHERE commune_id = $1",
	    .n_params = 1};
	Fixture f = {0};
	g_auto(LedgerReport) report = {0};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	set_up(&f, NULL);
	add_unit(&f, "Phòng A");
	g_assert_true(db_txn_begin(f.scope.db, &txn, &f.error));
	g_assert_true(db_prepare(f.scope.db, &TAMPER, &stmt, &f.error));
	db_bind_int(stmt, 1, f.scope.commune_id);
	g_assert_true(db_run(stmt, &f.error));
	g_clear_pointer(&stmt, db_stmt_release);
	g_assert_true(db_txn_commit(txn, &f.error));
	g_clear_pointer(&txn, db_txn_free);
	g_assert_true(app_verify(f.test->app, &report, &f.error));
	g_assert_cmpuint(report.problems->len, ==, 1);
	arena_free(f.arena);
	app_test_free(f.test);
}

static void
test_codes(void)
{
	static const char *const GOOD[] = {"H55.242", "H37.DN.001", "000.00.12.H41", "Z01", "A01.1"};
	static const char *const BAD[] = {"", "H5", "h55.1", "H55..2", "H55.2 4", "5H5.1",
	    "H55.ABCDEFGHIJ.ABCDEFGHIJ.ABCDEFGHIJ", "000.00.12.41", "H55."};

	for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++)
		g_assert_null(agency_code_problem(GOOD[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_nonnull(agency_code_problem(BAD[i]));
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("/agency/history/rename", test_rename);
	ADD("/agency/history/merge", test_merge);
	ADD("/agency/history/chain", test_chain);
	ADD("/agency/history/undo", test_undo);
	ADD("/agency/history/adopt", test_adopt);
	ADD("/agency/history/words", test_words);
	ADD("/agency/history/refusals", test_refusals);
	ADD("/agency/history/standard", test_standard);
	g_test_add_func("/agency/history/tampered", test_tampered);
	g_test_add_func("/agency/codes", test_codes);
	return g_test_run();
}
