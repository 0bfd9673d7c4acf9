/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_deliverable.h"

#include "base/text.h"
#include "modules/evidence/evidence_inline.h"
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"

#include <string.h>

const char *const WORK_MOMENT_TITLES[WORK_MOMENT_MAX] = {
    [WORK_NEVER] = "không bắt buộc",
    [WORK_AT_SUBMISSION] = "khi nộp",
    [WORK_AT_ACCEPTANCE] = "khi nghiệm thu",
};

static WorkMoment
column_moment(const DbStmt *stmt, int column)
{
	return (WorkMoment)CLAMP(db_column_int(stmt, column), WORK_NEVER, WORK_AT_ACCEPTANCE);
}

static WorkDeliverable *
read_deliverable(const WorkScope *scope, const DbStmt *stmt)
{
	WorkDeliverable *kind = arena_new0(scope->arena, WorkDeliverable);
	Arena *arena = scope->arena;

	*kind = (WorkDeliverable){
	    .kind = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_KIND)),
	    .title = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_TITLE)),
	    .words = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_WORDS)),
	    .name_words = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_NAME_WORDS)),
	    .number_at = column_moment(stmt, WORK_LIST_DELIVERABLES_C_NUMBER_AT),
	    .file_at = column_moment(stmt, WORK_LIST_DELIVERABLES_C_FILE_AT),
	    .file_kinds = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_FILE_KINDS)),
	    .file_title = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_FILE_TITLE)),
	    .position = (int)db_column_int(stmt, WORK_LIST_DELIVERABLES_C_POSITION),
	    .valid_from = (int32_t)db_column_int(stmt, WORK_LIST_DELIVERABLES_C_VALID_FROM),
	    .source = arena_strdup(arena, db_column_text(stmt, WORK_LIST_DELIVERABLES_C_SOURCE)),
	};
	return kind;
}

bool
work_deliverables(const WorkScope *scope, int32_t day, GPtrArray *ret_kinds, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_LIST_DELIVERABLES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_DELIVERABLES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_LIST_DELIVERABLES_P_DAY, day);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(ret_kinds, read_deliverable(scope, stmt));
	return !has_row;
}

/* --- what the words of a plan tell ------------------------------------------------------------------------
 */

/* Where one of the words stands in a folded text, as a whole word; SIZE_MAX: nowhere. */
static size_t
find_word(const char *folded, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = strstr(folded, word); len > 0 && at != NULL; at = strstr(at + 1, word))
		if ((at == folded || !g_ascii_isalnum(at[-1])) && !g_ascii_isalnum(at[len]))
			return (size_t)(at - folded);
	return SIZE_MAX;
}

static size_t
find_first(const char *folded, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, ";", -1);
	size_t first = SIZE_MAX;

	for (size_t i = 0; list[i] != NULL; i++)
		first = MIN(first, find_word(folded, list[i]));
	return first;
}

static const WorkDeliverable *
find_kind(const GPtrArray *kinds, const char *word)
{
	for (guint i = 0; word != NULL && i < kinds->len; i++)
		if (strcmp(((const WorkDeliverable *)g_ptr_array_index(kinds, i))->kind, word) == 0)
			return g_ptr_array_index(kinds, i);
	return NULL;
}

const WorkDeliverable *
work_propose(const GPtrArray *kinds, const char *output, const char *name)
{
	bool has_output = output != NULL && *output != '\0';
	g_autofree char *folded = text_fold_vi(has_output ? output : name != NULL ? name : "");
	const WorkDeliverable *best = NULL;
	size_t first = has_output ? SIZE_MAX : 1;

	for (guint i = 0; i < kinds->len; i++) {
		const WorkDeliverable *kind = g_ptr_array_index(kinds, i);
		size_t at = find_first(folded, has_output ? kind->words : kind->name_words);

		if (at < first) {
			first = at;
			best = kind;
		}
	}
	return best != NULL ? best : find_kind(kinds, WORK_DELIVERABLE_OTHER);
}

/* --- what is there ----------------------------------------------------------------------------------------
 */

/* What a person said counts for the whole task, or for one part of one agency. */
static bool
find_product(const WorkScope *scope, const WorkPiece *piece, WorkProduct *ret_product, GError **error)
{
	bool is_part = piece->part_no != 0;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_product = (WorkProduct){0};
	if (!db_prepare(scope->db, &WORK_FIND_PRODUCT, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_PLAN_ID, piece->plan_id);
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_TASK_NO, piece->task_no);
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_AGENCY_ID, is_part ? piece->agency_id : 0);
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_ROLE, is_part ? piece->role : 0);
	db_bind_int(stmt, WORK_FIND_PRODUCT_P_PART_NO, piece->part_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		*ret_product = (WorkProduct){
		    .kind = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PRODUCT_C_KIND)),
		    .expected =
			arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PRODUCT_C_EXPECTED)),
		    .reason = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PRODUCT_C_REASON)),
		    .name = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PRODUCT_C_NAME)),
		    .at_us = db_column_int(stmt, WORK_FIND_PRODUCT_C_AT_US),
		    .from_plan_id = db_column_int(stmt, WORK_FIND_PRODUCT_C_FROM_PLAN_ID),
		    .from_task_no = db_column_int(stmt, WORK_FIND_PRODUCT_C_FROM_TASK_NO),
		};
	return true;
}

