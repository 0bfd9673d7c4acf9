/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_explain.h"

#include "app/redact_states.h"
#include "base/app-error.h"
#include "base/json.h"
#include "modules/notify/notify_rules.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_redact.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

#include <string.h>

const char *const REMIND_EXPLAIN_TITLES[REMIND_EXPLAIN_STATE_MAX] = {
    [REMIND_ASKED] = "Chờ trả lời",
    [REMIND_ANSWERED] = "Đã trả lời, chờ xem xét",
    [REMIND_GIVEN_BACK] = "Trả lại, phải trả lời lại",
    [REMIND_ACCEPTED] = "Đã chấp nhận",
    [REMIND_WITHDRAWN] = "Đã rút yêu cầu",
};

const char *const REMIND_EXPLAIN_WORDS[REMIND_EXPLAIN_STATE_MAX] = {
    [REMIND_ASKED] = "cho-tra-loi",
    [REMIND_ANSWERED] = "da-tra-loi",
    [REMIND_GIVEN_BACK] = "tra-lai",
    [REMIND_ACCEPTED] = "chap-nhan",
    [REMIND_WITHDRAWN] = "da-rut",
};

const char *const REMIND_STEP_TITLES[REMIND_STEP_MAX] = {
    [REMIND_ASK] = "Yêu cầu giải trình",
    [REMIND_ANSWER] = "Trả lời",
    [REMIND_ACCEPT] = "Chấp nhận giải trình",
    [REMIND_GIVE_BACK] = "Trả lại, yêu cầu giải trình lại",
    [REMIND_WITHDRAW] = "Rút yêu cầu",
};

/* --- rows -------------------------------------------------------------------------------------------------
 */

G_STATIC_ASSERT((int)REMIND_FIND_EXPLAIN_C_ASKER == (int)REMIND_LIST_EXPLAINS_C_ASKER);
G_STATIC_ASSERT((int)REMIND_FIND_EXPLAIN_C_VERSION == (int)REMIND_ALL_EXPLAINS_C_VERSION);

static void
read_explain(Arena *arena, const DbStmt *stmt, RemindExplain *ret)
{
	*ret = (RemindExplain){.explain_no = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_EXPLAIN_NO),
	    .plan_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_PLAN_ID),
	    .task_no = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_TASK_NO),
	    .piece_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_PIECE_ID),
	    .agency_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_AGENCY_ID),
	    .label = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_LABEL)),
	    .path = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_PATH)),
	    .asked_by = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ASKED_BY),
	    .asked_us = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ASKED_US),
	    .state = (RemindExplainState)CLAMP(
		db_column_int(stmt, REMIND_FIND_EXPLAIN_C_STATE), REMIND_ASKED, REMIND_WITHDRAWN),
	    .original_due = (int32_t)db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ORIGINAL_DUE),
	    .due = (int32_t)db_column_int(stmt, REMIND_FIND_EXPLAIN_C_DUE),
	    .answered_us = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ANSWERED_US),
	    .answered_by = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ANSWERED_BY),
	    .version = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_VERSION)};
	if (db_column_count(stmt) > REMIND_FIND_EXPLAIN_C_AGENCY) {
		ret->agency = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_AGENCY));
		ret->asker = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_ASKER));
	}
}

/* What belongs to a plan is for who may look at the plan. */
static bool
may_read(const WorkScope *scope, const RemindExplain *explain)
{
	return scope->visitor == NULL || scope->visitor->is_open ||
	       app_access_grant(scope->visitor, APP_READ, &(AppTarget){.plan_id = explain->plan_id}) != NULL;
}

bool
remind_explain_find(const WorkScope *scope, int64_t explain_no, RemindExplain *ret_explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &REMIND_FIND_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FIND_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_FIND_EXPLAIN_P_EXPLAIN_NO, explain_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		read_explain(scope->arena, stmt, ret_explain);
	if (has_row && may_read(scope, ret_explain))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có yêu cầu giải trình số %" G_GINT64_FORMAT,
	    explain_no);
	return false;
}

