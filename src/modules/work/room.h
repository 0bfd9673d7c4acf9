/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"
#include "modules/work/work_pages.h"

/* Phòng họp: what a meeting looks at, in letters that can be read from the back, one block a screen. */

typedef enum {
	WORK_ROOM_FIGURES,
	WORK_ROOM_UNITS,
	WORK_ROOM_LATE,
	WORK_ROOM_DECISIONS,
	WORK_ROOM_MAX,
	WORK_ROOM_ALL = WORK_ROOM_MAX, /* one below the other, to print */
} WorkRoomBlock;

extern const char *const WORK_ROOM_TITLES[WORK_ROOM_MAX];

typedef struct WorkLateUnit {
	const char *name, *url;
	int64_t count;
	int days; /* of the piece that is late longest */
} WorkLateUnit;

typedef struct WorkRoomView {
	PlanPage page;
	int block;         /* WorkRoomBlock */
	const char *month; /* "12/2026" */
	PartFigure figures[9];
	size_t n_figures;
	WorkLateUnit *units;
	size_t n_units;
	WorkLine *late, *decisions;
	size_t n_late, n_decisions;
	int64_t late_total;
	const char *previous_url, *next_url, *all_url, *dashboard_url; /* previous_url, next_url: NULL */
} WorkRoomView;

bool work_room_show(HttpRequest *request, HttpResponse *response, GError **error);
