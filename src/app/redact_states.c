/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/redact_states.h"

AppStates
app_states_to_verify(Db *db, int64_t commune_id, LedgerReport *report)
{
	return (AppStates){.db = db, .commune_id = commune_id, .report = report};
}

AppStates
app_states_to_redact(const AppRedaction *redaction)
{
	return (AppStates){.db = redaction->db,
	    .commune_id = redaction->commune_id,
	    .plan_id = redaction->plan_id,
	    .task_no = redaction->task_no,
	    .redaction = redaction};
}

bool
app_state(const AppStates *states, const char *object, const char *state, GError **error)
{
	const AppRedaction *redaction = states->redaction;

	if (redaction == NULL)
		return ledger_check_state(
		    states->db, states->commune_id, object, state, states->report, error);
	return app_redact_object(redaction, object, error) &&
	       ledger_note(redaction->db, redaction->commune_id, &redaction->actor, redaction->now_us,
		   &(LedgerNote){LEDGER_REMOVE, object, NULL, state}, error);
}
