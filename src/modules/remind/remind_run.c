/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_run.h"

#include "modules/remind/remind.sql.h"
#include "storage/db_day.h"
#include "storage/txn.h"

/* The daily run: what each rung is about today, told once. */

/* All of them declare the same parameters and give the same columns. */
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_DUE_ORIGINALS_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_QUIET_PIECES_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_WAITING_PIECES_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_DUE_EXPLAINS_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_C_PENDING_KIND == (int)REMIND_DUE_EXPLAINS_C_PENDING_KIND);

#define ITEMS_READ_MAX 5000 /* of one range at once; those that nobody can be told of come again */

static void
run_clear(RemindRun *run)
{
	g_clear_pointer(&run->rungs, g_array_unref);
	g_clear_pointer(&run->ranges, g_array_unref);
	g_clear_pointer(&run->calendar, calendar_free);
	g_clear_pointer(&run->messages, g_array_unref);
	g_clear_pointer(&run->sent, g_array_unref);
	remind_book_clear(&run->book);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RemindRun, run_clear)

const DbSql *
remind_sql_of(const RemindRung *rung)
{
	if (rung->about == REMIND_EXPLAINS)
		return &REMIND_DUE_EXPLAINS;
	if (rung->kind == REMIND_QUIET)
		return &REMIND_QUIET_PIECES;
	if (rung->kind == REMIND_WAIT)
		return &REMIND_WAITING_PIECES;
	return rung->is_original ? &REMIND_DUE_ORIGINALS : &REMIND_DUE_PIECES;
}

static RemindItem *
read_item(Arena *arena, RemindAbout about, const DbStmt *stmt)
{
	RemindItem *item = arena_new0(arena, RemindItem);

	*item = (RemindItem){.about = about,
	    .subject_id = db_column_int(stmt, REMIND_DUE_PIECES_C_PIECE_ID),
	    .plan_id = db_column_int(stmt, REMIND_DUE_PIECES_C_PLAN_ID),
	    .task_no = db_column_int(stmt, REMIND_DUE_PIECES_C_TASK_NO),
	    .agency_id = db_column_int(stmt, REMIND_DUE_PIECES_C_AGENCY_ID),
	    .person_id = db_column_int(stmt, REMIND_DUE_PIECES_C_PERSON_ID),
	    .day = db_column_day(stmt, REMIND_DUE_PIECES_C_DAY),
	    .due = db_column_day(stmt, REMIND_DUE_PIECES_C_DUE),
	    .original_due = db_column_day(stmt, REMIND_DUE_PIECES_C_ORIGINAL_DUE),
	    .no = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_NO)),
	    .name = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_NAME)),
	    .part = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_PART)),
	    .is_party = db_column_int(stmt, REMIND_DUE_PIECES_C_FAMILY) == PLAN_FAMILY_PARTY,
	    .is_pending = db_column_int(stmt, REMIND_DUE_PIECES_C_PENDING_KIND) != 0,
	    .asked_by = db_column_int(stmt, REMIND_DUE_PIECES_C_ASKED_BY)};
	return item;
}

static bool
list_items(const RemindRun *run, const RemindRange *range, int limit, GPtrArray *items, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(run->scope->db, remind_sql_of(range->rung), &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_DUE_PIECES_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_DUE_PIECES_P_DAY_FROM, range->from);
	db_bind_int(stmt, REMIND_DUE_PIECES_P_DAY_TO, range->to);
	db_bind_int(stmt, REMIND_DUE_PIECES_P_RUNG_NO, range->rung->rung_no);
	db_bind_int(stmt, REMIND_DUE_PIECES_P_ROW_LIMIT, limit);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(items, read_item(run->scope->arena, range->rung->about, stmt));
	return !has_row;
}

bool
remind_run_need_book(RemindRun *run, GError **error)
{
	if (run->has_book)
		return true;
	run->has_book = true;
	return remind_book_read(run->scope, run->scope->today, &run->book, error);
}

void
remind_run_add_message(RemindRun *run, int64_t person_id, const RemindRung *rung, const char *key,
    const char *subject, const char *body, const char *path)
{
	const NotifyNew message = {.person_id = person_id,
	    .once_key = key,
	    .subject = subject,
	    .body = body,
	    .path = path,
	    .is_urgent = rung->is_urgent};

	g_array_append_val(run->messages, message);
}

