/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "html/layout.h"
#include "http/router.h"
#include "modules/intake/intake_draft.h"

/* Nhập kế hoạch: documents come in, are read, and wait as drafts. */

#define INTAKE_PATH "/nhap-ke-hoach"
#define REVIEW_PATH "/ra-soat"

bool intake_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_upload(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_progress_show(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_download(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_discard(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_restore(HttpRequest *request, HttpResponse *response, GError **error);
bool intake_retry(HttpRequest *request, HttpResponse *response, GError **error);

/* The scope of a request: with a connection that may write in a form's handler, else one that reads. */
IntakeScope intake_scope_of(const HttpRequest *request);

/* Fills in the frame of a page that is about no one plan. */

/* Makes the message of `error` what the person reads; gives false, to end a handler with. */
bool intake_tell(HttpRequest *request, const GError *error);

/* A draft as the pages show it. */
typedef struct IntakeRow {
	const IntakeDraft *draft;
	const char *kind, *state; /* part_state() */
	const char *when;         /* "22/11/2026 16:32" */
	const char *size;         /* "1,2 MB" */
	const char *name;         /* its caption, else the file's name */
	const char *url;          /* where its next step is */
} IntakeRow;

void intake_make_row(const HttpRequest *request, const IntakeDraft *draft, IntakeRow *ret_row);

/* What was wrong with one of the files sent. */
typedef struct IntakeRefusal {
	const char *name, *reason;
} IntakeRefusal;

typedef struct IntakeListView {
	LayoutView layout;
	IntakeRow *rows;
	size_t n_rows;
	bool shows_discarded;
	int64_t n_discarded;
	const char *more_url; /* older ones; NULL */
	IntakeRefusal *refusals;
	size_t n_refusals;
	int64_t known_plan; /* the file that was sent is this plan already; 0 */
	int max_mb;
} IntakeListView;

typedef struct IntakeProgressView {
	LayoutView layout;
	IntakeRow row;
	bool is_known;        /* the same file came in before, and this is its draft */
	bool is_on_going;     /* waits or is being read */
	const char *next_url; /* where it goes on when it is ready; NULL */
} IntakeProgressView;
