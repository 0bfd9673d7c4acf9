/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency.h"

#include "base/text.h"
#include "modules/agency/agency_internal.h"

#include <string.h>

char *
agency_name_key(const char *name)
{
	g_autofree char *folded = text_fold_vi(name);
	GString *key = g_string_new(NULL);

	for (const char *at = folded; *at != '\0'; at = text_next(at))
		if (g_unichar_isalnum(g_utf8_get_char(at)))
			g_string_append_unichar(key, g_utf8_get_char(at));
	return g_string_free(key, FALSE);
}

char *
agency_join_printed(const GPtrArray *refs)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		g_string_append_printf(out, "%s%s", i > 0 ? "; " : "", ref->printed);
	}
	return g_string_free(out, FALSE);
}

typedef struct SortedName {
	char *key;
	guint index;
} SortedName;

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const SortedName *)a)->key, ((const SortedName *)b)->key);
}

static void
clear_name(void *name)
{
	g_free(((SortedName *)name)->key);
}

void
agency_rank_parts(GArray *parts)
{
	g_autoptr(GArray) names = g_array_sized_new(FALSE, FALSE, sizeof(SortedName), parts->len);

	g_array_set_clear_func(names, clear_name);
	for (guint i = 0; i < parts->len; i++) {
		SortedName name = {text_sort_key_vi(g_array_index(parts, AgencyPart, i).name), i};

		g_array_append_val(names, name);
	}
	g_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++)
		g_array_index(parts, AgencyPart, g_array_index(names, SortedName, i).index).rank = i + 1;
}

/* An item that names an agency twice counts once. */
static bool
is_first_mention(const GPtrArray *refs, guint index, const GArray *parts)
{
	const PlanAgencyRef *ref = g_ptr_array_index(refs, index);
	int64_t id = g_array_index(parts, AgencyPart, ref->agency).agency_id;

	for (guint i = 0; i < index; i++) {
		const PlanAgencyRef *other = g_ptr_array_index(refs, i);

		if (g_array_index(parts, AgencyPart, other->agency).agency_id == id)
			return false;
	}
	return true;
}

/* The part that counts for an agency: the first of those with its id. */
static AgencyPart *
counting_part(GArray *parts, size_t agency)
{
	int64_t id = g_array_index(parts, AgencyPart, agency).agency_id;

	for (guint i = 0; i < parts->len; i++)
		if (g_array_index(parts, AgencyPart, i).agency_id == id)
			return &g_array_index(parts, AgencyPart, i);
	g_assert_not_reached();
}

static void
count_refs(GArray *parts, const GPtrArray *refs, size_t counter_offset)
{
	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		if (is_first_mention(refs, i, parts))
			++*(int64_t *)G_STRUCT_MEMBER_P(counting_part(parts, ref->agency), counter_offset);
	}
}

void
agency_count_parts(const Plan *plan, GArray *parts)
{
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		count_refs(parts, task->lead, offsetof(AgencyPart, lead_tasks));
		count_refs(parts, task->coordinating, offsetof(AgencyPart, coordinating_tasks));
	}
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		count_refs(parts, indicator->lead, offsetof(AgencyPart, lead_indicators));
		count_refs(parts, indicator->coordinating, offsetof(AgencyPart, coordinating_indicators));
	}
	for (guint i = 0; i < plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(plan->duties, i);

		counting_part(parts, duty->agency.agency)->duties++;
	}
}
