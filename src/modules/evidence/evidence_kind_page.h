/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_list.h"
#include "modules/evidence/evidence_kind.h"
#include "modules/evidence/evidence_pages.h"

/* Loại minh chứng: which kinds of deliverables there are from day to day, and what each needs. */

#define EVIDENCE_KINDS_PATH EVIDENCE_PATH "/loai"

typedef struct EvidenceKindsView {
	LayoutView layout;
	DatedList list; /* of EvidenceKind */
	bool may_change;
	const char *problem; /* NULL */
	/* As typed. */
	const char *title, *from, *source;
	bool needs_number;
	DatedTyped ends; /* the kind that is to end */
} EvidenceKindsView;

bool evidence_kinds_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_kind_send(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_kind_end_send(HttpRequest *request, HttpResponse *response, GError **error);
