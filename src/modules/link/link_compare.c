/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/text.h"
#include "compiler/plan.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "modules/link/link_propose.h"
#include "modules/link/link_unit.h"
#include "storage/txn.h"

#include <string.h>

/* A higher plan beside one of ours. */

#define PROPOSALS_EACH 3

const char *const LINK_ANSWER_TITLES[LINK_ANSWER_MAX] = {
    "Chưa có", "Có thể đã có", "Đã có", "Thấp hơn cấp trên", "Không so được", "Không thuộc xã"};
const char *const LINK_ANSWER_WORDS[LINK_ANSWER_MAX] = {
    "chua-co", "co-the", "da-co", "thap-hon", "khong-so-duoc", "khong-thuoc"};

/* A target of ours. */
typedef struct OwnTarget {
	int64_t indicator_no;
	int year, comparator;
	bool has_value;
	int64_t value_micro;
	const char *raw;
} OwnTarget;

typedef struct Comparing {
	const LinkScope *scope;
	int64_t plan_id;
	LinkItem *tasks, *indicators;
	size_t n_tasks, n_indicators;
	const char **units; /* of indicators, by place */
	GArray *targets;    /* of OwnTarget */
	GArray *matches;    /* of LinkMatch */
	GArray *rows;       /* of LinkHigherRow */
	GArray *out;
} Comparing;

/* --- matches ---------------------------------------------------------------------------------------------
 */

char *
link_match_object(const LinkMatch *match)
{
	return g_strdup_printf("link-match/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
			       "/%" G_GINT64_FORMAT,
	    match->higher_id, match->row_no, match->plan_id, match->item_no);
}

char *
link_match_state(LinkState state)
{
	return g_strdup_printf("{\"state\":\"%s\"}", LINK_STATE_WORDS[state]);
}

bool
link_matches_read(const LinkScope *scope, int64_t higher_id, GArray *ret_matches, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_MATCHES, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_MATCHES_P_COMMUNE_ID, scope->commune_id);
	if (higher_id > 0)
		db_bind_int(stmt, LINK_MATCHES_P_HIGHER_ID, higher_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkMatch match = {.higher_id = db_column_int(stmt, LINK_MATCHES_C_HIGHER_ID),
		    .row_no = db_column_int(stmt, LINK_MATCHES_C_ROW_NO),
		    .plan_id = db_column_int(stmt, LINK_MATCHES_C_PLAN_ID),
		    .item_no = db_column_int(stmt, LINK_MATCHES_C_ITEM_NO),
		    .state = (LinkState)CLAMP(db_column_int(stmt, LINK_MATCHES_C_STATE), 0, LINK_REFUSED),
		    .name = link_keep(scope, db_column_text(stmt, LINK_MATCHES_C_NAME))};

		g_array_append_val(ret_matches, match);
	}
	return !has_row;
}

static bool
check_row(const LinkScope *scope, const LinkMatch *match, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));
	LinkHigher higher;

	if (!link_higher_find(scope, match->higher_id, &higher, error) ||
	    !link_higher_rows_read(scope, match->higher_id, rows, error))
		return false;
	if (match->row_no < 1 || match->row_no > rows->len) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "kế hoạch cấp trên không có dòng này");
		return false;
	}
	return g_array_index(rows, LinkHigherRow, match->row_no - 1).kind == LINK_ROW_DUTY
		   ? link_check_items(scope, match->plan_id, match->item_no, 0, error)
		   : link_check_items(scope, match->plan_id, 0, match->item_no, error);
}

static bool
put_match(const LinkScope *scope, const LinkMatch *match, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_MATCH, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_MATCH_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_MATCH_P_HIGHER_ID, match->higher_id);
	db_bind_int(stmt, LINK_PUT_MATCH_P_ROW_NO, match->row_no);
	db_bind_int(stmt, LINK_PUT_MATCH_P_PLAN_ID, match->plan_id);
	db_bind_int(stmt, LINK_PUT_MATCH_P_ITEM_NO, match->item_no);
	db_bind_int(stmt, LINK_PUT_MATCH_P_STATE, match->state);
	db_bind_int(stmt, LINK_PUT_MATCH_P_PERSON_ID, scope->actor.person_id);
	db_bind_text(stmt, LINK_PUT_MATCH_P_NAME, scope->actor.name);
	db_bind_int(stmt, LINK_PUT_MATCH_P_AT_US, scope->now_us);
	return db_run(stmt, error);
}

