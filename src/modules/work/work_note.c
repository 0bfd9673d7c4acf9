/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_note.h"

#include "base/json.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_deliverable.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_numbers.h"

#include <string.h>

#define STATE_BYTES 512 /* most are shorter */
#define PIECES_AT_ONCE 100
#define OBJECT_SIZE 64

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	if (day != DATE_NONE)
		json_key_string(json, key, iso);
}

static void
put_number(JsonWriter *json, const char *key, int64_t value)
{
	if (value > 0)
		json_key_int(json, key, value);
}

static void
put_text(JsonWriter *json, const char *key, const char *text)
{
	if (text != NULL)
		json_key_string(json, key, text);
}

static void
put_piece(JsonWriter *json, const WorkPiece *piece)
{
	json_key_string(json, "state", WORK_STATE_TITLES[piece->state]);
	if (piece->percent >= 0)
		json_key_int(json, "percent", piece->percent);
	put_number(json, "person", piece->person_id);
	put_day(json, "original_due", piece->original_due);
	put_day(json, "due", piece->due);
	put_day(json, "submitted", piece->submitted_day);
	put_day(json, "accepted", piece->accepted_day);
	put_text(json, "document", piece->doc_number);
	put_number(json, "pending", piece->pending_no);
	json_key_int(json, "version", piece->version);
}

static void
put_identity(JsonWriter *json, const WorkPiece *piece)
{
	json_key_int(json, "plan", piece->plan_id);
	json_key_int(json, "task", piece->task_no);
	json_key_int(json, "agency", piece->agency_id);
	json_key_int(json, "role", piece->role);
	put_number(json, "part", piece->part_no);
	put_text(json, "part_text", piece->part);
	put_day(json, "period_end", piece->period_end);
}

static void
put_entry(JsonWriter *json, const WorkEntry *entry)
{
	json_key_string(json, "entry", WORK_ENTRY_TITLES[entry->kind]);
	json_key_int(json, "at_us", entry->at_us);
	put_number(json, "by", entry->person_id);
	put_text(json, "by_name", entry->name);
	if (entry->state >= 0)
		json_key_string(json, "said_state", WORK_STATE_TITLES[entry->state]);
	if (entry->percent >= 0)
		json_key_int(json, "said_percent", entry->percent);
	put_day(json, "month", entry->month);
	put_day(json, "said_due", entry->due);
	put_day(json, "day", entry->day);
	put_number(json, "ref", entry->ref_no);
	put_number(json, "for_person", entry->for_person);
	put_number(json, "idle", entry->is_idle);
	put_number(json, "granted", entry->is_granted);
	put_text(json, "done", entry->done);
	put_text(json, "difficulties", entry->difficulties);
	put_text(json, "proposals", entry->proposals);
	put_text(json, "product", entry->product);
	put_text(json, "reason", entry->reason);
	put_text(json, "doc_number", entry->doc_number);
	if (entry->carry != NULL)
		work_carry_note(json, entry->carry);
}

/* entry: NULL: of the piece alone. */
static void
write_state(GString *out, const WorkPiece *piece, const WorkEntry *entry)
{
	JsonWriter json;

	g_string_truncate(out, 0);
	json_init(&json, out, false);
	json_begin_object(&json);
	if (entry != NULL && entry->kind == WORK_OPEN)
		put_identity(&json, piece);
	if (entry != NULL)
		put_entry(&json, entry);
	put_piece(&json, piece);
	json_end_object(&json);
}

/* The caller's. */
static char *
state_of(const WorkPiece *piece, const WorkEntry *entry)
{
	GString *out = g_string_sized_new(STATE_BYTES);

	write_state(out, piece, entry);
	return g_string_free(out, FALSE);
}

