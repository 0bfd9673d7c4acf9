/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_redact.h"

#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_plan_role_store.h"

bool
identity_redact(const AppRedaction *redaction, GError **error)
{
	const IdentityScope scope = {.db = redaction->db,
	    .commune_id = redaction->commune_id,
	    .now_us = redaction->now_us,
	    .actor = redaction->actor,
	    .arena = redaction->arena};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (redaction->plan_id == 0 || redaction->task_no != 0)
		return true;
	if (!APP_REDACT_RUN(redaction, IDENTITY_REDACT_PLAN_ROLES, error) ||
	    !identity_plan_roles(&scope, redaction->plan_id, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *row = g_ptr_array_index(rows, i);

		if (!app_redact_object(redaction,
			arena_printf(redaction->arena, "plan-role/%" G_GINT64_FORMAT, row->plan_role_no),
			error) ||
		    !identity_plan_role_note_redacted(&scope, row, error))
			return false;
	}
	return true;
}
