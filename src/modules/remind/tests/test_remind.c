/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_people.h"
#include "modules/intake/tests/sample.h"
#include "modules/notify/notify_internal.h"
#include "modules/remind/remind_ics.h"
#include "modules/remind/remind_pages.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_rows.h"
#include "storage/backend.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The ladder, the daily run and the notices of events, on the sample plan: today 15/12/2026; task 1 (police)
 * was due on 30/11, task 2 (office) is due today, task 3 on 14/01/2027, task 4 on 15/01/2027. */

/* --- the ladder alone --------------------------------------------------------------------------------------
 */

static const RemindRung RUNGS[] = {
    {.rung_no = 1, .about = REMIND_WORK, .kind = REMIND_BEFORE, .days = 7, .valid_to = DATE_NONE},
    {.rung_no = 2, .about = REMIND_WORK, .kind = REMIND_BEFORE, .days = 3, .valid_to = DATE_NONE},
    {.rung_no = 3,
	.about = REMIND_WORK,
	.kind = REMIND_BEFORE,
	.days = 1,
	.is_working = true,
	.valid_to = DATE_NONE},
    {.rung_no = 4, .about = REMIND_WORK, .kind = REMIND_LATE, .days = 1, .valid_to = DATE_NONE},
    {.rung_no = 5,
	.about = REMIND_WORK,
	.kind = REMIND_LATE,
	.days = 5,
	.is_working = true,
	.valid_to = DATE_NONE},
};

/* The rung that speaks of a due day; 0: none. Never two. */
static int64_t
rung_of(const GArray *ranges, int32_t due)
{
	int64_t rung_no = 0;

	for (guint i = 0; i < ranges->len; i++) {
		const RemindRange *range = &g_array_index(ranges, RemindRange, i);

		if (due < range->from || due > range->to)
			continue;
		g_assert_cmpint(rung_no, ==, 0);
		rung_no = range->rung->rung_no;
	}
	return rung_no;
}

/* Friday 18/12/2026; Saturday and Sunday are not worked. */
static void
test_ranges(void)
{
	static const struct {
		int from_today;
		int64_t rung_no;
	} CASES[] = {{8, 0}, {7, 1}, {4, 1}, {3, 3}, {2, 3}, {1, 3}, {0, 3}, {-1, 4}, {-4, 4}, {-5, 5},
	    {-7, 5}, {-8, 5}, {-300, 5}};
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(RemindRange));
	g_autoptr(Calendar) calendar = calendar_new();
	int32_t friday = date_from_ymd(2026, 12, 18);

	g_array_append_vals(rungs, RUNGS, G_N_ELEMENTS(RUNGS));
	remind_ranges(rungs, calendar, friday, ranges);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(rung_of(ranges, friday + CASES[i].from_today), ==, CASES[i].rung_no);
}

/* A working day before Monday is Friday: on Saturday and Sunday nothing new is due. */
static void
test_weekend(void)
{
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(Calendar) calendar = calendar_new();
	int32_t friday = date_from_ymd(2026, 12, 18);

	g_array_append_vals(rungs, &RUNGS[2], 1);
	for (int32_t day = friday; day < friday + 3; day++) {
		g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(RemindRange));

		remind_ranges(rungs, calendar, day, ranges);
		g_assert_cmpint(rung_of(ranges, friday + 3), ==, 3);
		g_assert_cmpint(rung_of(ranges, friday + 4), ==, 0);
	}
}

/* Updates of November close on 10/12, which is a Thursday: three working days before is Monday the 7th. */
static void
test_month_rung(void)
{
	const RemindRung month_rungs[] = {
	    {.rung_no = 9, .kind = REMIND_MONTH, .days = 3, .is_working = true, .valid_to = DATE_NONE},
	    {.rung_no = 10, .kind = REMIND_MONTH, .days = 0, .valid_to = DATE_NONE}};
	static const struct {
		int day;
		int64_t rung_no;
	} CASES[] = {{4, 0}, {6, 0}, {7, 9}, {9, 9}, {10, 10}, {11, 0}};
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(Calendar) calendar = calendar_new();
	int32_t month = DATE_NONE;

	g_array_append_vals(rungs, month_rungs, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const RemindRung *rung =
		    remind_month_rung(rungs, calendar, date_from_ymd(2026, 12, CASES[i].day), 10, &month);

		g_assert_cmpint(rung != NULL ? rung->rung_no : 0, ==, CASES[i].rung_no);
		g_assert_true(rung == NULL || month == date_from_ymd(2026, 11, 30));
	}
	g_assert_null(remind_month_rung(rungs, calendar, date_from_ymd(2026, 12, 10), 0, &month));
}

/* --- in the store ------------------------------------------------------------------------------------------
 */

static WorkScope
program_on(const Fixture *fixture, int32_t today)
{
	WorkScope scope = fixture_scope_on(fixture, 0, today);

	scope.actor = (LedgerActor){.person_id = 0};
	scope.visitor = NULL;
	return scope;
}

