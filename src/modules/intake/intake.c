/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake.h"

#include "base/text.h"
#include "compiler/check/lint.h"
#include "modules/intake/intake_internal.h"
#include "reader/compile.h"

#include <string.h>

void
intake_reading_free(IntakeReading *reading)
{
	if (reading == NULL)
		return;
	g_clear_pointer(&reading->items.duties, g_ptr_array_unref);
	g_clear_pointer(&reading->items.reports, g_ptr_array_unref);
	g_clear_pointer(&reading->items.prose, g_ptr_array_unref);
	g_clear_pointer(&reading->findings, g_ptr_array_unref);
	plan_free(reading->plan);
	g_free(reading->bytes);
	g_free(reading->file_sha256);
	g_free(reading->edits);
	g_free(reading->file_name);
	g_free(reading);
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

static GPtrArray *
name_items(const char *prefix, guint count)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 1; i <= count; i++)
		g_ptr_array_add(names, g_strdup_printf("%s%u", prefix, i));
	return names;
}

IntakeReading *
intake_reading_new(const char *file_name, char *take_bytes, size_t len, Plan *take_plan)
{
	IntakeReading *reading = g_new0(IntakeReading, 1);

	reading->file_name = g_path_get_basename(file_name);
	reading->bytes = take_bytes;
	reading->len = len;
	reading->plan = take_plan;
	reading->findings = collect_findings(take_plan);
	reading->items.duties = name_items("trach-nhiem-", take_plan->duties->len);
	reading->items.reports = name_items("bao-cao-", take_plan->reporting->len);
	reading->items.prose = name_items("noi-dung-", take_plan->body_tasks->len);
	return reading;
}

bool
intake_read(const char *file_name, char *take_bytes, size_t len, IntakeReading **ret_reading, GError **error)
{
	g_autofree char *bytes = take_bytes;
	Plan *plan;

	if (!reader_compile(file_name, bytes, len, NULL, NULL, &plan, error))
		return false;
	*ret_reading = intake_reading_new(file_name, g_steal_pointer(&bytes), len, plan);
	return true;
}

const char *
intake_reading_file_name(const IntakeReading *reading)
{
	return reading->file_name;
}

const Plan *
intake_reading_plan(const IntakeReading *reading)
{
	return reading->plan;
}

PlanCounts
intake_reading_counts(const IntakeReading *reading)
{
	PlanCounts counts = {
	    .tasks = reading->plan->tasks->len,
	    .indicators = reading->plan->indicators->len,
	    .duties = reading->plan->duties->len,
	};

	for (guint i = 0; i < reading->findings->len; i++) {
		const Diag *diag = g_ptr_array_index(reading->findings, i);

		counts.errors += diag->severity == DIAG_ERROR;
		counts.warnings += diag->severity == DIAG_WARNING;
		counts.infos += diag->severity == DIAG_INFO;
	}
	return counts;
}

char *
intake_caption_of(const Plan *plan)
{
	const PlanDocument *document = &plan->document;
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
intake_reading_caption(const IntakeReading *reading)
{
	return intake_caption_of(reading->plan);
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
