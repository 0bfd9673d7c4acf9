/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "html/assets_urls.h"
#include "http/query.h"
#include "modules/indicator/indicator.h"
#include "modules/proposal/pages/form.html.h"
#include "modules/proposal/proposal_pages.h"
#include "modules/task/task.h"

#include <string.h>

#define TITLE_CUT 120 /* characters of the words of an update that become the title */

enum {
	KEY_PLAN,
	KEY_TASK,
	KEY_INDICATOR,
	KEY_PIECE,
	KEY_ENTRY,
	KEY_KIND,
	KEY_AGENCY,
	KEY_TITLE,
	KEY_BODY,
	KEY_FIELD,
	KEY_YEAR,
	KEY_NEW_TEXT,
	KEY_NEW_DAY,
	KEY_MAX
};

static const char *const KINDS[] = {"kho-khan", "dieu-chinh", "hoi-cap-tren", NULL};
static const char *const FIELD_WORDS[] = {"han", "san-pham", "muc", NULL};
static const char *const FIELD_NAMES[] = {
    PROPOSAL_FIELD_DEADLINE, PROPOSAL_FIELD_OUTPUT, PROPOSAL_FIELD_TARGET};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_TASK] = {"nhiem-vu", "Nhiệm vụ", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_INDICATOR] = {"chi-tieu", "Chỉ tiêu", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_PIECE] = {"phan-viec", "Phần việc", http_valid_int, .min = 1, .max = G_MAXINT64},
    [KEY_ENTRY] = {"dong", "Lần cập nhật", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KINDS},
    [KEY_AGENCY] = {"co-quan", "Đơn vị", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_TITLE] = {"tom-tat", "Tóm tắt", http_valid_text, .max = PROPOSAL_TITLE_MAX},
    [KEY_BODY] = {"noi-dung", "Nội dung", http_valid_text, .max = PROPOSAL_TEXT_MAX},
    [KEY_FIELD] = {"truong", "Nội dung điều chỉnh", http_valid_word, .words = FIELD_WORDS},
    [KEY_YEAR] = {"nam", "Năm", http_valid_int, .min = 2000, .max = 2100},
    [KEY_NEW_TEXT] = {"gia-tri-moi", "Nội dung mới", http_valid_text, .max = PROPOSAL_TEXT_MAX},
    [KEY_NEW_DAY] = {"han-moi", "Hạn mới", http_valid_date, .max = 0},
};

static const char *
or_empty(const HttpValue *value)
{
	return value->is_set ? value->text : "";
}

static Proposal
typed_of(const HttpValue *values)
{
	Proposal typed = {.kind = (ProposalKind)(values[KEY_KIND].number + PROPOSAL_OBSTACLE),
	    .plan_id = values[KEY_PLAN].number,
	    .what = values[KEY_TASK].is_set        ? PLAN_LINE_TASK
		    : values[KEY_INDICATOR].is_set ? PLAN_LINE_INDICATOR
						   : (PlanLineWhat)0,
	    .row_no = values[KEY_TASK].is_set ? values[KEY_TASK].number : values[KEY_INDICATOR].number,
	    .piece_id = values[KEY_PIECE].number,
	    .origin_no = values[KEY_ENTRY].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .title = or_empty(&values[KEY_TITLE]),
	    .body = or_empty(&values[KEY_BODY]),
	    .field = "",
	    .new_day = DATE_NONE};

	if (typed.kind != PROPOSAL_ADJUST)
		return typed;
	typed.field = FIELD_NAMES[values[KEY_FIELD].number];
	if (strcmp(typed.field, PROPOSAL_FIELD_DEADLINE) == 0) {
		typed.new_day = values[KEY_NEW_DAY].is_set ? (int32_t)values[KEY_NEW_DAY].number : DATE_NONE;
		return typed;
	}
	typed.new_text = values[KEY_NEW_TEXT].is_set ? values[KEY_NEW_TEXT].text : NULL;
	if (strcmp(typed.field, PROPOSAL_FIELD_TARGET) == 0)
		typed.year = (int)values[KEY_YEAR].number;
	return typed;
}

static const char *
cut_title(Arena *arena, const char *text)
{
	glong n = g_utf8_strlen(text, -1);
	const char *line = strchr(text, '\n');
	size_t len = line != NULL ? (size_t)(line - text) : strlen(text);

	if (n > TITLE_CUT)
		len = MIN(len, (size_t)(g_utf8_offset_to_pointer(text, TITLE_CUT) - text));
	return arena_strndup(arena, text, len);
}

