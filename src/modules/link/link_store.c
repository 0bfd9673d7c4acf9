/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "modules/link/link_propose.h"
#include "modules/plan/plan.h"
#include "storage/txn.h"

#define PROPOSALS_EACH 3 /* of a task */

const char *const LINK_STATE_TITLES[LINK_STATE_MAX] = {"Đề xuất", "Đã xác nhận", "Đã từ chối"};
const char *const LINK_STATE_WORDS[LINK_STATE_MAX] = {"de-xuat", "da-xac-nhan", "da-tu-choi"};

const char *
link_keep(const LinkScope *scope, const char *text)
{
	return text != NULL ? arena_strdup(scope->arena, text) : NULL;
}

bool
link_note(const LinkScope *scope, const char *object, const char *after, GError **error)
{
	g_autofree char *before = NULL;
	LedgerNote note = {.object = object, .after = after};

	if (!ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	note.before = before;
	note.action = after == NULL ? LEDGER_REMOVE : before == NULL ? LEDGER_ADD : LEDGER_CHANGE;
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

/* --- items -----------------------------------------------------------------------------------------------
 */

G_STATIC_ASSERT((int)LINK_TASKS_C_SECTION == (int)LINK_INDICATORS_C_SECTION);

static const char *
heading_of(const GPtrArray *groups, int64_t group_no, const char *section)
{
	for (guint i = 0; i < groups->len && group_no > 0; i++) {
		const PlanGroupInfo *group = g_ptr_array_index(groups, i);

		if (group->group_no == group_no)
			return group->title;
	}
	return section;
}

static bool
read_items(const LinkScope *scope, const DbSql *sql, int64_t plan_id, LinkItem **ret_items, size_t *ret_n,
    GError **error)
{
	const PlanScope plan_scope = {scope->db, scope->commune_id, plan_id};
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(LinkItem));
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!plan_list_groups(&plan_scope, 1, G_MAXINT32, scope->arena, groups, error) ||
	    !db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_TASKS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_TASKS_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkItem item = {.item_no = db_column_int(stmt, LINK_TASKS_C_ITEM_NO),
		    .no = link_keep(scope, db_column_text(stmt, LINK_TASKS_C_NO)),
		    .name = link_keep(scope, db_column_text(stmt, LINK_TASKS_C_NAME)),
		    .more = link_keep(scope, db_column_text(stmt, LINK_TASKS_C_MORE)),
		    .lead = link_keep(scope, db_column_text(stmt, LINK_TASKS_C_LEAD)),
		    .section = heading_of(groups, db_column_int(stmt, LINK_TASKS_C_GROUP_NO),
			link_keep(scope, db_column_text(stmt, LINK_TASKS_C_SECTION)))};

		g_array_append_val(items, item);
	}
	*ret_items = arena_array(scope->arena, LinkItem, items->len + 1);
	*ret_n = items->len;
	for (guint i = 0; i < items->len; i++)
		(*ret_items)[i] = g_array_index(items, LinkItem, i);
	return !has_row;
}

bool
link_tasks_read(const LinkScope *scope, int64_t plan_id, LinkItem **ret_items, size_t *ret_n, GError **error)
{
	return read_items(scope, &LINK_TASKS, plan_id, ret_items, ret_n, error);
}

bool
link_indicators_read(
    const LinkScope *scope, int64_t plan_id, LinkItem **ret_items, size_t *ret_n, GError **error)
{
	return read_items(scope, &LINK_INDICATORS, plan_id, ret_items, ret_n, error);
}

const LinkItem *
link_item(const LinkItem *items, size_t n, int64_t item_no)
{
	/* They are numbered from 1 without gaps. */
	if (item_no >= 1 && (uint64_t)item_no <= n && items[item_no - 1].item_no == item_no)
		return &items[item_no - 1];
	for (size_t i = 0; i < n; i++)
		if (items[i].item_no == item_no)
			return &items[i];
	return NULL;
}

bool
link_check_items(
    const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &LINK_HAS_BOTH, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_HAS_BOTH_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_HAS_BOTH_P_PLAN_ID, plan_id);
	db_bind_int(stmt, LINK_HAS_BOTH_P_TASK_NO, task_no);
	db_bind_int(stmt, LINK_HAS_BOTH_P_INDICATOR_NO, indicator_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row && (task_no == 0 || db_column_int(stmt, LINK_HAS_BOTH_C_HAS_TASK) > 0) &&
	    (indicator_no == 0 || db_column_int(stmt, LINK_HAS_BOTH_C_HAS_INDICATOR) > 0))
		return true;
	g_set_error_literal(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "kế hoạch không có nhiệm vụ hoặc chỉ tiêu này");
	return false;
}

