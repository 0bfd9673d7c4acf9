/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence_pages.h"

struct EvidencePanel {
	EvidenceRow *rows;
	size_t n_rows;
	int n_counting;     /* of them */
	const char *object; /* "task/3/12" */
	bool may_add;
};