static int
run_on(const Fixture *fixture, int32_t today, bool is_forced)
{
	WorkScope scope = program_on(fixture, today);
	g_autoptr(GError) error = NULL;
	bool is_done = false;
	int n, all = 0;

	while (!is_done) {
		remind_run(&scope, 2, is_forced, &n, &is_done, &error);
		g_assert_no_error(error);
		all += n;
	}
	return all;
}

static void
switch_on(const Fixture *fixture)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;

	remind_switch(&scope, true, &error);
	g_assert_no_error(error);
}

/* The messages of a person whose subject holds some words. */
static guint
count_messages(const Fixture *fixture, int64_t person_id, const char *words)
{
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	guint n = 0;

	notify_list_messages(fixture->test->db, fixture->test->commune_id, person_id, INT64_MAX, false, 1000,
	    fixture->arena, messages, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < messages->len; i++) {
		const NotifyMessage *message = g_ptr_array_index(messages, i);

		n += strstr(message->subject, words) != NULL || strstr(message->body, words) != NULL;
	}
	return n;
}

static void
assign(const Fixture *fixture, int64_t task_no, int64_t person_id)
{
	WorkEntry entry = work_entry(WORK_ASSIGN);

	entry.for_person = person_id;
	fixture_act(fixture, fixture->standing, fixture_piece(fixture, task_no), &entry);
}

/* Off until somebody switches it on. */
static void
test_off(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	g_assert_cmpint(run_on(fixture, APP_TEST_TODAY, true), ==, 0);
	switch_on(fixture);
	g_assert_cmpint(run_on(fixture, APP_TEST_TODAY, true), >, 0);
	fixture_verify(fixture);
}

/* Twice a day, by force, again after a crash: nothing is said twice. */
static void
test_once(Fixture *fixture, gconstpointer unused)
{
	int n;

	(void)unused;
	switch_on(fixture);
	assign(fixture, 2, fixture->office);
	n = run_on(fixture, APP_TEST_TODAY, false);
	g_assert_cmpint(n, >, 0);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Hôm nay hết hạn: 1.2"), ==, 1);
	g_assert_cmpint(run_on(fixture, APP_TEST_TODAY, false), ==, 0);
	g_assert_cmpint(run_on(fixture, APP_TEST_TODAY, true), ==, 0);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Hôm nay hết hạn: 1.2"), ==, 1);
	fixture_verify(fixture);
}

/* The server was off from before the due day until long after it: the highest rung alone. Nobody is the
 * person, and the unit has no head: it goes up to the standing agency and the leader. */
static void
test_missed(Fixture *fixture, gconstpointer unused)
{
	int32_t late = date_from_ymd(2027, 2, 10);

	(void)unused;
	switch_on(fixture);
	run_on(fixture, late, false);
	g_assert_cmpuint(count_messages(fixture, fixture->standing, "1.3. Cấp tài khoản"), ==, 2);
	g_assert_cmpuint(count_messages(fixture, fixture->standing, "Quá hạn 27 ngày: 1.3"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->standing, "Chưa cập nhật 57 ngày: 1.3"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "Quá hạn 27 ngày: 1.3"), ==, 1);
	run_on(fixture, late + 1, false);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "1.3. Cấp tài khoản"), ==, 1);
	fixture_verify(fixture);
}

