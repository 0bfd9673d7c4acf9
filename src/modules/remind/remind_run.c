/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_internal.h"
#include "storage/txn.h"

/* The daily run: what each rung is about today, told once. */

/* All of them declare the same parameters and give the same columns. */
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_DUE_ORIGINALS_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_QUIET_PIECES_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_WAITING_PIECES_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_P_ROW_LIMIT == (int)REMIND_DUE_EXPLAINS_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_DUE_PIECES_C_PENDING_KIND == (int)REMIND_DUE_EXPLAINS_C_PENDING_KIND);

#define ITEMS_READ_MAX 5000 /* of one range at once; those that nobody can be told of come again */

typedef struct Sent {
	RemindAbout about;
	int64_t subject_id, rung_no;
	int32_t day;
	int n_people;
} Sent;

typedef struct Run {
	const WorkScope *scope;
	GArray *rungs, *ranges;
	Calendar *calendar;
	WorkSettings settings;
	RemindBook book;
	bool has_book;
	GArray *messages; /* of NotifyNew */
	GArray *sent;     /* of Sent */
	RemindRunInfo info;
	int64_t portions;
} Run;

static void
run_clear(Run *run)
{
	g_clear_pointer(&run->rungs, g_array_unref);
	g_clear_pointer(&run->ranges, g_array_unref);
	g_clear_pointer(&run->calendar, calendar_free);
	g_clear_pointer(&run->messages, g_array_unref);
	g_clear_pointer(&run->sent, g_array_unref);
	remind_book_clear(&run->book);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

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

static int32_t
column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
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
	    .day = column_day(stmt, REMIND_DUE_PIECES_C_DAY),
	    .due = column_day(stmt, REMIND_DUE_PIECES_C_DUE),
	    .original_due = column_day(stmt, REMIND_DUE_PIECES_C_ORIGINAL_DUE),
	    .no = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_NO)),
	    .name = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_NAME)),
	    .part = arena_strdup(arena, db_column_text(stmt, REMIND_DUE_PIECES_C_PART)),
	    .is_party = db_column_int(stmt, REMIND_DUE_PIECES_C_FAMILY) == PLAN_FAMILY_PARTY,
	    .is_pending = db_column_int(stmt, REMIND_DUE_PIECES_C_PENDING_KIND) != 0,
	    .asked_by = db_column_int(stmt, REMIND_DUE_PIECES_C_ASKED_BY)};
	return item;
}

static bool
list_items(const Run *run, const RemindRange *range, int limit, GPtrArray *items, GError **error)
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

static bool
need_book(Run *run, GError **error)
{
	if (run->has_book)
		return true;
	run->has_book = true;
	return remind_book_read(run->scope, run->scope->today, &run->book, error);
}

static void
add_message(Run *run, int64_t person_id, const RemindRung *rung, const char *key, const char *subject,
    const char *body, const char *path)
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
say(Run *run, const RemindRung *rung, const RemindItem *item, GError **error)
{
	Arena *arena = run->scope->arena;
	g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int64_t));
	Sent sent = {item->about, item->subject_id, rung->rung_no, item->day, 0};
	const char *subject, *body;

	if (!need_book(run, error) || !remind_book_recipients(&run->book, rung, item, people, error))
		return false;
	/* Nobody to tell: not said, and tried again on the next day. */
	if (people->len == 0)
		return true;
	remind_words(&run->book, rung, item, run->scope->today, &subject, &body);
	for (guint i = 0; i < people->len; i++)
		add_message(run, g_array_index(people, int64_t, i), rung,
		    arena_printf(arena, "bac/%" G_GINT64_FORMAT "/%d/%" G_GINT64_FORMAT "/%d", rung->rung_no,
			(int)item->about, item->subject_id, item->day),
		    subject, body, remind_item_path(arena, item));
	sent.n_people = (int)people->len;
	g_array_append_val(run->sent, sent);
	return true;
}

