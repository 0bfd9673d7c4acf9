/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "html/assets_urls.h"
#include "http/query.h"
#include "modules/indicator/indicator.h"
#include "modules/proposal/pages/card.html.h"
#include "modules/proposal/proposal_pages.h"
#include "modules/task/task.h"

#include <string.h>

enum { KEY_VERSION, KEY_DEED, KEY_TEXT, KEY_NUMBER, KEY_DAY, KEY_NEW_TEXT, KEY_NEW_DAY, KEY_MAX };

/* In the order of DEED_KINDS. */
static const char *const DEEDS[] = {"chuyen", "tra-lai", "tra-loi", "dong-y", "khong-dong-y", "cap-tren",
    "cap-tren-tra-loi", "bo-sung", "da-giai-quyet", "chua-giai-quyet", "mo-lai", "rut", NULL};

static const struct {
	ProposalEntryKind kind;
	bool is_granted;
} DEED_KINDS[] = {{PROPOSAL_FORWARD, false}, {PROPOSAL_RETURN, false}, {PROPOSAL_ANSWER, false},
    {PROPOSAL_DECIDE, true}, {PROPOSAL_DECIDE, false}, {PROPOSAL_REFER, false}, {PROPOSAL_HIGHER, false},
    {PROPOSAL_SUPPLEMENT, false}, {PROPOSAL_CONFIRM, true}, {PROPOSAL_CONFIRM, false},
    {PROPOSAL_REOPEN, false}, {PROPOSAL_WITHDRAW, false}};

G_STATIC_ASSERT(G_N_ELEMENTS(DEEDS) == G_N_ELEMENTS(DEED_KINDS) + 1);

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_VERSION] = {"phien-ban", "Phiên bản", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_DEED] = {"viec", "Việc", http_valid_word, .words = DEEDS},
    [KEY_TEXT] = {"noi-dung", "Nội dung", http_valid_text, .max = PROPOSAL_TEXT_MAX},
    [KEY_NUMBER] = {"so-van-ban", "Số văn bản", http_valid_text, .max = 100},
    [KEY_DAY] = {"ngay", "Ngày văn bản", http_valid_date, .max = 0},
    [KEY_NEW_TEXT] = {"noi-dung-moi", "Nội dung quyết định", http_valid_text, .max = PROPOSAL_TEXT_MAX},
    [KEY_NEW_DAY] = {"han-moi", "Hạn quyết định", http_valid_date, .max = 0},
};

static const char *
vi_instant(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(us, text);
	return arena_strdup(arena, text);
}

static const char *
said_of(Arena *arena, const ProposalEntry *entry, const GPtrArray *steps)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const ProposalStep *step = entry->step_no > 0 ? proposal_step(steps, entry->step_no) : NULL;

	if (entry->kind == PROPOSAL_DECIDE)
		g_string_append(out, entry->is_granted ? "đồng ý" : "không đồng ý");
	if (entry->kind == PROPOSAL_CONFIRM)
		g_string_append(out, entry->is_granted ? "đã giải quyết" : "chưa giải quyết");
	if (entry->doc_number != NULL)
		g_string_append_printf(out, "%svăn bản số %s ngày %s", out->len > 0 ? " · " : "",
		    entry->doc_number, date_text_vi(arena, entry->doc_day));
	if (entry->new_day != DATE_NONE)
		g_string_append_printf(
		    out, "%shạn %s", out->len > 0 ? " · " : "", date_text_vi(arena, entry->new_day));
	if (entry->new_text != NULL)
		g_string_append_printf(out, "%s%s", out->len > 0 ? " · " : "", entry->new_text);
	if (step != NULL)
		g_string_append_printf(out, "%sđến bước: %s", out->len > 0 ? " · " : "", step->title);
	if (entry->due != DATE_NONE)
		g_string_append_printf(out, ", hạn %s", date_text_vi(arena, entry->due));
	return out->len > 0 ? arena_strdup(arena, out->str) : NULL;
}

