/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "modules/plan/plan.h"

/* What people decided about rows of a plan goes on with the rows that follow them. */

typedef struct Carrying {
	const LinkScope *scope;
	int64_t old_plan_id, new_plan_id;
	const GPtrArray *lines; /* of PlanLine * */
	bool is_whole;
	int n;
} Carrying;

/* The row that follows one; 0: none. */
static int64_t
row_after(const Carrying *carrying, PlanLineWhat what, int64_t old_no)
{
	for (guint i = 0; i < carrying->lines->len; i++) {
		const PlanLine *line = g_ptr_array_index(carrying->lines, i);

		if (line->what == what && line->old_no == old_no)
			return line->new_no;
	}
	return 0;
}

static bool
has_pair(const GArray *pairs, int64_t task_no, int64_t indicator_no)
{
	for (guint i = 0; i < pairs->len; i++) {
		const LinkDecided *pair = &g_array_index(pairs, LinkDecided, i);

		if (pair->task_no == task_no && pair->indicator_no == indicator_no)
			return true;
	}
	return false;
}

static bool
carry_pairs(Carrying *carrying, GError **error)
{
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LinkDecided));
	g_autoptr(GArray) there = g_array_new(FALSE, FALSE, sizeof(LinkDecided));

	if (!link_decided_read(carrying->scope, carrying->old_plan_id, pairs, error) ||
	    !link_decided_read(carrying->scope, carrying->new_plan_id, there, error))
		return false;
	for (guint i = 0; i < pairs->len; i++) {
		const LinkDecided *pair = &g_array_index(pairs, LinkDecided, i);
		int64_t task_no = row_after(carrying, PLAN_LINE_TASK, pair->task_no);
		int64_t indicator_no = row_after(carrying, PLAN_LINE_INDICATOR, pair->indicator_no);

		if (task_no == 0 || indicator_no == 0 || has_pair(there, task_no, indicator_no))
			continue;
		if (!link_decide(carrying->scope, carrying->new_plan_id, task_no, indicator_no, pair->state,
			pair->score, pair->reason, error))
			return false;
		carrying->n++;
	}
	return true;
}

static bool
has_match(const GArray *matches, int64_t row_no, int64_t plan_id, int64_t item_no)
{
	for (guint i = 0; i < matches->len; i++) {
		const LinkMatch *match = &g_array_index(matches, LinkMatch, i);

		if (match->row_no == row_no && match->plan_id == plan_id && match->item_no == item_no)
			return true;
	}
	return false;
}

/* Where a match goes: false: nowhere. Item 0 says that a row is not for this commune. */
static bool
find_item(const Carrying *carrying, const GArray *rows, const LinkMatch *match, int64_t *ret_item_no)
{
	LinkRowKind kind;

	if (match->plan_id != carrying->old_plan_id || match->row_no < 1 || match->row_no > rows->len)
		return false;
	*ret_item_no = 0;
	if (match->item_no == 0)
		return carrying->is_whole;
	kind = g_array_index(rows, LinkHigherRow, match->row_no - 1).kind;
	*ret_item_no =
	    row_after(carrying, kind == LINK_ROW_DUTY ? PLAN_LINE_TASK : PLAN_LINE_INDICATOR, match->item_no);
	return *ret_item_no != 0;
}

static bool
carry_matches(Carrying *carrying, int64_t higher_id, GError **error)
{
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(LinkMatch));
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));

	if (!link_matches_read(carrying->scope, higher_id, matches, error) ||
	    !link_higher_rows_read(carrying->scope, higher_id, rows, error))
		return false;
	for (guint i = 0; i < matches->len; i++) {
		const LinkMatch *match = &g_array_index(matches, LinkMatch, i);
		int64_t item_no;

		if (!find_item(carrying, rows, match, &item_no) ||
		    has_match(matches, match->row_no, carrying->new_plan_id, item_no))
			continue;
		if (!link_match_decide(carrying->scope, higher_id, match->row_no, carrying->new_plan_id,
			item_no, match->state, error))
			return false;
		carrying->n++;
	}
	return true;
}

bool
link_carry(const LinkScope *scope, int64_t old_plan_id, int64_t new_plan_id, const GPtrArray *lines,
    bool is_whole, int *ret_n, GError **error)
{
	Carrying carrying = {scope, old_plan_id, new_plan_id, lines, is_whole, 0};
	g_autoptr(GPtrArray) highers = g_ptr_array_new();

	if (!carry_pairs(&carrying, error) || !link_highers(scope, highers, error))
		return false;
	for (guint i = 0; i < highers->len; i++)
		if (!carry_matches(
			&carrying, ((const LinkHigher *)g_ptr_array_index(highers, i))->higher_id, error))
			return false;
	*ret_n = carrying.n;
	return true;
}