static bool
add_evidence(const WorkScope *scope, const char *kind, const char *id, GPtrArray *counting, GError **error)
{
	const EvidenceScope evidence = {
	    scope->db, scope->commune_id, scope->directory, scope->now_us, scope->actor, 0};
	const EvidenceObject object = {kind, id};
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!evidence_list(&evidence, &object, scope->arena, all, error))
		return false;
	for (guint i = 0; i < all->len; i++)
		if (evidence_counts(g_ptr_array_index(all, i)))
			g_ptr_array_add(counting, g_ptr_array_index(all, i));
	return true;
}

static bool
is_of_kinds(const char *kinds, const char *kind)
{
	g_auto(GStrv) list = g_strsplit(kinds, ";", -1);

	return *kinds == '\0' || g_strv_contains((const char *const *)list, kind);
}

static void
look_at_evidence(WorkNeeds *needs)
{
	for (guint i = 0; i < needs->evidence->len; i++) {
		const Evidence *evidence = g_ptr_array_index(needs->evidence, i);
		bool is_numbered = *evidence->number != '\0' && evidence->issued_day != DATE_NONE;

		if (is_of_kinds(needs->deliverable->file_kinds, evidence->kind) || evidence->is_secret)
			needs->has_file = true;
		if (is_numbered && (strcmp(evidence->kind, "van-ban") == 0 || evidence->is_secret))
			needs->has_number = true;
	}
}

static bool
name_output(const WorkScope *scope, const WorkPiece *piece, WorkNeeds *needs, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, piece->plan_id};
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	static const WorkDeliverable NONE = {.kind = WORK_DELIVERABLE_OTHER,
	    .title = "Sản phẩm khác",
	    .words = "",
	    .name_words = "",
	    .file_kinds = "",
	    .file_title = "",
	    .source = ""};
	Task task;

	if (!work_deliverables(scope, scope->today, kinds, error) ||
	    (piece->part == NULL && !task_load(&plan, piece->task_no, scope->arena, &task, error)) ||
	    !find_product(scope, piece, &needs->product, error))
		return false;
	needs->deliverable = find_kind(kinds, needs->product.kind);
	if (needs->deliverable == NULL)
		needs->deliverable = piece->part != NULL ? work_propose(kinds, NULL, piece->part)
							 : work_propose(kinds, task.output, task.name);
	if (needs->deliverable == NULL)
		needs->deliverable = &NONE;
	if (needs->product.expected != NULL)
		needs->output = needs->product.expected;
	else if (piece->part == NULL && task.output != NULL && *task.output != '\0')
		needs->output = task.output;
	return true;
}

bool
work_needs(const WorkScope *scope, const WorkPiece *piece, WorkNeeds *ret_needs, GError **error)
{
	bool is_whole =
	    piece->part_no == 0 && piece->role == AGENCY_ROLE_LEAD && piece->period_end == DATE_NONE;

	*ret_needs = (WorkNeeds){.evidence = g_ptr_array_new()};
	if (!name_output(scope, piece, ret_needs, error) ||
	    !add_evidence(scope, EVIDENCE_OBJECT_WORK,
		arena_printf(scope->arena, "%" G_GINT64_FORMAT, piece->piece_id), ret_needs->evidence,
		error) ||
	    (is_whole && !add_evidence(scope, EVIDENCE_OBJECT_TASK,
			     arena_printf(scope->arena, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
				 piece->plan_id, piece->task_no),
			     ret_needs->evidence, error)))
		return false;
	look_at_evidence(ret_needs);
	if (piece->doc_number != NULL && piece->doc_day != DATE_NONE)
		ret_needs->has_number = true;
	return true;
}

void
work_needs_clear(WorkNeeds *needs)
{
	g_clear_pointer(&needs->evidence, g_ptr_array_unref);
}

static bool
is_due(WorkMoment needed_at, WorkMoment moment)
{
	return needed_at != WORK_NEVER && needed_at <= moment;
}

const char *
work_missing(const WorkScope *scope, const WorkNeeds *needs, bool has_number, WorkMoment moment)
{
	const WorkDeliverable *kind = needs->deliverable;
	bool lacks_number = is_due(kind->number_at, moment) && !needs->has_number && !has_number;
	bool lacks_file = is_due(kind->file_at, moment) && !needs->has_file;

	if (!lacks_number && !lacks_file)
		return NULL;
	return arena_printf(scope->arena, "%s%s%s", lacks_number ? "số, ngày văn bản" : "",
	    lacks_number && lacks_file ? "; " : "",
	    !lacks_file                 ? ""
	    : *kind->file_title != '\0' ? kind->file_title
					: "tệp minh chứng");
}

const char *
work_damaged(const WorkScope *scope, const WorkNeeds *needs)
{
	const EvidenceScope evidence = {
	    scope->db, scope->commune_id, scope->directory, scope->now_us, scope->actor, 0};
	const char *problem = NULL;

	for (guint i = 0; scope->directory != NULL && problem == NULL && i < needs->evidence->len; i++)
		evidence_check_whole(
		    &evidence, g_ptr_array_index(needs->evidence, i), scope->arena, &problem);
	return problem;
}