static bool
fill_history(const WorkScope *scope, ProposalCardView *view, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();

	if (!proposal_entries(scope, view->row.proposal->proposal_id, entries, error))
		return false;
	view->history = arena_array(scope->arena, ProposalHistoryLine, entries->len + 1);
	for (guint i = entries->len; i > 0; i--) {
		const ProposalEntry *entry = g_ptr_array_index(entries, i - 1);

		view->history[view->n_history++] = (ProposalHistoryLine){.entry = entry,
		    .who = entry->name != NULL ? entry->name : LEDGER_NOBODY,
		    .when = vi_instant(scope->arena, entry->at_us),
		    .said = said_of(scope->arena, entry, view->steps)};
	}
	return true;
}

static bool
fill_forms(const WorkScope *scope, ProposalCardView *view, GError **error)
{
	const Proposal *proposal = view->row.proposal;
	const ProposalStep *step = proposal_step(view->steps, proposal->step_no);
	bool is_open = proposal->state == PROPOSAL_OPEN, decides = step != NULL && step->decides;
	ProposalRights rights;

	if (!proposal_rights(scope, proposal, view->steps, &rights, error))
		return false;
	view->forms = (ProposalForms){.forward = is_open && rights.is_holder && !decides,
	    .give_back = is_open && rights.is_holder,
	    .answer = is_open && rights.is_holder && proposal->kind != PROPOSAL_ADJUST,
	    .decide = is_open && rights.is_holder && decides && rights.decide.is_allowed,
	    .refer = is_open && rights.is_holder,
	    .higher = proposal->state == PROPOSAL_REFERRED && rights.is_holder,
	    .supplement = proposal->state == PROPOSAL_RETURNED && rights.is_raiser,
	    .confirm = proposal->state == PROPOSAL_ANSWERED && rights.is_raiser,
	    .reopen = proposal->state == PROPOSAL_CLOSED && (rights.is_raiser || rights.is_any),
	    .withdraw = (is_open || proposal->state == PROPOSAL_RETURNED) && rights.is_raiser};
	if (is_open && decides && rights.is_holder && !rights.decide.is_allowed)
		view->decide_reason = rights.decide.reason;
	return true;
}

static bool
fill_subject(const WorkScope *scope, ProposalCardView *view, GError **error)
{
	const Proposal *proposal = view->row.proposal;
	const PlanScope plan = {scope->db, scope->commune_id, proposal->plan_id};
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	Indicator indicator;
	Task task;
	int family;

	if (!proposal_family_of(scope, proposal->plan_id, &family, &view->plan_number, error))
		return false;
	if (proposal->piece_id != 0)
		view->piece_url =
		    arena_printf(scope->arena, "/cong-viec/%" G_GINT64_FORMAT, proposal->piece_id);
	if (proposal->row_no == 0)
		return true;
	view->row_url = arena_printf(scope->arena, "%s/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
	    proposal->what == PLAN_LINE_TASK ? "/nhiem-vu" : "/chi-tieu", proposal->row_no,
	    proposal->plan_id);
	if (proposal->what == PLAN_LINE_TASK) {
		if (!task_load(&plan, proposal->row_no, scope->arena, &task, error))
			return false;
		view->row_name = task.name;
	} else {
		if (!indicator_load(&plan, proposal->row_no, scope->arena, &indicator, targets, error))
			return false;
		view->row_name = indicator.name;
	}
	return true;
}

static bool
fill_adjustment(const WorkScope *scope, ProposalCardView *view, GError **error)
{
	const Proposal *proposal = view->row.proposal;

	if (proposal->kind != PROPOSAL_ADJUST)
		return true;
	view->field_title = strcmp(proposal->field, PROPOSAL_FIELD_DEADLINE) == 0 ? "Thời hạn"
			    : strcmp(proposal->field, PROPOSAL_FIELD_TARGET) == 0
				? arena_printf(scope->arena, "Mức phải đạt năm %d", proposal->year)
				: "Sản phẩm";
	view->wanted = proposal->new_day != DATE_NONE ? date_text_vi(scope->arena, proposal->new_day)
						      : proposal->new_text;
	return proposal_current(scope, proposal, &view->current, error);
}

