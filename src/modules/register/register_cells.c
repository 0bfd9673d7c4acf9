/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_cells.h"

#include "app/ledger.h"
#include "base/app-error.h"
#include "base/text.h"
#include "modules/identity/identity_people.h"

#include <stdio.h>
#include <string.h>

#define CHECK_DIGITS 4
#define MARK_BYTES 8
#define YEAR_MIN 1990
#define YEAR_MAX 2099
#define EXCEL_EPOCH (-25569) /* the day that Excel counts from, 30/12/1899 */
#define EXCEL_MIN 32874      /* 01/01/1990 */
#define EXCEL_MAX 73050      /* 31/12/2099 */

/* --- people ----------------------------------------------------------------------------------------------
 */

static IdentityScope
identity_of(const WorkScope *scope)
{
	return (IdentityScope){.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
}

static unsigned
count_name(const GPtrArray *people, const char *name)
{
	unsigned n = 0;

	for (guint i = 0; i < people->len; i++)
		n += strcmp(((const IdentityPerson *)g_ptr_array_index(people, i))->name, name) == 0;
	return n;
}

bool
register_people_read(const WorkScope *scope, RegisterPeople *ret_people, GError **error)
{
	IdentityScope identity = identity_of(scope);
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	*ret_people = (RegisterPeople){.persons = g_ptr_array_new(),
	    .labels = g_ptr_array_new(),
	    .by_id = g_hash_table_new(g_int64_hash, g_int64_equal)};
	if (!identity_people(&identity, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		const IdentityPerson *person = g_ptr_array_index(all, i);
		unsigned n = count_name(all, person->name);
		const char *label = n == 1 ? person->name
				    : *person->unit != '\0'
					? arena_printf(scope->arena, "%s (%s)", person->name, person->unit)
					: arena_printf(scope->arena, "%s (số %" G_GINT64_FORMAT ")",
					      person->name, person->person_id);

		g_hash_table_insert(
		    ret_people->by_id, (gpointer)(guintptr)&person->person_id, (gpointer)(guintptr)label);
		if (person->account_id == 0 || person->is_disabled)
			continue;
		g_ptr_array_add(ret_people->persons, (gpointer)(guintptr)person);
		g_ptr_array_add(ret_people->labels, (gpointer)(guintptr)label);
	}
	return true;
}

void
register_people_clear(RegisterPeople *people)
{
	g_clear_pointer(&people->persons, g_ptr_array_unref);
	g_clear_pointer(&people->labels, g_ptr_array_unref);
	g_clear_pointer(&people->by_id, g_hash_table_unref);
}

/* Letters with their marks, without case: "Hoà" and "Hòa" stay two names. */
static char *
name_key(const char *name)
{
	g_autoptr(GString) out = g_string_new(NULL);

	text_squeeze_append(out, name, strlen(name));
	return g_utf8_casefold(out->str, (gssize)out->len);
}

int64_t
register_people_find(const RegisterPeople *people, const char *label)
{
	g_autofree char *key = name_key(label);
	int64_t found = 0;

	for (guint i = 0; i < people->labels->len; i++) {
		g_autofree char *own = name_key(g_ptr_array_index(people->labels, i));

		if (strcmp(own, key) != 0)
			continue;
		if (found != 0)
			return 0; /* two of one name in one unit */
		found = ((const IdentityPerson *)g_ptr_array_index(people->persons, i))->person_id;
	}
	return found;
}

/* --- months and days -------------------------------------------------------------------------------------
 */

const char *
register_month_text(Arena *arena, int32_t month)
{
	int year, of_year, day;

	if (month == DATE_NONE)
		return "";
	date_to_ymd(month, &year, &of_year, &day);
	return arena_printf(arena, "%02d/%04d", of_year, year);
}

int32_t
register_month_read(const char *text)
{
	int month = 0, year = 0, n = 0;
	int32_t day = register_day_read(text);

	if (day != DATE_NONE)
		return work_month_of(day);
	if ((sscanf(text, "%2d%*1[/.-]%4d%n", &month, &year, &n) != 2 || (size_t)n != strlen(text)) &&
	    (sscanf(text, "%4d%*1[/.-]%2d%n", &year, &month, &n) != 2 || (size_t)n != strlen(text)))
		return DATE_NONE;
	if (month < 1 || month > 12 || year < YEAR_MIN || year > YEAR_MAX)
		return DATE_NONE;
	return date_end_of_month(year, month);
}

int32_t
register_day_read(const char *text)
{
	int day, month, year, n = 0;
	gint64 number;
	int32_t iso;

	if (date_parse_iso(text, &iso))
		return iso;
	if (sscanf(text, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &day, &month, &year, &n) == 3 &&
	    (size_t)n == strlen(text))
		return year >= YEAR_MIN && year <= YEAR_MAX ? date_from_ymd(year, month, day) : DATE_NONE;
	if (g_ascii_string_to_signed(text, 10, EXCEL_MIN, EXCEL_MAX, &number, NULL))
		return (int32_t)number + EXCEL_EPOCH;
	return DATE_NONE;
}

static const char *
day_text(Arena *arena, int32_t day)
{
	int year, month, of_month;

	if (day == DATE_NONE)
		return "";
	date_to_ymd(day, &year, &month, &of_month);
	return arena_printf(arena, "%02d/%02d/%04d", of_month, month, year);
}

/* --- pieces ----------------------------------------------------------------------------------------------
 */

static bool
is_taken_back(const GPtrArray *entries, size_t n, int64_t entry_no)
{
	for (size_t i = 0; i < n; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);

		if (entry->kind == WORK_TAKE_BACK && entry->ref_no == entry_no)
			return true;
	}
	return false;
}

static const char *
or_nothing(const char *text)
{
	return text != NULL ? text : "";
}

/* The last report about the month, and the submission that waits or was accepted. */
static void
report_cells(const GPtrArray *entries, size_t n, int32_t month, const WorkPiece *piece, const char **cells)
{
	for (size_t i = 0; i < n; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);
		bool is_submission = entry->kind == WORK_SUBMIT;

		if ((!is_submission && entry->kind != WORK_UPDATE) ||
		    is_taken_back(entries, n, entry->entry_no))
			continue;
		if (entry->month == month) {
			cells[REGISTER_DONE] = or_nothing(entry->done);
			cells[REGISTER_DIFFICULTIES] = or_nothing(entry->difficulties);
			cells[REGISTER_PROPOSALS] = or_nothing(entry->proposals);
			cells[REGISTER_IDLE] = entry->is_idle ? "x" : "";
		}
		if (is_submission && (piece->state == WORK_WAITING || piece->state == WORK_DONE)) {
			cells[REGISTER_PRODUCT] = or_nothing(entry->product);
			cells[REGISTER_REASON] = or_nothing(entry->reason);
		}
	}
}

