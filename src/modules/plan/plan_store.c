/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_rows.h"

typedef enum { PLAN_RELATION_BASIS, PLAN_RELATION_CITES, PLAN_RELATION_REPLACES } PlanRelation;

#define LEVELS_MAX 8 /* of group rows inside one another */

bool
plan_find_identity(Db *db, int64_t commune_id, const char *identity, PlanKnown *ret_known, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &PLAN_FIND_IDENTITY, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FIND_IDENTITY_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, PLAN_FIND_IDENTITY_P_IDENTITY, identity);
	if (!db_step(stmt, &row, error))
		return false;
	ret_known->plan_id = row ? db_column_int(stmt, PLAN_FIND_IDENTITY_C_PLAN_ID) : 0;
	ret_known->version = row ? db_column_int(stmt, PLAN_FIND_IDENTITY_C_VERSION) : 0;
	return true;
}

bool
plan_find_document(Db *db, int64_t commune_id, int64_t document_id, PlanKnown *ret_known, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &PLAN_FIND_DOCUMENT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FIND_DOCUMENT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, PLAN_FIND_DOCUMENT_P_DOCUMENT_ID, document_id);
	if (!db_step(stmt, &row, error))
		return false;
	ret_known->plan_id = row ? db_column_int(stmt, PLAN_FIND_DOCUMENT_C_PLAN_ID) : 0;
	ret_known->version = row ? db_column_int(stmt, PLAN_FIND_DOCUMENT_C_VERSION) : 0;
	return true;
}

static bool
retire_versions(Db *db, int64_t commune_id, const char *identity, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &PLAN_RETIRE, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_RETIRE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, PLAN_RETIRE_P_IDENTITY, identity);
	return db_run(stmt, error);
}

static void
bind_document(DbStmt *stmt, const PlanDocument *document)
{
	char date[DATE_ISO_SIZE];

	partial_date_format_iso(document->date, date);
	db_bind_int(stmt, PLAN_INSERT_P_FAMILY, document->family);
	db_bind_text(stmt, PLAN_INSERT_P_NUMBER, document->number);
	db_bind_text(stmt, PLAN_INSERT_P_TYPE, document->type);
	db_bind_text(stmt, PLAN_INSERT_P_ISSUER, document->issuer);
	db_bind_text(stmt, PLAN_INSERT_P_PLACE, document->place);
	db_bind_text(stmt, PLAN_INSERT_P_ISSUED_ON, date[0] != '\0' ? date : NULL);
	db_bind_text(stmt, PLAN_INSERT_P_TITLE, document->title);
	db_bind_text(stmt, PLAN_INSERT_P_SIGNER, document->signer);
	db_bind_text(stmt, PLAN_INSERT_P_SIGNER_ROLE, document->signer_role);
}

static void
bind_counts(DbStmt *stmt, const PlanCounts *counts)
{
	db_bind_int(stmt, PLAN_INSERT_P_TASK_COUNT, counts->tasks);
	db_bind_int(stmt, PLAN_INSERT_P_INDICATOR_COUNT, counts->indicators);
	db_bind_int(stmt, PLAN_INSERT_P_DUTY_COUNT, counts->duties);
	db_bind_int(stmt, PLAN_INSERT_P_ERROR_COUNT, counts->errors);
	db_bind_int(stmt, PLAN_INSERT_P_WARNING_COUNT, counts->warnings);
	db_bind_int(stmt, PLAN_INSERT_P_INFO_COUNT, counts->infos);
}