/* Before anybody is there, nothing counts as said: it is said when somebody has come. */
static void
test_nobody(void)
{
	Fixture fixture = {.test = app_test_new(APP_MODULES), .arena = arena_new()};
	IdentityScope identity = {.db = fixture.test->db,
	    .commune_id = fixture.test->commune_id,
	    .now_us = app_now_us(fixture.test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = fixture.arena};
	WorkScope scope;
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t account_id;

	sample_store(fixture.test);
	scope = program_on(&fixture, APP_TEST_TODAY);
	fixture_run_all(&scope);
	switch_on(&fixture);
	g_assert_cmpint(run_on(&fixture, APP_TEST_TODAY, false), ==, 0);
	identity_add(&identity,
	    &(IdentityNew){.login = "tt",
		.name = "Người thường trực",
		.position = "",
		.unit = "",
		.kind = IDENTITY_WORK,
		.role = "thuong-truc",
		.password_hash = "x"},
	    &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	g_assert_cmpint(run_on(&fixture, APP_TEST_TODAY + 1, false), >=, 3);
	fixture_verify(&fixture);
	app_test_free(fixture.test);
	arena_free(fixture.arena);
}

/* Day by day through a due day: each rung on its day, to whom it names. */
static void
test_days(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		int year, month, day;
		const char *words;
	} SAID[] = {{2027, 1, 7, "Còn 7 ngày: 1.3"}, {2027, 1, 11, "Còn 3 ngày: 1.3"},
	    {2027, 1, 13, "Còn 1 ngày: 1.3"}, {2027, 1, 15, "Quá hạn 1 ngày: 1.3"}};
	size_t n_said = 0;

	(void)unused;
	switch_on(fixture);
	assign(fixture, 3, fixture->office);
	for (int32_t day = APP_TEST_TODAY; day <= date_from_ymd(2027, 1, 18); day++) {
		run_on(fixture, day, false);
		if (n_said < G_N_ELEMENTS(SAID) &&
		    day == date_from_ymd(SAID[n_said].year, SAID[n_said].month, SAID[n_said].day)) {
			g_assert_cmpuint(count_messages(fixture, fixture->office, SAID[n_said].words), ==, 1);
			n_said++;
		}
	}
	g_assert_cmpuint(n_said, ==, G_N_ELEMENTS(SAID));
	g_assert_cmpuint(
	    count_messages(fixture, fixture->office, "ngày: 1.3"), ==, 5); /* and 30 days quiet */
	fixture_verify(fixture);
}

/* A later due day begins the ladder anew; one rung goes by the original day. */
static void
test_extended(Fixture *fixture, gconstpointer unused)
{
	int64_t piece_id = fixture_piece(fixture, 2);
	WorkEntry ask = work_entry(WORK_ASK_EXTENSION), decide = work_entry(WORK_DECIDE);
	WorkScope scope = fixture_scope(fixture, 0);
	const RemindRung original = {.valid_from = APP_TEST_TODAY,
	    .valid_to = DATE_NONE,
	    .about = REMIND_WORK,
	    .kind = REMIND_LATE,
	    .days = 5,
	    .is_original = true,
	    .to_whom = REMIND_TO_LEADER,
	    .source = "Quy chế làm việc"};
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	switch_on(fixture);
	remind_rung_set(&scope, &original, &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	assign(fixture, 2, fixture->office);
	run_on(fixture, APP_TEST_TODAY, false);
	ask.due = APP_TEST_TODAY + 10;
	ask.reason = "Chờ số liệu";
	decide.ref_no = fixture_act(fixture, fixture->office, piece_id, &ask).pending_no;
	decide.is_granted = true;
	decide.due = APP_TEST_TODAY + 10;
	fixture_act(fixture, fixture->leader, piece_id, &decide);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Đồng ý gia hạn: 1.2"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "Đề nghị gia hạn, chờ quyết định"), ==, 0);
	run_on(fixture, APP_TEST_TODAY + 1, false);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Quá hạn"), ==, 0);
	run_on(fixture, APP_TEST_TODAY + 7, false);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Còn 3 ngày: 1.2"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "(hạn gốc 15/12/2026)"), >, 0);
	g_assert_cmpuint(
	    count_messages(fixture, fixture->leader, "Đã gia hạn, quá hạn gốc 7 ngày: 1.2"), ==, 1);
	fixture_verify(fixture);
}

/* Everything that happened to work in its order, and who heard of it. */
static void
test_events(Fixture *fixture, gconstpointer unused)
{
	int64_t piece_id = fixture_piece(fixture, 4);
	WorkEntry submit = work_entry(WORK_SUBMIT), back = work_entry(WORK_RETURN),
		  accept = work_entry(WORK_ACCEPT);
	NotifyRule rule = {.event = NOTIFY_ACCEPTED, .valid_from = APP_TEST_TODAY, .source = "thử"};
	g_autoptr(GError) error = NULL;

	(void)unused;
	assign(fixture, 4, fixture->office);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Được giao: 1.4"), ==, 1);
	submit.product = "Biên bản";
	fixture_act(fixture, fixture->office, piece_id, &submit);
	g_assert_cmpuint(count_messages(fixture, fixture->standing, "Chờ nghiệm thu: 1.4"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Chờ nghiệm thu"), ==, 0);
	back.reason = "Thiếu chữ ký";
	fixture_act(fixture, fixture->standing, piece_id, &back);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Bị trả lại: 1.4"), ==, 1);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Thiếu chữ ký"), ==, 1);
	notify_rule_set(fixture->test->db, fixture->test->commune_id, &APP_SHELL_ACTOR, 1, &rule, &error);
	g_assert_no_error(error);
	fixture_act(fixture, fixture->office, piece_id, &submit);
	fixture_act(fixture, fixture->standing, piece_id, &accept);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Đã nghiệm thu"), ==, 0);
	fixture_verify(fixture);
}

/* Each step of the run fails in turn: nothing is half said, and in the end all is. */
static void
test_faults(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope = program_on(fixture, APP_TEST_TODAY);
	bool is_ok = false;
	unsigned n = 0;

	(void)unused;
	switch_on(fixture);
	while (!is_ok) {
		g_autoptr(GError) error = NULL;
		bool is_done;
		int n_messages;

		db_backend_fail_after(fixture->test->db, ++n);
		is_ok = remind_run(&scope, 100, true, &n_messages, &is_done, &error);
		db_backend_fail_after(fixture->test->db, 0);
		g_assert_true(is_ok == (error == NULL));
		if (!is_ok)
			g_assert_cmpuint(count_messages(fixture, fixture->leader, "Quá hạn"), ==, 0);
		g_assert_cmpuint(n, <, 2000);
	}
	g_assert_cmpuint(n, >, 10);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "Quá hạn 15 ngày: 1.1"), ==, 1);
	fixture_verify(fixture);
}

