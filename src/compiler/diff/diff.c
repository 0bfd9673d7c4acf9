/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/diff/diff.h"

#include "compiler/diff/fields.h"
#include "compiler/diff/match.h"

#include <string.h>

/* One list of a plan, and how to read it. */
typedef struct Kind {
	PlanDiffWhat what;
	GPtrArray *(*list)(const Plan *plan);
	MatchItem (*item)(const void *row, Arena *arena);
} Kind;

static GPtrArray *
list_indicators(const Plan *plan)
{
	return plan->indicators;
}

static GPtrArray *
list_tasks(const Plan *plan)
{
	return plan->tasks;
}

static GPtrArray *
list_prose(const Plan *plan)
{
	return plan->body_tasks;
}

static GPtrArray *
list_duties(const Plan *plan)
{
	return plan->duties;
}

static GPtrArray *
list_reporting(const Plan *plan)
{
	return plan->reporting;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static MatchItem
item_of_indicator(const void *row, Arena *arena)
{
	const PlanIndicator *indicator = row;

	return (MatchItem){.text = or_empty(indicator->name),
	    .no = indicator->no,
	    .owner = fields_agencies(arena, indicator->lead),
	    .span = indicator->span};
}

static MatchItem
item_of_task(const void *row, Arena *arena)
{
	const PlanTask *task = row;

	return (MatchItem){.text = or_empty(task->name),
	    .no = task->no,
	    .owner = fields_agencies(arena, task->lead),
	    .span = task->span};
}

static MatchItem
item_of_prose(const void *row, Arena *arena)
{
	const PlanProse *prose = row;

	(void)arena;
	return (MatchItem){.text = or_empty(prose->text), .no = prose->section, .span = prose->span};
}

static MatchItem
item_of_duty(const void *row, Arena *arena)
{
	const PlanDuty *duty = row;

	(void)arena;
	return (MatchItem){.text = or_empty(duty->text),
	    .no = duty->section,
	    .owner = duty->agency.printed,
	    .span = duty->span};
}

static MatchItem
item_of_reporting(const void *row, Arena *arena)
{
	const PlanReporting *rule = row;

	return (MatchItem){.text = arena_printf(arena, "%s %s %s", or_empty(rule->from), or_empty(rule->to),
			       or_empty(rule->raw)),
	    .no = plan_period_name(rule->cadence),
	    .span = rule->span};
}

static const Kind KINDS[] = {
    {PLAN_DIFF_INDICATOR, list_indicators, item_of_indicator},
    {PLAN_DIFF_TASK, list_tasks, item_of_task},
    {PLAN_DIFF_PROSE, list_prose, item_of_prose},
    {PLAN_DIFF_DUTY, list_duties, item_of_duty},
    {PLAN_DIFF_REPORTING, list_reporting, item_of_reporting},
};

/* The comparison of one kind of thing. */
typedef struct Side {
	GPtrArray *rows;
	MatchItem *items;
} Side;

typedef struct Work {
	PlanDiff *diff;
	UnitLexicon *lexicon;
	Arena *scratch;
	const Kind *kind;
	Side from, to;
} Work;

static PlanDiffItem *
add_item(PlanDiff *diff, PlanDiffKind kind, PlanDiffWhat what, const char *label)
{
	PlanDiffItem *item = arena_new0(diff->arena, PlanDiffItem);

	item->kind = kind;
	item->what = what;
	item->label = arena_strdup(diff->arena, label);
	g_ptr_array_add(diff->items, item);
	diff->n_by_kind[kind]++;
	return item;
}

static void
keep_fields(PlanDiffItem *item, const FieldList *list)
{
	item->n_fields = list->fields->len;
	item->fields = arena_array(list->arena, PlanDiffField, list->fields->len + 1);
	if (list->fields->len > 0)
		memcpy(item->fields, list->fields->data, list->fields->len * sizeof(PlanDiffField));
}

static const char *
row_label(const Work *work, const Side *side, size_t i)
{
	if (work->kind->what == PLAN_DIFF_REPORTING)
		return or_empty(((const PlanReporting *)side->rows->pdata[i])->raw);
	return side->items[i].text;
}

/* The number of a row; reporting rules have none, their period only breaks ties. */
static const char *
row_no(const Work *work, const Side *side, size_t i)
{
	return work->kind->what == PLAN_DIFF_REPORTING ? NULL
						       : arena_strdup(work->diff->arena, side->items[i].no);
}

static void
report_pair(Work *work, size_t i, size_t j)
{
	g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(PlanDiffField));
	FieldList list = {.arena = work->diff->arena, .lexicon = work->lexicon, .fields = fields};
	PlanDiffItem *item;

	fields_compare(&list, work->kind->what, work->from.rows->pdata[i], work->to.rows->pdata[j]);
	if (fields->len == 0)
		return;
	item = add_item(work->diff, list.has_content ? PLAN_DIFF_CHANGED : PLAN_DIFF_RENUMBERED,
	    work->kind->what, row_label(work, &work->to, j));
	item->old_no = row_no(work, &work->from, i);
	item->new_no = row_no(work, &work->to, j);
	item->old_span = work->from.items[i].span;
	item->new_span = work->to.items[j].span;
	item->alike_pct = work->to.items[j].alike_pct;
	keep_fields(item, &list);
}

static void
report_single(Work *work, const Side *side, const Side *other, size_t i, bool is_new)
{
	PlanDiffItem *item = add_item(work->diff, is_new ? PLAN_DIFF_ADDED : PLAN_DIFF_REMOVED,
	    work->kind->what, row_label(work, side, i));
	const char *no = row_no(work, side, i);
	SourceSpan span = side->items[i].span;

	*(is_new ? &item->new_no : &item->old_no) = no;
	*(is_new ? &item->new_span : &item->old_span) = span;
	if (side->items[i].kin != MATCH_NONE)
		item->origin = arena_strdup(work->diff->arena, row_label(work, other, side->items[i].kin));
}

