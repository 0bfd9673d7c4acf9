/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/calendar/calendar.h"
#include "modules/evidence/evidence_panel.h"
#include "modules/work/pages/piece.html.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_pages.h"

#include <stdlib.h>
#include <string.h>

static const char *
text_or_null(const char *text)
{
	return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
date_gap(const WorkPiece *piece)
{
	if (piece->due != DATE_NONE)
		return NULL;
	return piece->deadline_kind == PLAN_DEADLINE_CONDITIONAL
		   ? "Đang chờ điều kiện; có người xác nhận thì mới tính hạn."
		   : "Chưa có ngày đến hạn.";
}

/* The way to the form that fills a gap, for whom it is there. */
static void
link_clears(WorkPieceView *view)
{
	const WorkPiece *piece = &view->row.piece;
	bool waits = piece->deadline_kind == PLAN_DEADLINE_CONDITIONAL && piece->event_day == DATE_NONE;

	if (view->may_assign && view->is_open) {
		view->clears[0].url = "#giao-nguoi";
		view->clears[0].action = "Giao người thực hiện";
	}
	if (view->may_update && view->is_open) {
		view->clears[2].url = "#nhan-viec";
		view->clears[2].action = "Nhận việc";
	}
	if (waits && view->may_operate) {
		view->clears[3].url = "#dieu-kien";
		view->clears[3].action = "Xác nhận điều kiện, ghi ngày đến hạn";
	} else if (!waits && view->may_update && view->pending == NULL) {
		view->clears[3].url = "#y-kien";
		view->clears[3].action = "Đề nghị ngày đến hạn";
	}
	if (view->may_classify) {
		view->clears[4].url = "#san-pham-phai-co";
		view->clears[4].action = "Ghi sản phẩm phải có";
	}
}

/* The five clears of the work, not of the plan's words alone; what is empty is named. */
static void
fill_clears(WorkPieceView *view)
{
	const WorkRow *row = &view->row;
	const char *output = text_or_null(view->needs.output);

	view->clears[0] = (WorkClear){"Rõ người", row->person,
	    row->person == NULL ? "Đơn vị chưa phân công người thực hiện." : NULL, NULL, NULL};
	view->clears[1] = (WorkClear){
	    "Rõ việc", row->piece.part != NULL ? row->piece.part : view->task.name, NULL, NULL, NULL};
	view->clears[2] = (WorkClear){"Rõ trách nhiệm",
	    arena_printf(view->scope.arena, "%s %s", row->agency,
		row->piece.role == AGENCY_ROLE_LEAD ? "chủ trì" : "phối hợp"),
	    row->piece.is_taken ? NULL : "Đơn vị chưa nhận việc.", NULL, NULL};
	view->clears[3] = (WorkClear){"Rõ thời gian", view->line.due, date_gap(&row->piece), NULL, NULL};
	view->clears[4] = (WorkClear){"Rõ kết quả", output,
	    output == NULL ? "Kế hoạch chưa ghi sản phẩm, kết quả phải đạt." : NULL, NULL, NULL};
	for (int i = 0; i < WORK_CLEARS; i++)
		view->n_clear += view->clears[i].gap == NULL;
	link_clears(view);
}

static void
append_part(GString *out, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	if (out->len > 0)
		g_string_append(out, " · ");
	g_string_append(out, text);
}

static const char *
month_text(const WorkScope *scope, int32_t month)
{
	int year, of_year, day;

	if (month == DATE_NONE)
		return NULL;
	date_to_ymd(month, &year, &of_year, &day);
	return arena_printf(scope->arena, "tháng %d/%d", of_year, year);
}

static const char *
due_text(const WorkScope *scope, const WorkEntry *entry)
{
	const char *day = work_day(scope, entry->due);

	if (day == NULL)
		return NULL;
	return arena_printf(scope->arena, "%s %s",
	    entry->kind == WORK_ASK_EXTENSION || entry->kind == WORK_CONTEST ? "đề nghị đến" : "hạn", day);
}

/* What an entry says besides its texts. */
static bool
describe_entry(const WorkScope *scope, const WorkEntry *entry, const char **ret_said, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const char *person;

	if (!work_person_name(scope, entry->for_person, &person, error))
		return false;
	if (entry->kind == WORK_DECIDE)
		append_part(out, entry->is_granted ? "Đồng ý" : "Không đồng ý");
	if (entry->kind == WORK_ASSIGN)
		append_part(out, person != NULL ? person : "không nêu người cụ thể");
	else
		append_part(out, person);
	if (entry->state >= 0 && entry->kind != WORK_SUBMIT)
		append_part(out, WORK_STATE_TITLES[entry->state]);
	if (entry->percent >= 0)
		append_part(out, arena_printf(scope->arena, "%d%%", entry->percent));
	append_part(out, month_text(scope, entry->month));
	if (entry->is_idle)
		append_part(out, "không phát sinh");
	if (entry->doc_number != NULL)
		append_part(out, arena_printf(scope->arena, "số %s", entry->doc_number));
	append_part(out, work_day(scope, entry->day));
	append_part(out, due_text(scope, entry));
	append_part(out, work_carry_text(scope, entry));
	*ret_said = out->len > 0 ? arena_strndup(scope->arena, out->str, out->len) : NULL;
	return true;
}

static bool
is_taken_back(const GPtrArray *entries, int64_t entry_no)
{
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);

		if (entry->kind == WORK_TAKE_BACK && entry->ref_no == entry_no)
			return true;
	}
	return false;
}

