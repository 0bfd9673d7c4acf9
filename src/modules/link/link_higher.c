/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "compiler/plan.h"
#include "modules/link/link_internal.h"
#include "storage/txn.h"

#include <string.h>

/* What a plan of the province or city says to communes, kept beside our own plans. */

#define ROWS_MAX 5000
#define NAME_CHARS_MAX 1500

typedef struct Adding {
	const LinkScope *scope;
	const Plan *plan;
	GArray *rows; /* of LinkHigherRow */
	LinkHigher *higher;
} Adding;

/* True where a text speaks to the people's committees of communes, whichever way that is written. */
static bool
names_communes(const char *text)
{
	static const char *const WORDS[] = {"cap xa", "cac xa", "xa, phuong", "phuong, xa", "xa/phuong",
	    "phuong/xa", "ubnd xa", "ubnd phuong", "cac phuong", "cap co so", "uy ban nhan dan xa",
	    "uy ban nhan dan phuong"};
	g_autofree char *folded = text != NULL ? text_fold_vi(text) : NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(WORDS) && folded != NULL; i++)
		if (strstr(folded, WORDS[i]) != NULL)
			return true;
	return false;
}

static const char *
join_agencies(const LinkScope *scope, const GPtrArray *lead, const GPtrArray *coordinating)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const GPtrArray *lists[] = {lead, coordinating};

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		for (guint k = 0; k < lists[i]->len; k++)
			g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "",
			    ((const PlanAgencyRef *)g_ptr_array_index(lists[i], k))->printed);
	return arena_strndup(scope->arena, out->str, out->len);
}

static void
add_row(Adding *at, const LinkHigherRow *row)
{
	LinkHigherRow added = *row;

	if (at->rows->len >= ROWS_MAX)
		return;
	added.row_no = at->rows->len + 1;
	if (g_utf8_strlen(added.name, -1) > NAME_CHARS_MAX) {
		const char *end = g_utf8_offset_to_pointer(added.name, NAME_CHARS_MAX);

		added.name = arena_strndup(at->scope->arena, added.name, (size_t)(end - added.name));
	}
	at->higher->n_duties += added.kind == LINK_ROW_DUTY;
	at->higher->n_targets += added.kind == LINK_ROW_TARGET;
	g_array_append_val(at->rows, added);
}

static void
add_duties(Adding *at)
{
	const Plan *plan = at->plan;

	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);
		const char *agencies = join_agencies(at->scope, task->lead, task->coordinating);

		if (names_communes(agencies) || names_communes(task->name))
			add_row(at, &(LinkHigherRow){.kind = LINK_ROW_DUTY,
					.no = task->no,
					.name = task->name,
					.agency = agencies,
					.deadline = task->deadline.raw,
					.raw = ""});
	}
	for (guint i = 0; i < plan->body_tasks->len; i++) {
		const PlanProse *prose = g_ptr_array_index(plan->body_tasks, i);

		if (names_communes(prose->text))
			add_row(at, &(LinkHigherRow){.kind = LINK_ROW_DUTY,
					.no = prose->no,
					.name = prose->text,
					.agency = "",
					.deadline = "",
					.raw = ""});
	}
	for (guint i = 0; i < plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(plan->duties, i);

		if (names_communes(duty->agency.printed))
			add_row(at, &(LinkHigherRow){.kind = LINK_ROW_DUTY,
					.name = duty->text,
					.agency = duty->agency.printed,
					.deadline = "",
					.raw = ""});
	}
}

static void
add_targets(Adding *at)
{
	for (guint i = 0; i < at->plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(at->plan->indicators, i);

		for (guint k = 0; k < indicator->targets->len; k++) {
			const PlanTarget *target = g_ptr_array_index(indicator->targets, k);

			add_row(at,
			    &(LinkHigherRow){.kind = LINK_ROW_TARGET,
				.no = indicator->no,
				.name = indicator->name,
				.agency = join_agencies(at->scope, indicator->lead, indicator->coordinating),
				.deadline = "",
				.unit = indicator->unit,
				.year = target->year,
				.comparator = (int)target->comparator,
				.has_value = target->comparator != PLAN_COMPARATOR_TEXT,
				.value_micro = decimal_to_micro(target->value),
				.raw = target->raw});
		}
	}
}

static bool
find_same(const LinkScope *scope, const char *sha256, int64_t *ret_id, GError **error)
{
	g_autoptr(GPtrArray) highers = g_ptr_array_new();

	*ret_id = 0;
	if (!link_highers(scope, highers, error))
		return false;
	for (guint i = 0; i < highers->len; i++)
		if (strcmp(((const LinkHigher *)g_ptr_array_index(highers, i))->sha256, sha256) == 0)
			*ret_id = ((const LinkHigher *)g_ptr_array_index(highers, i))->higher_id;
	return true;
}

bool
link_higher_add(const LinkScope *scope, const Plan *plan, const char *file_name, const char *sha256,
    int64_t *ret_id, bool *ret_is_new, GError **error)
{
	const PlanDocument *document = &plan->document;
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));
	char issued[DATE_ISO_SIZE];
	LinkHigher higher = {.sha256 = sha256,
	    .file_name = file_name,
	    .number = document->number,
	    .type = document->type,
	    .issuer = document->issuer,
	    .title = document->title};
	Adding adding = {.scope = scope, .plan = plan, .rows = rows, .higher = &higher};
	g_autoptr(DbTxn) txn = NULL;

	partial_date_format_iso(document->date, issued);
	higher.issued_on = *issued != '\0' ? issued : NULL;
	add_duties(&adding);
	add_targets(&adding);
	if (!db_txn_begin(scope->db, &txn, error) || !find_same(scope, sha256, ret_id, error))
		return false;
	*ret_is_new = *ret_id == 0;
	if (!*ret_is_new)
		return db_txn_commit(txn, error);
	if (!link_higher_insert(scope, &higher, rows, error) || !db_txn_commit(txn, error))
		return false;
	*ret_id = higher.higher_id;
	return true;
}

bool
link_higher_remove(const LinkScope *scope, int64_t higher_id, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));
	g_autoptr(DbTxn) txn = NULL;
	LinkHigher higher;

	if (!db_txn_begin(scope->db, &txn, error) || !link_higher_find(scope, higher_id, &higher, error) ||
	    !link_higher_rows_read(scope, higher_id, rows, error))
		return false;
	higher.is_removed = true;
	return link_higher_update(scope, &higher, rows, error) && db_txn_commit(txn, error);
}
