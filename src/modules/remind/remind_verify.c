/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_internal.h"

/* The commune's own rungs as the ledger has them. */
static bool
verify_rungs(const WorkScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	bool is_own;

	if (!remind_rungs(scope, rungs, &is_own, error))
		return false;
	for (guint i = 0; is_own && i < rungs->len; i++) {
		const RemindRung *rung = &g_array_index(rungs, RemindRung, i);
		g_autofree char *object = remind_rung_object(rung), *state = remind_rung_state(rung);

		if (!ledger_check_state(scope->db, scope->commune_id, object, state, report, error))
			return false;
	}
	return true;
}

bool
remind_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	return verify_rungs(&scope, report, error) && remind_sent_verify(&scope, report, error) &&
	       remind_explain_verify(&scope, report, error) && remind_feed_verify(&scope, report, error);
}
