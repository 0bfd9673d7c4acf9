/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/work/work_pages.h"

#include <string.h>

enum {
	KEY_VERSION,
	KEY_STATE,
	KEY_PERCENT,
	KEY_MONTH,
	KEY_DUE,
	KEY_DAY,
	KEY_REF,
	KEY_PERSON,
	KEY_DONE,
	KEY_DIFFICULTIES,
	KEY_PROPOSALS,
	KEY_PRODUCT,
	KEY_REASON,
	KEY_NUMBER,
	KEY_EXPECTED,
	KEY_MAX,
};

/* As WorkState. */
static const char *const STATE_WORDS[] = {
    "chua-thuc-hien", "dang-thuc-hien", "cho-nghiem-thu", "hoan-thanh", "tam-dung", "huy", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_VERSION] = {"phien-ban", "Phiên bản", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_STATE] = {"trang-thai", "Tình trạng", http_valid_word, .words = STATE_WORDS},
    [KEY_PERCENT] = {"phan-tram", "Phần trăm", http_valid_int, .min = 0, .max = 100},
    [KEY_MONTH] = {"thang", "Tháng", http_valid_date, .max = 0},
    [KEY_DUE] = {"han", "Ngày đến hạn", http_valid_date, .max = 0},
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .max = 0},
    [KEY_REF] = {"de-nghi", "Đề nghị", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_PERSON] = {"nguoi", "Người thực hiện", http_valid_int, .min = 0, .max = G_MAXINT64},
    [KEY_DONE] = {"da-lam", "Việc đã làm", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_DIFFICULTIES] = {"kho-khan", "Khó khăn", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_PROPOSALS] = {"de-xuat", "Đề xuất", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_PRODUCT] = {"san-pham", "Sản phẩm", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_REASON] = {"ly-do", "Lý do", http_valid_text, .max = WORK_TEXT_MAX},
    [KEY_NUMBER] = {"so-van-ban", "Số văn bản", http_valid_text, .max = 100},
    [KEY_EXPECTED] = {"san-pham-phai-co", "Sản phẩm phải có", http_valid_text, .max = WORK_TEXT_MAX},
};

typedef struct Form {
	HttpRequest *request;
	int64_t piece_id, version;
	HttpValue values[KEY_MAX];
	const char *problem; /* what was wrong with a field; NULL */
} Form;

/* What was typed, without white space at its ends and without carriage returns; NULL for nothing. */
static const char *
typed_text(const Form *form, int key)
{
	const char *sent = http_request_form(form->request, FIELDS[key].name);
	g_autoptr(GString) text = g_string_new(NULL);

	for (; sent != NULL && *sent != '\0'; sent++)
		if (*sent != '\r')
			g_string_append_c(text, *sent);
	g_strstrip(text->str);
	return *text->str != '\0' ? arena_strdup(form->request->arena, text->str) : NULL;
}

static int32_t
typed_day(const Form *form, int key)
{
	return form->values[key].is_set ? (int32_t)form->values[key].number : DATE_NONE;
}

static bool
begin(HttpRequest *request, Form *form, GError **error)
{
	g_autoptr(GError) wrong = NULL;

	*form = (Form){.request = request, .version = WORK_ANY_VERSION};
	if (!http_request_param_int(request, "id", &form->piece_id, error))
		return false;
	if (!http_form_parse(FIELDS, KEY_MAX, request, form->values, &wrong))
		form->problem = request->problem;
	if (form->values[KEY_VERSION].is_set)
		form->version = form->values[KEY_VERSION].number;
	return true;
}

static bool
lead_on(const Form *form, const WorkOutcome *outcome, HttpResponse *response)
{
	const char *back = http_request_form(form->request, "ve");
	bool is_today = back != NULL && strcmp(back, "hom-nay") == 0;

	http_response_redirect(
	    response, is_today ? arena_printf(form->request->arena,
				     WORK_TODAY_PATH "?xong=%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT,
				     form->piece_id, outcome->entry_no)
			       : arena_printf(form->request->arena,
				     WORK_LIST_PATH "/%" G_GINT64_FORMAT "?xong=%" G_GINT64_FORMAT,
				     form->piece_id, outcome->entry_no));
	return true;
}

/* Adds the entry and leads on, or shows the card again with what was typed: 422 for what cannot be taken, 409
 * for somebody who was overtaken. */
