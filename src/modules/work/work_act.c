/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_internal.h"
#include "modules/work/work_note.h"
#include "modules/work/work_store.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

/* What is done with a piece: each deed is an entry, from which the piece follows. */

/* Who writes it, and when. */
static WorkEntry
sign(const WorkScope *scope, const WorkEntry *entry, int64_t entry_no)
{
	WorkEntry signed_entry = *entry;

	signed_entry.entry_no = entry_no;
	signed_entry.at_us = scope->now_us;
	signed_entry.person_id = scope->actor.person_id;
	signed_entry.name = scope->actor.name;
	return signed_entry;
}

bool
work_insert(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, int64_t *ret_piece_id,
    GError **error)
{
	WorkEntry entry = sign(scope, open, 1);
	const WorkEntry *entries[] = {&entry};
	WorkPiece made = *piece;

	work_replay(&made, entries, 1);
	if (!work_insert_piece(scope, &made, &made.piece_id, error))
		return false;
	*ret_piece_id = made.piece_id;
	return made.piece_id == 0 || (work_insert_entry(scope, made.piece_id, &entry, error) &&
					 work_note(scope, NULL, &made, &entry, error));
}

bool
work_insert_as(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, GError **error)
{
	WorkEntry entry = sign(scope, open, 1);
	const WorkEntry *entries[] = {&entry};
	WorkPiece made = *piece;

	work_replay(&made, entries, 1);
	return work_add_piece(scope, &made, error) && work_note(scope, NULL, &made, &entry, error);
}

static const WorkEntry *
find_entry(const GPtrArray *entries, int64_t entry_no)
{
	for (guint i = 0; i < entries->len; i++)
		if (((const WorkEntry *)g_ptr_array_index(entries, i))->entry_no == entry_no)
			return g_ptr_array_index(entries, i);
	return NULL;
}

/* Everything that decides whether the entry may be added. */
static bool
judge(const WorkScope *scope, const WorkPiece *piece, const GPtrArray *entries, const WorkEntry *entry,
    const char **ret_problem, GError **error)
{
	WorkAttempt attempt = {.piece = piece, .entry = entry, .ref = find_entry(entries, entry->ref_no)};
	g_auto(WorkNeeds) needs = {0};
	WorkSettings settings;

	if (!work_settings(scope, &settings, error) || !work_rights(scope, piece, &attempt.rights, error) ||
	    (entry->month != DATE_NONE && !work_lock(scope, entry->month, &attempt.lock, error)))
		return false;
	if (entry->kind == WORK_SUBMIT || entry->kind == WORK_ACCEPT) {
		if (!work_needs(scope, piece, &needs, error))
			return false;
		attempt.needs = &needs;
	}
	if (entry->kind == WORK_ACCEPT && attempt.rights.accept.is_allowed)
		attempt.damaged = work_damaged(scope, &needs);
	*ret_problem = work_forbid(scope, &settings, &attempt);
	return true;
}

/* What a unit reports makes the figures of its plan newer. */
static bool
note_news(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *entry, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, piece->plan_id};

	return (entry->kind != WORK_UPDATE && entry->kind != WORK_SUBMIT) ||
	       task_set_news(&plan, entry->at_us, piece->agency_id, error);
}

/* The task that the piece was of, and the one that it has gone to. */
static bool
refresh_tasks(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after, GError **error)
{
	bool has_moved = before->plan_id != after->plan_id || before->task_no != after->task_no;

	return work_refresh_tasks(scope, before->plan_id, before->task_no, before->task_no, error) &&
	       (!has_moved ||
		   work_refresh_tasks(scope, after->plan_id, after->task_no, after->task_no, error));
}

static bool
append(const WorkScope *scope, const WorkPiece *before, GPtrArray *entries, const WorkEntry *entry,
    WorkOutcome *outcome, GError **error)
{
	WorkEntry added = sign(scope, entry, before->version + 1);

	g_ptr_array_add(entries, &added);
	outcome->piece = *before;
	work_replay(&outcome->piece, (const WorkEntry *const *)entries->pdata, entries->len);
	outcome->entry_no = added.entry_no;
	return work_insert_entry(scope, before->piece_id, &added, error) &&
	       work_update_piece(scope, &outcome->piece, error) &&
	       refresh_tasks(scope, before, &outcome->piece, error) &&
	       note_news(scope, before, &added, error) &&
	       work_note(scope, before, &outcome->piece, &added, error) &&
	       work_tell(scope, before, &outcome->piece, &added, find_entry(entries, entry->ref_no), error);
}

bool
work_append(
    const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, WorkPiece *ret_piece, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkOutcome outcome = {0};
	WorkPiece before;

	if (!work_find(scope, piece_id, &before, error) || !work_entries(scope, piece_id, entries, error) ||
	    !append(scope, &before, entries, entry, &outcome, error))
		return false;
	*ret_piece = outcome.piece;
	return true;
}

/* Whoever has done a part of it has begun, whatever the form said before the percentage was typed. */
static WorkEntry
with_beginning(const WorkPiece *piece, const WorkEntry *entry)
{
	WorkEntry said = *entry;
	bool stays = said.state < 0 ? piece->state == WORK_NOT_STARTED : said.state == WORK_NOT_STARTED;

	if (said.kind == WORK_UPDATE && said.percent > 0 && stays)
		said.state = WORK_DOING;
	return said;
}

bool
work_act(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	WorkOutcome outcome = {0};
	WorkPiece before;
	WorkEntry said;

	if (!db_txn_begin(scope->db, &txn, error) || !work_find(scope, piece_id, &before, error) ||
	    !work_entries(scope, piece_id, entries, error))
		return false;
	said = with_beginning(&before, entry);
	if (!judge(scope, &before, entries, &said, &outcome.problem, error))
		return false;
	outcome.piece = before;
	outcome.is_conflict = version != WORK_ANY_VERSION && version != before.version;
	if (outcome.is_conflict || outcome.problem != NULL) {
		*ret_outcome = outcome;
		return true;
	}
	if (!append(scope, &before, entries, &said, &outcome, error) || !db_txn_commit(txn, error))
		return false;
	*ret_outcome = outcome;
	return true;
}

bool
work_try(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkOutcome outcome = {0};
	WorkEntry said;

	if (!work_find(scope, piece_id, &outcome.piece, error) ||
	    !work_entries(scope, piece_id, entries, error))
		return false;
	said = with_beginning(&outcome.piece, entry);
	if (!judge(scope, &outcome.piece, entries, &said, &outcome.problem, error))
		return false;
	outcome.is_conflict = version != WORK_ANY_VERSION && version != outcome.piece.version;
	*ret_outcome = outcome;
	return true;
}
