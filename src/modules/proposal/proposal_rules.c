/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/proposal/proposal_internal.h"

#include <string.h>

const ProposalStep *
proposal_step(const GPtrArray *steps, int64_t step_no)
{
	for (guint i = 0; i < steps->len; i++) {
		const ProposalStep *step = g_ptr_array_index(steps, i);

		if (step->step_no == step_no)
			return step;
	}
	return NULL;
}

static bool
is_anybody(const WorkScope *scope)
{
	return scope->visitor == NULL || scope->visitor->is_open;
}

bool
proposal_may_read(const WorkScope *scope, int64_t plan_id)
{
	return is_anybody(scope) ||
	       app_access_grant(scope->visitor, APP_READ, &(AppTarget){.plan_id = plan_id}) != NULL;
}

/* "Mọi đơn vị": whoever does or helps with something in the plan, or operates it. Inspectors and readers do
 * not. */
bool
proposal_may_raise(const WorkScope *scope, int64_t plan_id)
{
	static const char *const PERMISSIONS[] = {
	    APP_PROPOSE, APP_UPDATE, APP_CONTRIBUTE, APP_APPROVE, APP_OPERATE, NULL};

	if (is_anybody(scope))
		return true;
	for (size_t i = 0; i < scope->visitor->n_grants; i++) {
		const AppGrant *grant = &scope->visitor->grants[i];

		if (grant->plan_id != 0 && grant->plan_id != plan_id)
			continue;
		for (const char *const *p = grant->permissions; *p != NULL; p++)
			if (g_strv_contains(PERMISSIONS, *p))
				return true;
	}
	return false;
}

static bool
has_role(const WorkScope *scope, const char *role, int64_t plan_id)
{
	if (is_anybody(scope))
		return true;
	for (size_t i = 0; i < scope->visitor->n_grants; i++) {
		const AppGrant *grant = &scope->visitor->grants[i];

		if (strcmp(grant->role, role) == 0 && (grant->plan_id == 0 || grant->plan_id == plan_id))
			return true;
	}
	return false;
}

static bool
is_of_unit(const WorkScope *scope, int64_t agency_id)
{
	for (size_t i = 0; agency_id != 0 && i < scope->visitor->n_grants; i++)
		if (scope->visitor->grants[i].agency_id == agency_id)
			return true;
	return false;
}

bool
proposal_rights(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps,
    ProposalRights *ret_rights, GError **error)
{
	const AppTarget target = {
	    .plan_id = proposal->plan_id, .done_by = proposal->raiser_id, .done = APP_PROPOSE};
	const ProposalStep *step = proposal_step(steps, proposal->step_no);
	ProposalRights rights = {0};

	rights.is_raiser = is_anybody(scope) ||
			   (scope->actor.person_id != 0 && scope->actor.person_id == proposal->raiser_id) ||
			   is_of_unit(scope, proposal->agency_id);
	rights.is_holder = step != NULL && has_role(scope, step->role, proposal->plan_id);
	for (guint i = 0; i < steps->len; i++)
		rights.is_any = rights.is_any ||
				has_role(scope, ((const ProposalStep *)g_ptr_array_index(steps, i))->role,
				    proposal->plan_id);
	if (scope->request != NULL) {
		if (!app_access(scope->request, APP_DECIDE, &target, &rights.decide, error))
			return false;
	} else {
		rights.decide = scope->visitor == NULL
				    ? (AppAnswer){.is_allowed = true}
				    : app_access_of(scope->visitor, NULL, APP_DECIDE, &target, scope->arena);
	}
	*ret_rights = rights;
	return true;
}

static bool
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

static const char *
forbid_text(const ProposalEntry *entry)
{
	if (entry->text != NULL && g_utf8_strlen(entry->text, -1) > PROPOSAL_TEXT_MAX)
		return "Nội dung quá dài; tối đa 4.000 ký tự.";
	return NULL;
}

