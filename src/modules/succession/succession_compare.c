/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "compiler/diff/fields.h"
#include "compiler/diff/match.h"
#include "modules/agency/agency.h"
#include "modules/intake/intake_review.h"
#include "modules/succession/succession_internal.h"

#include <string.h>

void
succession_compare_free(SuccessionCompare *compare)
{
	if (compare == NULL)
		return;
	g_ptr_array_unref(compare->steps);
	g_ptr_array_unref(compare->old_rows);
	g_ptr_array_unref(compare->new_rows);
	g_ptr_array_unref(compare->lines);
	g_ptr_array_unref(compare->agencies_new);
	g_ptr_array_unref(compare->agencies_gone);
	intake_review_free(compare->review);
	g_free(compare);
}

/* What a comparison is worked out with. */
typedef struct Work {
	Arena *arena;
	SuccessionCompare *compare;
	UnitLexicon *lexicon;
} Work;

static const GPtrArray *
leads_of(const SuccessionRow *row)
{
	return row->what == PLAN_LINE_TASK ? ((const PlanTask *)row->item)->lead
					   : ((const PlanIndicator *)row->item)->lead;
}

static const GPtrArray *
coordinating_of(const SuccessionRow *row)
{
	return row->what == PLAN_LINE_TASK ? ((const PlanTask *)row->item)->coordinating
					   : ((const PlanIndicator *)row->item)->coordinating;
}

static const SuccessionRow *
find_old(const SuccessionCompare *compare, PlanLineWhat what, int64_t no)
{
	for (guint i = 0; i < compare->old_rows->len; i++) {
		const SuccessionRow *row = g_ptr_array_index(compare->old_rows, i);

		if (row->what == what && row->no == no)
			return row;
	}
	return NULL;
}

static const SuccessionRow *
find_new(const SuccessionCompare *compare, PlanLineWhat what, const char *key)
{
	for (guint i = 0; i < compare->new_rows->len; i++) {
		const SuccessionRow *row = g_ptr_array_index(compare->new_rows, i);

		if (row->what == what && strcmp(row->key, key) == 0)
			return row;
	}
	return NULL;
}

static void
take_fields(const Work *work, SuccessionLine *line)
{
	g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(PlanDiffField));
	FieldList list = {.arena = work->arena, .lexicon = work->lexicon, .fields = fields};
	PlanLineField *kept;

	fields_compare(&list, line->line.what == PLAN_LINE_TASK ? PLAN_DIFF_TASK : PLAN_DIFF_INDICATOR,
	    line->old_row->item, line->new_row->item);
	kept = arena_array(work->arena, PlanLineField, fields->len + 1);
	for (guint i = 0; i < fields->len; i++) {
		const PlanDiffField *field = &g_array_index(fields, PlanDiffField, i);

		kept[i] = (PlanLineField){field->key, field->title, field->year, field->from, field->to};
	}
	line->line.fields = kept;
	line->line.n_fields = fields->len;
	line->line.change = fields->len == 0   ? PLAN_LINE_SAME
			    : list.has_content ? PLAN_LINE_CHANGED
					       : PLAN_LINE_MOVED;
}

static SuccessionLine *
add_line(const Work *work, const SuccessionRow *old_row, const SuccessionRow *new_row)
{
	SuccessionLine *line = arena_new0(work->arena, SuccessionLine);

	line->old_row = old_row;
	line->new_row = new_row;
	line->line.what = new_row != NULL ? new_row->what : old_row->what;
	line->line.old_no = old_row != NULL ? old_row->no : 0;
	line->line.new_no = new_row != NULL ? new_row->no : 0;
	if (old_row != NULL && new_row != NULL)
		take_fields(work, line);
	else
		line->line.change = new_row != NULL ? PLAN_LINE_ADDED : PLAN_LINE_REMOVED;
	/* What is as it was needs nobody to look at it. */
	line->is_confirmed = line->line.change == PLAN_LINE_SAME;
	g_ptr_array_add(work->compare->lines, line);
	return line;
}

