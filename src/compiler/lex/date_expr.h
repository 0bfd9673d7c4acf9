/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/* Dates as plans write them, read from folded text: "22/12/2024", "ngay 24 thang 02 nam 2026", "12/2025",
 * "quy iv/2026", "6 thang dau nam 2026", "nam 2026", "2026". */
typedef enum {
	DATE_EXPR_DAY,
	DATE_EXPR_MONTH,
	DATE_EXPR_QUARTER,
	DATE_EXPR_HALF,
	DATE_EXPR_YEAR
} DatePrecision;

typedef struct DateExpr {
	DatePrecision precision;
	int year, month, day; /* month also holds the quarter or the half */
} DateExpr;

/* Reads one date at fold[*at]; on success *at is behind it. A bare year is read only where it is 2000 to
 * 2099. */
bool date_expr_read(const char *fold, size_t *at, DateExpr *ret_expr);

/* The first and the last day that the expression covers; DATE_NONE where the day does not exist. */
int32_t date_expr_start(const DateExpr *expr);
int32_t date_expr_end(const DateExpr *expr);

/* Reads "ngay dd/mm/yyyy", "ngay  thang 3 nam 2026", "ngay /7/2025": any part but the year may be blank. */
bool partial_date_read(const char *fold, size_t *at, PartialDate *ret_date);

/* Finds the year that a sentence gives its targets ("den nam 2030", "vao nam 2030", "trong nam 2026", "het
 * nam 2025"); the last one before fold byte `to`; 0 where there is none. */
int year_mentioned(const char *fold, size_t from, size_t to);
