/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/setup_page.h"

#include "app/backup.h"
#include "app/commune.h"
#include "modules/people/pages/setup.html.h"
#include "modules/plan/plan.h"

#include <string.h>

#define BACKUP_ROWS_MAX 200 /* rows about backups that are looked at */

/* What the steps are judged by. */
typedef struct Facts {
	const HttpRequest *request;
	Arena *arena;
	UnitRows units;
	const GPtrArray *people, *accounts, *plans;
	int64_t now_us;
} Facts;

static SetupStep *
add_step(SetupView *view, const char *title, const char *what)
{
	SetupStep *step = &view->steps[view->n_steps++];

	g_assert(view->n_steps <= SETUP_STEPS_MAX);
	*step = (SetupStep){.title = title, .what = what};
	return step;
}

static void
add_missing(SetupStep *step, Arena *arena, const char *label, const char *url)
{
	if (step->missing == NULL)
		step->missing = arena_array(arena, SetupMissing, SETUP_MISSING_MAX);
	if (step->n_missing < SETUP_MISSING_MAX)
		step->missing[step->n_missing++] = (SetupMissing){label, url};
	else
		step->n_more++;
}

static void
judge_commune(SetupView *view)
{
	SetupStep *step = add_step(view, "Xã, phường, đặc khu",
	    "Tên, mã đơn vị hành chính và tỉnh, thành phố: đứng đầu mọi trang và mọi báo cáo.");

	step->is_done = *view->name != '\0' && *view->province != '\0';
	step->offers_commune = !step->is_done;
	step->state = step->is_done ? view->name : "Chưa đủ tên và tỉnh, thành phố.";
}

static void
judge_plan(SetupView *view, const Facts *facts)
{
	SetupStep *step = add_step(view, "Kế hoạch",
	    "Tên các cơ quan được lấy từ kế hoạch, nên nhập kế hoạch trước khi xác nhận đơn vị. Chưa có kế "
	    "hoạch "
	    "thì dùng danh mục có sẵn ở bước sau.");

	step->is_done = facts->plans->len > 0;
	step->is_optional = true;
	step->state = step->is_done ? arena_printf(facts->arena, "Đã có %u kế hoạch.", facts->plans->len)
				    : "Chưa nhập kế hoạch nào.";
	step->url = "/nhap-ke-hoach";
	step->action = "Nhập kế hoạch";
}

static void
judge_units(SetupView *view, const Facts *facts)
{
	SetupStep *step = add_step(view, "Đơn vị",
	    "Xác nhận tên nào là đơn vị thật, thuộc loại nào; gộp các cách viết khác nhau của cùng một đơn "
	    "vị.");
	size_t n = facts->units.n_rows;

	step->is_done = n > 0 && facts->units.n_unconfirmed == 0;
	step->offers_standard = n == 0;
	step->state = n == 0 ? "Chưa có đơn vị nào."
			     : arena_printf(facts->arena, "%zu đơn vị, trong đó %zu chưa xác nhận.", n,
				   facts->units.n_unconfirmed);
	step->url = n == 0 ? "/don-vi/moi" : "/don-vi?tinh-trang=chua-xac-nhan";
	step->action = n == 0 ? "Thêm từng đơn vị" : "Xác nhận đơn vị";
	for (size_t i = 0; i < n; i++) {
		const UnitRow *row = &facts->units.rows[i];

		if (row->at->version_no == 0)
			add_missing(step, facts->arena, row->at->name,
			    arena_printf(
				facts->arena, UNITS_PATH "/%" G_GINT64_FORMAT, row->unit->agency_id));
	}
}

/* Units of the commune itself, that can have a head. */
static bool
needs_head(const UnitRow *row)
{
	return row->at->version_no > 0 && !row->at->is_generic && !row->at->is_higher &&
	       strcmp(row->at->kind, "doanh-nghiep") != 0;
}

static void
judge_heads(SetupView *view, const Facts *facts)
{
	SetupStep *step = add_step(view, "Người đứng đầu",
	    "Mỗi đơn vị có một người đứng đầu chịu trách nhiệm: rõ người, rõ trách nhiệm.");
	size_t n_units = 0, n_without = 0;

	for (size_t i = 0; i < facts->units.n_rows; i++) {
		const UnitRow *row = &facts->units.rows[i];

		if (!needs_head(row))
			continue;
		n_units++;
		if (row->head != NULL)
			continue;
		n_without++;
		add_missing(step, facts->arena, row->at->name,
		    arena_printf(
			facts->arena, PEOPLE_PATH "/moi?don-vi=%" G_GINT64_FORMAT, row->unit->agency_id));
	}
	step->is_done = n_units > 0 && n_without == 0;
	step->state = n_units == 0 ? "Chưa có đơn vị nào được xác nhận."
				   : arena_printf(facts->arena, "%zu trong %zu đơn vị đã ghi người đứng đầu.",
					 n_units - n_without, n_units);
	step->url = PEOPLE_PATH "/nhap-excel";
	step->action = "Nhập người từ tệp Excel";
}

static void
judge_accounts(SetupView *view, const Facts *facts)
{
	SetupStep *step = add_step(view, "Tài khoản của cán bộ",
	    "Mỗi người dùng có tài khoản riêng, với vai trò của mình; mật khẩu đầu tiên giao tận tay.");
	size_t n_work = 0;

	for (guint i = 0; i < facts->accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(facts->accounts, i);

		n_work += account->kind != IDENTITY_ADMIN && !account->is_disabled;
	}
	step->is_done = n_work > 0;
	step->state = arena_printf(
	    facts->arena, "%u người trong danh sách, %zu tài khoản đang dùng.", facts->people->len, n_work);
	step->url = PEOPLE_PATH "?tinh-trang=chua-co-tai-khoan";
	step->action = "Cấp tài khoản";
}

