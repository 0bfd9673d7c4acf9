/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/proposal/pages/routes.html.h"

#include <string.h>

/* The routes of proposals: in force, coming and over; the form that sets one. */

enum { KEY_FAMILY, KEY_FROM, KEY_SOURCE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FAMILY] = {"he", "Loại kế hoạch", http_valid_word, .words = PROPOSAL_FAMILY_WORDS},
    [KEY_FROM] = {"tu-ngay", "Có hiệu lực từ ngày", http_valid_date, .max = 0},
    [KEY_SOURCE] = {"can-cu", "Căn cứ", http_valid_text, .max = PROPOSAL_SOURCE_CHARS},
};

enum { END_FAMILY, END_FROM, END_LAST, END_MAX };

static const HttpField END_FIELDS[END_MAX] = {
    [END_FAMILY] = {"he", "Loại kế hoạch", http_valid_word, .words = PROPOSAL_FAMILY_WORDS},
    [END_FROM] = {"tu-ngay", "Có hiệu lực từ ngày", http_valid_date, .max = 0},
    [END_LAST] = {"den-ngay", "Ngày dùng cuối cùng", http_valid_date, .max = 0},
};

/* --- showing -----------------------------------------------------------------------------------------------
 */

static const char *
name_of(const GPtrArray *roles, const char *role)
{
	for (guint i = 0; i < roles->len; i++) {
		const ProposalRole *known = g_ptr_array_index(roles, i);

		if (strcmp(known->role, role) == 0)
			return known->name;
	}
	return role;
}

static void
fill_lines(ProposalRoutesView *view, const GPtrArray *routes, int32_t today, Arena *arena)
{
	view->lines = arena_array(arena, ProposalRouteLine, routes->len + 1);
	for (guint i = 0; i < routes->len; i++) {
		const ProposalRoute *route = g_ptr_array_index(routes, i);
		bool has_end = route->valid_to != DATE_NONE;
		ProposalRouteLine line = {.route = route, .standing = PROPOSAL_STANDING_OVER};

		if (proposal_route_on(routes, route->family, today) == route)
			line.standing = PROPOSAL_STANDING_ON;
		else if (route->valid_from > today && (!has_end || route->valid_to >= route->valid_from))
			line.standing = PROPOSAL_STANDING_COMING;
		line.can_end = line.standing != PROPOSAL_STANDING_OVER && route->set_us != 0;
		for (size_t s = 0; s < route->n_steps; s++)
			line.roles[s] = name_of(view->roles, route->steps[s].role);
		view->lines[view->n_lines++] = line;
	}
}

/* The form begins with the route that holds for a family. */
static ProposalRouteTyped
typed_of(const GPtrArray *routes, int family, int32_t today, Arena *arena)
{
	const ProposalRoute *route = proposal_route_on(routes, family, today);
	ProposalRouteTyped typed = {.family = family, .source = ""};
	char day[DATE_ISO_SIZE];

	date_format_iso(today + 1, day);
	typed.valid_from = arena_strdup(arena, day);
	for (size_t i = 0; route != NULL && i < route->n_steps; i++)
		typed.steps[i] = (ProposalStepTyped){route->steps[i].role, route->steps[i].title,
		    arena_printf(arena, "%d", route->steps[i].working_days)};
	return typed;
}

static void
write_csv(const ProposalRoutesView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Loại kế hoạch", "Từ ngày", "Đến ngày", "Bước", "Vai trò",
	    "Việc của bước", "Số ngày làm việc", "Quyết định", "Căn cứ", "Người đặt"};
	GString *out = response->body;

	http_csv_begin(response, "tuyen-kien-nghi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_lines; i++) {
		const ProposalRoute *route = view->lines[i].route;
		char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

		date_format_vi(route->valid_from, from);
		date_format_vi(route->valid_to, to);
		for (size_t s = 0; s < route->n_steps; s++) {
			csv_text(out, PROPOSAL_FAMILY_TITLES[route->family]);
			csv_text(out, from);
			csv_text(out, to);
			csv_int(out, route->steps[s].step_no);
			csv_text(out, view->lines[i].roles[s]);
			csv_text(out, route->steps[s].title);
			csv_int(out, route->steps[s].working_days);
			csv_text(out, route->steps[s].decides ? "có" : "");
			csv_text(out, route->source);
			csv_text(out, route->set_by);
			csv_end_line(out);
		}
	}
}

