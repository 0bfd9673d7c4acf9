/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/compiler.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "compiler/lex/agency.h"
#include "compiler/lower/prose.h"
#include "compiler/parse/annex.h"
#include "compiler/parse/head.h"
#include "compiler/parse/outline.h"
#include "compiler/source/encoding.h"
#include "compiler/source/markup.h"

static bool
read_text(Plan *plan, const char *bytes, size_t len, GError **error)
{
	g_autofree char *text = NULL;
	const char *encoding = NULL;

	if (len > LIMIT_SOURCE_BYTES) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "văn bản lớn hơn %zu MB; một kế hoạch chỉ dài vài trăm KB",
		    LIMIT_SOURCE_BYTES / (1024 * 1024));
		return false;
	}
	if (!encoding_to_utf8(bytes, len, &text, &plan->text_len, &encoding, error))
		return false;
	plan->text = arena_strndup(plan->arena, text, plan->text_len);
	if (encoding != NULL)
		diag_add(plan->diags, "source-encoding", DIAG_INFO, (SourceSpan){.line = 1},
		    "Văn bản dùng bảng mã %s, đã chuyển sang Unicode; hãy xem lại các chữ có dấu.", encoding);
	return true;
}

static bool
is_markdown(const Plan *plan, const CompilerOptions *options)
{
	switch (options != NULL ? options->format : COMPILER_FORMAT_AUTO) {
	case COMPILER_FORMAT_TEXT:
		return false;
	case COMPILER_FORMAT_MARKDOWN:
		return true;
	case COMPILER_FORMAT_AUTO:
	default:
		return markup_is_markdown(plan->text, plan->text_len);
	}
}

/* A later mention of a document that the basis names, or that was met before, says nothing new. */
static void
drop_known_citations(PlanDocument *document)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *cites = document->also_cites;
	guint kept = 0;

	for (guint i = 0; i < document->legal_basis->len; i++) {
		const PlanCitation *basis = g_ptr_array_index(document->legal_basis, i);

		if (basis->number != NULL)
			g_hash_table_add(seen, basis->number);
	}
	for (guint i = 0; i < cites->len; i++) {
		PlanCitation *citation = g_ptr_array_index(cites, i);

		if (citation->number == NULL || g_hash_table_add(seen, citation->number))
			cites->pdata[kept++] = citation;
	}
	g_ptr_array_set_size(cites, (gint)kept);
}

static void
judge(Plan *plan)
{
	size_t found = (size_t)plan->tasks->len + plan->indicators->len;

	plan->is_plan = found > 0 && (plan->outline->len > 0 || plan->annexes->len > 0);
	if (!plan->is_plan)
		diag_add(plan->diags, "not-a-plan", DIAG_WARNING, (SourceSpan){.line = 1},
		    "Không nhận ra kế hoạch trong văn bản này: không có chỉ tiêu hay nhiệm vụ nào; hãy kiểm "
		    "tra lại tệp.");
}

bool
compiler_compile(
    const char *bytes, size_t len, const CompilerOptions *options, Plan **ret_plan, GError **error)
{
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(AgencyTable) agencies = agency_table_new(plan);
	SourceLines lines;
	Regions regions;
	Paragraphs paragraphs;

	if (!read_text(plan, bytes, len, error))
		return false;
	lines_split(plan->arena, plan->text, plan->text_len, is_markdown(plan, options), &lines, plan->diags);
	if (lines.len == 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp chỉ có khoảng trắng, không có nội dung");
		return false;
	}
	regions_find(plan->arena, &lines, &regions);
	head_parse(plan, &lines, &regions);
	paragraphs = paragraphs_join(plan->arena, &lines, regions.head_end, regions.body_end);
	outline_build(plan, &paragraphs);
	tail_parse(plan, &lines, &regions);
	for (size_t i = 0; i < regions.n_annexes; i++)
		annex_parse(plan, agencies, &lines, regions.annexes[i], regions.annexes[i + 1]);
	lower_prose(plan, agencies, &paragraphs);
	agency_table_settle(agencies);
	drop_known_citations(&plan->document);
	judge(plan);
	diag_sort(plan->diags);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}
