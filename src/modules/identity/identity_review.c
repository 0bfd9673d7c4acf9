/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_roles.h"
#include "storage/txn.h"

#include <string.h>

static const char *const RESULT_WORDS[IDENTITY_REVIEW_MAX] = {
    [IDENTITY_REVIEW_KEPT] = "kept",
    [IDENTITY_REVIEW_TAKEN] = "taken",
};

/* What items are filled in from. */
typedef struct Lookup {
	const GPtrArray *accounts, *plan_roles;
	int64_t months;
} Lookup;

static const IdentityAccount *
find_account(const GPtrArray *accounts, int64_t account_id)
{
	for (guint i = 0; i < accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(accounts, i);

		if (account->account_id == account_id)
			return account;
	}
	return NULL;
}

static const IdentityPlanRole *
find_plan_role(const GPtrArray *rows, int64_t plan_role_no)
{
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *row = g_ptr_array_index(rows, i);

		if (row->plan_role_no == plan_role_no)
			return row;
	}
	return NULL;
}

/* The holder: a person with an account, or an agency. */
static void
fill_holder(const Lookup *lookup, IdentityReviewItem *item)
{
	const IdentityAccount *account = find_account(lookup->accounts, item->account_id);
	const IdentityPlanRole *row = find_plan_role(lookup->plan_roles, item->plan_role_no);

	item->login = item->unit = "";
	if (account != NULL) {
		item->name = account->name;
		item->login = account->login;
		item->unit = account->unit;
		item->kind = account->kind;
		item->is_disabled = account->is_disabled;
		item->seen_us = account->last_seen_us;
	} else {
		item->name = row != NULL && row->agency != NULL ? row->agency : "";
	}
	if (row != NULL)
		item->who = row->who;
}

static const char *
text_at(const IdentityScope *scope, const DbStmt *stmt, int column)
{
	return arena_strdup(scope->arena, db_column_text(stmt, column));
}

static IdentityReviewItem *
read_item(const IdentityScope *scope, const DbStmt *stmt, const Lookup *lookup)
{
	IdentityReviewItem *item = arena_new0(scope->arena, IdentityReviewItem);
	int64_t since;

	item->account_id = db_column_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_C_ACCOUNT_ID);
	item->role = text_at(scope, stmt, IDENTITY_LIST_REVIEW_ITEMS_C_ROLE);
	item->plan_role_no = db_column_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_C_PLAN_ROLE_NO);
	item->plan_id = db_column_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_C_PLAN_ID);
	item->role_name = text_at(scope, stmt, IDENTITY_LIST_REVIEW_ITEMS_C_ROLE_NAME);
	item->given_us = db_column_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_C_GIVEN_US);
	item->given_by = text_at(scope, stmt, IDENTITY_LIST_REVIEW_ITEMS_C_GIVEN_BY);
	item->reviewed_us = db_column_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_C_REVIEWED_US);
	item->reviewed_by = text_at(scope, stmt, IDENTITY_LIST_REVIEW_ITEMS_C_REVIEWED_BY);
	since = MAX(item->given_us, item->reviewed_us);
	item->due = date_add_months(instant_day(since), (int)lookup->months);
	fill_holder(lookup, item);
	return item;
}

static gint
compare_due(gconstpointer a, gconstpointer b)
{
	const IdentityReviewItem *x = *(const IdentityReviewItem *const *)a;
	const IdentityReviewItem *y = *(const IdentityReviewItem *const *)b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	if (x->account_id != y->account_id)
		return x->account_id < y->account_id ? -1 : 1;
	if (x->plan_role_no != y->plan_role_no)
		return x->plan_role_no < y->plan_role_no ? -1 : 1;
	return strcmp(x->role, y->role);
}

bool
identity_review_items(const IdentityScope *scope, GPtrArray *ret_items, GError **error)
{
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();
	g_autoptr(GPtrArray) plan_roles = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	IdentityRules rules;
	Lookup lookup = {.accounts = accounts, .plan_roles = plan_roles};
	bool has_row;

	if (!identity_list(scope, accounts, error) || !identity_plan_roles(scope, 0, plan_roles, error) ||
	    !identity_rules(scope, &rules, error) ||
	    !db_prepare(scope->db, &IDENTITY_LIST_REVIEW_ITEMS, &stmt, error))
		return false;
	lookup.months = CLAMP(rules.review_months, 1, 120);
	db_bind_int(stmt, IDENTITY_LIST_REVIEW_ITEMS_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		g_ptr_array_add(ret_items, read_item(scope, stmt, &lookup));
	}
	g_ptr_array_sort(ret_items, compare_due);
	return true;
}

