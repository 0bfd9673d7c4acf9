/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/plan_doubt.h"

#include "base/text.h"
#include "compiler/edit/apply.h"

/* Findings of the compiler that ask something, by place. */
typedef struct {
	const Diag *diag;
	bool is_asked; /* with one item; items of one paragraph share its place */
} Finding;

typedef struct {
	const Plan *plan;
	Arena *arena;
	GArray *findings; /* of Finding */
	GPtrArray *doubts;
} Asking;

static int
compare_findings(const void *a, const void *b)
{
	const Finding *x = a, *y = b;

	if (x->diag->span.offset != y->diag->span.offset)
		return x->diag->span.offset < y->diag->span.offset ? -1 : 1;
	return 0;
}

static GArray *
collect_findings(const Plan *plan)
{
	GArray *findings = g_array_new(FALSE, FALSE, sizeof(Finding));

	for (guint i = 0; i < plan->diags->items->len; i++) {
		Finding finding = {.diag = g_ptr_array_index(plan->diags->items, i)};

		if (finding.diag->severity >= DIAG_WARNING && finding.diag->span.len > 0)
			g_array_append_val(findings, finding);
	}
	g_array_sort(findings, compare_findings);
	return findings;
}

static guint
first_at(const GArray *findings, size_t offset)
{
	guint low = 0, high = findings->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(findings, Finding, middle).diag->span.offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static PlanDoubt *
add_doubt(const Asking *asking, const Item *item, PlanField field, uint8_t confidence)
{
	PlanDoubt *doubt = arena_new0(asking->arena, PlanDoubt);
	char *text = field < PLAN_FIELD_MAX ? item_text(asking->plan, item, field, asking->arena) : NULL;

	doubt->kind = field < PLAN_FIELD_MAX ? PLAN_DOUBT_FIELD : PLAN_DOUBT_ITEM;
	doubt->item = *item->id;
	doubt->field = field;
	doubt->document_field = PLAN_DOCUMENT_MAX;
	doubt->confidence = confidence;
	doubt->text =
	    text != NULL ? text : arena_strdup(asking->arena, *item->name != NULL ? *item->name : "");
	doubt->span = item->span;
	if (field < PLAN_FIELD_MAX && item->fields != NULL && item->fields[field].span.line > 0)
		doubt->span = item->fields[field].span;
	g_ptr_array_add(asking->doubts, doubt);
	return doubt;
}

/* "Cơ quan chủ trì" for "cơ quan chủ trì". */
static char *
capitalized(const char *text)
{
	const char *rest = text_next(text);
	char first[6];
	int len = g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(text)), first);

	return g_strdup_printf("%.*s%s", len, first, rest);
}

static char *
field_question(const Asking *asking, const Item *item, const PlanDoubt *doubt)
{
	g_autofree char *title = capitalized(plan_field_title(doubt->field));
	const char *label = item_label(item, asking->arena);

	if (doubt->field == PLAN_FIELD_NAME)
		return arena_printf(asking->arena, "Tên %s đã đọc đúng chưa?", label);
	if (*doubt->text == '\0')
		return arena_printf(asking->arena, "%s của %s có đúng là để trống không?", title, label);
	return arena_printf(asking->arena, "%s của %s có đúng là \"%s\" không?", title, label, doubt->text);
}

/* The cell with an agency that stands in this place only put right by one named more often. */
static char *
agency_suggestion(const Asking *asking, const GPtrArray *refs, const guint *times)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const GPtrArray *agencies = asking->plan->agencies;
	bool is_other = false;

	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);
		const char *name = ref->printed;

		for (guint k = 0; times[ref->agency] == 1 && k < agencies->len; k++) {
			const PlanAgency *agency = g_ptr_array_index(agencies, k);

			if (times[k] > 1 && (agencies_look_alike(asking->arena, name, agency->name) ||
						agencies_is_brief(asking->arena, name, agency->name))) {
				name = agency->name;
				is_other = true;
				break;
			}
		}
		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", name);
	}
	return is_other ? arena_strdup(asking->arena, text->str) : NULL;
}

static void
ask_fields(const Asking *asking, const Item *item, const guint *times)
{
	for (int i = 0; i < PLAN_FIELD_MAX; i++) {
		PlanField field = (PlanField)i;
		const PlanFieldMark *mark = &item->fields[field];
		const char *text = item_text(asking->plan, item, field, asking->arena);
		PlanDoubt *doubt;

		if (mark->confidence >= PLAN_DOUBT_BELOW || text == NULL ||
		    (mark->span.line == 0 && *text == '\0'))
			continue;
		doubt = add_doubt(asking, item, field, mark->confidence);
		doubt->question = field_question(asking, item, doubt);
		if (field == PLAN_FIELD_LEAD)
			doubt->suggestion = agency_suggestion(asking, item->lead, times);
		else if (field == PLAN_FIELD_COORDINATING)
			doubt->suggestion = agency_suggestion(asking, item->coordinating, times);
	}
}

/* The doubt of this item that a finding explains, among those from `first` on; NULL. */
static PlanDoubt *
doubt_behind(const Asking *asking, guint first, PlanField field)
{
	for (guint i = first; i < asking->doubts->len; i++) {
		PlanDoubt *doubt = g_ptr_array_index(asking->doubts, i);

		if (field == PLAN_FIELD_MAX || doubt->field == field)
			return doubt;
	}
	return NULL;
}

