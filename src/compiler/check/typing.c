/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/typing.h"
#include "compiler/check/context.h"
#include "compiler/check/locate.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-typing.h"

#include "base/text.h"

#include <string.h>

/* Slips of the pen and of the scanner. */

static void
check_confusions(LintContext *lint, const PlanBlock *block, void *data)
{
	(void)data;
	for (size_t i = 0; i < WORDS_CONFUSED_N; i++) {
		const Confusion *word = &WORDS_CONFUSED[i];
		size_t len = strlen(word->wrong);

		for (const char *p = strstr(block->text, word->wrong); p != NULL;
		     p = strstr(p + len, word->wrong)) {
			if (!typing_is_border(block->text, p) || !typing_is_border(block->text, p + len) ||
			    (word->not_after != NULL && typing_follows(block->text, p, word->not_after)))
				continue;
			lint_add(lint, lint_locate(lint->plan, block, (size_t)(p - block->text), len),
			    "“%s” có lẽ là “%s”; hãy sửa nếu đúng là lỗi đánh máy hoặc lỗi quét", word->wrong,
			    word->right);
		}
	}
}

/* A bracket between two letters: a scanner's "]ý" for "lý". */
static void
check_brackets_in_words(LintContext *lint, const PlanBlock *block, void *data)
{
	(void)data;
	for (const char *p = block->text; (p = strpbrk(p, "]|")) != NULL; p++) {
		gunichar next = g_utf8_get_char(p + 1);

		if (p > block->text && p[-1] == ' ' && g_unichar_islower(next))
			lint_add(lint, lint_locate(lint->plan, block, (size_t)(p - block->text), 1),
			    "Ký hiệu “%c” đứng đầu một từ, có lẽ là lỗi quét; hãy sửa lại chữ", *p);
	}
}

void
lint_ocr_suspect(LintContext *lint)
{
	lint_each_block(lint, check_confusions, NULL);
	lint_each_block(lint, check_brackets_in_words, NULL);
}

/* "-Xây dựng", "5.2.Chiến lược": the mark of a paragraph stuck to its first word. */
static void
check_stuck_mark(LintContext *lint, const PlanBlock *block)
{
	size_t len = strspn(block->text, "0123456789.");
	bool is_number = len >= 2 && block->text[len - 1] == '.';
	bool is_dash = block->text[0] == '-';

	len = is_dash ? 1 : len;
	if ((is_number || is_dash) && g_unichar_isupper(g_utf8_get_char(block->text + len)))
		lint_add(lint, lint_locate(lint->plan, block, 0, len),
		    "Thiếu dấu cách sau “%.*s”; hãy tách ra", (int)len, block->text);
}

static void
check_joined(LintContext *lint, const PlanBlock *block, void *data)
{
	TypingWord word = {0};

	(void)data;
	check_stuck_mark(lint, block);
	while (typing_next_word(block->text, &word)) {
		const char *after = word.start + word.len;
		gunichar next = *after != '\0' ? g_utf8_get_char(after + 1) : 0;
		bool ends_low = g_unichar_islower(g_utf8_get_char(g_utf8_find_prev_char(block->text, after)));
		bool is_stuck =
		    ends_low &&
		    ((strchr(",;", *after) != NULL && *after != '\0' && g_unichar_isalpha(next)) ||
			(*after == '.' && g_unichar_isupper(next)));

		if (is_stuck || typing_is_joined(word.start, word.len))
			lint_add(lint,
			    lint_locate(lint->plan, block, (size_t)(word.start - block->text), word.len),
			    "Thiếu dấu cách ở “%.*s”; hãy tách ra", (int)(is_stuck ? word.len + 1 : word.len),
			    word.start);
	}
}

void
lint_space_missing(LintContext *lint)
{
	lint_each_block(lint, check_joined, NULL);
}

static bool
in_list(const char *const *list, const char *word, size_t len)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == len && memcmp(*list, word, len) == 0)
			return true;
	return false;
}

static bool
is_compound(const TypingWord *first, const TypingWord *second)
{
	g_autofree char *pair =
	    g_strdup_printf("%.*s %.*s", (int)first->len, first->start, (int)second->len, second->start);
	g_autofree char *folded = text_fold_vi(pair);

	return in_list(WORDS_COMPOUNDS, folded, strlen(folded));
}

