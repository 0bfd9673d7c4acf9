/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/agency/agency.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_plan_role_store.h"
#include "modules/plan/plan.h"
#include "storage/txn.h"

#include <string.h>

#define SOURCE_BYTES_MAX 500

const char *const IDENTITY_WHO_LABELS[IDENTITY_WHO_MAX] = {
    [IDENTITY_WHO_PEOPLE] = "Mọi người của cơ quan",
    [IDENTITY_WHO_HEAD] = "Người đứng đầu cơ quan",
    [IDENTITY_WHO_ACCOUNT] = "Một người",
};

const char *const IDENTITY_WHO_WORDS[IDENTITY_WHO_MAX] = {
    [IDENTITY_WHO_PEOPLE] = "moi-nguoi",
    [IDENTITY_WHO_HEAD] = "dung-dau",
    [IDENTITY_WHO_ACCOUNT] = "mot-nguoi",
};

const char *const IDENTITY_STANDING_LABELS[IDENTITY_STANDING_MAX] = {
    [IDENTITY_PROPOSED] = "Chờ xác nhận",
    [IDENTITY_CONFIRMED] = "Đang giữ",
    [IDENTITY_DISMISSED] = "Không đúng",
    [IDENTITY_ENDED] = "Đã thu",
};

bool
identity_roles_for_plans(const IdentityScope *scope, GPtrArray *roles, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_ROLES_FOR_PLANS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_ROLES_FOR_PLANS_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		IdentityRole *role;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		role = arena_new0(scope->arena, IdentityRole);
		role->role =
		    arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_ROLES_FOR_PLANS_C_ROLE));
		role->name =
		    arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_ROLES_FOR_PLANS_C_NAME));
		g_ptr_array_add(roles, role);
	}
}

bool
identity_agencies(const IdentityScope *scope, GPtrArray *agencies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_AGENCIES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_AGENCIES_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		IdentityAgency *agency;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		agency = arena_new0(scope->arena, IdentityAgency);
		agency->agency_id = db_column_int(stmt, IDENTITY_LIST_AGENCIES_C_AGENCY_ID);
		agency->name =
		    arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_AGENCIES_C_NAME));
		g_ptr_array_add(agencies, agency);
	}
}

static bool
has_role(const GPtrArray *roles, const char *name)
{
	for (guint i = 0; i < roles->len; i++)
		if (strcmp(((const IdentityRole *)g_ptr_array_index(roles, i))->role, name) == 0)
			return true;
	return false;
}

static bool
has_agency(const GPtrArray *agencies, int64_t agency_id)
{
	for (guint i = 0; i < agencies->len; i++)
		if (((const IdentityAgency *)g_ptr_array_index(agencies, i))->agency_id == agency_id)
			return true;
	return false;
}

static bool
has_plan(const IdentityScope *scope, int64_t plan_id, bool *ret_has, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	*ret_has = false;
	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	for (guint i = 0; i < plans->len; i++)
		*ret_has |= ((const PlanInfo *)g_ptr_array_index(plans, i))->plan_id == plan_id;
	return true;
}

/* What is wrong with the row by itself; NULL: nothing. */
static const char *
shape_problem(const IdentityPlanRole *row)
{
	size_t len = strlen(row->source);

	if (row->who < IDENTITY_WHO_PEOPLE || row->who >= IDENTITY_WHO_MAX)
		return "Hãy chọn ai giữ vai trò: mọi người của cơ quan, người đứng đầu hay một người.";
	if (row->who == IDENTITY_WHO_ACCOUNT && row->account_id == 0)
		return "Hãy chọn người giữ vai trò.";
	if (row->who != IDENTITY_WHO_ACCOUNT && row->agency_id == 0)
		return "Hãy chọn cơ quan giữ vai trò.";
	if (row->valid_from == DATE_NONE)
		return "Hãy ghi ngày bắt đầu.";
	if (row->valid_to != DATE_NONE && row->valid_to < row->valid_from)
		return "Ngày kết thúc phải từ ngày bắt đầu trở đi.";
	if (len == 0 || len > SOURCE_BYTES_MAX)
		return "Hãy ghi căn cứ: mục của kế hoạch, hoặc số và ngày của quyết định; tối đa 500 ký tự.";
	return NULL;
}