/* The last word of a person about a row. */
static const SuccessionStep *
find_step(const SuccessionCompare *compare, const SuccessionRow *old_row, const SuccessionRow *new_row)
{
	for (guint i = compare->steps->len; i > 0; i--) {
		const SuccessionStep *step = g_ptr_array_index(compare->steps, i - 1);
		PlanLineWhat what = new_row != NULL ? new_row->what : old_row->what;

		if (step->is_undone || step->kind != SUCCESSION_ACCEPT || step->what != what)
			continue;
		if ((new_row != NULL && strcmp(step->new_key, new_row->key) == 0) ||
		    (old_row != NULL && step->old_no == old_row->no))
			return step;
	}
	return NULL;
}

/* Whether the word still holds: of two that speak of one row, the later one does. */
static bool
holds(const SuccessionCompare *compare, const SuccessionStep *step)
{
	const SuccessionRow *old_row = step->old_no > 0 ? find_old(compare, step->what, step->old_no) : NULL;
	const SuccessionRow *new_row =
	    *step->new_key != '\0' ? find_new(compare, step->what, step->new_key) : NULL;

	if ((step->old_no > 0 && old_row == NULL) || (*step->new_key != '\0' && new_row == NULL))
		return false;
	return (old_row == NULL || find_step(compare, old_row, NULL) == step) &&
	       (new_row == NULL || find_step(compare, NULL, new_row) == step);
}

static bool
is_all_accepted(const SuccessionCompare *compare)
{
	for (guint i = 0; i < compare->steps->len; i++) {
		const SuccessionStep *step = g_ptr_array_index(compare->steps, i);

		if (!step->is_undone && step->kind == SUCCESSION_ACCEPT_ALL && step->seen == compare->seen)
			return true;
	}
	return false;
}

static MatchItem
match_item(const Work *work, const SuccessionRow *row)
{
	return (MatchItem){.text = row->name != NULL ? row->name : "",
	    .no = row->code,
	    .owner = fields_agencies(work->arena, leads_of(row)),
	    .partner = MATCH_NONE,
	    .kin = MATCH_NONE};
}

/* Rows of one kind about which nobody has said anything. */
static GPtrArray *
undecided(const Work *work, const GPtrArray *rows, PlanLineWhat what, bool is_new)
{
	GPtrArray *list = g_ptr_array_new();

	for (guint i = 0; i < rows->len; i++) {
		SuccessionRow *row = g_ptr_array_index(rows, i);
		const SuccessionStep *step;

		if (row->what != what)
			continue;
		step = is_new ? find_step(work->compare, NULL, row) : find_step(work->compare, row, NULL);
		if (step == NULL || !holds(work->compare, step))
			g_ptr_array_add(list, row);
	}
	return list;
}

static void
propose(const Work *work, PlanLineWhat what)
{
	g_autoptr(GPtrArray) from = undecided(work, work->compare->old_rows, what, false);
	g_autoptr(GPtrArray) to = undecided(work, work->compare->new_rows, what, true);
	MatchItem *old_items = arena_array(work->arena, MatchItem, from->len + 1);
	MatchItem *new_items = arena_array(work->arena, MatchItem, to->len + 1);
	bool is_all = is_all_accepted(work->compare);

	for (guint i = 0; i < from->len; i++)
		old_items[i] = match_item(work, g_ptr_array_index(from, i));
	for (guint i = 0; i < to->len; i++)
		new_items[i] = match_item(work, g_ptr_array_index(to, i));
	match_lists(work->lexicon, work->arena, old_items, from->len, new_items, to->len);
	for (guint i = 0; i < to->len; i++) {
		size_t partner = new_items[i].partner;
		SuccessionLine *line =
		    add_line(work, partner != MATCH_NONE ? g_ptr_array_index(from, partner) : NULL,
			g_ptr_array_index(to, i));

		line->alike_pct = new_items[i].alike_pct;
		line->is_confirmed = line->is_confirmed || is_all;
	}
	for (guint i = 0; i < from->len; i++)
		if (old_items[i].partner == MATCH_NONE &&
		    work->compare->succession.kind != PLAN_SUCCESSION_AMEND)
			add_line(work, g_ptr_array_index(from, i), NULL)->is_confirmed = is_all;
}

