/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/compiler.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "compiler/lex/agency.h"
#include "compiler/lower/prose.h"
#include "compiler/parse/annex.h"
#include "compiler/parse/block_text.h"
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

static int
compare_blocks(gconstpointer a, gconstpointer b)
{
	const PlanBlock *left = *(PlanBlock *const *)a, *right = *(PlanBlock *const *)b;

	return left->span.offset < right->span.offset ? -1 : left->span.offset > right->span.offset;
}

static void
explain_agencies(AgencyTable *agencies, const CompilerOptions *options)
{
	for (size_t i = 0; options != NULL && i < options->n_aliases; i++)
		agency_table_explain(agencies, options->aliases[i].printed, options->aliases[i].name);
}

/* Understands plan->text. */
static bool
compile_text(Plan *plan, bool is_markdown, const CompilerOptions *options, GError **error)
{
	g_autoptr(AgencyTable) agencies = agency_table_new(plan);
	SourceLines lines;
	Regions regions;
	Paragraphs paragraphs;

	lines_split(plan->arena, plan->text, plan->text_len, is_markdown, &lines, plan->diags);
	if (lines.len == 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp chỉ có khoảng trắng, không có nội dung");
		return false;
	}
	lines_find_pages(&lines, plan->places);
	explain_agencies(agencies, options);
	regions_find(plan->arena, &lines, &regions);
	head_parse(plan, &lines, &regions);
	paragraphs = paragraphs_join(plan->arena, &lines, regions.head_end, regions.body_end);
	outline_build(plan, &paragraphs);
	tail_parse(plan, &lines, &regions);
	for (size_t i = 0; i < regions.n_annexes; i++)
		annex_parse(plan, agencies, &lines, &regions.annexes[i]);
	lower_prose(plan, agencies, &paragraphs);
	agency_table_settle(agencies);
	drop_known_citations(&plan->document);
	judge(plan);
	g_ptr_array_sort(plan->blocks, compare_blocks);
	return true;
}

bool
compiler_compile(
    const char *bytes, size_t len, const CompilerOptions *options, Plan **ret_plan, GError **error)
{
	g_autoptr(Plan) plan = plan_new();

	if (!read_text(plan, bytes, len, error) ||
	    !compile_text(plan, is_markdown(plan, options), options, error))
		return false;
	diag_sort(plan->diags);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}

static void
copy_signatures(Plan *plan, const BlockDocument *document)
{
	for (guint i = 0; i < document->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(document->signatures, i);
		BlockSignature *copy = arena_new0(plan->arena, BlockSignature);

		*copy = *signature;
		copy->signer = arena_strdup(plan->arena, signature->signer);
		copy->issuer = arena_strdup(plan->arena, signature->issuer);
		g_ptr_array_add(plan->signatures, copy);
	}
}

/* The first block on a page or behind it: where a finding about a page is shown. */
static SourceSpan
start_of_page(const Plan *plan, uint32_t page)
{
	SourceSpan span = {.line = 1, .page = page};

	for (guint i = 0; page > 0 && i < plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(plan->blocks, i);

		if (block->span.page >= page) {
			span = block->span;
			span.page = page;
			span.len = 0;
			break;
		}
	}
	return span;
}

static void
copy_notes(Plan *plan, const BlockDocument *document)
{
	for (guint i = 0; i < document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(document->notes, i);

		diag_add(plan->diags, note->rule, note->severity, start_of_page(plan, note->page), "%s",
		    note->message);
	}
}

bool
compiler_compile_blocks(
    const BlockDocument *document, const CompilerOptions *options, Plan **ret_plan, GError **error)
{
	g_autoptr(Plan) plan = plan_new();

	block_text_write(document, plan);
	if (plan->text_len > LIMIT_SOURCE_BYTES) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "văn bản có hơn %zu MB chữ; một kế hoạch chỉ dài vài trăm KB",
		    LIMIT_SOURCE_BYTES / (1024 * 1024));
		return false;
	}
	if (!compile_text(plan, true, options, error))
		return false;
	copy_signatures(plan, document);
	copy_notes(plan, document);
	diag_sort(plan->diags);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}