static void
ask_finding(const Asking *asking, const Item *item, guint first, Finding *finding)
{
	PlanField field = item_field_of_rule(finding->diag->rule);
	PlanDoubt *doubt;

	if (field < PLAN_FIELD_MAX && item_text(asking->plan, item, field, asking->arena) == NULL)
		field = PLAN_FIELD_MAX;
	doubt = doubt_behind(asking, first, field);
	finding->is_asked = true;
	if (doubt == NULL || (item_is_about_cells(finding->diag->rule) && doubt->kind != PLAN_DOUBT_ITEM))
		doubt = add_doubt(asking, item, field, item->confidence != NULL ? *item->confidence : 0);
	if (doubt->question == NULL || field < PLAN_FIELD_MAX)
		doubt->question = finding->diag->message;
	if (doubt->rule == NULL)
		doubt->rule = finding->diag->rule;
}

static bool
has_finding(const Asking *asking, const Item *item, bool (*is_it)(const char *rule))
{
	for (guint i = first_at(asking->findings, item->span.offset); i < asking->findings->len; i++) {
		const Diag *diag = g_array_index(asking->findings, Finding, i).diag;

		if (!item_has_finding(item, diag))
			return false;
		if (is_it(diag->rule))
			return true;
	}
	return false;
}

static void
ask_findings(const Asking *asking, const Item *item, guint first)
{
	for (guint i = first_at(asking->findings, item->span.offset); i < asking->findings->len; i++) {
		Finding *finding = &g_array_index(asking->findings, Finding, i);

		if (!item_has_finding(item, finding->diag))
			return;
		if (!finding->is_asked)
			ask_finding(asking, item, first, finding);
	}
}

static void
ask_item(const Asking *asking, const Item *item, const guint *times)
{
	guint first = asking->doubts->len;
	PlanDoubt *doubt;

	/* Where the columns are unsure one question stands for all cells. */
	if (item_has_marks(item) && !has_finding(asking, item, item_is_about_cells))
		ask_fields(asking, item, times);
	ask_findings(asking, item, first);
	if (item->confidence == NULL || item_has_marks(item) || *item->confidence >= PLAN_DOUBT_BELOW ||
	    asking->doubts->len > first)
		return;
	doubt = add_doubt(asking, item, PLAN_FIELD_MAX, *item->confidence);
	doubt->question = arena_printf(asking->arena,
	    "Chưa chắc %s được đọc đúng; hãy đối chiếu với văn bản.", item_label(item, asking->arena));
}

static void
ask_document(const Asking *asking, PlanDocumentField field, SourceSpan span)
{
	uint8_t confidence = places_confidence(asking->plan->places, span);
	const char *text = plan_document_text(asking->plan, field, asking->arena);
	PlanDoubt *doubt;

	if (confidence >= PLAN_DOUBT_BELOW || (asking->plan->document.confirmed & (1U << field)) != 0 ||
	    *text == '\0')
		return;
	doubt = arena_new0(asking->arena, PlanDoubt);
	doubt->kind = PLAN_DOUBT_DOCUMENT;
	doubt->field = PLAN_FIELD_MAX;
	doubt->document_field = field;
	doubt->confidence = confidence;
	doubt->text = arena_strdup(asking->arena, text);
	doubt->question = arena_printf(asking->arena, "Văn bản này có %s là \"%s\", đúng không?",
	    plan_document_field_title(field), text);
	doubt->span = span;
	g_ptr_array_add(asking->doubts, doubt);
}

static guint *
count_agencies(const Plan *plan)
{
	guint *times = g_new0(guint, plan->agencies->len + 1);

	for (guint i = 0; i < plan->indicators->len + plan->tasks->len; i++) {
		Item item = i < plan->indicators->len ? item_of_indicator(plan, i)
						      : item_of_task(plan, i - plan->indicators->len);
		const GPtrArray *cells[] = {item.lead, item.coordinating};

		for (size_t c = 0; c < G_N_ELEMENTS(cells); c++)
			for (guint k = 0; k < cells[c]->len; k++)
				times[((const PlanAgencyRef *)g_ptr_array_index(cells[c], k))->agency]++;
	}
	return times;
}

static int
compare_doubts(const void *a, const void *b)
{
	const PlanDoubt *x = *(const PlanDoubt *const *)a, *y = *(const PlanDoubt *const *)b;

	if (x->span.offset != y->span.offset)
		return x->span.offset < y->span.offset ? -1 : 1;
	if (g_strcmp0(x->item, y->item) != 0)
		return g_strcmp0(x->item, y->item);
	return (int)x->field - (int)y->field;
}

GPtrArray *
plan_doubts(const Plan *plan, Arena *arena)
{
	g_autoptr(GArray) findings = collect_findings(plan);
	g_autofree guint *times = count_agencies(plan);
	const Asking asking = {plan, arena, findings, g_ptr_array_new()};

	ask_document(&asking, PLAN_DOCUMENT_NUMBER, plan->document.number_span);
	ask_document(&asking, PLAN_DOCUMENT_DATE, plan->document.date_span);
	ask_document(&asking, PLAN_DOCUMENT_TITLE, plan->document.title_span);
	ask_document(&asking, PLAN_DOCUMENT_SIGNER, plan->document.signer_span);
	for (guint i = 0; i < plan->indicators->len + plan->tasks->len; i++) {
		Item item = i < plan->indicators->len ? item_of_indicator(plan, i)
						      : item_of_task(plan, i - plan->indicators->len);

		ask_item(&asking, &item, times);
	}
	for (guint i = 0; i < plan->annexes->len; i++) {
		PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);

		for (guint k = 0; k < annex->groups->len; k++) {
			Item row = item_of_group(annex, k);

			if (row.row->id != NULL)
				ask_item(&asking, &row, times);
		}
	}
	g_ptr_array_sort(asking.doubts, compare_doubts);
	return asking.doubts;
}
