/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/proposal/proposal_routes.h"

#include "base/app-error.h"
#include "base/json.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"
#include "storage/db_day.h"
#include "storage/txn.h"

#include <string.h>

const char *const PROPOSAL_FAMILY_TITLES[PROPOSAL_FAMILY_MAX] = {
    "Kế hoạch chưa rõ hệ thống", "Kế hoạch của chính quyền", "Kế hoạch của Đảng"};
const char *const PROPOSAL_FAMILY_WORDS[PROPOSAL_FAMILY_MAX + 1] = {"chua-ro", "chinh-quyen", "dang", NULL};

static ProposalRoute *
read_route(const DbStmt *stmt, Arena *arena)
{
	ProposalRoute *route = arena_new0(arena, ProposalRoute);

	route->family = (int)CLAMP(db_column_int(stmt, PROPOSAL_ROUTES_C_FAMILY), 0, PROPOSAL_FAMILY_MAX - 1);
	route->valid_from = (int32_t)db_column_int(stmt, PROPOSAL_ROUTES_C_VALID_FROM);
	route->valid_to = db_column_day(stmt, PROPOSAL_ROUTES_C_VALID_TO);
	route->source = arena_strdup(arena, db_column_text(stmt, PROPOSAL_ROUTES_C_SOURCE));
	route->set_by = arena_strdup(arena, db_column_text(stmt, PROPOSAL_ROUTES_C_SET_BY));
	route->set_us = db_column_int(stmt, PROPOSAL_ROUTES_C_SET_US);
	return route;
}

static void
read_step(const DbStmt *stmt, Arena *arena, ProposalRoute *route)
{
	if (route->n_steps == PROPOSAL_STEPS_MAX)
		return;
	route->steps[route->n_steps++] =
	    (ProposalStep){.step_no = db_column_int(stmt, PROPOSAL_ROUTES_C_STEP_NO),
		.role = arena_strdup(arena, db_column_text(stmt, PROPOSAL_ROUTES_C_ROLE)),
		.title = arena_strdup(arena, db_column_text(stmt, PROPOSAL_ROUTES_C_TITLE)),
		.source = route->source,
		.working_days = (int)db_column_int(stmt, PROPOSAL_ROUTES_C_WORKING_DAYS),
		.decides = db_column_int(stmt, PROPOSAL_ROUTES_C_DECIDES) != 0};
}

bool
proposal_routes(const WorkScope *scope, GPtrArray *ret_routes, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	ProposalRoute *route = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_ROUTES, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROUTES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		if (route == NULL || route->family != db_column_int(stmt, PROPOSAL_ROUTES_C_FAMILY) ||
		    route->valid_from != db_column_int(stmt, PROPOSAL_ROUTES_C_VALID_FROM)) {
			route = read_route(stmt, scope->arena);
			g_ptr_array_add(ret_routes, route);
		}
		read_step(stmt, scope->arena, route);
	}
	return !has_row;
}

bool
proposal_roles(const WorkScope *scope, GPtrArray *ret_roles, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_ROLES, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROLES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		ProposalRole *role = arena_new0(scope->arena, ProposalRole);

		role->role = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_ROLES_C_ROLE));
		role->name = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_ROLES_C_NAME));
		role->may_decide = db_column_int(stmt, PROPOSAL_ROLES_C_MAY_DECIDE) > 0;
		g_ptr_array_add(ret_roles, role);
	}
	return !has_row;
}

const ProposalRoute *
proposal_route_on(const GPtrArray *routes, int family, int32_t day)
{
	for (guint i = 0; i < routes->len; i++) {
		const ProposalRoute *route = g_ptr_array_index(routes, i);

		if (route->family == family && route->valid_from <= day &&
		    (route->valid_to == DATE_NONE || route->valid_to >= day))
			return route;
	}
	return NULL;
}

/* --- the ledger --------------------------------------------------------------------------------------------
 */

static char *
object_of(const ProposalRoute *route)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(route->valid_from, day);
	return g_strdup_printf("proposal-route/%s/%s", PROPOSAL_FAMILY_WORDS[route->family], day);
}

static void
put_step(JsonWriter *json, const ProposalStep *step)
{
	json_begin_object(json);
	json_key_string(json, "role", step->role);
	json_key_string(json, "title", step->title);
	json_key_int(json, "working_days", step->working_days);
	json_key_int(json, "decides", step->decides);
	json_end_object(json);
}

static char *
state_of(const ProposalRoute *route)
{
	GString *out = g_string_new(NULL);
	char day[DATE_ISO_SIZE];
	JsonWriter json;

	date_format_iso(route->valid_to, day);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "until", route->valid_to != DATE_NONE ? day : NULL);
	json_key_string(&json, "source", route->source);
	json_key(&json, "steps");
	json_begin_array(&json);
	for (size_t i = 0; i < route->n_steps; i++)
		put_step(&json, &route->steps[i]);
	json_end_array(&json);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
