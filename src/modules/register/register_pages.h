/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/request.h"
#include "http/response.h"
#include "modules/register/register.h"

#define REGISTER_PATH "/so-theo-doi"
#define REGISTER_CONFLICTS_MAX 100 /* that can be decided about on one page */

typedef struct RegisterView {
	LayoutView layout;
	const GPtrArray *plans; /* of PlanInfo * */
	const char **captions;  /* of the plans */
	const AgencyBook *agencies;
	int32_t today;
	int64_t plan_id, agency_id; /* chosen; 0 */
	int whose, stage;
	const char *problem;          /* of the file as a whole; NULL */
	const RegisterFile *file;     /* NULL: nothing was sent yet */
	const RegisterResult *result; /* what it would do */
	const char *packed;
	int64_t n_done; /* rows that were just written; -1: none were */
	size_t n_rows, n_same;
} RegisterView;

extern const char *const REGISTER_STAGE_WORDS[], *const REGISTER_STAGE_TITLES[];

bool register_show(HttpRequest *request, HttpResponse *response, GError **error);
bool register_download(HttpRequest *request, HttpResponse *response, GError **error);
bool register_preview(HttpRequest *request, HttpResponse *response, GError **error);
bool register_write(HttpRequest *request, HttpResponse *response, GError **error);
