/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_internal.h"

#include <string.h>

static bool
is_open(const WorkPiece *piece)
{
	return piece->state == WORK_NOT_STARTED || piece->state == WORK_DOING;
}

/* Somebody who cannot be told from another cannot judge another's work. */
static const char *
forbid_judge(const WorkScope *scope, int64_t other_person, const char *what)
{
	if (scope->actor.person_id == 0)
		return arena_printf(scope->arena,
		    "%s phải do một người có tài khoản làm. Hãy đăng nhập, hoặc tạo tài khoản bằng lệnh "
		    "namro "
		    "user add.",
		    what);
	if (scope->actor.person_id == other_person)
		return arena_printf(
		    scope->arena, "%s phải do người khác làm, không phải chính người đã gửi.", what);
	return NULL;
}

static const char *
forbid_month(const WorkScope *scope, const WorkAttempt *attempt)
{
	char month[DATE_ISO_SIZE];

	if (attempt->entry->month == DATE_NONE || !attempt->lock.is_locked)
		return NULL;
	date_format_vi(attempt->entry->month, month);
	return arena_printf(scope->arena,
	    "Kỳ cập nhật đến %s đã khóa%s%s. Muốn bổ sung, hãy đề nghị cơ quan thường trực mở lại kỳ này.",
	    month, attempt->lock.name != NULL ? ", người khóa: " : " theo lịch",
	    attempt->lock.name != NULL ? attempt->lock.name : "");
}

static const char *
forbid_texts(const WorkEntry *entry)
{
	const char *texts[] = {entry->done, entry->difficulties, entry->proposals, entry->product,
	    entry->reason, entry->doc_number};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i] != NULL && g_utf8_strlen(texts[i], -1) > WORK_TEXT_MAX)
			return "Nội dung quá dài; mỗi ô tối đa 4.000 ký tự.";
	return NULL;
}

/* What the kind of deliverable asks for before it is submitted; a reason why there is no product stands
 * instead. */
static const char *
forbid_submission(const WorkScope *scope, const WorkAttempt *attempt)
{
	const WorkEntry *entry = attempt->entry;
	bool has_number = entry->doc_number != NULL && entry->day != DATE_NONE;
	const char *missing;

	if (entry->product == NULL && entry->reason == NULL)
		return "Báo hoàn thành phải nêu sản phẩm, hoặc lý do không có sản phẩm.";
	if (entry->day != DATE_NONE && entry->day > scope->today)
		return "Ngày ban hành không được sau hôm nay.";
	if ((entry->doc_number == NULL) != (entry->day == DATE_NONE))
		return "Số văn bản và ngày ban hành phải ghi cùng nhau; chưa ban hành thì để trống cả hai.";
	if (entry->product == NULL || attempt->needs == NULL)
		return NULL;
	missing = work_missing(scope, attempt->needs, has_number, WORK_AT_SUBMISSION);
	if (missing == NULL)
		return NULL;
	return arena_printf(scope->arena,
	    "Chưa nộp được. Còn thiếu: %s. Hãy đính kèm rồi nộp lại; nếu không có thì nêu lý do không có sản "
	    "phẩm và để trống ô sản phẩm.",
	    missing);
}

static const char *
forbid_report(const WorkScope *scope, const WorkAttempt *attempt)
{
	const WorkEntry *entry = attempt->entry;
	const WorkPiece *piece = attempt->piece;
	const char *problem;

	if (piece->state == WORK_WAITING)
		return "Việc đang chờ nghiệm thu. Nếu cần sửa, hãy đề nghị người nghiệm thu trả lại.";
	if (!is_open(piece))
		return "Việc đã khép lại. Muốn làm tiếp phải có người nghiệm thu mở lại, hoặc gửi ý kiến "
		       "khác.";
	if (entry->percent > 100)
		return "Phần trăm phải từ 0 đến 100.";
	if (entry->kind == WORK_SUBMIT && (problem = forbid_submission(scope, attempt)) != NULL)
		return problem;
	if (entry->kind == WORK_UPDATE && entry->is_idle &&
	    (entry->done != NULL || entry->difficulties != NULL || entry->proposals != NULL))
		return "Đã chọn \"không phát sinh\" thì không ghi nội dung; hãy bỏ chọn hoặc xóa nội dung.";
	if (entry->kind == WORK_UPDATE && !entry->is_idle && entry->done == NULL &&
	    entry->difficulties == NULL && entry->proposals == NULL && entry->percent == piece->percent &&
	    (entry->state < 0 || entry->state == (int)piece->state))
		return "Chưa có gì để ghi: hãy nêu việc đã làm, khó khăn, đề xuất, hoặc chọn \"không phát "
		       "sinh\".";
	return forbid_month(scope, attempt);
}