/* The updates of a month: one message for each person, however many pieces. */
static void
test_month(Fixture *fixture, gconstpointer unused)
{
	int32_t day = date_from_ymd(2027, 1, 7);

	(void)unused;
	switch_on(fixture);
	assign(fixture, 3, fixture->office);
	assign(fixture, 4, fixture->office);
	run_on(fixture, day, false);
	g_assert_cmpuint(
	    count_messages(fixture, fixture->office, "Còn 2 việc chưa cập nhật tháng 12/2026"), ==, 1);
	run_on(fixture, day + 1, false);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "chưa cập nhật tháng"), ==, 1);
	run_on(fixture, date_from_ymd(2027, 1, 10), false);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "chưa cập nhật tháng"), ==, 2);
	fixture_verify(fixture);
}

/* Of what bears the stamp of a secret, number and day alone leave the program. */
static void
test_secret(void)
{
	g_autoptr(Arena) arena = arena_new();
	const RemindItem secret = {
	    .about = REMIND_WORK, .subject_id = 7, .no = "3.1", .name = "Kế hoạch phòng thủ (MẬT) khu vực"};
	const RemindItem open = {.about = REMIND_WORK, .no = "3.2", .name = "Bảo mật thông tin"};

	g_assert_cmpstr(remind_name(arena, &secret), ==, "nhiệm vụ số 3.1");
	g_assert_cmpstr(remind_name(arena, &open), ==, "3.2. Bảo mật thông tin");
}

/* --- pages
 * ---------------------------------------------------------------------------------------------------
 */

static void
assert_page(const Fixture *fixture, const char *path, const char *has)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(fixture->test, path, &body), ==, 200);
	if (strstr(body, has) == NULL)
		g_error("%s: no \"%s\" in %s", path, has, body);
}

static void
assert_post(const Fixture *fixture, const char *path, const char *form, int status, const char *has)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_post(fixture->test, path, form, &body, NULL), ==, status);
	if (has != NULL && strstr(body, has) == NULL)
		g_error("%s: no \"%s\" in %s", path, has, body);
}

static void
test_ladder_page(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	assert_page(fixture, "/nhac-viec", "Đang tắt");
	assert_page(fixture, "/nhac-viec", "Quá hạn 10 ngày làm việc");
	assert_post(fixture, "/nhac-viec/bac",
	    "bac=6&ve=phan-viec&loai=qua-han&so-ngay=8&tu-ngay=2026-12-20&den=lanh-dao&can-cu=Quy+ch%E1%BA%"
	    "BF",
	    303, NULL);
	assert_page(fixture, "/nhac-viec", "Quá hạn 8 ngày");
	assert_page(fixture, "/nhac-viec", "Quá hạn 10 ngày làm việc");
	assert_page(fixture, "/nhac-viec.csv", "\r\n6,");
	assert_page(fixture, "/nhac-viec.json", "\"valid_to\":\"2026-12-19\"");
	assert_post(fixture, "/nhac-viec/bac",
	    "bac=0&ve=phan-viec&loai=qua-han&so-ngay=2&tu-ngay=2026-12-20&can-cu=%3Cb%3E", 422,
	    "value=\"&lt;b&gt;\"");
	assert_post(fixture, "/nhac-viec/bac",
	    "bac=0&ve=phan-viec&loai=qua-han&so-ngay=2&tu-ngay=2026-12-01&den=lanh-dao&can-cu=x", 422,
	    "từ hôm nay trở đi");
	assert_post(fixture, "/nhac-viec/bac/4/thoi", "", 303, NULL);
	assert_post(fixture, "/nhac-viec/bac/44/thoi", "", 404, NULL);
	assert_post(fixture, "/nhac-viec/su-kien/duoc-giao", "bat=0", 303, NULL);
	assert_post(fixture, "/nhac-viec/su-kien/la-gi", "bat=0", 404, NULL);
	assert_post(fixture, "/nhac-viec/bat-tat", "bat=1", 303, NULL);
	assert_page(fixture, "/nhac-viec", "Đang bật");
	assign(fixture, 4, fixture->office);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Được giao"), ==, 0);
	run_on(fixture, APP_TEST_TODAY, false);
	assert_page(fixture, "/thong-bao-da-lap", "Quá hạn 15 ngày: 1.1");
	assert_page(fixture, "/thong-bao-da-lap.csv?loc=chua-doc", "Quá hạn 15 ngày");
	assert_page(fixture, "/thong-bao-da-lap.json", "\"read_us\":null");
	fixture_verify(fixture);
}

/* --- requests for an explanation
 * ------------------------------------------------------------------------------
 */

/* Makes a person the head of an agency. */
static void
make_head(const Fixture *fixture, int64_t person_id)
{
	const IdentityScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const char *problem;
	IdentityPost post;

	identity_people_place(&scope, &error);
	g_assert_no_error(error);
	g_assert_true(identity_posts_of(&scope, person_id, APP_TEST_TODAY, posts, &error));
	g_assert_cmpuint(posts->len, ==, 1);
	post = *(const IdentityPost *)g_ptr_array_index(posts, 0);
	post.rank = IDENTITY_HEAD;
	g_assert_true(identity_post_correct(&scope, &post, &problem, &error));
	g_assert_null(problem);
}

