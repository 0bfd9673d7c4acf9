/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_simulate.h"

#include "base/app-error.h"
#include "modules/remind/remind.sql.h"

#define MORNING 7 /* the hour by which a day is judged */

/* A piece and how far its entries have been gone through. */
typedef struct Tracked {
	WorkPiece piece;
	RemindItem item;
	GPtrArray *entries;
	guint n_seen;
} Tracked;

typedef struct Trial {
	const WorkScope *scope;
	GArray *all_rungs, *rungs, *ranges;
	Calendar *calendar;
	WorkSettings settings;
	GPtrArray *pieces; /* of Tracked * */
	GHashTable *done;  /* "piece/rung/day" */
	GArray *said;
	bool is_cut;
	int32_t day;
	RemindBook book; /* of the day */
	bool has_book;
} Trial;

static void
tracked_free(gpointer data)
{
	Tracked *tracked = data;

	g_ptr_array_unref(tracked->entries);
	g_free(tracked);
}

static void
trial_clear(Trial *trial)
{
	g_clear_pointer(&trial->all_rungs, g_array_unref);
	g_clear_pointer(&trial->rungs, g_array_unref);
	g_clear_pointer(&trial->ranges, g_array_unref);
	g_clear_pointer(&trial->calendar, calendar_free);
	g_clear_pointer(&trial->pieces, g_ptr_array_unref);
	g_clear_pointer(&trial->done, g_hash_table_unref);
	remind_book_clear(&trial->book);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Trial, trial_clear)

/* --- what was there
 * ------------------------------------------------------------------------------------------
 */

static Tracked *
read_piece(const WorkScope *scope, const DbStmt *stmt)
{
	Tracked *tracked = g_new0(Tracked, 1);
	int64_t period_end = db_column_int(stmt, REMIND_LIST_PIECES_C_PERIOD_END);
	Arena *arena = scope->arena;

	tracked->entries = g_ptr_array_new();
	tracked->piece = (WorkPiece){.piece_id = db_column_int(stmt, REMIND_LIST_PIECES_C_PIECE_ID),
	    .plan_id = db_column_int(stmt, REMIND_LIST_PIECES_C_PLAN_ID),
	    .task_no = db_column_int(stmt, REMIND_LIST_PIECES_C_TASK_NO),
	    .agency_id = db_column_int(stmt, REMIND_LIST_PIECES_C_AGENCY_ID),
	    .role = (AgencyRole)db_column_int(stmt, REMIND_LIST_PIECES_C_ROLE),
	    .part_no = db_column_int(stmt, REMIND_LIST_PIECES_C_PART_NO),
	    .part = arena_strdup(arena, db_column_text(stmt, REMIND_LIST_PIECES_C_PART)),
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, REMIND_LIST_PIECES_C_DEADLINE_KIND),
	    .period = (PlanPeriod)db_column_int(stmt, REMIND_LIST_PIECES_C_PERIOD),
	    .period_end = period_end > 0 ? (int32_t)period_end : DATE_NONE};
	tracked->item = (RemindItem){.about = REMIND_WORK,
	    .subject_id = tracked->piece.piece_id,
	    .plan_id = tracked->piece.plan_id,
	    .task_no = tracked->piece.task_no,
	    .agency_id = tracked->piece.agency_id,
	    .no = arena_strdup(arena, db_column_text(stmt, REMIND_LIST_PIECES_C_NO)),
	    .name = arena_strdup(arena, db_column_text(stmt, REMIND_LIST_PIECES_C_NAME)),
	    .part = tracked->piece.part,
	    .is_party = db_column_int(stmt, REMIND_LIST_PIECES_C_FAMILY) == PLAN_FAMILY_PARTY};
	return tracked;
}

static bool
read_pieces(Trial *trial, GError **error)
{
	const WorkScope *scope = trial->scope;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_PIECES, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_PIECES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(trial->pieces, read_piece(scope, stmt));
	for (guint i = 0; i < trial->pieces->len; i++) {
		Tracked *tracked = g_ptr_array_index(trial->pieces, i);

		if (!work_entries(scope, tracked->piece.piece_id, tracked->entries, error))
			return false;
	}
	return !has_row;
}

/* Goes on to the morning of the day; false: it is not there yet. */
static bool
advance(Tracked *tracked, int32_t day)
{
	int64_t until_us = instant_at(day, MORNING);
	guint n = tracked->n_seen;

	while (n < tracked->entries->len &&
	       ((const WorkEntry *)g_ptr_array_index(tracked->entries, n))->at_us < until_us)
		n++;
	if (n > tracked->n_seen)
		work_replay(&tracked->piece, (const WorkEntry *const *)tracked->entries->pdata, n);
	tracked->n_seen = n;
	return n > 0;
}