static const char *
forbid_acceptance(const WorkScope *scope, const WorkAttempt *attempt)
{
	const WorkPiece *piece = attempt->piece;
	const char *problem, *missing;

	if (piece->state != WORK_WAITING)
		return "Chỉ nghiệm thu hoặc trả lại việc đã nộp.";
	problem = forbid_judge(
	    scope, piece->submitter_id, attempt->entry->kind == WORK_ACCEPT ? "Nghiệm thu" : "Trả lại");
	if (problem != NULL)
		return problem;
	if (attempt->entry->kind == WORK_RETURN)
		return attempt->entry->reason == NULL ? "Trả lại phải nêu lý do." : NULL;
	if (attempt->damaged != NULL)
		return arena_printf(scope->arena, "Chưa nghiệm thu được. %s", attempt->damaged);
	if (!piece->has_product || attempt->needs == NULL)
		return NULL;
	missing = work_missing(scope, attempt->needs, false, WORK_AT_ACCEPTANCE);
	if (missing == NULL)
		return NULL;
	return arena_printf(scope->arena,
	    "Chưa nghiệm thu được. Còn thiếu: %s. Đơn vị phải bổ sung, hoặc trả lại để đơn vị nộp lại.",
	    missing);
}

static const char *
forbid_request(const WorkAttempt *attempt)
{
	const WorkEntry *entry = attempt->entry;
	const WorkPiece *piece = attempt->piece;

	if (piece->pending_no != 0)
		return "Đang có một đề nghị chờ quyết định; chờ quyết định rồi hãy gửi tiếp.";
	if (entry->reason == NULL)
		return "Phải nêu lý do.";
	if (entry->kind == WORK_CONTEST)
		return entry->state < 0 && entry->due == DATE_NONE
			   ? "Hãy nêu tình trạng hoặc ngày mà đơn vị cho là đúng."
			   : NULL;
	if (!is_open(piece))
		return "Chỉ gia hạn việc chưa nộp.";
	if (piece->due == DATE_NONE)
		return "Việc này chưa có ngày đến hạn nên không có gì để gia hạn.";
	if (entry->due == DATE_NONE || entry->due <= piece->due)
		return "Ngày xin gia hạn phải sau ngày đến hạn hiện nay.";
	return NULL;
}

static const char *
forbid_decision(const WorkScope *scope, const WorkAttempt *attempt)
{
	const char *problem;

	if (attempt->piece->pending_no == 0 || attempt->ref == NULL ||
	    attempt->entry->ref_no != attempt->piece->pending_no)
		return "Đề nghị này không còn chờ quyết định.";
	problem = forbid_judge(scope, attempt->ref->person_id, "Quyết định");
	if (problem != NULL)
		return problem;
	if (!attempt->entry->is_granted && attempt->entry->reason == NULL)
		return "Không đồng ý thì phải nêu lý do.";
	if (attempt->entry->is_granted && attempt->piece->pending_kind == WORK_ASK_EXTENSION &&
	    attempt->entry->due <= attempt->piece->due)
		return "Ngày được duyệt phải sau ngày đến hạn hiện nay.";
	return NULL;
}

static const char *
forbid_event(const WorkScope *scope, const WorkAttempt *attempt)
{
	const WorkEntry *entry = attempt->entry;

	if (attempt->piece->deadline_kind != PLAN_DEADLINE_CONDITIONAL)
		return "Việc này không chờ điều kiện nào.";
	if (attempt->piece->event_day != DATE_NONE)
		return "Điều kiện đã được xác nhận trước đó.";
	if (entry->day == DATE_NONE || entry->day > scope->today)
		return "Ngày điều kiện xảy ra phải là hôm nay hoặc trước đó.";
	if (entry->due == DATE_NONE || entry->due < entry->day)
		return "Ngày đến hạn phải từ ngày điều kiện xảy ra trở đi.";
	return entry->reason == NULL ? "Hãy nêu văn bản hoặc sự việc làm căn cứ." : NULL;
}

/* What is written by mistake: not what others have decided on, nor how the piece came to be. */
static bool
can_be_taken_back(WorkEntryKind kind)
{
	return kind == WORK_UPDATE || kind == WORK_SUBMIT || kind == WORK_ISSUE || kind == WORK_TAKE ||
	       kind == WORK_ASSIGN || kind == WORK_ACCEPT || kind == WORK_RETURN ||
	       kind == WORK_ASK_EXTENSION;
}

