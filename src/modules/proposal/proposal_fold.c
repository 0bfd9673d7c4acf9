/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/proposal/proposal_internal.h"

const char *const PROPOSAL_KIND_TITLES[PROPOSAL_KIND_MAX] = {
    [PROPOSAL_OBSTACLE] = "Khó khăn, vướng mắc",
    [PROPOSAL_ADJUST] = "Đề nghị điều chỉnh",
    [PROPOSAL_QUESTION] = "Kiến nghị, hỏi cấp trên",
};

const char *const PROPOSAL_KIND_WORDS[PROPOSAL_KIND_MAX + 1] = {
    "", "kho-khan", "dieu-chinh", "hoi-cap-tren", NULL};

const char *const PROPOSAL_STATE_TITLES[PROPOSAL_STATE_MAX] = {
    [PROPOSAL_OPEN] = "Đang xử lý",
    [PROPOSAL_RETURNED] = "Trả lại đơn vị",
    [PROPOSAL_REFERRED] = "Chờ cấp trên",
    [PROPOSAL_ANSWERED] = "Chờ đơn vị xác nhận",
    [PROPOSAL_CLOSED] = "Đã giải quyết",
    [PROPOSAL_WITHDRAWN] = "Đã rút",
};

const char *const PROPOSAL_STATE_WORDS[PROPOSAL_STATE_MAX] = {
    [PROPOSAL_OPEN] = "dang-xu-ly",
    [PROPOSAL_RETURNED] = "tra-lai",
    [PROPOSAL_REFERRED] = "cho-cap-tren",
    [PROPOSAL_ANSWERED] = "cho-xac-nhan",
    [PROPOSAL_CLOSED] = "da-giai-quyet",
    [PROPOSAL_WITHDRAWN] = "da-rut",
};

const char *const PROPOSAL_ENTRY_TITLES[PROPOSAL_ENTRY_MAX] = {
    [PROPOSAL_RAISE] = "Nêu kiến nghị",
    [PROPOSAL_FORWARD] = "Chuyển bước tiếp theo",
    [PROPOSAL_RETURN] = "Trả lại đơn vị",
    [PROPOSAL_SUPPLEMENT] = "Đơn vị bổ sung",
    [PROPOSAL_ANSWER] = "Trả lời",
    [PROPOSAL_DECIDE] = "Quyết định",
    [PROPOSAL_REFER] = "Kiến nghị lên cấp trên",
    [PROPOSAL_HIGHER] = "Cấp trên trả lời",
    [PROPOSAL_CONFIRM] = "Đơn vị xác nhận",
    [PROPOSAL_REOPEN] = "Mở lại",
    [PROPOSAL_WITHDRAW] = "Rút kiến nghị",
    [PROPOSAL_CARRY] = "Chuyển sang kế hoạch mới",
};

static void
take_place(Proposal *proposal, const ProposalEntry *entry)
{
	if (entry->step_no > 0)
		proposal->step_no = entry->step_no;
	if (entry->plan_id > 0) {
		proposal->plan_id = entry->plan_id;
		proposal->row_no = entry->row_no;
	}
}

static void
take_document(Proposal *proposal, const ProposalEntry *entry)
{
	if (entry->doc_number == NULL)
		return;
	proposal->doc_number = entry->doc_number;
	proposal->doc_day = entry->doc_day;
}

static void
stand(Proposal *proposal, ProposalState state, int32_t due)
{
	proposal->state = state;
	proposal->due = due;
}

static void
take_entry(Proposal *proposal, const ProposalEntry *entry)
{
	take_place(proposal, entry);
	take_document(proposal, entry);
	switch (entry->kind) {
	case PROPOSAL_RAISE:
	case PROPOSAL_FORWARD:
	case PROPOSAL_SUPPLEMENT:
		stand(proposal, PROPOSAL_OPEN, entry->due);
		break;
	case PROPOSAL_RETURN:
		stand(proposal, PROPOSAL_RETURNED, DATE_NONE);
		break;
	case PROPOSAL_DECIDE:
		proposal->is_granted = entry->is_granted;
		stand(proposal, PROPOSAL_ANSWERED, DATE_NONE);
		break;
	case PROPOSAL_ANSWER:
		stand(proposal, PROPOSAL_ANSWERED, DATE_NONE);
		break;
	case PROPOSAL_REFER:
		stand(proposal, PROPOSAL_REFERRED, DATE_NONE);
		break;
	case PROPOSAL_HIGHER:
		/* Only who decides here can adjust the plan, whatever the higher level says. */
		if (proposal->kind == PROPOSAL_ADJUST)
			stand(proposal, PROPOSAL_OPEN, entry->due);
		else
			stand(proposal, PROPOSAL_ANSWERED, DATE_NONE);
		break;
	case PROPOSAL_CONFIRM:
		proposal->n_reopened += !entry->is_granted;
		stand(proposal, entry->is_granted ? PROPOSAL_CLOSED : PROPOSAL_OPEN, entry->due);
		break;
	case PROPOSAL_REOPEN:
		proposal->n_reopened++;
		stand(proposal, PROPOSAL_OPEN, entry->due);
		break;
	case PROPOSAL_WITHDRAW:
		stand(proposal, PROPOSAL_WITHDRAWN, DATE_NONE);
		break;
	case PROPOSAL_CARRY:
	case PROPOSAL_ENTRY_MAX:
		break;
	}
}

void
proposal_replay(Proposal *proposal, const ProposalEntry *const *entries, size_t n_entries)
{
	proposal->state = PROPOSAL_OPEN;
	proposal->step_no = 0;
	proposal->due = proposal->doc_day = DATE_NONE;
	proposal->is_granted = false;
	proposal->doc_number = NULL;
	proposal->n_reopened = 0;
	proposal->last_us = proposal->version = 0;
	for (size_t i = 0; i < n_entries; i++) {
		take_entry(proposal, entries[i]);
		proposal->version = entries[i]->entry_no;
		proposal->last_us = entries[i]->at_us;
	}
}