static void
judge_admins(SetupView *view, const Facts *facts)
{
	SetupStep *step = add_step(view, "Tài khoản quản trị và xác thực hai lớp",
	    "Từ khi có tài khoản quản trị, ai cũng phải đăng nhập. Quản trị bắt buộc dùng xác thực hai lớp.");
	size_t n = 0, n_with_totp = 0;

	for (guint i = 0; i < facts->accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(facts->accounts, i);

		if (account->kind != IDENTITY_ADMIN || account->is_disabled)
			continue;
		n++;
		n_with_totp += account->has_totp;
		if (!account->has_totp)
			add_missing(step, facts->arena,
			    arena_printf(facts->arena, "%s chưa bật xác thực hai lớp", account->login),
			    arena_printf(
				facts->arena, "/quan-tri/tai-khoan/%" G_GINT64_FORMAT, account->account_id));
	}
	step->is_done = n > 0 && n_with_totp == n;
	step->state = n == 0 ? "Chưa có: chạy lệnh namro user add THƯ-MỤC TÊN --kind quan-tri trên máy chủ."
			     : arena_printf(facts->arena,
				   "%zu tài khoản quản trị, %zu đã bật xác thực hai lớp.", n, n_with_totp);
	step->url = n > 0 ? "/quan-tri/tai-khoan" : NULL;
	step->action = "Xem các tài khoản";
}

typedef struct LastBackup {
	int64_t at_us;
	int n_looked_at;
} LastBackup;

static bool
visit_backup(void *data, const LedgerRow *row)
{
	LastBackup *last = data;

	if (row->after != NULL && strstr(row->after, "\"action\":\"backup\"") != NULL)
		last->at_us = row->at_us;
	return last->at_us == 0 && ++last->n_looked_at < BACKUP_ROWS_MAX;
}

static bool
judge_backup(SetupView *view, const Facts *facts, GError **error)
{
	const AppContext *context = app_context(facts->request);
	SetupStep *step = add_step(view, "Bản sao lưu đầu tiên",
	    "Trước khi nhiều người cùng làm, hãy có một bản sao lưu ở máy khác, và khôi phục thử.");
	LastBackup last = {0};
	char when[INSTANT_VI_SIZE];

	if (!ledger_walk_back(
		context->db, context->commune_id, BACKUP_OBJECT, INT64_MAX, visit_backup, &last, error))
		return false;
	step->is_done = last.at_us != 0;
	instant_format_minute_vi(last.at_us, when);
	step->state =
	    step->is_done ? arena_printf(facts->arena, "Gần nhất: %s.", when) : "Chưa sao lưu lần nào.";
	step->url = "/sao-luu";
	step->action = "Cách sao lưu";
	return true;
}

static bool
load_commune(const AppContext *context, SetupView *view, Arena *arena, GError **error)
{
	AppCommuneText commune;

	if (!app_commune_read(context->db, context->commune_id, arena, &commune, error))
		return false;
	view->name = commune.name;
	view->province = commune.province;
	view->code = commune.code;
	return true;
}

static bool
judge_all(SetupView *view, const Facts *facts, GError **error)
{
	judge_commune(view);
	judge_plan(view, facts);
	judge_units(view, facts);
	judge_heads(view, facts);
	judge_admins(view, facts);
	judge_accounts(view, facts);
	if (!judge_backup(view, facts, error))
		return false;
	for (size_t i = 0; i < view->n_steps; i++) {
		view->n_needed += !view->steps[i].is_optional;
		view->n_done += view->steps[i].is_done && !view->steps[i].is_optional;
	}
	return true;
}

static bool
answer(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	const AppContext *context = app_context(request);
	const UnitQuery query = {.day = context->today, .filter = UNIT_LIVING, .kind = "", .search = ""};
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	Facts facts = {.request = request,
	    .arena = request->arena,
	    .people = people,
	    .accounts = accounts,
	    .plans = plans};
	SetupView view = {.problem = problem};

	if (!unit_rows_read(request, &query, false, &facts.units, error) ||
	    !identity_people(&scope, people, error) || !identity_list(&scope, accounts, error) ||
	    !plan_list(context->db, context->commune_id, request->arena, plans, error) ||
	    !load_commune(context, &view, request->arena, error) || !judge_all(&view, &facts, error))
		return false;
	view.layout = app_layout(request, "Thiết lập");
	setup_page(response->body, &view);
	return true;
}

bool
setup_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return answer(request, response, NULL, error);
}

bool
setup_commune(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	const char *name = http_request_form_text(request, "ten"),
		   *province = http_request_form_text(request, "tinh");
	LedgerActor actor = app_actor(request);
	const char *problem = NULL;

	if (strlen(name) > AGENCY_NAME_BYTES_MAX || strlen(province) > AGENCY_NAME_BYTES_MAX)
		problem = "Tên quá dài.";
	else if (!app_commune_complete(
		     context->db, context->commune_id, &actor, context->now_us, name, province, error))
		return false;
	if (problem == NULL) {
		http_response_redirect(response, SETUP_PATH);
		return true;
	}
	response->status = 422;
	return answer(request, response, problem, error);
}
