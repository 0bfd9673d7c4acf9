/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/prose.h"

#include "base/ceilings.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/docref.h"
#include "compiler/lower/marks.h"
#include "compiler/parse/head.h"

#include <string.h>

/* Rows that make a table without an annex's title the plan's assignment. */
#define ASSIGNMENT_ROWS 8

/* Sentences that only point to an annex hold no task of their own. */
static const char *const POINTER_PHRASES[] = {"chi tiet tai phu luc", "tai phu luc", "theo phu luc",
    "tai cac phu luc", "phu luc kem theo", "co phu luc", NULL};

/* How a plan closes: what follows is no duty of the last agency. */
static const char *const CLOSING_PHRASES[] = {
    "tren day la ke hoach", "tren day la chuong trinh", "tren day la noi dung", NULL};

typedef struct {
	Plan *plan;
	AgencyTable *agencies;
	int title_year;
	const PlanSection *section; /* that `bearer` belongs to */
	const char *bearer;         /* who the duties fall to; NULL */
} Lowering;

/* A small table in the prose adds to the bullets; it does not replace them. */
static bool
assigns_tasks(const Plan *plan, const PlanAnnex *annex)
{
	guint rows = 0;

	for (guint i = 0; i < plan->tasks->len; i++)
		rows += ((const PlanTask *)g_ptr_array_index(plan->tasks, i))->annex == annex;
	return annex->kind == PLAN_ANNEX_TASKS && (annex->is_titled || rows >= ASSIGNMENT_ROWS);
}

static bool
has_task_annex(const Plan *plan)
{
	for (guint i = 0; i < plan->annexes->len; i++)
		if (assigns_tasks(plan, g_ptr_array_index(plan->annexes, i)))
			return true;
	return false;
}

static PlanBlockKind
block_kind(const Paragraph *paragraph)
{
	if (paragraph->is_furniture)
		return PLAN_BLOCK_PAGE_FURNITURE;
	if (paragraph->is_heading)
		return PLAN_BLOCK_HEADING;
	return paragraph->marker.kind >= MARKER_LETTER ? PLAN_BLOCK_BULLET : PLAN_BLOCK_PARAGRAPH;
}

static void
add_block(Plan *plan, const Paragraph *paragraph, const PlanSection *section)
{
	const char *text = paragraph->text;
	PlanBlock *block;

	if (paragraph->label != NULL)
		text = arena_printf(
		    plan->arena, "%s%s %s", paragraph->label, paragraph->marker.has_mark ? "." : "", text);
	block = plan_add_block(plan, block_kind(paragraph), text, paragraph->span);
	block->section = section != NULL ? section->path : NULL;
	block->depth = paragraph->is_heading && section != NULL ? section->level
		       : paragraph->marker.kind == MARKER_PLUS  ? 2
								: 0;
}

/* "- Về hạ tầng số:" heads the bullets under it. */
static bool
is_lead_in(const Paragraph *paragraph, const Paragraph *next)
{
	return g_str_has_suffix(paragraph->text, ":") && next != NULL && !next->is_heading &&
	       (next->marker.kind > paragraph->marker.kind || next->marker.kind == MARKER_NONE);
}

/* A single sentence that refers to an annex; behind another sentence the reference is only an addition. */
static bool
is_pointer(Arena *arena, const char *text)
{
	Folded folded = folded_new(arena, text);
	size_t first_stop = 0;

	if (!folded_has_any(&folded, POINTER_PHRASES))
		return false;
	while (first_stop < folded.len && !folded_is_full_stop(&folded, first_stop))
		first_stop++;
	return first_stop + 1 >= folded.len || strstr(folded.fold + first_stop, "phu luc") == NULL;
}

static void
mark_task(Plan *plan, PlanTask *task, const Paragraph *paragraph)
{
	static const PlanField FIELDS[] = {PLAN_FIELD_NAME, PLAN_FIELD_NO};
	g_autofree char *where =
	    g_strdup_printf("Nhiệm vụ %s", task->section_title != NULL ? task->section_title : task->id);

	marks_from_span(plan, paragraph->span, 100, FIELDS, task->no != NULL ? 2 : 1, task->fields);
	task->confidence = marks_lowest(task->fields);
	marks_report(plan, task->fields, where, paragraph->span);
}

static void
lower_task(Plan *plan, const Paragraph *paragraph, const PlanSection *section, bool is_body)
{
	if (is_pointer(plan->arena, paragraph->text))
		return;
	if (is_body) {
		PlanProse *prose = arena_new0(plan->arena, PlanProse);

		prose->no = paragraph->marker.kind <= MARKER_LETTER ? paragraph->label : NULL;
		prose->section = section != NULL ? section->path : NULL;
		prose->section_title = section != NULL ? section->title : NULL;
		prose->text = paragraph->text;
		prose->span = paragraph->span;
		g_ptr_array_add(plan->body_tasks, prose);
	} else {
		PlanTask *task = arena_new0(plan->arena, PlanTask);

		task->id = arena_printf(plan->arena, "t%u", plan->tasks->len + 1);
		task->no = paragraph->marker.kind <= MARKER_LETTER ? paragraph->label : NULL;
		task->name = paragraph->text;
		task->section = section != NULL ? section->path : NULL;
		task->section_title = section != NULL ? section->title : NULL;
		task->lead = plan_array(plan);
		task->coordinating = plan_array(plan);
		task->deadline = (PlanDeadline){
		    .due = DATE_NONE, .start = DATE_NONE, .raw = arena_strdup(plan->arena, "")};
		task->span = paragraph->span;
		mark_task(plan, task, paragraph);
		g_ptr_array_add(plan->tasks, task);
	}
}

