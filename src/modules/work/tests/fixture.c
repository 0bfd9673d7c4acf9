/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/tests/fixture.h"

#include "modules/evidence/evidence.h"
#include "modules/intake/tests/sample.h"
#include "modules/work/work_rows.h"

#include <string.h>

static int64_t
add_person(const Fixture *fixture, const char *login, const char *name, const char *unit, const char *role)
{
	IdentityScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
	g_autoptr(GError) error = NULL;
	IdentityAccount account;
	const char *problem;
	int64_t account_id;

	identity_add(&scope,
	    &(IdentityNew){.login = login,
		.name = name,
		.position = "",
		.unit = unit,
		.kind = IDENTITY_WORK,
		.role = role,
		.password_hash = "x"},
	    &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	g_assert_true(identity_find(&scope, account_id, &account, &error));
	return account.person_id;
}

/* What each of them may, as roles and posts give it. */
static AppVisitor
visitor_of(const Fixture *fixture, int64_t person_id)
{
	static const char *const STANDING[] = {APP_READ, APP_OPERATE, APP_ACCEPT, APP_UPDATE, NULL};
	static const char *const LEADER[] = {APP_READ, APP_ACCEPT, APP_DECIDE, NULL};
	static const char *const UNIT[] = {APP_READ, APP_UPDATE, NULL};
	bool is_unit = person_id == fixture->office || person_id == fixture->police;
	AppGrant *grant = arena_new0(fixture->arena, AppGrant);
	AppVisitor visitor = {.is_open = person_id == 0,
	    .session_id = 1,
	    .person_id = person_id,
	    .grants = grant,
	    .n_grants = 1};

	*grant = (AppGrant){.via = is_unit ? APP_VIA_POST : APP_VIA_COMMUNE,
	    .role = "x",
	    .role_name = "x",
	    .permissions = is_unit                          ? UNIT
			   : person_id == fixture->standing ? STANDING
							    : LEADER};
	if (is_unit)
		grant->agency_id = person_id == fixture->police ? 1 : 2;
	visitor.permissions = grant->permissions;
	return visitor;
}

WorkScope
fixture_scope_on(const Fixture *fixture, int64_t person_id, int32_t today)
{
	AppVisitor *visitor = arena_new0(fixture->arena, AppVisitor);

	*visitor = visitor_of(fixture, person_id);
	return (WorkScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = instant_at(today, 9),
	    .today = today,
	    .actor = {.person_id = person_id,
		.name = person_id == fixture->standing ? "Người thường trực" : "Người thử",
		.origin = "kiểm thử"},
	    .arena = fixture->arena,
	    .visitor = visitor};
}

WorkScope
fixture_scope(const Fixture *fixture, int64_t person_id)
{
	return fixture_scope_on(fixture, person_id, APP_TEST_TODAY);
}

int
fixture_run_all(const WorkScope *scope)
{
	g_autoptr(GError) error = NULL;
	bool is_done = false;
	int n = 0, all = 0;

	while (!is_done) {
		work_run(scope, 3, &n, &is_done, &error);
		g_assert_no_error(error);
		all += n;
	}
	return all;
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope;

	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	sample_store(fixture->test);
	fixture->standing = add_person(fixture, "tt", "Người thường trực", "", "thuong-truc");
	fixture->leader = add_person(fixture, "ld", "Người lãnh đạo", "", "lanh-dao");
	fixture->office = add_person(fixture, "vp", "Người văn phòng", "VP HĐND & UBND", "chu-tri");
	fixture->police = add_person(fixture, "ca", "Người công an", "Công an xã", "chu-tri");
	scope = fixture_scope(fixture, 0);
	fixture->n_made = fixture_run_all(&scope);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

void
fixture_add(const char *path, void (*run)(Fixture *fixture, gconstpointer unused))
{
	g_test_add(path, Fixture, NULL, set_up, run, tear_down);
}

int64_t
fixture_piece(const Fixture *fixture, int64_t task_no)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	work_of_task(&scope, 1, task_no, rows, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, >, 0);
	return ((const WorkRow *)g_ptr_array_index(rows, 0))->piece.piece_id;
}

WorkPiece
fixture_act(const Fixture *fixture, int64_t person_id, int64_t piece_id, const WorkEntry *entry)
{
	WorkScope scope = fixture_scope(fixture, person_id);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome = {0};

	work_act(&scope, piece_id, WORK_ANY_VERSION, entry, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	return outcome.piece;
}

void
fixture_attach(const Fixture *fixture, int64_t piece_id, const char *kind, const char *number)
{
	WorkScope scope = fixture_scope(fixture, fixture->office);
	const EvidenceScope evidence = {
	    scope.db, scope.commune_id, fixture->test->directory, scope.now_us, scope.actor, 0};
	g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, kind, -1);
	const EvidenceFile file = {sha256, "tep.pdf", "pdf", 1000};
	const EvidenceNew told = {.title = "Tệp",
	    .kind = kind,
	    .number = number,
	    .issued_day = *number != '\0' ? APP_TEST_TODAY : DATE_NONE,
	    .object = {EVIDENCE_OBJECT_WORK, arena_printf(fixture->arena, "%" G_GINT64_FORMAT, piece_id)}};
	g_autoptr(GError) error = NULL;
	int64_t id;

	evidence_add(&evidence, &told, &file, &id, &error);
	g_assert_no_error(error);
}

void
fixture_refused(
    const Fixture *fixture, int64_t person_id, int64_t piece_id, const WorkEntry *entry, const char *words)
{
	WorkScope scope = fixture_scope(fixture, person_id);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome = {0};

	work_act(&scope, piece_id, WORK_ANY_VERSION, entry, &outcome, &error);
	g_assert_no_error(error);
	g_assert_nonnull(outcome.problem);
	if (strstr(outcome.problem, words) == NULL)
		g_test_message("\"%s\" holds no \"%s\"", outcome.problem, words);
	g_assert_nonnull(strstr(outcome.problem, words));
}

guint
fixture_count_problems(const Fixture *fixture)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(fixture->test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	return report.problems->len;
}

void
fixture_verify(const Fixture *fixture)
{
	g_assert_cmpuint(fixture_count_problems(fixture), ==, 0);
}
