/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/assignment/assignment_suggest.h"

#include "base/text.h"
#include "modules/link/link_propose.h"

#include <string.h>

#define NAME_WORDS_MIN 2 /* "Công an": a shorter name stands in words that mean something else */

/* Who an agency of the plan is today; 0: nobody, several, or none that leads. */
static int64_t
leader_today(const AgencyBook *book, const AgencyPart *part, int32_t today)
{
	g_autoptr(GArray) units = NULL;

	if (part->is_generic || part->is_higher)
		return 0;
	units = agency_successors(book, part->agency_id, today);
	return units->len == 1 ? g_array_index(units, int64_t, 0) : 0;
}

static bool
list_duties(const PlanScope *scope, const AgencyBook *book, int32_t today, Arena *arena,
    const GPtrArray *parts, GArray *ret_duties, GError **error)
{
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);
		g_autoptr(GPtrArray) duties = g_ptr_array_new();
		int64_t leader = leader_today(book, part, today);

		if (leader == 0 || part->duties == 0)
			continue;
		if (!agency_list_duties(scope, part->agency_id, arena, duties, error))
			return false;
		for (guint k = 0; k < duties->len; k++) {
			const AgencyDuty *duty = g_ptr_array_index(duties, k);
			const LinkItem item = {.item_no = leader, .name = duty->body, .more = "", .lead = ""};

			g_array_append_val(ret_duties, item);
		}
	}
	return true;
}

static bool
has_words(const char *text, size_t n)
{
	size_t n_words = 1;

	for (; *text != '\0'; text++)
		n_words += *text == ' ';
	return n_words >= n;
}

/* The longest name wins: "Công an phường" before "Công an". */
static void
suggest_by_name(const AgencyBook *book, int32_t today, const GPtrArray *parts, const WorkUnassigned *task,
    Arena *arena, AssignmentSuggestion *suggestion)
{
	g_autofree char *text = text_fold_vi(task->name);
	size_t best = 0;

	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);
		g_autofree char *name = text_fold_vi(part->name);
		int64_t leader = leader_today(book, part, today);

		if (leader == 0 || !has_words(name, NAME_WORDS_MIN) || strlen(name) <= best ||
		    strstr(text, name) == NULL)
			continue;
		best = strlen(name);
		*suggestion =
		    (AssignmentSuggestion){leader, arena_printf(arena, "nhiệm vụ nêu tên %s", part->name)};
	}
}

static void
suggest_by_duty(Arena *arena, const GPtrArray *tasks, const GArray *duties, AssignmentSuggestion *suggestions)
{
	g_autoptr(GArray) proposals = g_array_new(FALSE, FALSE, sizeof(LinkProposal));
	LinkItem *items = arena_array(arena, LinkItem, tasks->len + 1);

	for (guint i = 0; i < tasks->len; i++) {
		const WorkUnassigned *task = g_ptr_array_index(tasks, i);

		items[i] = (LinkItem){.item_no = task->task_no, .name = task->name, .more = "", .lead = ""};
	}
	link_propose(arena, items, tasks->len, (const LinkItem *)(const void *)duties->data, duties->len, 1,
	    proposals);
	for (guint i = 0; i < proposals->len; i++) {
		const LinkProposal *proposal = &g_array_index(proposals, LinkProposal, i);

		suggestions[proposal->a] =
		    (AssignmentSuggestion){g_array_index(duties, LinkItem, proposal->b).item_no,
			arena_printf(arena, "%s với trách nhiệm được giao", proposal->reason)};
	}
}

bool
assignment_suggest(const PlanScope *scope, const AgencyBook *book, int32_t today, const GPtrArray *tasks,
    Arena *arena, AssignmentSuggestion **ret_suggestions, GError **error)
{
	AssignmentSuggestion *suggestions = arena_array(arena, AssignmentSuggestion, tasks->len + 1);
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	g_autoptr(GArray) duties = g_array_new(FALSE, FALSE, sizeof(LinkItem));

	if (!agency_list(scope, arena, parts, error) ||
	    !list_duties(scope, book, today, arena, parts, duties, error))
		return false;
	suggest_by_duty(arena, tasks, duties, suggestions);
	for (guint i = 0; i < tasks->len; i++)
		suggest_by_name(book, today, parts, g_ptr_array_index(tasks, i), arena, &suggestions[i]);
	*ret_suggestions = suggestions;
	return true;
}
