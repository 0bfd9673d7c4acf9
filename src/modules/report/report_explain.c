/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_explain.h"

#include "modules/report/report_word.h"

#define ROWS_MAX 500

static bool
is_between(const ReportExplainView *view, int64_t us)
{
	return us != 0 && instant_day(us) >= view->from && instant_day(us) <= view->to;
}

/* As it stood at the end of the period, or stands today where that is earlier. */
static void
fill_row(const WorkScope *scope, const ReportExplainView *view, const RemindExplain *explain,
    ReportExplainRow *row)
{
	int32_t day = MIN(scope->today, view->to);

	*row = (ReportExplainRow){.explain = explain,
	    .asked = date_text_vi(scope->arena, instant_day(explain->asked_us)),
	    .due = date_text_vi(scope->arena, explain->due),
	    .standing = REMIND_EXPLAIN_TITLES[explain->state],
	    .is_open = explain->state == REMIND_ASKED || explain->state == REMIND_GIVEN_BACK};
	if (explain->answered_us != 0)
		row->answered = date_text_vi(scope->arena, instant_day(explain->answered_us));
	if (!row->is_open)
		return;
	row->is_late = explain->due < day;
	row->standing = explain->state == REMIND_GIVEN_BACK ? "Bị trả lại, chưa trả lời lại" : "Chưa trả lời";
	if (row->is_late)
		row->standing =
		    arena_printf(scope->arena, "%s, quá hạn %d ngày", row->standing, day - explain->due);
}

static void
add_row(const WorkScope *scope, ReportExplainView *view, const RemindExplain *explain)
{
	ReportExplainRow *row = &view->rows[view->n_rows];
	bool is_withdrawn = explain->state == REMIND_WITHDRAWN;

	fill_row(scope, view, explain, row);
	if (!is_between(view, explain->asked_us) && !is_between(view, explain->answered_us) && !row->is_open)
		return;
	view->n_rows++;
	view->n_open += row->is_open;
	view->n_late += row->is_late;
	view->n_answered += !row->is_open && !is_withdrawn;
}

/* Who is late, each with how often, in the order of the rows. */
static const char *
late_who(const ReportExplainView *view, Arena *arena)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < view->n_rows; i++) {
		const char *name = view->rows[i].explain->agency;
		int n = 0;

		if (!view->rows[i].is_late ||
		    g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			continue;
		for (size_t k = i; k < view->n_rows; k++)
			n += view->rows[k].is_late && g_str_equal(view->rows[k].explain->agency, name);
		g_ptr_array_add(names, (gpointer)(guintptr)name);
		g_string_append_printf(out, "%s%s (%d)", out->len > 0 ? ", " : "", name, n);
	}
	return arena_strdup(arena, out->str);
}

bool
report_explain_collect(const WorkScope *scope, ReportExplainView *view, GError **error)
{
	g_autoptr(GPtrArray) explains = g_ptr_array_new();

	if (!remind_explain_report(scope, 0, 0, view->to, ROWS_MAX, explains, error))
		return false;
	view->from_text = date_text_vi(scope->arena, view->from);
	view->to_text = date_text_vi(scope->arena, view->to);
	view->rows = arena_array(scope->arena, ReportExplainRow, explains->len + 1);
	for (guint i = explains->len; i > 0; i--)
		add_row(scope, view, g_ptr_array_index(explains, i - 1));
	view->late_who = late_who(view, scope->arena);
	view->summary = arena_printf(scope->arena,
	    "Có %zu yêu cầu giải trình: %zu đã trả lời, %zu chưa trả lời, trong đó %zu quá hạn.",
	    view->n_rows, view->n_answered, view->n_open, view->n_late);
	return true;
}

static const char *
answer_cell(const ReportExplainRow *row, GString *keep)
{
	g_string_truncate(keep, 0);
	if (row->explain->answer != NULL)
		g_string_append_printf(keep, "%s\n(trả lời ngày %s; %s)", row->explain->answer,
		    row->answered != NULL ? row->answered : "", row->standing);
	else
		g_string_append(keep, row->standing);
	return keep->str;
}

void
report_explain_word(const ReportExplainView *view, GString *body)
{
	static const int WIDTHS[] = {10, 46, 33, 30, 46, 0};
	static const char *const HEADS[] = {
	    "TT", "Nội dung yêu cầu giải trình", "Cơ quan, đơn vị", "Ngày yêu cầu; hạn", "Giải trình"};
	g_autofree char *period = g_strdup_printf("(từ ngày %s đến ngày %s)", view->from_text, view->to_text);
	g_autoptr(GString) keep = g_string_new(NULL);

	if (view->commune != NULL) {
		g_autofree char *commune = g_utf8_strup(view->commune, -1);

		report_word_paragraph(body, REPORT_WORD_CENTER, commune);
	}
	report_word_paragraph(body, REPORT_WORD_TITLE, "PHỤ LỤC\nTÌNH HÌNH GIẢI TRÌNH TRONG KỲ BÁO CÁO");
	report_word_paragraph(body, REPORT_WORD_CENTER, period);
	report_word_paragraph(body, REPORT_WORD_PLAIN, view->summary);
	if (view->n_late > 0) {
		g_autofree char *late = g_strdup_printf("Chưa trả lời, đã quá hạn: %s.", view->late_who);

		report_word_paragraph(body, REPORT_WORD_PLAIN, late);
	}
	if (view->n_rows == 0)
		return;
	report_word_table_begin(body, WIDTHS);
	report_word_table_row(body, WIDTHS, true, HEADS);
	for (size_t i = 0; i < view->n_rows; i++) {
		const ReportExplainRow *row = &view->rows[i];
		g_autofree char *no = g_strdup_printf("%zu", i + 1);
		g_autofree char *what = g_strdup_printf("%s\n%s", row->explain->label,
		    row->explain->question != NULL ? row->explain->question : "");
		g_autofree char *days = g_strdup_printf("%s\nhạn %s", row->asked, row->due);
		const char *const CELLS[] = {no, what, row->explain->agency, days, answer_cell(row, keep)};

		report_word_table_row(body, WIDTHS, false, CELLS);
	}
	report_word_table_end(body);
}
