/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/context.h"
#include "compiler/check/numbering.h"

/* All numbered things in the order of the document, each compared with the one it should follow. */

typedef enum { SEQUENCE_HEADING, SEQUENCE_GROUP, SEQUENCE_ROW } SequenceKind;

typedef enum {
	SEQUENCE_FOLLOWS, /* as it should be */
	SEQUENCE_GAP,
	SEQUENCE_REPEATED,
	SEQUENCE_BACKWARD,
	SEQUENCE_OTHER_STYLE, /* letters among numbers of the same level */
} SequenceRelation;

typedef struct SequenceStep {
	SequenceKind kind;
	const char *no;
	Numbering number;
	uint8_t level; /* of a heading or group */
	const PlanAnnex *annex;
	SourceSpan span;
	SequenceRelation relation;
	const struct SequenceStep *previous; /* NULL for the first of its row of numbers */
	int previous_value;
	const struct SequenceStep *parent; /* set only where the number contradicts it: "1.2" under "2" */
} SequenceStep;

/* Headings first, then the groups and rows of each annex. Lives until the end of the run. */
const SequenceStep *sequence_steps(LintContext *lint, size_t *ret_n);
