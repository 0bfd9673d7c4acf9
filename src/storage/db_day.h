/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "storage/db.h"

/* Days in tables: whole numbers, NULL for DATE_NONE. */

static inline int32_t
db_column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
}

static inline void
db_bind_day(DbStmt *stmt, int param, int32_t day)
{
	if (day != DATE_NONE)
		db_bind_int(stmt, param, day);
	else
		db_bind_null(stmt, param);
}
