/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

#include <stdint.h>

/* One plan of one commune on one connection: what every read and write of a plan's parts needs. */
typedef struct PlanScope {
	Db *db;
	int64_t commune_id;
	int64_t plan_id;
} PlanScope;