static bool
say_ranges(Run *run, int limit, GError **error)
{
	for (guint i = 0; i < run->ranges->len && run->sent->len < (guint)limit; i++) {
		const RemindRange *range = &g_array_index(run->ranges, RemindRange, i);
		g_autoptr(GPtrArray) items = g_ptr_array_new();

		if (!list_items(run, range, ITEMS_READ_MAX, items, error))
			return false;
		for (guint k = 0; k < items->len && run->sent->len < (guint)limit; k++)
			if (!say(run, range->rung, g_ptr_array_index(items, k), error))
				return false;
	}
	return true;
}

/* --- the month's updates: one message for each person, however many pieces --------------------------------
 */

typedef struct Debtor {
	int64_t person_id, n;
} Debtor;

static void
add_debt(GArray *debtors, int64_t person_id, int64_t n)
{
	const Debtor debtor = {person_id, n};

	for (guint i = 0; i < debtors->len; i++)
		if (g_array_index(debtors, Debtor, i).person_id == person_id) {
			g_array_index(debtors, Debtor, i).n += n;
			return;
		}
	g_array_append_val(debtors, debtor);
}

static bool
list_debtors(Run *run, const RemindRung *rung, int32_t month, GArray *debtors, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(run->scope->db, &REMIND_MONTH_GAPS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_MONTH_GAPS_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_MONTH_GAPS_P_MONTH, month);
	db_bind_int(stmt, REMIND_MONTH_GAPS_P_UNTIL_US, instant_at(month + 1, 0));
	while (db_step(stmt, &has_row, error) && has_row) {
		const RemindItem item = {.plan_id = db_column_int(stmt, REMIND_MONTH_GAPS_C_PLAN_ID),
		    .agency_id = db_column_int(stmt, REMIND_MONTH_GAPS_C_AGENCY_ID),
		    .person_id = db_column_int(stmt, REMIND_MONTH_GAPS_C_PERSON_ID)};
		g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int64_t));

		if (!need_book(run, error) || !remind_book_recipients(&run->book, rung, &item, people, error))
			return false;
		for (guint i = 0; i < people->len; i++)
			add_debt(debtors, g_array_index(people, int64_t, i),
			    db_column_int(stmt, REMIND_MONTH_GAPS_C_N));
	}
	return !has_row;
}

static bool
was_said(const Run *run, const Sent *sent, bool *ret_was, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(run->scope->db, &REMIND_FIND_SENT, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FIND_SENT_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_FIND_SENT_P_ABOUT, sent->about);
	db_bind_int(stmt, REMIND_FIND_SENT_P_SUBJECT_ID, sent->subject_id);
	db_bind_int(stmt, REMIND_FIND_SENT_P_RUNG_NO, sent->rung_no);
	db_bind_int(stmt, REMIND_FIND_SENT_P_DAY, sent->day);
	return db_step(stmt, ret_was, error);
}

static bool
say_month(Run *run, GError **error)
{
	g_autoptr(GArray) debtors = g_array_new(FALSE, FALSE, sizeof(Debtor));
	Arena *arena = run->scope->arena;
	Sent sent = {.about = REMIND_MONTHS};
	const RemindRung *rung = remind_month_rung(
	    run->rungs, run->calendar, run->scope->today, run->settings.lock_day, &sent.day);
	bool was = false;

	if (rung == NULL)
		return true;
	sent.rung_no = rung->rung_no;
	if (!was_said(run, &sent, &was, error))
		return false;
	if (was)
		return true;
	if (!list_debtors(run, rung, sent.day, debtors, error))
		return false;
	for (guint i = 0; i < debtors->len; i++) {
		const Debtor *debtor = &g_array_index(debtors, Debtor, i);
		const char *subject, *body;

		remind_month_words(
		    arena, sent.day, sent.day + run->settings.lock_day, debtor->n, &subject, &body);
		add_message(run, debtor->person_id, rung,
		    arena_printf(arena, "thang/%" G_GINT64_FORMAT "/%d", rung->rung_no, sent.day), subject,
		    body, "/hom-nay");
	}
	sent.n_people = (int)debtors->len;
	if (debtors->len > 0)
		g_array_append_val(run->sent, sent);
	return true;
}

