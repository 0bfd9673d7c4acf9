/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "base/app-error.h"
#include "base/json.h"
#include "modules/calendar/calendar.sql.h"
#include "modules/calendar/calendar_internal.h"
#include "storage/txn.h"

#define DUE_HOUR_KEY "calendar.due_hour"
#define BEFORE_KEY "calendar.before_is_inclusive"
#define DUE_HOUR 17
#define WARN_KEY "calendar.warn_days"
#define WARN_DAYS 120 /* from September on */
#define WARN_DAYS_MAX 400

G_STATIC_ASSERT((int)CALENDAR_KNOWN_C_IS_PROJECTED == (int)CALENDAR_LIST_DAYS_C_IS_PROJECTED);
G_STATIC_ASSERT((int)CALENDAR_KNOWN_P_COMMUNE_ID == (int)CALENDAR_LIST_DAYS_P_COMMUNE_ID);

static bool
load_years(Db *db, int64_t commune_id, Calendar *calendar, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &CALENDAR_LIST_YEARS, &stmt, error))
		return false;
	db_bind_int(stmt, CALENDAR_LIST_YEARS_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		calendar_add_year(calendar, (int)db_column_int(stmt, CALENDAR_LIST_YEARS_C_YEAR),
		    db_column_int(stmt, CALENDAR_LIST_YEARS_C_IS_PROJECTED) != 0);
	return !has_row;
}

static bool
load_days(Db *db, int64_t commune_id, const DbSql *sql, Calendar *calendar, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, CALENDAR_KNOWN_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		CalendarDay day = {.day = (int32_t)db_column_int(stmt, CALENDAR_KNOWN_C_DAY),
		    .kind = (CalendarKind)CLAMP(
			db_column_int(stmt, CALENDAR_KNOWN_C_KIND), CALENDAR_HOLIDAY, CALENDAR_WORKDAY),
		    .name = db_column_text(stmt, CALENDAR_KNOWN_C_NAME),
		    .source = db_column_text(stmt, CALENDAR_KNOWN_C_SOURCE)};

		calendar_add_year(calendar, (int)db_column_int(stmt, CALENDAR_KNOWN_C_YEAR),
		    db_column_int(stmt, CALENDAR_KNOWN_C_IS_PROJECTED) != 0);
		calendar_add_day(calendar, &day);
	}
	return !has_row;
}

bool
calendar_load(Db *db, int64_t commune_id, Calendar **ret_calendar, GError **error)
{
	g_autoptr(Calendar) calendar = calendar_new();

	if (!load_years(db, commune_id, calendar, error) ||
	    !load_days(db, commune_id, &CALENDAR_LIST_DAYS, calendar, error) ||
	    !load_days(db, commune_id, &CALENDAR_KNOWN, calendar, error))
		return false;
	*ret_calendar = g_steal_pointer(&calendar);
	return true;
}

/* A year as the ledger has it; the caller's. NULL where it is not the commune's own. */
static char *
state_of(int year, bool is_projected, const GArray *days)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "year", year);
	json_key(&json, "is_projected");
	json_bool(&json, is_projected);
	json_key(&json, "days");
	json_begin_array(&json);
	for (guint i = 0; i < days->len; i++) {
		const CalendarDay *day = &g_array_index(days, CalendarDay, i);
		char iso[DATE_ISO_SIZE];
		g_autofree char *text = NULL;

		date_format_iso(day->day, iso);
		text = g_strdup_printf(
		    "%s · %s · %s · %s", iso, CALENDAR_KIND_TITLES[day->kind], day->name, day->source);
		json_string(&json, text);
	}
	json_end_array(&json);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
