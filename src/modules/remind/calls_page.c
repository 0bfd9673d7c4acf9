/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "http/data.h"
#include "modules/remind/pages/calls.html.h"
#include "modules/remind/remind_pages.h"

/* Danh sách gọi điện: for who reads neither mail nor program. Phone numbers are personal data: that the page
 * was read stands in the ledger. */

#define DAYS_AHEAD 3
#define ROWS_MAX 1000
#define ITEMS_ON_PAGE 10 /* each with its QR code */
#define ITEMS_MAX 200    /* of a whole list for printing */

enum { KEY_DAYS, KEY_ALL, KEY_MAX };

static const char *const ALL_WORDS[] = {"1", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_DAYS] = {"ngay", "Số ngày tới", http_valid_int, .min = 0, .max = 60},
    [KEY_ALL] = {"in", "Bản in", http_valid_word, .words = ALL_WORDS},
};

bool
remind_base_url(const HttpRequest *request, const char **ret_url, GError **error)
{
	const AppContext *context = app_context(request);
	g_autofree char *url = NULL;

	if (!notify_base_url(context->db, context->commune_id, &url, error))
		return false;
	if (url != NULL)
		*ret_url = arena_strdup(request->arena, url);
	else
		*ret_url = request->host != NULL ? arena_printf(request->arena, "%s://%s",
						       request->is_https ? "https" : "http", request->host)
						 : "";
	return true;
}

typedef struct Listing {
	const WorkScope *scope;
	RemindBook *book;
	WorkSettings settings;
	const char *base_url;
	RemindCallsView *view;
} Listing;

static RemindCall *
call_of(const Listing *listing, int64_t person_id, int64_t agency_id)
{
	const RemindPerson *person = remind_book_person(listing->book, person_id);
	const char *unit = agency_name_at(&listing->book->agencies, agency_id, listing->scope->today);
	RemindCall *call;

	for (guint i = 0; i < listing->view->calls->len; i++) {
		call = g_ptr_array_index(listing->view->calls, i);
		if (person != NULL ? call->person_id == person_id
				   : call->person_id == 0 && g_strcmp0(call->unit, unit) == 0)
			return call;
	}
	call = arena_new0(listing->scope->arena, RemindCall);
	*call = (RemindCall){.person_id = person != NULL ? person_id : 0,
	    .name = person != NULL ? person->name : "Chưa có người phụ trách",
	    .unit = unit,
	    .phone = person != NULL ? person->phone : "",
	    .worst = -G_MAXINT32,
	    .items = g_ptr_array_new()};
	g_ptr_array_add(listing->view->calls, call);
	return call;
}

static bool
add_row(const Listing *listing, const WorkRow *row, GError **error)
{
	Arena *arena = listing->scope->arena;
	const RemindItem named = {.about = REMIND_WORK,
	    .subject_id = row->piece.piece_id,
	    .no = row->no,
	    .name = row->name,
	    .part = row->piece.part};
	g_autoptr(GString) state = g_string_new(NULL);
	RemindCallItem *item = arena_new0(arena, RemindCallItem);
	int64_t person_id = row->piece.person_id;
	char due[DATE_ISO_SIZE];
	RemindCall *call;

	if (person_id == 0 && !remind_book_head(listing->book, row->piece.agency_id, &person_id, error))
		return false;
	work_describe(&row->piece, listing->scope->today, listing->settings.soon_days, state);
	date_format_vi(row->piece.due, due);
	*item = (RemindCallItem){.name = remind_name(arena, &named),
	    .state = arena_strndup(arena, state->str, state->len),
	    .look = work_look(&row->piece, listing->scope->today, listing->settings.soon_days),
	    .due = arena_strdup(arena, due),
	    .url = remind_item_path(arena, &named)};
	item->address = arena_printf(arena, "%s%s", listing->base_url, item->url);
	call = call_of(listing, person_id, row->piece.agency_id);
	call->worst = MAX(call->worst, listing->scope->today - row->piece.due);
	g_ptr_array_add(call->items, item);
	return true;
}

