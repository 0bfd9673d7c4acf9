/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/unit_rows.h"

#include "base/text.h"
#include "modules/plan/plan.h"

#include <string.h>

#define DEPTH_MAX 16
#define NO_KIND 999 /* behind those whose kind is known */

static bool
fits_filter(const UnitRow *row, UnitFilter filter)
{
	bool lives = row->unit->same_as == 0 && !row->at->is_ended;

	switch (filter) {
	case UNIT_LIVING:
		return lives;
	case UNIT_UNCONFIRMED:
		return lives && row->at->version_no == 0;
	case UNIT_ENDED:
		return row->at->is_ended;
	case UNIT_ALL:
	case UNIT_FILTER_MAX:
	default:
		return true;
	}
}

static bool
fits_search(const UnitRow *row, const char *search)
{
	g_autofree char *text = NULL, *folded = NULL;

	if (*search == '\0')
		return true;
	text = g_strjoin(" ", row->at->name, row->at->short_name, row->at->code, row->unit->printed, NULL);
	folded = text_fold_vi(text);
	return strstr(folded, search) != NULL;
}

/* Below its parent, by kind, by name. */
static char *
make_key(const AgencyBook *book, const AgencyVersion *at, int32_t day, int depth, int *ret_depth)
{
	const AgencyUnit *parent = agency_find(book, at->parent_id);
	const AgencyVersion *above = parent != NULL ? agency_at(parent, day) : NULL;
	const AgencyKind *kind = agency_kind_find(book, at->kind);
	g_autofree char *name = text_sort_key_vi(at->name), *before = NULL;

	*ret_depth = 0;
	if (above != NULL && depth < DEPTH_MAX) {
		before = make_key(book, above, day, depth + 1, ret_depth);
		++*ret_depth;
	}
	return g_strdup_printf(
	    "%s%03d%s\001", before != NULL ? before : "", kind != NULL ? (int)kind->position : NO_KIND, name);
}

static UnitRow
make_row(const AgencyBook *book, const AgencyUnit *unit, const AgencyVersion *at, const UnitQuery *query)
{
	const AgencyKind *kind = agency_kind_find(book, at->kind);
	UnitRow row = {.unit = unit,
	    .at = at,
	    .kind_name = kind != NULL ? kind->name : "",
	    .parent_name = at->parent_id != 0 ? agency_name_at(book, at->parent_id, query->day) : "",
	    .now = agency_now_text(book, unit->agency_id, query->day)};
	g_autofree char *key = make_key(book, at, query->day, 0, &row.depth);

	if (*query->search != '\0' || query->filter == UNIT_ENDED || query->filter == UNIT_UNCONFIRMED)
		row.depth = 0;
	row.sort_key = arena_strdup(book->arena, key);
	return row;
}

static gint
compare_rows(gconstpointer a, gconstpointer b)
{
	return strcmp(((const UnitRow *)a)->sort_key, ((const UnitRow *)b)->sort_key);
}

static void
select_rows(const UnitQuery *query, UnitRows *out)
{
	const AgencyBook *book = &out->book;
	size_t n = 0;

	out->rows = arena_array(book->arena, UnitRow, book->n_units + 1);
	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyUnit *unit = &book->units[i];
		const AgencyVersion *at = agency_at(unit, query->day);
		UnitRow row;

		if (at == NULL || unit->is_withdrawn)
			continue;
		row = make_row(book, unit, at, query);
		out->n_unconfirmed += fits_filter(&row, UNIT_UNCONFIRMED);
		if (fits_filter(&row, query->filter) && fits_search(&row, query->search) &&
		    (*query->kind == '\0' || strcmp(query->kind, at->kind) == 0))
			out->rows[n++] = row;
	}
	out->n_rows = n;
	qsort(out->rows, n, sizeof(UnitRow), compare_rows);
}

/* For each entry, which rows it is on the day: what is counted for it counts there. */
typedef void (*CountRow)(UnitRow *row, const void *what);

static void
count_for(UnitRows *out, int64_t agency_id, int32_t day, CountRow count, const void *what)
{
	g_autoptr(GArray) now = agency_successors(&out->book, agency_id, day);

	for (size_t i = 0; i < out->n_rows; i++)
		for (guint j = 0; j < now->len; j++)
			if (out->rows[i].unit->agency_id == g_array_index(now, int64_t, j))
				count(&out->rows[i], what);
}

static void
count_post(UnitRow *row, const void *what)
{
	const IdentityPost *post = what;

	row->n_people++;
	if (post->rank == IDENTITY_HEAD && (row->head == NULL || (post->is_main && !row->head->is_main)))
		row->head = post;
}

static void
count_part(UnitRow *row, const void *what)
{
	const AgencyPlanPart *part = what;

	row->lead_tasks += part->lead_tasks;
	row->coordinating_tasks += part->coordinating_tasks;
	row->lead_indicators += part->lead_indicators;
}

static bool
is_current(const GPtrArray *plans, int64_t plan_id)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id)
			return plan->is_current;
	}
	return false;
}

static bool
count_all(const HttpRequest *request, const UnitQuery *query, UnitRows *out, GError **error)
{
	const AppContext *context = app_context(request);
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(AgencyPlanPart));

	if (!identity_posts_on(&scope, query->day, posts, error) ||
	    !plan_list(context->db, context->commune_id, request->arena, plans, error) ||
	    !agency_list_all_parts(context->db, context->commune_id, parts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);

		count_for(out, post->agency_id, query->day, count_post, post);
	}
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPlanPart *part = &g_array_index(parts, AgencyPlanPart, i);

		if (is_current(plans, part->plan_id))
			count_for(out, part->agency_id, query->day, count_part, part);
	}
	return true;
}

bool
unit_rows_read(
    const HttpRequest *request, const UnitQuery *query, bool is_plain, UnitRows *ret_rows, GError **error)
{
	const AppContext *context = app_context(request);

	*ret_rows = (UnitRows){0};
	if (!agency_book_read(context->db, context->commune_id, request->arena, &ret_rows->book, error))
		return false;
	select_rows(query, ret_rows);
	return is_plain || count_all(request, query, ret_rows, error);
}
