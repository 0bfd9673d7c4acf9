/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/review_rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct Listing {
	Arena *arena;
	int64_t draft_id;
	const Plan *plan;
	GArray *rows; /* of OrderedRow */
	size_t key;   /* of the last row of the array that is walked */
} Listing;

/* Rows that stand nowhere in the document, because a person added them, follow the one before them. */
typedef struct OrderedRow {
	ReviewRow row;
	size_t key, sequence;
} OrderedRow;

const char *
review_url(Arena *arena, int64_t draft_id, const char *item, const char *field, int64_t position)
{
	g_autofree char *encoded = g_uri_escape_string(item, ":", FALSE);
	const char *url = arena_printf(arena, REVIEW_PATH "/%" G_GINT64_FORMAT "?muc=%s", draft_id, encoded);

	if (field != NULL)
		url = arena_printf(arena, "%s&truong=%s", url, field);
	return position >= 0 ? arena_printf(arena, "%s&vi-tri=%" G_GINT64_FORMAT, url, position) : url;
}

const char *
review_doubt_url(Arena *arena, int64_t draft_id, const PlanDoubt *doubt)
{
	const char *field = NULL;

	if (doubt->kind == PLAN_DOUBT_DOCUMENT)
		field = plan_document_field_name(doubt->document_field);
	else if (doubt->kind == PLAN_DOUBT_FIELD)
		field = plan_field_name(doubt->field);
	return review_url(
	    arena, draft_id, doubt->item != NULL ? doubt->item : REVIEW_DOCUMENT_ITEM, field, -1);
}

static void
add_row(Listing *listing, ReviewRow row)
{
	OrderedRow ordered = {.row = row, .sequence = listing->rows->len};

	if (row.id == NULL)
		return;
	if (row.span.line != 0)
		listing->key = row.span.offset;
	ordered.key = listing->key;
	ordered.row.url = review_url(listing->arena, listing->draft_id, row.id, NULL, -1);
	g_array_append_val(listing->rows, ordered);
}

static const char *
join_facts(Listing *listing, const char *id, const PlanField *fields, size_t n)
{
	const char *facts = "";

	for (size_t i = 0; i < n; i++) {
		const char *text = plan_field_text(listing->plan, id, fields[i], listing->arena);

		if (text != NULL && *text != '\0')
			facts = *facts != '\0' ? arena_printf(listing->arena, "%s · %s", facts, text) : text;
	}
	return facts;
}

static void
add_indicators(Listing *listing)
{
	static const PlanField FACTS[] = {PLAN_FIELD_TARGETS, PLAN_FIELD_LEAD};

	listing->key = 0;
	for (guint i = 0; i < listing->plan->indicators->len; i++) {
		const PlanIndicator *item = g_ptr_array_index(listing->plan->indicators, i);

		add_row(listing, (ReviewRow){.kind = REVIEW_ROW_INDICATOR,
				     .id = item->id,
				     .no = item->no,
				     .name = item->name,
				     .facts = join_facts(listing, item->id, FACTS, G_N_ELEMENTS(FACTS)),
				     .span = item->span});
	}
}

static void
add_tasks(Listing *listing)
{
	static const PlanField FACTS[] = {PLAN_FIELD_LEAD, PLAN_FIELD_DEADLINE};

	listing->key = 0;
	for (guint i = 0; i < listing->plan->tasks->len; i++) {
		const PlanTask *item = g_ptr_array_index(listing->plan->tasks, i);

		add_row(listing, (ReviewRow){.kind = REVIEW_ROW_TASK,
				     .id = item->id,
				     .no = item->no,
				     .name = item->name,
				     .facts = join_facts(listing, item->id, FACTS, G_N_ELEMENTS(FACTS)),
				     .span = item->span});
	}
}

static void
add_groups(Listing *listing)
{
	for (guint i = 0; i < listing->plan->annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(listing->plan->annexes, i);

		listing->key = annex->span.offset;
		for (guint g = 0; g < annex->groups->len; g++) {
			const PlanGroup *group = g_ptr_array_index(annex->groups, g);

			add_row(listing, (ReviewRow){.kind = REVIEW_ROW_GROUP,
					     .id = group->id,
					     .no = group->no,
					     .name = group->title,
					     .facts = "",
					     .span = group->span});
		}
	}
}

static int
compare_rows(const void *a, const void *b)
{
	const OrderedRow *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->sequence < y->sequence ? -1 : 1;
}

size_t
review_rows_find(const ReviewRow *rows, size_t n_rows, const char *id)
{
	size_t i = 0;

	while (i < n_rows && strcmp(rows[i].id, id) != 0)
		i++;
	return i;
}

size_t
review_rows_of_doubt(const ReviewRow *rows, size_t n_rows, const PlanDoubt *doubt)
{
	return review_rows_find(rows, n_rows, doubt->item != NULL ? doubt->item : REVIEW_DOCUMENT_ITEM);
}

ReviewRow *
review_rows_make(Arena *arena, int64_t draft_id, const Plan *plan, const GPtrArray *doubts, size_t *ret_n)
{
	g_autoptr(GArray) ordered = g_array_new(FALSE, FALSE, sizeof(OrderedRow));
	Listing listing = {arena, draft_id, plan, ordered, 0};
	ReviewRow *rows;
	size_t n;

	add_groups(&listing);
	add_indicators(&listing);
	add_tasks(&listing);
	g_array_sort(ordered, compare_rows);
	n = ordered->len + 1;
	rows = arena_array(arena, ReviewRow, n);
	rows[0] = (ReviewRow){.kind = REVIEW_ROW_DOCUMENT,
	    .id = REVIEW_DOCUMENT_ITEM,
	    .name = plan->document.title != NULL ? plan->document.title : "Chưa đọc được tên văn bản",
	    .facts = plan->document.number != NULL ? plan->document.number : "",
	    .url = review_url(arena, draft_id, REVIEW_DOCUMENT_ITEM, NULL, -1),
	    .span = plan->document.title_span};
	for (size_t i = 1; i < n; i++)
		rows[i] = g_array_index(ordered, OrderedRow, i - 1).row;
	for (guint i = 0; i < doubts->len; i++) {
		size_t at = review_rows_of_doubt(rows, n, g_ptr_array_index(doubts, i));

		if (at < n)
			rows[at].n_doubts++;
	}
	*ret_n = n;
	return rows;
}
