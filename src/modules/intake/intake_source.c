/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "base/ceilings.h"
#include "modules/agency/agency.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_note.h"
#include "storage/txn.h"

#define ALIASES_MAX 10000

bool
intake_load_aliases(const IntakeScope *scope, Arena *arena, CompilerOptions *ret_options, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) aliases = g_array_new(FALSE, FALSE, sizeof(CompilerAlias));
	CompilerAlias *copy;
	bool row = true;

	if (!db_prepare(scope->db, &INTAKE_ALIAS_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_ALIAS_LIST_P_COMMUNE_ID, scope->commune_id);
	while (aliases->len < ALIASES_MAX && db_step(stmt, &row, error) && row) {
		CompilerAlias alias = {
		    .printed = arena_strdup(arena, db_column_text(stmt, INTAKE_ALIAS_LIST_C_PRINTED)),
		    .name = arena_strdup(arena, db_column_text(stmt, INTAKE_ALIAS_LIST_C_NAME))};

		g_array_append_val(aliases, alias);
	}
	if (row && aliases->len < ALIASES_MAX)
		return false;
	copy = arena_array(arena, CompilerAlias, aliases->len + 1);
	for (guint i = 0; i < aliases->len; i++)
		copy[i] = g_array_index(aliases, CompilerAlias, i);
	ret_options->aliases = copy;
	ret_options->n_aliases = aliases->len;
	return true;
}

bool
intake_load_agencies(const IntakeScope *scope, Arena *arena, const char *const **ret_names, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	CompilerOptions options = {0};
	const char **names;
	guint n = 0;

	if (!intake_load_aliases(scope, arena, &options, error))
		return false;
	for (size_t i = 0; i < options.n_aliases; i++)
		g_ptr_array_add(found, (gpointer)(guintptr)options.aliases[i].name);
	if (!agency_list_names(scope->db, scope->commune_id, LIMIT_KNOWN_NAMES, arena, found, error))
		return false;
	names = arena_array(arena, const char *, found->len + 1);
	for (guint i = 0; i < found->len; i++)
		if (g_hash_table_add(seen, g_ptr_array_index(found, i)))
			names[n++] = g_ptr_array_index(found, i);
	names[n] = NULL;
	*ret_names = names;
	return true;
}

bool
intake_learn_alias(
    const IntakeScope *scope, int64_t draft_id, const char *printed, const char *name, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!intake_alias_state(scope, printed, &before, error) ||
	    !db_prepare(scope->db, &INTAKE_ALIAS_LEARN, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_ALIAS_LEARN_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, INTAKE_ALIAS_LEARN_P_PRINTED, printed);
	db_bind_text(stmt, INTAKE_ALIAS_LEARN_P_NAME, name);
	db_bind_int(stmt, INTAKE_ALIAS_LEARN_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_ALIAS_LEARN_P_NOW_US, scope->now_us);
	return db_run(stmt, error) && intake_note_alias(scope, printed, before, error);
}

bool
intake_compile_draft(const IntakeScope *scope, const IntakeDraft *draft, Plan **ret_plan, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(BlockDocument) blocks = NULL;
	g_autofree char *bytes = NULL;
	CompilerOptions options = {0};
	size_t len;

	if (!intake_load_aliases(scope, arena, &options, error) ||
	    !filestore_get(scope->directory, draft->source_sha256, &bytes, &len, error))
		return false;
	if (draft->format == READER_FORMAT_TEXT)
		return compiler_compile(bytes, len, &options, ret_plan, error);
	return blocks_read(bytes, len, &blocks, error) &&
	       compiler_compile_blocks(blocks, &options, ret_plan, error);
}

bool
intake_describe_draft(
    const IntakeScope *scope, int64_t draft_id, const Plan *plan, guint n_doubts, GError **error)
{
	g_autofree char *caption = intake_caption_of(plan);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_DESCRIBE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_DESCRIBE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_DESCRIBE_P_DRAFT_ID, draft_id);
	db_bind_text(stmt, INTAKE_DRAFT_DESCRIBE_P_CAPTION, caption);
	db_bind_int(stmt, INTAKE_DRAFT_DESCRIBE_P_TASK_COUNT, plan->tasks->len);
	db_bind_int(stmt, INTAKE_DRAFT_DESCRIBE_P_INDICATOR_COUNT, plan->indicators->len);
	db_bind_int(stmt, INTAKE_DRAFT_DESCRIBE_P_DOUBT_COUNT, n_doubts);
	return db_run(stmt, error);
}
