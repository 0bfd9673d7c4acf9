/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_explain.h"

#include "modules/remind/remind_explain_internal.h"
#include "storage/txn.h"

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

/* --- who may ----------------------------------------------------------------------------------------------
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

/* --- steps ------------------------------------------------------------------------------------------------
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
	remind_explain_fold(&explain, &step);
	if (!remind_explain_insert(scope, &explain, error) ||
	    !remind_explain_add_step(scope, &explain, &step, error) ||
	    !remind_explain_tell(scope, &explain, &step, error) || !db_txn_commit(txn, error))
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
	remind_explain_fold(&explain, &step);
	return remind_explain_add_step(scope, &explain, &step, error) &&
	       remind_explain_update(scope, &explain, error) &&
	       remind_explain_tell(scope, &explain, &step, error) && db_txn_commit(txn, error);
}
