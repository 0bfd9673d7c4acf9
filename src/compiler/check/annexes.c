/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/numbering.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"

#include <string.h>

/* Annexes: their labels, and what the body says about them (Nghị định 30/2020/NĐ-CP, phụ lục I: several
 * annexes are numbered with Roman numerals). */

void
lint_annex_unlabelled(LintContext *lint)
{
	const GPtrArray *annexes = lint->plan->annexes;
	Diag *diag = NULL;

	if (annexes->len < 2)
		return;
	for (guint i = 0; i < annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(annexes, i);

		if (annex->has_printed_label)
			continue;
		if (diag == NULL)
			diag = lint_add(lint, annex->span,
			    "Kế hoạch có %u phụ lục nhưng có phụ lục không đánh số; hãy ghi “Phụ lục I”, "
			    "“Phụ lục II”… để viện dẫn được",
			    annexes->len);
		else
			lint_relate(lint, diag, annex->span);
	}
}

void
lint_annex_label_mixed(LintContext *lint)
{
	const GPtrArray *annexes = lint->plan->annexes;
	const PlanAnnex *first = NULL;

	for (guint i = 0; i < annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(annexes, i);
		Diag *diag;

		if (!annex->has_printed_label)
			continue;
		if (first == NULL) {
			first = annex;
			continue;
		}
		if (numbering_read(annex->label).style == numbering_read(first->label).style)
			continue;
		diag = lint_add(lint, annex->span,
		    "Phụ lục “%s” đánh số khác kiểu với phụ lục “%s”; hãy dùng số La Mã cho mọi phụ lục",
		    annex->label, first->label);
		lint_relate(lint, diag, first->span);
	}
}

static const PlanAnnex *
find_annex(const Plan *plan, int value)
{
	for (guint i = 0; i < plan->annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);

		if (numbering_read(annex->label).value == value)
			return annex;
	}
	return NULL;
}

/* Reads the label after "phụ lục" in the folded text: "ii", "2", "số 2". */
static Numbering
read_cited_label(const char *p)
{
	g_autofree char *word = NULL, *upper = NULL;
	size_t len;

	while (*p == ' ' || g_str_has_prefix(p, "so "))
		p += *p == ' ' ? 1 : 3;
	len = strspn(p, "0123456789ivx");
	if (len == 0 || g_ascii_isalpha(p[len]))
		return (Numbering){0};
	word = g_strndup(p, len);
	upper = g_ascii_strup(word, -1);
	return numbering_read(upper);
}

typedef void (*VisitCitation)(
    LintContext *lint, const PlanBlock *block, Numbering cited, const PlanAnnex *annex);

static void
each_cited_annex(LintContext *lint, VisitCitation visit)
{
	for (guint i = 0; i < lint->plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(lint->plan->blocks, i);
		const char *folded;

		if (block->kind == PLAN_BLOCK_ANNEX_TITLE || block->kind == PLAN_BLOCK_PAGE_FURNITURE)
			continue;
		folded = lint_fold(lint, block->text);
		for (const char *p = strstr(folded, "phu luc"); p != NULL; p = strstr(p + 1, "phu luc")) {
			Numbering cited = read_cited_label(p + strlen("phu luc"));

			if (cited.style != NUMBERING_NONE)
				visit(lint, block, cited, find_annex(lint->plan, cited.value));
		}
	}
}

static void
report_missing(LintContext *lint, const PlanBlock *block, Numbering cited, const PlanAnnex *annex)
{
	g_autofree char *label = numbering_format(cited.style, cited.value);

	if (annex == NULL)
		lint_add(lint, block->span,
		    "Phần chính dẫn “Phụ lục %s” nhưng văn bản không có phụ lục này; hãy kèm phụ lục hoặc "
		    "sửa chỗ dẫn",
		    label);
}

void
lint_annex_missing(LintContext *lint)
{
	each_cited_annex(lint, report_missing);
}

static void
report_other_style(LintContext *lint, const PlanBlock *block, Numbering cited, const PlanAnnex *annex)
{
	g_autofree char *label = numbering_format(cited.style, cited.value);
	Diag *diag;

	if (annex == NULL || !annex->has_printed_label || numbering_read(annex->label).style == cited.style)
		return;
	diag = lint_add(lint, block->span,
	    "Phần chính dẫn “Phụ lục %s” nhưng tên phụ lục ghi “%s”; hãy ghi thống nhất", label,
	    annex->label);
	lint_relate(lint, diag, annex->span);
}

void
lint_annex_cited_otherwise(LintContext *lint)
{
	each_cited_annex(lint, report_other_style);
}

static void
mark_found(LintContext *lint, const PlanBlock *block, Numbering cited, const PlanAnnex *annex)
{
	(void)block;
	(void)cited;
	if (annex != NULL)
		g_hash_table_add(lint->seen, (gpointer)(uintptr_t)annex);
}

static bool
mentions_annexes(LintContext *lint)
{
	for (guint i = 0; i < lint->plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(lint->plan->blocks, i);

		if ((block->kind == PLAN_BLOCK_PARAGRAPH || block->kind == PLAN_BLOCK_BULLET ||
			block->kind == PLAN_BLOCK_HEADING) &&
		    lint_has_phrase(lint_fold(lint, block->text), "phu luc"))
			return true;
	}
	return false;
}

void
lint_annex_uncited(LintContext *lint)
{
	const GPtrArray *annexes = lint->plan->annexes;
	bool is_mentioned;

	if (annexes->len == 0 || lint->plan->blocks->len == 0)
		return;
	is_mentioned = mentions_annexes(lint);
	g_hash_table_remove_all(lint->seen);
	each_cited_annex(lint, mark_found);
	for (guint i = 0; i < annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(annexes, i);

		if (is_mentioned && (!annex->has_printed_label || g_hash_table_contains(lint->seen, annex)))
			continue;
		lint_add(lint, annex->span,
		    "%s không được phần chính nhắc tới; hãy dẫn phụ lục ở mục tương ứng",
		    lint_annex_name(lint, annex));
	}
}