/* True where the two words stand together elsewhere in the document, without `before` in front of them and
 * without `after` behind them (each may be NULL): "khai thác" not after another "khai". */
static bool
stands_alone(const Plan *plan, const TypingWord *first, const TypingWord *second, const TypingWord *before,
    const TypingWord *after)
{
	g_autofree char *pair =
	    g_strdup_printf("%.*s %.*s", (int)first->len, first->start, (int)second->len, second->start);
	size_t len = strlen(pair);

	for (const char *p = strstr(plan->text, pair); p != NULL; p = strstr(p + 1, pair)) {
		bool is_preceded = before != NULL && (size_t)(p - plan->text) > before->len &&
				   memcmp(p - before->len - 1, before->start, before->len) == 0;
		bool is_followed =
		    after != NULL && p[len] == ' ' && strncmp(p + len + 1, after->start, after->len) == 0;

		if (!is_preceded && !is_followed && !(p[len] == ',' && before == NULL))
			return true;
	}
	return false;
}

/* "triển khai khai thác" and "kinh doanh, doanh nghiệp" are two words each, and right. */
static bool
are_two_words(const Plan *plan, const TypingWord four[4])
{
	bool left = four[0].start != NULL && is_compound(&four[0], &four[1]);
	bool right = four[3].start != NULL && is_compound(&four[2], &four[3]);

	if (left && right)
		return true;
	right = right || (four[3].start != NULL && stands_alone(plan, &four[2], &four[3], &four[1], NULL));
	left = left || (four[0].start != NULL && four[3].start != NULL &&
			   stands_alone(plan, &four[0], &four[1], NULL, &four[3]));
	return left && right && memcmp(four[1].start, four[2].start, four[1].len) == 0;
}

/* four: the word before, the two alike, the word after. */
static bool
is_doubled(const Plan *plan, const TypingWord four[4])
{
	const char *between = four[1].start + four[1].len;
	size_t gap = (size_t)(four[2].start - between);
	bool has_comma = gap == 2 && between[0] == ',';
	g_autofree char *a = NULL, *b = NULL;

	if ((gap != 1 && !has_comma) || between[gap - 1] != ' ' || four[1].len < 2)
		return false;
	a = g_utf8_strdown(four[1].start, (gssize)four[1].len);
	b = g_utf8_strdown(four[2].start, (gssize)four[2].len);
	if (strcmp(a, b) != 0 || in_list(WORDS_REDUPLICATED, a, strlen(a)) || g_ascii_isdigit(a[0]))
		return false;
	if (has_comma && memcmp(four[1].start, four[2].start, four[1].len) != 0)
		return false; /* "tổ chức đảng, Đảng bộ": a name begins */
	return in_list(WORDS_NEVER_DOUBLED, a, strlen(a)) || !are_two_words(plan, four);
}

static void
check_doubled(LintContext *lint, const PlanBlock *block, void *data)
{
	TypingWord four[4] = {{0}}, word = {0};
	bool has_more = true;

	if (block->kind == PLAN_BLOCK_TABLE_ROW && data == NULL)
		return; /* its cells are checked one by one */
	while (has_more) {
		has_more = typing_next_word(block->text, &word);
		four[0] = four[1];
		four[1] = four[2];
		four[2] = four[3];
		four[3] = has_more ? word : (TypingWord){0};
		if (four[1].start != NULL && four[2].start != NULL && is_doubled(lint->plan, four))
			lint_add(lint,
			    lint_locate(lint->plan, block, (size_t)(four[1].start - block->text),
				(size_t)(four[2].start + four[2].len - four[1].start)),
			    "Từ “%.*s” viết hai lần liền nhau; hãy bỏ một lần", (int)four[2].len,
			    four[2].start);
	}
}

void
lint_word_doubled(LintContext *lint)
{
	lint_each_block(lint, check_doubled, NULL);
	for (size_t i = 0; i < lint->n_indicators + lint->n_tasks; i++) {
		const LintItem *item = &lint->items[i];
		PlanBlock cell = {.kind = PLAN_BLOCK_TABLE_ROW,
		    .text = arena_strdup(lint->scratch, item->text),
		    .span = item->span};

		if (item->annex != NULL)
			check_doubled(lint, &cell, &cell);
	}
}
