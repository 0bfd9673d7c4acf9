/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_redact.h"

#include "app/app.sql.h"
#include "app/ledger_state.h"
#include "app/sha256.h"
#include "base/app-error.h"
#include "base/json.h"
#include "base/record.h"
#include "base/text.h"

#include <string.h>

struct LedgerRedactions {
	int64_t commune_id;
	GHashTable *pending; /* number → the state that a later row has to have, both owned */
};

bool
ledger_row_is_redacted(const LedgerRow *row)
{
	return row->before == NULL && g_strcmp0(row->after, LEDGER_REDACTED) == 0;
}

/* What the later row says of a row: its hash, and a digest of all of it but its states. The caller's. */
static char *
state_about(int64_t commune_id, const LedgerRow *row)
{
	g_autoptr(GString) bytes = g_string_new(NULL), hash = g_string_new(NULL), digest = g_string_new(NULL);
	GString *out = g_string_new(NULL);
	uint8_t counted[SHA256_BYTES];
	JsonWriter json;

	record_put_i64(bytes, commune_id);
	record_put_i64(bytes, row->seq);
	record_put_i64(bytes, row->at_us);
	record_put_i64(bytes, row->actor.person_id);
	record_put_text(bytes, row->actor.name);
	record_put_text(bytes, row->actor.origin);
	record_put_u8(bytes, (uint8_t)row->action);
	record_put_text(bytes, row->object);
	sha256(bytes->str, bytes->len, counted);
	text_hex_append(hash, row->hash, sizeof(row->hash));
	text_hex_append(digest, counted, sizeof(counted));
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "object", row->object);
	json_key_string(&json, "hash", hash->str);
	json_key_string(&json, "rest", digest->str);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

typedef struct Found {
	Arena *arena;
	GPtrArray *rows; /* of LedgerRow *, newest first */
} Found;

static bool
keep(void *data, const LedgerRow *row)
{
	Found *found = data;
	LedgerRow *copy;

	if (ledger_row_is_redacted(row) || (row->before == NULL && row->after == NULL))
		return true;
	copy = arena_new0(found->arena, LedgerRow);
	*copy = *row;
	copy->actor.name = arena_strdup(found->arena, row->actor.name);
	copy->actor.origin = arena_strdup(found->arena, row->actor.origin);
	copy->object = arena_strdup(found->arena, row->object);
	copy->before = arena_strdup(found->arena, row->before);
	copy->after = arena_strdup(found->arena, row->after);
	g_ptr_array_add(found->rows, copy);
	return true;
}

static bool
check_row(Db *db, int64_t commune_id, const LedgerRow *row, Arena *arena, GError **error)
{
	uint8_t hash[LEDGER_HASH_SIZE];
	LedgerRow previous = {0};

	if (row->seq > 1 && !ledger_find(db, commune_id, row->seq - 1, arena, &previous, error))
		return false;
	ledger_hash(commune_id, row, previous.hash, hash);
	if (memcmp(hash, row->hash, sizeof(hash)) == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "Dòng %" G_GINT64_FORMAT
	    " của nhật ký không còn như lúc ghi, nên không xóa nội dung của nó. Hãy chạy lệnh "
	    "“namro verify” và báo người quản trị.",
	    row->seq);
	return false;
}

static bool
redact_row(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const LedgerRow *row,
    GError **error)
{
	g_autofree char *object = g_strdup_printf(LEDGER_REDACTION_OBJECT "%" G_GINT64_FORMAT, row->seq);
	g_autofree char *state = state_about(commune_id, row);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_LEDGER_REDACT, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_REDACT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, APP_LEDGER_REDACT_P_SEQ, row->seq);
	db_bind_text(stmt, APP_LEDGER_REDACT_P_STATE, LEDGER_REDACTED);
	return db_run(stmt, error) && ledger_note(db, commune_id, actor, now_us,
					  &(LedgerNote){LEDGER_REMOVE, object, NULL, state}, error);
}

bool
ledger_redact_object(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *object,
    int64_t *ret_n, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	Found found = {arena, rows};

	if (!ledger_walk_back(db, commune_id, object, INT64_MAX, keep, &found, error))
		return false;
	/* The newest first: a row is checked against the hash of the one before, which stays. */
	for (guint i = 0; i < rows->len; i++) {
		const LedgerRow *row = g_ptr_array_index(rows, i);

		if (!check_row(db, commune_id, row, arena, error) ||
		    !redact_row(db, commune_id, actor, now_us, row, error))
			return false;
		++*ret_n;
	}
	return true;
}

LedgerRedactions *
ledger_redactions_new(int64_t commune_id)
{
	LedgerRedactions *redactions = g_new0(LedgerRedactions, 1);

	redactions->commune_id = commune_id;
	redactions->pending = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	return redactions;
}

void
ledger_redactions_free(LedgerRedactions *redactions)
{
	if (redactions == NULL)
		return;
	g_hash_table_unref(redactions->pending);
	g_free(redactions);
}

void
ledger_redactions_meet(LedgerRedactions *redactions, const LedgerRow *row)
{
	int64_t *seq = g_new(int64_t, 1);

	*seq = row->seq;
	g_hash_table_insert(redactions->pending, seq, state_about(redactions->commune_id, row));
}

void
ledger_redactions_look(LedgerRedactions *redactions, const LedgerRow *row)
{
	gint64 seq;

	if (g_hash_table_size(redactions->pending) == 0 ||
	    !g_str_has_prefix(row->object, LEDGER_REDACTION_OBJECT) ||
	    !g_ascii_string_to_signed(
		row->object + strlen(LEDGER_REDACTION_OBJECT), 10, 1, G_MAXINT64, &seq, NULL))
		return;
	if (g_strcmp0(g_hash_table_lookup(redactions->pending, &seq), row->after) == 0)
		g_hash_table_remove(redactions->pending, &seq);
}

void
ledger_redactions_report(const LedgerRedactions *redactions, LedgerReport *report)
{
	GHashTableIter iter;
	gpointer seq;

	g_hash_table_iter_init(&iter, redactions->pending);
	while (g_hash_table_iter_next(&iter, &seq, NULL))
		ledger_report_add(report,
		    "Dòng %" G_GINT64_FORMAT ": nội dung đã bị lấy đi mà không có dòng nào sau đó ghi đúng "
		    "việc ấy; dòng này đã bị sửa.",
		    *(const int64_t *)seq);
}
