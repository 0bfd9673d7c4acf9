/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "http/data.h"
#include "modules/agency/agency.h"
#include "modules/identity/pages/plan_roles.html.h"
#include "modules/identity/role_pages.h"

#include <string.h>

/* Who has which role in a plan. Everybody who reads the plan sees it; who may set roles decides. */

#define NUMBER_DIGITS_MAX 9

static const char *const OVER[] = {"co", NULL};
static const HttpField OVER_FIELD = {"da-thu", "Vai trò đã thu", http_valid_word, .words = OVER};

static const char *
holder_of(Arena *arena, const IdentityPlanRole *row)
{
	if (row->who == IDENTITY_WHO_ACCOUNT)
		return row->agency != NULL ? arena_printf(arena, "%s, thay mặt %s", row->account, row->agency)
					   : row->account;
	return arena_printf(arena, "%s: %s", row->agency, IDENTITY_WHO_LABELS[row->who]);
}

static const char *
since_of(Arena *arena, const IdentityPlanRole *row)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_format_vi(row->valid_from, from);
	date_format_vi(row->valid_to, to);
	return *to != '\0' ? arena_printf(arena, "%s – %s", from, to) : arena_printf(arena, "từ %s", from);
}

static const char *
kind_of(IdentityStanding standing)
{
	return standing == IDENTITY_CONFIRMED ? "ok" : standing == IDENTITY_PROPOSED ? "soon" : "idle";
}

static bool
is_over(const IdentityPlanRole *row, int32_t today)
{
	return row->standing == IDENTITY_DISMISSED || row->standing == IDENTITY_ENDED ||
	       (row->valid_to != DATE_NONE && row->valid_to < today);
}

static bool
fill_row(const HttpRequest *request, IdentityPlanRolesView *view, const IdentityPlanRole *row, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityPlanRoleRow *shown = &view->rows[view->n_rows++];
	PlanItemSource place = {0};

	if (*row->item != '\0' && !plan_item_source(&view->page, row->item, &place, error))
		return false;
	*shown = (IdentityPlanRoleRow){
	    .row = row,
	    .holder = holder_of(request->arena, row),
	    .since = since_of(request->arena, row),
	    .kind = kind_of(row->standing),
	    .place_url = place.url,
	    .action = arena_printf(request->arena,
		IDENTITY_ROLES_PATH "/%" G_GINT64_FORMAT "?" PLAN_PARAM "=%" G_GINT64_FORMAT,
		row->plan_role_no, row->plan_id),
	    .is_mine = visitor->person_id != 0 && row->person_id == visitor->person_id,
	};
	return true;
}

static bool
load_rows(const HttpRequest *request, IdentityPlanRolesView *view, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!identity_plan_roles(&scope, view->page.scope.plan_id, rows, error))
		return false;
	view->rows = arena_array(request->arena, IdentityPlanRoleRow, rows->len + 1);
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *row = g_ptr_array_index(rows, i);
		bool over = is_over(row, view->page.today);

		view->n_proposed += row->standing == IDENTITY_PROPOSED;
		view->n_over += over;
		if ((!over || view->shows_over) && !fill_row(request, view, row, error))
			return false;
	}
	return true;
}

static void
write_csv(const IdentityPlanRolesView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Vai trò", "Ai giữ", "Thời gian", "Căn cứ", "Tình trạng",
	    "Người giao hoặc xác nhận", "Ngày giao hoặc xác nhận"};
	GString *out = response->body;

	http_csv_begin(response, "vai-tro.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const IdentityPlanRoleRow *row = &view->rows[i];
		char day[DATE_ISO_SIZE];

		date_format_iso(instant_day(row->row->set_us), day);
		csv_text(out, row->row->role_name);
		csv_text(out, row->holder);
		csv_text(out, row->since);
		csv_text(out, row->row->source);
		csv_text(out, IDENTITY_STANDING_LABELS[row->row->standing]);
		csv_text(out, row->row->set_by);
		csv_text(out, day);
		csv_end_line(out);
	}
}