write_days(Db *db, int64_t commune_id, int year, const GArray *days, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &CALENDAR_PUT_DAY, &stmt, error))
		return false;
	for (guint i = 0; i < days->len; i++) {
		const CalendarDay *day = &g_array_index(days, CalendarDay, i);

		db_bind_int(stmt, CALENDAR_PUT_DAY_P_COMMUNE_ID, commune_id);
		db_bind_int(stmt, CALENDAR_PUT_DAY_P_YEAR, year);
		db_bind_int(stmt, CALENDAR_PUT_DAY_P_DAY, day->day);
		db_bind_int(stmt, CALENDAR_PUT_DAY_P_KIND, day->kind);
		db_bind_text(stmt, CALENDAR_PUT_DAY_P_NAME, day->name);
		db_bind_text(stmt, CALENDAR_PUT_DAY_P_SOURCE, day->source);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
write_year(Db *db, int64_t commune_id, int64_t now_us, int year, bool is_projected, const GArray *days,
    GError **error)
{
	g_autoptr(DbStmt) put = NULL;
	g_autoptr(DbStmt) clear = NULL;

	if (!db_prepare(db, &CALENDAR_PUT_YEAR, &put, error) ||
	    !db_prepare(db, &CALENDAR_CLEAR_YEAR, &clear, error))
		return false;
	db_bind_int(put, CALENDAR_PUT_YEAR_P_COMMUNE_ID, commune_id);
	db_bind_int(put, CALENDAR_PUT_YEAR_P_YEAR, year);
	db_bind_int(put, CALENDAR_PUT_YEAR_P_IS_PROJECTED, is_projected);
	db_bind_int(put, CALENDAR_PUT_YEAR_P_CHANGED_US, now_us);
	db_bind_int(clear, CALENDAR_CLEAR_YEAR_P_COMMUNE_ID, commune_id);
	db_bind_int(clear, CALENDAR_CLEAR_YEAR_P_YEAR, year);
	return db_run(put, error) && db_run(clear, error) && write_days(db, commune_id, year, days, error);
}

static bool
is_year_of(const GArray *days, int year)
{
	for (guint i = 0; i < days->len; i++) {
		int of_year, month, day;

		date_to_ymd(g_array_index(days, CalendarDay, i).day, &of_year, &month, &day);
		if (of_year != year)
			return false;
	}
	return days->len <= CALENDAR_DAYS_MAX;
}

bool
calendar_put(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, int year,
    bool is_projected, const GArray *days, GError **error)
{
	g_autofree char *object = g_strdup_printf("calendar/%d", year), *before = NULL;
	g_autofree char *after = state_of(year, is_projected, days);
	g_autoptr(DbTxn) txn = NULL;

	if (!is_year_of(days, year)) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "lịch năm %d: có ngày của năm khác, hoặc nhiều hơn %d ngày", year, CALENDAR_DAYS_MAX);
		return false;
	}
	return db_txn_begin(db, &txn, error) && ledger_last_state(db, commune_id, object, &before, error) &&
	       write_year(db, commune_id, now_us, year, is_projected, days, error) &&
	       ledger_note(db, commune_id, actor, now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, after},
		   error) &&
	       db_txn_commit(txn, error);
}

bool
calendar_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Calendar) calendar = calendar_new();

	if (!load_years(db, commune_id, calendar, error) ||
	    !load_days(db, commune_id, &CALENDAR_LIST_DAYS, calendar, error))
		return false;
	for (int year = CALENDAR_YEAR_MIN; year <= CALENDAR_YEAR_MAX; year++) {
		g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
		g_autofree char *object = g_strdup_printf("calendar/%d", year), *state = NULL;

		if (!calendar_knows_year(calendar, year))
			continue;
		calendar_list_year(calendar, year, days);
		state = state_of(year, calendar_is_projected(calendar, year), days);
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}

bool
calendar_settings(Db *db, int64_t commune_id, CalendarSettings *ret_settings, GError **error)
{
	int64_t due_hour, is_inclusive, warn_days;

	if (!app_setting_get_int(db, commune_id, DUE_HOUR_KEY, DUE_HOUR, &due_hour, error) ||
	    !app_setting_get_int(db, commune_id, BEFORE_KEY, 0, &is_inclusive, error) ||
	    !app_setting_get_int(db, commune_id, WARN_KEY, WARN_DAYS, &warn_days, error))
		return false;
	*ret_settings = (CalendarSettings){
	    (int)CLAMP(due_hour, 0, 24), is_inclusive != 0, (int)CLAMP(warn_days, 0, WARN_DAYS_MAX)};
	return true;
}

bool
calendar_put_settings(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const CalendarSettings *settings, GError **error)
{
	g_autofree char *hour = g_strdup_printf("%d", settings->due_hour);
	g_autofree char *warn = g_strdup_printf("%d", settings->warn_days);
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) &&
	       app_setting_set(db, commune_id, actor, now_us, DUE_HOUR_KEY, hour, error) &&
	       app_setting_set(db, commune_id, actor, now_us, WARN_KEY, warn, error) &&
	       app_setting_set(db, commune_id, actor, now_us, BEFORE_KEY,
		   settings->is_before_inclusive ? "1" : "0", error) &&
	       db_txn_commit(txn, error);
}

bool
calendar_gap(Db *db, int64_t commune_id, int32_t today, int *ret_year, GError **error)
{
	g_autoptr(Calendar) calendar = NULL;
	CalendarSettings settings;

	if (!calendar_settings(db, commune_id, &settings, error) ||
	    !calendar_load(db, commune_id, &calendar, error))
		return false;
	*ret_year = calendar_missing_year(calendar, today, today + settings.warn_days);
	return true;
}
