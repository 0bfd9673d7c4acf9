/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* Says that most of what a connection reads from now on is read once and in order, so that little of it has
 * to be kept in memory; is_on false: that it is as with others again. */
void db_scan(Db *db, bool is_on);
