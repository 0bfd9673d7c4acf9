/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "compiler/edit/tests/edit_tests.h"

#include <string.h>

static const PlanAnnex *
annex_two(const Plan *plan)
{
	return NTH(plan->annexes, 1);
}

static void
test_split(void)
{
	g_autoptr(Plan) plan = edit_plan();
	PlanEdit edit = {.kind = PLAN_EDIT_SPLIT, .item = "annex2:2.1"};
	const PlanTask *task = task_of(plan, "annex2:2.1"), *rest;
	guint before = plan->tasks->len;
	g_autofree char *leads = NULL;

	g_assert_cmpstr(plan_edit_new_id(plan, "annex2:2.1"), ==, "annex2:2.1~2");
	edit.position = (size_t)(strchr(task->name, ';') - task->name);
	edit_ok(plan, edit);
	rest = task_of(plan, "annex2:2.1~2");
	g_assert_cmpuint(plan->tasks->len, ==, before + 1);
	g_assert_cmpstr(task->name, ==, "Lắp Wi-Fi tại nhà văn hóa");
	g_assert_cmpstr(rest->name, ==, "phát loa thông minh");
	g_assert_cmpstr(rest->no, ==, "2.1.1");
	g_assert_true(rest->group == task->group && rest->annex == task->annex);
	g_assert_cmpint(rest->deadline.due, ==, task->deadline.due);
	leads = joined_refs(rest->lead);
	g_assert_cmpstr(leads, ==, "Phòng Kinh tế");
	/* Each half has cells of its own. */
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET, .item = "annex2:2.1~2", .field = PLAN_FIELD_LEAD});
	g_assert_cmpuint(task->lead->len, ==, 1);
	/* A third part is no child of the second. */
	g_assert_cmpstr(plan_edit_new_id(plan, "annex2:2.1~2"), ==, "annex2:2.1~3");
	edit.position = 0;
	edit_refused(plan, edit, APP_ERROR_INVALID, "chỗ tách");
	edit.position = strlen("L\xE1");
	edit_refused(plan, edit, APP_ERROR_INVALID, "chỗ tách");
	edit.position = 4000;
	edit_refused(plan, edit, APP_ERROR_INVALID, "chỗ tách");
	edit = (PlanEdit){.kind = PLAN_EDIT_SPLIT, .item = "annex2:g1", .position = 3};
	edit_refused(plan, edit, APP_ERROR_INVALID, "dòng nhóm");
}

static void
test_split_indicator(void)
{
	g_autoptr(Plan) plan = edit_plan();
	PlanEdit edit = {.kind = PLAN_EDIT_SPLIT, .item = "annex1:1", .position = strlen("Tỷ lệ hồ sơ ")};
	const PlanIndicator *rest;

	edit_ok(plan, edit);
	rest = indicator_of(plan, "annex1:1~2");
	g_assert_cmpstr(rest->name, ==, "nộp trực tuyến");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET, .item = "annex1:1~2", .field = PLAN_FIELD_TARGETS});
	g_assert_cmpuint(rest->targets->len, ==, 1);
	g_assert_cmpuint(indicator_of(plan, "annex1:1")->targets->len, ==, 2);
}

static void
test_join(void)
{
	g_autoptr(Plan) plan = edit_plan();
	guint before = plan->tasks->len;
	const PlanTask *task;
	g_autofree char *leads = NULL, *due = NULL;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:2.3"});
	task = task_of(plan, "annex2:2.2");
	g_assert_cmpuint(plan->tasks->len, ==, before - 1);
	g_assert_cmpstr(task->name, ==, "Cấp tài khoản dịch vụ công cho người cao tuổi");
	g_assert_cmpstr(task->output, ==, "Danh sách");
	leads = joined_refs(task->lead);
	g_assert_cmpstr(leads, ==, "Công an xã | Các thôn");
	due = shown_deadline(&task->deadline);
	g_assert_cmpstr(due, ==, "once 2026-10-31");
	/* The first row of an annex has none above it, another annex's does not count. */
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:1.1"}, APP_ERROR_INVALID, "phía trên");
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex1:1"}, APP_ERROR_INVALID, "phía trên");
	edit_refused(plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:1.2", .other = "annex2:1.2"},
	    APP_ERROR_INVALID, "chính nó");
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:g2"}, APP_ERROR_INVALID, "dòng nhóm");
}

/* A wrapped line that was taken for a heading goes back to its row, and the rows below to theirs. */
static void
test_join_group(void)
{
	g_autoptr(Plan) plan = edit_plan();

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:g2", .other = "annex2:1.3"});
	g_assert_cmpstr(task_of(plan, "annex2:1.3")->name, ==, "Sắp xếp kho lưu trữ hồ sơ giấy Xã hội số");
	g_assert_cmpuint(annex_two(plan)->groups->len, ==, 1);
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_JOIN, .item = "annex2:1.1", .other = "annex2:g1"});
	g_assert_cmpstr(((const PlanGroup *)NTH(annex_two(plan)->groups, 0))->title, ==,
	    "Chính quyền số Rà soát thiết bị mạng của các phòng");
}

