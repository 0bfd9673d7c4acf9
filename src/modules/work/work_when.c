/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/work/work.h"

#include <string.h>

const char *const WORK_STATE_TITLES[WORK_STATE_MAX] = {
    [WORK_NOT_STARTED] = "Chưa thực hiện",
    [WORK_DOING] = "Đang thực hiện",
    [WORK_WAITING] = "Chờ nghiệm thu",
    [WORK_DONE] = "Hoàn thành",
    [WORK_PAUSED] = "Tạm dừng",
    [WORK_CANCELLED] = "Hủy",
};

const char *const WORK_STATE_WORDS[WORK_STATE_MAX] = {
    [WORK_NOT_STARTED] = "chua-thuc-hien",
    [WORK_DOING] = "dang-thuc-hien",
    [WORK_WAITING] = "cho-nghiem-thu",
    [WORK_DONE] = "hoan-thanh",
    [WORK_PAUSED] = "tam-dung",
    [WORK_CANCELLED] = "huy",
};

const char *const WORK_ENTRY_TITLES[WORK_ENTRY_MAX] = {
    [WORK_OPEN] = "Mở việc",
    [WORK_ASSIGN] = "Giao người thực hiện",
    [WORK_TAKE] = "Nhận việc",
    [WORK_UPDATE] = "Cập nhật",
    [WORK_SUBMIT] = "Nộp kết quả",
    [WORK_ISSUE] = "Ban hành",
    [WORK_ACCEPT] = "Nghiệm thu",
    [WORK_RETURN] = "Trả lại",
    [WORK_REOPEN] = "Mở lại",
    [WORK_ASK_EXTENSION] = "Đề nghị gia hạn",
    [WORK_CONTEST] = "Ý kiến khác",
    [WORK_DECIDE] = "Quyết định",
    [WORK_EVENT] = "Điều kiện đã có",
    [WORK_TAKE_BACK] = "Thu hồi",
    [WORK_CARRY] = "Chuyển tiếp sang kế hoạch mới",
    [WORK_CLOSE] = "Khép lại theo kế hoạch mới",
    [WORK_ADJUST] = "Điều chỉnh theo quyết định",
};

const char *const WORK_ENTRY_WORDS[WORK_ENTRY_MAX] = {
    [WORK_OPEN] = "open",
    [WORK_ASSIGN] = "assign",
    [WORK_TAKE] = "take",
    [WORK_UPDATE] = "update",
    [WORK_SUBMIT] = "submit",
    [WORK_ISSUE] = "issue",
    [WORK_ACCEPT] = "accept",
    [WORK_RETURN] = "return",
    [WORK_REOPEN] = "reopen",
    [WORK_ASK_EXTENSION] = "ask-extension",
    [WORK_CONTEST] = "contest",
    [WORK_DECIDE] = "decide",
    [WORK_EVENT] = "event",
    [WORK_TAKE_BACK] = "take-back",
    [WORK_CARRY] = "carry",
    [WORK_CLOSE] = "close",
    [WORK_ADJUST] = "adjust",
};

const char *const WORK_TIMELINESS_TITLES[WORK_TIMELINESS_MAX] = {
    [WORK_NO_DATE] = "Chưa có ngày đến hạn",
    [WORK_ON_TIME] = "Trong hạn",
    [WORK_SOON] = "Sắp đến hạn",
    [WORK_LATE] = "Quá hạn",
    [WORK_EXTENDED] = "Đã gia hạn",
    [WORK_ENDED_ON_TIME] = "Đúng hạn",
    [WORK_ENDED_LATE] = "Trễ hạn",
    [WORK_ENDED_EXTENDED] = "Đúng hạn đã gia hạn",
    [WORK_SUSPENDED] = "Không tính hạn",
};

static WorkTimeliness
timeliness_of(const WorkPiece *piece, int32_t end, int32_t soon_days)
{
	bool has_ended = piece->submitted_day != DATE_NONE;

	if (piece->state == WORK_PAUSED || piece->state == WORK_CANCELLED)
		return WORK_SUSPENDED;
	if (piece->due == DATE_NONE)
		return WORK_NO_DATE;
	if (end > piece->due)
		return has_ended ? WORK_ENDED_LATE : WORK_LATE;
	if (end > piece->original_due)
		return has_ended ? WORK_ENDED_EXTENDED : WORK_EXTENDED;
	if (has_ended)
		return WORK_ENDED_ON_TIME;
	return piece->due - end <= soon_days ? WORK_SOON : WORK_ON_TIME;
}

WorkWhen
work_when(const WorkPiece *piece, int32_t today, int32_t soon_days)
{
	int32_t end = piece->submitted_day != DATE_NONE ? piece->submitted_day : today;
	WorkWhen when = {.timeliness = timeliness_of(piece, end, soon_days)};

	if (when.timeliness == WORK_NO_DATE || when.timeliness == WORK_SUSPENDED)
		return when;
	when.days_original = MAX(end - piece->original_due, 0);
	when.days = end > piece->due                    ? end - piece->due
		    : piece->submitted_day == DATE_NONE ? piece->due - end
							: 0;
	return when;
}