static void
take_steps(const Work *work)
{
	const SuccessionCompare *compare = work->compare;

	for (guint i = 0; i < compare->steps->len; i++) {
		const SuccessionStep *step = g_ptr_array_index(compare->steps, i);
		const SuccessionRow *old_row, *new_row;
		SuccessionLine *line;

		if (step->is_undone || step->kind != SUCCESSION_ACCEPT || !holds(compare, step))
			continue;
		old_row = step->old_no > 0 ? find_old(compare, step->what, step->old_no) : NULL;
		new_row = *step->new_key != '\0' ? find_new(compare, step->what, step->new_key) : NULL;
		line = add_line(work, old_row, new_row);
		line->is_confirmed = line->is_chosen = true;
		if (old_row != NULL && new_row != NULL) {
			UnitSet a = units_read(work->lexicon, work->arena, old_row->name);
			UnitSet b = units_read(work->lexicon, work->arena, new_row->name);

			line->alike_pct = units_same_pct(work->lexicon, &a, &b);
		}
	}
}

/* Indicators before tasks, in the order of the new plan; what is gone comes last. */
static gint
by_place(gconstpointer a, gconstpointer b)
{
	const SuccessionLine *x = *(const SuccessionLine *const *)a, *y = *(const SuccessionLine *const *)b;

	if (x->line.what != y->line.what)
		return x->line.what < y->line.what ? -1 : 1;
	if ((x->new_row == NULL) != (y->new_row == NULL))
		return x->new_row == NULL ? 1 : -1;
	if (x->new_row != NULL)
		return x->line.new_no < y->line.new_no ? -1 : 1;
	return x->line.old_no < y->line.old_no ? -1 : 1;
}

static void
collect_agencies(const GPtrArray *rows, Arena *arena, GHashTable *names)
{
	for (guint i = 0; i < rows->len; i++) {
		const SuccessionRow *row = g_ptr_array_index(rows, i);
		const char *texts[] = {
		    fields_agencies(arena, leads_of(row)), fields_agencies(arena, coordinating_of(row))};

		for (size_t t = 0; t < G_N_ELEMENTS(texts); t++) {
			g_auto(GStrv) parts = g_strsplit(texts[t], "; ", -1);

			for (char **part = parts; *part != NULL; part++)
				if (**part != '\0')
					g_hash_table_insert(names, agency_name_key(*part),
					    (gpointer)arena_strdup(arena, *part));
		}
	}
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
list_missing(GHashTable *names, GHashTable *others, GPtrArray *ret_names)
{
	GHashTableIter iter;
	gpointer key, name;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &key, &name))
		if (!g_hash_table_contains(others, key))
			g_ptr_array_add(ret_names, name);
	g_ptr_array_sort(ret_names, by_name);
}

static void
compare_agencies(const Work *work)
{
	g_autoptr(GHashTable) from = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) to = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	collect_agencies(work->compare->old_rows, work->arena, from);
	collect_agencies(work->compare->new_rows, work->arena, to);
	list_missing(to, from, work->compare->agencies_new);
	if (work->compare->succession.kind != PLAN_SUCCESSION_AMEND)
		list_missing(from, to, work->compare->agencies_gone);
}