note(const WorkScope *scope, const ProposalRoute *route, GError **error)
{
	g_autofree char *object = object_of(route), *state = state_of(route), *before = NULL;

	return ledger_last_state(scope->db, scope->commune_id, object, &before, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

/* What came with the program is noted when it is first put to use by a program that does so. */
static bool
is_unnoted(Db *db, int64_t commune_id, const ProposalRoute *route, bool *ret_is, GError **error)
{
	g_autofree char *object = object_of(route), *state = NULL;

	if (!ledger_last_state(db, commune_id, object, &state, error))
		return false;
	*ret_is = state == NULL && route->set_us == 0;
	return true;
}

bool
proposal_routes_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = db, .commune_id = commune_id, .arena = arena};
	g_autoptr(GPtrArray) routes = g_ptr_array_new();

	if (!proposal_routes(&scope, routes, error))
		return false;
	for (guint i = 0; i < routes->len; i++) {
		const ProposalRoute *route = g_ptr_array_index(routes, i);
		g_autofree char *object = object_of(route), *state = state_of(route);
		bool is_new;

		if (!is_unnoted(db, commune_id, route, &is_new, error) ||
		    (!is_new && !ledger_check_state(db, commune_id, object, state, report, error)))
			return false;
	}
	return true;
}

bool
proposal_routes_note_seed(Db *db, int64_t commune_id, int64_t now_us, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = db,
	    .commune_id = commune_id,
	    .now_us = now_us,
	    .actor = {.name = "Chương trình"},
	    .arena = arena};
	g_autoptr(GPtrArray) routes = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(db, &txn, error) || !proposal_seed(db, commune_id, error) ||
	    !proposal_routes(&scope, routes, error))
		return false;
	for (guint i = 0; i < routes->len; i++) {
		const ProposalRoute *route = g_ptr_array_index(routes, i);
		bool is_new;

		if (!is_unnoted(db, commune_id, route, &is_new, error) ||
		    (is_new && !note(&scope, route, error)))
			return false;
	}
	return db_txn_commit(txn, error);
}

/* --- changing ----------------------------------------------------------------------------------------------
 */

static const ProposalRole *
find_role(const GPtrArray *roles, const char *role)
{
	for (guint i = 0; i < roles->len; i++)
		if (g_strcmp0(((const ProposalRole *)g_ptr_array_index(roles, i))->role, role) == 0)
			return g_ptr_array_index(roles, i);
	return NULL;
}

static const char *
problem_of_step(const WorkScope *scope, const ProposalStep *step, const GPtrArray *roles)
{
	const ProposalRole *role = find_role(roles, step->role);

	if (role == NULL)
		return arena_printf(scope->arena,
		    "Bước %" G_GINT64_FORMAT ": không có vai trò này. Hãy chọn trong danh sách.",
		    step->step_no);
	if (step->title == NULL || *step->title == '\0' ||
	    g_utf8_strlen(step->title, -1) > PROPOSAL_STEP_TITLE_CHARS)
		return arena_printf(scope->arena,
		    "Bước %" G_GINT64_FORMAT ": hãy ghi việc của bước, tối đa %d ký tự.", step->step_no,
		    PROPOSAL_STEP_TITLE_CHARS);
	if (step->working_days < 1 || step->working_days > PROPOSAL_STEP_DAYS_MAX)
		return arena_printf(scope->arena,
		    "Bước %" G_GINT64_FORMAT ": thời hạn phải từ 1 đến %d ngày làm việc.", step->step_no,
		    PROPOSAL_STEP_DAYS_MAX);
	if (step->decides && !role->may_decide)
		return arena_printf(scope->arena,
		    "Bước cuối là bước quyết định, nhưng vai trò “%s” không có quyền quyết định. Hãy chọn "
		    "vai "
		    "trò khác, hoặc thêm quyền cho vai trò này ở trang Vai trò.",
		    role->name);
	return NULL;
}

static bool
never_held(const ProposalRoute *route)
{
	return route->valid_to != DATE_NONE && route->valid_to < route->valid_from;
}

static const ProposalRoute *
find_route(const GPtrArray *routes, int family, int32_t valid_from)
{
	for (guint i = 0; i < routes->len; i++) {
		const ProposalRoute *route = g_ptr_array_index(routes, i);

		if (route->family == family && route->valid_from == valid_from)
			return route;
	}
	return NULL;
}

static const char *
problem_of(
    const WorkScope *scope, const ProposalRoute *route, const ProposalRoute *same_day, const GPtrArray *roles)
{
	if (route->family < 0 || route->family >= PROPOSAL_FAMILY_MAX)
		return "Hãy chọn loại kế hoạch.";
	if (route->n_steps == 0)
		return "Tuyến phải có ít nhất một bước; bước cuối là bước quyết định.";
	if (route->source == NULL || *route->source == '\0' ||
	    g_utf8_strlen(route->source, -1) > PROPOSAL_SOURCE_CHARS)
		return "Hãy ghi căn cứ: quy chế làm việc, quyết định hoặc thông báo; tối đa 300 ký tự.";
	if (route->valid_from < scope->today)
		return "Tuyến chỉ có hiệu lực từ hôm nay trở đi: kiến nghị đã nêu đi theo tuyến của ngày "
		       "nêu.";
	if (same_day != NULL && same_day->valid_from <= scope->today && !never_held(same_day))
		return "Đã có tuyến bắt đầu dùng từ hôm nay, và có thể đã có kiến nghị theo tuyến đó. Hãy "
		       "chọn "
		       "từ ngày mai.";
	for (size_t i = 0; i < route->n_steps; i++) {
		const char *problem = problem_of_step(scope, &route->steps[i], roles);

		if (problem != NULL)
			return problem;
	}
	return NULL;
}

