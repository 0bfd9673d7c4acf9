/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_carry_product.h"

#include "app/redact_states.h"
#include "base/json.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_redact.h"
#include "storage/txn.h"

#include <string.h>

/* What people say of deliverables: of one task, and of what a kind asks for; and its rows of the ledger. */

#define SOURCE_CHARACTERS 300

/* --- one task ---------------------------------------------------------------------------------------------
 */

static WorkProductKey
key_of(const WorkPiece *piece)
{
	bool is_part = piece->part_no != 0;

	return (WorkProductKey){piece->plan_id, piece->task_no, is_part ? piece->agency_id : 0,
	    is_part ? (int64_t)piece->role : 0, piece->part_no};
}

static char *
product_object(const WorkProductKey *key)
{
	return g_strdup_printf("work-product/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
			       "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
	    key->plan_id, key->task_no, key->agency_id, key->role, key->part_no);
}

static char *
product_state(const WorkProduct *product)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "kind", product->kind);
	json_key_string(&json, "expected", product->expected);
	json_key_string(&json, "reason", product->reason);
	if (product->from_plan_id != 0) {
		json_key_int(&json, "from_plan", product->from_plan_id);
		json_key_int(&json, "from_task", product->from_task_no);
	}
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
put_product(const WorkScope *scope, const WorkProductKey *key, const WorkProduct *product, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_PUT_PRODUCT, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_PLAN_ID, key->plan_id);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_TASK_NO, key->task_no);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_AGENCY_ID, key->agency_id);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_ROLE, key->role);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_PART_NO, key->part_no);
	db_bind_text(stmt, WORK_PUT_PRODUCT_P_KIND, product->kind);
	db_bind_text(stmt, WORK_PUT_PRODUCT_P_EXPECTED, product->expected);
	db_bind_text(stmt, WORK_PUT_PRODUCT_P_REASON, product->reason);
	db_bind_text(stmt, WORK_PUT_PRODUCT_P_NAME, product->name);
	db_bind_int(stmt, WORK_PUT_PRODUCT_P_AT_US, product->at_us);
	if (product->from_plan_id != 0) {
		db_bind_int(stmt, WORK_PUT_PRODUCT_P_FROM_PLAN_ID, product->from_plan_id);
		db_bind_int(stmt, WORK_PUT_PRODUCT_P_FROM_TASK_NO, product->from_task_no);
	}
	return db_run(stmt, error);
}

static bool
note_change(const WorkScope *scope, const char *object, const char *state, GError **error)
{
	g_autofree char *before = NULL;

	return ledger_last_state(scope->db, scope->commune_id, object, &before, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

bool
work_put_product(
    const WorkScope *scope, const WorkProductKey *key, const WorkProduct *product, GError **error)
{
	g_autofree char *object = product_object(key), *state = product_state(product);

	return put_product(scope, key, product, error) && note_change(scope, object, state, error);
}

static bool
is_known_kind(const WorkScope *scope, const char *kind, bool *ret_is, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();

	*ret_is = false;
	if (!work_deliverables(scope, scope->today, kinds, error))
		return false;
	for (guint i = 0; kind != NULL && i < kinds->len; i++)
		if (strcmp(((const WorkDeliverable *)g_ptr_array_index(kinds, i))->kind, kind) == 0)
			*ret_is = true;
	return true;
}

bool
work_set_product(const WorkScope *scope, const WorkPiece *piece, const WorkProduct *product,
    const char **ret_problem, GError **error)
{
	const WorkProductKey key = key_of(piece);
	g_autoptr(DbTxn) txn = NULL;
	WorkProduct said = *product;
	WorkRights rights;
	bool is_known;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !work_rights(scope, piece, &rights, error) ||
	    !is_known_kind(scope, product->kind, &is_known, error))
		return false;
	if (!rights.operate.is_allowed && !rights.accept.is_allowed)
		*ret_problem =
		    "Chỉ cơ quan thường trực hoặc người nghiệm thu mới sửa được loại sản phẩm phải có.";
	else if (!is_known)
		*ret_problem = "Hãy chọn loại sản phẩm.";
	else if (product->reason == NULL)
		*ret_problem = "Sửa loại sản phẩm phải nêu lý do, căn cứ.";
	else if (g_utf8_strlen(product->reason, -1) > WORK_TEXT_MAX ||
		 (product->expected != NULL && g_utf8_strlen(product->expected, -1) > WORK_TEXT_MAX))
		*ret_problem = "Nội dung quá dài; mỗi ô tối đa 4.000 ký tự.";
	if (*ret_problem != NULL)
		return true;
	said.name = scope->actor.name;
	said.at_us = scope->now_us;
	said.from_plan_id = said.from_task_no = 0;
	return work_put_product(scope, &key, &said, error) && db_txn_commit(txn, error);
}

/* --- what a kind asks for ---------------------------------------------------------------------------------
 */

static char *
deliverable_object(const char *kind, int32_t valid_from)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(valid_from, iso);
	return g_strdup_printf("work-deliverable/%s/%s", kind, iso);
}

