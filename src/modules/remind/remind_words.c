/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_internal.h"
#include "modules/work/work_tell.h"

#include <string.h>

/* What a notice says. */

#define NAME_CHARS 120 /* of a task's name in a subject */

bool
remind_is_secret(const char *text)
{
	static const char *const STAMPS[] = {"TUYỆT MẬT", "TỐI MẬT", "(MẬT)", "[MẬT]", "ĐỘ MẬT", "Độ mật:"};

	for (size_t i = 0; text != NULL && i < G_N_ELEMENTS(STAMPS); i++)
		if (strstr(text, STAMPS[i]) != NULL)
			return true;
	return false;
}

static const char *
cut(Arena *arena, const char *text)
{
	g_autofree char *start = NULL;

	if (g_utf8_strlen(text, -1) <= NAME_CHARS)
		return text;
	start = g_utf8_substring(text, 0, NAME_CHARS - 1);
	return arena_printf(arena, "%s…", start);
}

const char *
remind_name(Arena *arena, const RemindItem *item)
{
	const char *no = item->no != NULL ? item->no : NULL;

	if (item->about == REMIND_EXPLAINS)
		return remind_is_secret(item->name)
			   ? arena_printf(arena, "yêu cầu số %" G_GINT64_FORMAT, item->subject_id)
			   : cut(arena, item->name);
	if (remind_is_secret(item->name) || remind_is_secret(item->part))
		return no != NULL ? arena_printf(arena, "nhiệm vụ số %s", no)
				  : arena_printf(arena, "phiếu số %" G_GINT64_FORMAT, item->subject_id);
	return arena_printf(arena, "%s%s%s%s%s", no != NULL ? no : "", no != NULL ? ". " : "",
	    cut(arena, item->name), item->part != NULL ? " – " : "",
	    item->part != NULL ? cut(arena, item->part) : "");
}

const char *
remind_item_path(Arena *arena, const RemindItem *item)
{
	return arena_printf(arena, "%s/%" G_GINT64_FORMAT,
	    item->about == REMIND_EXPLAINS ? "/giai-trinh" : "/cong-viec", item->subject_id);
}

static const char *
say_when(Arena *arena, const RemindRung *rung, const RemindItem *item, int32_t today)
{
	const char *what = item->about == REMIND_EXPLAINS ? "giải trình" : "";
	const char *blank = *what != '\0' ? " " : "";
	int32_t days = today - item->day;

	switch (rung->kind) {
	case REMIND_BEFORE:
		if (days == 0)
			return arena_printf(arena, "Hôm nay hết hạn%s%s", blank, what);
		return arena_printf(arena, "Còn %d ngày%s%s", -days, blank, what);
	case REMIND_LATE:
		return arena_printf(arena, "%s %d ngày%s%s",
		    rung->is_original ? "Đã gia hạn, quá hạn gốc" : "Quá hạn", days, blank, what);
	case REMIND_QUIET:
		return arena_printf(arena, "Chưa cập nhật %d ngày", days);
	case REMIND_WAIT:
		return arena_printf(arena, "%s %d ngày",
		    item->is_pending ? "Đề nghị chờ quyết định" : "Chờ nghiệm thu", days);
	case REMIND_MONTH:
	case REMIND_KIND_MAX:
		break;
	}
	return "";
}

static const char *
ask_of(const RemindRung *rung, const RemindItem *item, bool is_asked)
{
	if (item->about == REMIND_EXPLAINS)
		return is_asked ? "Đề nghị đơn vị phối hợp trả lời."
				: "Yêu cầu trả lời, nêu rõ nguyên nhân và "
				  "cách khắc phục.";
	if (rung->kind == REMIND_WAIT)
		return "Đề nghị xem xét, nghiệm thu hoặc quyết định.";
	if (is_asked)
		return rung->kind == REMIND_LATE
			   ? "Đề nghị đơn vị quan tâm phối hợp, thông tin kết quả và khó khăn."
			   : "Đề nghị đơn vị quan tâm phối hợp thực hiện đúng thời hạn.";
	return rung->kind == REMIND_LATE
		   ? "Yêu cầu cập nhật kết quả, nêu lý do chậm và ngày hoàn thành; hoặc đề nghị gia hạn."
		   : "Yêu cầu thực hiện đúng hạn và cập nhật kết quả.";
}

void
remind_words(const RemindBook *book, const RemindRung *rung, const RemindItem *item, int32_t today,
    const char **ret_subject, const char **ret_body)
{
	Arena *arena = book->scope->arena;
	const RemindPerson *person = remind_book_person(book, item->person_id);
	bool is_asked = work_agency_is_asked(&book->agencies, item->agency_id, today, item->is_party);
	g_autoptr(GString) body = g_string_new(NULL);
	char due[DATE_ISO_SIZE], original[DATE_ISO_SIZE];

	date_format_vi(item->due, due);
	date_format_vi(item->original_due, original);
	*ret_subject =
	    arena_printf(arena, "%s: %s", say_when(arena, rung, item, today), remind_name(arena, item));
	g_string_append_printf(body, "%s: %s", is_asked ? "Đề nghị phối hợp" : "Giao",
	    agency_find(&book->agencies, item->agency_id) != NULL
		? agency_name_at(&book->agencies, item->agency_id, today)
		: "");
	if (person != NULL)
		g_string_append_printf(body, " (%s)", person->name);
	g_string_append_c(body, '.');
	if (item->due != DATE_NONE)
		g_string_append_printf(body, " Hạn %s", due);
	if (item->due != DATE_NONE && item->original_due != DATE_NONE && item->original_due != item->due)
		g_string_append_printf(body, " (hạn gốc %s)", original);
	g_string_append_printf(
	    body, "%s %s", item->due != DATE_NONE ? "." : "", ask_of(rung, item, is_asked));
	*ret_body = arena_strndup(arena, body->str, body->len);
}

void
remind_month_words(
    Arena *arena, int32_t month, int32_t closes, int64_t n, const char **ret_subject, const char **ret_body)
{
	int year, of_year, day;
	char last[DATE_ISO_SIZE];

	date_to_ymd(month, &year, &of_year, &day);
	date_format_vi(closes, last);
	*ret_subject =
	    arena_printf(arena, "Còn %" G_GINT64_FORMAT " việc chưa cập nhật tháng %d/%d", n, of_year, year);
	*ret_body = arena_printf(arena,
	    "Kỳ cập nhật tháng %d/%d khóa sau ngày %s. Việc không có gì mới thì chọn \"không phát sinh\".",
	    of_year, year, last);
}