static char *
put_digits(char *at, int64_t number)
{
	char digits[24];
	size_t n = 0;

	do
		digits[n++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (n > 0)
		*at++ = digits[--n];
	return at;
}

/* For each entry there is: g_snprintf() took 3 % of the whole check. */
static void
name_object(int64_t piece_id, int64_t entry_no, char object[static OBJECT_SIZE])
{
	char *at = g_stpcpy(object, "work/");

	at = put_digits(at, MAX(piece_id, 0));
	*at++ = '/';
	*put_digits(at, MAX(entry_no, 0)) = '\0';
}

bool
work_note(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after, const WorkEntry *entry,
    GError **error)
{
	g_autofree char *old = before != NULL ? state_of(before, NULL) : NULL;
	g_autofree char *state = state_of(after, entry);
	char object[OBJECT_SIZE];
	const LedgerNote note = {before != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, old, state};

	name_object(after->piece_id, entry->entry_no, object);
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

/* Pieces and their entries, both by the piece's number, read side by side. */
typedef struct Pass {
	DbStmt *entries;
	bool has_entry;      /* one that is not taken yet */
	GString *state;      /* of the entry at hand */
	GPtrArray *of_piece; /* the entries of the piece at hand */
	LedgerReport *report;
} Pass;

/* Gives the entries of a piece. Where one is of no piece that was there, that is a finding. */
static bool
take_entries(const WorkScope *scope, Pass *pass, int64_t piece_id, GPtrArray *ret_entries, GError **error)
{
	while (pass->has_entry) {
		int64_t of_piece = db_column_int(pass->entries, WORK_ALL_ENTRIES_C_PIECE_ID);

		if (of_piece > piece_id)
			break;
		if (of_piece == piece_id)
			g_ptr_array_add(ret_entries, work_read_entry(scope, pass->entries));
		else
			ledger_report_add(pass->report,
			    "phần việc %" G_GINT64_FORMAT ": còn dòng tiến độ nhưng không còn phần việc",
			    of_piece);
		if (!db_step(pass->entries, &pass->has_entry, error))
			return false;
	}
	return work_carry_read(scope, piece_id, ret_entries, error);
}

/* Everything that follows from the entries. */
static bool
is_as_replayed(const WorkPiece *stored, const WorkPiece *replayed)
{
	return stored->state == replayed->state && stored->percent == replayed->percent &&
	       stored->person_id == replayed->person_id && stored->is_taken == replayed->is_taken &&
	       stored->is_returned == replayed->is_returned &&
	       stored->original_due == replayed->original_due && stored->due == replayed->due &&
	       stored->submitted_day == replayed->submitted_day &&
	       stored->submitter_id == replayed->submitter_id &&
	       stored->accepted_day == replayed->accepted_day &&
	       stored->updated_month == replayed->updated_month && stored->event_day == replayed->event_day &&
	       stored->has_product == replayed->has_product && stored->has_reason == replayed->has_reason &&
	       g_strcmp0(stored->doc_number, replayed->doc_number) == 0 &&
	       stored->doc_day == replayed->doc_day && stored->pending_no == replayed->pending_no &&
	       stored->pending_kind == replayed->pending_kind &&
	       stored->n_extensions == replayed->n_extensions && stored->last_us == replayed->last_us &&
	       stored->version == replayed->version && work_carry_is_there(stored, replayed);
}

/* Every entry must be as it was noted, with what the piece was after it; the last of these is what the table
 * of pieces must hold. */
static bool
verify_piece(const WorkScope *scope, Pass *pass, const WorkPiece *stored, GError **error)
{
	GPtrArray *entries = pass->of_piece;
	WorkPiece piece = *stored;

	g_ptr_array_set_size(entries, 0);
	if (!take_entries(scope, pass, stored->piece_id, entries, error))
		return false;
	work_carry_rewind(&piece, entries);
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);
		char object[OBJECT_SIZE];

		name_object(stored->piece_id, entry->entry_no, object);
		work_replay(&piece, (const WorkEntry *const *)entries->pdata, i + 1);
		write_state(pass->state, &piece, entry);
		if (!ledger_check_state(
			scope->db, scope->commune_id, object, pass->state->str, pass->report, error))
			return false;
	}
	if (entries->len == 0 || !is_as_replayed(stored, &piece))
		ledger_report_add(pass->report,
		    "phần việc %" G_GINT64_FORMAT ": bảng ghi khác với các dòng tiến độ của nó",
		    stored->piece_id);
	return true;
}