static char *
deliverable_state(const WorkDeliverable *kind)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "title", kind->title);
	json_key_string(&json, "words", kind->words);
	json_key_int(&json, "number_at", kind->number_at);
	json_key_int(&json, "file_at", kind->file_at);
	json_key_string(&json, "file_kinds", kind->file_kinds);
	json_key_string(&json, "file_title", kind->file_title);
	json_key_string(&json, "source", kind->source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
put_deliverable(const WorkScope *scope, const WorkDeliverable *kind, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_PUT_DELIVERABLE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PUT_DELIVERABLE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_KIND, kind->kind);
	db_bind_int(stmt, WORK_PUT_DELIVERABLE_P_VALID_FROM, kind->valid_from);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_TITLE, kind->title);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_WORDS, kind->words);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_NAME_WORDS, kind->name_words);
	db_bind_int(stmt, WORK_PUT_DELIVERABLE_P_NUMBER_AT, kind->number_at);
	db_bind_int(stmt, WORK_PUT_DELIVERABLE_P_FILE_AT, kind->file_at);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_FILE_KINDS, kind->file_kinds);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_FILE_TITLE, kind->file_title);
	db_bind_int(stmt, WORK_PUT_DELIVERABLE_P_POSITION, kind->position);
	db_bind_text(stmt, WORK_PUT_DELIVERABLE_P_SOURCE, kind->source);
	return db_run(stmt, error);
}

bool
work_set_deliverable(
    const WorkScope *scope, const WorkDeliverable *changed, const char **ret_problem, GError **error)
{
	g_autofree char *object = deliverable_object(changed->kind, changed->valid_from), *state = NULL;
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = NULL;
	if (!work_may(scope, APP_OPERATE))
		*ret_problem = "Chỉ cơ quan thường trực mới đổi được quy tắc về sản phẩm.";
	else if (changed->valid_from < scope->today)
		*ret_problem =
		    "Ngày bắt đầu không được trước hôm nay: quy tắc đã áp dụng thì không sửa lùi được.";
	else if (changed->source == NULL || *changed->source == '\0' ||
		 g_utf8_strlen(changed->source, -1) > SOURCE_CHARACTERS)
		*ret_problem = "Hãy ghi căn cứ (số, ngày của quyết định hoặc văn bản), không quá 300 ký tự.";
	if (*ret_problem != NULL)
		return true;
	state = deliverable_state(changed);
	return db_txn_begin(scope->db, &txn, error) && put_deliverable(scope, changed, error) &&
	       note_change(scope, object, state, error) && db_txn_commit(txn, error);
}

/* --- verify, and state secrets
 * -----------------------------------------------------------------------------------------------
 */

static bool
walk_products(const AppStates *states, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(states->db, &WORK_ALL_PRODUCTS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_ALL_PRODUCTS_P_COMMUNE_ID, states->commune_id);
	db_bind_int(stmt, WORK_ALL_PRODUCTS_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, WORK_ALL_PRODUCTS_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const WorkProductKey key = {db_column_int(stmt, WORK_ALL_PRODUCTS_C_PLAN_ID),
		    db_column_int(stmt, WORK_ALL_PRODUCTS_C_TASK_NO),
		    db_column_int(stmt, WORK_ALL_PRODUCTS_C_AGENCY_ID),
		    db_column_int(stmt, WORK_ALL_PRODUCTS_C_ROLE),
		    db_column_int(stmt, WORK_ALL_PRODUCTS_C_PART_NO)};
		g_autofree char *object = product_object(&key);
		const WorkProduct product = {.kind = db_column_text(stmt, WORK_ALL_PRODUCTS_C_KIND),
		    .expected = db_column_text(stmt, WORK_ALL_PRODUCTS_C_EXPECTED),
		    .reason = db_column_text(stmt, WORK_ALL_PRODUCTS_C_REASON),
		    .from_plan_id = db_column_int(stmt, WORK_ALL_PRODUCTS_C_FROM_PLAN_ID),
		    .from_task_no = db_column_int(stmt, WORK_ALL_PRODUCTS_C_FROM_TASK_NO)};
		g_autofree char *state = product_state(&product);

		if (!app_state(states, object, state, error))
			return false;
	}
	return !has_row;
}

bool
work_redact_products(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);

	return APP_REDACT_RUN(redaction, WORK_REDACT_PRODUCTS, error) && walk_products(&states, error);
}

bool
work_verify_products(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(db, commune_id, report);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!walk_products(&states, error) || !db_prepare(db, &WORK_OWN_DELIVERABLES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_OWN_DELIVERABLES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const WorkDeliverable kind = {.kind = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_KIND),
		    .valid_from = (int32_t)db_column_int(stmt, WORK_OWN_DELIVERABLES_C_VALID_FROM),
		    .title = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_TITLE),
		    .words = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_WORDS),
		    .number_at = (WorkMoment)db_column_int(stmt, WORK_OWN_DELIVERABLES_C_NUMBER_AT),
		    .file_at = (WorkMoment)db_column_int(stmt, WORK_OWN_DELIVERABLES_C_FILE_AT),
		    .file_kinds = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_FILE_KINDS),
		    .file_title = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_FILE_TITLE),
		    .source = db_column_text(stmt, WORK_OWN_DELIVERABLES_C_SOURCE)};
		g_autofree char *object = deliverable_object(kind.kind, kind.valid_from);
		g_autofree char *state = deliverable_state(&kind);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}