static void
describe_open(const WorkPiece *piece, WorkWhen when, GString *out)
{
	char day[DATE_ISO_SIZE];

	date_format_vi(piece->due, day);
	if (when.timeliness == WORK_LATE)
		g_string_append_printf(out, "Quá hạn %d ngày", when.days);
	else if (when.timeliness == WORK_EXTENDED)
		g_string_append_printf(out, "Đã gia hạn đến %s", day);
	else if (when.timeliness == WORK_SOON && when.days == 0)
		g_string_append(out, "Hạn cuối hôm nay");
	else if (when.timeliness == WORK_SOON)
		g_string_append_printf(out, "Còn %d ngày", when.days);
	else if (piece->state == WORK_DOING && piece->percent >= 0)
		g_string_append_printf(out, "Đang làm %d%%", piece->percent);
	else if (piece->state == WORK_NOT_STARTED && piece->deadline_kind == PLAN_DEADLINE_CONDITIONAL &&
		 piece->event_day == DATE_NONE)
		g_string_append(out, "Chờ điều kiện");
	else
		g_string_append(out, WORK_STATE_TITLES[piece->state]);
}

static void
describe_done(WorkWhen when, GString *out)
{
	g_string_append(out, WORK_STATE_TITLES[WORK_DONE]);
	if (when.timeliness == WORK_ENDED_LATE)
		g_string_append_printf(out, " quá hạn %d ngày", when.days);
	else if (when.timeliness == WORK_ENDED_ON_TIME)
		g_string_append(out, " đúng hạn");
	else if (when.timeliness == WORK_ENDED_EXTENDED)
		g_string_append(out, " đúng hạn đã gia hạn");
}

void
work_describe(const WorkPiece *piece, int32_t today, int32_t soon_days, GString *out)
{
	WorkWhen when = work_when(piece, today, soon_days);

	if (piece->state == WORK_NOT_STARTED || piece->state == WORK_DOING) {
		describe_open(piece, when, out);
		return;
	}
	if (piece->state == WORK_DONE && piece->period_end == DATE_NONE) {
		describe_done(when, out);
		return;
	}
	if (piece->state == WORK_DONE)
		g_string_append(out, "Đã báo cáo");
	else
		g_string_append(out, WORK_STATE_TITLES[piece->state]);
	if (when.timeliness == WORK_ENDED_LATE)
		g_string_append_printf(out, ", trễ %d ngày", when.days);
}

void
work_describe_moments(const WorkPiece *piece, GString *out)
{
	char day[DATE_ISO_SIZE];

	if (piece->submitted_day != DATE_NONE) {
		date_format_vi(piece->submitted_day, day);
		g_string_append_printf(out, "Nộp ngày %s", day);
	}
	if (piece->doc_number == NULL)
		return;
	date_format_vi(piece->doc_day, day);
	g_string_append_printf(out, "%s số %s%s%s", out->len > 0 ? " · ban hành" : "Ban hành",
	    piece->doc_number, *day != '\0' ? " ngày " : "", day);
}

const char *
work_look(const WorkPiece *piece, int32_t today, int32_t soon_days)
{
	static const char *const OPEN[WORK_TIMELINESS_MAX] = {
	    [WORK_NO_DATE] = "idle",
	    [WORK_ON_TIME] = "run",
	    [WORK_SOON] = "soon",
	    [WORK_LATE] = "late",
	    [WORK_EXTENDED] = "soon",
	};
	WorkTimeliness timeliness = work_when(piece, today, soon_days).timeliness;

	if (piece->state == WORK_DONE)
		return "ok";
	if (piece->state == WORK_WAITING)
		return "run";
	if (OPEN[timeliness] == NULL || (timeliness == WORK_ON_TIME && piece->state == WORK_NOT_STARTED))
		return "idle";
	return OPEN[timeliness];
}

void
work_period_title(PlanPeriod period, int32_t period_end, GString *out)
{
	static const char *const QUARTERS[] = {"I", "II", "III", "IV"};
	int year, month, day;

	if (period_end == DATE_NONE)
		return;
	date_to_ymd(period_end, &year, &month, &day);
	if (period == PLAN_PERIOD_MONTH)
		g_string_append_printf(out, "Tháng %d/%d", month, year);
	else if (period == PLAN_PERIOD_QUARTER)
		g_string_append_printf(out, "Quý %s/%d", QUARTERS[(month - 1) / 3], year);
	else if (period == PLAN_PERIOD_HALF)
		g_string_append_printf(out, "6 tháng %s năm %d", month <= 6 ? "đầu" : "cuối", year);
	else if (period == PLAN_PERIOD_YEAR)
		g_string_append_printf(out, "Năm %d", year);
	else
		g_string_append_printf(out, "Giai đoạn đến %d", year);
}

int32_t
work_month_of(int32_t day)
{
	int year, month, of_month;

	date_to_ymd(day, &year, &month, &of_month);
	return date_end_of_month(year, month);
}

bool
work_output_is_document(const char *output)
{
	static const char *const WORDS[] = {"bao cao", "ke hoach", "quyet dinh", "nghi quyet", "quy che",
	    "quy dinh", "quy trinh", "chuong trinh", "de an", "thong bao", "huong dan", "cong van", "chi thi",
	    "van ban", "to trinh", "ban hanh"};
	g_autofree char *folded = NULL;

	if (output == NULL)
		return false;
	folded = text_fold_vi(output);
	for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (g_str_has_prefix(folded, WORDS[i]))
			return true;
	return false;
}
