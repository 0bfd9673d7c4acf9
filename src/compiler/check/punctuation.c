/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/locate.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"

#include "base/text.h"

#include <string.h>

/* How sentences end, and what stands in pairs. */

static bool
is_running_text(const PlanBlock *block)
{
	return block->kind == PLAN_BLOCK_PARAGRAPH || block->kind == PLAN_BLOCK_BULLET;
}

static const char *
last_char(const char *text)
{
	const char *end = text + strlen(text);

	while (end > text && strchr(" *_\"", end[-1]) != NULL)
		end--;
	return end > text ? g_utf8_find_prev_char(text, end) : NULL;
}

static bool
has_letter(const char *folded)
{
	while (*folded != '\0' && !g_ascii_isalpha(*folded))
		folded++;
	return *folded != '\0';
}

static void
check_unfinished(LintContext *lint, const PlanBlock *block, void *data)
{
	static const char *const OPEN_WORDS[] = {" va", " cua", " cho", " voi", " cac", " de", " theo"};
	const char *folded = lint_fold(lint, block->text), *last = last_char(folded);
	bool is_open;

	(void)data;
	if (!is_running_text(block) || block->section == NULL || last == NULL || !has_letter(folded))
		return;
	is_open = *last == ',' || *last == '-';
	for (size_t i = 0; i < G_N_ELEMENTS(OPEN_WORDS); i++)
		is_open = is_open || g_str_has_suffix(folded, OPEN_WORDS[i]);
	if (is_open)
		lint_add(lint, block->span,
		    "Câu %s chưa trọn (kết thúc bằng “%s”); hãy viết nốt hoặc sửa dấu câu",
		    lint_quote(lint, block->text),
		    *last == ',' || *last == '-' ? last : strrchr(folded, ' ') + 1);
}

void
lint_sentence_unfinished(LintContext *lint)
{
	lint_each_block(lint, check_unfinished, NULL);
}

static void
check_full_stop(LintContext *lint, const PlanBlock *block, void *data)
{
	Diag **diag = data;
	const char *last = last_char(block->text);

	if (block->kind != PLAN_BLOCK_BULLET || last == NULL || !g_unichar_isalnum(g_utf8_get_char(last)))
		return;
	if (*diag == NULL)
		*diag = lint_add(
		    lint, block->span, "Có đoạn không có dấu chấm câu ở cuối; hãy thêm dấu “.” hoặc “;”");
	else
		lint_relate(lint, *diag, block->span);
}

/* One finding for the document: it is a matter of care, not of sense. */
void
lint_full_stop_missing(LintContext *lint)
{
	Diag *diag = NULL;

	lint_each_block(lint, check_full_stop, &diag);
}

static void
check_pairs(LintContext *lint, const PlanBlock *block, void *data)
{
	static const struct {
		const char *open, *close, *name;
	} PAIRS[] = {{"(", ")", "ngoặc đơn"}, {"“", "”", "ngoặc kép"}};

	(void)data;
	if (block->kind == PLAN_BLOCK_TAIL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(PAIRS); i++) {
		int depth = 0;

		for (const char *p = block->text; *p != '\0'; p = text_next(p)) {
			depth += g_str_has_prefix(p, PAIRS[i].open);
			depth -= g_str_has_prefix(p, PAIRS[i].close);
		}
		if (depth != 0)
			lint_add(lint, block->span, "Đoạn %s có dấu %s %s; hãy bổ sung hoặc bỏ bớt",
			    lint_quote(lint, block->text), PAIRS[i].name,
			    depth > 0 ? "mở mà không đóng" : "đóng mà không mở");
	}
}

void
lint_bracket_open(LintContext *lint)
{
	lint_each_block(lint, check_pairs, NULL);
}

static void
check_stray(LintContext *lint, const PlanBlock *block, void *data)
{
	static const char *const STRAY[] = {" )", "( ", " ,", " ;", ",.", ";.", ",,", ";;", "….", "…,"};

	(void)data;
	if (block->kind == PLAN_BLOCK_TAIL)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(STRAY); i++) {
		const char *p = strstr(block->text, STRAY[i]);

		if (p != NULL && !g_str_has_prefix(p, ",.."))
			lint_add(lint,
			    lint_locate(lint->plan, block, (size_t)(p - block->text), strlen(STRAY[i])),
			    "Dấu câu thừa hoặc đặt sai chỗ (“%s”); hãy sửa lại", STRAY[i]);
	}
}

void
lint_punctuation_stray(LintContext *lint)
{
	lint_each_block(lint, check_stray, NULL);
}
