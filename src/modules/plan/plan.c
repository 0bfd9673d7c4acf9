/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_rows.h"

#include "base/text.h"
#include "modules/plan/plan_finding.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *slug, *title;
} SEVERITIES[] = {
    [DIAG_INFO] = {"luu-y", "Lưu ý"},
    [DIAG_WARNING] = {"canh-bao", "Cảnh báo"},
    [DIAG_ERROR] = {"loi", "Lỗi"},
};

static void
append_folded(GString *out, const char *text)
{
	if (text != NULL)
		text_fold_append(out, text, strlen(text));
}

char *
plan_identity(const PlanDocument *document)
{
	GString *out = g_string_new(NULL);
	char date[DATE_ISO_SIZE];

	partial_date_format_iso(document->date, date);
	append_folded(out, document->issuer);
	g_string_append_c(out, '|');
	append_folded(out, document->number);
	g_string_append_printf(out, "|%s|", date);
	append_folded(out, document->type);
	if (document->number == NULL) {
		g_string_append_c(out, '|');
		append_folded(out, document->title);
	}
	return g_string_free(out, FALSE);
}

void
plan_append_date(const char *issued_on, GString *out)
{
	int year = 0, month = 0, day = 0;

	/* A partial ISO date: what follows a part that is missing is missing too. */
	if (sscanf(issued_on, "%4d-%2d-%2d", &year, &month, &day) == 3) {
		char text[DATE_ISO_SIZE];

		date_format_vi(date_from_ymd(year, month, day), text);
		g_string_append(out, text);
	} else if (month > 0) {
		g_string_append_printf(out, "tháng %d/%d", month, year);
	} else if (year > 0) {
		g_string_append_printf(out, "năm %d", year);
	}
}

const PlanInfo *
plan_find_listed(const GPtrArray *plans, int64_t plan_id)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id)
			return plan;
	}
	return NULL;
}

const char *
plan_caption_text(Arena *arena, const PlanInfo *info)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (info == NULL)
		return "một kế hoạch khác";
	plan_caption(info, out);
	return arena_strndup(arena, out->str, out->len);
}

void
plan_caption(const PlanInfo *info, GString *out)
{
	g_string_append(out, info->type != NULL ? info->type : "Văn bản");
	if (info->number != NULL)
		g_string_append_printf(out, " số %s", info->number);
	else
		g_string_append(out, " chưa ghi số");
	if (info->issued_on == NULL)
		return;
	g_string_append(out, strlen(info->issued_on) == strlen("2026-02-24") ? " ngày " : ", ");
	plan_append_date(info->issued_on, out);
}

static int64_t
place_of(const GPtrArray *items, const void *item)
{
	for (guint i = 0; i < items->len; i++)
		if (g_ptr_array_index(items, i) == item)
			return (int64_t)i + 1;
	return 0;
}

int64_t
plan_annex_number(const Plan *plan, const PlanAnnex *annex)
{
	return place_of(plan->annexes, annex);
}

int64_t
plan_group_number(const Plan *plan, const PlanGroup *group)
{
	int64_t before = 0;

	if (group == NULL)
		return 0;
	for (guint i = 0; i < plan->annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);
		int64_t place = place_of(annex->groups, group);

		if (place > 0)
			return before + place;
		before += annex->groups->len;
	}
	return 0;
}

const char *
plan_severity_title(DiagSeverity severity)
{
	return SEVERITIES[severity].title;
}

const char *
plan_severity_slug(DiagSeverity severity)
{
	return SEVERITIES[severity].slug;
}

bool
plan_severity_from_slug(const char *slug, DiagSeverity *ret_severity)
{
	for (size_t i = 0; i < G_N_ELEMENTS(SEVERITIES); i++) {
		if (strcmp(SEVERITIES[i].slug, slug) == 0) {
			*ret_severity = (DiagSeverity)i;
			return true;
		}
	}
	return false;
}
