/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work_handover.h"
#include "modules/work/work_pages.h"

/* Bàn giao việc: who has open work, and giving it to somebody else. */

typedef struct WorkHoldersView {
	LayoutView layout;
	const GPtrArray *holders; /* of WorkHolder */
} WorkHoldersView;

typedef struct WorkHandoverView {
	LayoutView layout;
	int64_t person_id;
	const char *name;
	WorkLine *lines;
	size_t n_lines;
	bool *is_chosen;
	const GPtrArray *people; /* of WorkPerson */
	bool has_post;
	const char *problem, *typed_reason;
	int64_t typed_to;
} WorkHandoverView;

bool work_holders_show(HttpRequest *request, HttpResponse *response, GError **error);
bool work_handover_show(HttpRequest *request, HttpResponse *response, GError **error);
bool work_handover_post(HttpRequest *request, HttpResponse *response, GError **error);
