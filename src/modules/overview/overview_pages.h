/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "http/router.h"
#include "modules/task/task.h"

/* Handlers of the pages that look at all parts of a plan. */

bool overview_dashboard_show(HttpRequest *request, HttpResponse *response, GError **error);
bool overview_agency_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool overview_agency_show(HttpRequest *request, HttpResponse *response, GError **error);
bool overview_source_show(HttpRequest *request, HttpResponse *response, GError **error);

/* Answers with a page of the document as a picture. */
bool overview_source_image(HttpRequest *request, HttpResponse *response, GError **error);

/* Answers with the document's file as it was given. */
bool overview_source_download(HttpRequest *request, HttpResponse *response, GError **error);

/* Puts counts by state into the segments of a bar, most urgent first. */
void overview_make_segments(const int64_t counts[TASK_STATE_MAX], PartSegment segments[TASK_STATE_MAX]);