static bool
act(const Form *form, const WorkEntry *entry, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(form->request);
	WorkOutcome outcome = {.problem = form->problem};

	if (form->problem == NULL && !work_act(&scope, form->piece_id, form->version, entry, &outcome, error))
		return false;
	if (outcome.problem == NULL && !outcome.is_conflict)
		return lead_on(form, &outcome, response);
	response->status = outcome.is_conflict ? 409 : 422;
	return work_show_piece(
	    form->request, response, form->piece_id, entry, &outcome, form->version, error);
}

static WorkEntry
read_report(const Form *form)
{
	WorkEntry entry = work_entry(WORK_UPDATE);
	const HttpValue *values = form->values;

	if (values[KEY_STATE].is_set && values[KEY_STATE].number == WORK_WAITING)
		entry.kind = WORK_SUBMIT;
	else if (values[KEY_STATE].is_set)
		entry.state = (int)MIN(values[KEY_STATE].number, WORK_DOING);
	entry.percent = values[KEY_PERCENT].is_set ? (int)values[KEY_PERCENT].number : -1;
	entry.month = values[KEY_MONTH].is_set ? work_month_of(typed_day(form, KEY_MONTH))
					       : work_month_of(app_context(form->request)->today);
	entry.is_idle = http_request_form(form->request, "khong-phat-sinh") != NULL;
	entry.done = typed_text(form, KEY_DONE);
	entry.difficulties = typed_text(form, KEY_DIFFICULTIES);
	entry.proposals = typed_text(form, KEY_PROPOSALS);
	entry.product = typed_text(form, KEY_PRODUCT);
	entry.reason = typed_text(form, KEY_REASON);
	if (entry.kind == WORK_SUBMIT) {
		entry.doc_number = typed_text(form, KEY_NUMBER);
		entry.day = typed_day(form, KEY_DAY);
	}
	return entry;
}

bool
work_post_report(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry;
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry = read_report(&form);
	return act(&form, &entry, response, error);
}

/* Attaches the files that came along. They stay also where the entry is refused afterwards: nobody has to
 * send them twice. */
static bool
store_files(Form *form, GError **error)
{
	const EvidenceInline *received = form->request->prepared;
	const char *kind = http_request_form(form->request, "loai-tep");
	const EvidenceNew told = {.kind = kind != NULL ? kind : "khac",
	    .number = typed_text(form, KEY_NUMBER),
	    .issued_day = typed_day(form, KEY_DAY),
	    .object = {EVIDENCE_OBJECT_WORK,
		arena_printf(form->request->arena, "%" G_GINT64_FORMAT, form->piece_id)}};
	WorkScope scope = work_scope_of(form->request);
	WorkRights rights;
	WorkPiece piece;

	if (!work_find(&scope, form->piece_id, &piece, error) || !work_rights(&scope, &piece, &rights, error))
		return false;
	if (form->problem != NULL || !rights.update.is_allowed)
		return true;
	return evidence_inline_store(form->request, received, &told, &form->problem, error);
}

bool
work_post_report_files(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceInline *received = NULL;
	WorkEntry entry;
	Form form;

	if (request->prepared == NULL) {
		if (!evidence_inline_receive(request, &received, error))
			return false;
		request->prepared = received;
		return true;
	}
	if (!begin(request, &form, error) || !store_files(&form, error))
		return false;
	entry = read_report(&form);
	return act(&form, &entry, response, error);
}

bool
work_post_issue(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_ISSUE);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.doc_number = typed_text(&form, KEY_NUMBER);
	entry.day = typed_day(&form, KEY_DAY);
	return act(&form, &entry, response, error);
}

/* An entry of which nothing is said but, perhaps, why. */
static bool
post_plain(HttpRequest *request, WorkEntryKind kind, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(kind);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.reason = typed_text(&form, KEY_REASON);
	return act(&form, &entry, response, error);
}

bool
work_post_take(HttpRequest *request, HttpResponse *response, GError **error)
{
	return post_plain(request, WORK_TAKE, response, error);
}

/* Files are hashed before the writer's thread is asked: what is found whole counts as whole for an hour. */
static bool
look_at_files(HttpRequest *request, GError **error)
{
	static char looked_at;
	WorkScope scope = work_scope_of(request);
	g_auto(WorkNeeds) needs = {0};
	int64_t piece_id;
	WorkPiece piece;

	request->prepared = &looked_at;
	if (!http_request_param_int(request, "id", &piece_id, error) ||
	    !work_find(&scope, piece_id, &piece, error) || !work_needs(&scope, &piece, &needs, error))
		return false;
	work_damaged(&scope, &needs);
	return true;
}

