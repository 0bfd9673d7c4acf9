/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "http/query.h"
#include "modules/succession/pages/compare.html.h"
#include "modules/succession/succession_pages.h"

#include <string.h>

#define LIKELY_MAX 8

const char *const SUCCESSION_SHOW_WORDS[SUCCESSION_SHOW_MAX + 1] = {
    "can-xem", "chua-xac-nhan", "thay-doi", "moi", "khong-con", "doi-vi-tri", "giu-nguyen", "tat-ca", NULL};

static const char *const SHOW_TITLES[SUCCESSION_SHOW_MAX] = {
    "Cần xem", "Chưa xác nhận", "Thay đổi", "Mới", "Không còn", "Đổi vị trí", "Giữ nguyên", "Tất cả"};

enum { KEY_SHOW, KEY_PAGE, KEY_CHOOSE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_SHOW] = {"loc", "Lọc", http_valid_word, .words = SUCCESSION_SHOW_WORDS},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = 100000},
    [KEY_CHOOSE] = {"chon", "Chọn dòng", http_valid_text, .max = 200},
};

static bool
is_shown(const SuccessionLine *line, SuccessionShow show)
{
	switch (show) {
	case SUCCESSION_SHOW_TO_SEE:
		return line->line.change != PLAN_LINE_SAME;
	case SUCCESSION_SHOW_OPEN:
		return !line->is_confirmed;
	case SUCCESSION_SHOW_CHANGED:
		return line->line.change == PLAN_LINE_CHANGED;
	case SUCCESSION_SHOW_ADDED:
		return line->line.change == PLAN_LINE_ADDED;
	case SUCCESSION_SHOW_REMOVED:
		return line->line.change == PLAN_LINE_REMOVED;
	case SUCCESSION_SHOW_MOVED:
		return line->line.change == PLAN_LINE_MOVED;
	case SUCCESSION_SHOW_SAME:
		return line->line.change == PLAN_LINE_SAME;
	case SUCCESSION_SHOW_ALL:
	case SUCCESSION_SHOW_MAX:
		break;
	}
	return true;
}

static const char *
link_of(const SuccessionView *view, Arena *arena, const char *show, int64_t page_no)
{
	return page_no > 1
		   ? arena_printf(arena, "%s?loc=%s&trang=%" G_GINT64_FORMAT, view->url, show, page_no)
		   : arena_printf(arena, "%s?loc=%s", view->url, show);
}

/* The lines of one page of one choice. */
static void
fill_lines(SuccessionView *view, SuccessionShow show, int64_t page_no, Arena *arena)
{
	const GPtrArray *all = view->compare->lines;
	const SuccessionLine **lines = arena_array(arena, const SuccessionLine *, SUCCESSION_PAGE_LINES + 1);
	int64_t first = (page_no - 1) * SUCCESSION_PAGE_LINES, n = 0, last_page;

	for (int s = 0; s < SUCCESSION_SHOW_MAX; s++)
		view->tabs[s] = (SuccessionTab){.title = SHOW_TITLES[s],
		    .url = link_of(view, arena, SUCCESSION_SHOW_WORDS[s], 1),
		    .is_current = s == (int)show};
	for (guint i = 0; i < all->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(all, i);

		for (int s = 0; s < SUCCESSION_SHOW_MAX; s++)
			view->tabs[s].count += is_shown(line, (SuccessionShow)s);
		if (!is_shown(line, show))
			continue;
		if (n >= first && n < first + SUCCESSION_PAGE_LINES)
			lines[view->n_lines++] = line;
		n++;
	}
	last_page = MAX(1, (n + SUCCESSION_PAGE_LINES - 1) / SUCCESSION_PAGE_LINES);
	view->lines = lines;
	view->pager = (PartPager){.noun = "dòng",
	    .first = view->n_lines > 0 ? first + 1 : 0,
	    .last = first + (int64_t)view->n_lines,
	    .total = n,
	    .first_url = page_no > 1 ? link_of(view, arena, view->show_word, 1) : NULL,
	    .previous_url = page_no > 1 ? link_of(view, arena, view->show_word, page_no - 1) : NULL,
	    .next_url = page_no < last_page ? link_of(view, arena, view->show_word, page_no + 1) : NULL,
	    .last_url = page_no < last_page ? link_of(view, arena, view->show_word, last_page) : NULL};
}

