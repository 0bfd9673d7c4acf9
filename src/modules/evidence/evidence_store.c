/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_kind.h"
#include "storage/db_day.h"

#include <string.h>

/* evidence_of_object and evidence_page have the same columns. */
static void
read_row(const DbStmt *stmt, Arena *arena, Evidence *row)
{
	*row = (Evidence){
	    .evidence_id = db_column_int(stmt, EVIDENCE_FIND_C_EVIDENCE_ID),
	    .title = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_TITLE)),
	    .kind = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_KIND)),
	    .number = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_NUMBER)),
	    .issued_day = db_column_day(stmt, EVIDENCE_FIND_C_ISSUED_DAY),
	    .is_secret = db_column_int(stmt, EVIDENCE_FIND_C_IS_SECRET) != 0,
	    .sha256 = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_SHA256)),
	    .file_name = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_FILE_NAME)),
	    .type = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_TYPE)),
	    .size_bytes = db_column_int(stmt, EVIDENCE_FIND_C_SIZE_BYTES),
	    .scan = (EvidenceScan)db_column_int(stmt, EVIDENCE_FIND_C_SCAN),
	    .scan_message = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_SCAN_MESSAGE)),
	    .person_id = db_column_int(stmt, EVIDENCE_FIND_C_PERSON_ID),
	    .person = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_PERSON)),
	    .added_us = db_column_int(stmt, EVIDENCE_FIND_C_ADDED_US),
	    .withdrawn_us = db_column_int(stmt, EVIDENCE_FIND_C_WITHDRAWN_US),
	    .withdrawn_by = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_WITHDRAWN_BY)),
	    .withdrawn_why = arena_strdup(arena, db_column_text(stmt, EVIDENCE_FIND_C_WITHDRAWN_WHY)),
	};
	row->kind_title = row->kind;
}

/* A kind that is valid no more keeps its title. */
static bool
name_kinds(const EvidenceScope *scope, Arena *arena, Evidence *const *rows, size_t n_rows, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();

	if (n_rows == 0)
		return true;
	if (!evidence_kinds_all(scope, arena, kinds, error))
		return false;
	for (size_t i = 0; i < n_rows; i++)
		for (guint j = 0; j < kinds->len; j++) {
			const EvidenceKind *kind = g_ptr_array_index(kinds, j);

			if (strcmp(kind->kind, rows[i]->kind) == 0)
				rows[i]->kind_title = kind->title;
		}
	return true;
}

bool
evidence_kinds(const EvidenceScope *scope, int32_t day, Arena *arena, GPtrArray *ret_kinds, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!evidence_kinds_all(scope, arena, all, error))
		return false;
	for (guint i = 0; i < all->len; i++)
		if (evidence_kind_is_on(g_ptr_array_index(all, i), day))
			g_ptr_array_add(ret_kinds, g_ptr_array_index(all, i));
	return true;
}

bool
evidence_find(
    const EvidenceScope *scope, int64_t evidence_id, Arena *arena, Evidence *ret_evidence, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &EVIDENCE_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_FIND_P_EVIDENCE_ID, evidence_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có minh chứng %" G_GINT64_FORMAT,
		    evidence_id);
		return false;
	}
	read_row(stmt, arena, ret_evidence);
	return name_kinds(scope, arena, &ret_evidence, 1, error);
}

static bool
read_rows(const EvidenceScope *scope, DbStmt *stmt, Arena *arena, GPtrArray *ret, GError **error)
{
	guint first = ret->len;
	bool has_row = true;

	while (db_step(stmt, &has_row, error) && has_row) {
		Evidence *row = arena_new0(arena, Evidence);

		read_row(stmt, arena, row);
		g_ptr_array_add(ret, row);
	}
	return !has_row &&
	       name_kinds(scope, arena, (Evidence *const *)(ret->pdata + first), ret->len - first, error);
}

bool
evidence_list(const EvidenceScope *scope, const EvidenceObject *object, Arena *arena, GPtrArray *ret_evidence,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_OF_OBJECT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_OF_OBJECT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_OF_OBJECT_P_OBJECT_KIND, object->kind);
	db_bind_text(stmt, EVIDENCE_OF_OBJECT_P_OBJECT_ID, object->id);
	db_bind_int(stmt, EVIDENCE_OF_OBJECT_P_ROW_LIMIT, EVIDENCE_OBJECT_ROWS);
	return read_rows(scope, stmt, arena, ret_evidence, error);
}