static gint
compare_calls(gconstpointer a, gconstpointer b)
{
	const RemindCall *x = *(const RemindCall *const *)a, *y = *(const RemindCall *const *)b;

	return x->worst != y->worst ? y->worst - x->worst : g_strcmp0(x->name, y->name);
}

static void
cut(RemindCallsView *view, size_t max)
{
	for (guint i = 0; i < view->calls->len; i++) {
		RemindCall *call = g_ptr_array_index(view->calls, i);
		size_t n = MIN(call->items->len, max - view->n_items);

		view->n_left_out += call->items->len - n;
		view->n_items += n;
		g_ptr_array_set_size(call->items, (gint)n);
	}
	while (view->calls->len > 0 &&
	       ((const RemindCall *)g_ptr_array_index(view->calls, view->calls->len - 1))->items->len == 0) {
		g_ptr_array_unref(
		    ((RemindCall *)g_ptr_array_index(view->calls, view->calls->len - 1))->items);
		g_ptr_array_set_size(view->calls, (gint)view->calls->len - 1);
	}
}

static bool
collect(const HttpRequest *request, const WorkScope *scope, RemindBook *book, RemindCallsView *view,
    GError **error)
{
	const WorkFilter filter = {.stage = WORK_STAGE_OPEN,
	    .due_from = DATE_NONE,
	    .due_to = scope->today + view->days,
	    .limit = ROWS_MAX};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	Listing listing = {.scope = scope, .book = book, .view = view};

	if (!remind_book_read(scope, scope->today, book, error) ||
	    !work_settings(scope, &listing.settings, error) ||
	    !remind_base_url(request, &listing.base_url, error) || !work_list(scope, &filter, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++)
		if (!add_row(&listing, g_ptr_array_index(rows, i), error))
			return false;
	g_ptr_array_sort(view->calls, compare_calls);
	return true;
}

static void
write_csv(const RemindCallsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Gọi cho", "Cơ quan, đơn vị", "Điện thoại", "Về việc", "Hạn", "Tình trạng", "Địa chỉ phiếu"};
	GString *out = response->body;

	http_csv_begin(response, "goi-dien.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->calls->len; i++) {
		const RemindCall *call = g_ptr_array_index(view->calls, i);

		for (guint k = 0; k < call->items->len; k++) {
			const RemindCallItem *item = g_ptr_array_index(call->items, k);

			csv_text(out, call->name);
			csv_text(out, call->unit);
			csv_text(out, call->phone);
			csv_text(out, item->name);
			csv_text(out, item->due);
			csv_text(out, item->state);
			csv_text(out, item->address);
			csv_end_line(out);
		}
	}
}

static void
calls_free(RemindCallsView *view)
{
	for (guint i = 0; i < view->calls->len; i++)
		g_ptr_array_unref(((RemindCall *)g_ptr_array_index(view->calls, i))->items);
	g_ptr_array_unref(view->calls);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RemindCallsView, calls_free)

bool
remind_calls_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_auto(RemindBook) book = {0};
	g_auto(RemindCallsView) view = {.calls = g_ptr_array_new()};
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	view.days = values[KEY_DAYS].is_set ? (int)values[KEY_DAYS].number : DAYS_AHEAD;
	if (!collect(request, &scope, &book, &view, error))
		return false;
	cut(&view, request->format == HTTP_CSV ? ROWS_MAX
		   : values[KEY_ALL].is_set    ? ITEMS_MAX
					       : ITEMS_ON_PAGE);
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
		return true;
	}
	remind_fill_layout(request, "Danh sách gọi điện", &view.layout);
	view.csv_url = arena_printf(request->arena, REMIND_CALLS_PATH ".csv?ngay=%d", view.days);
	if (view.n_left_out > 0 && !values[KEY_ALL].is_set)
		view.all_url = arena_printf(request->arena, REMIND_CALLS_PATH "?ngay=%d&in=1", view.days);
	remind_calls_page(response->body, &view);
	return true;
}
