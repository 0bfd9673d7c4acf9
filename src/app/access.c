/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/access.h"

#include "app/context.h"
#include "app/secret.h"
#include "base/app-error.h"
#include "base/json.h"
#include "html/html.h"
#include "storage/txn.h"

#include <string.h>

#define MARK_FIELD "dau-phien"

const AppPermission APP_PERMISSIONS[] = {
    {APP_PUBLIC, "ai cũng được, không cần đăng nhập", APP_SCOPE_COMMUNE},
    {APP_SELF, "ai đã đăng nhập", APP_SCOPE_COMMUNE},
    {APP_READ, "xem các trang theo dõi", APP_SCOPE_VIEW},
    {APP_DOWNLOAD, "xem và tải văn bản gốc", APP_SCOPE_VIEW},
    {APP_IMPORT, "nhập văn bản kế hoạch", APP_SCOPE_COMMUNE},
    {APP_EVIDENCE, "nộp, rút minh chứng", APP_SCOPE_PLAN},
    {APP_REVIEW, "rà soát, sửa bản nháp", APP_SCOPE_COMMUNE},
    {APP_PUBLISH, "đưa bản nháp vào thực hiện", APP_SCOPE_COMMUNE},
    {APP_ACCOUNTS, "quản lý người dùng, tài khoản, vai trò", APP_SCOPE_COMMUNE},
    {APP_SYSTEM, "xem tình trạng hệ thống", APP_SCOPE_COMMUNE},
    {APP_LEDGER, "xem nhật ký", APP_SCOPE_COMMUNE},
    {APP_CALENDAR, "sửa lịch làm việc", APP_SCOPE_COMMUNE},
    {APP_REMIND, "đặt bậc nhắc việc, chạy thử, xem danh sách gọi điện", APP_SCOPE_COMMUNE},
    {APP_UPDATE, "cập nhật dòng do cơ quan mình chủ trì", APP_SCOPE_LEAD},
    {APP_CONTRIBUTE, "góp số liệu, ý kiến cho dòng cơ quan mình phối hợp", APP_SCOPE_COORDINATING},
    {APP_APPROVE, "duyệt số liệu của cơ quan mình", APP_SCOPE_HEAD},
    {APP_ACCEPT, "nghiệm thu việc đã hoàn thành", APP_SCOPE_PLAN},
    {APP_OPERATE, "điều hành kế hoạch: kỳ báo cáo, giao việc, nhắc việc", APP_SCOPE_PLAN},
    {APP_CONSOLIDATE, "tổng hợp báo cáo của các đơn vị", APP_SCOPE_PLAN},
    {APP_PROPOSE, "đề xuất điều chỉnh kế hoạch", APP_SCOPE_PLAN},
    {APP_DECIDE, "quyết định điều chỉnh kế hoạch", APP_SCOPE_PLAN},
    {APP_INSPECT, "lập chương trình kiểm tra, ghi kết luận kiểm tra", APP_SCOPE_PLAN},
    {APP_SUPERVISE, "giám sát, phản biện xã hội", APP_SCOPE_PLAN},
    {APP_GRADE, "chấm điểm, đánh giá kết quả của các đơn vị", APP_SCOPE_PLAN},
    {APP_EXPLAIN, "yêu cầu giải trình; được báo ở bậc lãnh đạo", APP_SCOPE_PLAN},
    {APP_ROLES, "xác nhận vai trò trong kế hoạch", APP_SCOPE_PLAN},
    {.name = NULL},
};

const AppPermission *
app_permission_find(const char *name)
{
	for (const AppPermission *permission = APP_PERMISSIONS; permission->name != NULL; permission++)
		if (strcmp(permission->name, name) == 0)
			return permission;
	return NULL;
}

bool
app_permission_is_known(const char *name)
{
	return app_permission_find(name) != NULL;
}

