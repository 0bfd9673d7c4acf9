/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/locate.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-scope.h"

#include <string.h>

/* Words that do not belong into the plan of a commune, or no longer into any. */

/* True where a document is named before the place: "Kế hoạch số 9/KH-UBND … trên địa bàn tỉnh" speaks of that
 * plan. */
static bool
is_in_title(const char *folded, const char *place)
{
	static const char *const NAMES[] = {
	    "ke hoach so ", "nghi quyet so ", "quyet dinh so ", "chuong trinh so "};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		const char *name = strstr(folded, NAMES[i]);

		if (name != NULL && name < place)
			return true;
	}
	return false;
}

static bool
has_all(const char *folded, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++) {
		const char *place = lint_find_phrase(folded, *phrases);

		if (place == NULL || is_in_title(folded, place))
			return false;
	}
	return true;
}

static const ScopeTerm *
find_term(const char *folded, bool is_title)
{
	for (size_t i = 0; i < WORDS_SCOPE_N; i++)
		if ((!is_title || WORDS_SCOPE[i].in_titles) && has_all(folded, WORDS_SCOPE[i].phrases))
			return &WORDS_SCOPE[i];
	return NULL;
}

static void
check_title(LintContext *lint, const char *title, SourceSpan span)
{
	const ScopeTerm *term = find_term(lint_fold(lint, title), true);

	if (term != NULL)
		lint_add_as(lint, DIAG_INFO, span,
		    "Đề mục %s có nội dung của cấp trên: %s; hãy viết lại cho đúng cấp xã",
		    lint_quote(lint, title), term->why);
}

void
lint_scope_level(LintContext *lint)
{
	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const ScopeTerm *term = find_term(item->folded, false);

		if (term != NULL)
			lint_add_as(lint, term->severity, item->span,
			    "%s ngoài tầm của cấp xã: %s; hãy viết lại phần việc của xã, phường hoặc bỏ",
			    lint_label_first(lint, item), term->why);
	}
	for (guint i = 0; i < lint->plan->outline->len; i++) {
		const PlanSection *section = g_ptr_array_index(lint->plan->outline, i);

		check_title(lint, section->title, section->span);
	}
	for (guint a = 0; a < lint->plan->annexes->len; a++) {
		const PlanAnnex *annex = g_ptr_array_index(lint->plan->annexes, a);

		for (guint g = 0; g < annex->groups->len; g++) {
			const PlanGroup *group = g_ptr_array_index(annex->groups, g);

			check_title(lint, group->title, group->span);
		}
	}
}

static const char *const UNIT_TYPES[][2] = {
    {"xa", "xã"}, {"phuong", "phường"}, {"thi tran", "thị trấn"}, {"dac khu", "đặc khu"}};

/* What kind of commune issues the plan: from the issuer, else from the title. -1 where neither says. */
static int
own_type(LintContext *lint)
{
	const char *texts[] = {
	    lint_fold(lint, lint->plan->document.issuer), lint_fold(lint, lint->plan->document.title)};

	for (size_t t = 0; t < G_N_ELEMENTS(texts); t++)
		for (size_t i = 0; i < G_N_ELEMENTS(UNIT_TYPES); i++)
			if (lint_has_phrase(texts[t], UNIT_TYPES[i][0]))
				return (int)i;
	return -1;
}

static void
check_unit_type(LintContext *lint, const PlanBlock *block, void *data)
{
	static const char *const HEADS[] = {
	    "ubnd", "uy ban nhan dan", "dang uy", "hdnd", "cong an", "tren dia ban", "dang bo"};
	int own = *(const int *)data;
	const char *folded = lint_fold(lint, block->text);

	for (size_t h = 0; h < G_N_ELEMENTS(HEADS); h++) {
		for (size_t i = 0; i < G_N_ELEMENTS(UNIT_TYPES); i++) {
			g_autofree char *phrase = g_strdup_printf("%s %s", HEADS[h], UNIT_TYPES[i][0]);
			const char *place = (int)i == own ? NULL : lint_find_phrase(folded, phrase);

			if (place == NULL || g_str_has_prefix(place + strlen(phrase), ", "))
				continue; /* "UBND xã, phường" names both */
			lint_add(lint, lint_locate_folded(lint->plan, block, folded, place, strlen(phrase)),
			    "Đoạn %s ghi “%s” trong khi văn bản là của %s; có lẽ chép từ văn bản khác, hãy "
			    "sửa",
			    lint_quote(lint, block->text), UNIT_TYPES[i][1], UNIT_TYPES[own][1]);
			return;
		}
	}
}

void
lint_unit_type_mismatch(LintContext *lint)
{
	int own = own_type(lint);

	if (own >= 0)
		lint_each_block(lint, check_unit_type, &own);
}

static void
check_outdated(LintContext *lint, const PlanBlock *block, void *data)
{
	int32_t day = *(const int32_t *)data;
	const char *folded = lint_fold(lint, block->text);

	for (size_t i = 0; i < WORDS_OUTDATED_N; i++) {
		const OutdatedTerm *term = &WORDS_OUTDATED[i];
		int32_t since = DATE_NONE;
		const char *place;

		date_parse_iso(term->since, &since);
		place = lint_find_phrase(folded, term->phrase);
		if (day >= since && place != NULL)
			lint_add(lint,
			    lint_locate_folded(lint->plan, block, folded, place, strlen(term->phrase)),
			    "Đoạn %s dùng “%s”, đã thay đổi từ %s (%s); hãy ghi “%s”",
			    lint_quote(lint, block->text), term->old_text, term->since_text, term->source,
			    term->new_text);
	}
}

void
lint_term_outdated(LintContext *lint)
{
	int32_t day = lint_issue_day(lint->plan);

	if (day == DATE_NONE)
		day = lint->options->today;
	if (day != DATE_NONE)
		lint_each_block(lint, check_outdated, &day);
}

static void
check_secrecy(LintContext *lint, const PlanBlock *block, void *data)
{
	const char *folded = lint_fold(lint, block->text);

	(void)data;
	if (lint_has_any(folded, WORDS_SECRET) && lint_has_any(folded, WORDS_ON_NETWORK) &&
	    !lint_has_any(folded, WORDS_SECRET_HANDLED))
		lint_add(lint, block->span,
		    "Đoạn %s đưa tài liệu mật lên môi trường số; tài liệu bí mật nhà nước chỉ được xử lý "
		    "trên hệ thống riêng theo pháp luật về bảo vệ bí mật nhà nước, hãy bỏ hoặc ghi rõ ngoại "
		    "lệ",
		    lint_quote(lint, block->text));
}

void
lint_secrecy_conflict(LintContext *lint)
{
	lint_each_block(lint, check_secrecy, NULL);
}