static bool
verify_locks(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &WORK_LIST_LOCKS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_LOCKS_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		bool is_locked = db_column_int(stmt, WORK_LIST_LOCKS_C_IS_LOCKED) != 0;
		g_autofree char *object = NULL;
		char iso[DATE_ISO_SIZE];

		date_format_iso((int32_t)db_column_int(stmt, WORK_LIST_LOCKS_C_MONTH), iso);
		object = g_strdup_printf("work-month/%s", iso);
		if (!ledger_check_state(db, commune_id, object,
			is_locked ? "{\"locked\":true}" : "{\"locked\":false}", report, error))
			return false;
	}
	return !has_row;
}

/* The lists of tasks show what follows from the pieces. */
static bool
verify_tasks(const WorkScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_LIST_PLANS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_PLANS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!work_verify_tasks(scope, db_column_int(stmt, WORK_LIST_PLANS_C_PLAN_ID),
			db_column_int(stmt, WORK_LIST_PLANS_C_TASK_COUNT), report, error))
			return false;
	return !has_row;
}

/* Pieces above `after`, up to the last of them; the last piece: INT64_MAX. */
static bool
verify_portion(const WorkScope *scope, const GArray *pieces, int64_t after, int64_t last,
    LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) entries = NULL;
	g_autoptr(GPtrArray) of_piece = g_ptr_array_new();
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GString) state = g_string_sized_new(STATE_BYTES);
	Pass pass = {.state = state, .of_piece = of_piece, .report = report};

	if (!db_prepare(scope->db, &WORK_ALL_ENTRIES, &entries, error))
		return false;
	db_bind_int(entries, WORK_ALL_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(entries, WORK_ALL_ENTRIES_P_AFTER, after);
	db_bind_int(entries, WORK_ALL_ENTRIES_P_LAST, last);
	pass.entries = entries;
	if (!db_step(entries, &pass.has_entry, error))
		return false;
	for (guint i = 0; i < pieces->len; i++)
		if (!verify_piece(scope, &pass, &g_array_index(pieces, WorkPiece, i), error))
			return false;
	return take_entries(scope, &pass, INT64_MAX, none, error);
}

/* The next pieces of the list, in an arena of their own; *after moves to the last of them; *ret_goes_on
 * false: there are no more, and what follows up to `last` is looked at too. */
static bool
verify_some(WorkScope scope, DbStmt *list, int64_t *after, int64_t last, LedgerReport *report,
    bool *ret_goes_on, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GArray) pieces = g_array_sized_new(FALSE, FALSE, sizeof(WorkPiece), PIECES_AT_ONCE);
	int64_t before = *after;

	scope.arena = arena;
	while (*ret_goes_on && pieces->len < PIECES_AT_ONCE) {
		WorkPiece piece;

		if (!db_step(list, ret_goes_on, error))
			return false;
		if (!*ret_goes_on)
			break;
		work_read_piece(&scope, list, &piece);
		*after = piece.piece_id;
		g_array_append_val(pieces, piece);
	}
	return verify_portion(&scope, pieces, before, *ret_goes_on ? *after : last, report, error);
}

static bool
verify_pieces(const WorkScope *scope, int64_t after, int64_t last, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) list = NULL;
	bool goes_on = true;

	if (!db_prepare(scope->db, &WORK_ALL_PIECES, &list, error))
		return false;
	db_bind_int(list, WORK_ALL_PIECES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(list, WORK_ALL_PIECES_P_AFTER, after);
	db_bind_int(list, WORK_ALL_PIECES_P_LAST, last);
	while (goes_on)
		if (!verify_some(*scope, list, &after, last, report, &goes_on, error))
			return false;
	return true;
}

/* Every number belongs to one part, also those that no piece has. */
bool
work_verify_part(Db *db, int64_t commune_id, AppPart part, LedgerReport *report, GError **error)
{
	const WorkScope scope = {.db = db, .commune_id = commune_id};
	int64_t newest;

	return work_last_piece(&scope, &newest, error) &&
	       verify_pieces(&scope, part.no == 0 ? INT64_MIN : newest / part.of * part.no,
		   part.no + 1 == part.of ? INT64_MAX : newest / part.of * (part.no + 1), report, error);
}

bool
work_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	return verify_locks(db, commune_id, report, error) && verify_tasks(&scope, report, error) &&
	       work_verify_numbers(db, commune_id, report, error) &&
	       work_verify_products(db, commune_id, report, error);
}
