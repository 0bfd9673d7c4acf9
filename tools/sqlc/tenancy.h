/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlc/sqlc_internal.h"

/* Refuses a statement in which a table is not held to the commune: every table of every query needs an
 * equality of its commune_id with :commune_id, or with that of a table that has one; every row that is added
 * gets it (docs/sql.md). */
void sqlc_check_tenancy(SqlcUnit *unit, const SqlcStatement *statement, const GArray *tokens);