bool
identity_review_next(
    const IdentityScope *scope, int32_t today, int32_t *ret_due, int64_t *ret_n_due, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	int64_t n_due = 0;

	if (!identity_review_items(scope, items, error))
		return false;
	for (guint i = 0; i < items->len; i++)
		n_due += ((const IdentityReviewItem *)g_ptr_array_index(items, i))->due < today;
	*ret_due =
	    items->len > 0 ? ((const IdentityReviewItem *)g_ptr_array_index(items, 0))->due : DATE_NONE;
	*ret_n_due = n_due;
	return true;
}

static const char *
state_of(const IdentityScope *scope, int64_t account_id, const char *role, int64_t plan_role_no, int result,
    const char *by)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "account", account_id);
	json_key_string(&json, "role", role);
	json_key_int(&json, "plan_role", plan_role_no);
	json_key_string(
	    &json, "result", result > 0 && result < IDENTITY_REVIEW_MAX ? RESULT_WORDS[result] : "?");
	json_key_string(&json, "by", by);
	json_end_object(&json);
	return arena_strdup(scope->arena, out->str);
}

static const char *
object_of(const IdentityScope *scope, int64_t review_no)
{
	return arena_printf(scope->arena, "access-review/%" G_GINT64_FORMAT, review_no);
}

static bool
write_review(
    const IdentityScope *scope, const IdentityReviewItem *item, IdentityReviewResult result, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	const char *by = scope->actor.name != NULL ? scope->actor.name : "";
	LedgerNote note = {.action = LEDGER_ADD};
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_REVIEW, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_ACCOUNT_ID, item->account_id);
	db_bind_text(stmt, IDENTITY_INSERT_REVIEW_P_ROLE, item->role);
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_PLAN_ROLE_NO, item->plan_role_no);
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_RESULT, result);
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_NOW, scope->now_us);
	db_bind_int(stmt, IDENTITY_INSERT_REVIEW_P_BY_PERSON, scope->actor.person_id);
	db_bind_text(stmt, IDENTITY_INSERT_REVIEW_P_BY_NAME, by);
	if (!db_step(stmt, &has_row, error))
		return false;
	note.object = object_of(scope, db_column_int(stmt, IDENTITY_INSERT_REVIEW_C_REVIEW_NO));
	note.after = state_of(scope, item->account_id, item->role, item->plan_role_no, (int)result, by);
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

/* Finds the item as it stands now; somebody else may have been faster. */
static bool
find_now(const IdentityScope *scope, const IdentityReviewItem *item, bool *ret_is, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();

	*ret_is = false;
	if (!identity_review_items(scope, items, error))
		return false;
	for (guint i = 0; i < items->len && !*ret_is; i++) {
		const IdentityReviewItem *now = g_ptr_array_index(items, i);

		*ret_is = now->account_id == item->account_id && now->plan_role_no == item->plan_role_no &&
			  strcmp(now->role, item->role) == 0;
	}
	return true;
}

static bool
take_away(
    const IdentityScope *scope, const IdentityReviewItem *item, const char **ret_problem, GError **error)
{
	return item->plan_role_no != 0
		   ? identity_plan_role_decide(scope, item->plan_role_no, IDENTITY_ENDED, ret_problem, error)
		   : identity_grant(scope, item->account_id, item->role, false, ret_problem, error);
}

bool
identity_review_record(const IdentityScope *scope, const IdentityReviewItem *item, int64_t reviewer,
    IdentityReviewResult result, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool is_there;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !find_now(scope, item, &is_there, error))
		return false;
	if (!is_there)
		*ret_problem = "Quyền này vừa được thay đổi. Hãy xem lại danh sách.";
	else if (reviewer != 0 && reviewer == item->account_id)
		*ret_problem = "Không ai tự rà soát quyền của chính mình; hãy nhờ một quản trị viên khác.";
	if (*ret_problem != NULL)
		return true;
	if (!write_review(scope, item, result, error) ||
	    (result == IDENTITY_REVIEW_TAKEN && !take_away(scope, item, ret_problem, error)))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

bool
identity_review_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbStmt) stmt = NULL;
	IdentityScope scope = {.db = db, .commune_id = commune_id, .arena = arena};
	bool has_row;

	if (!db_prepare(db, &IDENTITY_LIST_REVIEWS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_REVIEWS_P_COMMUNE_ID, commune_id);
	for (;;) {
		const char *state;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		state = state_of(&scope, db_column_int(stmt, IDENTITY_LIST_REVIEWS_C_ACCOUNT_ID),
		    db_column_text(stmt, IDENTITY_LIST_REVIEWS_C_ROLE),
		    db_column_int(stmt, IDENTITY_LIST_REVIEWS_C_PLAN_ROLE_NO),
		    (int)db_column_int(stmt, IDENTITY_LIST_REVIEWS_C_RESULT),
		    db_column_text(stmt, IDENTITY_LIST_REVIEWS_C_BY_NAME));
		if (!ledger_check_state(db, commune_id,
			object_of(&scope, db_column_int(stmt, IDENTITY_LIST_REVIEWS_C_REVIEW_NO)), state,
			report, error))
			return false;
	}
}
