/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_run.h"

/* What was said, as it is written down: a run of a day, its portions, and each portion in the ledger. */

bool
remind_run_was_said(const RemindRun *run, const RemindSent *sent, bool *ret_was, GError **error)
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

bool
remind_run_read(RemindRun *run, GError **error)
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

bool
remind_run_put(const RemindRun *run, GError **error)
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

bool
remind_run_put_sent(const RemindRun *run, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(run->scope->db, &REMIND_INSERT_SENT, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_SENT_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_SENT_P_RUN_DAY, run->info.day);
	db_bind_int(stmt, REMIND_INSERT_SENT_P_PORTION, run->portions);
	for (guint i = 0; i < run->sent->len; i++) {
		const RemindSent *sent = &g_array_index(run->sent, RemindSent, i);

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

bool
remind_run_note(const RemindRun *run, GError **error)
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
