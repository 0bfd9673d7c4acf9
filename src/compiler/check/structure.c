/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/numbering.h"
#include "compiler/check/rules.h"
#include "compiler/check/sequence.h"

#include <string.h>

/* Numbering of headings, groups, rows and annexes. */

static const char *
step_what(const SequenceStep *step)
{
	return step->kind == SEQUENCE_HEADING ? "Mục" : step->kind == SEQUENCE_GROUP ? "Nhóm" : "Dòng";
}

static const char *
step_where(LintContext *lint, const SequenceStep *step)
{
	if (step->annex == NULL)
		return "";
	return arena_printf(lint->scratch, " ở %s", lint_annex_name(lint, step->annex));
}

/* A whole part that is missing is worse than a missing sub-item. */
static DiagSeverity
step_severity(const SequenceStep *step)
{
	return step->kind == SEQUENCE_HEADING && step->level == 1 ? DIAG_ERROR : DIAG_WARNING;
}

static void
report_gap(LintContext *lint, const SequenceStep *step)
{
	g_autofree char *wanted = numbering_format(step->number.style, step->previous_value + 1);
	Diag *diag;

	if (step->previous == NULL) {
		lint_add_as(lint, step_severity(step), step->span,
		    "%s “%s”%s mở đầu dãy nhưng không mang số đầu tiên; hãy đánh số lại hoặc bổ sung phần "
		    "còn thiếu",
		    step_what(step), step->no, step_where(lint, step));
		return;
	}
	diag = lint_add_as(lint, step_severity(step), step->span,
	    "%s “%s”%s đứng sau “%s”, thiếu số “%.*s%s%s”; hãy đánh số lại hoặc bổ sung phần còn thiếu",
	    step_what(step), step->no, step_where(lint, step), step->previous->no,
	    (int)step->number.prefix_len, step->no, step->number.prefix_len > 0 ? "." : "", wanted);
	lint_relate(lint, diag, step->previous->span);
}

/* True where a paragraph between the two places begins with the missing number ("5. Các chi bộ …" that is no
 * heading). */
static bool
is_filled_by_paragraph(const LintContext *lint, const SequenceStep *step)
{
	uint32_t from = step->previous != NULL ? step->previous->span.line : 0;

	for (guint i = 0; step->kind == SEQUENCE_HEADING && i < lint->plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(lint->plan->blocks, i);
		size_t len;

		if (block->span.line < from || block->span.line >= step->span.line || block->text == NULL)
			continue;
		len = strcspn(block->text, ".) ");
		if (len > 0 && len < 6) {
			g_autofree char *no = g_strndup(block->text, len);
			Numbering number = numbering_read(no);

			if (number.style == step->number.style && number.value == step->number.value - 1)
				return true;
		}
	}
	return false;
}

void
lint_number_gap(LintContext *lint)
{
	size_t n;
	const SequenceStep *steps = sequence_steps(lint, &n);

	for (size_t i = 0; i < n; i++)
		if (steps[i].relation == SEQUENCE_GAP && !is_filled_by_paragraph(lint, &steps[i]))
			report_gap(lint, &steps[i]);
}

void
lint_number_repeated(LintContext *lint)
{
	size_t n;
	const SequenceStep *steps = sequence_steps(lint, &n);

	for (size_t i = 0; i < n; i++) {
		Diag *diag;

		if (steps[i].relation != SEQUENCE_REPEATED && steps[i].relation != SEQUENCE_BACKWARD)
			continue;
		diag = lint_add_as(lint, step_severity(&steps[i]), steps[i].span, "%s “%s”%s %s",
		    step_what(&steps[i]), steps[i].no, step_where(lint, &steps[i]),
		    steps[i].relation == SEQUENCE_REPEATED
			? "dùng lại số đã có; hãy đánh số lại để khi viện dẫn không bị nhầm"
			: "quay lại số nhỏ hơn số đứng trước; hãy đánh số lại theo thứ tự");
		lint_relate(lint, diag, steps[i].previous->span);
	}
}

void
lint_number_parent_mismatch(LintContext *lint)
{
	size_t n;
	const SequenceStep *steps = sequence_steps(lint, &n);

	for (size_t i = 0; i < n; i++) {
		Diag *diag;

		if (steps[i].parent == NULL)
			continue;
		diag = lint_add_as(lint, steps[i].kind == SEQUENCE_HEADING ? DIAG_ERROR : DIAG_WARNING,
		    steps[i].span,
		    "%s “%s”%s nằm trong “%s” nhưng số không bắt đầu bằng “%s.”; hãy đánh số lại",
		    step_what(&steps[i]), steps[i].no, step_where(lint, &steps[i]), steps[i].parent->no,
		    steps[i].parent->no);
		lint_relate(lint, diag, steps[i].parent->span);
	}
}

