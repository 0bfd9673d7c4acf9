/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "base/app-error.h"
#include "compiler/lex/quantity.h"

#include <string.h>

/* Takes "2030:" or "năm 2030:" off the front of a target; 0 where there is none. */
static int
take_year(const Folded *folded, size_t *at)
{
	size_t i = folded_skip_blanks(folded, *at, folded->len);
	int year = 0;

	if (folded_has_phrase(folded, i, "nam"))
		i = folded_skip_blanks(folded, i + strlen("nam"), folded->len);
	for (int digits = 0; digits < 4; digits++, i++) {
		if (i >= folded->len || !g_ascii_isdigit(folded->fold[i]))
			return 0;
		year = 10 * year + (folded->fold[i] - '0');
	}
	i = folded_skip_blanks(folded, i, folded->len);
	if (i >= folded->len || folded->fold[i] != ':' || year < 2000 || year > 2099)
		return 0;
	*at = i + 1;
	return year;
}

static bool
has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/* Adds the targets that one typed value holds, as a value cell is read. */
static bool
read_value(Plan *plan, const char *text, int year, GPtrArray *targets, GError **error)
{
	Folded folded = folded_new(plan->arena, text);
	Quantity quantity;
	PlanTarget *target;
	size_t at = 0;
	int typed_year = take_year(&folded, &at);
	char *raw = folded_cut(plan->arena, &folded, at, folded.len);

	year = typed_year != 0 ? typed_year : year;
	if (*raw == '\0')
		return true;
	if (quantity_read_cell(&folded, at, folded.len, &quantity) >= 0) {
		target = quantity_target(plan->arena, &folded, &quantity, year, (SourceSpan){0});
		target->raw = raw;
		g_ptr_array_add(targets, target);
		return true;
	}
	if (has_digit(raw) && folded_count_words(&folded, at, folded.len) < 2) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "không đọc được mục tiêu \"%s\"; hãy ghi như \"95%%\", \"≥ 80\", \"70-80%%\" hoặc "
		    "\"2030: 95%%\"",
		    text);
		return false;
	}
	target = arena_new0(plan->arena, PlanTarget);
	target->year = year;
	target->comparator = PLAN_COMPARATOR_TEXT;
	target->raw = raw;
	g_ptr_array_add(targets, target);
	return true;
}

/* The year that a target keeps where none is typed. */
static int
year_at(const Item *item, size_t position)
{
	if (position >= item->targets->len)
		return 0;
	return ((const PlanTarget *)g_ptr_array_index(item->targets, position))->year;
}

static bool
read_all(Plan *plan, const Item *item, const char *text, GPtrArray *targets, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, ";", -1);
	bool is_one = g_strv_length(parts) <= 1;

	for (guint i = 0; parts[i] != NULL; i++)
		if (!read_value(plan, parts[i], is_one ? year_at(item, 0) : 0, targets, error))
			return false;
	return true;
}

static void
set_unit(Plan *plan, const Item *item, const char *text)
{
	if (*item->unit == NULL && strchr(text, '%') != NULL)
		*item->unit = arena_strdup(plan->arena, "%");
}

/* What was typed stands where the row stands. */
static void
place_targets(const Item *item, const GPtrArray *targets)
{
	for (guint i = 0; i < targets->len; i++)
		((PlanTarget *)g_ptr_array_index(targets, i))->span = item->span;
}

bool
targets_set(Plan *plan, const Item *item, size_t position, const char *text, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	guint at = (guint)MIN(position, item->targets->len);

	if (position != SIZE_MAX && position > item->targets->len) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không còn mục tiêu này trong bản nháp; hãy tải lại trang");
		return false;
	}
	if (position == SIZE_MAX ? !read_all(plan, item, text, targets, error)
				 : !read_value(plan, text, year_at(item, position), targets, error))
		return false;
	place_targets(item, targets);
	if (position == SIZE_MAX)
		g_ptr_array_set_size(item->targets, 0);
	else if (at < item->targets->len)
		g_ptr_array_remove_index(item->targets, at);
	at = MIN(at, item->targets->len);
	for (guint i = 0; i < targets->len; i++)
		g_ptr_array_insert(item->targets, (gint)(at + i), g_ptr_array_index(targets, i));
	set_unit(plan, item, text);
	return true;
}
