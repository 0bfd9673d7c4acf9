/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "modules/intake/intake.h"
#include "modules/intake/tests/sample.h"
#include "modules/task/task.h"
#include "modules/task/task_clear.h"
#include "modules/task/task_search.h"
#include "modules/task/tests/settings.h"

#include <string.h>

#define TODAY APP_TEST_TODAY /* 15/12/2026 */

static void
test_due_states(void)
{
	static const struct {
		int32_t days; /* from today to the due day */
		TaskStateKind kind;
		const char *text;
	} CASES[] = {
	    {-1, TASK_STATE_OVERDUE, "Quá hạn 1 ngày"},
	    {-400, TASK_STATE_OVERDUE, "Quá hạn 400 ngày"},
	    {0, TASK_STATE_SOON, "Hạn cuối hôm nay"},
	    {1, TASK_STATE_SOON, "Còn 1 ngày"},
	    {30, TASK_STATE_SOON, "Còn 30 ngày"},
	    {31, TASK_STATE_ON_TIME, "Trong hạn"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		TaskDeadline deadline = {
		    PLAN_DEADLINE_ONCE, TODAY + CASES[i].days, DATE_NONE, PLAN_PERIOD_NONE};
		TaskState state = task_state(&deadline, NULL, TODAY, &TASK_TEST_SETTINGS);
		g_autoptr(GString) text = g_string_new(NULL);

		task_state_describe(state, text);
		g_assert_cmpint(state.kind, ==, CASES[i].kind);
		g_assert_cmpstr(text->str, ==, CASES[i].text);
	}
}

static void
test_other_states(void)
{
	static const struct {
		PlanDeadlineKind kind;
		TaskStateKind state;
	} CASES[] = {
	    {PLAN_DEADLINE_ONCE, TASK_STATE_NO_DEADLINE}, /* a date that could not be read */
	    {PLAN_DEADLINE_NONE, TASK_STATE_NO_DEADLINE},
	    {PLAN_DEADLINE_CONTINUOUS, TASK_STATE_CONTINUOUS},
	    {PLAN_DEADLINE_CONDITIONAL, TASK_STATE_CONDITIONAL},
	    {PLAN_DEADLINE_RECURRING, TASK_STATE_RECURRING},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		TaskDeadline deadline = {CASES[i].kind, DATE_NONE, DATE_NONE, PLAN_PERIOD_NONE};

		g_assert_cmpint(
		    task_state(&deadline, NULL, TODAY, &TASK_TEST_SETTINGS).kind, ==, CASES[i].state);
	}
}

static void
test_occurrences(void)
{
	static const struct {
		PlanPeriod period;
		int year, month, day; /* today */
		int next_year, next_month, next_day;
	} CASES[] = {
	    {PLAN_PERIOD_MONTH, 2028, 2, 1, 2028, 2, 29}, /* a leap year */
	    {PLAN_PERIOD_MONTH, 2027, 2, 28, 2027, 2, 28},
	    {PLAN_PERIOD_MONTH, 2026, 12, 31, 2026, 12, 31},
	    {PLAN_PERIOD_QUARTER, 2026, 10, 1, 2026, 12, 31},
	    {PLAN_PERIOD_QUARTER, 2026, 9, 30, 2026, 9, 30},
	    {PLAN_PERIOD_HALF, 2026, 6, 30, 2026, 6, 30},
	    {PLAN_PERIOD_HALF, 2026, 7, 1, 2026, 12, 31},
	    {PLAN_PERIOD_YEAR, 2027, 1, 1, 2027, 12, 31},
	    {PLAN_PERIOD_FIVE_YEARS, 2026, 1, 1, 2030, 12, 31},
	    {PLAN_PERIOD_FIVE_YEARS, 2030, 12, 31, 2030, 12, 31},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(task_next_occurrence(CASES[i].period, DATE_NONE,
				    date_from_ymd(CASES[i].year, CASES[i].month, CASES[i].day)),
		    ==, date_from_ymd(CASES[i].next_year, CASES[i].next_month, CASES[i].next_day));
	g_assert_cmpint(task_next_occurrence(PLAN_PERIOD_YEAR, date_from_ymd(2028, 3, 1), TODAY), ==,
	    date_from_ymd(2028, 12, 31));
	g_assert_cmpint(task_next_occurrence(PLAN_PERIOD_NONE, DATE_NONE, TODAY), ==, DATE_NONE);
}

static bool
is_in(TaskStateRange range, int32_t key, int32_t original)
{
	return key >= range.live.from && key <= range.live.to && original >= range.original.from &&
	       original <= range.original.to;
}

/* What is known of the work decides before the plan does; each state has a range of its own. */
static void
test_progress(void)
{
	static const struct {
		TaskStage stage;
		int percent;
		int32_t due, original; /* days from today */
		int late;
		TaskStateKind kind;
		const char *text;
	} CASES[] = {
	    {TASK_STAGE_NOT_STARTED, -1, -5, -5, 0, TASK_STATE_OVERDUE, "Quá hạn 5 ngày"},
	    {TASK_STAGE_DOING, 70, -1, -9, 0, TASK_STATE_OVERDUE, "Quá hạn 1 ngày"},
	    {TASK_STAGE_DOING, 70, 5, -9, 0, TASK_STATE_EXTENDED, "Đã gia hạn đến 20/12/2026"},
	    {TASK_STAGE_DOING, 70, 90, 5, 0, TASK_STATE_ON_TIME, "Đang làm 70%"},
	    {TASK_STAGE_NOT_STARTED, -1, 90, 90, 0, TASK_STATE_ON_TIME, "Chưa thực hiện"},
	    {TASK_STAGE_DOING, 70, 5, 5, 0, TASK_STATE_SOON, "Còn 5 ngày"},
	    {TASK_STAGE_WAITING, 100, -5, -5, 0, TASK_STATE_WAITING, "Chờ nghiệm thu"},
	    {TASK_STAGE_WAITING, 100, -5, -5, 3, TASK_STATE_WAITING, "Chờ nghiệm thu, trễ 3 ngày"},
	    {TASK_STAGE_DONE, 100, -5, -5, 0, TASK_STATE_DONE, "Hoàn thành đúng hạn"},
	    {TASK_STAGE_DONE, 100, -5, -9, -2, TASK_STATE_DONE, "Hoàn thành đúng hạn đã gia hạn"},
	    {TASK_STAGE_DONE, 100, -5, -5, 2, TASK_STATE_DONE_LATE, "Hoàn thành quá hạn 2 ngày"},
	    {TASK_STAGE_PAUSED, 10, -5, -5, 0, TASK_STATE_PAUSED, "Tạm dừng"},
	    {TASK_STAGE_CANCELLED, 10, -5, -5, 0, TASK_STATE_CANCELLED, "Hủy"},
	};
	const TaskDeadline deadline = {PLAN_DEADLINE_ONCE, TODAY - 100, DATE_NONE, PLAN_PERIOD_NONE};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const TaskProgress progress = {CASES[i].stage, CASES[i].percent, TODAY + CASES[i].due,
		    TODAY + CASES[i].original, CASES[i].late, 1, 0};
		TaskState state = task_state(&deadline, &progress, TODAY, &TASK_TEST_SETTINGS);
		int32_t key = task_live_key(&deadline, &progress),
			original = task_live_original(&deadline, &progress);
		g_autoptr(GString) text = g_string_new(NULL);

		task_state_describe(state, text);
		g_assert_cmpstr(text->str, ==, CASES[i].text);
		for (TaskStateKind other = 0; other < TASK_STATE_MAX; other++)
			g_assert_cmpint(
			    is_in(task_state_range(other, TODAY, &TASK_TEST_SETTINGS), key, original), ==,
			    other == CASES[i].kind);
	}
}

/* A task that repeats is never late as a whole; its occurrence says so. */
static void
test_occurrence_words(void)
{
	static const struct {
		TaskStage stage;
		int32_t due;
		const char *text;
	} CASES[] = {
	    {TASK_STAGE_NOT_STARTED, -15, "Kỳ 30/11/2026 quá hạn 15 ngày"},
	    {TASK_STAGE_DOING, 16, "Kỳ tới: 31/12/2026"},
	    {TASK_STAGE_WAITING, 16, "Kỳ 31/12/2026 chờ nghiệm thu"},
	    {TASK_STAGE_DONE, 16, "Đã báo cáo"},
	    {TASK_STAGE_PAUSED, 16, "Tạm dừng"},
	};
	const TaskDeadline deadline = {PLAN_DEADLINE_RECURRING, DATE_NONE, DATE_NONE, PLAN_PERIOD_MONTH};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const TaskProgress progress = {
		    CASES[i].stage, -1, TODAY + CASES[i].due, TODAY + CASES[i].due, 0, 1, 0};
		TaskState state = task_state(&deadline, &progress, TODAY, &TASK_TEST_SETTINGS);
		g_autoptr(GString) text = g_string_new(NULL);

		task_state_describe(state, text);
		g_assert_cmpstr(text->str, ==, CASES[i].text);
		g_assert_cmpint(state.kind, ==,
		    CASES[i].stage == TASK_STAGE_PAUSED ? TASK_STATE_PAUSED : TASK_STATE_RECURRING);
	}
}