static const char *
forbid_take_back(const WorkScope *scope, const WorkSettings *settings, const WorkAttempt *attempt)
{
	const WorkEntry *ref = attempt->ref;

	if (ref == NULL || ref->entry_no != attempt->piece->version || !can_be_taken_back(ref->kind))
		return "Chỉ thu hồi được lần cập nhật vừa ghi, khi chưa có ai ghi tiếp.";
	if (ref->person_id != scope->actor.person_id)
		return "Chỉ người đã ghi mới thu hồi được.";
	if (scope->now_us - ref->at_us > settings->undo_seconds * INSTANT_SECOND)
		return "Đã quá thời gian thu hồi. Hãy ghi một lần cập nhật mới để sửa.";
	return NULL;
}

static const char *
judge(AppAnswer answer, const char *otherwise)
{
	if (answer.is_allowed)
		return NULL;
	return answer.reason != NULL ? answer.reason : otherwise;
}

/* Whether the actor may do this kind of thing at all, and with this piece. */
static const char *
forbid_actor(const WorkAttempt *attempt)
{
	static const char OWN[] =
	    "Việc này không phải của bạn hoặc đơn vị bạn. Chỉ đơn vị được giao mới ghi được.";

	switch (attempt->entry->kind) {
	case WORK_TAKE:
	case WORK_UPDATE:
	case WORK_SUBMIT:
	case WORK_ISSUE:
	case WORK_ASK_EXTENSION:
	case WORK_CONTEST:
		return attempt->rights.update.is_allowed ? NULL : OWN;
	case WORK_TAKE_BACK:
		return NULL; /* the writer's own entry */
	case WORK_ASSIGN:
		return judge(attempt->rights.assign, OWN);
	case WORK_OPEN:
	case WORK_EVENT:
		return judge(attempt->rights.operate, "Chỉ cơ quan được quyền giao việc mới làm được.");
	case WORK_ACCEPT:
	case WORK_RETURN:
	case WORK_REOPEN:
		return judge(attempt->rights.accept, "Chỉ người được quyền nghiệm thu mới làm được.");
	case WORK_DECIDE:
		return judge(attempt->rights.decide, "Chỉ người được quyền quyết định mới làm được.");
	case WORK_CARRY:
	case WORK_CLOSE:
	case WORK_ADJUST: /* only work_carry.h writes them */
	case WORK_ENTRY_MAX:
		break;
	}
	return OWN;
}

const char *
work_forbid(const WorkScope *scope, const WorkSettings *settings, const WorkAttempt *attempt)
{
	const char *problem = forbid_actor(attempt);

	if (problem == NULL)
		problem = forbid_texts(attempt->entry);
	if (problem != NULL)
		return problem;
	switch (attempt->entry->kind) {
	case WORK_UPDATE:
	case WORK_SUBMIT:
		return forbid_report(scope, attempt);
	case WORK_TAKE:
		return attempt->piece->is_taken ? "Việc đã được nhận trước đó." : NULL;
	case WORK_ASSIGN:
		return attempt->entry->for_person == attempt->piece->person_id
			   ? "Việc đang do chính người này thực hiện."
			   : NULL;
	case WORK_ISSUE:
		return attempt->entry->doc_number == NULL || attempt->entry->day == DATE_NONE ||
			       attempt->entry->day > scope->today
			   ? "Phải ghi số văn bản và ngày ban hành, không sau hôm nay."
			   : NULL;
	case WORK_ACCEPT:
	case WORK_RETURN:
		return forbid_acceptance(scope, attempt);
	case WORK_REOPEN:
		if (attempt->piece->state != WORK_DONE)
			return "Chỉ mở lại việc đã hoàn thành.";
		return attempt->entry->reason == NULL ? "Mở lại phải nêu lý do." : NULL;
	case WORK_ASK_EXTENSION:
	case WORK_CONTEST:
		return forbid_request(attempt);
	case WORK_DECIDE:
		return forbid_decision(scope, attempt);
	case WORK_EVENT:
		return forbid_event(scope, attempt);
	case WORK_TAKE_BACK:
		return forbid_take_back(scope, settings, attempt);
	case WORK_OPEN:
	case WORK_CARRY:
	case WORK_CLOSE:
	case WORK_ADJUST:
	case WORK_ENTRY_MAX:
		break;
	}
	return NULL;
}
