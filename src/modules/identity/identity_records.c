/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_records.h"

#include "modules/identity/identity_pages.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/role_pages.h"
#include "modules/plan/plan_records.h"

#include <string.h>

static const AppRecordLabel PERSON_LABELS[] = {{"name", "Họ và tên"}, {.key = NULL}};
static const AppRecordLabel POST_LABELS[] = {{"person", "Người (số)"}, {"agency", "Đơn vị (số)"},
    {"position", "Chức vụ"}, {"rank", "Là"}, {.key = NULL}};
static const AppRecordLabel ROLE_LABELS[] = {{"agency", "Đơn vị (số)"}, {"account", "Tài khoản (số)"},
    {"by", "Người giao hoặc xác nhận"}, {.key = NULL}};

static void
add_posts(AppRecord *record, const GPtrArray *posts)
{
	for (guint i = 0; i < posts->len; i++)
		app_record_add_source(record,
		    arena_printf(record->arena, "post/%" G_GINT64_FORMAT,
			((const IdentityPost *)g_ptr_array_index(posts, i))->post_id),
		    NULL, false);
}

static bool
load_person(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	IdentityPerson person;
	int64_t person_id;

	if (!app_record_ids(id, 1, &person_id, error) ||
	    !identity_person_find(&scope, person_id, &person, error) ||
	    !identity_posts_of(&scope, person_id, DATE_NONE, posts, error))
		return false;
	record->title = person.name;
	record->url = arena_printf(record->arena, "/nguoi/%" G_GINT64_FORMAT, person_id);
	add_posts(record, posts);
	return true;
}

static bool
load_account(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const IdentityScope scope = identity_scope_of(request);
	IdentityAccount account;
	int64_t account_id;

	if (!app_record_ids(id, 1, &account_id, error) || !identity_find(&scope, account_id, &account, error))
		return false;
	record->title = arena_printf(record->arena, "Tài khoản %s", account.login);
	record->url = arena_printf(record->arena, IDENTITY_ACCOUNTS_PATH "/%" G_GINT64_FORMAT, account_id);
	app_record_add_source(
	    record, arena_printf(record->arena, "signin-link/%" G_GINT64_FORMAT, account_id), NULL, false);
	app_record_add_source(
	    record, arena_printf(record->arena, "person/%" G_GINT64_FORMAT, account.person_id), NULL, false);
	return true;
}

static bool
load_plan_role(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const IdentityScope scope = identity_scope_of(request);
	const PlanInfo *plan;
	IdentityPlanRole row;
	int64_t plan_role_no;

	if (!app_record_ids(id, 1, &plan_role_no, error) ||
	    !identity_plan_role_find(&scope, plan_role_no, &row, error) ||
	    !plan_find_readable(request, row.plan_id, &plan, error))
		return false;
	record->title = arena_printf(record->arena, "Vai trò “%s” trong kế hoạch", row.role_name);
	record->url =
	    arena_printf(record->arena, IDENTITY_ROLES_PATH "?ke-hoach=%" G_GINT64_FORMAT, row.plan_id);
	return true;
}

const AppRecordKind IDENTITY_RECORDS[] = {
    {.kind = "person",
	.title = "Người",
	.permission = APP_ACCOUNTS,
	.labels = PERSON_LABELS,
	.is_personal = true,
	.load = load_person},
    {.kind = "post",
	.title = "Vị trí công tác",
	.permission = APP_ACCOUNTS,
	.labels = POST_LABELS,
	.is_personal = true},
    {.kind = "account",
	.title = "Tài khoản",
	.permission = APP_ACCOUNTS,
	.labels = PERSON_LABELS,
	.is_personal = true,
	.load = load_account},
    {.kind = "signin-link",
	.title = "Liên kết tài khoản bên ngoài",
	.permission = APP_ACCOUNTS,
	.is_personal = true},
    {.kind = "access-review", .title = "Rà soát quyền", .permission = APP_ACCOUNTS, .is_personal = true},
    {.kind = "plan-role",
	.title = "Vai trò trong kế hoạch",
	.permission = APP_READ,
	.labels = ROLE_LABELS,
	.load = load_plan_role},
    {.kind = "signin-rule", .title = "Quy tắc đăng nhập", .permission = APP_ACCOUNTS},
    {.kind = "signin-level", .title = "Cấp độ an toàn", .permission = APP_ACCOUNTS},
    {.kind = "duty", .title = "Quy định tách nhiệm vụ", .permission = APP_SYSTEM},
    {.kind = NULL},
};