bool
remind_explain_steps(const WorkScope *scope, int64_t explain_no, GPtrArray *ret_steps, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_EXPLAIN_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_P_EXPLAIN_NO, explain_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindStep *step = arena_new0(scope->arena, RemindStep);

		*step = (RemindStep){.entry_no = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_ENTRY_NO),
		    .kind = (RemindExplainKind)CLAMP(
			db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_KIND), REMIND_ASK, REMIND_WITHDRAW),
		    .at_us = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_AT_US),
		    .person_id = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_PERSON_ID),
		    .name =
			arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_NAME)),
		    .body =
			arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_BODY)),
		    .due = db_column_is_null(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_DUE)
			       ? DATE_NONE
			       : (int32_t)db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_DUE)};
		g_ptr_array_add(ret_steps, step);
	}
	return !has_row;
}

/* --- what follows from a step ------------------------------------------------------------------------------
 */

static void
fold(RemindExplain *explain, const RemindStep *step)
{
	static const RemindExplainState STATES[REMIND_STEP_MAX] = {
	    [REMIND_ASK] = REMIND_ASKED,
	    [REMIND_ANSWER] = REMIND_ANSWERED,
	    [REMIND_ACCEPT] = REMIND_ACCEPTED,
	    [REMIND_GIVE_BACK] = REMIND_GIVEN_BACK,
	    [REMIND_WITHDRAW] = REMIND_WITHDRAWN,
	};

	explain->state = STATES[step->kind];
	explain->version = step->entry_no;
	if (step->due != DATE_NONE)
		explain->due = step->due;
	if (step->kind == REMIND_ANSWER) {
		explain->answered_us = step->at_us;
		explain->answered_by = step->person_id;
	}
}

static char *
state_of(const RemindExplain *explain, const RemindStep *step)
{
	GString *out = g_string_new(NULL);
	char due[DATE_ISO_SIZE];
	JsonWriter json;

	date_format_iso(explain->due, due);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "step", REMIND_STEP_TITLES[step->kind]);
	json_key_int(&json, "at_us", step->at_us);
	json_key_int(&json, "by", step->person_id);
	json_key_string(&json, "by_name", step->name);
	json_key_string(&json, "body", step->body);
	if (step->kind == REMIND_ASK) {
		json_key_int(&json, "plan", explain->plan_id);
		json_key_int(&json, "task", explain->task_no);
		json_key_int(&json, "piece", explain->piece_id);
		json_key_int(&json, "agency", explain->agency_id);
		json_key_string(&json, "label", explain->label);
		json_key_string(&json, "path", explain->path);
	}
	json_key_string(&json, "state", REMIND_EXPLAIN_TITLES[explain->state]);
	json_key_string(&json, "due", due);
	json_key_int(&json, "answered_by", explain->answered_by);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static char *
object_of(int64_t explain_no, int64_t entry_no)
{
	return g_strdup_printf("explain/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, explain_no, entry_no);
}

static bool
insert_step(const WorkScope *scope, const RemindExplain *after, const RemindStep *step, GError **error)
{
	g_autofree char *object = object_of(after->explain_no, step->entry_no),
			*state = state_of(after, step);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REMIND_INSERT_EXPLAIN_ENTRY, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_EXPLAIN_NO, after->explain_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_ENTRY_NO, step->entry_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_KIND, step->kind);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_AT_US, step->at_us);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_PERSON_ID, step->person_id);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_NAME, step->name);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_BODY, step->body);
	if (step->due != DATE_NONE)
		db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_DUE, step->due);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){step->kind == REMIND_ASK ? LEDGER_ADD : LEDGER_CHANGE, object, NULL, state},
		   error);
}

static bool
update(const WorkScope *scope, const RemindExplain *explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REMIND_UPDATE_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_EXPLAIN_NO, explain->explain_no);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_STATE, explain->state);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_DUE, explain->due);
	if (explain->answered_us != 0)
		db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_ANSWERED_US, explain->answered_us);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_ANSWERED_BY, explain->answered_by);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_VERSION, explain->version);
	return db_run(stmt, error);
}

