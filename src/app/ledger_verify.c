/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.sql.h"
#include "app/ledger.h"
#include "app/ledger_redact.h"
#include "storage/txn.h"

#include <string.h>

/* A signed hash that is waiting for its row. */
typedef struct Checkpoint {
	LedgerMark mark;
	bool is_met;
} Checkpoint;

/* From this row on the ledger is signed with another key. */
typedef struct KeyBeginning {
	int64_t seq;
	LedgerPublicKey key;
} KeyBeginning;

typedef struct Verifier {
	int64_t commune_id;
	LedgerReport *report;
	LedgerMark last;     /* the row before */
	GArray *keys;        /* of KeyBeginning, the newest first */
	GArray *checkpoints; /* of Checkpoint, by number */
	guint next;          /* the first one not passed yet */
	LedgerRedactions *redactions;
} Verifier;

void
ledger_report_begin(LedgerReport *report)
{
	*report =
	    (LedgerReport){.problems = g_ptr_array_new_with_free_func(g_free), .noted = ledger_noted_new()};
}

void
ledger_report_clear(LedgerReport *report)
{
	g_clear_pointer(&report->problems, g_ptr_array_unref);
	g_clear_pointer(&report->claims, ledger_claims_free);
	g_clear_pointer(&report->noted, ledger_noted_free);
}

void
ledger_report_add(LedgerReport *report, const char *format, ...)
{
	va_list arguments;

	if (report->problems->len >= LEDGER_PROBLEMS_MAX)
		return;
	va_start(arguments, format);
	g_ptr_array_add(report->problems, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

static void
check_against_checkpoints(Verifier *verifier, const LedgerRow *row)
{
	while (verifier->next < verifier->checkpoints->len) {
		Checkpoint *checkpoint = &g_array_index(verifier->checkpoints, Checkpoint, verifier->next);

		if (checkpoint->mark.seq > row->seq)
			return;
		verifier->next++;
		if (checkpoint->mark.seq < row->seq)
			continue;
		checkpoint->is_met = true;
		if (memcmp(checkpoint->mark.hash, row->hash, LEDGER_HASH_SIZE) != 0)
			ledger_report_add(verifier->report,
			    "Dòng %" G_GINT64_FORMAT
			    ": nội dung khác với lúc được ký; nhật ký đã bị viết lại.",
			    row->seq);
	}
}

static bool
visit(void *data, const LedgerRow *row)
{
	Verifier *verifier = data;
	LedgerReport *report = verifier->report;
	uint8_t hash[LEDGER_HASH_SIZE];

	if (row->seq != verifier->last.seq + 1)
		ledger_report_add(report,
		    "Dòng %" G_GINT64_FORMAT ": ngay trước đó là dòng %" G_GINT64_FORMAT
		    "; có dòng bị xóa hoặc bị chèn.",
		    row->seq, verifier->last.seq);
	ledger_hash(verifier->commune_id, row, verifier->last.hash, hash);
	if (memcmp(hash, row->hash, sizeof(hash)) != 0 && ledger_row_is_redacted(row))
		ledger_redactions_meet(verifier->redactions, row);
	else if (memcmp(hash, row->hash, sizeof(hash)) != 0)
		ledger_report_add(report,
		    "Dòng %" G_GINT64_FORMAT
		    ": mã băm không khớp; dòng này hoặc dòng ngay trước đã bị sửa, đổi chỗ hoặc xóa.",
		    row->seq);
	if (row->at_us < verifier->last.at_us)
		ledger_report_add(report,
		    "Dòng %" G_GINT64_FORMAT ": thời điểm sớm hơn dòng trước; ngày giờ đã bị lùi.", row->seq);
	ledger_redactions_look(verifier->redactions, row);
	ledger_noted_put(report->noted, row->object, row->after);
	check_against_checkpoints(verifier, row);
	verifier->last.seq = row->seq;
	verifier->last.at_us = row->at_us;
	memcpy(verifier->last.hash, row->hash, LEDGER_HASH_SIZE);
	report->n_rows++;
	return true;
}

static bool
take_bytes(const DbStmt *stmt, int column, uint8_t *bytes, size_t size)
{
	size_t len;
	const void *value = db_column_bytes(stmt, column, &len);

	if (len != size)
		return false;
	memcpy(bytes, value, size);
	return true;
}

static bool
take_key(void *data, const LedgerRow *row)
{
	static const char NAME[] = "\"public_key\":\"";
	GArray *keys = data;
	const char *at = row->after != NULL ? strstr(row->after, NAME) : NULL;
	KeyBeginning beginning = {.seq = row->seq};

	if (at != NULL && ledger_public_key_parse(at + strlen(NAME), &beginning.key))
		g_array_append_val(keys, beginning);
	return true;
}

/* The key that a row was to be signed with. The last one that the ledger names has to be the directory's own.
 */
static const LedgerPublicKey *
key_at(const Verifier *verifier, int64_t seq, const LedgerPublicKey *wanted)
{
	for (guint i = 0; i < verifier->keys->len; i++) {
		const KeyBeginning *beginning = &g_array_index(verifier->keys, KeyBeginning, i);

		if (beginning->seq <= seq)
			return i == 0 ? wanted : &beginning->key;
	}
	return wanted;
}

static void
check_signature(Verifier *verifier, const DbStmt *stmt, const LedgerPublicKey *wanted)
{
	Checkpoint checkpoint = {.mark = {.commune_id = verifier->commune_id,
				     .seq = db_column_int(stmt, APP_LEDGER_CHECKPOINTS_C_SEQ),
				     .at_us = db_column_int(stmt, APP_LEDGER_CHECKPOINTS_C_AT_US)}};
	uint8_t signature[LEDGER_SIGNATURE_SIZE];
	LedgerPublicKey key;

	if (wanted != NULL)
		wanted = key_at(verifier, checkpoint.mark.seq, wanted);
	verifier->report->n_checkpoints++;
	if (!take_bytes(stmt, APP_LEDGER_CHECKPOINTS_C_HASH, checkpoint.mark.hash, LEDGER_HASH_SIZE) ||
	    !take_bytes(stmt, APP_LEDGER_CHECKPOINTS_C_PUBLIC_KEY, key.bytes, sizeof(key.bytes)) ||
	    !take_bytes(stmt, APP_LEDGER_CHECKPOINTS_C_SIGNATURE, signature, sizeof(signature)) ||
	    !ledger_mark_verify(&checkpoint.mark, &key, signature))
		ledger_report_add(verifier->report,
		    "Điểm ký tại dòng %" G_GINT64_FORMAT ": chữ ký không đúng.", checkpoint.mark.seq);
	else if (wanted != NULL && memcmp(wanted, &key, sizeof(key)) != 0)
		ledger_report_add(verifier->report,
		    "Điểm ký tại dòng %" G_GINT64_FORMAT
		    ": ký bằng khóa khác với khóa của thư mục dữ liệu này.",
		    checkpoint.mark.seq);
	else
		g_array_append_val(verifier->checkpoints, checkpoint);
}

static bool
load_checkpoints(Db *db, Verifier *verifier, const LedgerPublicKey *key, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &APP_LEDGER_CHECKPOINTS, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_CHECKPOINTS_P_COMMUNE_ID, verifier->commune_id);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		check_signature(verifier, stmt, key);
	}
}

