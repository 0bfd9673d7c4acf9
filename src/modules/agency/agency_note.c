/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/json.h"
#include "modules/agency/agency_change_store.h"

static void
write_day(JsonWriter *json, const char *key, int32_t day)
{
	if (day != DATE_NONE && day != AGENCY_SINCE_EVER)
		json_key_day(json, key, day);
}

static void
write_text(JsonWriter *json, const char *key, const char *text)
{
	if (*text != '\0')
		json_key_string(json, key, text);
}

static void
write_version(JsonWriter *json, const AgencyVersion *version)
{
	json_begin_object(json);
	json_key_int(json, "version", version->version_no);
	json_key_int(json, "change", version->change_no);
	write_day(json, "from", version->valid_from);
	json_key_string(json, "name", version->name);
	write_text(json, "short_name", version->short_name);
	write_text(json, "code", version->code);
	write_text(json, "kind", version->kind);
	if (version->parent_id != 0)
		json_key_int(json, "parent", version->parent_id);
	if (version->is_generic)
		json_key_int(json, "generic", 1);
	if (version->is_higher)
		json_key_int(json, "higher", 1);
	if (version->is_ended)
		json_key_int(json, "ended", 1);
	json_end_object(json);
}

char *
agency_unit_state(const AgencyBook *book, const AgencyUnit *unit)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key(&json, "versions");
	json_begin_array(&json);
	for (size_t i = 0; i < unit->n_versions; i++)
		if (unit->versions[i].version_no > 0)
			write_version(&json, &unit->versions[i]);
	json_end_array(&json);
	json_key(&json, "became");
	json_begin_array(&json);
	for (size_t i = 0; i < book->n_links; i++) {
		const AgencyLink *link = &book->links[i];

		if (link->old_id != unit->agency_id)
			continue;
		json_begin_object(&json);
		json_key_int(&json, "change", link->change_no);
		json_key_int(&json, link->is_same ? "same_as" : "unit", link->new_id);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
agency_change_state(const AgencyChange *change)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "kind", AGENCY_CHANGE_LABELS[change->kind]);
	write_day(&json, "from", change->day);
	write_text(&json, "decision", change->decision);
	write_day(&json, "decision_day", change->decision_day);
	write_text(&json, "note", change->note);
	json_key_string(&json, "by", change->actor);
	if (change->undone_by != 0)
		json_key_int(&json, "undone_by", change->undone_by);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
agency_kind_state(const AgencyKind *kind)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "name", kind->name);
	json_key_int(&json, "given_by_state", kind->is_given_by_state);
	json_key_int(&json, "given_by_party", kind->is_given_by_party);
	write_day(&json, "from", kind->valid_from);
	write_day(&json, "to", kind->valid_to);
	json_key_string(&json, "source", kind->source);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* A unit that nobody changed was never noted; one whose rows were taken away was. */
static bool
verify_unit(Db *db, int64_t commune_id, const AgencyBook *book, const AgencyUnit *unit, LedgerReport *report,
    GError **error)
{
	g_autofree char *object = g_strdup_printf("agency/%" G_GINT64_FORMAT, unit->agency_id);
	g_autofree char *state = agency_unit_state(book, unit), *noted = NULL;

	if (!ledger_last_state(db, commune_id, object, &noted, error))
		return false;
	if (noted == NULL && unit->versions[0].version_no == 0 && unit->same_as == 0)
		return true;
	return ledger_check_state(db, commune_id, object, state, report, error);
}

bool
agency_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	AgencyBook book;

	if (!agency_book_read(db, commune_id, arena, &book, error))
		return false;
	for (size_t i = 0; i < book.n_kinds; i++) {
		g_autofree char *object = g_strconcat("agency-kind/", book.kinds[i].kind, NULL);
		g_autofree char *state = agency_kind_state(&book.kinds[i]);

		if (book.kinds[i].is_stored &&
		    !ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	for (size_t i = 0; i < book.n_changes; i++) {
		g_autofree char *object =
		    g_strdup_printf("agency-change/%" G_GINT64_FORMAT, book.changes[i].change_no);
		g_autofree char *state = agency_change_state(&book.changes[i]);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	for (size_t i = 0; i < book.n_units; i++)
		if (!verify_unit(db, commune_id, &book, &book.units[i], report, error))
			return false;
	return true;
}