/* --- written down -----------------------------------------------------------------------------------------
 */

static bool
read_run(Run *run, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	run->info = (RemindRunInfo){.day = run->scope->today};
	run->portions = 0;
	if (!db_prepare(run->scope->db, &REMIND_FIND_RUN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FIND_RUN_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_FIND_RUN_P_RUN_DAY, run->scope->today);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		run->info.done_us = db_column_int(stmt, REMIND_FIND_RUN_C_DONE_US);
		run->info.n_subjects = db_column_int(stmt, REMIND_FIND_RUN_C_N_SUBJECTS);
		run->info.n_messages = db_column_int(stmt, REMIND_FIND_RUN_C_N_MESSAGES);
		run->portions = db_column_int(stmt, REMIND_FIND_RUN_C_PORTIONS);
	}
	return true;
}

static bool
put_run(const Run *run, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(run->scope->db, &REMIND_PUT_RUN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_PUT_RUN_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_PUT_RUN_P_RUN_DAY, run->info.day);
	if (run->info.done_us != 0)
		db_bind_int(stmt, REMIND_PUT_RUN_P_DONE_US, run->info.done_us);
	else
		db_bind_null(stmt, REMIND_PUT_RUN_P_DONE_US);
	db_bind_int(stmt, REMIND_PUT_RUN_P_PORTIONS, run->portions);
	db_bind_int(stmt, REMIND_PUT_RUN_P_N_SUBJECTS, run->info.n_subjects);
	db_bind_int(stmt, REMIND_PUT_RUN_P_N_MESSAGES, run->info.n_messages);
	return db_run(stmt, error);
}

static bool
put_sent(const Run *run, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(run->scope->db, &REMIND_INSERT_SENT, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_SENT_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_SENT_P_RUN_DAY, run->info.day);
	db_bind_int(stmt, REMIND_INSERT_SENT_P_PORTION, run->portions);
	for (guint i = 0; i < run->sent->len; i++) {
		const Sent *sent = &g_array_index(run->sent, Sent, i);

		db_bind_int(stmt, REMIND_INSERT_SENT_P_ABOUT, sent->about);
		db_bind_int(stmt, REMIND_INSERT_SENT_P_SUBJECT_ID, sent->subject_id);
		db_bind_int(stmt, REMIND_INSERT_SENT_P_RUNG_NO, sent->rung_no);
		db_bind_int(stmt, REMIND_INSERT_SENT_P_DAY, sent->day);
		db_bind_int(stmt, REMIND_INSERT_SENT_P_N_PEOPLE, sent->n_people);
		if (!db_run_later(stmt, error))
			return false;
	}
	return true;
}

/* The rows of one transaction as the ledger has them. */
static bool
portion_state(const WorkScope *scope, int32_t run_day, int64_t portion, GString *out, GError **error)
{
	static const int COLUMNS[] = {REMIND_LIST_PORTION_C_ABOUT, REMIND_LIST_PORTION_C_SUBJECT_ID,
	    REMIND_LIST_PORTION_C_RUNG_NO, REMIND_LIST_PORTION_C_DAY, REMIND_LIST_PORTION_C_N_PEOPLE};
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;
	JsonWriter json;

	if (!db_prepare(scope->db, &REMIND_LIST_PORTION, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_PORTION_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_PORTION_P_RUN_DAY, run_day);
	db_bind_int(stmt, REMIND_LIST_PORTION_P_PORTION, portion);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key(&json, "about_subject_rung_day_people");
	json_begin_array(&json);
	while (db_step(stmt, &has_row, error) && has_row) {
		json_begin_array(&json);
		for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
			json_int(&json, db_column_int(stmt, COLUMNS[i]));
		json_end_array(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	return !has_row;
}

static char *
portion_object(int32_t run_day, int64_t portion)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(run_day, iso);
	return g_strdup_printf("remind-run/%s/%" G_GINT64_FORMAT, iso, portion);
}

static bool
note_portion(const Run *run, GError **error)
{
	const WorkScope *scope = run->scope;
	g_autofree char *object = portion_object(run->info.day, run->portions);
	g_autoptr(GString) state = g_string_new(NULL);

	return portion_state(scope, run->info.day, run->portions, state, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){LEDGER_ADD, object, NULL, state->str}, error);
}

bool
remind_sent_verify(const WorkScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_PORTIONS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_PORTIONS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int32_t day = (int32_t)db_column_int(stmt, REMIND_LIST_PORTIONS_C_RUN_DAY);
		int64_t portion = db_column_int(stmt, REMIND_LIST_PORTIONS_C_PORTION);
		g_autofree char *object = portion_object(day, portion);
		g_autoptr(GString) state = g_string_new(NULL);

		if (!portion_state(scope, day, portion, state, error) ||
		    !ledger_check_state(scope->db, scope->commune_id, object, state->str, report, error))
			return false;
	}
	return !has_row;
}