static bool
has_document(const WorkScope *scope, const ProposalEntry *entry)
{
	return !is_empty(entry->doc_number) && entry->doc_day != DATE_NONE && entry->doc_day <= scope->today;
}

/* Only the entitled role decides, and not who raised it. */
static const char *
forbid_decision(const WorkScope *scope, const Proposal *proposal, const ProposalStep *step,
    const ProposalRights *rights, const ProposalEntry *entry)
{
	if (step == NULL || !step->decides)
		return "Kiến nghị chưa đến bước quyết định; hãy chuyển lên người có thẩm quyền.";
	if (scope->actor.person_id == 0)
		return "Quyết định phải do một người có tài khoản làm. Hãy đăng nhập, hoặc tạo tài khoản "
		       "bằng lệnh namro "
		       "user add.";
	if (scope->actor.person_id == proposal->raiser_id)
		return "Người đã nêu kiến nghị không quyết định về chính kiến nghị đó.";
	if (!rights->decide.is_allowed)
		return rights->decide.reason != NULL ? rights->decide.reason
						     : "Chỉ người được quyền quyết định mới làm được.";
	if (proposal->kind == PROPOSAL_ADJUST && entry->is_granted && !has_document(scope, entry))
		return "Đồng ý điều chỉnh phải ghi số văn bản và ngày ban hành, không sau hôm nay.";
	if (!entry->is_granted && is_empty(entry->text))
		return "Không đồng ý phải nêu lý do.";
	return NULL;
}

static const char *
forbid_step(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps,
    const ProposalRights *rights, const ProposalEntry *entry)
{
	const ProposalStep *step = proposal_step(steps, proposal->step_no);

	if (proposal->state != PROPOSAL_OPEN)
		return "Kiến nghị không còn chờ xử lý ở bước này; hãy xem lại phiếu.";
	if (!rights->is_holder)
		return step == NULL ? "Không tìm thấy bước xử lý trong tuyến xử lý."
				    : arena_printf(scope->arena,
					  "Bước này thuộc vai trò khác: %s. Chỉ người giữ vai trò đó trong "
					  "kế hoạch xử lý được.",
					  step->title);
	if (entry->kind == PROPOSAL_DECIDE)
		return forbid_decision(scope, proposal, step, rights, entry);
	if (entry->kind == PROPOSAL_FORWARD)
		return proposal_step(steps, proposal->step_no + 1) == NULL
			   ? "Đây đã là bước cuối; hãy quyết định, trả lời, trả lại hoặc kiến nghị lên cấp "
			     "trên."
			   : NULL;
	if (entry->kind == PROPOSAL_ANSWER && proposal->kind == PROPOSAL_ADJUST)
		return "Đề nghị điều chỉnh phải được quyết định, không chỉ trả lời.";
	if (entry->kind == PROPOSAL_REFER && !has_document(scope, entry))
		return "Kiến nghị lên cấp trên phải ghi số và ngày của văn bản gửi, không sau hôm nay.";
	return is_empty(entry->text) ? "Hãy ghi nội dung." : NULL;
}

static const char *
forbid_unit(const Proposal *proposal, const ProposalRights *rights, const ProposalEntry *entry)
{
	static const char OWN[] = "Chỉ đơn vị đã nêu kiến nghị mới làm được.";

	if (entry->kind == PROPOSAL_REOPEN)
		return !rights->is_raiser && !rights->is_any ? OWN
		       : proposal->state != PROPOSAL_CLOSED ? "Chỉ mở lại kiến nghị đã giải quyết."
		       : is_empty(entry->text)              ? "Mở lại phải nêu lý do."
							    : NULL;
	if (!rights->is_raiser)
		return OWN;
	if (entry->kind == PROPOSAL_SUPPLEMENT)
		return proposal->state != PROPOSAL_RETURNED ? "Chỉ bổ sung khi kiến nghị được trả lại."
		       : is_empty(entry->text)              ? "Hãy ghi nội dung bổ sung."
							    : NULL;
	if (entry->kind == PROPOSAL_CONFIRM)
		return proposal->state != PROPOSAL_ANSWERED
			   ? "Chỉ xác nhận khi đã có trả lời hoặc quyết định."
		       : !entry->is_granted && is_empty(entry->text)
			   ? "Chưa giải quyết thì phải nêu còn vướng gì."
			   : NULL;
	return proposal->state != PROPOSAL_OPEN && proposal->state != PROPOSAL_RETURNED
		   ? "Chỉ rút được kiến nghị chưa có trả lời, quyết định."
		   : NULL;
}