static void
test_group(void)
{
	g_autoptr(Plan) plan = edit_plan();
	guint before = plan->tasks->len;
	const PlanGroup *group;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_GROUP, .item = "annex2:3"});
	g_assert_cmpuint(plan->tasks->len, ==, before - 1);
	g_assert_cmpuint(annex_two(plan)->groups->len, ==, 3);
	group = NTH(annex_two(plan)->groups, 2);
	g_assert_cmpstr(group->title, ==, "Kinh tế số");
	g_assert_cmpuint(group->level, ==, 2);
	g_assert_true(task_of(plan, "annex2:3.1")->group == group);
	g_assert_true(task_of(plan, "annex2:3.2")->group == group);
	g_assert_true(task_of(plan, "annex2:2.3")->group != group);
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_GROUP, .item = "annex2:3"}, APP_ERROR_INVALID, "dòng nhóm");
	/* Back again: what stood in its cells is gone, its place is not. */
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_UNGROUP, .item = "annex2:3"});
	g_assert_cmpuint(plan->tasks->len, ==, before);
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 6))->id, ==, "annex2:3");
	g_assert_null(task_of(plan, "annex2:3.1")->group);
	edit_refused(plan, (PlanEdit){.kind = PLAN_EDIT_UNGROUP, .item = "annex2:3"}, APP_ERROR_INVALID,
	    "không phải dòng nhóm");
}

/* A row in the middle of a group takes what follows, up to the next heading. */
static void
test_group_middle(void)
{
	g_autoptr(Plan) plan = edit_plan();
	const PlanGroup *first = NTH(annex_two(plan)->groups, 0);

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET, .item = "annex2:1.2", .field = PLAN_FIELD_NO});
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_GROUP, .item = "annex2:1.2"});
	g_assert_true(task_of(plan, "annex2:1.1")->group == first);
	g_assert_cmpstr(task_of(plan, "annex2:1.3")->group->title, ==, "Mở lớp tập huấn kỹ năng số");
	g_assert_cmpstr(((const PlanGroup *)NTH(annex_two(plan)->groups, 1))->id, ==, "annex2:1.2");
	g_assert_cmpstr(task_of(plan, "annex2:2.1")->group->title, ==, "Xã hội số");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_UNGROUP, .item = "annex2:1.2"});
	g_assert_true(task_of(plan, "annex2:1.2")->group == first);
	g_assert_true(task_of(plan, "annex2:1.3")->group == first);
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 1))->id, ==, "annex2:1.2");
}

static void
test_delete(void)
{
	g_autoptr(Plan) plan = edit_plan();
	guint before = plan->tasks->len;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_DELETE, .item = "annex2:1.2"});
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_DELETE, .item = "annex2:g1"});
	g_assert_cmpuint(plan->tasks->len, ==, before - 1);
	g_assert_cmpuint(annex_two(plan)->groups->len, ==, 1);
	g_assert_null(task_of(plan, "annex2:1.1")->group);
	edit_refused(plan, (PlanEdit){.kind = PLAN_EDIT_DELETE, .item = "annex2:1.2"}, APP_ERROR_NOT_FOUND,
	    "annex2:1.2");
	edit_refused(plan, (PlanEdit){.kind = PLAN_EDIT_DELETE}, APP_ERROR_NOT_FOUND, "không còn dòng");
}

static void
test_add(void)
{
	g_autoptr(Plan) plan = edit_plan();
	const PlanTask *task;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ADD, .item = "annex2:1.1", .value = "Mua thiết bị"});
	task = task_of(plan, "annex2:1.1~2");
	g_assert_true(task == NTH(plan->tasks, 1));
	g_assert_true(task->group == task_of(plan, "annex2:1.1")->group);
	g_assert_cmpint(task->deadline.kind, ==, PLAN_DEADLINE_NONE);
	g_assert_cmpuint(task->span.line, ==, 0);
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ADD, .item = "annex2:g2", .value = "Việc đầu nhóm"});
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 4))->name, ==, "Việc đầu nhóm");
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 4))->group->title, ==, "Xã hội số");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ADD, .value = "Việc ngoài phụ lục"});
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ADD, .value = "Số thôn số", .other = "indicator"});
	g_assert_cmpstr(((const PlanIndicator *)NTH(plan->indicators, 2))->name, ==, "Số thôn số");
	edit_refused(plan, (PlanEdit){.kind = PLAN_EDIT_ADD, .item = "annex2:1.1"}, APP_ERROR_INVALID, "tên");
}

static void
test_kind(void)
{
	g_autoptr(Plan) plan = edit_plan();
	const PlanIndicator *indicator;
	const PlanTask *task;
	guint n_tasks = plan->tasks->len;
	g_autofree char *targets = NULL;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET,
			  .item = "annex2:1.1",
			  .field = PLAN_FIELD_NAME,
			  .value = "Phấn đấu 80% phòng đạt chuẩn"});
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_KIND, .item = "annex2:1.1"});
	indicator = indicator_of(plan, "annex2:1.1");
	targets = joined_targets(indicator);
	g_assert_cmpstr(targets, ==, "2026 strive>= 80");
	g_assert_cmpuint(plan->tasks->len, ==, n_tasks - 1);
	g_assert_null(indicator->annex);
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_KIND, .item = "annex1:2"});
	task = task_of(plan, "annex1:2");
	g_assert_cmpstr(task->section_title, ==, "CHỈ TIÊU NĂM 2026");
	g_assert_cmpuint(task->lead->len, ==, 1);
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_KIND, .item = "annex2:g1"}, APP_ERROR_INVALID, "dòng nhóm");
}

void
add_row_tests(void)
{
	g_test_add_func("/edit/split", test_split);
	g_test_add_func("/edit/split-indicator", test_split_indicator);
	g_test_add_func("/edit/join", test_join);
	g_test_add_func("/edit/join-group", test_join_group);
	g_test_add_func("/edit/group", test_group);
	g_test_add_func("/edit/group-middle", test_group_middle);
	g_test_add_func("/edit/delete", test_delete);
	g_test_add_func("/edit/add", test_add);
	g_test_add_func("/edit/kind", test_kind);
}