static WorkScope
with_rights(const Fixture *fixture, int64_t person_id, const char *permission)
{
	WorkScope scope = fixture_scope(fixture, person_id);
	const char **permissions = arena_array(fixture->arena, const char *, 3);
	AppGrant *grant = arena_new0(fixture->arena, AppGrant);
	AppVisitor *visitor = arena_new0(fixture->arena, AppVisitor);

	permissions[0] = APP_READ;
	permissions[1] = permission;
	*grant =
	    (AppGrant){.via = APP_VIA_COMMUNE, .role = "x", .role_name = "x", .permissions = permissions};
	*visitor = (AppVisitor){.session_id = 1,
	    .person_id = person_id,
	    .permissions = permissions,
	    .grants = grant,
	    .n_grants = 1};
	scope.visitor = visitor;
	return scope;
}

static int64_t
ask(const WorkScope *scope, int32_t due, const char *expected_problem)
{
	const RemindQuestion question = {.plan_id = 1,
	    .agency_id = 2,
	    .label = "Quá hạn: 2 trên 9",
	    .path = "/cong-viec?loc=qua-han",
	    .body = "Vì sao chậm?",
	    .due = due};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t explain_no;

	remind_explain_ask(scope, &question, &explain_no, &problem, &error);
	g_assert_no_error(error);
	if (expected_problem == NULL)
		g_assert_cmpstr(problem, ==, NULL);
	else
		g_assert_nonnull(strstr(problem, expected_problem));
	return explain_no;
}

static void
step(const WorkScope *scope, RemindExplainKind kind, const char *body, int32_t due,
    const char *expected_problem)
{
	g_autoptr(GError) error = NULL;
	const char *problem;

	remind_explain_act(scope, 1, kind, body, due, &problem, &error);
	g_assert_no_error(error);
	if (expected_problem == NULL)
		g_assert_cmpstr(problem, ==, NULL);
	else if (problem == NULL || strstr(problem, expected_problem) == NULL)
		g_error("\"%s\" is not \"%s\"", problem, expected_problem);
}

/* Asked, reminded, answered, given back, answered again, accepted; who may do each, and who hears of it. */
static void
test_explain(Fixture *fixture, gconstpointer unused)
{
	WorkScope leader = with_rights(fixture, fixture->leader, APP_EXPLAIN);
	WorkScope unit = with_rights(fixture, fixture->office, APP_UPDATE);
	WorkScope police = with_rights(fixture, fixture->police, APP_UPDATE);
	RemindExplainCounts counts;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	make_head(fixture, fixture->office);
	switch_on(fixture);
	ask(&police, APP_TEST_TODAY + 3, "Chỉ lãnh đạo");
	ask(&leader, APP_TEST_TODAY - 1, "Hạn trả lời");
	g_assert_cmpint(ask(&leader, APP_TEST_TODAY + 3, NULL), ==, 1);
	g_assert_cmpuint(
	    count_messages(fixture, fixture->office, "Yêu cầu giải trình: Quá hạn: 2 trên 9"), ==, 1);
	run_on(fixture, APP_TEST_TODAY + 2, false);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Còn 1 ngày giải trình"), ==, 1);
	run_on(fixture, APP_TEST_TODAY + 4, false);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "Quá hạn 1 ngày giải trình"), ==, 1);
	g_assert_true(remind_explain_count(&leader, 1, APP_TEST_TODAY, APP_TEST_TODAY, &counts, &error));
	g_assert_cmpint(counts.n[REMIND_ASKED], ==, 1);
	step(&police, REMIND_ANSWER, "Không phải tôi", DATE_NONE, "Chỉ người đứng đầu");
	step(&leader, REMIND_ACCEPT, "", DATE_NONE, "Chưa có câu trả lời");
	step(&unit, REMIND_ANSWER, "", DATE_NONE, "Hãy ghi câu trả lời");
	step(&unit, REMIND_ANSWER, "Theo văn bản TỐI MẬT", DATE_NONE, "dấu mật");
	step(&unit, REMIND_ANSWER, "Do thiếu người", DATE_NONE, NULL);
	g_assert_cmpuint(count_messages(fixture, fixture->leader, "Đã giải trình: Quá hạn"), ==, 1);
	step(&unit, REMIND_ANSWER, "Lần nữa", DATE_NONE, "không còn chờ");
	step(&unit, REMIND_ACCEPT, "", DATE_NONE, "Chỉ lãnh đạo");
	step(&leader, REMIND_GIVE_BACK, "", APP_TEST_TODAY + 5, "vì sao trả lại");
	step(&leader, REMIND_GIVE_BACK, "Nêu rõ trách nhiệm", APP_TEST_TODAY + 5, NULL);
	step(&unit, REMIND_ANSWER, "Trách nhiệm của tôi", DATE_NONE, NULL);
	step(&leader, REMIND_ACCEPT, "", DATE_NONE, NULL);
	step(&leader, REMIND_WITHDRAW, "Thôi", DATE_NONE, "đã khép lại");
	g_assert_true(remind_explain_report(&leader, 1, APP_TEST_TODAY, APP_TEST_TODAY, 10, rows, &error));
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpstr(
	    ((const RemindExplain *)g_ptr_array_index(rows, 0))->answer, ==, "Trách nhiệm của tôi");
	g_assert_cmpint(
	    ((const RemindExplain *)g_ptr_array_index(rows, 0))->original_due, ==, APP_TEST_TODAY + 3);
	fixture_verify(fixture);
}

