/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/folded.h"
#include "compiler/plan.h"

/* Finds the documents that a text names ("Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị") and adds
 * a PlanCitation for each to `citations`; span: of the text, given to each. */
void docref_find(Arena *arena, const char *text, SourceSpan span, GPtrArray *citations);

/* Reads a document's number in either family's form ("57/KH-UBND", "09-KH/ĐU", "30/2020/NĐ-CP") at fold byte
 * `at`; blanks inside are dropped. Gives the number in the arena and moves *at behind it; NULL where there is
 * none. A number whose digits are blank ("/KH-UBND", "-KH/ĐU") gives NULL and sets *ret_is_blank. */
char *docref_read_number(Arena *arena, const Folded *folded, size_t *at, bool *ret_is_blank);

/* The kind of document named at fold byte `at` ("ke hoach hanh dong"); NULL where none. *ret_len: its fold
 * bytes. */
const char *docref_type_at(const Folded *folded, size_t at, size_t *ret_len);

/* The family that a number's form belongs to: digits "/" type "-" issuer is the State's (Nghị định
 * 30/2020/NĐ-CP), digits "-" type "/" issuer is the Party's (Hướng dẫn 36-HD/VPTW). */
PlanFamily docref_family(const char *number);
