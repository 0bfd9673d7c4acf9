/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger.h"

#include "app/app.sql.h"
#include "app/sha256.h"
#include "base/app-error.h"
#include "base/record.h"
#include "storage/txn.h"

#include <string.h>

/* Who acts where nobody does: the program itself. */
#define PROGRAM "Chương trình"
#define BY_ITSELF "tự động"

G_STATIC_ASSERT(LEDGER_HASH_SIZE == SHA256_BYTES);
G_STATIC_ASSERT(LEDGER_HASH_SIZE == sizeof(((DbTxnMemory *)NULL)->bytes));

static void
free_string(gpointer string)
{
	g_string_free(string, TRUE);
}

/* Each thread's own, empty: a buffer for each row would cost as much as filling it. */
static GString *
row_buffer(void)
{
	static GPrivate buffers = G_PRIVATE_INIT(free_string);
	GString *buffer = g_private_get(&buffers);

	if (buffer == NULL) {
		buffer = g_string_sized_new(512);
		g_private_set(&buffers, buffer);
	}
	return g_string_truncate(buffer, 0);
}

void
ledger_hash(int64_t commune_id, const LedgerRow *row, const uint8_t previous[static LEDGER_HASH_SIZE],
    uint8_t ret_hash[static LEDGER_HASH_SIZE])
{
	GString *bytes = row_buffer();

	g_string_append_len(bytes, (const char *)previous, LEDGER_HASH_SIZE);
	record_put_i64(bytes, commune_id);
	record_put_i64(bytes, row->seq);
	record_put_i64(bytes, row->at_us);
	record_put_i64(bytes, row->actor.person_id);
	record_put_text(bytes, row->actor.name);
	record_put_text(bytes, row->actor.origin);
	record_put_u8(bytes, (uint8_t)row->action);
	record_put_text(bytes, row->object);
	record_put_text(bytes, row->before);
	record_put_text(bytes, row->after);
	sha256(bytes->str, bytes->len, ret_hash);
}

static void
copy_hash(const DbStmt *stmt, int column, uint8_t hash[static LEDGER_HASH_SIZE])
{
	size_t len;
	const void *bytes = db_column_bytes(stmt, column, &len);

	memset(hash, 0, LEDGER_HASH_SIZE);
	if (len == LEDGER_HASH_SIZE)
		memcpy(hash, bytes, len);
}

/* The last row, where this transaction has written it: nobody else can have added one. */
static bool
recall_head(Db *db, int64_t commune_id, LedgerMark *ret_head)
{
	const DbTxnMemory *memory = db_txn_memory(db);

	if (memory->numbers[0] != commune_id)
		return false;
	*ret_head =
	    (LedgerMark){.commune_id = commune_id, .seq = memory->numbers[1], .at_us = memory->numbers[2]};
	memcpy(ret_head->hash, memory->bytes, LEDGER_HASH_SIZE);
	return true;
}