bool
work_post_accept(HttpRequest *request, HttpResponse *response, GError **error)
{
	if (request->prepared == NULL)
		return look_at_files(request, error);
	return post_plain(request, WORK_ACCEPT, response, error);
}

bool
work_post_return(HttpRequest *request, HttpResponse *response, GError **error)
{
	return post_plain(request, WORK_RETURN, response, error);
}

bool
work_post_reopen(HttpRequest *request, HttpResponse *response, GError **error)
{
	return post_plain(request, WORK_REOPEN, response, error);
}

bool
work_post_extension(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_ASK_EXTENSION);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.due = typed_day(&form, KEY_DUE);
	entry.reason = typed_text(&form, KEY_REASON);
	return act(&form, &entry, response, error);
}

bool
work_post_contest(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_CONTEST);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.due = typed_day(&form, KEY_DUE);
	entry.state = form.values[KEY_STATE].is_set ? (int)form.values[KEY_STATE].number : -1;
	entry.reason = typed_text(&form, KEY_REASON);
	return act(&form, &entry, response, error);
}

/* What was asked for holds, unless the decider names another day. */
static bool
adopt_request(const Form *form, WorkEntry *entry, GError **error)
{
	WorkScope scope = work_scope_of(form->request);
	g_autoptr(GPtrArray) entries = g_ptr_array_new();

	if (!work_entries(&scope, form->piece_id, entries, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *asked = g_ptr_array_index(entries, i);

		if (asked->entry_no != entry->ref_no)
			continue;
		entry->state = asked->state;
		entry->day = asked->day;
		if (entry->due == DATE_NONE)
			entry->due = asked->due;
	}
	return true;
}

bool
work_post_decision(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_DECIDE);
	const char *answer = http_request_form(request, "tra-loi");
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.ref_no = form.values[KEY_REF].number;
	entry.is_granted = answer != NULL && strcmp(answer, "dong-y") == 0;
	entry.reason = typed_text(&form, KEY_REASON);
	entry.due = typed_day(&form, KEY_DUE);
	if (entry.is_granted && !adopt_request(&form, &entry, error))
		return false;
	if (!entry.is_granted)
		entry.due = DATE_NONE;
	return act(&form, &entry, response, error);
}

bool
work_post_event(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_EVENT);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.day = typed_day(&form, KEY_DAY);
	entry.due = typed_day(&form, KEY_DUE);
	entry.reason = typed_text(&form, KEY_REASON);
	return act(&form, &entry, response, error);
}

bool
work_post_assign(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_ASSIGN);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.for_person = form.values[KEY_PERSON].number;
	entry.reason = typed_text(&form, KEY_REASON);
	return act(&form, &entry, response, error);
}

/* What the task has to bring about: a correction of what was read in the plan. */
bool
work_post_product(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	WorkProduct product = {.kind = http_request_form(request, "loai-san-pham")};
	WorkEntry typed = work_entry(0);
	WorkOutcome outcome = {0};
	WorkPiece piece;
	Form form;

	if (!begin(request, &form, error) || !work_find(&scope, form.piece_id, &piece, error))
		return false;
	product.expected = typed_text(&form, KEY_EXPECTED);
	product.reason = typed_text(&form, KEY_REASON);
	outcome.problem = form.problem;
	if (outcome.problem == NULL && !work_set_product(&scope, &piece, &product, &outcome.problem, error))
		return false;
	if (outcome.problem == NULL) {
		http_response_redirect(
		    response, arena_printf(request->arena,
				  WORK_LIST_PATH "/%" G_GINT64_FORMAT "#san-pham-phai-co", form.piece_id));
		return true;
	}
	typed.reason = product.reason;
	response->status = 422;
	return work_show_piece(request, response, form.piece_id, &typed, &outcome, WORK_ANY_VERSION, error);
}

bool
work_post_take_back(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkEntry entry = work_entry(WORK_TAKE_BACK);
	Form form;

	if (!begin(request, &form, error))
		return false;
	entry.ref_no = form.values[KEY_REF].number;
	return act(&form, &entry, response, error);
}
