/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_carry.h"

static void
take_open(WorkPiece *piece, const WorkEntry *entry)
{
	piece->original_due = piece->due = entry->due;
	piece->person_id = entry->for_person;
}

static void
take_report(WorkPiece *piece, const WorkEntry *entry)
{
	if (entry->state >= 0)
		piece->state = (WorkState)entry->state;
	if (entry->percent >= 0)
		piece->percent = entry->percent;
	piece->updated_month = MAX(piece->updated_month, entry->month);
	piece->is_taken = true;
	piece->is_returned = false;
}

static void
take_submission(WorkPiece *piece, const WorkEntry *entry)
{
	take_report(piece, entry);
	piece->state = WORK_WAITING;
	piece->percent = 100;
	piece->submitted_day = instant_day(entry->at_us);
	piece->submitter_id = entry->person_id;
	piece->has_product = entry->product != NULL;
	piece->has_reason = entry->reason != NULL;
	if (entry->doc_number != NULL) {
		piece->doc_number = entry->doc_number;
		piece->doc_day = entry->day;
	}
}

static void
send_back(WorkPiece *piece)
{
	piece->state = WORK_DOING;
	piece->is_returned = true;
	piece->submitted_day = piece->accepted_day = DATE_NONE;
	piece->submitter_id = 0;
}

/* What was asked for becomes so, where it was granted. */
static void
take_decision(WorkPiece *piece, const WorkEntry *entry)
{
	bool is_extension = piece->pending_kind == WORK_ASK_EXTENSION;

	piece->pending_no = 0;
	piece->pending_kind = 0;
	if (!entry->is_granted)
		return;
	piece->n_extensions += is_extension;
	if (entry->due != DATE_NONE)
		piece->due = entry->due;
	if (entry->state < 0)
		return;
	piece->state = (WorkState)entry->state;
	if (piece->state != WORK_DONE) {
		piece->submitted_day = piece->accepted_day = DATE_NONE;
		return;
	}
	piece->accepted_day = instant_day(entry->at_us);
	if (piece->submitted_day == DATE_NONE)
		piece->submitted_day = entry->day != DATE_NONE ? entry->day : piece->accepted_day;
}

static void
take_request(WorkPiece *piece, const WorkEntry *entry)
{
	piece->pending_no = entry->entry_no;
	piece->pending_kind = entry->kind;
}

static void
take_event(WorkPiece *piece, const WorkEntry *entry)
{
	piece->event_day = entry->day;
	piece->original_due = piece->due = entry->due;
}

static void
take_issue(WorkPiece *piece, const WorkEntry *entry)
{
	piece->doc_number = entry->doc_number;
	piece->doc_day = entry->day;
}

static void
take_entry(WorkPiece *piece, const WorkEntry *entry)
{
	switch (entry->kind) {
	case WORK_OPEN:
		take_open(piece, entry);
		break;
	case WORK_ASSIGN:
		piece->person_id = entry->for_person;
		piece->is_taken = false;
		break;
	case WORK_TAKE:
		piece->is_taken = true;
		break;
	case WORK_UPDATE:
		take_report(piece, entry);
		break;
	case WORK_SUBMIT:
		take_submission(piece, entry);
		break;
	case WORK_ISSUE:
		take_issue(piece, entry);
		break;
	case WORK_ACCEPT:
		piece->state = WORK_DONE;
		piece->accepted_day = instant_day(entry->at_us);
		break;
	case WORK_RETURN:
	case WORK_REOPEN:
		send_back(piece);
		break;
	case WORK_ASK_EXTENSION:
	case WORK_CONTEST:
		take_request(piece, entry);
		break;
	case WORK_DECIDE:
		take_decision(piece, entry);
		break;
	case WORK_EVENT:
		take_event(piece, entry);
		break;
	case WORK_CARRY:
	case WORK_CLOSE:
	case WORK_ADJUST:
		work_take_carry(piece, entry);
		break;
	case WORK_TAKE_BACK:
	case WORK_ENTRY_MAX:
		break;
	}
}

static bool
is_taken_back(const WorkEntry *const *entries, size_t n_entries, int64_t entry_no)
{
	for (size_t i = 0; i < n_entries; i++)
		if (entries[i]->kind == WORK_TAKE_BACK && entries[i]->ref_no == entry_no)
			return true;
	return false;
}

static void
begin(WorkPiece *piece)
{
	piece->state = WORK_NOT_STARTED;
	piece->percent = -1;
	piece->person_id = piece->submitter_id = piece->pending_no = 0;
	piece->is_taken = piece->is_returned = piece->has_product = piece->has_reason = false;
	piece->original_due = piece->due = DATE_NONE;
	piece->submitted_day = piece->accepted_day = piece->updated_month = piece->event_day = DATE_NONE;
	piece->doc_number = NULL;
	piece->doc_day = DATE_NONE;
	piece->pending_kind = 0;
	piece->n_extensions = 0;
	piece->last_us = piece->version = 0;
}

void
work_replay(WorkPiece *piece, const WorkEntry *const *entries, size_t n_entries)
{
	begin(piece);
	for (size_t i = 0; i < n_entries; i++) {
		piece->version = entries[i]->entry_no;
		piece->last_us = entries[i]->at_us;
		if (!is_taken_back(entries, n_entries, entries[i]->entry_no))
			take_entry(piece, entries[i]);
	}
}
