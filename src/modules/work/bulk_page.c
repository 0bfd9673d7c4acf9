/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "html/link.h"
#include "modules/work/list_views.h"
#include "modules/work/pages/bulk.html.h"

#include <stdio.h>
#include <string.h>

#define DAY_FAR (INT32_MAX / 2) /* stands for a day that is not typed yet while one only looks */

enum {
	KEY_KIND,
	KEY_STEP,
	KEY_PERSON,
	KEY_DUE,
	KEY_REASON,
	KEY_WHOSE,
	KEY_CHOICE,
	KEY_VIEW,
	KEY_AGENCY,
	KEY_MAX
};

enum { STEP_LOOK, STEP_ALL, STEP_ALLOWED };

static const char *const STEPS[] = {
    [STEP_LOOK] = "xem", [STEP_ALL] = "tat-ca", [STEP_ALLOWED] = "duoc-phep", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_KIND] = {"lam", "Việc cần làm", http_valid_word, .words = WORK_BULK_WORDS},
    [KEY_STEP] = {"buoc", "Bước", http_valid_word, .words = STEPS},
    [KEY_PERSON] = {"nguoi", "Người thực hiện", http_valid_int, .min = 0, .max = G_MAXINT64},
    [KEY_DUE] = {"han", "Xin đến ngày", http_valid_date, .max = 0},
    [KEY_REASON] = {"ly-do", "Lý do", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WORK_WHOSE_LIST},
    [KEY_CHOICE] = {"loc", "Lọc", http_valid_word, .words = WORK_CHOICE_WORDS},
    [KEY_VIEW] = {"xem", "Cách xem", http_valid_word, .words = WORK_VIEW_WORDS},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
};

/* "12.3": piece 12 in its version 3. Pairs that are none are passed over. */
static size_t
read_items(const char *name, const HttpPair *pairs, size_t n_pairs, WorkBulkItem *items, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < n_pairs && n < max; i++) {
		int piece_id, number;

		if (strcmp(pairs[i].name, name) != 0 ||
		    sscanf(pairs[i].value, "%9d.%9d", &piece_id, &number) != 2)
			continue;
		items[n++] = (WorkBulkItem){.piece_id = piece_id, .version = number, .entry_no = number};
	}
	return n;
}

/* What is asked for; what is not typed yet stands open while one only looks. */
static WorkEntry
entry_of(const WorkScope *scope, WorkBulkKind kind, const HttpValue *values, bool looks)
{
	static const WorkEntryKind KINDS[WORK_BULK_MAX_KIND] = {[WORK_BULK_ASSIGN] = WORK_ASSIGN,
	    [WORK_BULK_TAKE] = WORK_TAKE,
	    [WORK_BULK_IDLE] = WORK_UPDATE,
	    [WORK_BULK_EXTEND] = WORK_ASK_EXTENSION,
	    [WORK_BULK_ACCEPT] = WORK_ACCEPT,
	    [WORK_BULK_RETURN] = WORK_RETURN};
	WorkEntry entry = work_entry(KINDS[kind]);

	if (values[KEY_REASON].is_set)
		entry.reason = values[KEY_REASON].text;
	else if (looks && (kind == WORK_BULK_EXTEND || kind == WORK_BULK_RETURN))
		entry.reason = "…";
	if (kind == WORK_BULK_EXTEND)
		entry.due = values[KEY_DUE].is_set ? (int32_t)values[KEY_DUE].number
			    : looks                ? DAY_FAR
						   : DATE_NONE;
	if (kind == WORK_BULK_ASSIGN)
		entry.for_person = values[KEY_PERSON].is_set ? values[KEY_PERSON].number : looks ? -1 : 0;
	if (kind == WORK_BULK_IDLE) {
		entry.is_idle = true;
		entry.month = work_month_of(scope->today);
	}
	return entry;
}

static LinkBase
list_base(HttpRequest *request, const HttpValue *values)
{
	static const int KEYS[] = {KEY_WHOSE, KEY_CHOICE, KEY_VIEW, KEY_AGENCY};
	LinkParam *params = arena_array(request->arena, LinkParam, G_N_ELEMENTS(KEYS));

	for (size_t i = 0; i < G_N_ELEMENTS(KEYS); i++)
		params[i] =
		    (LinkParam){FIELDS[KEYS[i]].name, values[KEYS[i]].is_set ? values[KEYS[i]].text : NULL};
	return (LinkBase){WORK_LIST_PATH, params, G_N_ELEMENTS(KEYS)};
}