static bool
add_plan_row(PlanScope *scope, int64_t document_id, const Plan *plan, const PlanCounts *counts,
    int64_t now_us, GError **error)
{
	g_autofree char *identity = plan_identity(&plan->document);
	g_autoptr(DbStmt) stmt = NULL;
	PlanKnown known;
	bool row;

	if (!plan_find_identity(scope->db, scope->commune_id, identity, &known, error) ||
	    !retire_versions(scope->db, scope->commune_id, identity, error) ||
	    !db_prepare(scope->db, &PLAN_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_INSERT_P_DOCUMENT_ID, document_id);
	db_bind_text(stmt, PLAN_INSERT_P_IDENTITY, identity);
	db_bind_int(stmt, PLAN_INSERT_P_VERSION, known.version + 1);
	db_bind_int(stmt, PLAN_INSERT_P_IS_PLAN, plan->is_plan);
	db_bind_int(stmt, PLAN_INSERT_P_ADDED_AT, now_us);
	bind_document(stmt, &plan->document);
	bind_counts(stmt, counts);
	if (!db_step(stmt, &row, error))
		return false;
	scope->plan_id = db_column_int(stmt, PLAN_INSERT_C_PLAN_ID);
	return true;
}

static bool
add_citations(const PlanScope *scope, const GPtrArray *citations, PlanRelation relation, int64_t *number,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_CITATION_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_CITATION_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_CITATION_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_CITATION_INSERT_P_RELATION, relation);
	for (guint i = 0; i < citations->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(citations, i);
		char date[DATE_ISO_SIZE];

		partial_date_format_iso(citation->date, date);
		db_bind_int(stmt, PLAN_CITATION_INSERT_P_CITATION_NO, ++*number);
		db_bind_text(stmt, PLAN_CITATION_INSERT_P_TYPE, citation->type);
		db_bind_text(stmt, PLAN_CITATION_INSERT_P_NUMBER, citation->number);
		db_bind_text(stmt, PLAN_CITATION_INSERT_P_ISSUER, citation->issuer);
		db_bind_text(stmt, PLAN_CITATION_INSERT_P_ISSUED_ON, date[0] != '\0' ? date : NULL);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_columns(const PlanScope *scope, int64_t annex_no, const PlanAnnex *annex, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_COLUMN_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_COLUMN_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_COLUMN_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_COLUMN_INSERT_P_ANNEX_NO, annex_no);
	for (size_t i = 0; i < annex->n_columns; i++) {
		const PlanColumn *column = &annex->columns[i];

		db_bind_int(stmt, PLAN_COLUMN_INSERT_P_COLUMN_NO, (int64_t)i + 1);
		db_bind_int(stmt, PLAN_COLUMN_INSERT_P_KIND, column->kind);
		db_bind_text(stmt, PLAN_COLUMN_INSERT_P_TITLE, column->title != NULL ? column->title : "");
		db_bind_int(stmt, PLAN_COLUMN_INSERT_P_YEAR, column->year);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_groups(
    const PlanScope *scope, int64_t annex_no, const PlanAnnex *annex, int64_t *group_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t open[LEVELS_MAX + 1] = {0}; /* by level: the group row that is open there */

	if (!db_prepare(scope->db, &PLAN_GROUP_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_GROUP_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_GROUP_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_GROUP_INSERT_P_ANNEX_NO, annex_no);
	for (guint i = 0; i < annex->groups->len; i++) {
		const PlanGroup *group = g_ptr_array_index(annex->groups, i);
		int level = CLAMP(group->level, 1, LEVELS_MAX);

		open[level] = ++*group_no;
		for (int deeper = level + 1; deeper <= LEVELS_MAX; deeper++)
			open[deeper] = open[level];
		db_bind_int(stmt, PLAN_GROUP_INSERT_P_GROUP_NO, *group_no);
		db_bind_int(stmt, PLAN_GROUP_INSERT_P_PARENT_NO, open[level - 1]);
		db_bind_int(stmt, PLAN_GROUP_INSERT_P_LEVEL, level);
		db_bind_text(stmt, PLAN_GROUP_INSERT_P_NO, group->no);
		db_bind_text(stmt, PLAN_GROUP_INSERT_P_TITLE, group->title);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_annex_row(const PlanScope *scope, int64_t annex_no, const PlanAnnex *annex, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_ANNEX_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_ANNEX_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_ANNEX_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_ANNEX_INSERT_P_ANNEX_NO, annex_no);
	db_bind_int(stmt, PLAN_ANNEX_INSERT_P_KIND, annex->kind);
	db_bind_text(stmt, PLAN_ANNEX_INSERT_P_LABEL, annex->label);
	db_bind_text(stmt, PLAN_ANNEX_INSERT_P_TITLE, annex->title);
	db_bind_int(stmt, PLAN_ANNEX_INSERT_P_LINE, annex->span.line);
	return db_run(stmt, error);
}

static bool
add_annexes(const PlanScope *scope, const Plan *plan, GError **error)
{
	int64_t group_no = 0;

	for (guint i = 0; i < plan->annexes->len; i++) {
		const PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);

		if (!add_annex_row(scope, (int64_t)i + 1, annex, error) ||
		    !add_columns(scope, (int64_t)i + 1, annex, error) ||
		    !add_groups(scope, (int64_t)i + 1, annex, &group_no, error))
			return false;
	}
	return true;
}

bool
plan_add(PlanScope *scope, int64_t document_id, const Plan *plan, const PlanCounts *counts, int64_t now_us,
    GError **error)
{
	const PlanDocument *document = &plan->document;
	int64_t number = 0;

	return add_plan_row(scope, document_id, plan, counts, now_us, error) &&
	       add_citations(scope, document->legal_basis, PLAN_RELATION_BASIS, &number, error) &&
	       add_citations(scope, document->also_cites, PLAN_RELATION_CITES, &number, error) &&
	       add_citations(scope, document->replaces, PLAN_RELATION_REPLACES, &number, error) &&
	       add_annexes(scope, plan, error);
}