static bool
check_head(Db *db, const Verifier *verifier, GError **error)
{
	LedgerMark head;

	if (!ledger_head(db, verifier->commune_id, &head, error))
		return false;
	if (head.seq != verifier->last.seq || memcmp(head.hash, verifier->last.hash, sizeof(head.hash)) != 0)
		ledger_report_add(verifier->report,
		    "Cuối nhật ký: dòng cuối phải là dòng %" G_GINT64_FORMAT
		    ", nhưng gặp dòng %" G_GINT64_FORMAT "; phần cuối đã bị cắt hoặc thay.",
		    head.seq, verifier->last.seq);
	return true;
}

static void
check_met(const Verifier *verifier)
{
	for (guint i = 0; i < verifier->checkpoints->len; i++) {
		const Checkpoint *checkpoint = &g_array_index(verifier->checkpoints, Checkpoint, i);

		if (!checkpoint->is_met)
			ledger_report_add(verifier->report,
			    "Dòng %" G_GINT64_FORMAT " đã được ký nhưng không còn trong nhật ký.",
			    checkpoint->mark.seq);
	}
}

static bool
verify(Db *db, Verifier *verifier, const LedgerPublicKey *key, GError **error)
{
	int64_t commune_id = verifier->commune_id;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin_read(db, &txn, error) ||
	    !ledger_walk_back(
		db, commune_id, LEDGER_SIGNING_OBJECT, INT64_MAX, take_key, verifier->keys, error) ||
	    !load_checkpoints(db, verifier, key, error) ||
	    !ledger_walk(db, commune_id, visit, verifier, error) || !check_head(db, verifier, error))
		return false;
	check_met(verifier);
	ledger_redactions_report(verifier->redactions, verifier->report);
	memcpy(verifier->report->head, verifier->last.hash, LEDGER_HASH_SIZE);
	return db_txn_commit(txn, error);
}

bool
ledger_verify_chain(
    Db *db, int64_t commune_id, const LedgerPublicKey *key, LedgerReport *report, GError **error)
{
	g_autoptr(GArray) checkpoints = g_array_new(FALSE, FALSE, sizeof(Checkpoint));
	g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(KeyBeginning));
	g_autoptr(LedgerRedactions) redactions = ledger_redactions_new(commune_id);
	Verifier verifier = {.commune_id = commune_id,
	    .report = report,
	    .keys = keys,
	    .checkpoints = checkpoints,
	    .redactions = redactions};
	bool is_ok = verify(db, &verifier, key, error);

	ledger_noted_end(report->noted);
	return is_ok;
}

bool
ledger_verify(
    Db *db, int64_t commune_id, const LedgerPublicKey *key, LedgerReport *ret_report, GError **error)
{
	ledger_report_begin(ret_report);
	return ledger_verify_chain(db, commune_id, key, ret_report, error);
}

bool
ledger_check_state(
    Db *db, int64_t commune_id, const char *object, const char *state, LedgerReport *report, GError **error)
{
	g_autofree char *noted = NULL;

	if (report->claims != NULL) {
		ledger_claims_put(report->claims, object, state);
		return true;
	}
	if (report->noted != NULL && ledger_noted_is(report->noted, object, state))
		return true;
	if (!ledger_last_state(db, commune_id, object, &noted, error))
		return false;
	if (noted == NULL)
		ledger_report_add(report, "%s: có trong dữ liệu nhưng nhật ký không ghi nhận.", object);
	else if (strcmp(noted, state) != 0)
		ledger_report_add(report,
		    "%s: dữ liệu khác với lần ghi nhận cuối trong nhật ký (dữ liệu: %s; nhật ký: %s).",
		    object, state, noted);
	return true;
}