static void
run_sql(const Fixture *fixture, const char *text)
{
	DbSql *sql = g_new0(DbSql, 1);
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	*sql = (DbSql){.name = "tamper", .sqlite = text, .pg = text};
	g_assert_true(db_prepare(fixture->test->db, sql, &stmt, &error));
	g_assert_true(db_run(stmt, &error));
	g_clear_pointer(&stmt, db_stmt_release);
	db_forget(fixture->test->db, sql);
	g_free(sql);
}

/* What was changed behind the program's back is found: an answer, a rung, what was said. */
static void
test_tampering(Fixture *fixture, gconstpointer unused)
{
	static const char *const CHANGES[][2] = {
	    {"UPDATE remind_explain_entry SET body = 'khác' WHERE entry_no = 1",
		"UPDATE remind_explain_entry SET body = 'Vì sao chậm?' WHERE entry_no = 1"},
	    {"UPDATE remind_explain SET state = 4", "UPDATE remind_explain SET state = 1"},
	    {"UPDATE remind_sent SET n_people = n_people + 1",
		"UPDATE remind_sent SET n_people = n_people - 1"},
	    {"UPDATE remind_rung SET days = 4 WHERE rung_no = 2",
		"UPDATE remind_rung SET days = 3 WHERE rung_no = 2"},
	};
	WorkScope leader = with_rights(fixture, fixture->leader, APP_EXPLAIN);
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;

	(void)unused;
	switch_on(fixture);
	ask(&leader, APP_TEST_TODAY + 3, NULL);
	g_assert_true(remind_rung_end(&scope, 1, &error));
	run_on(fixture, APP_TEST_TODAY, false);
	fixture_verify(fixture);
	for (size_t i = 0; i < G_N_ELEMENTS(CHANGES); i++) {
		run_sql(fixture, CHANGES[i][0]);
		g_assert_cmpuint(fixture_count_problems(fixture), >, 0);
		run_sql(fixture, CHANGES[i][1]);
		fixture_verify(fixture);
	}
}

static void
test_explain_pages(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *piece =
	    g_strdup_printf("/giai-trinh/moi?phieu=%" G_GINT64_FORMAT, fixture_piece(fixture, 1));
	g_autofree char *form =
	    g_strdup_printf("phieu=%" G_GINT64_FORMAT
			    "&so-lieu=Qu%%C3%%A1+h%%E1%%BA%%A1n&co-quan=1&noi-dung=V%%C3%%AC+sao%%3F&han=",
		fixture_piece(fixture, 1));
	g_autofree char *good = g_strconcat(form, "2026-12-18", NULL),
			*bad = g_strconcat(form, "2026-12-01", NULL);

	(void)unused;
	assert_page(fixture, "/giai-trinh", "Không có yêu cầu giải trình nào");
	assert_page(fixture, piece, "Quá hạn 15 ngày: 1.1. Hoàn thành cơ sở dữ liệu hộ tịch");
	assert_page(fixture, "/giai-trinh/moi?ke-hoach=1&nhiem-vu=2", "Nhiệm vụ 1.2. Công khai");
	assert_page(fixture, "/giai-trinh/moi?co-quan=1", "Công an xã: 2 việc quá hạn");
	assert_page(fixture, "/giai-trinh/moi?so-lieu=Qu%C3%A1+h%E1%BA%A1n%3A+2&trang=%2F%2Fx.vn",
	    "value=\"Quá hạn: 2\"");
	assert_post(fixture, "/giai-trinh", bad, 422, "Vì sao?");
	assert_post(fixture, "/giai-trinh", good, 303, NULL);
	assert_post(
	    fixture, "/giai-trinh", "phieu=9999&so-lieu=x&co-quan=1&noi-dung=x&han=2026-12-18", 404, NULL);
	assert_page(fixture, "/giai-trinh", "Chờ trả lời");
	assert_page(fixture, "/giai-trinh?trang-thai=tre-han", "Không có yêu cầu giải trình nào");
	assert_page(fixture, "/giai-trinh.csv", "Công an xã");
	assert_page(fixture, "/giai-trinh.json?trang-thai=cho-tra-loi", "\"state\":\"cho-tra-loi\"");
	assert_page(fixture, "/giai-trinh/1", "Vì sao?");
	assert_post(fixture, "/giai-trinh/1/tra-loi", "noi-dung=", 422, "Hãy ghi câu trả lời");
	assert_post(fixture, "/giai-trinh/1/tra-loi", "noi-dung=Thi%E1%BA%BFu", 303, NULL);
	assert_post(fixture, "/giai-trinh/1/xem-xet", "ket-luan=tra-lai&noi-dung=Ch%C6%B0a&han=2026-12-20",
	    422, "Chưa</textarea>");
	assert_post(fixture, "/giai-trinh/1/rut", "noi-dung=Nh%E1%BA%A7m", 303, NULL);
	assert_post(fixture, "/giai-trinh/7/rut", "noi-dung=Nh%E1%BA%A7m", 404, NULL);
	fixture_verify(fixture);
}

