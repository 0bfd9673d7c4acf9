/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/context.h"

/* Document numbers as they stand in the text: "57-NQ/TW", "03/NQ-CP", "02/2025/TT-BGDĐT", "/KH-UBND" (number
 * blank). */

typedef struct DocNumber {
	const char *printed; /* without blanks */
	const char
	    *key; /* number and codes in a fixed order, folded: the same for "03-NQ/CP" and "03/NQ-CP" */
	const char *type;   /* code of the kind, upper case: "NQ" */
	const char *issuer; /* code of the issuer: "CP" */
	PartialDate date;   /* that follows it ("ngày 09/01/2025"); year 0 where none does */
	bool is_blank;      /* the number itself is missing */
	bool has_year;
	char first_mark;   /* between number and first code: '-' or '/' */
	bool is_swapped;   /* issuer before kind: "09-ĐU/KH" */
	bool is_own_blank; /* "số      /KH-…": a place to fill in, in the head or over an annex */
	const PlanBlock *block;
	size_t offset, len; /* in the block's text */
} DocNumber;

/* All document numbers of the plan, in order; found once a run. Of DocNumber. */
const GArray *lint_doc_numbers(LintContext *lint);

/* Reads "dd/mm/yyyy" at `p`; gives the bytes read, 0 where there is no such date. It need not exist in the
 * calendar. */
size_t lint_read_date(const char *p, PartialDate *ret_date);

SourceSpan lint_doc_number_place(const LintContext *lint, const DocNumber *number);