static bool
insert(const WorkScope *scope, RemindExplain *explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &REMIND_INSERT_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_PLAN_ID, explain->plan_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_TASK_NO, explain->task_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_PIECE_ID, explain->piece_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_AGENCY_ID, explain->agency_id);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_P_LABEL, explain->label);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_P_PATH, explain->path);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_ASKED_BY, explain->asked_by);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_ASKED_US, explain->asked_us);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_STATE, explain->state);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_DUE, explain->due);
	if (!db_step(stmt, &has_row, error))
		return false;
	explain->explain_no = db_column_int(stmt, REMIND_INSERT_EXPLAIN_C_EXPLAIN_NO);
	return true;
}

/* --- who may, and who is told
 * -------------------------------------------------------------------------------
 */

static bool
ask_access(
    const WorkScope *scope, const char *permission, const AppTarget *target, bool *ret_may, GError **error)
{
	AppAnswer answer = {.is_allowed = true};

	if (scope->request != NULL && !app_access(scope->request, permission, target, &answer, error))
		return false;
	if (scope->request == NULL && scope->visitor != NULL)
		answer = app_access_of(scope->visitor, NULL, permission, target, scope->arena);
	*ret_may = answer.is_allowed;
	return true;
}

/* The head of the unit answers; of a unit without one, whoever may approve its data. */
static bool
is_head(const WorkScope *scope, int64_t agency_id, bool *ret_is, GError **error)
{
	const IdentityScope identity = {
	    .db = scope->db, .commune_id = scope->commune_id, .now_us = scope->now_us, .arena = scope->arena};
	const IdentityPost *post = NULL;
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !identity_head_of(&identity, &book, agency_id, scope->today, &post, error))
		return false;
	*ret_is = post != NULL && scope->actor.person_id != 0 && post->person_id == scope->actor.person_id;
	return true;
}

bool
remind_explain_rights(
    const WorkScope *scope, const RemindExplain *explain, RemindExplainRights *ret_rights, GError **error)
{
	AppTarget target = {.plan_id = explain->plan_id, .leads = &explain->agency_id, .n_leads = 1};
	bool is_answerer = false;

	if (!ask_access(scope, APP_APPROVE, &target, &ret_rights->may_answer, error) ||
	    !ask_access(scope, APP_EXPLAIN, &(AppTarget){.plan_id = explain->plan_id}, &ret_rights->may_judge,
		error) ||
	    !is_head(scope, explain->agency_id, &is_answerer, error))
		return false;
	ret_rights->may_answer = ret_rights->may_answer || is_answerer;
	return true;
}

static bool
tell(const WorkScope *scope, const RemindExplain *explain, const RemindStep *step, NotifyEvent event,
    int64_t person_id, const char *word, GError **error)
{
	const RemindItem item = {
	    .about = REMIND_EXPLAINS, .subject_id = explain->explain_no, .name = explain->label};
	char due[DATE_ISO_SIZE];
	NotifyNew message = {.person_id = person_id,
	    .once_key = arena_printf(scope->arena, "giai-trinh/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
		explain->explain_no, step->entry_no),
	    .subject = arena_printf(scope->arena, "%s: %s", word, remind_name(scope->arena, &item)),
	    .path = remind_item_path(scope->arena, &item)};

	if (person_id == 0 || person_id == scope->actor.person_id)
		return true;
	date_format_vi(explain->due, due);
	message.body = step->kind == REMIND_ASK || step->kind == REMIND_GIVE_BACK
			   ? arena_printf(scope->arena, "Hạn trả lời %s.", due)
			   : "";
	return notify_tell(scope->db, scope->commune_id, scope->now_us, event, &message, error);
}

