/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator.h"
#include "modules/intake/intake_internal.h"
#include "modules/report/report.h"

/* The marks of one document, numbered as they come. */
typedef struct Marking {
	const PlanScope *scope;
	int64_t document_id, mark_no;
	const Plan *plan;
} Marking;

/* An item without a place in the text has no mark. */
static bool
add_mark(Marking *marking, SourceSpan span, DocumentMark mark, GError **error)
{
	DocumentPlace place = document_locate(marking->plan, span);

	if (place.block == G_MAXUINT)
		return true;
	mark.block_no = (int64_t)place.block + 1;
	mark.mark_start = place.start;
	mark.mark_len = place.len;
	return document_add_mark(marking->scope->db, marking->scope->commune_id, marking->document_id,
		   ++marking->mark_no, &mark, error) &&
	       document_add_areas(marking->scope->db, marking->scope->commune_id, marking->document_id,
		   marking->mark_no, marking->plan, span, error);
}

static void
append_fact(GString *out, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "\n" : "", name, value);
}

static void
append_agencies(GString *out, const char *name, const GPtrArray *refs)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		g_string_append_printf(names, "%s%s", i > 0 ? "; " : "", ref->printed);
	}
	append_fact(out, name, names->str);
}

static char *
label_of(const char *kind, const char *no)
{
	return no != NULL ? g_strdup_printf("%s %s", kind, no) : g_strdup(kind);
}

static bool
mark_tasks(Marking *marking, GError **error)
{
	for (guint i = 0; i < marking->plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(marking->plan->tasks, i);
		g_autoptr(GString) detail = g_string_new(NULL);
		g_autofree char *label = label_of("Nhiệm vụ", task->no);
		DocumentMark mark = {.kind = DOCUMENT_MARK_TASK,
		    .item = task->id,
		    .target_no = (int64_t)i + 1,
		    .label = label,
		    .title = task->name,
		    .confidence = task->confidence};

		append_agencies(detail, "Chủ trì", task->lead);
		append_agencies(detail, "Phối hợp", task->coordinating);
		append_fact(detail, "Thời hạn", task->deadline.raw);
		append_fact(detail, "Sản phẩm", task->output);
		mark.detail = detail->str;
		if (!add_mark(marking, task->span, mark, error))
			return false;
	}
	return true;
}

static void
append_targets(GString *out, const PlanIndicator *indicator)
{
	for (guint i = 0; i < indicator->targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(indicator->targets, i);
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree char *year = g_strdup_printf("Năm %d", target->year);
		char raw[] = "";
		IndicatorTarget shown = {.comparator = target->comparator,
		    .value = target->value,
		    .value_high = target->value_high,
		    .raw = target->raw != NULL ? target->raw : raw};

		indicator_append_target(&shown, indicator->unit, text);
		append_fact(out, target->year > 0 ? year : "Mục tiêu", text->str);
	}
}

static bool
mark_indicators(Marking *marking, GError **error)
{
	for (guint i = 0; i < marking->plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(marking->plan->indicators, i);
		g_autoptr(GString) detail = g_string_new(NULL);
		g_autofree char *label = label_of("Chỉ tiêu", indicator->no);
		DocumentMark mark = {.kind = DOCUMENT_MARK_INDICATOR,
		    .item = indicator->id,
		    .target_no = (int64_t)i + 1,
		    .label = label,
		    .title = indicator->name,
		    .confidence = indicator->confidence};

		append_targets(detail, indicator);
		append_agencies(detail, "Chủ trì", indicator->lead);
		append_agencies(detail, "Phối hợp", indicator->coordinating);
		append_fact(detail, "Sản phẩm", indicator->output);
		mark.detail = detail->str;
		if (!add_mark(marking, indicator->span, mark, error))
			return false;
	}
	return true;
}

static bool
mark_duties(Marking *marking, const GPtrArray *items, GError **error)
{
	for (guint i = 0; i < marking->plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(marking->plan->duties, i);
		DocumentMark mark = {.kind = DOCUMENT_MARK_DUTY,
		    .item = g_ptr_array_index(items, i),
		    .label = "Trách nhiệm",
		    .title = duty->agency.printed,
		    .detail = "",
		    .confidence = 100};

		if (!add_mark(marking, duty->span, mark, error))
			return false;
	}
	return true;
}

static bool
mark_reports(Marking *marking, const GPtrArray *items, GError **error)
{
	for (guint i = 0; i < marking->plan->reporting->len; i++) {
		const PlanReporting *rule = g_ptr_array_index(marking->plan->reporting, i);
		g_autoptr(GString) detail = g_string_new(NULL);
		g_autofree char *date = rule->due_day > 0 && rule->due_month > 0
					    ? g_strdup_printf("%s%02d/%02d", rule->is_before ? "trước " : "",
						  rule->due_day, rule->due_month)
					    : NULL;
		const char *cadence = report_cadence_title(rule->cadence);
		g_autofree char *title =
		    *cadence != '\0' ? g_strconcat("Báo cáo ", cadence, NULL) : g_strdup("Báo cáo");
		DocumentMark mark = {.kind = DOCUMENT_MARK_REPORT,
		    .item = g_ptr_array_index(items, i),
		    .label = "Chế độ báo cáo",
		    .title = title,
		    .confidence = 100};

		append_fact(detail, "Hạn gửi", date);
		append_fact(detail, "Nơi gửi", rule->from);
		append_fact(detail, "Nơi nhận", rule->to);
		mark.detail = detail->str;
		if (!add_mark(marking, rule->span, mark, error))
			return false;
	}
	return true;
}

static bool
mark_prose(Marking *marking, const GPtrArray *items, GError **error)
{
	for (guint i = 0; i < marking->plan->body_tasks->len; i++) {
		const PlanProse *prose = g_ptr_array_index(marking->plan->body_tasks, i);
		DocumentMark mark = {.kind = DOCUMENT_MARK_PROSE,
		    .item = g_ptr_array_index(items, i),
		    .label = "Nội dung, giải pháp",
		    .title = prose->section_title != NULL ? prose->section_title : "",
		    .detail = "",
		    .confidence = 100};

		if (!add_mark(marking, prose->span, mark, error))
			return false;
	}
	return true;
}

bool
intake_add_marks(const PlanScope *scope, int64_t document_id, const IntakeReading *reading, GError **error)
{
	Marking marking = {scope, document_id, 0, reading->plan};

	return mark_tasks(&marking, error) && mark_indicators(&marking, error) &&
	       mark_duties(&marking, reading->items.duties, error) &&
	       mark_reports(&marking, reading->items.reports, error) &&
	       mark_prose(&marking, reading->items.prose, error);
}

static int64_t
block_of(const Plan *plan, SourceSpan span)
{
	DocumentPlace place = document_locate(plan, span);

	return place.block == G_MAXUINT ? 0 : (int64_t)place.block + 1;
}

bool
intake_add_findings(const PlanScope *scope, const IntakeReading *reading, GError **error)
{
	for (guint i = 0; i < reading->findings->len; i++) {
		const Diag *diag = g_ptr_array_index(reading->findings, i);
		g_autofree PlanFindingPlace *places = g_new0(PlanFindingPlace, diag->n_related + 1);

		for (size_t p = 0; p < diag->n_related; p++) {
			places[p].line = diag->related[p].line;
			places[p].block_no = block_of(reading->plan, diag->related[p]);
		}
		if (!plan_add_finding(scope, (int64_t)i + 1, diag, block_of(reading->plan, diag->span),
			places, diag->n_related, error))
			return false;
	}
	return true;
}