/* --- the trial ---------------------------------------------------------------------------------------------
 */

/* What the trial says of the coming weeks is what the ladder then says. */
static void
test_trial(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GArray) said = g_array_new(FALSE, FALSE, sizeof(RemindSaid));
	g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(RemindLoad));
	int32_t from = APP_TEST_TODAY + 1, to = date_from_ymd(2027, 1, 31);
	WorkScope scope = fixture_scope_on(fixture, 0, to);
	g_autoptr(GError) error = NULL;
	bool is_cut;
	int n = 0;

	(void)unused;
	assign(fixture, 3, fixture->office);
	scope.visitor = NULL;
	remind_simulate(&scope, from, to, said, &is_cut, &error);
	g_assert_no_error(error);
	g_assert_false(is_cut);
	g_assert_cmpuint(count_messages(fixture, fixture->office, "Còn 7 ngày"), ==, 0);
	remind_loads(said, loads);
	switch_on(fixture);
	for (int32_t day = from; day <= to; day++)
		n += run_on(fixture, day, false);
	g_assert_cmpint((int)said->len, ==, n);
	g_assert_cmpuint(loads->len, >=, 3);
	for (guint i = 0; i < said->len; i++) {
		const RemindSaid *row = &g_array_index(said, RemindSaid, i);

		g_assert_cmpuint(count_messages(fixture, row->person_id, row->subject), >=, 1);
	}
	assert_page(fixture, "/nhac-viec/chay-thu?tu=2026-12-16&den=2026-12-31", "Chỉ là chạy thử");
	assert_page(fixture, "/nhac-viec/chay-thu.csv?tu=2026-12-16&den=2026-12-31", "Quá hạn");
	{
		g_autofree char *body = NULL;

		g_assert_cmpint(
		    app_test_get(fixture->test, "/nhac-viec/chay-thu?tu=2026-12-16&den=2016-12-31", &body),
		    ==, 422);
	}
	fixture_verify(fixture);
}

/* --- calls and calendars
 * ------------------------------------------------------------------------------------ */

static void
test_calls(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	assign(fixture, 2, fixture->office);
	assert_page(fixture, "/goi-dien", "Người văn phòng");
	assert_page(fixture, "/goi-dien", "Chưa có người phụ trách");
	assert_page(fixture, "/goi-dien", "<svg class=\"qr\"");
	assert_page(fixture, "/goi-dien.csv?ngay=60", "1.4. Lắp đặt Wi-Fi");
	assert_page(fixture, "/goi-dien?ngay=0&in=1", "Quá hạn 15 ngày");
}

/* Folding at 75 octets never breaks a character; what is special is escaped. */
static void
test_ics_lines(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) unfolded = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;
	const char *text = "Nghị quyết; số 57, \\ dòng một\ndòng hai "
			   "ệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệ";

	remind_ics_text(out, "SUMMARY", text);
	lines = g_strsplit(out->str, "\r\n", -1);
	for (size_t i = 0; *lines[i] != '\0'; i++) {
		g_assert_cmpuint(strlen(lines[i]), <=, 75);
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_true(i == 0 || *lines[i] == ' ');
		g_string_append(unfolded, i == 0 ? lines[i] : lines[i] + 1);
	}
	g_assert_true(
	    g_str_has_prefix(unfolded->str, "SUMMARY:Nghị quyết\\; số 57\\, \\\\ dòng một\\ndòng hai ệ"));
}

