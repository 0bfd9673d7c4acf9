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

/* A paragraph of the organisation section: a duty of the agency that it or its heading names. */
void lower_duty(Plan *plan, AgencyTable *agencies, const Paragraph *paragraph, const PlanSection *section);

/* The reporting rules that one paragraph states. duty_bearer: who the heading names; NULL. */
void lower_reporting(Plan *plan, const Paragraph *paragraph, const char *duty_bearer);

/* The agency that a heading of the organisation section names ("3. Trách nhiệm của UBND phường"); NULL where
 * it names none. */
char *agency_of_heading(Plan *plan, const char *title);