/* --- what is said
 * --------------------------------------------------------------------------------------------
 */

static bool
is_open(const WorkPiece *piece)
{
	return piece->state == WORK_NOT_STARTED || piece->state == WORK_DOING;
}

/* The day that a rung counts from; DATE_NONE: it says nothing of this piece. The same as in remind.sql. */
static int32_t
day_of(const RemindRung *rung, const WorkPiece *piece)
{
	switch (rung->kind) {
	case REMIND_BEFORE:
	case REMIND_LATE:
		if (!is_open(piece) || piece->due == DATE_NONE)
			return DATE_NONE;
		if (!rung->is_original)
			return piece->due;
		return piece->original_due != DATE_NONE && piece->original_due < piece->due
			   ? piece->original_due
			   : DATE_NONE;
	case REMIND_QUIET:
		return is_open(piece) && (piece->due != DATE_NONE || piece->event_day != DATE_NONE)
			   ? instant_day(piece->last_us)
			   : DATE_NONE;
	case REMIND_WAIT:
		return piece->state == WORK_WAITING || (is_open(piece) && piece->pending_no != 0)
			   ? instant_day(piece->last_us)
			   : DATE_NONE;
	case REMIND_MONTH:
	case REMIND_KIND_MAX:
		break;
	}
	return DATE_NONE;
}

static bool
need_book(Trial *trial, GError **error)
{
	if (trial->has_book)
		return true;
	trial->has_book = true;
	return remind_book_read(trial->scope, trial->day, &trial->book, error);
}

static void
add_said(Trial *trial, const RemindRung *rung, int64_t person_id, int64_t subject_id, const char *subject)
{
	const RemindPerson *person = remind_book_person(&trial->book, person_id);
	const RemindSaid said = {
	    trial->day, rung->rung_no, person_id, subject_id, person != NULL ? person->name : "", subject};

	if (trial->said->len < REMIND_TRIAL_ROWS_MAX)
		g_array_append_val(trial->said, said);
	else
		trial->is_cut = true;
}

/* False where it was said before. */
static bool
is_new(Trial *trial, int64_t subject_id, const RemindRung *rung, int32_t day)
{
	return g_hash_table_add(trial->done,
	    g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%d", subject_id, rung->rung_no, day));
}

static bool
say(Trial *trial, const RemindRung *rung, Tracked *tracked, int32_t day, GError **error)
{
	g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int64_t));
	RemindItem item = tracked->item;
	const char *subject, *body;

	item.person_id = tracked->piece.person_id;
	item.day = day;
	item.due = tracked->piece.due;
	item.original_due = tracked->piece.original_due;
	item.is_pending = tracked->piece.pending_no != 0;
	if (!need_book(trial, error) || !remind_book_recipients(&trial->book, rung, &item, people, error))
		return false;
	remind_words(&trial->book, rung, &item, trial->day, &subject, &body);
	for (guint i = 0; i < people->len; i++)
		add_said(trial, rung, g_array_index(people, int64_t, i), item.subject_id, subject);
	return true;
}

static bool
try_piece(Trial *trial, Tracked *tracked, GError **error)
{
	for (guint i = 0; i < trial->ranges->len; i++) {
		const RemindRange *range = &g_array_index(trial->ranges, RemindRange, i);
		int32_t day =
		    range->rung->about == REMIND_WORK ? day_of(range->rung, &tracked->piece) : DATE_NONE;

		if (day == DATE_NONE || day < range->from || day > range->to ||
		    !is_new(trial, tracked->piece.piece_id, range->rung, day))
			continue;
		if (!say(trial, range->rung, tracked, day, error))
			return false;
	}
	return true;
}

static void
add_count(GArray *loads, int64_t person_id)
{
	RemindLoad load = {.person_id = person_id, .n = 1};

	for (guint i = 0; i < loads->len; i++)
		if (g_array_index(loads, RemindLoad, i).person_id == person_id) {
			g_array_index(loads, RemindLoad, i).n++;
			return;
		}
	g_array_append_val(loads, load);
}

