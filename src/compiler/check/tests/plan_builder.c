/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"

#include "base/text.h"
#include "compiler/check/lint.h"

#include <stdlib.h>
#include <string.h>

/* Adds a line to the plan's text and gives its place. */
static SourceSpan
add_line(Plan *plan, const char *text)
{
	SourceSpan span = {.line = 1, .column = 1, .offset = plan->text_len, .len = strlen(text)};

	for (const char *p = plan->text; *p != '\0'; p++)
		span.line += *p == '\n';
	plan->text = arena_printf(plan->arena, "%s%s\n", plan->text, text);
	plan->text_len = strlen(plan->text);
	return span;
}

static char *
keep(Plan *plan, const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : arena_strdup(plan->arena, text);
}

Plan *
build_plan(void)
{
	Plan *plan = plan_new();
	PlanDocument *document = &plan->document;

	plan->is_plan = true;
	plan->text = arena_strdup(plan->arena, "");
	document->number = keep(plan, "12/KH-UBND");
	document->number_span = add_line(plan, "Số: 12/KH-UBND");
	document->type = keep(plan, "Kế hoạch");
	document->issuer = keep(plan, "Ủy ban nhân dân xã Đồng Xanh");
	document->date = (PartialDate){.year = 2026, .month = 2, .day = 10};
	document->date_span = document->number_span;
	document->title = keep(plan, "Kế hoạch chuyển đổi số xã Đồng Xanh");
	document->title_span = add_line(plan, document->title);
	document->signer = keep(plan, "Nguyễn Văn An");
	document->signer_role = keep(plan, "Chủ tịch");
	document->family = PLAN_FAMILY_STATE;
	g_ptr_array_add(document->recipients, keep(plan, "Các phòng chuyên môn"));
	build_citation(plan, document->legal_basis, "Nghị quyết", "57-NQ/TW", "Bộ Chính trị", "2024-12-22");
	build_reporting(plan, PLAN_PERIOD_YEAR, "Các phòng", "Ủy ban nhân dân xã", 11, 30);
	return plan;
}

PlanAnnex *
build_annex(Plan *plan, const char *label, PlanAnnexKind kind, const PlanColumnKind *columns)
{
	PlanAnnex *annex = arena_new0(plan->arena, PlanAnnex);

	annex->label =
	    label != NULL ? keep(plan, label) : arena_printf(plan->arena, "%u", plan->annexes->len + 1);
	annex->has_printed_label = label != NULL;
	annex->title = keep(plan, kind == PLAN_ANNEX_TASKS ? "PHÂN CÔNG NHIỆM VỤ" : "DANH MỤC CHỈ TIÊU");
	annex->kind = kind;
	annex->groups = plan_array(plan);
	while (columns[annex->n_columns] != PLAN_COLUMN_MAX)
		annex->n_columns++;
	annex->columns = arena_array(plan->arena, PlanColumn, annex->n_columns + 1);
	for (size_t i = 0; i < annex->n_columns; i++)
		annex->columns[i] = (PlanColumn){.kind = columns[i]};
	annex->span = add_line(plan, annex->title);
	g_ptr_array_add(plan->annexes, annex);
	return annex;
}

PlanAnnex *
build_task_annex(Plan *plan)
{
	static const PlanColumnKind COLUMNS[] = {PLAN_COLUMN_NO, PLAN_COLUMN_NAME, PLAN_COLUMN_LEAD,
	    PLAN_COLUMN_COORDINATING, PLAN_COLUMN_OUTPUT, PLAN_COLUMN_TIME, PLAN_COLUMN_MAX};
	static const char *const LABELS[] = {"I", "II", "III", "IV", "V", "VI"};

	return build_annex(plan, LABELS[plan->annexes->len], PLAN_ANNEX_TASKS, COLUMNS);
}

PlanAnnex *
build_indicator_annex(Plan *plan)
{
	static const PlanColumnKind COLUMNS[] = {PLAN_COLUMN_NO, PLAN_COLUMN_NAME, PLAN_COLUMN_UNIT,
	    PLAN_COLUMN_VALUE, PLAN_COLUMN_LEAD, PLAN_COLUMN_MAX};
	static const char *const LABELS[] = {"I", "II", "III", "IV", "V", "VI"};

	return build_annex(plan, LABELS[plan->annexes->len], PLAN_ANNEX_INDICATORS, COLUMNS);
}

PlanGroup *
build_group(Plan *plan, PlanAnnex *annex, const char *no, const char *title)
{
	PlanGroup *group = arena_new0(plan->arena, PlanGroup);

	group->no = keep(plan, no);
	group->title = keep(plan, title);
	group->level = 1;
	group->span = add_line(plan, title);
	g_ptr_array_add(annex->groups, group);
	return group;
}