static bool
fill_history(WorkPieceView *view, const GPtrArray *entries, GError **error)
{
	view->history = arena_array(view->scope.arena, WorkHistoryLine, entries->len + 1);
	view->n_history = entries->len;
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, entries->len - 1 - i);
		WorkHistoryLine *line = &view->history[i];

		*line = (WorkHistoryLine){.entry = entry,
		    .when = work_instant(&view->scope, entry->at_us),
		    .who = entry->name != NULL ? entry->name : "Chương trình",
		    .is_taken_back = is_taken_back(entries, entry->entry_no)};
		if (!describe_entry(&view->scope, entry, &line->said, error))
			return false;
		if (entry->entry_no == view->row.piece.pending_no)
			view->pending = entry;
	}
	return true;
}

/* The newest entry, where its writer may still take it back. */
static void
find_undo(const HttpRequest *request, WorkPieceView *view)
{
	const WorkEntry *last = view->n_history > 0 ? view->history[0].entry : NULL;
	bool is_asked = false;

	for (size_t i = 0; i < request->n_query; i++)
		is_asked = is_asked || strcmp(request->query[i].name, "xong") == 0;
	if (is_asked && last != NULL && last->person_id == view->scope.actor.person_id &&
	    (last->kind == WORK_UPDATE || last->kind == WORK_SUBMIT || last->kind == WORK_ISSUE) &&
	    view->scope.now_us - last->at_us <= view->settings.undo_seconds * INSTANT_SECOND)
		view->undo_no = last->entry_no;
}

static bool
fill_months(WorkPieceView *view, GError **error)
{
	int32_t month = work_month_of(view->scope.today), previous;
	int year, of_year, day;
	char iso[DATE_ISO_SIZE];
	WorkLock lock;

	date_to_ymd(month, &year, &of_year, &day);
	previous = month - day;
	if (!work_lock(&view->scope, previous, &lock, error))
		return false;
	date_format_iso(month, iso);
	view->month = arena_strdup(view->scope.arena, iso);
	view->month_title = month_text(&view->scope, month);
	date_format_iso(previous, iso);
	view->previous_month = lock.is_locked ? NULL : arena_strdup(view->scope.arena, iso);
	view->previous_title = month_text(&view->scope, previous);
	return true;
}

static bool
fill_rights(WorkPieceView *view, GError **error)
{
	const WorkPiece *piece = &view->row.piece;
	WorkRights rights;

	if (!work_rights(&view->scope, piece, &rights, error))
		return false;
	view->is_open = work_stage(piece->state) == WORK_STAGE_OPEN;
	view->may_update = rights.update.is_allowed;
	view->may_assign = rights.assign.is_allowed;
	view->may_operate = rights.operate.is_allowed;
	view->may_explain = work_may(&view->scope, APP_EXPLAIN);
	view->may_accept = rights.accept.is_allowed;
	view->may_decide = rights.decide.is_allowed && view->pending != NULL;
	view->may_classify = rights.operate.is_allowed || rights.accept.is_allowed;
	view->may_attach = app_visitor_may(view->scope.visitor, APP_EVIDENCE);
	return true;
}

/* The kind of file that the deliverable asks for first; else a product of any kind. */
static const char *
file_kind_of(const WorkPieceView *view)
{
	const char *kinds = view->needs.deliverable->file_kinds;
	size_t len = strcspn(kinds, ";");

	return len > 0 ? arena_strndup(view->scope.arena, kinds, len) : "khac";
}