static bool
show(
    HttpRequest *request, HttpResponse *response, int64_t proposal_id, ProposalCardView *view, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	Proposal proposal;

	view->steps = steps;
	if (!proposal_find(&scope, proposal_id, &proposal, error) ||
	    !proposal_fill_row(&scope, &proposal, &view->row, error) ||
	    !proposal_route(&scope, proposal.plan_id, instant_day(proposal.raised_us), steps, error) ||
	    !fill_history(&scope, view, error) || !fill_forms(&scope, view, error) ||
	    !fill_subject(&scope, view, error) || !fill_adjustment(&scope, view, error))
		return false;
	view->layout = app_layout(request, "Phiếu kiến nghị");
	view->layout.script = ASSET_WORK_JS;
	proposal_card_page(response->body, view);
	return true;
}

bool
proposal_card_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	ProposalCardView view = {0};
	int64_t proposal_id;

	return http_request_param_int(request, "id", &proposal_id, error) &&
	       show(request, response, proposal_id, &view, error);
}

static const char *
text_of(HttpRequest *request, const HttpValue *value)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (const char *c = value->is_set ? value->text : ""; *c != '\0'; c++)
		if (*c != '\r')
			g_string_append_c(text, *c);
	g_strstrip(text->str);
	return *text->str != '\0' ? arena_strdup(request->arena, text->str) : NULL;
}

static int32_t
day_of(const HttpValue *value)
{
	return value->is_set ? (int32_t)value->number : DATE_NONE;
}

static ProposalEntry
entry_of(HttpRequest *request, const HttpValue *values)
{
	ProposalEntry entry = proposal_entry(DEED_KINDS[values[KEY_DEED].number].kind);

	entry.is_granted = DEED_KINDS[values[KEY_DEED].number].is_granted;
	entry.text = text_of(request, &values[KEY_TEXT]);
	entry.doc_number = text_of(request, &values[KEY_NUMBER]);
	entry.doc_day = day_of(&values[KEY_DAY]);
	if (entry.kind == PROPOSAL_DECIDE && entry.is_granted) {
		entry.new_text = text_of(request, &values[KEY_NEW_TEXT]);
		entry.new_day = day_of(&values[KEY_NEW_DAY]);
	}
	if (entry.doc_number == NULL || entry.doc_day == DATE_NONE) {
		entry.doc_number = NULL;
		entry.doc_day = DATE_NONE;
	}
	return entry;
}

bool
proposal_post_act(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GError) wrong = NULL;
	ProposalOutcome outcome = {0};
	ProposalCardView view = {0};
	HttpValue values[KEY_MAX];
	ProposalEntry entry;
	int64_t proposal_id;

	if (!http_request_param_int(request, "id", &proposal_id, error))
		return false;
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		outcome.problem = request->problem;
	else if (!values[KEY_DEED].is_set)
		outcome.problem = "Hãy chọn việc cần làm với kiến nghị.";
	entry = entry_of(request, values);
	if (outcome.problem == NULL &&
	    !proposal_act(&scope, proposal_id,
		values[KEY_VERSION].is_set ? values[KEY_VERSION].number : WORK_ANY_VERSION, &entry, &outcome,
		error))
		return false;
	if (outcome.problem == NULL && !outcome.is_conflict) {
		http_response_redirect(
		    response, arena_printf(request->arena, PROPOSAL_PATH "/%" G_GINT64_FORMAT, proposal_id));
		return true;
	}
	response->status = outcome.is_conflict ? 409 : 422;
	view.problem = outcome.problem;
	view.is_conflict = outcome.is_conflict;
	view.typed_text = entry.text;
	view.typed_number = values[KEY_NUMBER].text;
	return show(request, response, proposal_id, &view, error);
}