static bool
tell_all(const WorkScope *scope, const RemindExplain *explain, const RemindStep *step, GError **error)
{
	g_auto(RemindBook) book = {0};
	bool is_asked;
	int64_t head;

	if (!remind_book_read(scope, scope->today, &book, error) ||
	    !remind_book_head(&book, explain->agency_id, &head, error))
		return false;
	is_asked = work_agency_is_asked(&book.agencies, explain->agency_id, scope->today, false);
	if (step->kind == REMIND_ASK)
		return tell(scope, explain, step, NOTIFY_EXPLAIN_ASKED, head,
		    is_asked ? "Đề nghị giải trình" : "Yêu cầu giải trình", error);
	if (step->kind == REMIND_ANSWER)
		return tell(
		    scope, explain, step, NOTIFY_EXPLAIN_ANSWERED, explain->asked_by, "Đã giải trình", error);
	return tell(scope, explain, step, NOTIFY_EXPLAIN_DECIDED,
		   explain->answered_by != 0 ? explain->answered_by : head, REMIND_STEP_TITLES[step->kind],
		   error) &&
	       tell(
		   scope, explain, step, NOTIFY_EXPLAIN_DECIDED, head, REMIND_STEP_TITLES[step->kind], error);
}

/* --- steps
 * --------------------------------------------------------------------------------------------------
 */

static const char *
forbid_body(const char *body, const char *what)
{
	if (body == NULL || *body == '\0')
		return what;
	if (g_utf8_strlen(body, -1) > REMIND_BODY_CHARS)
		return "Nội dung quá dài; tối đa 4.000 ký tự.";
	if (remind_is_secret(body))
		return "Nội dung mang dấu mật không được đưa vào đây; chỉ ghi số, ngày của văn bản.";
	return NULL;
}

static const char *
forbid_question(const WorkScope *scope, const RemindQuestion *question, bool may, bool is_there)
{
	if (!may)
		return "Chỉ lãnh đạo được quyền yêu cầu giải trình mới gửi được.";
	if (!is_there)
		return "Hãy chọn cơ quan, đơn vị phải giải trình.";
	if (*question->label == '\0' || g_utf8_strlen(question->label, -1) > REMIND_LABEL_CHARS)
		return "Hãy nêu số liệu hoặc việc cần giải trình, không quá 300 ký tự.";
	if (question->due == DATE_NONE || question->due < scope->today)
		return "Hạn trả lời phải từ hôm nay trở đi.";
	return forbid_body(question->body, "Hãy ghi câu hỏi.");
}

