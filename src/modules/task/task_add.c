/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/text.h"
#include "modules/calendar/calendar.h"
#include "modules/plan/plan.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_rows.h"
#include "modules/task/task_search.h"
#include "storage/db_day.h"

#include <string.h>

/* What rows of one import share. */
typedef struct Adding {
	const PlanScope *scope;
	const Plan *plan;
	const GArray *parts;      /* of AgencyPart, as plan->agencies */
	bool is_before_inclusive; /* of the calendar's settings */
	GHashTable *tally;        /* TallyKey * → count as a pointer */
	DbStmt *row, *agency, *search;
} Adding;

typedef struct TallyKey {
	int64_t role, agency_id, annex_no;
	int32_t due_key;
} TallyKey;

static guint
tally_hash(gconstpointer key)
{
	const TallyKey *k = key;

	return (guint)(k->role + k->agency_id * 31 + k->annex_no * 977) ^ (guint)k->due_key * 2654435761U;
}

static gboolean
tally_equal(gconstpointer a, gconstpointer b)
{
	const TallyKey *x = a, *y = b;

	return x->role == y->role && x->agency_id == y->agency_id && x->annex_no == y->annex_no &&
	       x->due_key == y->due_key;
}

static void
count_in(GHashTable *tally, TallyKey key)
{
	gpointer count = g_hash_table_lookup(tally, &key);

	g_hash_table_insert(
	    tally, g_memdup2(&key, sizeof(key)), GSIZE_TO_POINTER(GPOINTER_TO_SIZE(count) + 1));
}

static const AgencyPart *
part_of(const Adding *adding, const GPtrArray *refs, guint index)
{
	const PlanAgencyRef *ref = g_ptr_array_index(refs, index);

	return &g_array_index(adding->parts, AgencyPart, ref->agency);
}

static int
count_particular(const Adding *adding, const GPtrArray *refs)
{
	int n = 0;

	for (guint i = 0; i < refs->len; i++)
		n += !part_of(adding, refs, i)->is_generic;
	return n;
}

int32_t
task_last_day(int32_t due, const char *deadline_raw, bool is_before_inclusive)
{
	size_t len;

	if (due != DATE_NONE && deadline_raw != NULL && text_fold_has_prefix(deadline_raw, "truoc ", &len))
		return calendar_last_day_before(due, is_before_inclusive);
	return due;
}

static TaskDeadline
deadline_of(const Adding *adding, const PlanTask *task)
{
	return (TaskDeadline){task->deadline.kind,
	    task_last_day(task->deadline.due, task->deadline.raw, adding->is_before_inclusive),
	    task->deadline.start, task->deadline.period};
}

static bool
add_row(const Adding *adding, int64_t task_no, const PlanTask *task, GError **error)
{
	g_autofree char *lead = agency_join_printed(task->lead);
	g_autofree char *coordinating = agency_join_printed(task->coordinating);
	TaskDeadline deadline = deadline_of(adding, task);
	DbStmt *stmt = adding->row;

	db_bind_int(stmt, TASK_INSERT_P_TASK_NO, task_no);
	db_bind_text(stmt, TASK_INSERT_P_ITEM, task->id);
	db_bind_text(stmt, TASK_INSERT_P_NO, task->no);
	db_bind_text(stmt, TASK_INSERT_P_NAME, task->name);
	db_bind_text(stmt, TASK_INSERT_P_OUTPUT, task->output);
	db_bind_text(stmt, TASK_INSERT_P_LEAD, lead);
	db_bind_text(stmt, TASK_INSERT_P_COORDINATING, coordinating);
	db_bind_int(stmt, TASK_INSERT_P_ANNEX_NO, plan_annex_number(adding->plan, task->annex));
	db_bind_int(stmt, TASK_INSERT_P_GROUP_NO, plan_group_number(adding->plan, task->group));
	db_bind_text(stmt, TASK_INSERT_P_SECTION_TITLE, task->section_title);
	db_bind_int(stmt, TASK_INSERT_P_LEAD_RANK,
	    task->lead->len > 0 ? part_of(adding, task->lead, 0)->rank : TASK_RANK_NOBODY);
	db_bind_int(stmt, TASK_INSERT_P_DEADLINE_KIND, deadline.kind);
	db_bind_day(stmt, TASK_INSERT_P_DUE_DAY, deadline.due);
	db_bind_day(stmt, TASK_INSERT_P_START_DAY, deadline.start);
	db_bind_int(stmt, TASK_INSERT_P_PERIOD, deadline.period);
	db_bind_text(stmt, TASK_INSERT_P_CONDITION, task->deadline.condition);
	db_bind_text(stmt, TASK_INSERT_P_DEADLINE_RAW, task->deadline.raw != NULL ? task->deadline.raw : "");
	db_bind_int(stmt, TASK_INSERT_P_DUE_KEY, task_due_key(&deadline));
	db_bind_int(stmt, TASK_INSERT_P_LIVE_ORIGINAL, task_due_key(&deadline));
	db_bind_int(stmt, TASK_INSERT_P_CONFIDENCE, task->confidence);
	db_bind_int(stmt, TASK_INSERT_P_LEAD_COUNT, count_particular(adding, task->lead));
	db_bind_int(stmt, TASK_INSERT_P_LINE, task->span.line);
	return db_run(stmt, error);
}

