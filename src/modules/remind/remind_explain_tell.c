/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_rules.h"
#include "modules/remind/remind_explain_internal.h"
#include "modules/work/work_tell.h"

/* Who hears of a step. */

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

bool
remind_explain_tell(
    const WorkScope *scope, const RemindExplain *explain, const RemindStep *step, GError **error)
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