/* Each key lies in the range of exactly one state, and that is the state of its deadline. */
static void
test_ranges(void)
{
	for (int kind = 0; kind < PLAN_DEADLINE_MAX; kind++) {
		for (int32_t days = -40; days <= 40; days++) {
			TaskDeadline deadline = {(PlanDeadlineKind)kind,
			    kind == PLAN_DEADLINE_ONCE ? TODAY + days : DATE_NONE, DATE_NONE,
			    kind == PLAN_DEADLINE_RECURRING ? PLAN_PERIOD_QUARTER : PLAN_PERIOD_NONE};
			TaskStateKind state = task_state(&deadline, NULL, TODAY, &TASK_TEST_SETTINGS).kind;
			int32_t key = task_due_key(&deadline);

			for (TaskStateKind other = 0; other < TASK_STATE_MAX; other++) {
				TaskStateRange range = task_state_range(other, TODAY, &TASK_TEST_SETTINGS);

				g_assert_cmpint(is_in(range, key, key), ==, other == state);
			}
		}
	}
}

static void
test_kind_ranges(void)
{
	TaskKeyRange year = task_kind_range(PLAN_DEADLINE_RECURRING, PLAN_PERIOD_YEAR);
	TaskKeyRange any = task_kind_range(PLAN_DEADLINE_RECURRING, PLAN_PERIOD_MAX);
	TaskKeyRange none = task_range_intersect(year, task_kind_range(PLAN_DEADLINE_ONCE, PLAN_PERIOD_MAX));

	g_assert_cmpint(year.from, ==, year.to);
	g_assert_cmpint(any.from, <, year.from);
	g_assert_cmpint(any.to, >, year.to);
	g_assert_cmpint(none.from, >, none.to);
}

