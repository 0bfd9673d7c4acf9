/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/sequence.h"

#include <string.h>

#define DEEPEST 16

static SequenceRelation
relate_values(const Numbering *number, const SequenceStep *previous)
{
	int before = previous != NULL ? previous->number.value : 0;

	if (number->value == before)
		return SEQUENCE_REPEATED;
	if (number->value < before)
		return SEQUENCE_BACKWARD;
	return number->value == before + 1 ? SEQUENCE_FOLLOWS : SEQUENCE_GAP;
}

static void
set_previous(SequenceStep *step, const SequenceStep *previous)
{
	step->previous = previous;
	step->previous_value = previous != NULL ? previous->number.value : 0;
	step->relation = relate_values(&step->number, previous);
	if (previous == NULL || previous->number.style == step->number.style)
		return;
	step->relation = SEQUENCE_OTHER_STYLE;
}

/* The number's own prefix must be the number of the heading above: "2.1" under "2", also under "II.2". */
static bool
has_prefix_of(const SequenceStep *step, const SequenceStep *parent)
{
	size_t len = step->number.prefix_len;

	return len == 0 || (strlen(parent->no) == len && memcmp(step->no, parent->no, len) == 0);
}

static void
add_headings(const Plan *plan, GPtrArray *steps, Arena *arena)
{
	SequenceStep *last[DEEPEST] = {NULL}; /* by level: the last heading under the present parent */

	for (guint i = 0; i < plan->outline->len; i++) {
		const PlanSection *section = g_ptr_array_index(plan->outline, i);
		unsigned level = MIN(section->level, DEEPEST - 1);
		SequenceStep *step = arena_new0(arena, SequenceStep);

		for (unsigned deeper = level + 1; deeper < DEEPEST; deeper++)
			last[deeper] = NULL;
		*step = (SequenceStep){.kind = SEQUENCE_HEADING,
		    .no = section->no,
		    .level = section->level,
		    .span = section->span,
		    .number = numbering_read(section->no)};
		if (step->number.style == NUMBERING_NONE)
			continue;
		set_previous(step, last[level]);
		if (level > 1 && last[level - 1] != NULL && !has_prefix_of(step, last[level - 1]))
			step->parent = last[level - 1];
		last[level] = step;
		g_ptr_array_add(steps, step);
	}
}

/* What an annex has counted so far. A new Roman group lets the Arabic numbers start again. */
typedef struct Tracks {
	const SequenceStep *roman, *letter, *plain;
	GHashTable *dotted; /* prefix → SequenceStep */
	bool may_restart;
} Tracks;

static void
follow_dotted(Tracks *tracks, SequenceStep *step, Arena *arena)
{
	char *prefix = arena_strndup(arena, step->no, step->number.prefix_len);
	const SequenceStep *previous = g_hash_table_lookup(tracks->dotted, prefix);

	set_previous(step, previous);
	if (tracks->plain != NULL && tracks->plain->kind == SEQUENCE_GROUP && strchr(prefix, '.') == NULL &&
	    !has_prefix_of(step, tracks->plain))
		step->parent = tracks->plain;
	g_hash_table_insert(tracks->dotted, prefix, step);
}

static void
follow(Tracks *tracks, SequenceStep *step, Arena *arena)
{
	const SequenceStep **track = step->number.style == NUMBERING_ROMAN    ? &tracks->roman
				     : step->number.style == NUMBERING_LETTER ? &tracks->letter
									      : &tracks->plain;

	if (step->number.prefix_len > 0) {
		follow_dotted(tracks, step, arena);
		return;
	}
	set_previous(step, *track);
	if (track != &tracks->roman && step->number.value == 1 && tracks->may_restart) {
		set_previous(step, NULL);
		g_hash_table_remove_all(tracks->dotted);
	}
	if (track == &tracks->plain)
		tracks->letter = NULL;
	tracks->may_restart = track == &tracks->roman;
	*track = step;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
	const SequenceStep *left = *(SequenceStep *const *)a, *right = *(SequenceStep *const *)b;

	if (left->span.line != right->span.line)
		return left->span.line < right->span.line ? -1 : 1;
	if (left->span.offset != right->span.offset)
		return left->span.offset < right->span.offset ? -1 : 1;
	return (int)left->kind - (int)right->kind;
}

static void
add_step(GPtrArray *steps, Arena *arena, SequenceStep source)
{
	SequenceStep *step;

	source.number = numbering_read(source.no);
	if (source.number.style == NUMBERING_NONE)
		return;
	step = arena_new0(arena, SequenceStep);
	*step = source;
	g_ptr_array_add(steps, step);
}

static void
add_annex(const LintContext *lint, const PlanAnnex *annex, const GPtrArray *rows, GPtrArray *steps)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();
	g_autoptr(GHashTable) dotted = g_hash_table_new(g_str_hash, g_str_equal);
	Tracks tracks = {.dotted = dotted};

	for (guint g = 0; g < annex->groups->len; g++) {
		const PlanGroup *group = g_ptr_array_index(annex->groups, g);

		add_step(own, lint->scratch,
		    (SequenceStep){.kind = SEQUENCE_GROUP,
			.no = group->no,
			.level = group->level,
			.annex = annex,
			.span = group->span});
	}
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const LintItem *item = g_ptr_array_index(rows, i);

		add_step(own, lint->scratch,
		    (SequenceStep){.kind = SEQUENCE_ROW, .no = item->no, .annex = annex, .span = item->span});
	}
	g_ptr_array_sort(own, compare_places);
	for (guint i = 0; i < own->len; i++) {
		follow(&tracks, own->pdata[i], lint->scratch);
		g_ptr_array_add(steps, own->pdata[i]);
	}
}

/* The rows of each annex, of const LintItem *. */
static GHashTable *
rows_by_annex(const LintContext *lint)
{
	GHashTable *rows = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);

	for (size_t i = 0; i < lint->n_items; i++) {
		const PlanAnnex *annex = lint->items[i].annex;
		GPtrArray *own;

		if (annex == NULL)
			continue;
		own = g_hash_table_lookup(rows, annex);
		if (own == NULL) {
			own = g_ptr_array_new();
			g_hash_table_insert(rows, (gpointer)(uintptr_t)annex, own);
		}
		g_ptr_array_add(own, &lint->items[i]);
	}
	return rows;
}

const SequenceStep *
sequence_steps(LintContext *lint, size_t *ret_n)
{
	g_autoptr(GHashTable) rows = NULL;
	g_autoptr(GPtrArray) steps = NULL;
	SequenceStep *copy;

	if (lint->steps == NULL) {
		rows = rows_by_annex(lint);
		steps = g_ptr_array_new();
		add_headings(lint->plan, steps, lint->scratch);
		for (guint a = 0; a < lint->plan->annexes->len; a++) {
			const PlanAnnex *annex = g_ptr_array_index(lint->plan->annexes, a);

			add_annex(lint, annex, g_hash_table_lookup(rows, annex), steps);
		}
		copy = arena_array(lint->scratch, SequenceStep, steps->len + 1);
		for (guint i = 0; i < steps->len; i++)
			copy[i] = *(const SequenceStep *)steps->pdata[i];
		lint->steps = copy;
		lint->n_steps = steps->len;
	}
	*ret_n = lint->n_steps;
	return lint->steps;
}
