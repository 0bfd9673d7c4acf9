/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/work_excel.h"

#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/register/register.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

static bool
note_export(const WorkScope *scope, int64_t plan_id, GError **error)
{
	g_autofree char *object = g_strdup_printf("register/%" G_GINT64_FORMAT, plan_id);
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){.action = LEDGER_EXPORT, .object = object}, error) &&
	       db_txn_commit(txn, error);
}

bool
command_register_export(const WorkScope *scope, int64_t plan_id, const char *path, GError **error)
{
	const RegisterChoice choice = {.plan_id = plan_id};
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GError) reason = NULL;

	if (!register_export(scope, &choice, bytes, error) || !note_export(scope, plan_id, error))
		return false;
	if (!g_file_set_contents(path, bytes->str, (gssize)bytes->len, &reason)) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_STORAGE, "không ghi được tệp %s: %s", path, reason->message);
		return false;
	}
	printf("Đã xuất sổ theo dõi ra %s.\n", path);
	return true;
}

static void
print_problems(const RegisterFile *file)
{
	for (guint i = 0; i < file->problems->len; i++) {
		const RegisterProblem *problem = &g_array_index(file->problems, RegisterProblem, i);

		fprintf(stderr, "%s%s%s: %s\n", problem->sheet != NULL ? problem->sheet : "cả tệp",
		    problem->address[0] != '\0' ? "!" : "", problem->address, problem->message);
	}
}

static void
print_change(const RegisterChange *change)
{
	printf("%s dòng %u\tphần việc %" G_GINT64_FORMAT "\t%s\n", change->row->sheet->name,
	    change->row->number, change->piece_id, change->name);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		if (change->is_changed[field])
			printf("\t%s: “%s” → “%s”\n", REGISTER_FIELDS[field].title, change->before[field],
			    change->after[field]);
	if (change->is_conflict)
		printf("\tđã có người khác cập nhật sau khi xuất tệp (%zu lần)\n", change->n_newer);
	else if (change->is_kept)
		printf("\tgiữ nội dung trên chương trình\n");
}

static void
print_result(const RegisterResult *result)
{
	for (guint i = 0; i < result->changes->len; i++)
		print_change(g_ptr_array_index(result->changes, i));
}

/* The same answer for every row that others have written to. */
static size_t
decide_all(const RegisterResult *result, const char *conflicts, RegisterDecision *decisions)
{
	size_t n = 0;

	for (guint i = 0; i < result->changes->len; i++) {
		const RegisterChange *change = g_ptr_array_index(result->changes, i);

		if (change->is_conflict)
			decisions[n++] = (RegisterDecision){
			    change->piece_id, change->version, strcmp(conflicts, "tep") == 0};
	}
	return n;
}

static bool
take(const WorkScope *scope, RegisterFile *file, bool is_dry, const char *conflicts, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	RegisterDecision *decisions = NULL;
	size_t n_decisions = 0;

	if (conflicts != NULL) {
		if (!register_import(scope, file, NULL, 0, REGISTER_COMPARE, &result, error))
			return false;
		decisions = arena_array(scope->arena, RegisterDecision, changes->len + 1);
		n_decisions = decide_all(&result, conflicts, decisions);
	}
	if (file->problems->len == 0 && !register_import(scope, file, decisions, n_decisions,
					    is_dry ? REGISTER_TRY : REGISTER_WRITE, &result, error))
		return false;
	/* What was typed into a wrong cell may be anything, a person's name too: it is not repeated. */
	if (file->problems->len == 0)
		print_result(&result);
	print_problems(file);
	if (file->problems->len > 0)
		return command_refuse("chưa ghi gì; hãy sửa các ô trên rồi nhập lại", error);
	if (result.n_conflicts > 0)
		return command_refuse(
		    "chưa ghi gì: có dòng đã được người khác cập nhật; thêm --conflicts giu để giữ nội dung "
		    "trên chương trình, hoặc --conflicts tep để ghi theo tệp",
		    error);
	printf("%s %zu lần cập nhật; %zu dòng giữ nguyên.\n", is_dry ? "Sẽ ghi" : "Đã ghi", result.n_entries,
	    result.n_same);
	return true;
}

bool
command_register_import(
    const WorkScope *scope, const char *path, bool is_dry, const char *conflicts, GError **error)
{
	g_auto(RegisterFile) file = {0};
	g_autofree char *bytes = NULL;
	size_t len;

	if (conflicts != NULL && strcmp(conflicts, "giu") != 0 && strcmp(conflicts, "tep") != 0)
		return command_refuse("--conflicts: giu hoặc tep", error);
	return command_read_file(path, &bytes, &len, error) &&
	       register_read_file(bytes, len, path, scope->arena, &file, error) &&
	       take(scope, &file, is_dry, conflicts, error);
}
