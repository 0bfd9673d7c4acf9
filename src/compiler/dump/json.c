/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "compiler/compiler.h"
#include <math.h>

/* Points, with one decimal. */
static void
dump_length(JsonWriter *json, float points)
{
	json_decimal(json, (Decimal){(int64_t)(points * 10.0F + 0.5F), 1});
}

static void
dump_place(JsonWriter *json, const Plan *plan, SourceSpan span)
{
	SourceArea area;

	json_key_int(json, "line", span.line);
	json_key_int(json, "offset", (int64_t)span.offset);
	json_key_int(json, "length", (int64_t)span.len);
	if (span.page > 0)
		json_key_int(json, "page", span.page);
	if (places_find(plan->places, span, &area, 1) > 0 && area.box.right > area.box.left) {
		json_key(json, "box");
		json_begin_array(json);
		dump_length(json, area.box.left);
		dump_length(json, area.box.top);
		dump_length(json, area.box.right);
		dump_length(json, area.box.bottom);
		json_end_array(json);
	}
}

static void
dump_partial_date(JsonWriter *json, const char *key, PartialDate date)
{
	char text[DATE_ISO_SIZE];

	partial_date_format_iso(date, text);
	json_key_string(json, key, text[0] != '\0' ? text : NULL);
}

static void
dump_day(JsonWriter *json, const char *key, int32_t day)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(day, text);
	json_key_string(json, key, text[0] != '\0' ? text : NULL);
}

static void
dump_strings(JsonWriter *json, const char *key, const GPtrArray *strings)
{
	json_key(json, key);
	json_begin_array(json);
	for (guint i = 0; i < strings->len; i++)
		json_string(json, g_ptr_array_index(strings, i));
	json_end_array(json);
}

static void
dump_refs(JsonWriter *json, const char *key, const GPtrArray *refs)
{
	json_key(json, key);
	json_begin_array(json);
	for (guint i = 0; i < refs->len; i++)
		json_string(json, ((const PlanAgencyRef *)g_ptr_array_index(refs, i))->printed);
	json_end_array(json);
}

static void
dump_confidence(JsonWriter *json, uint8_t confidence)
{
	if (confidence >= 100)
		return;
	json_key(json, "confidence");
	json_decimal(json, (Decimal){confidence, 2});
}

/* The fields that were read unsurely. */
static void
dump_marks(JsonWriter *json, const PlanFieldMark *marks)
{
	static const char *const NAMES[PLAN_FIELD_MAX] = {
	    [PLAN_FIELD_NO] = "no",
	    [PLAN_FIELD_NAME] = "name",
	    [PLAN_FIELD_UNIT] = "unit",
	    [PLAN_FIELD_TARGETS] = "targets",
	    [PLAN_FIELD_LEAD] = "lead",
	    [PLAN_FIELD_COORDINATING] = "coordinating",
	    [PLAN_FIELD_OUTPUT] = "output",
	    [PLAN_FIELD_DEADLINE] = "deadline",
	};
	bool is_open = false;

	for (size_t i = 0; i < PLAN_FIELD_MAX; i++) {
		if (marks[i].confidence >= 100)
			continue;
		if (!is_open) {
			json_key(json, "fields");
			json_begin_object(json);
			is_open = true;
		}
		json_key(json, NAMES[i]);
		json_decimal(json, (Decimal){marks[i].confidence, 2});
	}
	if (is_open)
		json_end_object(json);
}

