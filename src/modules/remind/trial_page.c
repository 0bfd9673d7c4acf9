/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "http/data.h"
#include "modules/remind/pages/trial.html.h"
#include "modules/remind/remind_pages.h"

#define ROWS_SHOWN 100
#define DAYS_BACK 30

enum { KEY_FROM, KEY_TO, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FROM] = {"tu", "Từ ngày", http_valid_date, .max = 0},
    [KEY_TO] = {"den", "Đến ngày", http_valid_date, .max = 0},
};

static void
write_csv(const RemindTrialView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Ngày", "Bậc", "Người nhận", "Nội dung", "Phiếu"};
	GString *out = response->body;

	http_csv_begin(response, "chay-thu-nhac-viec.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->said->len; i++) {
		const RemindSaid *said = &g_array_index(view->said, RemindSaid, i);
		char day[DATE_ISO_SIZE];

		date_format_vi(said->day, day);
		csv_text(out, day);
		csv_int(out, said->rung_no);
		csv_text(out, said->name);
		csv_text(out, said->subject);
		csv_int(out, said->subject_id);
		csv_end_line(out);
	}
}

bool
remind_trial_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GArray) said = g_array_new(FALSE, FALSE, sizeof(RemindSaid));
	g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(RemindLoad));
	RemindTrialView view = {.said = said, .loads = loads};
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	view.to = values[KEY_TO].is_set ? (int32_t)values[KEY_TO].number : scope.today;
	view.from = values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : view.to - DAYS_BACK;
	if (view.to < view.from || (int64_t)view.to - view.from > REMIND_TRIAL_DAYS_MAX) {
		view.problem = "Chạy thử từ ngày trước đến ngày sau, không quá 400 ngày.";
		response->status = 422;
	} else if (!remind_simulate(&scope, view.from, view.to, said, &view.is_cut, error)) {
		return false;
	}
	remind_loads(said, loads);
	view.n_shown = MIN(said->len, ROWS_SHOWN);
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
		return true;
	}
	date_format_iso(view.from, from);
	date_format_iso(view.to, to);
	view.csv_url = arena_printf(request->arena, REMIND_TRIAL_PATH ".csv?tu=%s&den=%s", from, to);
	remind_fill_layout(request, "Chạy thử nhắc việc", &view.layout);
	remind_trial_page(response->body, &view);
	return true;
}
