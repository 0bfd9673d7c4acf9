/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/json.h"
#include "base/text.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "storage/db_day.h"
#include "storage/txn.h"

#include <string.h>

#define NUMBER_MAX 60
#define TEXT_MAX 1000

const char *const LINK_FORCE_TITLES[LINK_FORCE_MAX] = {
    "Còn hiệu lực", "Chưa có hiệu lực", "Đã được thay thế", "Hết hiệu lực"};

LinkForce
link_force(const LinkDocument *document, int32_t day)
{
	if (document->valid_to != DATE_NONE && day > document->valid_to)
		return *document->replaced_by != '\0' ? LINK_REPLACED : LINK_EXPIRED;
	if (document->valid_from != DATE_NONE && day < document->valid_from)
		return LINK_NOT_YET;
	return LINK_IN_FORCE;
}

/* "57 - NQ/TW" and "57-nq/tw" are one. */
static char *
number_key(const char *number)
{
	g_autofree char *folded = text_fold_vi(number);
	GString *out = g_string_new(NULL);

	for (const char *at = folded; *at != '\0'; at++)
		if (!g_ascii_isspace(*at))
			g_string_append_c(out, *at);
	return g_string_free(out, FALSE);
}

static LinkDocument
read_document(const LinkScope *scope, const DbStmt *stmt)
{
	return (LinkDocument){.document_no = db_column_int(stmt, LINK_DOCUMENTS_C_DOCUMENT_NO),
	    .number = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_NUMBER)),
	    .type = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_TYPE)),
	    .issuer = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_ISSUER)),
	    .title = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_TITLE)),
	    .issued_day = db_column_day(stmt, LINK_DOCUMENTS_C_ISSUED_DAY),
	    .valid_from = db_column_day(stmt, LINK_DOCUMENTS_C_VALID_FROM),
	    .valid_to = db_column_day(stmt, LINK_DOCUMENTS_C_VALID_TO),
	    .replaced_by = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_REPLACED_BY)),
	    .source = link_keep(scope, db_column_text(stmt, LINK_DOCUMENTS_C_SOURCE)),
	    .is_removed = db_column_int(stmt, LINK_DOCUMENTS_C_IS_REMOVED) != 0};
}

/* Appends all, also those that were removed. */
static bool
read_all(const LinkScope *scope, GPtrArray *documents, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_DOCUMENTS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_DOCUMENTS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkDocument *document = arena_new0(scope->arena, LinkDocument);

		*document = read_document(scope, stmt);
		g_ptr_array_add(documents, document);
	}
	return !has_row;
}

bool
link_documents(const LinkScope *scope, GPtrArray *ret_documents, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!read_all(scope, all, error))
		return false;
	for (guint i = 0; i < all->len; i++)
		if (!((const LinkDocument *)g_ptr_array_index(all, i))->is_removed)
			g_ptr_array_add(ret_documents, g_ptr_array_index(all, i));
	return true;
}

static char *
document_state(const LinkDocument *document)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "number", document->number);
	json_key_string(&json, "type", document->type);
	json_key_string(&json, "issuer", document->issuer);
	json_key_string(&json, "title", document->title);
	json_key_day(&json, "issued", document->issued_day);
	json_key_day(&json, "valid_from", document->valid_from);
	json_key_day(&json, "valid_to", document->valid_to);
	json_key_string(&json, "replaced_by", document->replaced_by);
	json_key_string(&json, "source", document->source);
	json_key_int(&json, "removed", document->is_removed);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static const char *
find_problem(const LinkDocument *document, const GPtrArray *all)
{
	g_autofree char *key = number_key(document->number);

	if (*key == '\0' || g_utf8_strlen(document->number, -1) > NUMBER_MAX)
		return "Phải ghi số, ký hiệu văn bản, ví dụ 12/2026/NĐ-CP; nhiều nhất 60 ký tự.";
	if (*document->source == '\0' && !document->is_removed)
		return "Phải ghi nguồn: nơi đã đọc được hiệu lực của văn bản này.";
	if (MAX(strlen(document->title), strlen(document->source)) > TEXT_MAX ||
	    strlen(document->issuer) > TEXT_MAX || strlen(document->type) > TEXT_MAX ||
	    strlen(document->replaced_by) > TEXT_MAX)
		return "Nội dung quá dài.";
	if (document->valid_from != DATE_NONE && document->valid_to != DATE_NONE &&
	    document->valid_to < document->valid_from)
		return "Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi.";
	if (*document->replaced_by != '\0' && document->valid_to == DATE_NONE)
		return "Văn bản được thay thế thì phải ghi ngày cuối cùng còn hiệu lực.";
	for (guint i = 0; i < all->len && !document->is_removed; i++) {
		const LinkDocument *other = g_ptr_array_index(all, i);
		g_autofree char *own = number_key(other->number);

		if (!other->is_removed && other->document_no != document->document_no &&
		    strcmp(own, key) == 0 && other->issued_day == document->issued_day)
			return "Văn bản này đã có trong sổ (cùng số và ngày ban hành).";
	}
	return NULL;
}