bool
remind_explain_ask(const WorkScope *scope, const RemindQuestion *question, int64_t *ret_explain_no,
    const char **ret_problem, GError **error)
{
	RemindExplain explain = {.plan_id = question->plan_id,
	    .task_no = question->task_no,
	    .piece_id = question->piece_id,
	    .agency_id = question->agency_id,
	    .label = question->label,
	    .path = question->path,
	    .asked_by = scope->actor.person_id,
	    .asked_us = scope->now_us,
	    .state = REMIND_ASKED,
	    .original_due = question->due,
	    .due = question->due};
	const RemindStep step = {.entry_no = 1,
	    .kind = REMIND_ASK,
	    .at_us = scope->now_us,
	    .person_id = scope->actor.person_id,
	    .name = scope->actor.name != NULL ? scope->actor.name : "",
	    .body = question->body,
	    .due = question->due};
	g_autoptr(DbTxn) txn = NULL;
	AgencyBook book;
	bool may;

	*ret_explain_no = 0;
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !ask_access(scope, APP_EXPLAIN, &(AppTarget){.plan_id = question->plan_id}, &may, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	*ret_problem = forbid_question(scope, question, may, agency_find(&book, question->agency_id) != NULL);
	if (*ret_problem != NULL)
		return true;
	fold(&explain, &step);
	if (!insert(scope, &explain, error) || !insert_step(scope, &explain, &step, error) ||
	    !tell_all(scope, &explain, &step, error) || !db_txn_commit(txn, error))
		return false;
	*ret_explain_no = explain.explain_no;
	return true;
}

static const char *
forbid_judging(const WorkScope *scope, const RemindExplain *explain, RemindExplainKind kind, const char *body,
    int32_t due)
{
	if (kind == REMIND_WITHDRAW)
		return explain->state == REMIND_ACCEPTED || explain->state == REMIND_WITHDRAWN
			   ? "Yêu cầu này đã khép lại."
			   : forbid_body(body, "Hãy ghi lý do rút.");
	if (explain->state != REMIND_ANSWERED)
		return "Chưa có câu trả lời để xem xét.";
	if (scope->actor.person_id == 0 || scope->actor.person_id == explain->answered_by)
		return "Người xem xét phải là người khác người trả lời, có tài khoản của mình.";
	if (kind == REMIND_ACCEPT)
		return body != NULL && *body != '\0' ? forbid_body(body, NULL) : NULL;
	if (due != DATE_NONE && due < scope->today)
		return "Hạn trả lời lại phải từ hôm nay trở đi.";
	return forbid_body(body, "Hãy ghi vì sao trả lại.");
}

static const char *
forbid_step(const WorkScope *scope, const RemindExplain *explain, const RemindExplainRights *rights,
    RemindExplainKind kind, const char *body, int32_t due)
{
	if (kind == REMIND_ANSWER) {
		if (!rights->may_answer)
			return "Chỉ người đứng đầu đơn vị được yêu cầu mới trả lời được.";
		if (explain->state != REMIND_ASKED && explain->state != REMIND_GIVEN_BACK)
			return "Yêu cầu này không còn chờ trả lời.";
		return forbid_body(body, "Hãy ghi câu trả lời.");
	}
	if (!rights->may_judge)
		return "Chỉ lãnh đạo được quyền yêu cầu giải trình mới làm được.";
	return forbid_judging(scope, explain, kind, body, due);
}

bool
remind_explain_act(const WorkScope *scope, int64_t explain_no, RemindExplainKind kind, const char *body,
    int32_t due, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	RemindExplainRights rights;
	RemindExplain explain;
	RemindStep step;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !remind_explain_find(scope, explain_no, &explain, error) ||
	    !remind_explain_rights(scope, &explain, &rights, error))
		return false;
	*ret_problem = forbid_step(scope, &explain, &rights, kind, body, due);
	if (*ret_problem != NULL)
		return true;
	step = (RemindStep){.entry_no = explain.version + 1,
	    .kind = kind,
	    .at_us = scope->now_us,
	    .person_id = scope->actor.person_id,
	    .name = scope->actor.name != NULL ? scope->actor.name : "",
	    .body = body != NULL ? body : "",
	    .due = kind == REMIND_GIVE_BACK ? due : DATE_NONE};
	fold(&explain, &step);
	return insert_step(scope, &explain, &step, error) && update(scope, &explain, error) &&
	       tell_all(scope, &explain, &step, error) && db_txn_commit(txn, error);
}

/* --- lists
 * --------------------------------------------------------------------------------------------------
 */

bool
remind_explain_list(
    const WorkScope *scope, const RemindExplainFilter *filter, GPtrArray *ret_explains, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_BEFORE, filter->before);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_STATE, filter->state);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_ASKED_BY, filter->asked_by);
	if (filter->plan_id != 0)
		db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_PLAN_ID, filter->plan_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_LATE_BEFORE, filter->is_late ? scope->today : 0);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_ROW_LIMIT, filter->limit);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindExplain *explain = arena_new0(scope->arena, RemindExplain);

		read_explain(scope->arena, stmt, explain);
		if (may_read(scope, explain))
			g_ptr_array_add(ret_explains, explain);
	}
	return !has_row;
}

bool
remind_explain_count(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to,
    RemindExplainCounts *ret_counts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	*ret_counts = (RemindExplainCounts){0};
	if (!db_prepare(scope->db, &REMIND_COUNT_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	if (plan_id != 0)
		db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_PLAN_ID, plan_id);
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_FROM_US, instant_at(from, 0));
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_UNTIL_US, instant_at(to + 1, 0));
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_TODAY, scope->today);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t state =
		    CLAMP(db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_STATE), REMIND_ASKED, REMIND_WITHDRAWN);

		ret_counts->n[state] += db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_N);
		ret_counts->n_late += db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_N_LATE);
	}
	return !has_row;
}

