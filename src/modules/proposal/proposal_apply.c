/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/quantity.h"
#include "modules/indicator/indicator.h"
#include "modules/indicator/indicator_amend.h"
#include "modules/proposal/proposal_internal.h"
#include "modules/task/task.h"
#include "modules/task/task_amend.h"
#include "modules/work/work_carry.h"

#include <string.h>

/* What applying a decision works with. */
typedef struct Applying {
	const WorkScope *scope;
	const Proposal *proposal;
	const ProposalEntry *decision;
	PlanScope plan;
	PlanChange change;
} Applying;

static const IndicatorTarget *
find_target(const GPtrArray *targets, int year)
{
	for (guint i = 0; i < targets->len; i++) {
		const IndicatorTarget *target = g_ptr_array_index(targets, i);

		if (target->year == year)
			return target;
	}
	return NULL;
}

bool
proposal_current(const WorkScope *scope, const Proposal *proposal, const char **ret_text, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, proposal->plan_id};
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	const IndicatorTarget *target;
	Indicator indicator;
	Task task;

	*ret_text = "";
	if (proposal->row_no == 0 || proposal->field == NULL || *proposal->field == '\0')
		return true;
	if (proposal->what == PLAN_LINE_TASK) {
		if (!task_load(&plan, proposal->row_no, scope->arena, &task, error))
			return false;
		*ret_text = strcmp(proposal->field, PROPOSAL_FIELD_DEADLINE) == 0 ? task.deadline_raw
			    : task.output != NULL                                 ? task.output
										  : "";
		return true;
	}
	if (!indicator_load(&plan, proposal->row_no, scope->arena, &indicator, targets, error))
		return false;
	target = find_target(targets, proposal->year);
	*ret_text = target != NULL ? target->raw : "";
	return true;
}

static bool
keep_change(Applying *work, const char *title, const char *new_text, GError **error)
{
	const Proposal *proposal = work->proposal;

	work->change = (PlanChange){.what = proposal->what,
	    .row_no = proposal->row_no,
	    .field = {.field = proposal->field, .title = title, .year = proposal->year, .new_text = new_text},
	    .from_day = work->scope->today,
	    .doc_number = work->decision->doc_number,
	    .doc_day = work->decision->doc_day,
	    .source = arena_printf(work->scope->arena, "proposal/%" G_GINT64_FORMAT, proposal->proposal_id)};
	return proposal_current(work->scope, proposal, &work->change.field.old_text, error) &&
	       plan_change_add(&work->plan, &work->scope->actor, work->scope->now_us, &work->change, error);
}

static const char *
source_text(const Applying *work)
{
	char day[DATE_ISO_SIZE];

	date_format_vi(work->decision->doc_day, day);
	return arena_printf(work->scope->arena,
	    "Điều chỉnh theo văn bản số %s ngày %s (kiến nghị số %" G_GINT64_FORMAT ")",
	    work->decision->doc_number, day, work->proposal->proposal_id);
}

static bool
apply_deadline(Applying *work, const char **ret_problem, GError **error)
{
	int32_t day =
	    work->decision->new_day != DATE_NONE ? work->decision->new_day : work->proposal->new_day;
	const WorkCarryReason reason = {
	    source_text(work), work->decision->doc_number, work->decision->doc_day};
	WorkScope program = *work->scope;
	WorkCarryTally tally = {0};
	char raw[DATE_ISO_SIZE];
	Task task;

	if (!task_load(&work->plan, work->proposal->row_no, work->scope->arena, &task, error))
		return false;
	if (task.deadline.kind != PLAN_DEADLINE_ONCE && task.deadline.kind != PLAN_DEADLINE_NONE) {
		*ret_problem = "Nhiệm vụ định kỳ, thường xuyên hoặc có điều kiện không có một ngày đến hạn "
			       "để điều chỉnh.";
		return true;
	}
	date_format_vi(day, raw);
	/* Whoever decides need not be able to do the unit's work. */
	program.visitor = NULL;
	program.request = NULL;
	return keep_change(work, "thời hạn", raw, error) &&
	       task_amend_deadline(&work->plan, work->proposal->row_no, day, raw, error) &&
	       work_adjust_due(
		   &program, work->plan.plan_id, work->proposal->row_no, day, &reason, &tally, error);
}

static bool
has_year(const Applying *work, bool *ret_has, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	Indicator indicator;

	if (!indicator_load(
		&work->plan, work->proposal->row_no, work->scope->arena, &indicator, targets, error))
		return false;
	*ret_has = find_target(targets, work->proposal->year) != NULL;
	return true;
}

/* A second number would make it unclear which of them counts. */
static bool
has_digit(const Folded *folded, size_t from)
{
	for (size_t i = from; i < folded->len; i++)
		if (g_ascii_isdigit(folded->fold[i]))
			return true;
	return false;
}

static bool
apply_target(Applying *work, const char *text, const char **ret_problem, GError **error)
{
	Arena *arena = work->scope->arena;
	Folded folded = folded_new(arena, text);
	bool has_target;
	Quantity quantity;
	IndicatorTarget target = {.indicator_no = work->proposal->row_no,
	    .year = work->proposal->year,
	    .comparator = PLAN_COMPARATOR_TEXT,
	    .raw = arena_strdup(arena, text)};

	if (quantity_read_cell(&folded, 0, folded.len, &quantity) >= 0 && !has_digit(&folded, quantity.to)) {
		target.comparator = quantity.comparator;
		target.value = quantity.value;
		target.value_high = quantity.value_high;
	} else if (strpbrk(text, "0123456789") != NULL) {
		*ret_problem = "Không đọc được mức phải đạt; hãy ghi như \"95%\", \"≥ 80\" hoặc \"70-80%\".";
		return true;
	}
	if (!has_year(work, &has_target, error))
		return false;
	if (!has_target) {
		*ret_problem = "Chỉ tiêu không có mức phải đạt của năm này; hãy nêu đúng năm.";
		return true;
	}
	return keep_change(work, "mức phải đạt", text, error) &&
	       indicator_amend_target(&work->plan, &target, error);
}

bool
proposal_apply(const WorkScope *scope, const Proposal *proposal, const ProposalEntry *decision,
    const char **ret_problem, GError **error)
{
	Applying work = {.scope = scope,
	    .proposal = proposal,
	    .decision = decision,
	    .plan = {scope->db, scope->commune_id, proposal->plan_id}};
	const char *text = decision->new_text != NULL ? decision->new_text : proposal->new_text;

	*ret_problem = NULL;
	if (proposal->row_no == 0) {
		*ret_problem = "Dòng này không còn trong kế hoạch; không điều chỉnh được.";
		return true;
	}
	if (strcmp(proposal->field, PROPOSAL_FIELD_DEADLINE) == 0)
		return apply_deadline(&work, ret_problem, error);
	if (strcmp(proposal->field, PROPOSAL_FIELD_TARGET) == 0)
		return apply_target(&work, text, ret_problem, error);
	return keep_change(&work, "sản phẩm", text, error) &&
	       task_amend_output(&work.plan, proposal->row_no, text, error);
}

bool
proposal_catch_up(Db *db, int64_t commune_id, GError **error)
{
	return task_search_catch_up(db, commune_id, error);
}
