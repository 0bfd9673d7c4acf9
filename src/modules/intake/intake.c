/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake.h"

#include "base/text.h"
#include "compiler/check/lint.h"
#include "compiler/compiler.h"
#include "modules/intake/intake_internal.h"

#include <string.h>

void
intake_draft_free(IntakeDraft *draft)
{
	if (draft == NULL)
		return;
	g_clear_pointer(&draft->items.duties, g_ptr_array_unref);
	g_clear_pointer(&draft->items.reports, g_ptr_array_unref);
	g_clear_pointer(&draft->items.prose, g_ptr_array_unref);
	g_clear_pointer(&draft->findings, g_ptr_array_unref);
	plan_free(draft->plan);
	g_free(draft->bytes);
	g_free(draft->file_name);
	g_free(draft);
}

/* Errors first; the rest stays in the order of the text. */
static int
compare_findings(const void *a, const void *b)
{
	const Diag *x = *(const Diag *const *)a, *y = *(const Diag *const *)b;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->span.line != y->span.line)
		return x->span.line < y->span.line ? -1 : 1;
	return strcmp(x->rule, y->rule);
}

static GPtrArray *
collect_findings(const Plan *plan)
{
	/* Stored findings must not depend on the day of the import: only the document's own dates count. */
	const LintOptions options = {.today = DATE_NONE, .min_severity = DIAG_INFO};
	g_autoptr(DiagList) lint = lint_run(plan, &options);
	GPtrArray *findings = g_ptr_array_new();

	for (guint i = 0; i < plan->diags->items->len; i++)
		g_ptr_array_add(findings, g_ptr_array_index(plan->diags->items, i));
	for (guint i = 0; i < lint->items->len; i++)
		g_ptr_array_add(findings, g_ptr_array_index(lint->items, i));
	g_ptr_array_sort(findings, compare_findings);
	return findings;
}

static int
compare_blocks(const void *a, const void *b)
{
	const PlanBlock *x = *(const PlanBlock *const *)a, *y = *(const PlanBlock *const *)b;

	return x->span.offset == y->span.offset ? 0 : x->span.offset < y->span.offset ? -1 : 1;
}

static GPtrArray *
name_items(const char *prefix, guint count)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 1; i <= count; i++)
		g_ptr_array_add(names, g_strdup_printf("%s%u", prefix, i));
	return names;
}

IntakeDraft *
intake_draft_new(const char *file_name, char *take_bytes, size_t len, Plan *take_plan)
{
	IntakeDraft *draft = g_new0(IntakeDraft, 1);

	draft->file_name = g_path_get_basename(file_name);
	draft->bytes = take_bytes;
	draft->len = len;
	draft->plan = take_plan;
	/* Annexes are read before the text that stands above them; a reader sees the document in its own
	 * order. */
	g_ptr_array_sort(draft->plan->blocks, compare_blocks);
	draft->findings = collect_findings(draft->plan);
	draft->items.duties = name_items("trach-nhiem-", draft->plan->duties->len);
	draft->items.reports = name_items("bao-cao-", draft->plan->reporting->len);
	draft->items.prose = name_items("noi-dung-", draft->plan->body_tasks->len);
	return draft;
}

bool
intake_read(const char *file_name, char *take_bytes, size_t len, IntakeDraft **ret_draft, GError **error)
{
	g_autofree char *bytes = take_bytes;
	Plan *plan;

	if (!compiler_compile(bytes, len, NULL, &plan, error)) {
		g_prefix_error(error, "%s: ", file_name);
		return false;
	}
	*ret_draft = intake_draft_new(file_name, g_steal_pointer(&bytes), len, plan);
	return true;
}

const char *
intake_draft_file_name(const IntakeDraft *draft)
{
	return draft->file_name;
}

const Plan *
intake_draft_plan(const IntakeDraft *draft)
{
	return draft->plan;
}

PlanCounts
intake_draft_counts(const IntakeDraft *draft)
{
	PlanCounts counts = {
	    .tasks = draft->plan->tasks->len,
	    .indicators = draft->plan->indicators->len,
	    .duties = draft->plan->duties->len,
	};

	for (guint i = 0; i < draft->findings->len; i++) {
		const Diag *diag = g_ptr_array_index(draft->findings, i);

		counts.errors += diag->severity == DIAG_ERROR;
		counts.warnings += diag->severity == DIAG_WARNING;
		counts.infos += diag->severity == DIAG_INFO;
	}
	return counts;
}

char *
intake_draft_caption(const IntakeDraft *draft)
{
	const PlanDocument *document = &draft->plan->document;
	GString *out = g_string_new(NULL);
	char date[DATE_ISO_SIZE];
	PlanInfo info = {.type = document->type, .number = document->number};

	partial_date_format_iso(document->date, date);
	if (date[0] != '\0')
		info.issued_on = date;
	plan_caption(&info, out);
	return g_string_free(out, FALSE);
}

char *
intake_commune_of(const char *issuer)
{
	static const char *const KINDS[] = {"xa ", "phuong ", "dac khu ", "thi tran "};
	bool is_word_start = true;

	for (const char *at = issuer; at != NULL && *at != '\0'; at = text_next(at)) {
		for (size_t i = 0; is_word_start && i < G_N_ELEMENTS(KINDS); i++) {
			size_t kind_len;
			g_autofree char *kind = NULL;

			if (!text_fold_has_prefix(at, KINDS[i], &kind_len))
				continue;
			kind = g_utf8_strdown(at, (gssize)kind_len);
			return g_strconcat(kind, at + kind_len, NULL);
		}
		is_word_start = g_unichar_isspace(g_utf8_get_char(at));
	}
	return NULL;
}