static void
write_json(const IdentityPlanRolesView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key(&json, "roles");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const IdentityPlanRole *row = view->rows[i].row;

		json_begin_object(&json);
		json_key_int(&json, "id", row->plan_role_no);
		json_key_string(&json, "role", row->role);
		json_key_string(&json, "name", row->role_name);
		json_key_string(&json, "who", IDENTITY_WHO_WORDS[row->who]);
		json_key_string(&json, "agency", row->agency);
		json_key_string(&json, "account", row->account);
		json_key_day(&json, "from", row->valid_from);
		json_key_day(&json, "to", row->valid_to);
		json_key_string(&json, "source", row->source);
		json_key(&json, "confirmed");
		json_bool(&json, row->standing == IDENTITY_CONFIRMED);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

/* What the form needs, for who may use it. */
static bool
load_form(HttpRequest *request, IdentityPlanRolesView *view, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	AppTarget target = {.plan_id = view->page.scope.plan_id};
	AppAnswer answer;
	GPtrArray *all;

	if (!app_access(request, APP_ROLES, &target, &answer, error))
		return false;
	view->may_set = answer.is_allowed;
	if (!view->may_set)
		return true;
	all = (GPtrArray *)(guintptr)view->accounts;
	return identity_roles_for_plans(&scope, (GPtrArray *)(guintptr)view->roles, error) &&
	       identity_agencies(&scope, (GPtrArray *)(guintptr)view->agencies, error) &&
	       identity_list(&scope, all, error);
}

static const char *
path_of(const IdentityPlanRolesView *view, const char *path)
{
	return arena_printf(
	    view->page.arena, "%s?" PLAN_PARAM "=%" G_GINT64_FORMAT, path, view->page.scope.plan_id);
}

/* Says which plan is meant, and what was typed; the page's rows follow. */
static bool
begin(HttpRequest *request, IdentityPlanRolesView *view, GError **error)
{
	HttpValue over;
	LinkParam *params;

	if (!http_query_parse(&OVER_FIELD, 1, request, &over, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Vai trò", &view->page, error))
		return false;
	view->shows_over = over.is_set;
	params = arena_array(request->arena, LinkParam, 2);
	params[0] = (LinkParam){PLAN_PARAM, view->page.plan_query};
	params[1] = (LinkParam){OVER_FIELD.name, over.is_set ? OVER[0] : NULL};
	view->base = (LinkBase){IDENTITY_ROLES_PATH, params, 2};
	view->page.layout.path = IDENTITY_ROLES_PATH;
	view->self_url = path_of(view, IDENTITY_ROLES_PATH);
	view->propose_url = path_of(view, IDENTITY_ROLES_PATH "/de-xuat");
	view->exports = plan_page_exports(&view->page, &view->base);
	view->over_url = link_with(
	    request->arena, &view->base, &(LinkParam){OVER_FIELD.name, over.is_set ? NULL : OVER[0]}, 1);
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, IdentityPlanRolesView *view, GError **error)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();

	view->parts = parts;
	view->roles = roles;
	view->agencies = agencies;
	view->accounts = accounts;
	if (!agency_list(&view->page.scope, request->arena, parts, error) ||
	    !load_rows(request, view, error) || !load_form(request, view, error))
		return false;
	if (request->format == HTTP_CSV)
		write_csv(view, response);
	else if (request->format == HTTP_JSON)
		write_json(view, response);
	else
		identity_plan_roles_page(response->body, view);
	return true;
}

bool
identity_plan_roles_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityPlanRolesView view = {0};
	char today[DATE_ISO_SIZE];

	if (!begin(request, &view, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	date_format_iso(view.page.today, today);
	view.typed = (IdentityPlanRoleTyped){
	    .role = "", .who = "", .agency = "", .account = "", .from = today, .to = "", .source = ""};
	return show(request, response, &view, error);
}

/* After a decision: the list, or the page with what is wrong. */
static bool
finish(HttpRequest *request, HttpResponse *response, IdentityPlanRolesView *view, const char *problem,
    GError **error)
{
	char today[DATE_ISO_SIZE];

	if (problem == NULL) {
		http_response_redirect(response, view->self_url);
		return true;
	}
	date_format_iso(view->page.today, today);
	response->status = 422;
	view->problem = problem;
	view->typed = (IdentityPlanRoleTyped){.role = http_request_form_text(request, "vai-tro"),
	    .who = http_request_form_text(request, "ai"),
	    .agency = http_request_form_text(request, "co-quan"),
	    .account = http_request_form_text(request, "nguoi"),
	    .from = *http_request_form_text(request, "tu-ngay") != '\0'
			? http_request_form_text(request, "tu-ngay")
			: today,
	    .to = http_request_form_text(request, "den-ngay"),
	    .source = http_request_form_text(request, "can-cu")};
	return show(request, response, view, error);
}

static int64_t
number_of(const HttpRequest *request, const char *name)
{
	const char *text = http_request_form_text(request, name);
	size_t len = strlen(text);

	return len > 0 && len <= NUMBER_DIGITS_MAX && strspn(text, "0123456789") == len
		   ? g_ascii_strtoll(text, NULL, 10)
		   : 0;
}

static int32_t
day_of(const HttpRequest *request, const char *name)
{
	int32_t day;

	return date_parse_iso(http_request_form_text(request, name), &day) ? day : DATE_NONE;
}

static IdentityWho
who_of(const char *word)
{
	for (int who = IDENTITY_WHO_PEOPLE; who < IDENTITY_WHO_MAX; who++)
		if (strcmp(IDENTITY_WHO_WORDS[who], word) == 0)
			return (IdentityWho)who;
	return IDENTITY_WHO_MAX;
}

bool
identity_plan_roles_give(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityPlanRolesView view = {0};
	IdentityPlanRole row;
	const char *problem;
	int64_t number;

	if (!begin(request, &view, error))
		return false;
	row = (IdentityPlanRole){.plan_id = view.page.scope.plan_id,
	    .role = http_request_form_text(request, "vai-tro"),
	    .who = who_of(http_request_form_text(request, "ai")),
	    .agency_id = number_of(request, "co-quan"),
	    .valid_from = day_of(request, "tu-ngay"),
	    .valid_to = day_of(request, "den-ngay"),
	    .source = http_request_form_text(request, "can-cu"),
	    .item = ""};
	row.account_id = row.who == IDENTITY_WHO_ACCOUNT ? number_of(request, "nguoi") : 0;
	if (row.valid_to == DATE_NONE && *http_request_form_text(request, "den-ngay") != '\0')
		return finish(request, response, &view, "Ngày kết thúc không đúng.", error);
	return identity_plan_role_add(&scope, &row, &number, &problem, error) &&
	       finish(request, response, &view, problem, error);
}

bool
identity_plan_roles_propose(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityPlanRolesView view = {0};
	int64_t n = 0;

	return begin(request, &view, error) &&
	       (view.page.plan == NULL ||
		   identity_plan_role_propose(&scope, view.page.scope.plan_id, &n, error)) &&
	       finish(request, response, &view,
		   n == 0 ? "Không đọc thêm được vai trò nào từ kế hoạch này. Hãy giao ở biểu mẫu dưới đây."
			  : NULL,
		   error);
}

static IdentityStanding
standing_of(const char *word)
{
	static const struct {
		const char *word;
		IdentityStanding standing;
	} WORDS[] = {
	    {"xac-nhan", IDENTITY_CONFIRMED}, {"khong-dung", IDENTITY_DISMISSED}, {"thu", IDENTITY_ENDED}};

	for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (strcmp(WORDS[i].word, word) == 0)
			return WORDS[i].standing;
	return IDENTITY_STANDING_MAX;
}

bool
identity_plan_roles_decide(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityPlanRolesView view = {0};
	IdentityStanding standing = standing_of(http_request_form_text(request, "viec"));
	IdentityPlanRole row;
	const char *problem;
	int64_t number;

	if (!begin(request, &view, error) || !http_request_param_int(request, "id", &number, error) ||
	    !identity_plan_role_find(&scope, number, &row, error) ||
	    !app_access_require(request, APP_ROLES, &(AppTarget){.plan_id = row.plan_id}, error))
		return false;
	if (standing == IDENTITY_STANDING_MAX)
		return finish(request, response, &view, "Hãy chọn việc cần làm với vai trò.", error);
	return identity_plan_role_decide(&scope, number, standing, &problem, error) &&
	       finish(request, response, &view, problem, error);
}