const char *
proposal_forbid(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps,
    const ProposalRights *rights, const ProposalEntry *entry)
{
	const char *problem = forbid_text(entry);

	if (problem != NULL)
		return problem;
	switch (entry->kind) {
	case PROPOSAL_FORWARD:
	case PROPOSAL_RETURN:
	case PROPOSAL_ANSWER:
	case PROPOSAL_DECIDE:
	case PROPOSAL_REFER:
		return forbid_step(scope, proposal, steps, rights, entry);
	case PROPOSAL_HIGHER:
		if (proposal->state != PROPOSAL_REFERRED)
			return "Kiến nghị không chờ cấp trên trả lời.";
		if (!rights->is_holder)
			return "Chỉ người đã gửi lên cấp trên, theo vai trò, ghi được trả lời.";
		return is_empty(entry->text) || !has_document(scope, entry)
			   ? "Phải ghi nội dung, số và ngày văn bản trả lời, không sau hôm nay."
			   : NULL;
	case PROPOSAL_SUPPLEMENT:
	case PROPOSAL_CONFIRM:
	case PROPOSAL_REOPEN:
	case PROPOSAL_WITHDRAW:
		return forbid_unit(proposal, rights, entry);
	case PROPOSAL_RAISE:
	case PROPOSAL_CARRY:
	case PROPOSAL_ENTRY_MAX:
		break;
	}
	return "Không làm được việc này với kiến nghị.";
}

const char *
proposal_forbid_raise(const WorkScope *scope, const Proposal *wanted)
{
	if (!proposal_may_raise(scope, wanted->plan_id))
		return "Chỉ đơn vị có việc trong kế hoạch, hoặc cơ quan thường trực, mới nêu được kiến nghị.";
	if (is_empty(wanted->title) || is_empty(wanted->body))
		return "Hãy ghi tóm tắt và nội dung.";
	if (g_utf8_strlen(wanted->title, -1) > PROPOSAL_TITLE_MAX ||
	    g_utf8_strlen(wanted->body, -1) > PROPOSAL_TEXT_MAX)
		return "Tóm tắt tối đa 200 ký tự, nội dung tối đa 4.000 ký tự.";
	if (wanted->kind != PROPOSAL_ADJUST)
		return NULL;
	if (wanted->row_no == 0 || is_empty(wanted->field))
		return "Đề nghị điều chỉnh phải nêu dòng và nội dung cần điều chỉnh; hãy mở từ phiếu nhiệm "
		       "vụ hoặc phiếu chỉ "
		       "tiêu.";
	if (strcmp(wanted->field, PROPOSAL_FIELD_DEADLINE) == 0)
		return wanted->what != PLAN_LINE_TASK || wanted->new_day == DATE_NONE
			   ? "Hãy chọn ngày đến hạn mới của nhiệm vụ."
			   : NULL;
	if (is_empty(wanted->new_text))
		return "Hãy ghi nội dung mới.";
	return strcmp(wanted->field, PROPOSAL_FIELD_TARGET) == 0 && wanted->what != PLAN_LINE_INDICATOR
		   ? "Chỉ chỉ tiêu mới có mức phải đạt."
		   : NULL;
}