static bool
read_sides(const SuccessionScope *scope, SuccessionCompare *compare, GError **error)
{
	const Succession *row = &compare->succession;
	const IntakeScope *intake = &scope->intake;
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	PlanScope from = {intake->db, intake->commune_id, row->old_plan_id};
	PlanScope to = {intake->db, intake->commune_id, row->new_plan_id};

	if (!plan_list(intake->db, intake->commune_id, scope->arena, plans, error) ||
	    !succession_rows_of_plan(&from, scope->arena, compare->old_rows, error))
		return false;
	compare->old_caption = plan_caption_text(scope->arena, plan_find_listed(plans, row->old_plan_id));
	if (row->new_plan_id != 0) {
		compare->new_caption =
		    plan_caption_text(scope->arena, plan_find_listed(plans, row->new_plan_id));
		return succession_rows_of_plan(&to, scope->arena, compare->new_rows, error);
	}
	if (!intake_review_open(intake, row->draft_id, &compare->review, error))
		return false;
	compare->seen = intake_review_draft(compare->review)->version;
	compare->new_caption = arena_strdup(scope->arena, intake_review_draft(compare->review)->caption);
	succession_rows_of_draft(intake_review_plan(compare->review), scope->arena, compare->new_rows);
	return true;
}

static void
count(SuccessionCompare *compare)
{
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);

		compare->n_by_change[line->line.change]++;
		compare->n_open += !line->is_confirmed;
	}
	for (guint i = 0; i < compare->steps->len; i++)
		compare->can_undo |=
		    !((const SuccessionStep *)g_ptr_array_index(compare->steps, i))->is_undone;
}

bool
succession_compare(
    const SuccessionScope *scope, int64_t succession_id, SuccessionCompare **ret_compare, GError **error)
{
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	g_autoptr(SuccessionCompare) compare = g_new0(SuccessionCompare, 1);
	const Work work = {scope->arena, compare, lexicon};

	compare->steps = g_ptr_array_new();
	compare->old_rows = g_ptr_array_new();
	compare->new_rows = g_ptr_array_new();
	compare->lines = g_ptr_array_new();
	compare->agencies_new = g_ptr_array_new();
	compare->agencies_gone = g_ptr_array_new();
	if (!succession_find(scope, succession_id, &compare->succession, error) ||
	    !succession_steps(scope, succession_id, compare->steps, error) ||
	    !read_sides(scope, compare, error))
		return false;
	take_steps(&work);
	propose(&work, PLAN_LINE_INDICATOR);
	propose(&work, PLAN_LINE_TASK);
	g_ptr_array_sort(compare->lines, by_place);
	compare_agencies(&work);
	count(compare);
	*ret_compare = g_steal_pointer(&compare);
	return true;
}

static gint
by_likeness(gconstpointer a, gconstpointer b)
{
	const SuccessionCandidate *x = a, *y = b;

	if (x->alike_pct != y->alike_pct)
		return x->alike_pct > y->alike_pct ? -1 : 1;
	return x->row->no < y->row->no ? -1 : 1;
}

static bool
is_taken(const SuccessionCompare *compare, const SuccessionRow *old_row, const SuccessionRow *new_row)
{
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);

		if (line->old_row == old_row)
			return line->new_row != NULL && line->new_row != new_row;
	}
	return false;
}

void
succession_candidates(const SuccessionCompare *compare, const SuccessionRow *row, GArray *ret_candidates)
{
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	g_autoptr(Arena) arena = arena_new();
	UnitSet wanted = units_read(lexicon, arena, row->name);

	for (guint i = 0; i < compare->old_rows->len; i++) {
		const SuccessionRow *old_row = g_ptr_array_index(compare->old_rows, i);
		SuccessionCandidate candidate = {.row = old_row};
		UnitSet set;

		if (old_row->what != row->what)
			continue;
		set = units_read(lexicon, arena, old_row->name);
		candidate.alike_pct = units_same_pct(lexicon, &wanted, &set);
		candidate.is_taken = is_taken(compare, old_row, row);
		g_array_append_val(ret_candidates, candidate);
	}
	g_array_sort(ret_candidates, by_likeness);
}