/* What a piece of work says of itself, and the words of one of its updates. */
static bool
take_piece(const WorkScope *scope, Proposal *typed, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkPiece piece;

	if (typed->piece_id == 0)
		return true;
	if (!work_find(scope, typed->piece_id, &piece, error) ||
	    !work_entries(scope, typed->piece_id, entries, error))
		return false;
	typed->plan_id = piece.plan_id;
	typed->what = PLAN_LINE_TASK;
	typed->row_no = piece.task_no;
	if (typed->agency_id == 0)
		typed->agency_id = piece.agency_id;
	for (guint i = 0; i < entries->len && *typed->body == '\0'; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);

		if (entry->entry_no != typed->origin_no ||
		    (entry->difficulties == NULL && entry->proposals == NULL))
			continue;
		typed->body = entry->proposals == NULL ? entry->difficulties
			      : entry->difficulties == NULL
				  ? entry->proposals
				  : arena_printf(scope->arena, "Khó khăn: %s\nĐề xuất: %s",
					entry->difficulties, entry->proposals);
		if (*typed->title == '\0')
			typed->title = cut_title(scope->arena,
			    entry->difficulties != NULL ? entry->difficulties : entry->proposals);
	}
	return true;
}

static bool
fill_indicator(const WorkScope *scope, ProposalFormView *view, const PlanScope *plan, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	Indicator indicator;
	int *years;

	if (!indicator_load(plan, view->typed.row_no, scope->arena, &indicator, targets, error))
		return false;
	years = arena_array(scope->arena, int, targets->len + 1);
	for (guint i = 0; i < targets->len; i++) {
		const IndicatorTarget *target = g_ptr_array_index(targets, i);

		if (target->year != 0)
			years[view->n_years++] = target->year;
	}
	view->years = years;
	view->row_name = indicator.name;
	view->row_kind = "Chỉ tiêu";
	return true;
}

static bool
fill_row(const WorkScope *scope, ProposalFormView *view, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, view->typed.plan_id};
	Task task;

	if (view->typed.row_no == 0)
		return true;
	if (view->typed.what == PLAN_LINE_INDICATOR)
		return fill_indicator(scope, view, &plan, error);
	if (!task_load(&plan, view->typed.row_no, scope->arena, &task, error))
		return false;
	view->row_name = task.name;
	view->row_kind = "Nhiệm vụ";
	return true;
}

/* Without a plan named: the newest that counts and may be read. */
static bool
choose_plan(const WorkScope *scope, int64_t *plan_id, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (*plan_id != 0)
		return true;
	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	if (scope->visitor != NULL)
		plan_keep_readable(scope->visitor, plans);
	for (guint i = 0; i < plans->len && *plan_id == 0; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		*plan_id = plan->is_current ? plan->plan_id : 0;
	}
	if (*plan_id != 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no plan yet");
	return false;
}

static bool
show(HttpRequest *request, HttpResponse *response, const Proposal *typed, const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	ProposalFormView view = {.typed = *typed, .agencies = agencies, .steps = steps, .problem = problem};
	char iso[DATE_ISO_SIZE];
	int family;

	date_format_iso(typed->new_day, iso);
	view.typed_day = arena_strdup(request->arena, iso);
	if (!proposal_family_of(&scope, typed->plan_id, &family, &view.plan_number, error) ||
	    !fill_row(&scope, &view, error) || !proposal_agencies(&scope, agencies, error) ||
	    !proposal_route(&scope, typed->plan_id, scope.today, steps, error))
		return false;
	view.layout = app_layout(request, "Nêu khó khăn, kiến nghị");
	view.layout.script = ASSET_WORK_JS;
	proposal_form_page(response->body, &view);
	return true;
}

bool
proposal_form_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	HttpValue values[KEY_MAX];
	Proposal typed;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	typed = typed_of(values);
	return take_piece(&scope, &typed, error) && choose_plan(&scope, &typed.plan_id, error) &&
	       show(request, response, &typed, NULL, error);
}

bool
proposal_post_raise(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GError) wrong = NULL;
	ProposalOutcome outcome = {0};
	HttpValue values[KEY_MAX];
	ProposalFormView subject = {0};
	Proposal typed;

	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		outcome.problem = request->problem;
	typed = typed_of(values);
	subject.typed = typed;
	if (!take_piece(&scope, &typed, error) || !choose_plan(&scope, &typed.plan_id, error))
		return false;
	subject.typed = typed;
	/* The row has to be there before anything is written about it. */
	if (!fill_row(&scope, &subject, error))
		return false;
	if (outcome.problem == NULL && !proposal_raise(&scope, &typed, &outcome, error))
		return false;
	if (outcome.problem != NULL) {
		response->status = 422;
		return show(request, response, &typed, outcome.problem, error);
	}
	http_response_redirect(
	    response, arena_printf(request->arena, PROPOSAL_PATH "/%" G_GINT64_FORMAT, outcome.proposal_id));
	return true;
}
