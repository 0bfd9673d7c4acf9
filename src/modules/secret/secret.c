/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/secret/secret.h"

#include "app/record_kind.h"
#include "app/redact.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/intake/intake_draft.h"
#include "modules/plan/plan.h"
#include "modules/secret/secret_store.h"
#include "modules/task/task.h"
#include "storage/txn.h"

#include <string.h>

static bool
fail_not_found(const char *word, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có \"%s\" để đánh dấu", word);
	return false;
}

static bool
find_plan(const SecretScope *scope, const char *word, SecretObject *object, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GString) caption = g_string_new(NULL);

	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id != object->plan_id)
			continue;
		plan_caption(plan, caption);
		object->document_id = plan->document_id;
		object->number = plan->number != NULL ? plan->number : "";
		object->dated = plan->issued_on != NULL ? plan->issued_on : "";
		object->title = arena_strdup(scope->arena, caption->str);
		return true;
	}
	return fail_not_found(word, error);
}

static bool
find_task(const SecretScope *scope, const char *word, SecretObject *object, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, object->plan_id};
	char day[DATE_ISO_SIZE];
	Task task;

	if (!find_plan(scope, word, object, error) ||
	    !task_load(&plan, object->task_no, scope->arena, &task, error))
		return false;
	date_format_iso(task.deadline.due, day);
	object->number = task.no != NULL ? task.no : "";
	object->dated = arena_strdup(scope->arena, day);
	object->title = arena_printf(scope->arena, "Nhiệm vụ %s: %s", object->number, task.name);
	return true;
}

static bool
find_draft(const SecretScope *scope, SecretObject *object, GError **error)
{
	const IntakeScope intake = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .directory = scope->directory,
	    .now_us = scope->now_us,
	    .actor = scope->actor};
	IntakeDraft draft;

	if (!intake_draft_load(&intake, object->draft_id, scope->arena, &draft, error))
		return false;
	if (draft.plan_id != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Bản nháp này đã được đưa vào thực hiện; hãy đánh dấu kế hoạch của nó.");
		return false;
	}
	object->title = arena_printf(
	    scope->arena, "Bản nháp: %s", *draft.caption != '\0' ? draft.caption : draft.file_name);
	return true;
}

bool
secret_find(const SecretScope *scope, const char *word, SecretObject *ret_object, GError **error)
{
	const char *id = strchr(word, '/');
	int64_t ids[2] = {0, 0};
	bool is_task, is_plan;

	*ret_object = (SecretObject){.number = "", .dated = ""};
	if (id == NULL)
		return fail_not_found(word, error);
	ret_object->kind = arena_strndup(scope->arena, word, (size_t)(id - word));
	ret_object->id = arena_strdup(scope->arena, id + 1);
	is_task = strcmp(ret_object->kind, "task") == 0;
	is_plan = strcmp(ret_object->kind, "plan") == 0;
	if (!is_task && !is_plan && strcmp(ret_object->kind, "draft") != 0)
		return fail_not_found(word, error);
	if (!app_record_ids(ret_object->id, is_task ? 2 : 1, ids, error))
		return false;
	ret_object->task_no = ids[1];
	if (is_task || is_plan) {
		ret_object->plan_id = ids[0];
		return is_task ? find_task(scope, word, ret_object, error)
			       : find_plan(scope, word, ret_object, error);
	}
	ret_object->draft_id = ids[0];
	return find_draft(scope, ret_object, error);
}

/* Names that messages to people may repeat, before they are taken away. */
static bool
collect_texts(const SecretScope *scope, const SecretObject *object, GPtrArray *texts, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, object->plan_id};
	const TaskFilter filter = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = TASK_ANY_AGENCY, .keys = TASK_KEY_ALL};
	TaskPage page = {.order = TASK_ORDER_PLAN, .limit = 200};
	bool has_more = object->plan_id != 0;
	Task one;

	if (object->task_no != 0) {
		if (!task_load(&plan, object->task_no, scope->arena, &one, error))
			return false;
		g_ptr_array_add(texts, one.name);
		return true;
	}
	while (has_more) {
		g_autoptr(GPtrArray) tasks = g_ptr_array_new();

		if (!task_list(&plan, &filter, &page, scope->arena, tasks, &has_more, error))
			return false;
		for (guint i = 0; i < tasks->len; i++) {
			const Task *task = g_ptr_array_index(tasks, i);

			g_ptr_array_add(texts, task->name);
			page.after = task->task_no;
		}
	}
	return true;
}

static bool
refuse_marked(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "Đã được đánh dấu bí mật nhà nước trước đó; chương trình chỉ còn giữ số và ngày.");
	return false;
}

static bool
store(const SecretScope *scope, const SecretObject *object, const AppRedaction *redaction, int64_t n_rows,
    GError **error)
{
	SecretMark mark = {.kind = object->kind,
	    .id = object->id,
	    .number = object->number,
	    .dated = object->dated,
	    .at_us = scope->now_us,
	    .person = scope->actor.name != NULL ? scope->actor.name : LEDGER_NOBODY,
	    .ledger_rows = n_rows,
	    .file_count = redaction->files->len};

	for (guint i = 0; i < redaction->files->len; i++)
		if (!secret_store_add_file(scope, g_ptr_array_index(redaction->files, i), error))
			return false;
	return secret_store_insert(scope, &mark, &mark.mark_no, error) &&
	       secret_store_note(scope, &mark, error);
}

bool
secret_mark(const SecretScope *scope, const SecretObject *object, GError **error)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	g_auto(AppRedaction) redaction = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .directory = scope->directory,
	    .arena = scope->arena,
	    .plan_id = object->plan_id,
	    .document_id = object->document_id,
	    .task_no = object->task_no,
	    .draft_id = object->draft_id,
	    .texts = texts};
	g_autoptr(DbTxn) txn = NULL;
	LedgerMark before, after, last;
	bool is_marked;

	if (!db_txn_begin(scope->db, &txn, error) || !secret_is_marked(scope, object, &is_marked, error))
		return false;
	if (is_marked)
		return refuse_marked(error);
	if (!collect_texts(scope, object, texts, error) ||
	    !ledger_marks(scope->db, scope->commune_id, &before, &last, error) ||
	    !app_redact(&redaction, error) ||
	    !ledger_marks(scope->db, scope->commune_id, &after, &last, error) ||
	    !store(scope, object, &redaction, after.seq - before.seq, error) || !db_txn_commit(txn, error))
		return false;
	/* What fails here is done by the work behind the pages, or at the next start. */
	return secret_wipe_files(scope, error);
}