static void
test_slugs(void)
{
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++) {
		TaskStateKind found;

		g_assert_true(task_state_from_slug(task_state_slug(state), &found));
		g_assert_cmpint(found, ==, state);
	}
}

static void
test_search_expression(void)
{
	static const struct {
		const char *query, *expression;
	} CASES[] = {
	    {"", NULL},
	    {"  -–/ ", NULL},
	    {"Hạ tầng", "\"ha\" AND \"tang\" *"},
	    {"ha tang", "\"ha\" AND \"tang\" *"},
	    {"CNTT", "(\"cntt\" * OR \"cong nghe thong tin\")"},
	    {"công nghệ thông tin xã", "(\"cong nghe thong tin\" OR \"cntt\") AND \"xa\" *"},
	    {"đường \"dây\" OR*", "\"duong\" AND \"day\" AND \"or\" *"},
	    {"VH-XH", "(\"vh xh\" * OR \"van hoa xa hoi\" OR \"vhxh\")"},
	    {"UBND xã", "(\"ubnd\" OR \"uy ban nhan dan\") AND \"xa\" *"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *expression = task_search_expression(CASES[i].query);

		g_assert_cmpstr(expression, ==, CASES[i].expression);
	}
}

static void
test_clears(void)
{
	Task task = {.name = (char[]){"Việc"},
	    .lead = (char[]){""},
	    .given_lead = (char[]){""},
	    .coordinating = (char[]){""},
	    .deadline_raw = (char[]){""},
	    .deadline = {PLAN_DEADLINE_NONE, DATE_NONE, DATE_NONE, PLAN_PERIOD_NONE}};
	g_autoptr(Arena) arena = arena_new();
	TaskClear clears[TASK_CLEAR_MAX];

	task_clears(&task, arena, clears);
	g_assert_cmpint(task_clear_count(clears), ==, 1); /* only what is to be done */
	g_assert_null(clears[TASK_CLEAR_WHO].value);
	task.given_lead = (char[]){"Công an xã"};
	task.lead_count = 1;
	task.progress = (TaskProgress){.n_pieces = 1, .due = date_from_ymd(2027, 1, 10)};
	task_clears(&task, arena, clears);
	g_assert_cmpint(task_clear_count(clears), ==, 3); /* who, by its assignment, and when */
	g_assert_cmpstr(clears[TASK_CLEAR_WHO].value, ==, "Công an xã");
	g_assert_cmpstr(clears[TASK_CLEAR_WHEN].value, ==, "10/01/2027");
	task.given_lead = (char[]){""};
	task.lead_count = 0;
	task.progress = (TaskProgress){0};
	task.lead = (char[]){"Các cơ quan, đơn vị"};
	task_clears(&task, arena, clears);
	g_assert_nonnull(clears[TASK_CLEAR_WHO].gap); /* somebody, but nobody in particular */
	task.lead_count = 1;
	task.coordinating = (char[]){"Công an xã"};
	task.output = (char[]){"Báo cáo"};
	task.deadline.kind = PLAN_DEADLINE_ONCE;
	task_clears(&task, arena, clears);
	g_assert_cmpint(task_clear_count(clears), ==, TASK_CLEAR_MAX);
	task.lead_count = 2;
	task_clears(&task, arena, clears);
	g_assert_nonnull(clears[TASK_CLEAR_WHO].gap);
}

/* Reads a whole list page by page and gives the printed numbers, "1.1 1.2 …". */
static char *
read_list(AppTest *test, const TaskFilter *filter, TaskPage page)
{
	PlanScope scope = {test->db, test->commune_id, 1};
	g_autoptr(Arena) arena = arena_new();
	GString *out = g_string_new(NULL);
	bool has_more = true;

	while (has_more) {
		g_autoptr(GPtrArray) tasks = g_ptr_array_new();
		g_autoptr(GError) error = NULL;

		task_list(&scope, filter, &page, arena, tasks, &has_more, &error);
		g_assert_no_error(error);
		for (guint i = 0; i < tasks->len; i++) {
			const Task *task = g_ptr_array_index(tasks, page.is_back ? tasks->len - 1 - i : i);

			g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", task->no);
			page.after = task->task_no;
		}
	}
	return g_string_free(out, FALSE);
}

static const TaskFilter ALL = {.annex_no = TASK_ANY_ANNEX,
    .agency_id = TASK_ANY_AGENCY,
    .role = AGENCY_ROLE_LEAD,
    .keys = {TASK_KEY_MIN, INT32_MAX}};

/* Pages of two rows, forwards, backwards and from the other end, give the same list in every order. */
static void
test_orders(void)
{
	static const struct {
		TaskOrder order;
		const char *list, *back;
	} CASES[] = {
	    {TASK_ORDER_PLAN, "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5", "2.5 2.4 2.3 2.2 2.1 1.4 1.3 1.2 1.1"},
	    {TASK_ORDER_DUE, "2.5 1.1 1.2 1.3 1.4 2.3 2.4 2.1 2.2", "2.2 2.1 2.4 2.3 1.4 1.3 1.2 1.1 2.5"},
	    {TASK_ORDER_STATE, "2.5 1.1 1.2 1.3 1.4 2.3 2.4 2.1 2.2", "2.2 2.1 2.4 2.3 1.4 1.3 1.2 1.1 2.5"},
	    {TASK_ORDER_LEAD, "1.1 2.3 2.5 1.2 1.3 1.4 2.1 2.2 2.4", "2.4 2.2 2.1 1.4 1.3 1.2 2.5 2.3 1.1"},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *list =
		    read_list(test, &ALL, (TaskPage){.order = CASES[i].order, .limit = 2});
		g_autofree char *back =
		    read_list(test, &ALL, (TaskPage){.order = CASES[i].order, .limit = 2, .is_back = true});
		g_autofree char *down = read_list(
		    test, &ALL, (TaskPage){.order = CASES[i].order, .limit = 2, .is_descending = true});

		g_assert_cmpstr(list, ==, CASES[i].list);
		g_assert_cmpstr(back, ==, CASES[i].back);
		g_assert_cmpstr(down, ==, CASES[i].back);
	}
}

/* A filter's list and its count agree, whatever it is. */
static void
check_filter(AppTest *test, const TaskFilter *filter, const char *expected)
{
	PlanScope scope = {test->db, test->commune_id, 1};
	g_autoptr(GError) error = NULL;
	int64_t count;

	for (int order = 0; order < 4; order++) {
		g_autofree char *list =
		    read_list(test, filter, (TaskPage){.order = (TaskOrder)order, .limit = 2});
		g_auto(GStrv) numbers = g_strsplit(list, " ", -1);

		task_count(&scope, filter, &count, &error);
		g_assert_no_error(error);
		g_assert_cmpint(count, ==, *list == '\0' ? 0 : (int64_t)g_strv_length(numbers));
		if (order == TASK_ORDER_PLAN)
			g_assert_cmpstr(list, ==, expected);
	}
}

static void
test_filters(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const TaskStateRange overdue = task_state_range(TASK_STATE_OVERDUE, TODAY, &TASK_TEST_SETTINGS);
	const TaskUnits office = {AGENCY_ROLE_LEAD, {2}, 1}, both = {AGENCY_ROLE_COORDINATING, {1, 2}, 2},
			none = {0};
	TaskFilter filter = ALL;

	sample_store(test);
	check_filter(test, &filter, "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5");
	filter.states = &overdue;
	check_filter(test, &filter, "1.1 2.5");
	filter.agency_id = 2; /* the office leads 2.5 with the police */
	check_filter(test, &filter, "2.5");
	filter.keys = task_kind_range(PLAN_DEADLINE_ONCE, PLAN_PERIOD_MAX);
	check_filter(test, &filter, "2.5");
	filter.keys = TASK_KEY_ALL;
	filter.states = NULL;
	check_filter(test, &filter, "1.2 1.3 1.4 2.1 2.2 2.5");
	filter.role = AGENCY_ROLE_COORDINATING;
	check_filter(test, &filter, "");
	filter.agency_id = 1;
	check_filter(test, &filter, "1.3");
	filter = ALL;
	filter.units = &office;
	check_filter(test, &filter, "1.2 1.3 1.4 2.1 2.2 2.5");
	filter.states = &overdue;
	check_filter(test, &filter, "2.5");
	filter.states = NULL;
	filter.units = &both;
	check_filter(test, &filter, "1.3");
	filter.units = &none;
	check_filter(test, &filter, "");
	filter = ALL;
	filter.agency_id = TASK_NOBODY;
	check_filter(test, &filter, "2.4");
	filter = ALL;
	filter.annex_no = 1;
	check_filter(test, &filter, "");
	filter.annex_no = 2;
	check_filter(test, &filter, "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5");
}

static void
test_search(void)
{
	static const struct {
		const char *query, *list;
	} CASES[] = {
	    {"chuyển đổi số", "1.2"},
	    {"CDS", "1.2"},
	    {"csdl", "1.1"},
	    {"công nghệ thông tin", "2.5"},
	    {"van phong", "1.2 1.3 1.4 2.1 2.2 2.5"},
	    {"DVCTT", "1.3"},
	    {"truyen th", "2.2"}, /* the last word may be unfinished */
	    {"không có gì", ""},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *expression = task_search_expression(CASES[i].query);
		TaskFilter filter = ALL;

		filter.expression = expression;
		check_filter(test, &filter, CASES[i].list);
	}
}

static const char BEFORE_A_DAY[] =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH NGUYỆT\n\nSố: 7/KH-UBND\n\nBình Nguyệt, ngày 05 tháng 01 năm 2026\n\n# KẾ "
    "HOẠCH\n\n"
    "**Chuyển đổi số năm 2026**\n\n## PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ\n\n"
    "| STT | Nội dung công việc | Cơ quan chủ trì | Sản phẩm | Thời gian hoàn thành "
    "|\n|---|---|---|---|---|\n"
    "| 1 | Lắp đặt camera tại cổng chợ | Công an xã | Biên bản | 30/11/2026 |\n"
    "| 2 | Tập huấn kỹ năng số cho cán bộ thôn | Phòng Kinh tế | Danh sách | Trước ngày 30/11/2026 |\n"
    "| 3 | Khảo sát nhu cầu học trực tuyến | Phòng Kinh tế | Báo cáo | 29/11/2026 |\n";

static int64_t
store_text(AppTest *test, const char *text)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading = NULL;
	IntakeResult result;

	intake_read("ke-hoach.md", g_strdup(text), strlen(text), &reading, &error);
	g_assert_no_error(error);
	g_ptr_array_add(readings, reading);
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
	return result.plan_id;
}