/* True where an earlier reference of the row already stands for the same agency. */
static bool
is_repeated(const Adding *adding, const GPtrArray *refs, guint index)
{
	for (guint i = 0; i < index; i++)
		if (part_of(adding, refs, i)->agency_id == part_of(adding, refs, index)->agency_id)
			return true;
	return false;
}

static bool
add_agencies(const Adding *adding, int64_t task_no, const PlanTask *task, AgencyRole role, GError **error)
{
	const GPtrArray *refs = role == AGENCY_ROLE_LEAD ? task->lead : task->coordinating;
	TaskDeadline deadline = deadline_of(adding, task);
	TallyKey key = {role, 0, plan_annex_number(adding->plan, task->annex), task_due_key(&deadline)};

	if (refs->len == 0)
		count_in(adding->tally, key);
	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		key.agency_id = part_of(adding, refs, i)->agency_id;
		if (is_repeated(adding, refs, i))
			continue;
		count_in(adding->tally, key);
		db_bind_int(adding->agency, TASK_AGENCY_INSERT_P_TASK_NO, task_no);
		db_bind_int(adding->agency, TASK_AGENCY_INSERT_P_ROLE, role);
		db_bind_int(adding->agency, TASK_AGENCY_INSERT_P_POSITION, (int64_t)i + 1);
		db_bind_int(adding->agency, TASK_AGENCY_INSERT_P_AGENCY_ID, key.agency_id);
		db_bind_text(adding->agency, TASK_AGENCY_INSERT_P_PRINTED, ref->printed);
		if (!db_run(adding->agency, error))
			return false;
	}
	return true;
}

static bool
add_search(const Adding *adding, int64_t task_no, const PlanTask *task, GError **error)
{
	g_autofree char *lead = agency_join_printed(task->lead);
	g_autofree char *coordinating = agency_join_printed(task->coordinating);

	db_bind_int(adding->search, TASK_SEARCH_INSERT_P_TASK_NO, task_no);
	return task_search_add(adding->search,
	    (const char *const[TASK_SEARCH_TEXTS]){
		task->no, task->name, task->output, lead, coordinating, task->deadline.raw},
	    error);
}

static bool
add_task(const Adding *adding, int64_t task_no, const PlanTask *task, GError **error)
{
	TaskDeadline deadline = deadline_of(adding, task);

	count_in(adding->tally,
	    (TallyKey){0, 0, plan_annex_number(adding->plan, task->annex), task_due_key(&deadline)});
	return add_row(adding, task_no, task, error) &&
	       add_agencies(adding, task_no, task, AGENCY_ROLE_LEAD, error) &&
	       add_agencies(adding, task_no, task, AGENCY_ROLE_COORDINATING, error) &&
	       add_search(adding, task_no, task, error);
}