size_t
build_agency(Plan *plan, const char *name)
{
	PlanAgency *agency;

	for (guint i = 0; i < plan->agencies->len; i++)
		if (strcmp(((const PlanAgency *)g_ptr_array_index(plan->agencies, i))->name, name) == 0)
			return i;
	agency = arena_new0(plan->arena, PlanAgency);
	agency->name = keep(plan, name);
	agency->aliases = plan_array(plan);
	agency->is_generic = g_str_has_prefix(name, "Các ");
	agency->is_higher = g_str_has_prefix(name, "Sở ");
	g_ptr_array_add(plan->agencies, agency);
	return plan->agencies->len - 1;
}

static GPtrArray *
read_agencies(Plan *plan, const char *names)
{
	GPtrArray *refs = plan_array(plan);
	g_auto(GStrv) parts = g_strsplit(names, "; ", -1);

	for (char **part = parts; *part != NULL; part++) {
		PlanAgencyRef *ref;

		if (**part == '\0')
			continue;
		ref = arena_new0(plan->arena, PlanAgencyRef);
		ref->printed = keep(plan, *part);
		ref->agency = build_agency(plan, *part);
		g_ptr_array_add(refs, ref);
	}
	return refs;
}

static const PlanGroup *
last_group(const PlanAnnex *annex)
{
	if (annex == NULL || annex->groups->len == 0)
		return NULL;
	return g_ptr_array_index(annex->groups, annex->groups->len - 1);
}

PlanIndicator *
build_indicator(Plan *plan, PlanAnnex *annex, const char *no, const char *name)
{
	PlanIndicator *row = arena_new0(plan->arena, PlanIndicator);

	row->id = arena_printf(plan->arena, "i%u", plan->indicators->len + 1);
	row->no = keep(plan, no);
	row->name = keep(plan, name);
	row->unit = keep(plan, "%");
	row->annex = annex;
	row->group = last_group(annex);
	row->section = annex == NULL ? keep(plan, "II.1") : NULL;
	row->targets = plan_array(plan);
	row->lead = read_agencies(plan, "Phòng Văn hóa - Xã hội");
	row->coordinating = plan_array(plan);
	row->confidence = 100;
	row->span = add_line(plan, name);
	g_ptr_array_add(plan->indicators, row);
	return row;
}

static PlanComparator
read_comparator(const char **text)
{
	static const struct {
		const char *mark;
		PlanComparator comparator;
	} MARKS[] = {{">=", PLAN_COMPARATOR_GE}, {"<=", PLAN_COMPARATOR_LE}, {">", PLAN_COMPARATOR_GT},
	    {"<", PLAN_COMPARATOR_LT}, {"phấn đấu", PLAN_COMPARATOR_STRIVE_GE}};

	for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++) {
		if (g_str_has_prefix(*text, MARKS[i].mark)) {
			*text += strlen(MARKS[i].mark);
			return MARKS[i].comparator;
		}
	}
	return PLAN_COMPARATOR_EQ;
}

void
build_target(Plan *plan, PlanIndicator *indicator, int year, const char *value)
{
	PlanTarget *target = arena_new0(plan->arena, PlanTarget);
	const char *dash;
	size_t len;

	target->raw = keep(plan, value);
	target->year = year;
	target->span = indicator->span;
	target->comparator = read_comparator(&value);
	while (*value == ' ')
		value++;
	dash = strchr(value, '-');
	len = dash != NULL ? (size_t)(dash - value) : strlen(value);
	if (!decimal_parse_vi(value, len, &target->value))
		target->comparator = PLAN_COMPARATOR_TEXT;
	else if (dash != NULL && decimal_parse_vi(dash + 1, strlen(dash + 1), &target->value_high))
		target->comparator = PLAN_COMPARATOR_RANGE;
	g_ptr_array_add(indicator->targets, target);
}

static PlanDeadline
read_deadline(Plan *plan, const char *raw)
{
	PlanDeadline deadline = {.due = DATE_NONE, .start = DATE_NONE, .raw = arena_strdup(plan->arena, raw)};
	const char *slash = strchr(raw, '/');

	if (g_ascii_isdigit(raw[0]))
		deadline.kind = PLAN_DEADLINE_ONCE;
	if (g_ascii_isdigit(raw[0]) && slash != NULL)
		deadline.due =
		    date_end_of_month((int)strtol(slash + 1, NULL, 10), (int)strtol(raw, NULL, 10));
	else if (g_ascii_isdigit(raw[0]))
		deadline.due = date_from_ymd((int)strtol(raw, NULL, 10), 12, 31);
	else if (strcmp(raw, "Thường xuyên") == 0)
		deadline.kind = PLAN_DEADLINE_CONTINUOUS;
	else if (strcmp(raw, "Hằng năm") == 0)
		deadline.kind = PLAN_DEADLINE_RECURRING, deadline.period = PLAN_PERIOD_YEAR;
	else if (raw[0] != '\0')
		deadline.kind = PLAN_DEADLINE_CONDITIONAL, deadline.condition = deadline.raw;
	return deadline;
}