/* The year that the title sets for the whole plan ("… năm 2026"). */
static int
year_of_title(const Plan *plan)
{
	Folded folded;
	size_t at = SIZE_MAX;

	if (plan->document.title == NULL)
		return 0;
	folded = folded_new(plan->arena, plan->document.title);
	for (size_t i = 0; (i = folded_find(&folded, i, "nam")) != SIZE_MAX; i++)
		at = i;
	if (at != SIZE_MAX) {
		DateExpr expr;
		size_t end = at;

		if (date_expr_read(folded.fold, &end, &expr) && expr.precision == DATE_EXPR_YEAR &&
		    end + 2 >= folded.len)
			return expr.year;
	}
	return 0;
}

static bool
is_closing(Arena *arena, const char *text)
{
	Folded folded = folded_new(arena, text);

	return folded_has_any(&folded, CLOSING_PHRASES);
}

/* Documents cited outside the preamble, and what this plan replaces. */
static void
collect_citations(Plan *plan, const Paragraph *paragraph)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	Folded folded = folded_new(plan->arena, paragraph->text);
	size_t replaces = folded_find(&folded, 0, "thay the");

	docref_find(plan->arena, paragraph->text, paragraph->span, found);
	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(plan->document.also_cites, g_ptr_array_index(found, i));
	if (replaces != SIZE_MAX) {
		g_autoptr(GPtrArray) replaced = g_ptr_array_new();
		size_t len;
		size_t at = replaces + strlen("thay the ");

		if (docref_type_at(&folded, at, &len) == NULL)
			return;
		docref_find(
		    plan->arena, folded_cut(plan->arena, &folded, at, folded.len), paragraph->span, replaced);
		if (replaced->len > 0)
			g_ptr_array_add(plan->document.replaces, g_ptr_array_index(replaced, 0));
	}
}

static void
lower_paragraph(Lowering *lowering, const Paragraph *paragraph, const PlanSection *section)
{
	Plan *plan = lowering->plan;

	switch (paragraph->role) {
	case SECTION_ROLE_TARGET:
		lower_prose_indicators(
		    plan, paragraph, paragraph->year != 0 ? paragraph->year : lowering->title_year);
		break;
	case SECTION_ROLE_TASK:
		lower_task(plan, paragraph, section, has_task_annex(plan));
		break;
	case SECTION_ROLE_ORGANISATION:
		lower_duty(plan, lowering->agencies, paragraph, section, lowering->bearer);
		lower_reporting(plan, paragraph, lowering->bearer);
		break;
	case SECTION_ROLE_REPORTING:
		lower_reporting(plan, paragraph, NULL);
		break;
	case SECTION_ROLE_NONE:
	case SECTION_ROLE_PURPOSE:
	case SECTION_ROLE_VIEWPOINT:
	case SECTION_ROLE_GENERAL_TARGET:
	case SECTION_ROLE_FUNDING:
	default:
		break;
	}
}

/* Follows who the duties fall to: the heading's agency, or the one that the sentence above the bullets names
 * ("Phòng … là Cơ quan Thường trực, có trách nhiệm:"). */
static void
follow_bearer(Lowering *lowering, const Paragraph *paragraph, const PlanSection *section, bool leads_in)
{
	char *named;

	if (section != lowering->section) {
		lowering->section = section;
		lowering->bearer = section != NULL ? agency_of_heading(lowering->plan, section->title) : NULL;
	}
	if (!leads_in || paragraph->is_heading || paragraph->role != SECTION_ROLE_ORGANISATION)
		return;
	named = agency_of_text(lowering->plan, paragraph->text);
	if (named != NULL)
		lowering->bearer = named;
}

void
lower_prose(Plan *plan, AgencyTable *agencies, const Paragraphs *paragraphs)
{
	Lowering lowering = {.plan = plan, .agencies = agencies, .title_year = year_of_title(plan)};
	bool is_closed = false;

	for (size_t i = 0; i < paragraphs->len; i++) {
		const Paragraph *paragraph = &paragraphs->items[i];
		const Paragraph *next = i + 1 < paragraphs->len ? paragraph + 1 : NULL;
		const PlanSection *section =
		    paragraph->section >= 0 ? g_ptr_array_index(plan->outline, paragraph->section) : NULL;
		bool leads_in = is_lead_in(paragraph, next);

		if (paragraph->text[0] == '\0')
			continue;
		add_block(plan, paragraph, section);
		if (strlen(paragraph->text) >= LIMIT_BLOCK_BYTES - 4)
			diag_add(plan->diags, "source-block-cut", DIAG_WARNING, paragraph->span,
			    "Đoạn văn dài hơn %zu KB, phần sau không được đọc; hãy tách thành các đoạn ngắn "
			    "hơn.",
			    LIMIT_BLOCK_BYTES / 1024);
		if (paragraph->is_furniture)
			continue;
		collect_citations(plan, paragraph);
		follow_bearer(&lowering, paragraph, section, leads_in);
		is_closed = is_closed || is_closing(plan->arena, paragraph->text);
		if (is_closed)
			lower_reporting(plan, paragraph, NULL);
		else if (!paragraph->is_heading && !leads_in)
			lower_paragraph(&lowering, paragraph, section);
	}
}