static char *
make_feed(const Fixture *fixture, int64_t person_id)
{
	WorkScope scope = with_rights(fixture, person_id, APP_UPDATE);
	g_autoptr(GError) error = NULL;
	char token[SECRET_TEXT_SIZE];
	const char *problem;
	int64_t feed_no;

	remind_feed_make(&scope, token, &feed_no, &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	return g_strdup_printf("/lich-viec/%s.ics", token);
}

/* Debian's python3-icalendar reads it: one event for each due day, moved by an extension. */
static void
assert_icalendar_reads(const char *ics, const char *expected)
{
	static const char PROGRAM[] = "import sys, icalendar\n"
				      "c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n"
				      "for e in c.walk('vevent'):\n"
				      " print(e.decoded('dtstart'), e['sequence'], "
				      "str(e['uid']).split('@')[0], str(e['summary'])[:12])\n";
	g_autofree char *path = NULL, *out = NULL;
	int status, fd = g_file_open_tmp("namro-ics-XXXXXX", &path, NULL);
	const char *argv[] = {"/usr/bin/python3", "-c", PROGRAM, path, NULL};

	g_assert_cmpint(fd, >=, 0);
	close(fd);
	g_assert_true(g_file_set_contents(path, ics, -1, NULL));
	g_assert_true(g_spawn_sync(NULL, (char **)(void *)argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
	    &out, NULL, &status, NULL));
	g_remove(path);
	if (status != 0) {
		g_test_message("python3-icalendar is not installed");
		return;
	}
	g_assert_cmpstr(out, ==, expected);
}

/* A telephone that has the calendar is told so, also the next day and after other changes, until a day of its
 * own moves; who has lost the address gets nothing by a tag. */
static void
check_unchanged(Fixture *fixture, const char *address, int64_t piece_id)
{
	AppTest *test = fixture->test;
	g_autofree char *first = NULL, *same = NULL, *later = NULL, *moved = NULL;
	g_autofree char *tag = g_strdup(test->etag);
	WorkScope scope = fixture_scope(fixture, fixture->office);
	WorkEntry said = work_entry(WORK_UPDATE);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome;

	test->if_none_match = tag;
	g_assert_cmpint(app_test_get(test, address, &first), ==, 304);
	g_assert_cmpstr(first, ==, "");
	g_assert_cmpstr(test->etag, ==, tag);
	g_free(make_feed(fixture, fixture->police));
	g_assert_cmpint(app_test_get(test, address, &same), ==, 304);
	app_test_set_clock(test, INSTANT_DAY);
	g_assert_cmpint(app_test_get(test, address, &later), ==, 304);
	app_test_set_clock(test, 0);
	said.state = WORK_DOING;
	said.done = "Đã họp";
	scope.now_us += INSTANT_HOUR;
	g_assert_true(work_act(&scope, piece_id, WORK_ANY_VERSION, &said, &outcome, &error));
	g_assert_cmpstr(outcome.problem, ==, NULL);
	g_assert_cmpint(app_test_get(test, address, &moved), ==, 200);
	g_assert_cmpstr(test->etag, !=, tag);
	test->if_none_match = NULL;
}

static void
test_feed(Fixture *fixture, gconstpointer unused)
{
	int64_t piece_id = fixture_piece(fixture, 2);
	WorkEntry wait = work_entry(WORK_ASK_EXTENSION), decide = work_entry(WORK_DECIDE);
	g_autofree char *address = NULL, *body = NULL, *again = NULL, *expected = NULL, *wrong = NULL;
	WorkScope scope = with_rights(fixture, fixture->office, APP_UPDATE);
	g_autoptr(GString) unfolded = NULL;
	g_autoptr(GError) error = NULL;

	(void)unused;
	assign(fixture, 2, fixture->office);
	wait.due = APP_TEST_TODAY + 10;
	wait.reason = "Chờ";
	decide.ref_no = fixture_act(fixture, fixture->office, piece_id, &wait).pending_no;
	decide.is_granted = true;
	decide.due = APP_TEST_TODAY + 10;
	fixture_act(fixture, fixture->leader, piece_id, &decide);
	address = make_feed(fixture, fixture->office);
	g_assert_cmpint(app_test_get(fixture->test, address, &body), ==, 200);
	expected = g_strdup_printf("2026-12-25 1 viec-%" G_GINT64_FORMAT " Hạn: 1.2. Cô\n", piece_id);
	assert_icalendar_reads(body, expected);
	unfolded = g_string_new(body);
	g_string_replace(unfolded, "\r\n ", "", 0);
	g_assert_nonnull(strstr(unfolded->str, "hạn gốc 15/12/2026"));
	g_assert_cmpint(app_test_get(fixture->test, address, &again), ==, 200);
	g_assert_cmpstr(body, ==, again);
	check_unchanged(fixture, address, piece_id);
	g_assert_true(remind_feed_revoke(&scope, 1, &error));
	g_assert_cmpint(app_test_get(fixture->test, address, &wrong), ==, 404);
	assert_page(fixture, "/lich-ca-nhan", "hãy đăng nhập");
	fixture_verify(fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/remind/ranges", test_ranges);
	g_test_add_func("/remind/weekend", test_weekend);
	g_test_add_func("/remind/month-rung", test_month_rung);
	g_test_add_func("/remind/secret", test_secret);
	fixture_add("/remind/off", test_off);
	fixture_add("/remind/once", test_once);
	fixture_add("/remind/missed", test_missed);
	g_test_add_func("/remind/nobody", test_nobody);
	fixture_add("/remind/days", test_days);
	fixture_add("/remind/extended", test_extended);
	fixture_add("/remind/events", test_events);
	fixture_add("/remind/faults", test_faults);
	fixture_add("/remind/month", test_month);
	fixture_add("/remind/ladder-page", test_ladder_page);
	fixture_add("/remind/explain", test_explain);
	fixture_add("/remind/explain-pages", test_explain_pages);
	fixture_add("/remind/tampering", test_tampering);
	fixture_add("/remind/trial", test_trial);
	fixture_add("/remind/calls", test_calls);
	g_test_add_func("/remind/ics-lines", test_ics_lines);
	fixture_add("/remind/feed", test_feed);
	return g_test_run();
}