void
lint_number_style_mixed(LintContext *lint)
{
	size_t n;
	const SequenceStep *steps = sequence_steps(lint, &n);

	for (size_t i = 0; i < n; i++) {
		Diag *diag;

		if (steps[i].relation != SEQUENCE_OTHER_STYLE)
			continue;
		diag = lint_add(lint, steps[i].span,
		    "%s “%s”%s đánh số khác kiểu với “%s” cùng cấp; hãy dùng một kiểu cho một cấp",
		    step_what(&steps[i]), steps[i].no, step_where(lint, &steps[i]), steps[i].previous->no);
		lint_relate(lint, diag, steps[i].previous->span);
	}
}

void
lint_heading_level_jump(LintContext *lint)
{
	const GPtrArray *outline = lint->plan->outline;

	for (guint i = 1; i < outline->len; i++) {
		const PlanSection *above = g_ptr_array_index(outline, i - 1),
				  *here = g_ptr_array_index(outline, i);

		if (here->level > above->level + 1)
			lint_add(lint, here->span,
			    "Mục “%s” nhảy từ cấp %u xuống cấp %u; hãy thêm mục ở cấp giữa hoặc nâng cấp mục "
			    "này",
			    here->no != NULL ? here->no : here->title, above->level, here->level);
	}
}

/* "1.10" beside "1.1": a spreadsheet reads them as the same decimal number. */
void
lint_number_like_decimal(LintContext *lint)
{
	const PlanAnnex *reported = NULL;

	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		Numbering number = numbering_read(item->no);

		if (item->annex == NULL || item->annex == reported || number.style != NUMBERING_ARABIC ||
		    number.prefix_len == 0 || number.value % 10 != 0)
			continue;
		lint_add(lint, item->span,
		    "%s có dòng số %s; bảng tính dễ hiểu thành %.*s.%d, nên hãy định dạng cột số thứ tự là "
		    "chữ khi nhập vào phần mềm",
		    lint_annex_name(lint, item->annex), item->no, (int)number.prefix_len, item->no,
		    number.value / 10);
		reported = item->annex;
	}
}

void
lint_row_unnumbered(LintContext *lint)
{
	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		bool has_neighbour = false;

		if (item->annex == NULL || item->no != NULL)
			continue;
		for (size_t k = i > 0 ? i - 1 : 0; k < lint->n_items && k < i + 8; k++)
			has_neighbour = has_neighbour ||
					(lint->items[k].annex == item->annex && lint->items[k].no != NULL);
		if (has_neighbour)
			lint_add(lint, item->span,
			    "%s không có số thứ tự; hãy đánh số để giao việc và báo cáo theo số",
			    lint_label_first(lint, item));
	}
}

/* A group holds something where a row names it or a sub-group follows. */
static bool
is_filled(const LintContext *lint, const PlanAnnex *annex, guint g)
{
	const PlanGroup *group = g_ptr_array_index(annex->groups, g);

	if (g_hash_table_contains(lint->seen, group))
		return true;
	return g + 1 < annex->groups->len &&
	       ((const PlanGroup *)g_ptr_array_index(annex->groups, g + 1))->level > group->level;
}

void
lint_group_empty(LintContext *lint)
{
	g_hash_table_remove_all(lint->seen);
	for (size_t i = 0; i < lint->n_items; i++)
		if (lint->items[i].group != NULL)
			g_hash_table_add(lint->seen, (gpointer)(uintptr_t)lint->items[i].group);
	for (guint a = 0; a < lint->plan->annexes->len; a++) {
		const PlanAnnex *annex = g_ptr_array_index(lint->plan->annexes, a);

		for (guint g = 0; g < annex->groups->len; g++) {
			const PlanGroup *group = g_ptr_array_index(annex->groups, g);

			if (!is_filled(lint, annex, g))
				lint_add(lint, group->span,
				    "Nhóm %s %s (%s) không có dòng nào; hãy bổ sung việc hoặc bỏ nhóm",
				    group->no != NULL ? group->no : "", lint_quote(lint, group->title),
				    lint_annex_name(lint, annex));
		}
	}
}

/* How many "#" a Markdown heading begins with; 0 for other texts. */
static unsigned
heading_marks(const Plan *plan, SourceSpan span)
{
	const char *p = plan->text + MIN(span.offset, plan->text_len);
	unsigned n = 0;

	while (p > plan->text && p[-1] != '\n')
		p--;
	while (p[n] == '#')
		n++;
	return n;
}

void
lint_heading_marks_mixed(LintContext *lint)
{
	unsigned usual[UINT8_MAX + 1] = {0};
	Diag *diag = NULL;

	for (guint i = 0; i < lint->plan->outline->len; i++) {
		const PlanSection *section = g_ptr_array_index(lint->plan->outline, i);
		unsigned n = heading_marks(lint->plan, section->span);

		if (n > 0 && usual[section->level] == 0)
			usual[section->level] = n;
		if (n == 0 || usual[section->level] == n)
			continue;
		if (diag == NULL)
			diag = lint_add(lint, section->span,
			    "Đề mục “%s” và các đề mục dưới đây định dạng khác với đề mục cùng cấp; hãy dùng "
			    "một kiểu cho một cấp",
			    section->no != NULL ? section->no : section->title);
		else
			lint_relate(lint, diag, section->span);
	}
}