static bool
fill_product(
    HttpRequest *request, WorkPieceView *view, GPtrArray *deliverables, GPtrArray *kinds, GError **error)
{
	const WorkProduct *product = &view->needs.product;
	const EvidenceScope evidence = evidence_scope_of(request);
	const EvidenceObject object = {EVIDENCE_OBJECT_WORK,
	    arena_printf(request->arena, "%" G_GINT64_FORMAT, view->row.piece.piece_id)};

	if (!work_needs(&view->scope, &view->row.piece, &view->needs, error) ||
	    !work_deliverables(&view->scope, view->scope.today, deliverables, error) ||
	    !evidence_kinds(&evidence, view->scope.today, request->arena, kinds, error) ||
	    !evidence_panel_load(request, &object, &view->evidence, error) ||
	    !money_panel_load(request, view->row.piece.plan_id, view->row.piece.task_no, &view->money, error))
		return false;
	view->deliverables = deliverables;
	view->evidence_kinds = kinds;
	view->file_kind = file_kind_of(view);
	view->missing_submission = work_missing(&view->scope, &view->needs, false, WORK_AT_SUBMISSION);
	view->missing_acceptance = work_missing(&view->scope, &view->needs, false, WORK_AT_ACCEPTANCE);
	if (product->at_us != 0)
		view->classified = arena_printf(request->arena, "%s sửa ngày %s%s",
		    product->name != NULL ? product->name : LEDGER_NOBODY,
		    work_day(&view->scope, instant_day(product->at_us)),
		    product->from_plan_id != 0 ? ", theo từ kế hoạch trước" : "");
	return true;
}

static bool
load(HttpRequest *request, int64_t piece_id, WorkPieceView *view, GPtrArray *entries, GPtrArray *people,
    GPtrArray *others, GError **error)
{
	const AppContext *context = app_context(request);
	CalendarSettings calendar;
	PlanScope plan;

	if (!work_settings(&view->scope, &view->settings, error) ||
	    !work_find_row(&view->scope, piece_id, &view->row, error))
		return false;
	plan = (PlanScope){context->db, context->commune_id, view->row.piece.plan_id};
	work_fill_line(&view->scope, &view->settings, &view->row, &view->line);
	if (!task_load(&plan, view->row.piece.task_no, request->arena, &view->task, error) ||
	    !work_entries(&view->scope, piece_id, entries, error) || !fill_history(view, entries, error) ||
	    !fill_rights(view, error) || !fill_months(view, error) ||
	    !work_of_task(&view->scope, plan.plan_id, view->task.task_no, others, error) ||
	    (view->may_assign && !work_people(&view->scope, people, error)) ||
	    !work_assign_word(&view->scope, view->row.piece.agency_id, &view->verb, error) ||
	    !calendar_settings(context->db, context->commune_id, &calendar, error))
		return false;
	view->due_hour = calendar.due_hour;
	view->is_before_inclusive = calendar.is_before_inclusive;
	return true;
}

static const char *
return_of(const HttpRequest *request)
{
	const char *value = http_request_form(request, "ve");

	for (size_t i = 0; value == NULL && i < request->n_query; i++)
		if (strcmp(request->query[i].name, "ve") == 0)
			value = request->query[i].value;
	return value != NULL && strcmp(value, "hom-nay") == 0 ? "hom-nay" : NULL;
}

bool
work_show_piece(HttpRequest *request, HttpResponse *response, int64_t piece_id, const WorkEntry *typed,
    const WorkOutcome *outcome, int64_t seen_version, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) others = g_ptr_array_new();
	g_autoptr(GPtrArray) deliverables = g_ptr_array_new();
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_auto(WorkNeeds) needs = {0};
	WorkPieceView *view = arena_new0(request->arena, WorkPieceView);

	view->scope = work_scope_of(request);
	view->people = people;
	view->others = others;
	view->return_to = return_of(request);
	view->typed = typed != NULL ? *typed : work_entry(0);
	view->typed_kind = view->typed.kind;
	if (!load(request, piece_id, view, entries, people, others, error) ||
	    !fill_product(request, view, deliverables, kinds, error))
		return false;
	needs = view->needs; /* what is to be unreferenced */
	fill_clears(view);
	if (outcome != NULL) {
		view->problem = outcome->problem;
		view->is_conflict = outcome->is_conflict;
		view->n_new =
		    outcome->is_conflict && seen_version >= 0 && seen_version < (int64_t)entries->len
			? entries->len - (size_t)seen_version
			: 0;
	}
	view->typed_deliverable = http_request_form(request, "loai-san-pham");
	view->typed_expected = http_request_form(request, "san-pham-phai-co");
	view->typed_file_kind = http_request_form(request, "loai-tep");
	find_undo(request, view);
	work_fill_layout(request, "Phiếu việc", &view->layout);
	work_piece_page(response->body, view);
	return true;
}

bool
work_piece_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t piece_id;

	return http_request_param_int(request, "id", &piece_id, error) &&
	       work_show_piece(request, response, piece_id, NULL, NULL, WORK_ANY_VERSION, error);
}
