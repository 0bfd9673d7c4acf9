/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/regions.h"

/* Reads the head of a document (number, type, title, place, date, legal basis, issuer) into Plan.document and
 * adds its blocks. Forms: Nghị định 30/2020/NĐ-CP, phụ lục I (State) and Hướng dẫn 36-HD/VPTW (Party); any
 * part may be blank. */
void head_parse(Plan *plan, const SourceLines *lines, const Regions *regions);

/* Reads recipients and signature. */
void tail_parse(Plan *plan, const SourceLines *lines, const Regions *regions);

/* True where a text is a person's name: two to six words, each with a capital first letter. */
bool tail_is_person_name(const char *text);

/* Reads "(Kèm theo Kế hoạch số … ngày … của …)" under an annex's title and fills what the head left blank. */
void head_read_annex_reference(Plan *plan, const char *text, SourceSpan span);

/* The text of a visual line without Markdown's marks. */
char *head_line_text(Plan *plan, const SourceLines *lines, size_t index, bool *ret_is_ornament);

/* Adds a block of the document as read. */
PlanBlock *plan_add_block(Plan *plan, PlanBlockKind kind, const char *text, SourceSpan span);