PlanTask *
build_task(Plan *plan, PlanAnnex *annex, const char *no, const char *name, const char *lead,
    const char *coordinating, const char *output, const char *deadline_raw)
{
	PlanTask *row = arena_new0(plan->arena, PlanTask);

	row->id = arena_printf(plan->arena, "t%u", plan->tasks->len + 1);
	row->no = keep(plan, no);
	row->name = keep(plan, name);
	row->output = keep(plan, output);
	row->annex = annex;
	row->group = last_group(annex);
	row->section = annex == NULL ? keep(plan, "III.1") : NULL;
	row->section_title = annex == NULL ? keep(plan, "Nhiệm vụ") : NULL;
	row->lead = read_agencies(plan, lead);
	row->coordinating = read_agencies(plan, coordinating);
	row->deadline = read_deadline(plan, deadline_raw);
	row->confidence = 100;
	row->span = add_line(plan, name);
	g_ptr_array_add(plan->tasks, row);
	return row;
}

PlanProse *
build_prose(Plan *plan, const char *section, const char *text)
{
	PlanProse *prose = arena_new0(plan->arena, PlanProse);

	prose->section = keep(plan, section);
	prose->section_title = keep(plan, "Nhiệm vụ");
	prose->text = keep(plan, text);
	prose->span = add_line(plan, text);
	g_ptr_array_add(plan->body_tasks, prose);
	return prose;
}

PlanDuty *
build_duty(Plan *plan, const char *agency, const char *section, const char *text)
{
	PlanDuty *duty = arena_new0(plan->arena, PlanDuty);

	duty->agency = (PlanAgencyRef){.printed = keep(plan, agency), .agency = build_agency(plan, agency)};
	duty->section = keep(plan, section);
	duty->text = keep(plan, text);
	duty->span = add_line(plan, text);
	g_ptr_array_add(plan->duties, duty);
	return duty;
}

PlanReporting *
build_reporting(Plan *plan, PlanPeriod cadence, const char *from, const char *to, int month, int day)
{
	PlanReporting *rule = arena_new0(plan->arena, PlanReporting);

	rule->cadence = cadence;
	rule->from = keep(plan, from);
	rule->to = keep(plan, to);
	rule->due_month = (int8_t)month;
	rule->due_day = (int8_t)day;
	rule->raw = arena_printf(plan->arena, "%s báo cáo %s", from, to);
	rule->span = add_line(plan, rule->raw);
	g_ptr_array_add(plan->reporting, rule);
	return rule;
}

PlanSection *
build_section(Plan *plan, const char *no, const char *path, int level, const char *title)
{
	PlanSection *section = arena_new0(plan->arena, PlanSection);

	section->no = keep(plan, no);
	section->path = keep(plan, path);
	section->level = (uint8_t)level;
	section->title = keep(plan, title);
	section->span = add_line(plan, title);
	g_ptr_array_add(plan->outline, section);
	return section;
}

PlanBlock *
build_block(Plan *plan, PlanBlockKind kind, const char *text)
{
	PlanBlock *block = arena_new0(plan->arena, PlanBlock);

	block->kind = kind;
	block->text = arena_strdup(plan->arena, text);
	block->span = add_line(plan, text);
	g_ptr_array_add(plan->blocks, block);
	return block;
}

PlanCitation *
build_citation(Plan *plan, GPtrArray *list, const char *type, const char *number, const char *issuer,
    const char *iso_date)
{
	PlanCitation *citation = arena_new0(plan->arena, PlanCitation);
	int year, month, day;
	int32_t day_number;

	citation->type = keep(plan, type);
	citation->number = keep(plan, number);
	citation->issuer = keep(plan, issuer);
	if (iso_date != NULL && date_parse_iso(iso_date, &day_number)) {
		date_to_ymd(day_number, &year, &month, &day);
		citation->date =
		    (PartialDate){.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day};
	}
	citation->span = add_line(plan, type);
	g_ptr_array_add(list, citation);
	return citation;
}

DiagList *
build_lint(const Plan *plan, const char *rule)
{
	const char *const only[] = {rule, NULL};
	const LintOptions options = {.today = DATE_NONE, .only = only};

	g_assert_nonnull(lint_find_rule(rule));
	return lint_run(plan, &options);
}

void
build_assert_findings(const Plan *plan, const char *rule, unsigned n)
{
	g_autoptr(DiagList) list = build_lint(plan, rule);

	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		g_test_message("%u: %s", diag->span.line, diag->message);
		g_assert_cmpstr(diag->rule, ==, rule);
		g_assert_cmpuint(diag->span.line, >, 0);
	}
	g_assert_cmpuint(list->items->len, ==, n);
}
