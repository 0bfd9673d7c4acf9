/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence_panel.h"
#include "modules/link/link_panel.h"
#include "modules/plan/plan_line_card.h"
#include "modules/task/task.h"
#include "modules/task/task_clear.h"

/* View of pages/card.html: one task with its five clears and its sentence in the source. */

typedef struct TaskCardAgency {
	const char *role, *name, *url;
} TaskCardAgency;

typedef struct TaskCardView {
	PlanPage page;
	Task task;
	TaskRow row;
	const char *heading; /* "Phụ lục II, nhóm 3. Hạ tầng số" */
	TaskClear clears[TASK_CLEAR_MAX];
	int n_clear;
	TaskCardAgency *agencies;
	size_t n_agencies;
	PlanItemSource source;
	PlanLineCard line;
	bool may_explain;
	EvidencePanel *evidence; /* NULL: not for this visitor */
	const GString *panels;   /* what other modules know about the task */
	LinkPanel *links;
	const char *list_url;
	const char *previous_url, *next_url; /* the neighbours in the plan; NULL */
} TaskCardView;

/* {% call task_card_panels(…) %} */
void task_card_panels(GString *out, const TaskCardView *view);
