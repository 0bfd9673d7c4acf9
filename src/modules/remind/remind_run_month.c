/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_run.h"

/* The month's updates: one message for each person, however many pieces. */

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
list_debtors(RemindRun *run, const RemindRung *rung, int32_t month, GArray *debtors, GError **error)
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

		if (!remind_run_need_book(run, error) ||
		    !remind_book_recipients(&run->book, rung, &item, people, error))
			return false;
		for (guint i = 0; i < people->len; i++)
			add_debt(debtors, g_array_index(people, int64_t, i),
			    db_column_int(stmt, REMIND_MONTH_GAPS_C_N));
	}
	return !has_row;
}

bool
remind_run_say_month(RemindRun *run, GError **error)
{
	g_autoptr(GArray) debtors = g_array_new(FALSE, FALSE, sizeof(Debtor));
	Arena *arena = run->scope->arena;
	RemindSent sent = {.about = REMIND_MONTHS};
	const RemindRung *rung = remind_month_rung(
	    run->rungs, run->calendar, run->scope->today, run->settings.lock_day, &sent.day);
	bool was = false;

	if (rung == NULL)
		return true;
	sent.rung_no = rung->rung_no;
	if (!remind_run_was_said(run, &sent, &was, error))
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
		remind_run_add_message(run, debtor->person_id, rung,
		    arena_printf(arena, "thang/%" G_GINT64_FORMAT "/%d", rung->rung_no, sent.day), subject,
		    body, "/hom-nay");
	}
	sent.n_people = (int)debtors->len;
	if (debtors->len > 0)
		g_array_append_val(run->sent, sent);
	return true;
}