static bool
choose_number(const LinkScope *scope, const GPtrArray *all, LinkDocument *document, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	for (guint i = 0; i < all->len && document->document_no != 0; i++)
		if (((const LinkDocument *)g_ptr_array_index(all, i))->document_no == document->document_no)
			return true;
	if (document->document_no != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có văn bản này trong sổ");
		return false;
	}
	if (!db_prepare(scope->db, &LINK_NEXT_DOCUMENT, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_NEXT_DOCUMENT_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	document->document_no = has_row ? db_column_int(stmt, LINK_NEXT_DOCUMENT_C_DOCUMENT_NO) : 1;
	return true;
}

static bool
write_document(const LinkScope *scope, const LinkDocument *document, GError **error)
{
	g_autofree char *key = number_key(document->number);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_DOCUMENT, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_DOCUMENT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_DOCUMENT_P_DOCUMENT_NO, document->document_no);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_NUMBER, document->number);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_NUMBER_KEY, key);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_TYPE, document->type);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_ISSUER, document->issuer);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_TITLE, document->title);
	db_bind_day(stmt, LINK_PUT_DOCUMENT_P_ISSUED_DAY, document->issued_day);
	db_bind_day(stmt, LINK_PUT_DOCUMENT_P_VALID_FROM, document->valid_from);
	db_bind_day(stmt, LINK_PUT_DOCUMENT_P_VALID_TO, document->valid_to);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_REPLACED_BY, document->replaced_by);
	db_bind_text(stmt, LINK_PUT_DOCUMENT_P_SOURCE, document->source);
	db_bind_int(stmt, LINK_PUT_DOCUMENT_P_IS_REMOVED, document->is_removed);
	return db_run(stmt, error);
}

static char *
document_object(int64_t document_no)
{
	return g_strdup_printf("link-document/%" G_GINT64_FORMAT, document_no);
}

bool
link_document_put(const LinkScope *scope, LinkDocument *document, const char **ret_problem, GError **error)
{
	g_autofree char *state = document_state(document), *object = NULL;
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !read_all(scope, all, error))
		return false;
	*ret_problem = find_problem(document, all);
	if (*ret_problem != NULL)
		return true;
	if (!choose_number(scope, all, document, error))
		return false;
	object = document_object(document->document_no);
	return write_document(scope, document, error) && link_note(scope, object, state, error) &&
	       db_txn_commit(txn, error);
}

bool
link_walk_documents(const AppStates *states, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	const LinkScope scope = {.db = states->db, .commune_id = states->commune_id, .arena = arena};

	if (!read_all(&scope, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		const LinkDocument *document = g_ptr_array_index(all, i);
		g_autofree char *object = document_object(document->document_no),
				*state = document_state(document);

		if (!app_state(states, object, state, error))
			return false;
	}
	return true;
}

/* --- what plans rest on ----------------------------------------------------------------------------------
 */

/* Numbers come again each year: where both dates are known they have to agree, as far as the plan says it. */
static const LinkDocument *
find_document(const GPtrArray *documents, const LinkBasis *basis)
{
	g_autofree char *key = basis->number != NULL ? number_key(basis->number) : NULL;

	for (guint i = 0; i < documents->len && key != NULL; i++) {
		const LinkDocument *document = g_ptr_array_index(documents, i);
		g_autofree char *own = number_key(document->number);
		char issued[DATE_ISO_SIZE];

		date_format_iso(document->issued_day, issued);
		if (strcmp(own, key) == 0 && (basis->issued_on == NULL || *issued == '\0' ||
						 g_str_has_prefix(issued, basis->issued_on)))
			return document;
	}
	return NULL;
}

static const char *
warn(const LinkScope *scope, const LinkDocument *document, LinkForce force)
{
	char day[DATE_ISO_SIZE];

	if (document->valid_to == DATE_NONE)
		return NULL;
	date_format_vi(document->valid_to + 1, day);
	if (force == LINK_REPLACED)
		return arena_printf(
		    scope->arena, "đã được thay thế từ ngày %s bởi %s", day, document->replaced_by);
	if (force == LINK_EXPIRED)
		return arena_printf(scope->arena, "đã hết hiệu lực từ ngày %s", day);
	return *document->replaced_by != '\0'
		   ? arena_printf(
			 scope->arena, "sẽ được thay thế từ ngày %s bởi %s", day, document->replaced_by)
		   : arena_printf(scope->arena, "sẽ hết hiệu lực từ ngày %s", day);
}

bool
link_bases(const LinkScope *scope, int64_t plan_id, GPtrArray *ret_bases, GError **error)
{
	g_autoptr(GPtrArray) documents = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!link_documents(scope, documents, error) || !db_prepare(scope->db, &LINK_BASES, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_BASES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_BASES_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkBasis *basis = arena_new0(scope->arena, LinkBasis);

		basis->type = link_keep(scope, db_column_text(stmt, LINK_BASES_C_TYPE));
		basis->number = link_keep(scope, db_column_text(stmt, LINK_BASES_C_NUMBER));
		basis->issuer = link_keep(scope, db_column_text(stmt, LINK_BASES_C_ISSUER));
		basis->issued_on = link_keep(scope, db_column_text(stmt, LINK_BASES_C_ISSUED_ON));
		basis->document = find_document(documents, basis);
		if (basis->document != NULL) {
			basis->force = link_force(basis->document, scope->today);
			basis->warning = warn(scope, basis->document, basis->force);
		}
		g_ptr_array_add(ret_bases, basis);
	}
	return !has_row;
}
