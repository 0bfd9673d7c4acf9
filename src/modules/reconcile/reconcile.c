/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/reconcile/reconcile.h"

#include "modules/plan/plan.h"
#include "storage/txn.h"

#include <string.h>

/* --- three sides of each task -----------------------------------------------------------------------------
 */

static int
compare_tasks(gconstpointer a, gconstpointer b)
{
	int64_t x = (*(const ReconcileTask *const *)a)->task_no,
		y = (*(const ReconcileTask *const *)b)->task_no;

	return (x > y) - (x < y);
}

static ReconcileTask *
task_at(const MoneyScope *scope, int64_t plan_id, int64_t task_no, GHashTable *by_no, GPtrArray *tasks)
{
	ReconcileTask *task = g_hash_table_lookup(by_no, &task_no);

	if (task != NULL)
		return task;
	task = arena_new0(scope->arena, ReconcileTask);
	*task = (ReconcileTask){.plan_id = plan_id,
	    .task_no = task_no,
	    .facts = {.task_no = task_no, .full_day = DATE_NONE, .closed_day = DATE_NONE},
	    .money = {.plan_id = plan_id, .task_no = task_no, .last_disbursed = DATE_NONE}};
	g_hash_table_insert(by_no, &task->task_no, task);
	g_ptr_array_add(tasks, task);
	return task;
}

bool
reconcile_tasks(const MoneyScope *scope, int64_t plan_id, GPtrArray *ret_tasks, GError **error)
{
	const WorkScope work = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .today = scope->today,
	    .arena = scope->arena};
	g_autoptr(GHashTable) by_no = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(GPtrArray) facts = g_ptr_array_new();
	g_autoptr(GPtrArray) totals = g_ptr_array_new();

	if (!work_task_facts(&work, plan_id, facts, error) ||
	    !money_totals(scope, &(MoneyFilter){.plan_id = plan_id}, totals, error))
		return false;
	for (guint i = 0; i < facts->len; i++) {
		const WorkFacts *fact = g_ptr_array_index(facts, i);

		task_at(scope, plan_id, fact->task_no, by_no, ret_tasks)->facts = *fact;
	}
	for (guint i = 0; i < totals->len; i++) {
		const MoneyTotal *total = g_ptr_array_index(totals, i);

		money_total_add(&task_at(scope, plan_id, total->task_no, by_no, ret_tasks)->money, total);
	}
	g_ptr_array_sort(ret_tasks, compare_tasks);
	return true;
}

/* --- findings ---------------------------------------------------------------------------------------------
 */

/* One plan: what was found before, by task and rule, and what has to be written. */
typedef struct Run {
	const MoneyScope *scope;
	int64_t plan_id;
	GPtrArray *rules;  /* of ReconcileRule */
	GHashTable *known; /* of MoneyFinding by "task/rule" */
	GHashTable *found; /* the same keys: what disagrees today */
	GPtrArray *writes; /* of MoneyFinding */
} Run;

static void
write_later(Run *run, const MoneyFinding *finding)
{
	MoneyFinding *copy = arena_new0(run->scope->arena, MoneyFinding);

	*copy = *finding;
	g_ptr_array_add(run->writes, copy);
}

/* What disagrees is open, unless a person closed it with the same figures. */
static void
keep_open(Run *run, const ReconcileTask *task, const char *rule, const char *key, const char *facts)
{
	const MoneyFinding *known = g_hash_table_lookup(run->known, key);
	MoneyFinding finding =
	    known != NULL ? *known
			  : (MoneyFinding){.plan_id = run->plan_id, .task_no = task->task_no, .rule = rule};
	bool is_same = known != NULL && strcmp(known->facts, facts) == 0;

	if (is_same && known->state != MONEY_FINDING_GONE)
		return;
	if (known == NULL || known->state != MONEY_FINDING_OPEN)
		finding.opened_day = run->scope->today;
	finding.state = MONEY_FINDING_OPEN;
	finding.facts = facts;
	finding.reason = "";
	finding.name = NULL;
	write_later(run, &finding);
}

