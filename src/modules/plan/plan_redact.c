/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_redact.h"

#include "modules/document/document_redact.h"
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_note.h"
#include "modules/plan/plan_succession.h"

/* Findings quote the document; nobody needs them of a plan that counts. */
bool
plan_redact(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);
	const PlanScope scope = {redaction->db, redaction->commune_id, redaction->plan_id};

	if (redaction->plan_id == 0)
		return true;
	return document_redact(redaction, error) && APP_REDACT_RUN(redaction, PLAN_REDACT_PLACES, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_FINDINGS, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_COUNTS, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_CITATIONS, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_GROUPS, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_COLUMNS, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_ANNEXES, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_CHANGES, error) &&
	       APP_REDACT_RUN(redaction, PLAN_REDACT_LINE_FIELDS, error) &&
	       plan_succession_walk(&states, error) &&
	       app_redact_object(redaction,
		   arena_printf(redaction->arena, "plan/%" G_GINT64_FORMAT, redaction->plan_id), error) &&
	       plan_note_redacted(&scope, &redaction->actor, redaction->now_us, error);
}