static bool
fill_texts(const WorkScope *scope, RemindExplain *explain, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();

	if (!remind_explain_steps(scope, explain->explain_no, steps, error))
		return false;
	for (guint i = 0; i < steps->len; i++) {
		const RemindStep *step = g_ptr_array_index(steps, i);

		if (step->kind == REMIND_ASK)
			explain->question = step->body;
		else if (step->kind == REMIND_ANSWER)
			explain->answer = step->body;
	}
	return true;
}

bool
remind_explain_report(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to, int limit,
    GPtrArray *ret_explains, GError **error)
{
	const RemindExplainFilter filter = {.plan_id = plan_id, .before = INT64_MAX, .limit = G_MAXINT32};
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!remind_explain_list(scope, &filter, all, error))
		return false;
	for (guint i = 0; i < all->len && ret_explains->len < (guint)limit; i++) {
		RemindExplain *explain = g_ptr_array_index(all, i);
		int32_t day = instant_day(explain->asked_us);

		if (day < from || day > to)
			continue;
		if (!fill_texts(scope, explain, error))
			return false;
		g_ptr_array_add(ret_explains, explain);
	}
	return true;
}

/* --- verify, and state secrets
 * -------------------------------------------------------------------------------------------------
 */

static bool
is_same(const RemindExplain *a, const RemindExplain *b)
{
	return a->state == b->state && a->due == b->due && a->answered_us == b->answered_us &&
	       a->answered_by == b->answered_by && a->version == b->version;
}

/* Gives in *ret_is_same whether the row is what its steps make of it. */
static bool
walk_steps(const AppStates *states, const WorkScope *scope, const RemindExplain *stored, bool *ret_is_same,
    GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	RemindExplain replayed = *stored;

	if (!remind_explain_steps(scope, stored->explain_no, steps, error))
		return false;
	replayed.answered_us = replayed.answered_by = 0;
	for (guint i = 0; i < steps->len; i++) {
		const RemindStep *step = g_ptr_array_index(steps, i);
		g_autofree char *object = object_of(stored->explain_no, step->entry_no), *state = NULL;

		fold(&replayed, step);
		state = state_of(&replayed, step);
		if (!app_state(states, object, state, error))
			return false;
	}
	*ret_is_same = steps->len > 0 && is_same(stored, &replayed);
	return true;
}

static bool
walk_explains(const AppStates *states, const WorkScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_ALL_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const RemindItem item = {.about = REMIND_EXPLAINS,
		    .subject_id = db_column_int(stmt, REMIND_ALL_EXPLAINS_C_EXPLAIN_NO)};
		RemindExplain explain;
		bool is_as_said;

		read_explain(scope->arena, stmt, &explain);
		if (!walk_steps(states, scope, &explain, &is_as_said, error))
			return false;
		if (states->redaction != NULL)
			app_redact_record(states->redaction, remind_item_path(scope->arena, &item));
		else if (!is_as_said)
			ledger_report_add(states->report,
			    "yêu cầu giải trình %" G_GINT64_FORMAT ": bảng ghi khác với các bước của nó",
			    explain.explain_no);
	}
	return !has_row;
}

bool
remind_explain_verify(const WorkScope *scope, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(scope->db, scope->commune_id, report);

	return walk_explains(&states, scope, error);
}

bool
remind_redact(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);
	const WorkScope scope = {
	    .db = redaction->db, .commune_id = redaction->commune_id, .arena = redaction->arena};

	return redaction->plan_id == 0 ||
	       (APP_REDACT_RUN(redaction, REMIND_REDACT_EXPLAINS, error) &&
		   APP_REDACT_RUN(redaction, REMIND_REDACT_EXPLAIN_ENTRIES, error) &&
		   walk_explains(&states, &scope, error));
}