static void
judge_task(Run *run, const ReconcileTask *task)
{
	for (guint i = 0; i < run->rules->len; i++) {
		const ReconcileRule *rule = g_ptr_array_index(run->rules, i);
		const char *facts =
		    reconcile_judge(run->scope->arena, rule, &task->facts, &task->money, run->scope->today);
		const char *key;

		if (facts == NULL)
			continue;
		key = arena_printf(run->scope->arena, "%" G_GINT64_FORMAT "/%s", task->task_no, rule->rule);
		g_hash_table_add(run->found, (gpointer)(uintptr_t)key);
		keep_open(run, task, rule->rule, key, facts);
	}
}

static bool
read_known(Run *run, GError **error)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new();

	if (!money_findings_of_plan(run->scope, run->plan_id, findings, error))
		return false;
	for (guint i = 0; i < findings->len; i++) {
		MoneyFinding *finding = g_ptr_array_index(findings, i);

		g_hash_table_insert(run->known,
		    (gpointer)(uintptr_t)arena_printf(
			run->scope->arena, "%" G_GINT64_FORMAT "/%s", finding->task_no, finding->rule),
		    finding);
	}
	return true;
}

/* What no longer disagrees is gone. */
static void
let_go(Run *run)
{
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, run->known);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		MoneyFinding finding = *(const MoneyFinding *)value;

		if (finding.state == MONEY_FINDING_GONE || g_hash_table_contains(run->found, key))
			continue;
		finding.state = MONEY_FINDING_GONE;
		write_later(run, &finding);
	}
}

static int
compare_findings(gconstpointer a, gconstpointer b)
{
	const MoneyFinding *x = *(const MoneyFinding *const *)a, *y = *(const MoneyFinding *const *)b;

	if (x->task_no != y->task_no)
		return x->task_no > y->task_no ? 1 : -1;
	return strcmp(x->rule, y->rule);
}

static bool
compare_plan(Run *run, GError **error)
{
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();

	if (!read_known(run, error) || !reconcile_tasks(run->scope, run->plan_id, tasks, error))
		return false;
	for (guint i = 0; i < tasks->len; i++)
		judge_task(run, g_ptr_array_index(tasks, i));
	let_go(run);
	g_ptr_array_sort(run->writes, compare_findings);
	return true;
}

static bool
run_plan(const MoneyScope *scope, int64_t plan_id, GPtrArray *rules, int *n_changed, GError **error)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) writes = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	Run run = {scope, plan_id, rules, known, found, writes};

	/* Looked at without a lock first: nearly always nothing has changed. */
	if (!compare_plan(&run, error))
		return false;
	if (writes->len == 0)
		return true;
	g_hash_table_remove_all(known);
	g_hash_table_remove_all(found);
	g_ptr_array_set_size(writes, 0);
	if (!db_txn_begin(scope->db, &txn, error) || !compare_plan(&run, error))
		return false;
	for (guint i = 0; i < writes->len; i++)
		if (!money_put_finding(scope, g_ptr_array_index(writes, i), error))
			return false;
	*n_changed += (int)writes->len;
	return db_txn_commit(txn, error);
}

bool
reconcile_run(const MoneyScope *scope, int *ret_changed, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	*ret_changed = 0;
	if (!reconcile_rules(scope, scope->today, rules, error) ||
	    !plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->is_current && !run_plan(scope, plan->plan_id, rules, ret_changed, error))
			return false;
	}
	return true;
}

bool
reconcile_close(
    const MoneyScope *scope, int64_t finding_id, const char *reason, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	MoneyFinding finding;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !money_find_finding(scope, finding_id, &finding, error))
		return false;
	if (finding.state != MONEY_FINDING_OPEN)
		*ret_problem = "Điểm lệch này không còn mở.";
	else if (reason == NULL || *reason == '\0')
		*ret_problem = "Khép một điểm lệch phải giải trình, nêu lý do.";
	else if (g_utf8_strlen(reason, -1) > MONEY_TEXT_CHARACTERS)
		*ret_problem = "Giải trình tối đa 500 ký tự.";
	if (*ret_problem != NULL)
		return true;
	finding.state = MONEY_FINDING_CLOSED;
	finding.reason = reason;
	finding.name = scope->actor.name;
	return money_put_finding(scope, &finding, error) && db_txn_commit(txn, error);
}