static const char *
keep(const WorkScope *scope, const GString *text)
{
	return arena_strndup(scope->arena, text->str, text->len);
}

void
register_cells(const WorkScope *scope, const RegisterPeople *people, const WorkRow *row,
    const GPtrArray *entries, size_t n, int32_t month, int32_t soon_days,
    const char *ret_cells[REGISTER_FIELD_MAX])
{
	g_autoptr(GString) status = g_string_new(NULL);
	g_autoptr(GString) period = g_string_new(NULL);
	WorkPiece piece = row->piece;

	work_replay(&piece, (const WorkEntry *const *)entries->pdata, n);
	work_describe(&piece, scope->today, soon_days, status);
	work_period_title(piece.period, piece.period_end, period);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		ret_cells[field] = "";
	report_cells(entries, n, month, &piece, ret_cells);
	ret_cells[REGISTER_DUE] = day_text(scope->arena, piece.due);
	ret_cells[REGISTER_STATUS] = keep(scope, status);
	ret_cells[REGISTER_STATE] = WORK_STATE_TITLES[piece.state];
	if (piece.percent >= 0)
		ret_cells[REGISTER_PERCENT] = arena_printf(scope->arena, "%d", piece.percent);
	ret_cells[REGISTER_NUMBER] = or_nothing(piece.doc_number);
	ret_cells[REGISTER_DAY] = day_text(scope->arena, piece.doc_day);
	if (piece.person_id != 0)
		ret_cells[REGISTER_PERSON] = or_nothing(g_hash_table_lookup(people->by_id, &piece.person_id));
	ret_cells[REGISTER_AGENCY] =
	    piece.part != NULL ? arena_printf(scope->arena, "%s: %s", or_nothing(row->agency), piece.part)
			       : or_nothing(row->agency);
	ret_cells[REGISTER_PERIOD] = keep(scope, period);
	ret_cells[REGISTER_MONTH] = register_month_text(scope->arena, month);
}

/* --- codes -----------------------------------------------------------------------------------------------
 */

const char *
register_code(const WorkScope *scope, const char *mark, int64_t piece_id)
{
	g_autofree char *text = g_strdup_printf("%s/%" G_GINT64_FORMAT, mark, piece_id);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

	for (int i = 0; i < CHECK_DIGITS; i++)
		hash[i] = g_ascii_toupper(hash[i]);
	return arena_printf(scope->arena, "%" G_GINT64_FORMAT "-%.*s", piece_id, CHECK_DIGITS, hash);
}

int64_t
register_code_read(const WorkScope *scope, const char *mark, const char *code)
{
	g_autofree char *digits = g_strndup(code, strcspn(code, "-"));
	gint64 piece_id;

	if (!g_ascii_string_to_signed(digits, 10, 1, G_MAXINT32, &piece_id, NULL))
		return 0;
	return strcmp(register_code(scope, mark, piece_id), code) == 0 ? piece_id : 0;
}

bool
register_mark(const WorkScope *scope, const char **ret_mark, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) reason = NULL;
	LedgerRow row;

	if (!ledger_find(scope->db, scope->commune_id, 1, scope->arena, &row, &reason)) {
		*ret_mark = "0";
		if (g_error_matches(reason, APP_ERROR, APP_ERROR_NOT_FOUND))
			return true;
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	text_hex_append(out, row.hash, MARK_BYTES);
	*ret_mark = keep(scope, out);
	return true;
}