bool
remind_runs(const WorkScope *scope, int limit, GArray *ret_runs, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_RUNS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_RUNS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_RUNS_P_ROW_LIMIT, limit);
	while (db_step(stmt, &has_row, error) && has_row) {
		const RemindRunInfo info = {(int32_t)db_column_int(stmt, REMIND_LIST_RUNS_C_RUN_DAY),
		    db_column_int(stmt, REMIND_LIST_RUNS_C_DONE_US),
		    db_column_int(stmt, REMIND_LIST_RUNS_C_N_SUBJECTS),
		    db_column_int(stmt, REMIND_LIST_RUNS_C_N_MESSAGES)};

		g_array_append_val(ret_runs, info);
	}
	return !has_row;
}

/* --- the run ----------------------------------------------------------------------------------------------
 */

static bool
prepare(Run *run, GError **error)
{
	const WorkScope *scope = run->scope;
	bool is_own;

	run->rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	run->ranges = g_array_new(FALSE, FALSE, sizeof(RemindRange));
	run->messages = g_array_new(FALSE, FALSE, sizeof(NotifyNew));
	run->sent = g_array_new(FALSE, FALSE, sizeof(Sent));
	if (!read_run(run, error) || !remind_rungs(scope, run->rungs, &is_own, error) ||
	    !calendar_load(scope->db, scope->commune_id, &run->calendar, error) ||
	    !work_settings(scope, &run->settings, error))
		return false;
	remind_rungs_on(run->rungs, scope->today);
	remind_ranges(run->rungs, run->calendar, scope->today, run->ranges);
	return true;
}

static bool
write_down(Run *run, int *ret_messages, GError **error)
{
	const WorkScope *scope = run->scope;

	if (!notify_post_all(scope->db, scope->commune_id, scope->now_us,
		(const NotifyNew *)(void *)run->messages->data, run->messages->len, ret_messages, error))
		return false;
	run->portions++;
	run->info.n_subjects += run->sent->len;
	run->info.n_messages += *ret_messages;
	return put_sent(run, error) && put_run(run, error) && note_portion(run, error);
}

static bool
is_to_run(const WorkScope *scope, bool is_forced, bool *ret_is, GError **error)
{
	Run run = {.scope = scope};

	if (!remind_is_on(scope, ret_is, error))
		return false;
	if (*ret_is && !read_run(&run, error))
		return false;
	*ret_is = *ret_is && (is_forced || run.info.done_us == 0);
	return true;
}

bool
remind_run(
    const WorkScope *scope, int limit, bool is_forced, int *ret_messages, bool *ret_is_done, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(Run) run = {.scope = scope};
	bool is_to = false;

	*ret_messages = 0;
	*ret_is_done = true;
	if (!is_to_run(scope, is_forced, &is_to, error))
		return false;
	if (!is_to)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !prepare(&run, error) ||
	    !say_ranges(&run, limit, error) || !say_month(&run, error))
		return false;
	*ret_is_done = run.sent->len == 0;
	if (!*ret_is_done)
		return write_down(&run, ret_messages, error) && db_txn_commit(txn, error);
	if (run.info.done_us != 0)
		return true;
	run.info.done_us = scope->now_us;
	return put_run(&run, error) && db_txn_commit(txn, error);
}
