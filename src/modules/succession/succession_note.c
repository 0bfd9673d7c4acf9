/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/succession/succession_internal.h"

static char *
object_of(int64_t succession_id)
{
	return g_strdup_printf("succession/%" G_GINT64_FORMAT, succession_id);
}

static void
put_step(JsonWriter *json, const SuccessionStep *step)
{
	json_begin_object(json);
	json_key_int(json, "step", step->step_no);
	json_key_int(json, "kind", step->kind);
	json_key_int(json, "what", step->what);
	json_key_int(json, "old", step->old_no);
	json_key_string(json, "new", step->new_key);
	json_key_int(json, "seen", step->seen);
	json_key_int(json, "undone", step->is_undone);
	json_key_string(json, "by", step->name);
	json_key_int(json, "at_us", step->at_us);
	json_end_object(json);
}

/* Many steps may have been taken; the ledger has each with its own row, and all before it by their hash. */
static char *
hash_steps(const GPtrArray *steps)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_array(&json);
	for (guint i = 0; i < steps->len; i++)
		put_step(&json, g_ptr_array_index(steps, i));
	json_end_array(&json);
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)out->str, out->len);
}

char *
succession_state(const Succession *row, const GPtrArray *steps)
{
	g_autofree char *sha256 = hash_steps(steps);
	GString *out = g_string_new(NULL);
	char day[DATE_ISO_SIZE];
	JsonWriter json;

	date_format_iso(row->from_day, day);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "draft", row->draft_id);
	json_key_int(&json, "new_plan", row->new_plan_id);
	json_key_int(&json, "old_plan", row->old_plan_id);
	json_key_string(&json, "kind", PLAN_SUCCESSION_TITLES[row->kind]);
	json_key_string(&json, "from", day);
	json_key_int(&json, "carries_roles", row->carries_roles);
	json_key_string(&json, "state", SUCCESSION_STATE_TITLES[row->state]);
	json_key_int(&json, "version", row->version);
	json_key_string(&json, "begun_by", row->name);
	json_key_int(&json, "begun_us", row->at_us);
	json_key_int(&json, "steps", steps->len);
	json_key_string(&json, "steps_sha256", sha256);
	if (steps->len > 0) {
		json_key(&json, "last");
		put_step(&json, g_ptr_array_index(steps, steps->len - 1));
	}
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

bool
succession_note(const SuccessionScope *scope, int64_t succession_id, const char *before, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_autofree char *object = object_of(succession_id), *state = NULL;
	Succession row;

	if (!succession_find(scope, succession_id, &row, error) ||
	    !succession_steps(scope, succession_id, steps, error))
		return false;
	state = succession_state(&row, steps);
	return ledger_note(scope->intake.db, scope->intake.commune_id, &scope->intake.actor,
	    scope->intake.now_us,
	    &(LedgerNote){before != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, before, state}, error);
}

bool
succession_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	const SuccessionScope scope = {.intake = {.db = db, .commune_id = commune_id}, .arena = arena};

	if (!succession_list(&scope, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const Succession *row = g_ptr_array_index(rows, i);
		g_autoptr(GPtrArray) steps = g_ptr_array_new();
		g_autofree char *object = object_of(row->succession_id), *state = NULL;

		if (!succession_steps(&scope, row->succession_id, steps, error))
			return false;
		state = succession_state(row, steps);
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}