static bool
count_debts(Trial *trial, const RemindRung *rung, int32_t month, GArray *loads, GError **error)
{
	for (guint i = 0; i < trial->pieces->len; i++) {
		Tracked *tracked = g_ptr_array_index(trial->pieces, i);
		g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(int64_t));
		RemindItem item = tracked->item;

		if (tracked->n_seen == 0 || !is_open(&tracked->piece) ||
		    (tracked->piece.updated_month != DATE_NONE && tracked->piece.updated_month >= month) ||
		    ((const WorkEntry *)g_ptr_array_index(tracked->entries, 0))->at_us >=
			instant_at(month + 1, 0))
			continue;
		item.person_id = tracked->piece.person_id;
		if (!need_book(trial, error) ||
		    !remind_book_recipients(&trial->book, rung, &item, people, error))
			return false;
		for (guint k = 0; k < people->len; k++)
			add_count(loads, g_array_index(people, int64_t, k));
	}
	return true;
}

static bool
try_month(Trial *trial, GError **error)
{
	g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(RemindLoad));
	int32_t month = DATE_NONE;
	const RemindRung *rung =
	    remind_month_rung(trial->rungs, trial->calendar, trial->day, trial->settings.lock_day, &month);

	if (rung == NULL || !is_new(trial, 0, rung, month))
		return true;
	if (!count_debts(trial, rung, month, loads, error))
		return false;
	for (guint i = 0; i < loads->len; i++) {
		const RemindLoad *load = &g_array_index(loads, RemindLoad, i);
		const char *subject, *body;

		remind_month_words(
		    trial->scope->arena, month, month + trial->settings.lock_day, load->n, &subject, &body);
		add_said(trial, rung, load->person_id, 0, subject);
	}
	return true;
}

static bool
try_day(Trial *trial, GError **error)
{
	g_array_set_size(trial->rungs, 0);
	g_array_set_size(trial->ranges, 0);
	g_array_append_vals(trial->rungs, trial->all_rungs->data, trial->all_rungs->len);
	remind_rungs_on(trial->rungs, trial->day);
	remind_ranges(trial->rungs, trial->calendar, trial->day, trial->ranges);
	for (guint i = 0; i < trial->pieces->len; i++) {
		Tracked *tracked = g_ptr_array_index(trial->pieces, i);

		if (advance(tracked, trial->day) && !try_piece(trial, tracked, error))
			return false;
	}
	if (!try_month(trial, error))
		return false;
	remind_book_clear(&trial->book);
	trial->has_book = false;
	return true;
}

bool
remind_simulate(
    const WorkScope *scope, int32_t from, int32_t to, GArray *ret_said, bool *ret_is_cut, GError **error)
{
	g_auto(Trial) trial = {.scope = scope,
	    .all_rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung)),
	    .rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung)),
	    .ranges = g_array_new(FALSE, FALSE, sizeof(RemindRange)),
	    .pieces = g_ptr_array_new_with_free_func(tracked_free),
	    .done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	    .said = ret_said};
	bool is_own;

	if (to < from || to - from > REMIND_TRIAL_DAYS_MAX) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "chạy thử từ ngày trước đến ngày sau, không quá %d ngày", REMIND_TRIAL_DAYS_MAX);
		return false;
	}
	if (!remind_rungs(scope, trial.all_rungs, &is_own, error) ||
	    !calendar_load(scope->db, scope->commune_id, &trial.calendar, error) ||
	    !work_settings(scope, &trial.settings, error) || !read_pieces(&trial, error))
		return false;
	for (trial.day = from; trial.day <= to; trial.day++)
		if (!try_day(&trial, error))
			return false;
	*ret_is_cut = trial.is_cut;
	return true;
}

/* --- summed up
 * -----------------------------------------------------------------------------------------------
 */

static gint
compare_loads(gconstpointer a, gconstpointer b)
{
	const RemindLoad *x = a, *y = b;

	return x->n != y->n ? y->n - x->n : x->person_id < y->person_id ? -1 : 1;
}

/* The rows of one person follow the days, so that those of one day stand together. */
static void
sum_person(const GArray *said, RemindLoad *load)
{
	int32_t day = DATE_NONE;
	int n_day = 0;

	load->n = 0;
	for (guint i = 0; i < said->len; i++) {
		const RemindSaid *row = &g_array_index(said, RemindSaid, i);

		if (row->person_id != load->person_id)
			continue;
		n_day = row->day == day ? n_day + 1 : 1;
		day = row->day;
		load->n++;
		load->name = row->name;
		if (n_day > load->n_most) {
			load->n_most = n_day;
			load->most_day = day;
		}
	}
}

void
remind_loads(const GArray *said, GArray *ret_loads)
{
	for (guint i = 0; i < said->len; i++)
		add_count(ret_loads, g_array_index(said, RemindSaid, i).person_id);
	for (guint i = 0; i < ret_loads->len; i++)
		sum_person(said, &g_array_index(ret_loads, RemindLoad, i));
	g_array_sort(ret_loads, compare_loads);
}