static void
put_steps(JsonWriter *json, const ProposalRoute *route)
{
	json_key(json, "steps");
	json_begin_array(json);
	for (size_t i = 0; i < route->n_steps; i++) {
		const ProposalStep *step = &route->steps[i];

		json_begin_object(json);
		json_key_int(json, "step", step->step_no);
		json_key_string(json, "role", step->role);
		json_key_string(json, "title", step->title);
		json_key_int(json, "working_days", step->working_days);
		json_key(json, "decides");
		json_bool(json, step->decides);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
write_json(const ProposalRoutesView *view, HttpResponse *response)
{
	static const char *const STANDINGS[] = {"dang-dung", "sap-dung", "thoi-dung"};
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "routes");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_lines; i++) {
		const ProposalRoute *route = view->lines[i].route;
		char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

		date_format_iso(route->valid_from, from);
		date_format_iso(route->valid_to, to);
		json_begin_object(&json);
		json_key_string(&json, "family", PROPOSAL_FAMILY_WORDS[route->family]);
		json_key_string(&json, "standing", STANDINGS[view->lines[i].standing]);
		json_key_string(&json, "valid_from", from);
		json_key_string(&json, "valid_to", route->valid_to != DATE_NONE ? to : NULL);
		json_key_string(&json, "source", route->source);
		put_steps(&json, route);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

/* A rule of the commune: who has it for one plan alone does not change it. */
static bool
may_change(const HttpRequest *request, bool *ret_may, GError **error)
{
	AppAnswer answer;

	if (!app_access(request, APP_OPERATE, &(AppTarget){0}, &answer, error))
		return false;
	*ret_may = answer.is_allowed;
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, const ProposalRouteTyped *typed, int family,
    const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) routes = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	ProposalRoutesView view = {.roles = roles, .problem = problem};
	char today[DATE_ISO_SIZE];

	if (!proposal_routes(&scope, routes, error) || !proposal_roles(&scope, roles, error) ||
	    !may_change(request, &view.may_change, error))
		return false;
	date_format_iso(scope.today, today);
	view.today = today;
	fill_lines(&view, routes, scope.today, request->arena);
	view.typed = typed != NULL ? *typed : typed_of(routes, family, scope.today, request->arena);
	view.layout = app_layout(request, "Tuyến xử lý kiến nghị");
	view.layout.path = PROPOSAL_PATH;
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		proposal_routes_page(response->body, &view);
	return true;
}

bool
proposal_routes_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue family;

	return http_query_parse(&FIELDS[KEY_FAMILY], 1, request, &family, error) &&
	       show(request, response, NULL, family.is_set ? (int)family.number : PLAN_FAMILY_STATE, NULL,
		   error);
}

/* --- changing ----------------------------------------------------------------------------------------------
 */

static ProposalRouteTyped
read_typed(const HttpRequest *request)
{
	ProposalRouteTyped typed = {.family = PLAN_FAMILY_STATE,
	    .valid_from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu")};

	for (int i = 0; i < PROPOSAL_FAMILY_MAX; i++)
		if (strcmp(http_request_form_text(request, "he"), PROPOSAL_FAMILY_WORDS[i]) == 0)
			typed.family = i;
	for (int i = 0; i < PROPOSAL_STEPS_MAX; i++)
		typed.steps[i] = (ProposalStepTyped){
		    http_request_form_text(request, arena_printf(request->arena, "vai-tro-%d", i + 1)),
		    http_request_form_text(request, arena_printf(request->arena, "viec-%d", i + 1)),
		    http_request_form_text(request, arena_printf(request->arena, "so-ngay-%d", i + 1))};
	return typed;
}

/* A row in which no role was chosen is no step. */
static void
take_steps(const ProposalRouteTyped *typed, ProposalRoute *route)
{
	for (int i = 0; i < PROPOSAL_STEPS_MAX; i++) {
		const ProposalStepTyped *step = &typed->steps[i];
		gint64 days;

		if (*step->role == '\0')
			continue;
		if (!g_ascii_string_to_signed(step->days, 10, 0, G_MAXINT16, &days, NULL))
			days = 0;
		route->steps[route->n_steps++] =
		    (ProposalStep){.role = step->role, .title = step->title, .working_days = (int)days};
	}
}

static bool
refuse(HttpRequest *request, HttpResponse *response, const ProposalRouteTyped *typed, const char *problem,
    GError **error)
{
	response->status = 422;
	return show(request, response, typed, PLAN_FAMILY_STATE, problem, error);
}

bool
proposal_route_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	ProposalRouteTyped typed = read_typed(request);
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	const char *problem;
	ProposalRoute route;

	if (!app_access_require(request, APP_OPERATE, &(AppTarget){0}, error))
		return false;
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		return refuse(request, response, &typed, request->problem, error);
	route = (ProposalRoute){.family = typed.family,
	    .valid_from = values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : 0,
	    .source = values[KEY_SOURCE].text};
	take_steps(&typed, &route);
	if (!proposal_route_set(&scope, &route, &problem, error))
		return false;
	if (problem != NULL)
		return refuse(request, response, &typed, problem, error);
	http_response_redirect(response, PROPOSAL_ROUTES_PATH);
	return true;
}

bool
proposal_route_end_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	HttpValue values[END_MAX];
	const char *problem;

	if (!app_access_require(request, APP_OPERATE, &(AppTarget){0}, error) ||
	    !http_form_parse(END_FIELDS, END_MAX, request, values, error))
		return false;
	if (!proposal_route_end(&scope, (int)values[END_FAMILY].number, (int32_t)values[END_FROM].number,
		values[END_LAST].is_set ? (int32_t)values[END_LAST].number : scope.today, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, NULL, (int)values[END_FAMILY].number, problem, error);
	}
	http_response_redirect(response, PROPOSAL_ROUTES_PATH);
	return true;
}