bool
evidence_count(const EvidenceScope *scope, const EvidenceObject *object, const char *kind, int64_t *ret_count,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &EVIDENCE_COUNT_OF_OBJECT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_COUNT_OF_OBJECT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_COUNT_OF_OBJECT_P_OBJECT_KIND, object->kind);
	db_bind_text(stmt, EVIDENCE_COUNT_OF_OBJECT_P_OBJECT_ID, object->id);
	db_bind_text(stmt, EVIDENCE_COUNT_OF_OBJECT_P_KIND, kind);
	db_bind_int(stmt, EVIDENCE_COUNT_OF_OBJECT_P_SUSPECT, EVIDENCE_SUSPECT);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_count = has_row ? db_column_int(stmt, EVIDENCE_COUNT_OF_OBJECT_C_N) : 0;
	return true;
}

static void
bind_unless(DbStmt *stmt, int param, int64_t value, int64_t none)
{
	if (value != none)
		db_bind_int(stmt, param, value);
}

/* "%…%", with what a pattern would read as a sign marked by "!". */
static char *
like_pattern(const char *folded)
{
	g_autoptr(GString) out = g_string_new("%");

	for (; *folded != '\0'; folded++) {
		if (strchr("%_!", *folded) != NULL)
			g_string_append_c(out, '!');
		g_string_append_c(out, *folded);
	}
	g_string_append_c(out, '%');
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
evidence_page(const EvidenceScope *scope, const EvidenceFilter *filter, Arena *arena, GPtrArray *ret_evidence,
    GError **error)
{
	g_autofree char *folded = filter->words != NULL ? text_fold_vi(filter->words) : NULL;
	g_autofree char *pattern = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_PAGE, &stmt, error))
		return false;
	if (folded != NULL)
		pattern = like_pattern(folded);
	db_bind_int(stmt, EVIDENCE_PAGE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_PAGE_P_BEFORE, filter->before > 0 ? filter->before : INT64_MAX);
	db_bind_text(stmt, EVIDENCE_PAGE_P_OBJECT_KIND, filter->object.kind);
	db_bind_text(stmt, EVIDENCE_PAGE_P_OBJECT_ID, filter->object.id);
	db_bind_text(stmt, EVIDENCE_PAGE_P_KIND, filter->kind);
	bind_unless(stmt, EVIDENCE_PAGE_P_SCAN, filter->scan, -1);
	bind_unless(stmt, EVIDENCE_PAGE_P_WITHDRAWN, filter->withdrawn, -1);
	bind_unless(stmt, EVIDENCE_PAGE_P_FROM_US, filter->from_us, 0);
	bind_unless(stmt, EVIDENCE_PAGE_P_TO_US, filter->to_us, 0);
	db_bind_text(stmt, EVIDENCE_PAGE_P_PERSON, filter->person);
	db_bind_text(stmt, EVIDENCE_PAGE_P_WORDS, pattern);
	db_bind_int(stmt, EVIDENCE_PAGE_P_ROW_LIMIT, filter->limit);
	return read_rows(scope, stmt, arena, ret_evidence, error);
}

bool
evidence_people(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_people, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_PEOPLE, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_PEOPLE_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(
		    ret_people, arena_strdup(arena, db_column_text(stmt, EVIDENCE_PEOPLE_C_PERSON)));
	return !has_row;
}

bool
evidence_links(
    const EvidenceScope *scope, int64_t evidence_id, Arena *arena, GPtrArray *ret_objects, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_LINKS, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_LINKS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_LINKS_P_EVIDENCE_ID, evidence_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		EvidenceObject *object = arena_new0(arena, EvidenceObject);

		object->kind = arena_strdup(arena, db_column_text(stmt, EVIDENCE_LINKS_C_OBJECT_KIND));
		object->id = arena_strdup(arena, db_column_text(stmt, EVIDENCE_LINKS_C_OBJECT_ID));
		g_ptr_array_add(ret_objects, object);
	}
	return !has_row;
}

bool
evidence_same(
    const EvidenceScope *scope, const Evidence *evidence, Arena *arena, GPtrArray *ret_ids, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (evidence->sha256 == NULL)
		return true;
	if (!db_prepare(scope->db, &EVIDENCE_SAME_CONTENT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SAME_CONTENT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_SAME_CONTENT_P_SHA256, evidence->sha256);
	db_bind_int(stmt, EVIDENCE_SAME_CONTENT_P_EVIDENCE_ID, evidence->evidence_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t *id = arena_new0(arena, int64_t);

		*id = db_column_int(stmt, EVIDENCE_SAME_CONTENT_C_EVIDENCE_ID);
		g_ptr_array_add(ret_ids, id);
	}
	return !has_row;
}
