/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "modules/calendar/calendar.h"

/* What the module's own files share. */

#define CALENDAR_PATH "/lich-lam-viec"

/* Appends the special days of a year (CalendarDay, borrowed from the calendar), in order. */
void calendar_list_year(const Calendar *calendar, int year, GArray *ret_days);

/* Replaces a year by these days (CalendarDay, sorted, all of that year), with a row of the ledger. Fails with
 * APP_ERROR_INVALID, APP_ERROR_STORAGE. */
bool calendar_put(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, int year,
    bool is_projected, const GArray *days, GError **error);

bool calendar_put_settings(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const CalendarSettings *settings, GError **error);

bool calendar_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Reads the days of one year from CSV (Ngày, Loại, Tên, Căn cứ; the head line is needed), texts in the arena.
 * ret_problems: of char *, in the arena: Vietnamese, each naming its line; empty: *ret_days is sorted and
 * whole.
 */
void calendar_read_csv(
    const char *bytes, size_t len, int year, Arena *arena, GArray *ret_days, GPtrArray *ret_problems);