/* --- pairs -----------------------------------------------------------------------------------------------
 */

bool
link_decided_read(const LinkScope *scope, int64_t plan_id, GArray *ret_decided, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_PAIRS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PAIRS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PAIRS_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const LinkDecided decided = {.task_no = db_column_int(stmt, LINK_PAIRS_C_TASK_NO),
		    .indicator_no = db_column_int(stmt, LINK_PAIRS_C_INDICATOR_NO),
		    .state = (LinkState)CLAMP(
			db_column_int(stmt, LINK_PAIRS_C_STATE), LINK_CONFIRMED, LINK_REFUSED),
		    .score = (unsigned)db_column_int(stmt, LINK_PAIRS_C_SCORE),
		    .reason = link_keep(scope, db_column_text(stmt, LINK_PAIRS_C_REASON)),
		    .name = link_keep(scope, db_column_text(stmt, LINK_PAIRS_C_NAME))};

		g_array_append_val(ret_decided, decided);
	}
	return !has_row;
}

static int64_t
key_of(const LinkPair *pair)
{
	return pair->task->item_no * G_MAXINT32 + pair->indicator->item_no;
}

static bool
add_decided(const LinkScope *scope, int64_t plan_id, LinkBook *book, GHashTable *seen, GError **error)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(LinkDecided));

	if (!link_decided_read(scope, plan_id, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		const LinkDecided *decided = &g_array_index(all, LinkDecided, i);
		const LinkPair pair = {.task = link_item(book->tasks, book->n_tasks, decided->task_no),
		    .indicator = link_item(book->indicators, book->n_indicators, decided->indicator_no),
		    .state = decided->state,
		    .score = decided->score,
		    .reason = decided->reason,
		    .name = decided->name};
		int64_t *key;

		if (pair.task == NULL || pair.indicator == NULL)
			continue;
		key = arena_new0(scope->arena, int64_t);
		*key = key_of(&pair);
		g_hash_table_add(seen, key);
		g_array_append_val(book->pairs, pair);
	}
	return true;
}

static void
add_proposals(const LinkScope *scope, LinkBook *book, GHashTable *seen)
{
	g_autoptr(GArray) proposals = g_array_new(FALSE, FALSE, sizeof(LinkProposal));

	link_propose(scope->arena, book->tasks, book->n_tasks, book->indicators, book->n_indicators,
	    PROPOSALS_EACH, proposals);
	for (guint i = 0; i < proposals->len; i++) {
		const LinkProposal *proposal = &g_array_index(proposals, LinkProposal, i);
		LinkPair pair = {.task = &book->tasks[proposal->a],
		    .indicator = &book->indicators[proposal->b],
		    .state = LINK_PROPOSED,
		    .score = proposal->score,
		    .reason = proposal->reason};
		int64_t key = key_of(&pair);

		if (!g_hash_table_contains(seen, &key))
			g_array_append_val(book->pairs, pair);
	}
}

static int
compare_pairs(gconstpointer a, gconstpointer b)
{
	const LinkPair *x = a, *y = b;

	if (x->task->item_no != y->task->item_no)
		return x->task->item_no < y->task->item_no ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->indicator->item_no > y->indicator->item_no) -
	       (x->indicator->item_no < y->indicator->item_no);
}

bool
link_book_read(const LinkScope *scope, int64_t plan_id, LinkBook *ret_book, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

	*ret_book = (LinkBook){.pairs = g_array_new(FALSE, FALSE, sizeof(LinkPair))};
	if (!link_tasks_read(scope, plan_id, &ret_book->tasks, &ret_book->n_tasks, error) ||
	    !link_indicators_read(scope, plan_id, &ret_book->indicators, &ret_book->n_indicators, error) ||
	    !add_decided(scope, plan_id, ret_book, seen, error))
		return false;
	add_proposals(scope, ret_book, seen);
	g_array_sort(ret_book->pairs, compare_pairs);
	return true;
}

void
link_book_clear(LinkBook *book)
{
	g_clear_pointer(&book->pairs, g_array_unref);
}

