/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_rules.h"

#include <jansson.h>

typedef struct HistoryReader {
	const IdentityScope *scope;
	const IdentityRule *rule; /* NULL: the level */
	GPtrArray *events;
} HistoryReader;

static void
describe_one(GString *text, const HistoryReader *reader, json_t *one)
{
	const char *from = json_string_value(json_object_get(one, "from"));
	const char *source = json_string_value(json_object_get(one, "source"));
	int64_t value = json_integer_value(json_object_get(one, "value"));
	char day_vi[DATE_ISO_SIZE] = "?";
	int32_t day;

	if (from != NULL && date_parse_iso(from, &day))
		date_format_vi(day, day_vi);
	g_string_append_printf(text, "%s", text->len > 0 ? "; " : "");
	if (reader->rule != NULL)
		g_string_append(text, identity_rule_text(reader->rule, value, reader->scope->arena));
	else
		g_string_append_printf(text, "cấp độ %" G_GINT64_FORMAT, value);
	g_string_append_printf(text, " từ ngày %s (%s)", day_vi, source != NULL ? source : "");
}

/* What the ledger has, in words: every value with the day from which it counts. */
static bool
take_event(void *data, const LedgerRow *row)
{
	const HistoryReader *reader = data;
	IdentityRuleEvent *event = arena_new0(reader->scope->arena, IdentityRuleEvent);
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *values = row->after != NULL ? json_loads(row->after, 0, NULL) : NULL;
	json_t *one;
	size_t i;

	json_array_foreach(values, i, one) describe_one(text, reader, one);
	json_decref(values);
	*event = (IdentityRuleEvent){.at_us = row->at_us,
	    .who = arena_strdup(reader->scope->arena, row->actor.name),
	    .what = arena_strdup(reader->scope->arena, text->str)};
	g_ptr_array_add(reader->events, event);
	return true;
}

bool
identity_rule_history(const IdentityScope *scope, const IdentityRule *rule, GPtrArray *events, GError **error)
{
	HistoryReader reader = {.scope = scope, .rule = rule, .events = events};
	const char *object =
	    rule != NULL ? identity_rule_object(scope->arena, rule->rule) : IDENTITY_LEVEL_OBJECT;

	return ledger_walk_back(scope->db, scope->commune_id, object, INT64_MAX, take_event, &reader, error);
}