static bool
remove_match(const LinkScope *scope, const LinkMatch *match, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_REMOVE_MATCH, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_REMOVE_MATCH_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_REMOVE_MATCH_P_HIGHER_ID, match->higher_id);
	db_bind_int(stmt, LINK_REMOVE_MATCH_P_ROW_NO, match->row_no);
	db_bind_int(stmt, LINK_REMOVE_MATCH_P_PLAN_ID, match->plan_id);
	db_bind_int(stmt, LINK_REMOVE_MATCH_P_ITEM_NO, match->item_no);
	return db_run(stmt, error);
}

bool
link_match_decide(const LinkScope *scope, int64_t higher_id, int64_t row_no, int64_t plan_id, int64_t item_no,
    LinkState state, GError **error)
{
	const LinkMatch match = {higher_id, row_no, plan_id, item_no, state, NULL};
	g_autofree char *object = link_match_object(&match), *before = NULL;
	g_autofree char *after = state != LINK_PROPOSED ? link_match_state(state) : NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !check_row(scope, &match, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	if (g_strcmp0(before, after) == 0)
		return db_txn_commit(txn, error);
	return (state != LINK_PROPOSED ? put_match(scope, &match, error)
				       : remove_match(scope, &match, error)) &&
	       link_note(scope, object, after, error) && db_txn_commit(txn, error);
}

/* --- targets ---------------------------------------------------------------------------------------------
 */

static bool
read_targets(Comparing *at, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(at->scope->db, &LINK_TARGETS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_TARGETS_P_COMMUNE_ID, at->scope->commune_id);
	db_bind_int(stmt, LINK_TARGETS_P_PLAN_ID, at->plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		OwnTarget target = {.indicator_no = db_column_int(stmt, LINK_TARGETS_C_INDICATOR_NO),
		    .year = (int)db_column_int(stmt, LINK_TARGETS_C_YEAR),
		    .comparator = (int)db_column_int(stmt, LINK_TARGETS_C_COMPARATOR),
		    .has_value = !db_column_is_null(stmt, LINK_TARGETS_C_VALUE_MICRO),
		    .value_micro = db_column_int(stmt, LINK_TARGETS_C_VALUE_MICRO),
		    .raw = link_keep(at->scope, db_column_text(stmt, LINK_TARGETS_C_RAW))};

		g_array_append_val(at->targets, target);
	}
	return !has_row;
}

static bool
read_units(Comparing *at, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;
	size_t n = 0;

	at->units = arena_array(at->scope->arena, const char *, at->n_indicators + 1);
	if (!db_prepare(at->scope->db, &LINK_UNITS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_UNITS_P_COMMUNE_ID, at->scope->commune_id);
	db_bind_int(stmt, LINK_UNITS_P_PLAN_ID, at->plan_id);
	while (db_step(stmt, &has_row, error) && has_row)
		if (n < at->n_indicators)
			at->units[n++] = link_keep(at->scope, db_column_text(stmt, LINK_UNITS_C_UNIT));
	return !has_row;
}

/* +1: more is better; -1: less is; 0: cannot be said. */
static int
direction_of(int comparator)
{
	switch ((PlanComparator)comparator) {
	case PLAN_COMPARATOR_EQ:
	case PLAN_COMPARATOR_GE:
	case PLAN_COMPARATOR_GT:
	case PLAN_COMPARATOR_STRIVE_GE:
		return 1;
	case PLAN_COMPARATOR_LE:
	case PLAN_COMPARATOR_LT:
		return -1;
	case PLAN_COMPARATOR_RANGE:
	case PLAN_COMPARATOR_TEXT:
	case PLAN_COMPARATOR_MAX:
		break;
	}
	return 0;
}

static const OwnTarget *
find_target(const Comparing *at, int64_t indicator_no, int year)
{
	const OwnTarget *only = NULL;

	for (guint i = 0; i < at->targets->len; i++) {
		const OwnTarget *target = &g_array_index(at->targets, OwnTarget, i);

		if (target->indicator_no != indicator_no)
			continue;
		if (target->year == year)
			return target;
		if (target->year == 0 || year == 0)
			only = target;
	}
	return only;
}

/* Of two units that do not go together. */
static const char *
unit_reason(Arena *arena, const char *why, const char *theirs, const char *ours)
{
	return arena_printf(arena, "%s: cấp trên ghi “%s”, xã ghi “%s”", why,
	    theirs != NULL && *theirs != '\0' ? theirs : "(không ghi)",
	    ours != NULL && *ours != '\0' ? ours : "(không ghi)");
}

static LinkAnswer
judge_values(Arena *arena, const LinkHigherRow *row, const OwnTarget *own, const char *unit_text,
    const char **ret_reason)
{
	const LinkUnit theirs = link_unit_read(arena, row->unit, row->raw),
		       ours = link_unit_read(arena, unit_text, own->raw);
	int direction = direction_of(row->comparator), order;
	const char *why;

	if (!row->has_value || !own->has_value || direction == 0 || direction_of(own->comparator) == 0) {
		*ret_reason = "một bên không nêu số";
		return LINK_ANSWER_UNCLEAR;
	}
	if (direction != direction_of(own->comparator)) {
		*ret_reason = "hai chỉ tiêu ngược chiều nhau";
		return LINK_ANSWER_UNCLEAR;
	}
	if (!link_unit_compare(&ours, own->value_micro, &theirs, row->value_micro, &order, &why)) {
		*ret_reason = unit_reason(arena, why, row->unit, unit_text);
		return LINK_ANSWER_UNCLEAR;
	}
	if (order * direction < 0) {
		*ret_reason = direction > 0 ? "số của xã nhỏ hơn" : "số của xã lớn hơn, mà ít hơn mới là tốt";
		return LINK_ANSWER_WEAKER;
	}
	if (own->comparator == PLAN_COMPARATOR_STRIVE_GE && row->comparator != PLAN_COMPARATOR_STRIVE_GE) {
		*ret_reason = "của xã chỉ là phấn đấu";
		return LINK_ANSWER_WEAKER;
	}
	return LINK_ANSWER_THERE;
}

static void
judge_target(const Comparing *at, LinkComparison *comparison)
{
	const LinkHigherRow *row = comparison->row;
	const OwnTarget *own = find_target(at, comparison->item->item_no, row->year);

	if (own == NULL) {
		comparison->answer = LINK_ANSWER_WEAKER;
		comparison->reason =
		    arena_printf(at->scope->arena, "không có mục tiêu cho năm %d", row->year);
		return;
	}
	comparison->ours = own->raw;
	comparison->answer = judge_values(
	    at->scope->arena, row, own, at->units[comparison->item - at->indicators], &comparison->reason);
}

/* --- rows ------------------------------------------------------------------------------------------------
 */

static const LinkMatch *
find_match(const Comparing *at, int64_t row_no, int64_t item_no, LinkState state)
{
	for (guint i = 0; i < at->matches->len; i++) {
		const LinkMatch *match = &g_array_index(at->matches, LinkMatch, i);

		if (match->row_no == row_no && match->plan_id == at->plan_id && match->state == state &&
		    (item_no < 0 || match->item_no == item_no))
			return match;
	}
	return NULL;
}

static void
answer_row(const Comparing *at, LinkComparison *comparison)
{
	const LinkHigherRow *row = comparison->row;
	const LinkMatch *match = find_match(at, row->row_no, -1, LINK_CONFIRMED);

	if (match == NULL) {
		comparison->answer = comparison->item != NULL ? LINK_ANSWER_PROPOSED : LINK_ANSWER_MISSING;
		if (comparison->item != NULL && row->kind == LINK_ROW_TARGET) {
			const OwnTarget *own = find_target(at, comparison->item->item_no, row->year);

			comparison->ours = own != NULL ? own->raw : NULL;
			if (own != NULL && judge_values(at->scope->arena, row, own,
					       at->units[comparison->item - at->indicators],
					       &(const char *){NULL}) == LINK_ANSWER_WEAKER)
				comparison->reason = arena_printf(at->scope->arena,
				    "%s; nếu đúng thì thấp hơn cấp trên", comparison->reason);
		}
		return;
	}
	comparison->name = match->name;
	comparison->score = 0;
	comparison->reason = "";
	comparison->item = row->kind == LINK_ROW_DUTY
			       ? link_item(at->tasks, at->n_tasks, match->item_no)
			       : link_item(at->indicators, at->n_indicators, match->item_no);
	if (match->item_no == 0 || comparison->item == NULL) {
		comparison->answer = LINK_ANSWER_NOT_OURS;
		comparison->item = NULL;
		return;
	}
	comparison->answer = LINK_ANSWER_THERE;
	if (row->kind == LINK_ROW_TARGET)
		judge_target(at, comparison);
}

/* The best proposal that nobody has refused, for rows of one kind. */
static void
propose(const Comparing *at, LinkRowKind kind)
{
	const LinkItem *own = kind == LINK_ROW_DUTY ? at->tasks : at->indicators;
	size_t n_own = kind == LINK_ROW_DUTY ? at->n_tasks : at->n_indicators;
	LinkItem *theirs = arena_array(at->scope->arena, LinkItem, at->rows->len + 1);
	g_autoptr(GArray) proposals = g_array_new(FALSE, FALSE, sizeof(LinkProposal));

	for (guint i = 0; i < at->rows->len; i++) {
		const LinkHigherRow *row = &g_array_index(at->rows, LinkHigherRow, i);

		theirs[i] = (LinkItem){.item_no = row->row_no,
		    .name = row->kind == kind ? row->name : "",
		    .more = "",
		    .lead = ""};
	}
	link_propose(at->scope->arena, theirs, at->rows->len, own, n_own, PROPOSALS_EACH, proposals);
	for (guint i = 0; i < proposals->len; i++) {
		const LinkProposal *proposal = &g_array_index(proposals, LinkProposal, i);
		LinkComparison *comparison = &g_array_index(at->out, LinkComparison, proposal->a);

		if (comparison->item != NULL ||
		    find_match(at, comparison->row->row_no, own[proposal->b].item_no, LINK_REFUSED) != NULL)
			continue;
		comparison->item = &own[proposal->b];
		comparison->score = proposal->score;
		comparison->reason = proposal->reason;
	}
}

static bool
read_all(Comparing *at, int64_t higher_id, GError **error)
{
	LinkHigher higher;

	return link_higher_find(at->scope, higher_id, &higher, error) &&
	       link_tasks_read(at->scope, at->plan_id, &at->tasks, &at->n_tasks, error) &&
	       link_indicators_read(at->scope, at->plan_id, &at->indicators, &at->n_indicators, error) &&
	       read_targets(at, error) && read_units(at, error) &&
	       link_matches_read(at->scope, higher_id, at->matches, error) &&
	       link_higher_rows_read(at->scope, higher_id, at->rows, error);
}

bool
link_compare(
    const LinkScope *scope, int64_t higher_id, int64_t plan_id, GArray *ret_comparisons, GError **error)
{
	g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(OwnTarget));
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(LinkMatch));
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));
	Comparing at = {.scope = scope,
	    .plan_id = plan_id,
	    .targets = targets,
	    .matches = matches,
	    .rows = rows,
	    .out = ret_comparisons};

	if (!read_all(&at, higher_id, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		LinkHigherRow *kept = arena_new0(scope->arena, LinkHigherRow);
		LinkComparison comparison = {.row = kept, .reason = ""};

		*kept = g_array_index(rows, LinkHigherRow, i);
		g_array_append_val(ret_comparisons, comparison);
	}
	propose(&at, LINK_ROW_DUTY);
	propose(&at, LINK_ROW_TARGET);
	for (guint i = 0; i < ret_comparisons->len; i++)
		answer_row(&at, &g_array_index(ret_comparisons, LinkComparison, i));
	return true;
}