static bool
is_same_holder(const IdentityPlanRole *a, const IdentityPlanRole *b)
{
	return strcmp(a->role, b->role) == 0 && a->who == b->who && a->agency_id == b->agency_id &&
	       a->account_id == b->account_id;
}

static bool
is_over(const IdentityPlanRole *row, int32_t day)
{
	return row->valid_to != DATE_NONE && row->valid_to < day;
}

/* Finds a row of the plan with the same role and holder that is proposed or in force; NULL. */
static const IdentityPlanRole *
find_same(const GPtrArray *rows, const IdentityPlanRole *row, int32_t today)
{
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *other = g_ptr_array_index(rows, i);

		if ((other->standing == IDENTITY_PROPOSED || other->standing == IDENTITY_CONFIRMED) &&
		    !is_over(other, today) && is_same_holder(other, row))
			return other;
	}
	return NULL;
}

static bool
check(const IdentityScope *scope, const IdentityPlanRole *row, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	IdentityAccount account = {0};
	bool is_plan;

	*ret_problem = shape_problem(row);
	if (*ret_problem != NULL)
		return true;
	if (!identity_roles_for_plans(scope, roles, error) || !identity_agencies(scope, agencies, error) ||
	    !identity_plan_roles(scope, row->plan_id, rows, error) ||
	    !has_plan(scope, row->plan_id, &is_plan, error) ||
	    (row->account_id != 0 && !identity_find(scope, row->account_id, &account, error)))
		return false;
	if (!is_plan)
		*ret_problem = "Không có kế hoạch này.";
	else if (!has_role(roles, row->role))
		*ret_problem = "Vai trò này không giao theo kế hoạch.";
	else if (row->agency_id != 0 && !has_agency(agencies, row->agency_id))
		*ret_problem = "Không có cơ quan này.";
	else if (row->account_id != 0 && scope->actor.person_id == account.person_id)
		*ret_problem = "Không ai tự giao vai trò cho chính mình; hãy nhờ người khác có quyền giao.";
	else if (find_same(rows, row, instant_day(scope->now_us)) != NULL)
		*ret_problem = "Vai trò này đã được giao hoặc đang chờ xác nhận cho đúng cơ quan, người đó.";
	return true;
}