static Side
read_side(const Work *work, const Plan *plan)
{
	Side side = {.rows = work->kind->list(plan)};

	side.items = arena_array(work->scratch, MatchItem, side.rows->len + 1);
	for (guint i = 0; i < side.rows->len; i++)
		side.items[i] = work->kind->item(side.rows->pdata[i], work->scratch);
	return side;
}

static void
compare_kind(Work *work, const Plan *old_plan, const Plan *new_plan)
{
	work->from = read_side(work, old_plan);
	work->to = read_side(work, new_plan);
	match_lists(work->lexicon, work->scratch, work->from.items, work->from.rows->len, work->to.items,
	    work->to.rows->len);
	for (guint j = 0; j < work->to.rows->len; j++) {
		if (work->to.items[j].partner != MATCH_NONE)
			report_pair(work, work->to.items[j].partner, j);
		else
			report_single(work, &work->to, &work->from, j, true);
	}
	for (guint i = 0; i < work->from.rows->len; i++)
		if (work->from.items[i].partner == MATCH_NONE)
			report_single(work, &work->from, &work->to, i, false);
}

static const PlanCitation *
find_citation(const GPtrArray *list, const PlanCitation *wanted)
{
	for (guint i = 0; i < list->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(list, i);

		if (g_strcmp0(citation->number, wanted->number) == 0 &&
		    g_strcmp0(citation->type, wanted->type) == 0)
			return citation;
	}
	return NULL;
}

/* Documents that the basis gains or loses. */
static void
compare_basis(PlanDiff *diff, const GPtrArray *from, const GPtrArray *to, bool is_new)
{
	for (guint i = 0; i < to->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(to, i);
		g_autofree char *label =
		    g_strdup_printf("Căn cứ: %s %s", or_empty(citation->type), or_empty(citation->number));
		PlanDiffItem *item;

		if (find_citation(from, citation) != NULL)
			continue;
		item =
		    add_item(diff, is_new ? PLAN_DIFF_ADDED : PLAN_DIFF_REMOVED, PLAN_DIFF_DOCUMENT, label);
		*(is_new ? &item->new_span : &item->old_span) = citation->span;
	}
}

static void
compare_documents(Work *work, const Plan *old_plan, const Plan *new_plan)
{
	g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(PlanDiffField));
	FieldList list = {.arena = work->diff->arena, .lexicon = work->lexicon, .fields = fields};
	PlanDiffItem *item;

	fields_compare(&list, PLAN_DIFF_DOCUMENT, &old_plan->document, &new_plan->document);
	if (fields->len > 0) {
		item = add_item(work->diff, PLAN_DIFF_CHANGED, PLAN_DIFF_DOCUMENT, "Thể thức văn bản");
		item->old_span = old_plan->document.title_span;
		item->new_span = new_plan->document.title_span;
		keep_fields(item, &list);
	}
	compare_basis(work->diff, old_plan->document.legal_basis, new_plan->document.legal_basis, true);
	compare_basis(work->diff, new_plan->document.legal_basis, old_plan->document.legal_basis, false);
}

PlanDiff *
plan_diff(const Plan *old_plan, const Plan *new_plan)
{
	g_autoptr(Arena) scratch = arena_new();
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	PlanDiff *diff = g_new0(PlanDiff, 1);
	Work work = {.diff = diff, .lexicon = lexicon, .scratch = scratch};

	diff->arena = arena_new();
	diff->items = g_ptr_array_new();
	compare_documents(&work, old_plan, new_plan);
	for (size_t k = 0; k < G_N_ELEMENTS(KINDS); k++) {
		work.kind = &KINDS[k];
		compare_kind(&work, old_plan, new_plan);
	}
	return diff;
}

void
plan_diff_free(PlanDiff *diff)
{
	if (diff == NULL)
		return;
	g_ptr_array_unref(diff->items);
	arena_free(diff->arena);
	g_free(diff);
}

const char *
plan_diff_kind_name(PlanDiffKind kind)
{
	static const char *const NAMES[PLAN_DIFF_KIND_MAX] = {
	    [PLAN_DIFF_ADDED] = "added",
	    [PLAN_DIFF_REMOVED] = "removed",
	    [PLAN_DIFF_CHANGED] = "changed",
	    [PLAN_DIFF_RENUMBERED] = "renumbered",
	};

	return NAMES[kind];
}

const char *
plan_diff_what_name(PlanDiffWhat what)
{
	static const char *const NAMES[PLAN_DIFF_WHAT_MAX] = {
	    [PLAN_DIFF_DOCUMENT] = "document",
	    [PLAN_DIFF_INDICATOR] = "indicator",
	    [PLAN_DIFF_TASK] = "task",
	    [PLAN_DIFF_PROSE] = "body_task",
	    [PLAN_DIFF_DUTY] = "duty",
	    [PLAN_DIFF_REPORTING] = "reporting",
	};

	return NAMES[what];
}

const char *
plan_diff_what_title(PlanDiffWhat what)
{
	static const char *const TITLES[PLAN_DIFF_WHAT_MAX] = {
	    [PLAN_DIFF_DOCUMENT] = "văn bản",
	    [PLAN_DIFF_INDICATOR] = "chỉ tiêu",
	    [PLAN_DIFF_TASK] = "nhiệm vụ",
	    [PLAN_DIFF_PROSE] = "nội dung",
	    [PLAN_DIFF_DUTY] = "trách nhiệm",
	    [PLAN_DIFF_REPORTING] = "chế độ báo cáo",
	};

	return TITLES[what];
}