bool
app_visitor_may(const AppVisitor *visitor, const char *permission)
{
	if (visitor->is_open && (*permission == '\0' || app_permission_is_known(permission)))
		return true;
	if (strcmp(permission, APP_PUBLIC) == 0)
		return true;
	if (visitor->session_id == 0)
		return false;
	return strcmp(permission, APP_SELF) == 0 ||
	       (visitor->permissions != NULL && g_strv_contains(visitor->permissions, permission));
}

AppVerdict
app_access_judge(const AppVisitor *visitor, const HttpRoute *route)
{
	bool is_way_out =
	    strcmp(route->permission, APP_PUBLIC) == 0 || strcmp(route->pattern, APP_SIGN_OUT_PATH) == 0;

	if (!visitor->is_open && visitor->session_id == 0 && strcmp(route->permission, APP_PUBLIC) != 0)
		return APP_MUST_SIGN_IN;
	if (visitor->must_go != NULL && !is_way_out && !g_str_has_prefix(route->pattern, visitor->must_go))
		return APP_MUST_GO;
	return app_visitor_may(visitor, route->permission) ? APP_MAY : APP_MAY_NOT;
}

LedgerActor
app_actor(const HttpRequest *request)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	bool is_known = visitor != NULL && visitor->session_id != 0;

	return (LedgerActor){.person_id = is_known ? visitor->person_id : 0,
	    .name = is_known ? visitor->name : LEDGER_NOBODY,
	    .origin = request->address != NULL ? request->address : ""};
}

bool
app_access_note_refusal(Db *db, int64_t commune_id, int64_t now_us, const HttpRequest *request,
    const HttpRoute *route, GError **error)
{
	g_autoptr(GString) state = g_string_new(NULL);
	g_autoptr(DbTxn) txn = NULL;
	LedgerRow row = {.at_us = now_us,
	    .actor = app_actor(request),
	    .action = LEDGER_ACCESS,
	    .object = arena_printf(request->arena, "route%s", route->pattern)};
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "result", "refused");
	json_key_string(&json, "method", request->method == HTTP_POST ? "POST" : "GET");
	json_key_string(&json, "path", request->path);
	json_key_string(&json, "permission", route->permission);
	json_end_object(&json);
	row.after = state->str;
	return db_txn_begin(db, &txn, error) && ledger_append(db, commune_id, &row, error) &&
	       db_txn_commit(txn, error);
}

bool
app_form_mark_check(const AppVisitor *visitor, HttpRequest *request, GError **error)
{
	const char *sent;

	if (visitor->session_id == 0)
		return true;
	sent = http_request_form(request, MARK_FIELD);
	if (sent != NULL && visitor->form_mark != NULL && secret_is_equal(sent, visitor->form_mark))
		return true;
	request->problem = "Biểu mẫu này thuộc về một lần đăng nhập khác.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_FORBIDDEN, "a form without the session's mark");
	return false;
}

void
app_form_mark_insert(GString *page, const char *mark)
{
	static const char METHOD[] = "method=\"post\"";
	g_autoptr(GString) marked = NULL;
	const char *done = page->str, *form = page->str;

	if (strstr(page->str, METHOD) == NULL)
		return;
	marked = g_string_sized_new(page->len + page->len / 4);
	while ((form = strstr(form, "<form ")) != NULL) {
		const char *end = strchr(form, '>'); /* values have it escaped */

		if (end == NULL)
			break;
		if (g_strstr_len(form, end - form, METHOD) != NULL) {
			g_string_append_len(marked, done, end + 1 - done);
			g_string_append(marked, "<input type=\"hidden\" name=\"" MARK_FIELD "\" value=\"");
			html_attr(marked, mark);
			g_string_append(marked, "\">");
			done = end + 1;
		}
		form = end;
	}
	g_string_append(marked, done);
	g_string_truncate(page, 0);
	g_string_append_len(page, marked->str, (gssize)marked->len);
}