static bool
prepare(const PlanScope *scope, const DbSql *sql, int commune_param, int plan_param, DbStmt **ret_stmt,
    GError **error)
{
	if (!db_prepare(scope->db, sql, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, commune_param, scope->commune_id);
	db_bind_int(*ret_stmt, plan_param, scope->plan_id);
	return true;
}

/* Until something is known of the work, both counts are the same. */
static bool
add_count(DbStmt *plan, DbStmt *state, const TallyKey *place, int64_t count, GError **error)
{
	db_bind_int(plan, TASK_TALLY_INSERT_P_ROLE, place->role);
	db_bind_int(plan, TASK_TALLY_INSERT_P_AGENCY_ID, place->agency_id);
	db_bind_int(plan, TASK_TALLY_INSERT_P_ANNEX_NO, place->annex_no);
	db_bind_int(plan, TASK_TALLY_INSERT_P_DUE_KEY, place->due_key);
	db_bind_int(plan, TASK_TALLY_INSERT_P_TASK_COUNT, count);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_ROLE, place->role);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_AGENCY_ID, place->agency_id);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_ANNEX_NO, place->annex_no);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_LIVE_KEY, place->due_key);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_LIVE_ORIGINAL, place->due_key);
	db_bind_int(state, TASK_STATE_TALLY_INSERT_P_TASK_COUNT, count);
	return db_run(plan, error) && db_run(state, error);
}

static bool
add_tally(const Adding *adding, GError **error)
{
	g_autoptr(DbStmt) plan = NULL;
	g_autoptr(DbStmt) state = NULL;
	GHashTableIter iter;
	gpointer key, count;

	if (!prepare(adding->scope, &TASK_TALLY_INSERT, TASK_TALLY_INSERT_P_COMMUNE_ID,
		TASK_TALLY_INSERT_P_PLAN_ID, &plan, error) ||
	    !prepare(adding->scope, &TASK_STATE_TALLY_INSERT, TASK_STATE_TALLY_INSERT_P_COMMUNE_ID,
		TASK_STATE_TALLY_INSERT_P_PLAN_ID, &state, error))
		return false;
	g_hash_table_iter_init(&iter, adding->tally);
	while (g_hash_table_iter_next(&iter, &key, &count))
		if (!add_count(plan, state, key, (int64_t)GPOINTER_TO_SIZE(count), error))
			return false;
	return true;
}

bool
task_add_all(const PlanScope *scope, const Plan *plan, const GArray *parts, GError **error)
{
	g_autoptr(GHashTable) tally = g_hash_table_new_full(tally_hash, tally_equal, g_free, NULL);
	g_autoptr(DbStmt) row = NULL;
	g_autoptr(DbStmt) agency = NULL;
	g_autoptr(DbStmt) search = NULL;
	CalendarSettings calendar;

	if (plan->tasks->len > TASK_COUNT_MAX) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT, "kế hoạch có hơn %d nhiệm vụ", TASK_COUNT_MAX);
		return false;
	}
	if (!calendar_settings(scope->db, scope->commune_id, &calendar, error) ||
	    !prepare(scope, &TASK_INSERT, TASK_INSERT_P_COMMUNE_ID, TASK_INSERT_P_PLAN_ID, &row, error) ||
	    !prepare(scope, &TASK_AGENCY_INSERT, TASK_AGENCY_INSERT_P_COMMUNE_ID,
		TASK_AGENCY_INSERT_P_PLAN_ID, &agency, error) ||
	    !prepare(scope, &TASK_SEARCH_INSERT, TASK_SEARCH_INSERT_P_COMMUNE_ID,
		TASK_SEARCH_INSERT_P_PLAN_ID, &search, error))
		return false;
	for (guint i = 0; i < plan->tasks->len; i++) {
		const Adding adding = {
		    scope, plan, parts, calendar.is_before_inclusive, tally, row, agency, search};

		if (!add_task(&adding, (int64_t)i + 1, g_ptr_array_index(plan->tasks, i), error))
			return false;
	}
	return add_tally(&(Adding){.scope = scope, .tally = tally}, error);
}