/* "nv:annex2:5.10": the kind of the row and its mark. */
static const SuccessionLine *
find_chosen(const SuccessionCompare *compare, const char *key)
{
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);
		const char *kind = line->line.what == PLAN_LINE_TASK ? "nv:" : "ct:";

		if (line->new_row != NULL && g_str_has_prefix(key, kind) &&
		    strcmp(key + strlen(kind), line->new_row->key) == 0)
			return line;
	}
	return NULL;
}

static void
fill_candidates(SuccessionView *view, const char *key, GArray *candidates)
{
	view->choosing = key != NULL ? find_chosen(view->compare, key) : NULL;
	if (view->choosing == NULL)
		return;
	succession_candidates(view->compare, view->choosing->new_row, candidates);
	view->candidates = (const SuccessionCandidate *)(void *)candidates->data;
	view->n_candidates = candidates->len;
	while (view->n_likely < MIN(candidates->len, LIKELY_MAX) &&
	       view->candidates[view->n_likely].alike_pct > 0)
		view->n_likely++;
}

static const char *
join(const GPtrArray *names, Arena *arena)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? "; " : "", (const char *)g_ptr_array_index(names, i));
	return arena_strdup(arena, out->str);
}

static void
fill_words(const HttpRequest *request, SuccessionView *view)
{
	const Succession *row = &view->compare->succession;
	Arena *arena = request->arena;

	view->url = arena_printf(arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, row->succession_id);
	view->csv_url = arena_printf(arena, "%s.csv", view->url);
	view->json_url = arena_printf(arena, "%s.json", view->url);
	view->from = date_text_vi(arena, row->from_day);
	view->begun = arena_printf(arena, "%s bắt đầu %s", row->name, succession_instant(arena, row->at_us));
	view->agencies_new = join(view->compare->agencies_new, arena);
	view->agencies_gone = join(view->compare->agencies_gone, arena);
	view->may_act = row->state == SUCCESSION_PREPARING && succession_may(request, APP_PUBLISH);
	view->may_roles = succession_may(request, APP_ROLES);
}

/* Which plans are compared may be known only to who may read both. */
static bool
check_readable(HttpRequest *request, const Succession *row, GError **error)
{
	return app_access_require(request, APP_READ, &(AppTarget){.plan_id = row->old_plan_id}, error) &&
	       (row->new_plan_id == 0 ||
		   app_access_require(request, APP_READ, &(AppTarget){.plan_id = row->new_plan_id}, error));
}

bool
succession_show_compare(
    HttpRequest *request, HttpResponse *response, int64_t succession_id, const char *problem, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(SuccessionCandidate));
	g_autoptr(SuccessionCompare) compare = NULL;
	SuccessionView view = {.problem = problem};
	HttpValue values[KEY_MAX];
	SuccessionShow show;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !succession_compare(&scope, succession_id, &compare, error) ||
	    !check_readable(request, &compare->succession, error) ||
	    !succession_read_follow(&scope, compare, error))
		return false;
	view.compare = compare;
	show = (SuccessionShow)values[KEY_SHOW].number;
	view.show_word = SUCCESSION_SHOW_WORDS[show];
	view.page_no = values[KEY_PAGE].is_set ? values[KEY_PAGE].number : 1;
	if (request->format == HTTP_CSV) {
		succession_write_csv(compare, response);
		return true;
	}
	if (request->format == HTTP_JSON) {
		succession_write_json(compare, response);
		return true;
	}
	fill_words(request, &view);
	fill_lines(&view, show, view.page_no, request->arena);
	fill_candidates(&view, values[KEY_CHOOSE].text, candidates);
	if (!succession_count_roles(&scope, compare->succession.old_plan_id, &view.n_roles, error))
		return false;
	succession_fill_layout(request, "So sánh và chuyển tiếp", &view.layout);
	succession_compare_page(response->body, &view);
	return true;
}

bool
succession_compare_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t succession_id;

	return http_request_param_int(request, "id", &succession_id, error) &&
	       succession_show_compare(request, response, succession_id, NULL, error);
}
