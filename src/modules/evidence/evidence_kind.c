/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_kind.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/evidence/evidence.sql.h"
#include "storage/db_day.h"
#include "storage/txn.h"

#include <string.h>

DatedSpan
evidence_kind_days(const EvidenceKind *kind)
{
	return (DatedSpan){kind->valid_from, kind->valid_to};
}

bool
evidence_kind_is_on(const EvidenceKind *kind, int32_t day)
{
	return dated_is_on(evidence_kind_days(kind), day);
}

bool
evidence_kinds_all(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_kinds, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_KIND_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_KIND_LIST_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		EvidenceKind *kind = arena_new0(arena, EvidenceKind);

		kind->kind = arena_strdup(arena, db_column_text(stmt, EVIDENCE_KIND_LIST_C_KIND));
		kind->title = arena_strdup(arena, db_column_text(stmt, EVIDENCE_KIND_LIST_C_TITLE));
		kind->needs_number = db_column_int(stmt, EVIDENCE_KIND_LIST_C_NEEDS_NUMBER) != 0;
		kind->position = db_column_int(stmt, EVIDENCE_KIND_LIST_C_POSITION);
		kind->valid_from = db_column_day(stmt, EVIDENCE_KIND_LIST_C_VALID_FROM);
		kind->valid_to = db_column_day(stmt, EVIDENCE_KIND_LIST_C_VALID_TO);
		kind->source = arena_strdup(arena, db_column_text(stmt, EVIDENCE_KIND_LIST_C_SOURCE));
		kind->is_own = db_column_int(stmt, EVIDENCE_KIND_LIST_C_IS_OWN) != 0;
		g_ptr_array_add(ret_kinds, kind);
	}
	return !has_row;
}

static char *
state_of(const EvidenceKind *kind)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "title", kind->title);
	json_key(&json, "needs_number");
	json_bool(&json, kind->needs_number);
	json_key_int(&json, "position", kind->position);
	json_key_day(&json, "from", kind->valid_from);
	json_key_day(&json, "to", kind->valid_to);
	json_key_string(&json, "source", kind->source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

/* before: as the ledger has it; NULL: it has nothing of it. */
static bool
put(const EvidenceScope *scope, const EvidenceKind *before, const EvidenceKind *after, GError **error)
{
	g_autofree char *object = g_strconcat("evidence-kind/", after->kind, NULL);
	g_autofree char *was = before != NULL ? state_of(before) : NULL, *is = state_of(after);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_KIND_PUT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_KIND_PUT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_KIND_PUT_P_KIND, after->kind);
	db_bind_text(stmt, EVIDENCE_KIND_PUT_P_TITLE, after->title);
	db_bind_int(stmt, EVIDENCE_KIND_PUT_P_NEEDS_NUMBER, after->needs_number);
	db_bind_int(stmt, EVIDENCE_KIND_PUT_P_POSITION, after->position);
	if (after->valid_from != DATE_NONE)
		db_bind_int(stmt, EVIDENCE_KIND_PUT_P_VALID_FROM, after->valid_from);
	if (after->valid_to != DATE_NONE)
		db_bind_int(stmt, EVIDENCE_KIND_PUT_P_VALID_TO, after->valid_to);
	db_bind_text(stmt, EVIDENCE_KIND_PUT_P_SOURCE, after->source);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){was != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, was, is}, error);
}

static const EvidenceKind *
find(const GPtrArray *kinds, const char *word)
{
	for (guint i = 0; i < kinds->len; i++)
		if (strcmp(((const EvidenceKind *)g_ptr_array_index(kinds, i))->kind, word) == 0)
			return g_ptr_array_index(kinds, i);
	return NULL;
}

static bool
is_taken(const void *kinds, const char *word)
{
	return find(kinds, word) != NULL;
}

static bool
has_double(const GPtrArray *kinds, const EvidenceKind *told)
{
	for (guint i = 0; i < kinds->len; i++) {
		const EvidenceKind *other = g_ptr_array_index(kinds, i);

		if (dated_is_same_name(other->title, told->title) &&
		    dated_meets(evidence_kind_days(other), told->valid_from))
			return true;
	}
	return false;
}

