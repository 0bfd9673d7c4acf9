/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/rules.h"

#include <string.h>

/* The head and the tail of the document (Nghị định 30/2020/NĐ-CP, phụ lục I; Hướng dẫn 36-HD/VPTW). */

static SourceSpan
head_place(const PlanDocument *document, SourceSpan wanted)
{
	if (wanted.line != 0)
		return wanted;
	if (document->number_span.line != 0)
		return document->number_span;
	if (document->title_span.line != 0)
		return document->title_span;
	return (SourceSpan){.line = 1, .column = 1};
}

/* Places in the annex headings that repeat the number and the date of the plan. */
static void
relate_annexes(LintContext *lint, Diag *diag)
{
	for (guint i = 0; i < lint->plan->annexes->len; i++)
		lint_relate(lint, diag, ((const PlanAnnex *)g_ptr_array_index(lint->plan->annexes, i))->span);
}

void
lint_missing_number(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;
	Diag *diag;

	if (document->number != NULL)
		return;
	diag = lint_add(lint, head_place(document, document->number_span),
	    "Văn bản chưa có số, ký hiệu; hãy điền số trước khi ban hành, vì phụ lục và văn bản khác phải "
	    "dẫn theo số này");
	relate_annexes(lint, diag);
}

void
lint_missing_date(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;
	const char *what = document->date.year == 0    ? "ngày, tháng, năm"
			   : document->date.month == 0 ? "ngày, tháng"
						       : "ngày";
	Diag *diag;

	if (document->date.year != 0 && document->date.month != 0 && document->date.day != 0)
		return;
	diag = lint_add_as(lint,
	    document->date.year == 0 && document->number != NULL ? DIAG_WARNING : DIAG_ERROR,
	    head_place(document, document->date_span),
	    "Văn bản chưa ghi %s ban hành; hãy điền đủ để xác định hiệu lực và thời hạn", what);
	relate_annexes(lint, diag);
}

void
lint_missing_signer(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;

	if (document->signer == NULL)
		lint_add(lint, head_place(document, document->signer_span),
		    "Văn bản chưa có họ tên người ký; hãy ghi chức vụ và họ tên ở cuối phần chính");
	else if (document->signer_role == NULL)
		lint_add_as(lint, DIAG_WARNING, head_place(document, document->signer_span),
		    "Văn bản chưa ghi chức vụ của người ký %s", document->signer);
}

void
lint_missing_recipients(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;

	if (document->recipients->len == 0)
		lint_add(lint, head_place(document, document->signer_span),
		    "Văn bản không có phần “Nơi nhận”; hãy ghi cơ quan nhận để thực hiện, để báo cáo và để "
		    "lưu");
}

void
lint_missing_legal_basis(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;

	if (document->legal_basis->len == 0)
		lint_add(lint, head_place(document, document->title_span),
		    "Văn bản không dẫn căn cứ nào; hãy nêu văn bản của cấp trên mà kế hoạch này thực hiện");
}

void
lint_missing_reporting(LintContext *lint)
{
	if (lint->plan->reporting->len == 0)
		lint_add(lint, head_place(&lint->plan->document, lint->plan->document.title_span),
		    "Kế hoạch không quy định chế độ báo cáo; hãy ghi ai báo cáo, cho ai, kỳ nào và trước "
		    "ngày nào");
}

/* An amending plan needs the number and the date of the one it replaces to be told from it. */
void
lint_replaces_unclear(LintContext *lint)
{
	const PlanDocument *document = &lint->plan->document;

	for (guint i = 0; i < document->replaces->len; i++) {
		const PlanCitation *old = g_ptr_array_index(document->replaces, i);

		if (old->number == NULL || old->date.year == 0)
			lint_add_as(lint, DIAG_WARNING, old->span,
			    "Văn bản bị thay thế chưa ghi đủ số và ngày; hãy ghi đủ để biết văn bản nào hết "
			    "hiệu lực");
		else if (document->number != NULL && strcmp(old->number, document->number) == 0)
			lint_add(lint, old->span,
			    "Văn bản bị thay thế có cùng số %s với văn bản này; khi viện dẫn phải ghi kèm "
			    "ngày ban hành",
			    old->number);
	}
}