bool
identity_plan_role_add(const IdentityScope *scope, const IdentityPlanRole *row, int64_t *ret_no,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPlanRole stored = *row;

	stored.standing = IDENTITY_CONFIRMED;
	if (!db_txn_begin(scope->db, &txn, error) || !check(scope, row, ret_problem, error))
		return false;
	if (*ret_problem != NULL)
		return true;
	if (!identity_plan_role_insert(scope, &stored, ret_no, error) ||
	    !identity_conflict_by(scope, row->account_id, row->role, row->plan_id, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

/* Gives what is wrong with going from one standing to another; NULL: nothing. */
static const char *
step_problem(IdentityStanding from, IdentityStanding to)
{
	bool may = (from == IDENTITY_PROPOSED && (to == IDENTITY_CONFIRMED || to == IDENTITY_DISMISSED)) ||
		   (from == IDENTITY_CONFIRMED && to == IDENTITY_ENDED);

	return may ? NULL : "Có người vừa quyết định về vai trò này. Hãy xem lại danh sách.";
}

bool
identity_plan_role_decide(const IdentityScope *scope, int64_t plan_role_no, IdentityStanding standing,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPlanRole row;
	int32_t last;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_plan_role_find(scope, plan_role_no, &row, error))
		return false;
	*ret_problem = step_problem(row.standing, standing);
	if (*ret_problem == NULL && standing == IDENTITY_CONFIRMED && row.person_id != 0 &&
	    row.person_id == scope->actor.person_id)
		*ret_problem =
		    "Không ai tự xác nhận vai trò của chính mình; hãy nhờ người khác có quyền giao.";
	if (*ret_problem != NULL)
		return true;
	last = standing == IDENTITY_ENDED ? instant_day(scope->now_us) : row.valid_to;
	if (!identity_plan_role_update(scope, &row, standing, last, error) ||
	    (standing == IDENTITY_CONFIRMED &&
		!identity_conflict_by(scope, row.account_id, row.role, row.plan_id, ret_problem, error)))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

/* True where the folded text has one of the hints' phrases; gives the role. */
static const char *
role_of(const GPtrArray *hints, IdentityHintPlace place, const char *text)
{
	g_autofree char *folded = text_fold_vi(text);

	for (guint i = 0; i < hints->len; i++) {
		const IdentityHint *hint = g_ptr_array_index(hints, i);

		if (hint->place == place && strstr(folded, hint->phrase) != NULL)
			return hint->role;
	}
	return NULL;
}

static bool
was_seen(const GPtrArray *rows, const IdentityPlanRole *row)
{
	for (guint i = 0; i < rows->len; i++)
		if (is_same_holder(g_ptr_array_index(rows, i), row))
			return true;
	return false;
}

/* What the reader of a plan needs to propose roles of it. */
typedef struct Proposing {
	const IdentityScope *scope;
	const GPtrArray *hints;
	GPtrArray *rows; /* what the plan has already, dismissed ones too */
	int64_t plan_id, n;
} Proposing;

static bool
propose(Proposing *work, const AgencyPart *part, const char *role, const char *source, const char *item,
    GError **error)
{
	IdentityPlanRole *row;
	int64_t number;

	if (role == NULL)
		return true;
	row = arena_new0(work->scope->arena, IdentityPlanRole);
	*row = (IdentityPlanRole){.plan_id = work->plan_id,
	    .role = role,
	    .who = IDENTITY_WHO_PEOPLE,
	    .agency_id = part->agency_id,
	    .valid_from = instant_day(work->scope->now_us),
	    .valid_to = DATE_NONE,
	    .source = source,
	    .item = item,
	    .standing = IDENTITY_PROPOSED};
	if (was_seen(work->rows, row))
		return true;
	g_ptr_array_add(work->rows, row);
	work->n++;
	return identity_plan_role_insert(work->scope, row, &number, error);
}

static const char *
cut_source(Arena *arena, const char *body)
{
	const char *end = body;

	while (*end != '\0' && (size_t)(text_next(end) - body) <= SOURCE_BYTES_MAX - 40)
		end = text_next(end);
	return arena_printf(arena, "Kế hoạch giao: %.*s%s", (int)(end - body), body, *end != '\0' ? "…" : "");
}

static bool
propose_for(Proposing *work, const PlanScope *plan, const AgencyPart *part, GError **error)
{
	g_autoptr(GPtrArray) duties = g_ptr_array_new();

	if (part->is_generic || part->is_higher)
		return true;
	if (!propose(work, part, role_of(work->hints, IDENTITY_HINT_NAME, part->name),
		"Tên cơ quan trong kế hoạch", "", error) ||
	    !agency_list_duties(plan, part->agency_id, work->scope->arena, duties, error))
		return false;
	for (guint i = 0; i < duties->len; i++) {
		const AgencyDuty *duty = g_ptr_array_index(duties, i);

		if (!propose(work, part, role_of(work->hints, IDENTITY_HINT_DUTY, duty->body),
			cut_source(work->scope->arena, duty->body), duty->item, error))
			return false;
	}
	return true;
}

bool
identity_plan_role_propose(const IdentityScope *scope, int64_t plan_id, int64_t *ret_n, GError **error)
{
	g_autoptr(GPtrArray) hints = g_ptr_array_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	PlanScope plan = {scope->db, scope->commune_id, plan_id};
	Proposing work = {.scope = scope, .hints = hints, .rows = rows, .plan_id = plan_id};

	if (!db_txn_begin(scope->db, &txn, error) || !identity_seed(scope, error) ||
	    !identity_hints(scope, hints, error) || !identity_plan_roles(scope, plan_id, rows, error) ||
	    !agency_list(&plan, scope->arena, parts, error))
		return false;
	for (guint i = 0; i < parts->len; i++)
		if (!propose_for(&work, &plan, g_ptr_array_index(parts, i), error))
			return false;
	*ret_n = work.n;
	return db_txn_commit(txn, error);
}
