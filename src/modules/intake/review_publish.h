/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_pages.h"
#include "modules/intake/intake_review.h"

/* View of pages/publish.html: what will count, before it does. */

#define PUBLISH_ERRORS_SHOWN 12

typedef struct PublishFinding {
	const char *message;
	uint32_t line, page;
} PublishFinding;

typedef struct PublishView {
	LayoutView layout;
	const IntakeDraft *draft;
	const Plan *plan;
	int64_t known_plan; /* the newest version of the same plan; 0: none */
	size_t n_doubts;
	size_t n_of_severity[DIAG_ERROR + 1];
	PublishFinding *errors;
	size_t n_errors;       /* shown */
	const GString *panels; /* what other modules have to say of the draft */
	bool has_predecessor; /* the document names a plan that it replaces, or there is another text of it */
} PublishView;

/* {% call publish_panels(v) %} */
void publish_panels(GString *out, const PublishView *view);