static void
dump_citations(JsonWriter *json, const char *key, const GPtrArray *citations)
{
	json_key(json, key);
	json_begin_array(json);
	for (guint i = 0; i < citations->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(citations, i);

		json_begin_object(json);
		json_key_string(json, "number", citation->number);
		dump_partial_date(json, "date", citation->date);
		json_key_string(json, "type", citation->type);
		json_key_string(json, "issuer", citation->issuer);
		json_key_int(json, "line", citation->span.line);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_document(JsonWriter *json, const PlanDocument *document)
{
	json_key(json, "document");
	json_begin_object(json);
	json_key_string(json, "number", document->number);
	json_key_string(json, "type", document->type);
	json_key_string(json, "issuer", document->issuer);
	json_key_string(json, "place", document->place);
	dump_partial_date(json, "date", document->date);
	json_key_string(json, "title", document->title);
	json_key_string(json, "signer", document->signer);
	json_key_string(json, "signer_role", document->signer_role);
	json_key_string(json, "family", plan_family_name(document->family));
	dump_citations(json, "replaces", document->replaces);
	dump_citations(json, "legal_basis", document->legal_basis);
	dump_citations(json, "also_cites", document->also_cites);
	dump_strings(json, "recipients", document->recipients);
	json_end_object(json);
}

static void
dump_outline(JsonWriter *json, const Plan *plan)
{
	json_key(json, "outline");
	json_begin_array(json);
	for (guint i = 0; i < plan->outline->len; i++) {
		const PlanSection *section = g_ptr_array_index(plan->outline, i);

		json_begin_object(json);
		json_key_string(json, "no", section->no);
		json_key_string(json, "path", section->path);
		json_key_int(json, "level", section->level);
		json_key_string(json, "title", section->title);
		dump_place(json, plan, section->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_annex_and_group(JsonWriter *json, const PlanAnnex *annex, const PlanGroup *group)
{
	json_key_string(json, "annex", annex != NULL ? annex->label : NULL);
	json_key(json, "group");
	if (group == NULL) {
		json_null(json);
	} else {
		g_autofree char *title = group->no != NULL
					     ? g_strdup_printf("%s. %s", group->no, group->title)
					     : g_strdup(group->title);

		json_string(json, title);
	}
}

static void
dump_target(JsonWriter *json, const PlanTarget *target)
{
	bool has_number = target->comparator != PLAN_COMPARATOR_TEXT;

	json_begin_object(json);
	json_key(json, "year");
	if (target->year != 0)
		json_int(json, target->year);
	else
		json_null(json);
	json_key_string(json, "comparator", plan_comparator_name(target->comparator));
	json_key(json, "value");
	if (has_number)
		json_decimal(json, target->value);
	else
		json_null(json);
	json_key(json, "value_high");
	if (target->comparator == PLAN_COMPARATOR_RANGE)
		json_decimal(json, target->value_high);
	else
		json_null(json);
	json_key_string(json, "raw", target->raw);
	json_end_object(json);
}

static void
dump_indicators(JsonWriter *json, const Plan *plan)
{
	json_key(json, "indicators");
	json_begin_array(json);
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		json_begin_object(json);
		json_key_string(json, "id", indicator->id);
		dump_annex_and_group(json, indicator->annex, indicator->group);
		json_key_string(json, "no", indicator->no);
		json_key_string(json, "section", indicator->section);
		json_key_string(json, "name", indicator->name);
		json_key_string(json, "unit", indicator->unit);
		json_key(json, "targets");
		json_begin_array(json);
		for (guint k = 0; k < indicator->targets->len; k++)
			dump_target(json, g_ptr_array_index(indicator->targets, k));
		json_end_array(json);
		dump_refs(json, "lead", indicator->lead);
		dump_refs(json, "coordinating", indicator->coordinating);
		json_key_string(json, "output", indicator->output);
		dump_confidence(json, indicator->confidence);
		dump_marks(json, indicator->fields);
		dump_place(json, plan, indicator->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_deadline(JsonWriter *json, const PlanDeadline *deadline)
{
	json_key_string(json, "deadline_raw", deadline->raw);
	json_key(json, "deadline");
	json_begin_object(json);
	json_key_string(json, "kind", plan_deadline_kind_name(deadline->kind));
	dump_day(json, "date", deadline->due);
	dump_day(json, "start", deadline->start);
	json_key_string(json, "period", plan_period_name(deadline->period));
	json_key_string(json, "condition", deadline->condition);
	json_end_object(json);
}

static void
dump_tasks(JsonWriter *json, const Plan *plan)
{
	json_key(json, "tasks");
	json_begin_array(json);
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		json_begin_object(json);
		json_key_string(json, "id", task->id);
		dump_annex_and_group(json, task->annex, task->group);
		json_key_string(json, "no", task->no);
		json_key_string(json, "section", task->section);
		json_key_string(json, "section_title", task->section_title);
		json_key_string(json, task->annex != NULL ? "name" : "text", task->name);
		dump_refs(json, "lead", task->lead);
		dump_refs(json, "coordinating", task->coordinating);
		json_key_string(json, "output", task->output);
		dump_deadline(json, &task->deadline);
		dump_confidence(json, task->confidence);
		dump_marks(json, task->fields);
		dump_place(json, plan, task->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_prose(JsonWriter *json, const Plan *plan)
{
	json_key(json, "body_tasks");
	json_begin_array(json);
	for (guint i = 0; i < plan->body_tasks->len; i++) {
		const PlanProse *prose = g_ptr_array_index(plan->body_tasks, i);

		json_begin_object(json);
		json_key_string(json, "no", prose->no);
		json_key_string(json, "section", prose->section);
		json_key_string(json, "section_title", prose->section_title);
		json_key_string(json, "text", prose->text);
		dump_place(json, plan, prose->span);
		json_end_object(json);
	}
	json_end_array(json);
	json_key(json, "duties");
	json_begin_array(json);
	for (guint i = 0; i < plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(plan->duties, i);

		json_begin_object(json);
		json_key_string(json, "agency", duty->agency.printed);
		json_key_string(json, "section", duty->section);
		json_key_string(json, "text", duty->text);
		dump_place(json, plan, duty->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_reporting(JsonWriter *json, const Plan *plan)
{
	json_key(json, "reporting");
	json_begin_array(json);
	for (guint i = 0; i < plan->reporting->len; i++) {
		const PlanReporting *rule = g_ptr_array_index(plan->reporting, i);
		char due[16] = "";

		if (rule->due_day != 0)
			g_snprintf(due, sizeof(due), "--%02d-%02d", rule->due_month, rule->due_day);
		json_begin_object(json);
		json_key_string(json, "cadence", plan_period_name(rule->cadence));
		json_key_string(json, "deadline", due[0] != '\0' ? due : NULL);
		json_key_string(json, "from", rule->from);
		json_key_string(json, "to", rule->to);
		json_key_string(json, "raw", rule->raw);
		dump_place(json, plan, rule->span);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_agencies(JsonWriter *json, const Plan *plan)
{
	json_key(json, "agencies");
	json_begin_array(json);
	for (guint i = 0; i < plan->agencies->len; i++) {
		const PlanAgency *agency = g_ptr_array_index(plan->agencies, i);

		json_begin_object(json);
		json_key_string(json, "name", agency->name);
		dump_strings(json, "aliases", agency->aliases);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_diags(JsonWriter *json, const Plan *plan)
{
	const DiagList *diags = plan->diags;

	json_key(json, "diagnostics");
	json_begin_array(json);
	for (guint i = 0; i < diags->items->len; i++) {
		const Diag *diag = g_ptr_array_index(diags->items, i);

		json_begin_object(json);
		json_key_string(json, "rule", diag->rule);
		json_key_string(json, "severity", diag_severity_letter(diag->severity));
		json_key_string(json, "message", diag->message);
		dump_place(json, plan, diag->span);
		json_key(json, "related");
		json_begin_array(json);
		for (size_t k = 0; k < diag->n_related; k++) {
			json_begin_object(json);
			dump_place(json, plan, diag->related[k]);
			json_end_object(json);
		}
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
dump_signatures(JsonWriter *json, const Plan *plan)
{
	json_key(json, "signatures");
	json_begin_array(json);
	for (guint i = 0; i < plan->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(plan->signatures, i);
		g_autoptr(GDateTime) at =
		    signature->signed_at != 0 ? g_date_time_new_from_unix_utc(signature->signed_at) : NULL;
		g_autofree char *stamp = at != NULL ? g_date_time_format(at, "%Y-%m-%dT%H:%M:%SZ") : NULL;

		json_begin_object(json);
		json_key_string(json, "signer", signature->signer);
		json_key_string(json, "issuer", signature->issuer);
		json_key_string(json, "signed_at", stamp);
		json_key(json, "is_intact");
		json_bool(json, signature->is_intact);
		json_key(json, "covers_all");
		json_bool(json, signature->covers_all);
		json_end_object(json);
	}
	json_end_array(json);
}

void
compiler_dump_json(const Plan *plan, GString *out)
{
	JsonWriter json;

	json_init(&json, out, true);
	json_begin_object(&json);
	dump_document(&json, &plan->document);
	dump_outline(&json, plan);
	dump_indicators(&json, plan);
	dump_tasks(&json, plan);
	dump_prose(&json, plan);
	dump_reporting(&json, plan);
	dump_agencies(&json, plan);
	dump_signatures(&json, plan);
	dump_diags(&json, plan);
	json_end_object(&json);
	g_string_append_c(out, '\n');
}
