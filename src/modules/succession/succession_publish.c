/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/evidence/evidence.h"
#include "modules/identity/identity_roles.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_review.h"
#include "modules/link/link.h"
#include "modules/proposal/proposal.h"
#include "modules/succession/succession_internal.h"
#include "storage/txn.h"

typedef struct Publishing {
	const SuccessionScope *scope;
	const SuccessionCompare *compare;
	Succession row;
	WorkScope work;
	WorkCarryReason reason;
	SuccessionResult *result;
} Publishing;

static bool
conflict(GError **error, const char *problem)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, problem);
	return false;
}

/* The draft's plan becomes one that counts; the same rows as were compared, for the version is checked. */
static bool
publish_draft(Publishing *work, GError **error)
{
	const IntakeScope *intake = &work->scope->intake;
	const IntakeDraft *draft;
	IntakeResult result;

	if (work->row.new_plan_id != 0)
		return true;
	/* It was put into force by itself while the lines were confirmed: its rows are those of the draft. */
	draft = intake_review_draft(work->compare->review);
	if (draft->state == INTAKE_PUBLISHED) {
		work->row.new_plan_id = draft->plan_id;
		return true;
	}
	if (!intake_review_publish(intake, work->compare->review, work->compare->seen, &result, error))
		return false;
	if (result.outcome == INTAKE_UNCHANGED)
		return conflict(error, "Nội dung này đã có trong một kế hoạch đang thực hiện; hãy so sánh "
				       "với chính kế hoạch đó.");
	work->row.new_plan_id = result.plan_id;
	return true;
}

/* Of PlanLine *, the comparison's. */
static GPtrArray *
lines_of(const SuccessionCompare *compare)
{
	GPtrArray *lines = g_ptr_array_new();

	for (guint i = 0; i < compare->lines->len; i++)
		g_ptr_array_add(lines, &((SuccessionLine *)g_ptr_array_index(compare->lines, i))->line);
	return lines;
}

static bool
store_lines(Publishing *work, GError **error)
{
	const SuccessionScope *scope = work->scope;
	g_autoptr(GPtrArray) lines = lines_of(work->compare);
	PlanScope plan = {scope->intake.db, scope->intake.commune_id, work->row.new_plan_id};
	PlanSuccession succession = {.old_plan_id = work->row.old_plan_id,
	    .new_plan_id = work->row.new_plan_id,
	    .kind = work->row.kind,
	    .from_day = work->row.from_day};

	return plan_succeed(&plan, &scope->intake.actor, scope->intake.now_us, lines, &succession, error);
}

/* What was handed in for a task stays with the old row and is shown on the new one too. */
static bool
carry_evidence(Publishing *work, int64_t old_no, int64_t new_no, GError **error)
{
	const IntakeScope *intake = &work->scope->intake;
	const EvidenceScope scope = {.db = intake->db,
	    .commune_id = intake->commune_id,
	    .directory = intake->directory,
	    .now_us = intake->now_us,
	    .actor = intake->actor};
	Arena *arena = work->scope->arena;
	const EvidenceObject from = {EVIDENCE_OBJECT_TASK,
	    arena_printf(arena, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, work->row.old_plan_id, old_no)};
	const EvidenceObject to = {EVIDENCE_OBJECT_TASK,
	    arena_printf(arena, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, work->row.new_plan_id, new_no)};
	g_autoptr(GPtrArray) pieces = g_ptr_array_new();

	if (!evidence_list(&scope, &from, arena, pieces, error))
		return false;
	for (guint i = 0; i < pieces->len; i++) {
		const Evidence *evidence = g_ptr_array_index(pieces, i);

		if (evidence->withdrawn_us != 0)
			continue;
		if (!evidence_attach(&scope, evidence->evidence_id, &to, error))
			return false;
		work->result->n_evidence++;
	}
	return true;
}

static bool
follow(Publishing *work, const PlanLine *line, GError **error)
{
	return succession_follow(
	    work->scope, &work->work, &work->row, line, work->reason.text, work->result, error);
}

static bool
carry_line(Publishing *work, const PlanLine *line, GError **error)
{
	WorkCarryTally *tally = &work->result->work;

	if (line->old_no == 0)
		return true;
	if (!proposal_carry(&work->work, work->row.old_plan_id, line->what, line->old_no,
		work->row.new_plan_id, line->new_no, work->reason.text, &work->result->n_proposals, error))
		return false;
	if (line->what != PLAN_LINE_TASK)
		return true;
	if (line->new_no == 0)
		return work_close_task(
			   &work->work, work->row.old_plan_id, line->old_no, &work->reason, tally, error) &&
		       follow(work, line, error);
	return work_carry_task(&work->work, work->row.old_plan_id, line->old_no, work->row.new_plan_id,
		   line->new_no, &work->reason, tally, error) &&
	       carry_evidence(work, line->old_no, line->new_no, error) && follow(work, line, error);
}