static const char *
check_new(const GPtrArray *kinds, const EvidenceKind *told, Arena *arena, int32_t today)
{
	const char *problem = dated_check_first_day(told->valid_from, today);

	if (*dated_word_make(arena, told->title, is_taken, kinds) == '\0')
		return "Tên loại minh chứng: hãy ghi tên.";
	if (strlen(told->title) > EVIDENCE_KIND_TITLE_BYTES_MAX)
		return "Tên loại minh chứng: quá dài (tối đa 200 byte, khoảng 150 chữ).";
	if (problem != NULL)
		return problem;
	if (has_double(kinds, told))
		return "Tên loại minh chứng: đã có loại cùng tên đang dùng vào ngày này.";
	if (kinds->len >= EVIDENCE_KINDS_MAX)
		return "Đã có quá nhiều loại minh chứng.";
	return dated_check_source(told->source);
}

bool
evidence_kind_add(const EvidenceScope *scope, const EvidenceKind *told, Arena *arena,
    const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	EvidenceKind added = *told;

	if (!db_txn_begin(scope->db, &txn, error) || !evidence_kinds_all(scope, arena, kinds, error))
		return false;
	*ret_problem = check_new(kinds, told, arena, instant_day(scope->now_us));
	if (*ret_problem != NULL)
		return true;
	added.kind = dated_word_make(arena, told->title, is_taken, kinds);
	added.valid_to = DATE_NONE;
	added.position = 0;
	for (guint i = 0; i < kinds->len; i++)
		added.position =
		    MAX(added.position, ((const EvidenceKind *)g_ptr_array_index(kinds, i))->position);
	added.position++;
	return put(scope, NULL, &added, error) && db_txn_commit(txn, error);
}

static bool
is_another_on(const GPtrArray *kinds, const EvidenceKind *kind, int32_t day)
{
	for (guint i = 0; i < kinds->len; i++)
		if (g_ptr_array_index(kinds, i) != kind &&
		    evidence_kind_is_on(g_ptr_array_index(kinds, i), day))
			return true;
	return false;
}

static const char *
check_end(
    const GPtrArray *kinds, const EvidenceKind *kind, int32_t last_day, const char *source, int32_t today)
{
	const DatedSpan days = evidence_kind_days(kind);
	const char *problem = dated_check_last_day(days, last_day, today);

	if (dated_standing(days, today) == DATED_OVER)
		return "Loại minh chứng này đã thôi dùng.";
	if (problem != NULL)
		return problem;
	if (!is_another_on(kinds, kind, last_day + 1))
		return "Phải còn ít nhất một loại minh chứng để nộp; hãy thêm loại khác trước.";
	return dated_check_source(source);
}

bool
evidence_kind_end(const EvidenceScope *scope, const char *kind, int32_t last_day, const char *source,
    Arena *arena, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	const EvidenceKind *found;
	EvidenceKind ended;

	if (!db_txn_begin(scope->db, &txn, error) || !evidence_kinds_all(scope, arena, kinds, error))
		return false;
	found = find(kinds, kind);
	if (found == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có loại minh chứng \"%s\"", kind);
		return false;
	}
	*ret_problem = check_end(kinds, found, last_day, source, instant_day(scope->now_us));
	if (*ret_problem != NULL)
		return true;
	ended = *found;
	ended.valid_to = last_day;
	ended.source = dated_ended_source(arena, found->source, source);
	return put(scope, found->is_own ? found : NULL, &ended, error) && db_txn_commit(txn, error);
}

bool
evidence_kinds_verify(const EvidenceScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();

	if (!evidence_kinds_all(scope, arena, kinds, error))
		return false;
	for (guint i = 0; i < kinds->len; i++) {
		const EvidenceKind *kind = g_ptr_array_index(kinds, i);
		g_autofree char *object = g_strconcat("evidence-kind/", kind->kind, NULL);
		g_autofree char *state = state_of(kind), *noted = NULL;

		/* One of the program's was noted if it had been ended, and somebody took the row away. */
		if (!kind->is_own && !ledger_last_state(scope->db, scope->commune_id, object, &noted, error))
			return false;
		if ((kind->is_own || noted != NULL) &&
		    !ledger_check_state(scope->db, scope->commune_id, object, state, report, error))
			return false;
	}
	return true;
}