static bool
say(RemindRun *run, const RemindRung *rung, const RemindItem *item, GError **error)
{
	Arena *arena = run->scope->arena;
	g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int64_t));
	RemindSent sent = {item->about, item->subject_id, rung->rung_no, item->day, 0};
	const char *subject, *body;

	if (!remind_run_need_book(run, error) ||
	    !remind_book_recipients(&run->book, rung, item, people, error))
		return false;
	/* Nobody to tell: not said, and tried again on the next day. */
	if (people->len == 0)
		return true;
	remind_words(&run->book, rung, item, run->scope->today, &subject, &body);
	for (guint i = 0; i < people->len; i++)
		remind_run_add_message(run, g_array_index(people, int64_t, i), rung,
		    arena_printf(arena, "bac/%" G_GINT64_FORMAT "/%d/%" G_GINT64_FORMAT "/%d", rung->rung_no,
			(int)item->about, item->subject_id, item->day),
		    subject, body, remind_item_path(arena, item));
	sent.n_people = (int)people->len;
	g_array_append_val(run->sent, sent);
	return true;
}

static bool
say_ranges(RemindRun *run, int limit, GError **error)
{
	for (guint i = 0; i < run->ranges->len && run->sent->len < (guint)limit; i++) {
		const RemindRange *range = &g_array_index(run->ranges, RemindRange, i);
		g_autoptr(GPtrArray) items = g_ptr_array_new();

		if (!list_items(run, range, ITEMS_READ_MAX, items, error))
			return false;
		run->is_cut = run->is_cut || items->len == ITEMS_READ_MAX;
		for (guint k = 0; k < items->len && run->sent->len < (guint)limit; k++)
			if (!say(run, range->rung, g_ptr_array_index(items, k), error))
				return false;
	}
	return true;
}

/* --- the run ----------------------------------------------------------------------------------------------
 */

static bool
prepare(RemindRun *run, GError **error)
{
	const WorkScope *scope = run->scope;
	bool is_own;

	run->rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	run->ranges = g_array_new(FALSE, FALSE, sizeof(RemindRange));
	run->messages = g_array_new(FALSE, FALSE, sizeof(NotifyNew));
	run->sent = g_array_new(FALSE, FALSE, sizeof(RemindSent));
	if (!remind_run_read(run, error) || !remind_rungs(scope, run->rungs, &is_own, error) ||
	    !calendar_load(scope->db, scope->commune_id, &run->calendar, error) ||
	    !work_settings(scope, &run->settings, error))
		return false;
	remind_rungs_on(run->rungs, scope->today);
	remind_ranges(run->rungs, run->calendar, scope->today, run->ranges);
	return true;
}

static bool
write_down(RemindRun *run, int *ret_messages, GError **error)
{
	const WorkScope *scope = run->scope;

	if (!notify_post_all(scope->db, scope->commune_id, scope->now_us,
		(const NotifyNew *)(void *)run->messages->data, run->messages->len, ret_messages, error))
		return false;
	run->portions++;
	run->info.n_subjects += run->sent->len;
	run->info.n_messages += *ret_messages;
	return remind_run_put_sent(run, error) && remind_run_put(run, error) && remind_run_note(run, error);
}

static bool
is_to_run(const WorkScope *scope, bool is_forced, bool *ret_is, GError **error)
{
	RemindRun run = {.scope = scope};

	if (!remind_is_on(scope, ret_is, error))
		return false;
	if (*ret_is && !remind_run_read(&run, error))
		return false;
	*ret_is = *ret_is && (is_forced || run.info.done_us == 0);
	return true;
}

bool
remind_run(
    const WorkScope *scope, int limit, bool is_forced, int *ret_messages, bool *ret_is_done, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(RemindRun) run = {.scope = scope};
	bool is_to = false;

	*ret_messages = 0;
	*ret_is_done = true;
	if (!is_to_run(scope, is_forced, &is_to, error))
		return false;
	if (!is_to)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !prepare(&run, error) ||
	    !say_ranges(&run, limit, error) || !remind_run_say_month(&run, error))
		return false;
	/* Below the limit every range was walked to its end. */
	*ret_is_done = run.sent->len == 0 || (run.sent->len < (guint)limit && !run.is_cut);
	if (run.sent->len == 0 && run.info.done_us != 0)
		return true;
	if (*ret_is_done && run.info.done_us == 0)
		run.info.done_us = scope->now_us;
	return (run.sent->len > 0 ? write_down(&run, ret_messages, error) : remind_run_put(&run, error)) &&
	       db_txn_commit(txn, error);
}
