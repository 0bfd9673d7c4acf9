/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
#include "compiler/parse/paragraphs.h"

/* Turns the paragraphs of the prose part into blocks, indicators, tasks, duties and reporting rules. The
 * outline must have been built and the annexes read: without an assignment annex the bullets of the tasks
 * section are the plan's tasks, with one they are its body tasks. */
void lower_prose(Plan *plan, AgencyTable *agencies, const Paragraphs *paragraphs);

/* The indicators that one paragraph of a targets section states, several where it holds several targets.
 * year: what headings and title give; 0. */
void lower_prose_indicators(Plan *plan, const Paragraph *paragraph, int year);

/* A paragraph of the organisation section: a duty of the agency that it, `bearer` or its heading names.
 * bearer: who the heading or the sentence above the bullets names; NULL. */
void lower_duty(Plan *plan, AgencyTable *agencies, const Paragraph *paragraph, const PlanSection *section,
    const char *bearer);

/* Where the name of the agency that begins at fold byte `from` of a duty's text ends: at a colon or at the
 * verb that says what it does (in lower case: "Kiểm tra" with a capital is part of a name). SIZE_MAX where no
 * name stands. */
size_t duty_name_end(const Folded *folded, size_t from);

/* The reporting rules that one paragraph states. duty_bearer: who the heading names; NULL. */
void lower_reporting(Plan *plan, const Paragraph *paragraph, const char *duty_bearer);

/* The agency at the start of a duty's own text: "Trạm Y tế: …", "Giao Phòng … chủ trì, …"; NULL where there
 * is none. */
char *agency_of_text(Plan *plan, const char *text);

/* The agency that a heading of the organisation section names ("3. Trách nhiệm của UBND phường"); NULL where
 * it names none. */
char *agency_of_heading(Plan *plan, const char *title);