bool
ledger_head(Db *db, int64_t commune_id, LedgerMark *ret_head, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	/* What is not written yet can only be of the transaction under way. */
	if (db_txn_memory(db)->write != NULL && recall_head(db, commune_id, ret_head))
		return true;
	*ret_head = (LedgerMark){.commune_id = commune_id};
	if (!db_prepare(db, &APP_LEDGER_HEAD, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_HEAD_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		ret_head->seq = db_column_int(stmt, APP_LEDGER_HEAD_C_SEQ);
		ret_head->at_us = db_column_int(stmt, APP_LEDGER_HEAD_C_AT_US);
		copy_hash(stmt, APP_LEDGER_HEAD_C_HASH, ret_head->hash);
	}
	return true;
}

static bool
load_signed(Db *db, int64_t commune_id, LedgerMark *ret_signed, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_signed = (LedgerMark){.commune_id = commune_id};
	if (!db_prepare(db, &APP_LEDGER_LAST_CHECKPOINT, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_LAST_CHECKPOINT_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		ret_signed->seq = db_column_int(stmt, APP_LEDGER_LAST_CHECKPOINT_C_SEQ);
		ret_signed->at_us = db_column_int(stmt, APP_LEDGER_LAST_CHECKPOINT_C_AT_US);
		copy_hash(stmt, APP_LEDGER_LAST_CHECKPOINT_C_HASH, ret_signed->hash);
	}
	return true;
}

bool
ledger_marks(Db *db, int64_t commune_id, LedgerMark *ret_head, LedgerMark *ret_signed, GError **error)
{
	return ledger_head(db, commune_id, ret_head, error) && load_signed(db, commune_id, ret_signed, error);
}

bool
ledger_is_signed_by(Db *db, int64_t commune_id, const LedgerPublicKey *key, bool *ret_is, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	const void *bytes;
	bool has_row;
	size_t len;

	*ret_is = false;
	if (!db_prepare(db, &APP_LEDGER_LAST_CHECKPOINT, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_LAST_CHECKPOINT_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		bytes = db_column_bytes(stmt, APP_LEDGER_LAST_CHECKPOINT_C_PUBLIC_KEY, &len);
		*ret_is = len == sizeof(key->bytes) && memcmp(bytes, key->bytes, len) == 0;
	}
	return true;
}

static bool
insert_row(Db *db, int64_t commune_id, const LedgerRow *row, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_LEDGER_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, APP_LEDGER_INSERT_P_SEQ, row->seq);
	db_bind_int(stmt, APP_LEDGER_INSERT_P_AT_US, row->at_us);
	db_bind_int(stmt, APP_LEDGER_INSERT_P_ACTOR_ID, row->actor.person_id);
	db_bind_text(stmt, APP_LEDGER_INSERT_P_ACTOR, row->actor.name);
	db_bind_text(stmt, APP_LEDGER_INSERT_P_ORIGIN, row->actor.origin);
	db_bind_int(stmt, APP_LEDGER_INSERT_P_ACTION, row->action);
	db_bind_text(stmt, APP_LEDGER_INSERT_P_OBJECT, row->object);
	db_bind_text(stmt, APP_LEDGER_INSERT_P_BEFORE_STATE, row->before);
	db_bind_text(stmt, APP_LEDGER_INSERT_P_AFTER_STATE, row->after);
	db_bind_bytes(stmt, APP_LEDGER_INSERT_P_HASH, row->hash, sizeof(row->hash));
	return db_run_later(stmt, error);
}

/* Of all rows that a transaction or group adds, the last one's place alone is written. */
static bool
put_head(Db *db, GError **error)
{
	const DbTxnMemory *memory = db_txn_memory(db);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_LEDGER_PUT_HEAD, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_PUT_HEAD_P_COMMUNE_ID, memory->numbers[0]);
	db_bind_int(stmt, APP_LEDGER_PUT_HEAD_P_SEQ, memory->numbers[1]);
	db_bind_int(stmt, APP_LEDGER_PUT_HEAD_P_AT_US, memory->numbers[2]);
	db_bind_bytes(stmt, APP_LEDGER_PUT_HEAD_P_HASH, memory->bytes, sizeof(memory->bytes));
	return db_run_later(stmt, error);
}

static void
keep_head(Db *db, int64_t commune_id, const LedgerRow *row)
{
	DbTxnMemory *memory = db_txn_memory(db);

	*memory = (DbTxnMemory){.numbers = {commune_id, row->seq, row->at_us}, .write = put_head};
	memcpy(memory->bytes, row->hash, LEDGER_HASH_SIZE);
}

/* Where the last row is of another commune, its place is written before it is forgotten. */
static bool
find_head(Db *db, int64_t commune_id, LedgerMark *ret_head, GError **error)
{
	return recall_head(db, commune_id, ret_head) ||
	       (db_txn_write_memory(db, error) && ledger_head(db, commune_id, ret_head, error));
}

bool
ledger_append(Db *db, int64_t commune_id, LedgerRow *row, GError **error)
{
	LedgerMark head;

	if (!db_txn_is_writing(db)) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INTERNAL, "a ledger row is written with what it is about");
		return false;
	}
	if (!find_head(db, commune_id, &head, error))
		return false;
	row->seq = head.seq + 1;
	row->at_us = MAX(row->at_us, head.at_us);
	ledger_hash(commune_id, row, head.hash, row->hash);
	if (!insert_row(db, commune_id, row, error))
		return false;
	keep_head(db, commune_id, row);
	return true;
}

bool
ledger_note(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const LedgerNote *note,
    GError **error)
{
	const char *nobody = actor->origin != NULL ? LEDGER_NOBODY : PROGRAM;
	LedgerRow row = {.at_us = now_us,
	    .actor = {actor->person_id, actor->name != NULL ? actor->name : nobody,
		actor->origin != NULL ? actor->origin : BY_ITSELF},
	    .action = note->action,
	    .object = note->object,
	    .before = note->before,
	    .after = note->after};

	return ledger_append(db, commune_id, &row, error);
}

static bool
put_checkpoint(Db *db, const LedgerMark *mark, const LedgerKey *key, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t signature[LEDGER_SIGNATURE_SIZE];

	if (!db_prepare(db, &APP_LEDGER_PUT_CHECKPOINT, &stmt, error))
		return false;
	ledger_mark_sign(mark, key, signature);
	db_bind_int(stmt, APP_LEDGER_PUT_CHECKPOINT_P_COMMUNE_ID, mark->commune_id);
	db_bind_int(stmt, APP_LEDGER_PUT_CHECKPOINT_P_SEQ, mark->seq);
	db_bind_int(stmt, APP_LEDGER_PUT_CHECKPOINT_P_AT_US, mark->at_us);
	db_bind_bytes(stmt, APP_LEDGER_PUT_CHECKPOINT_P_HASH, mark->hash, sizeof(mark->hash));
	db_bind_bytes(
	    stmt, APP_LEDGER_PUT_CHECKPOINT_P_PUBLIC_KEY, key->public_key.bytes, sizeof(key->public_key));
	db_bind_bytes(stmt, APP_LEDGER_PUT_CHECKPOINT_P_SIGNATURE, signature, sizeof(signature));
	return db_run(stmt, error);
}

bool
ledger_sign(Db *db, int64_t commune_id, const LedgerKey *key, int64_t now_us, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	LedgerMark mark, last;

	if (!ledger_marks(db, commune_id, &mark, &last, error))
		return false;
	if (mark.seq == last.seq)
		return true;
	if (!db_txn_begin(db, &txn, error) || !ledger_head(db, commune_id, &mark, error))
		return false;
	db_txn_keep_version(txn);
	mark.at_us = MAX(now_us, mark.at_us);
	return put_checkpoint(db, &mark, key, error) && db_txn_commit(txn, error);
}