static bool
drop(const WorkScope *scope, const ProposalRoute *route, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PROPOSAL_ROUTE_DROP, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROUTE_DROP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_ROUTE_DROP_P_FAMILY, route->family);
	db_bind_int(stmt, PROPOSAL_ROUTE_DROP_P_VALID_FROM, route->valid_from);
	return db_run(stmt, error);
}

static bool
insert(const WorkScope *scope, const ProposalRoute *route, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PROPOSAL_ROUTE_PUT, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_FAMILY, route->family);
	db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_VALID_FROM, route->valid_from);
	db_bind_text(stmt, PROPOSAL_ROUTE_PUT_P_SOURCE, route->source);
	db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_SET_US, scope->now_us);
	db_bind_text(
	    stmt, PROPOSAL_ROUTE_PUT_P_SET_BY, scope->actor.name != NULL ? scope->actor.name : LEDGER_NOBODY);
	for (size_t i = 0; i < route->n_steps; i++) {
		const ProposalStep *step = &route->steps[i];

		db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_STEP_NO, step->step_no);
		db_bind_text(stmt, PROPOSAL_ROUTE_PUT_P_ROLE, step->role);
		db_bind_text(stmt, PROPOSAL_ROUTE_PUT_P_TITLE, step->title);
		db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_WORKING_DAYS, step->working_days);
		db_bind_int(stmt, PROPOSAL_ROUTE_PUT_P_DECIDES, step->decides);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
proposal_route_set(
    const WorkScope *scope, const ProposalRoute *wanted, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) routes = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	ProposalRoute route = *wanted;
	const ProposalRoute *same_day;

	route.valid_to = DATE_NONE;
	for (size_t i = 0; i < route.n_steps; i++) {
		route.steps[i].step_no = (int64_t)i + 1;
		route.steps[i].decides = i + 1 == route.n_steps;
	}
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !proposal_routes_note_seed(scope->db, scope->commune_id, scope->now_us, error) ||
	    !proposal_routes(scope, routes, error) || !proposal_roles(scope, roles, error))
		return false;
	same_day = find_route(routes, route.family, route.valid_from);
	*ret_problem = problem_of(scope, &route, same_day, roles);
	if (*ret_problem != NULL)
		return true;
	return (same_day == NULL || drop(scope, same_day, error)) && insert(scope, &route, error) &&
	       note(scope, &route, error) && db_txn_commit(txn, error);
}

static bool
close_on(const WorkScope *scope, const ProposalRoute *route, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PROPOSAL_ROUTE_CLOSE, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROUTE_CLOSE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_ROUTE_CLOSE_P_FAMILY, route->family);
	db_bind_int(stmt, PROPOSAL_ROUTE_CLOSE_P_VALID_FROM, route->valid_from);
	db_bind_int(stmt, PROPOSAL_ROUTE_CLOSE_P_VALID_TO, route->valid_to);
	return db_run(stmt, error);
}

static const char *
problem_of_end(const WorkScope *scope, const ProposalRoute *route, int32_t last_day)
{
	if (route->set_us == 0)
		return "Tuyến đi cùng chương trình không thôi dùng được, vì khi không còn tuyến nào khác thì "
		       "kiến nghị đi theo tuyến này. Hãy đặt một tuyến mới.";
	if (route->valid_to != DATE_NONE && route->valid_to < scope->today)
		return "Tuyến này đã thôi dùng.";
	if (route->valid_from <= scope->today && last_day < scope->today)
		return "Ngày dùng cuối cùng không được trước hôm nay.";
	return NULL;
}

bool
proposal_route_end(const WorkScope *scope, int family, int32_t valid_from, int32_t last_day,
    const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) routes = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	const ProposalRoute *found;
	ProposalRoute route;

	if (!db_txn_begin(scope->db, &txn, error) || !proposal_routes(scope, routes, error))
		return false;
	found = find_route(routes, family, valid_from);
	if (found == NULL) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có tuyến xử lý kiến nghị này");
		return false;
	}
	*ret_problem = problem_of_end(scope, found, last_day);
	if (*ret_problem != NULL)
		return true;
	route = *found;
	/* One that has not begun never will. */
	route.valid_to = last_day < route.valid_from ? route.valid_from - 1 : last_day;
	return close_on(scope, &route, error) && note(scope, &route, error) && db_txn_commit(txn, error);
}
