/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "modules/evidence/evidence_kind.h"
#include "modules/evidence/evidence_pages.h"

/* Loại minh chứng: which kinds of deliverables there are from day to day, and what each needs. */

#define EVIDENCE_KINDS_PATH EVIDENCE_PATH "/loai"

typedef struct EvidenceKindRow {
	const EvidenceKind *kind;
	const char *days;         /* "từ 01/7/2025 đến 30/6/2026" */
	const char *look, *state; /* part_state() */
	PartEnding ending;        /* action NULL: it has ended */
} EvidenceKindRow;

typedef struct EvidenceKindsView {
	LayoutView layout;
	EvidenceKindRow *rows;
	size_t n_rows;
	const char *today_iso;
	bool may_change;
	const char *problem; /* NULL */
	/* As typed. */
	const char *title, *from, *source;
	bool needs_number;
	const char *ends, *last_day, *end_source; /* the kind that is to end; "" */
} EvidenceKindsView;

bool evidence_kinds_show(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_kind_send(HttpRequest *request, HttpResponse *response, GError **error);
bool evidence_kind_end_send(HttpRequest *request, HttpResponse *response, GError **error);