static void
assert_before(const char *body, const char *first, const char *second)
{
	const char *at = strstr(body, first);

	g_assert_nonnull(at);
	g_assert_nonnull(strstr(at, second));
}

/* "Trước ngày 30/11" ends on 29/11: in the order of due days, in the filter, in what is shown. */
static void
test_before_a_day(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *sorted = NULL, *early = NULL, *late = NULL, *card = NULL;

	store_text(test, BEFORE_A_DAY);
	g_assert_cmpint(app_test_get(test, "/nhiem-vu.csv?xep=thoi-han", &sorted), ==, 200);
	assert_before(sorted, "Trước ngày 30/11/2026,29/11/2026,Quá hạn,Quá hạn 16 ngày", "Lắp đặt camera");
	assert_before(sorted, "Khảo sát nhu cầu", "30/11/2026,30/11/2026,Quá hạn,Quá hạn 15 ngày");
	g_assert_cmpint(app_test_get(test, "/nhiem-vu.json?han-den=2026-11-29", &early), ==, 200);
	g_assert_nonnull(strstr(early, "\"total\":2"));
	assert_before(early, "Tập huấn", "\"due\":\"2026-11-29\"");
	g_assert_cmpint(app_test_get(test, "/nhiem-vu.json?han-tu=2026-11-30", &late), ==, 200);
	g_assert_nonnull(strstr(late, "\"total\":1"));
	g_assert_cmpint(app_test_get(test, "/nhiem-vu/2", &card), ==, 200);
	assert_before(card, "Trước ngày 30/11/2026", "29/11/2026");
	g_assert_cmpint(task_last_day(100, "Trước ngày 30/11", false), ==, 99);
	g_assert_cmpint(task_last_day(100, "trước 30/11", true), ==, 100);
	g_assert_cmpint(task_last_day(100, "30/11/2026", false), ==, 100);
	g_assert_cmpint(task_last_day(DATE_NONE, "Trước mùa mưa", false), ==, DATE_NONE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/task/state/due", test_due_states);
	g_test_add_func("/task/state/other", test_other_states);
	g_test_add_func("/task/state/progress", test_progress);
	g_test_add_func("/task/state/occurrence-words", test_occurrence_words);
	g_test_add_func("/task/state/occurrences", test_occurrences);
	g_test_add_func("/task/state/ranges", test_ranges);
	g_test_add_func("/task/state/kind-ranges", test_kind_ranges);
	g_test_add_func("/task/state/slugs", test_slugs);
	g_test_add_func("/task/search/expression", test_search_expression);
	g_test_add_func("/task/clears", test_clears);
	g_test_add_func("/task/list/orders", test_orders);
	g_test_add_func("/task/list/filters", test_filters);
	g_test_add_func("/task/list/search", test_search);
	g_test_add_func("/task/list/before-a-day", test_before_a_day);
	return g_test_run();
}