static bool
carry_links(Publishing *work, GError **error)
{
	const IntakeScope *intake = &work->scope->intake;
	const LinkScope scope = {.db = intake->db,
	    .commune_id = intake->commune_id,
	    .now_us = intake->now_us,
	    .today = work->scope->today,
	    .actor = intake->actor,
	    .arena = work->scope->arena};
	g_autoptr(GPtrArray) lines = lines_of(work->compare);

	return link_carry(&scope, work->row.old_plan_id, work->row.new_plan_id, lines,
	    work->row.kind != PLAN_SUCCESSION_AMEND, &work->result->n_links, error);
}

static bool
carry_lines(Publishing *work, GError **error)
{
	for (guint i = 0; i < work->compare->lines->len; i++)
		if (!carry_line(work,
			&((const SuccessionLine *)g_ptr_array_index(work->compare->lines, i))->line, error))
			return false;
	if (!carry_links(work, error))
		return false;
	/* What is about the plan as a whole stays with the one that counts. */
	return work->row.kind == PLAN_SUCCESSION_AMEND ||
	       proposal_carry(&work->work, work->row.old_plan_id, (PlanLineWhat)0, 0, work->row.new_plan_id,
		   0, work->reason.text, &work->result->n_proposals, error);
}

static bool
carry_roles(Publishing *work, GError **error)
{
	const IntakeScope *intake = &work->scope->intake;
	const IdentityScope identity = {.db = intake->db,
	    .commune_id = intake->commune_id,
	    .now_us = intake->now_us,
	    .directory = intake->directory,
	    .actor = intake->actor,
	    .arena = work->scope->arena};

	if (!work->row.carries_roles)
		return true;
	return identity_plan_role_carry(&identity, work->row.old_plan_id, work->row.new_plan_id,
	    work->scope->today, work->reason.text, work->scope->may_roles, &work->result->n_roles,
	    &work->result->n_roles_proposed, error);
}

static const char *
number_of(const SuccessionScope *scope, int64_t plan_id, const GPtrArray *plans)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id)
			return arena_strdup(scope->arena, plan->number);
	}
	return NULL;
}

static bool
find_reason(Publishing *work, GError **error)
{
	static const char *const VERBS[PLAN_SUCCESSION_MAX] = {[PLAN_SUCCESSION_REPLACE] = "thay thế",
	    [PLAN_SUCCESSION_AMEND] = "sửa đổi, bổ sung",
	    [PLAN_SUCCESSION_VERSION] = "là bản mới của"};
	const SuccessionScope *scope = work->scope;
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (!plan_list(scope->intake.db, scope->intake.commune_id, scope->arena, plans, error))
		return false;
	work->reason =
	    (WorkCarryReason){.text = arena_printf(scope->arena, "%s %s %s", work->compare->new_caption,
				  VERBS[work->row.kind], work->compare->old_caption),
		.doc_number = number_of(scope, work->row.new_plan_id, plans),
		.day = work->row.from_day};
	return true;
}

static bool
check(const Publishing *work, int64_t version, GError **error)
{
	if (work->compare->succession.version != version)
		return conflict(error,
		    "Trong lúc bạn xem, người khác vừa thay đổi lần so sánh này. Hãy xem lại rồi làm lại.");
	if (work->compare->n_open > 0)
		return conflict(error, "Còn dòng chưa được xác nhận. Hãy xác nhận từng dòng, hoặc bấm Chấp "
				       "nhận tất cả, rồi làm lại.");
	if (work->compare->new_rows->len == 0)
		return conflict(error, "Kế hoạch mới không có chỉ tiêu, nhiệm vụ nào; hãy rà soát lại bản "
				       "nháp trước khi thay thế.");
	return true;
}

static bool
carry_all(Publishing *work, GError **error)
{
	/* What the old plan owes up to today is there before it is carried on; the new one's pieces are made
	 * when all that goes on has its place, so that none of them has to give way. */
	return work_open_plan(&work->work, work->row.old_plan_id, error) && publish_draft(work, error) &&
	       find_reason(work, error) && store_lines(work, error) && carry_lines(work, error) &&
	       carry_roles(work, error);
}

bool
succession_publish(const SuccessionScope *scope, int64_t succession_id, int64_t version,
    SuccessionResult *ret_result, GError **error)
{
	g_autoptr(SuccessionCompare) compare = NULL;
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	SuccessionResult result = {0};
	Publishing work = {.scope = scope,
	    .result = &result,
	    .work = {.db = scope->intake.db,
		.commune_id = scope->intake.commune_id,
		.now_us = scope->intake.now_us,
		.today = scope->today,
		.actor = scope->intake.actor,
		.arena = scope->arena}};

	if (!db_txn_begin(scope->intake.db, &txn, error) ||
	    !succession_take(scope, succession_id, version, &work.row, &before, error) ||
	    !succession_compare(scope, succession_id, &compare, error))
		return false;
	work.compare = compare;
	if (!check(&work, version, error) || !carry_all(&work, error))
		return false;
	work.row.state = SUCCESSION_DONE;
	if (!succession_put(scope, &work.row, error) ||
	    !succession_note(scope, succession_id, before, error) || !db_txn_commit(txn, error))
		return false;
	result.new_plan_id = work.row.new_plan_id;
	*ret_result = result;
	return true;
}
