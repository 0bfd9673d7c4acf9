/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_limits.h"
#include "storage/txn.h"

#include <string.h>

#define KIND_BYTES_MAX 40

static bool
refuse(GError **error, const char *message)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, message);
	return false;
}

char *
evidence_clean_line(const char *text, int characters_max)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (text == NULL)
		return g_strdup("");
	text_squeeze_append(out, text, strlen(text));
	if (g_utf8_strlen(out->str, -1) > characters_max)
		return g_utf8_substring(out->str, 0, characters_max);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
evidence_object_is_valid(const EvidenceObject *object)
{
	size_t len;

	if (object->kind == NULL || object->id == NULL)
		return false;
	len = strlen(object->kind);
	if (len == 0 || len > KIND_BYTES_MAX || strspn(object->kind, "abcdefghijklmnopqrstuvwxyz-") != len)
		return false;
	len = strlen(object->id);
	if (len == 0 || len > EVIDENCE_OBJECT_ID_MAX)
		return false;
	for (const char *at = object->id; *at != '\0'; at++)
		if (!g_ascii_isalnum(*at) && strchr("/.-", *at) == NULL)
			return false;
	return true;
}

static bool
find_kind(const EvidenceScope *scope, const char *word, EvidenceKind *ret_kind, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();

	if (!evidence_kinds(scope, instant_day(scope->now_us), arena, kinds, error))
		return false;
	for (guint i = 0; i < kinds->len; i++) {
		const EvidenceKind *kind = g_ptr_array_index(kinds, i);

		if (word != NULL && strcmp(kind->kind, word) == 0) {
			ret_kind->needs_number = kind->needs_number;
			return true;
		}
	}
	return refuse(error, "Hãy chọn loại minh chứng trong danh sách.");
}

bool
evidence_check_told(const EvidenceScope *scope, const EvidenceNew *told, GError **error)
{
	bool has_number = told->number != NULL && *told->number != '\0';
	EvidenceKind kind = {0};

	if (told->object.kind != NULL && !evidence_object_is_valid(&told->object))
		return refuse(
		    error, "Không rõ minh chứng này thuộc về việc nào. Hãy mở lại trang của nhiệm vụ.");
	if (!find_kind(scope, told->kind, &kind, error))
		return false;
	if (kind.needs_number && (!has_number || told->issued_day == DATE_NONE))
		return refuse(error, "Văn bản đã ban hành phải có số, ký hiệu và ngày ban hành. Nếu chưa ban "
				     "hành, hãy chọn loại khác.");
	if (told->issued_day != DATE_NONE && told->issued_day > instant_day(scope->now_us))
		return refuse(error, "Ngày ban hành không được sau hôm nay.");
	return true;
}

/* The same with clean texts; a title that was not told is the file's name. */
static EvidenceNew
clean_told(const EvidenceNew *told, const EvidenceFile *file, char **title, char **number)
{
	EvidenceNew clean = *told;

	*title = evidence_clean_line(told->title, EVIDENCE_TITLE_CHARACTERS);
	*number = evidence_clean_line(told->number, EVIDENCE_NUMBER_CHARACTERS);
	clean.title = **title != '\0' || file == NULL ? *title : file->name;
	clean.number = *number;
	return clean;
}

/* Looks whether a content is there already: then it costs no room. Wiped contents must not come back. */
static bool
check_content(const EvidenceScope *scope, const EvidenceFile *file, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &EVIDENCE_CONTENT_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_CONTENT_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_CONTENT_FIND_P_SHA256, file->sha256);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row && !db_column_is_null(stmt, EVIDENCE_CONTENT_FIND_C_WIPED_US))
		return refuse(error, "Tệp này đã được đánh dấu là bí mật nhà nước nên không được lưu. Chỉ "
				     "được đăng ký số và ngày của văn bản.");
	return has_row || evidence_check_quota(scope, file->size_bytes, error);
}

bool
evidence_add(const EvidenceScope *scope, const EvidenceNew *told, const EvidenceFile *file,
    int64_t *ret_evidence_id, GError **error)
{
	g_autofree char *title = NULL, *number = NULL;
	EvidenceNew clean = clean_told(told, file, &title, &number);
	g_autoptr(DbTxn) txn = NULL;

	return evidence_check_told(scope, &clean, error) && db_txn_begin(scope->db, &txn, error) &&
	       check_content(scope, file, error) &&
	       evidence_insert_row(scope, &clean, file, false, ret_evidence_id, error) &&
	       db_txn_commit(txn, error);
}

bool
evidence_add_secret(
    const EvidenceScope *scope, const EvidenceNew *told, int64_t *ret_evidence_id, GError **error)
{
	g_autofree char *title = NULL, *number = NULL;
	EvidenceNew clean = clean_told(told, NULL, &title, &number);
	g_autoptr(DbTxn) txn = NULL;

	clean.title = "";
	if (*number == '\0' || told->issued_day == DATE_NONE)
		return refuse(error, "Văn bản mật chỉ được đăng ký số và ngày; hãy nhập cả hai.");
	return evidence_check_told(scope, &clean, error) && db_txn_begin(scope->db, &txn, error) &&
	       evidence_insert_row(scope, &clean, NULL, true, ret_evidence_id, error) &&
	       db_txn_commit(txn, error);
}

bool
evidence_attach(const EvidenceScope *scope, int64_t evidence_id, const EvidenceObject *object, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	Evidence evidence;

	if (!evidence_object_is_valid(object))
		return refuse(error, "Không rõ gắn minh chứng vào việc nào.");
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !evidence_find(scope, evidence_id, arena, &evidence, error))
		return false;
	if (evidence.withdrawn_us != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Minh chứng đã được rút, không gắn thêm vào việc nào được nữa.");
		return false;
	}
	return evidence_state(scope, evidence_id, &before, error) &&
	       evidence_insert_link(scope, evidence_id, object, error) &&
	       evidence_note(scope, evidence_id, LEDGER_CHANGE, before, error) && db_txn_commit(txn, error);
}

static bool
set_withdrawn(const EvidenceScope *scope, int64_t evidence_id, const char *reason, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_SET_WITHDRAWN, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SET_WITHDRAWN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_SET_WITHDRAWN_P_EVIDENCE_ID, evidence_id);
	db_bind_int(stmt, EVIDENCE_SET_WITHDRAWN_P_NOW_US, scope->now_us);
	db_bind_text(stmt, EVIDENCE_SET_WITHDRAWN_P_PERSON, scope->actor.name);
	db_bind_text(stmt, EVIDENCE_SET_WITHDRAWN_P_REASON, reason);
	return db_run(stmt, error);
}

bool
evidence_withdraw(const EvidenceScope *scope, int64_t evidence_id, const char *reason, GError **error)
{
	g_autofree char *clean = evidence_clean_line(reason, EVIDENCE_REASON_CHARACTERS), *before = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbTxn) txn = NULL;
	Evidence evidence;

	if (*clean == '\0')
		return refuse(error, "Hãy ghi lý do rút minh chứng.");
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !evidence_find(scope, evidence_id, arena, &evidence, error))
		return false;
	if (evidence.withdrawn_us != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT, "Minh chứng này đã được %s rút trước đó.",
		    evidence.withdrawn_by);
		return false;
	}
	return evidence_state(scope, evidence_id, &before, error) &&
	       set_withdrawn(scope, evidence_id, clean, error) &&
	       evidence_note(scope, evidence_id, LEDGER_CHANGE, before, error) && db_txn_commit(txn, error);
}