static bool
show(HttpRequest *request, HttpResponse *response, WorkBulkView *view, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) people = g_ptr_array_new();

	if (view->bulk.kind == WORK_BULK_ASSIGN && !work_people(&scope, people, error))
		return false;
	view->people = people;
	work_fill_layout(request, WORK_BULK_TITLES[view->bulk.kind], &view->layout);
	work_bulk_page(response->body, view);
	return true;
}

/* Leads back to the list, which offers for some seconds to take all of it back. */
static void
lead_back(HttpRequest *request, const WorkBulk *bulk, const LinkBase *base, HttpResponse *response)
{
	g_autoptr(GString) written = g_string_new(NULL);
	LinkParam change = {"xong", NULL};

	for (size_t i = 0; i < bulk->n_items; i++)
		if (bulk->items[i].entry_no > 0)
			g_string_append_printf(written, "%s%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
			    written->len > 0 ? "-" : "", bulk->items[i].piece_id, bulk->items[i].entry_no);
	change.value = arena_strndup(request->arena, written->str, written->len);
	http_response_redirect(response, link_with(request->arena, base, &change, 1));
}

bool
work_bulk_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	WorkBulkItem *items = arena_array(request->arena, WorkBulkItem, WORK_BULK_MAX);
	WorkBulkView view = {.bulk = {.items = items}};
	HttpPair *form = request->form;
	HttpValue values[KEY_MAX];
	bool looks, did = false;
	LinkBase base;

	view.bulk.n_items = read_items("chon", form, request->n_form, items, WORK_BULK_MAX);
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	for (size_t i = 0; i < view.bulk.n_items; i++)
		items[i].entry_no = 0;
	base = list_base(request, values);
	view.base = &base;
	view.back_url = link_with(request->arena, &base, NULL, 0);
	if (!values[KEY_KIND].is_set || view.bulk.n_items == 0) {
		http_response_redirect(response, view.back_url);
		return true;
	}
	looks = values[KEY_STEP].number == STEP_LOOK;
	view.bulk.kind = (WorkBulkKind)values[KEY_KIND].number;
	view.bulk.entry = entry_of(&scope, view.bulk.kind, values, looks);
	view.person_id = values[KEY_PERSON].number;
	view.due = values[KEY_DUE].is_set ? (int32_t)values[KEY_DUE].number : DATE_NONE;
	view.reason = values[KEY_REASON].is_set ? values[KEY_REASON].text : NULL;
	if (looks ? !work_bulk_try(&scope, &view.bulk, error)
		  : !work_bulk_act(&scope, &view.bulk, values[KEY_STEP].number == STEP_ALLOWED, &did, error))
		return false;
	if (did) {
		lead_back(request, &view.bulk, &base, response);
		return true;
	}
	if (!looks)
		response->status = 422;
	return show(request, response, &view, error);
}

size_t
work_bulk_read(const HttpRequest *request, const char *text, WorkBulkItem *items)
{
	g_auto(GStrv) parts = g_strsplit(text, "-", WORK_BULK_MAX + 1);
	size_t n = 0;

	(void)request;
	for (size_t i = 0; parts[i] != NULL && n < WORK_BULK_MAX; i++) {
		const HttpPair pair = {"", parts[i]};

		n += read_items("", &pair, 1, &items[n], 1);
	}
	return n;
}

bool
work_bulk_undo(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	WorkBulkItem *items = arena_array(request->arena, WorkBulkItem, WORK_BULK_MAX);
	const char *text = http_request_form(request, "ds");
	size_t n_items = text != NULL ? work_bulk_read(request, text, items) : 0;
	WorkBulkView view = {.back_url = WORK_LIST_PATH};

	if (n_items > 0 && !work_bulk_take_back(&scope, items, n_items, &view.problem, error))
		return false;
	if (view.problem == NULL) {
		http_response_redirect(response, WORK_LIST_PATH);
		return true;
	}
	response->status = 422;
	work_fill_layout(request, "Không hoàn tác được", &view.layout);
	work_bulk_refused_page(response->body, &view);
	return true;
}