static char *
pair_state(LinkState state, unsigned score, const char *reason)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "state", LINK_STATE_WORDS[state]);
	json_key_int(&json, "score", score);
	json_key_string(&json, "reason", reason);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static char *
pair_object(int64_t plan_id, int64_t task_no, int64_t indicator_no)
{
	return g_strdup_printf("link/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, plan_id,
	    task_no, indicator_no);
}

static bool
put_pair(const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, LinkState state,
    unsigned score, const char *reason, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_PAIR, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_PAIR_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_PAIR_P_PLAN_ID, plan_id);
	db_bind_int(stmt, LINK_PUT_PAIR_P_TASK_NO, task_no);
	db_bind_int(stmt, LINK_PUT_PAIR_P_INDICATOR_NO, indicator_no);
	db_bind_int(stmt, LINK_PUT_PAIR_P_STATE, state);
	db_bind_int(stmt, LINK_PUT_PAIR_P_SCORE, score);
	db_bind_text(stmt, LINK_PUT_PAIR_P_REASON, reason);
	db_bind_int(stmt, LINK_PUT_PAIR_P_PERSON_ID, scope->actor.person_id);
	db_bind_text(stmt, LINK_PUT_PAIR_P_NAME, scope->actor.name);
	db_bind_int(stmt, LINK_PUT_PAIR_P_AT_US, scope->now_us);
	return db_run(stmt, error);
}

static bool
remove_pair(const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_REMOVE_PAIR, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_REMOVE_PAIR_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_REMOVE_PAIR_P_PLAN_ID, plan_id);
	db_bind_int(stmt, LINK_REMOVE_PAIR_P_TASK_NO, task_no);
	db_bind_int(stmt, LINK_REMOVE_PAIR_P_INDICATOR_NO, indicator_no);
	return db_run(stmt, error);
}

bool
link_decide(const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, LinkState state,
    unsigned score, const char *reason, GError **error)
{
	g_autofree char *object = pair_object(plan_id, task_no, indicator_no);
	g_autofree char *after = state != LINK_PROPOSED ? pair_state(state, score, reason) : NULL;
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !link_check_items(scope, plan_id, task_no, indicator_no, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	if (g_strcmp0(before, after) == 0)
		return db_txn_commit(txn, error);
	return (state != LINK_PROPOSED
		       ? put_pair(scope, plan_id, task_no, indicator_no, state, score, reason, error)
		       : remove_pair(scope, plan_id, task_no, indicator_no, error)) &&
	       link_note(scope, object, after, error) && db_txn_commit(txn, error);
}

bool
link_count_orphans(const LinkScope *scope, int64_t plan_id, int64_t n_tasks, int64_t n_indicators,
    LinkOrphans *ret_orphans, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &LINK_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_COUNT_P_PLAN_ID, plan_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_orphans =
	    (LinkOrphans){.tasks = MAX(n_tasks - (has_row ? db_column_int(stmt, LINK_COUNT_C_TASKS) : 0), 0),
		.indicators =
		    MAX(n_indicators - (has_row ? db_column_int(stmt, LINK_COUNT_C_INDICATORS) : 0), 0)};
	return true;
}

bool
link_walk_pairs(const AppStates *states, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(states->db, &LINK_ALL_PAIRS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_ALL_PAIRS_P_COMMUNE_ID, states->commune_id);
	db_bind_int(stmt, LINK_ALL_PAIRS_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, LINK_ALL_PAIRS_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object = pair_object(db_column_int(stmt, LINK_ALL_PAIRS_C_PLAN_ID),
		    db_column_int(stmt, LINK_ALL_PAIRS_C_TASK_NO),
		    db_column_int(stmt, LINK_ALL_PAIRS_C_INDICATOR_NO));
		g_autofree char *state =
		    pair_state((LinkState)CLAMP(db_column_int(stmt, LINK_ALL_PAIRS_C_STATE), 0, LINK_REFUSED),
			(unsigned)db_column_int(stmt, LINK_ALL_PAIRS_C_SCORE),
			db_column_text(stmt, LINK_ALL_PAIRS_C_REASON));

		if (!app_state(states, object, state, error))
			return false;
	}
	return !has_row;
}

bool
link_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(db, commune_id, report);

	return link_walk_pairs(&states, error) && link_walk_documents(&states, error) &&
	       link_walk_highers(&states, error) && link_verify_matches(db, commune_id, report, error);
}
