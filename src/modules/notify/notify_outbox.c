/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify.sql.h"
#include "modules/notify/notify_internal.h"

#include "app/secret.h"
#include "base/app-error.h"
#include "base/json.h"
#include "storage/txn.h"

#include <string.h>

/* Deliveries: made of messages, taken, finished. */

#define MAILS_AT_ONCE 200

const char *const NOTIFY_CHANNEL_LABELS[NOTIFY_CHANNEL_MAX] = {
    [NOTIFY_MAIL] = "Thư điện tử", [NOTIFY_HOOK] = "Cổng nhận tin"};

const char *const NOTIFY_STATE_LABELS[NOTIFY_STATE_MAX] = {
    [NOTIFY_WAITING] = "Chờ gửi",
    [NOTIFY_SENDING] = "Đang gửi",
    [NOTIFY_SENT] = "Đã gửi",
    [NOTIFY_REFUSED] = "Không nhận",
    [NOTIFY_GIVEN_UP] = "Không gửi được",
};

typedef struct Outgoing {
	NotifyChannel channel;
	int64_t person_id;
	const char *address, *answer;
	NotifyState state;
	int64_t next_us;
} Outgoing;

static bool
insert_delivery(
    Db *db, int64_t commune_id, const Outgoing *outgoing, int64_t now_us, int64_t *ret_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	char token[SECRET_TEXT_SIZE];
	bool has_row;

	secret_make_token(token);
	if (!db_prepare(db, &NOTIFY_INSERT_DELIVERY, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_CHANNEL, outgoing->channel);
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_PERSON_ID, outgoing->person_id);
	db_bind_text(stmt, NOTIFY_INSERT_DELIVERY_P_ADDRESS, outgoing->address);
	db_bind_text(stmt, NOTIFY_INSERT_DELIVERY_P_TOKEN, token);
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_STATE, outgoing->state);
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_CREATED_US, now_us);
	db_bind_int(stmt, NOTIFY_INSERT_DELIVERY_P_NEXT_US, outgoing->next_us);
	db_bind_text(stmt, NOTIFY_INSERT_DELIVERY_P_ANSWER, outgoing->answer);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_id = db_column_int(stmt, NOTIFY_INSERT_DELIVERY_C_DELIVERY_ID);
	return true;
}

bool
notify_make_call(Db *db, int64_t commune_id, int64_t person_id, int64_t message_id, bool is_urgent,
    int64_t now_us, GError **error)
{
	g_auto(NotifySettings) settings = {0};
	g_autoptr(DbStmt) stmt = NULL;
	Outgoing outgoing = {NOTIFY_HOOK, person_id, "", "", NOTIFY_WAITING, now_us};
	int64_t delivery_id;

	if (!notify_settings_read(db, commune_id, &settings, error))
		return false;
	if (!is_urgent)
		outgoing.next_us = notify_not_quiet(&settings, now_us);
	if (!insert_delivery(db, commune_id, &outgoing, now_us, &delivery_id, error) ||
	    !db_prepare(db, &NOTIFY_INSERT_PART, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_INSERT_PART_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_INSERT_PART_P_DELIVERY_ID, delivery_id);
	db_bind_int(stmt, NOTIFY_INSERT_PART_P_MESSAGE_ID, message_id);
	return db_run(stmt, error);
}

static bool
take_messages(
    Db *db, int64_t commune_id, int64_t delivery_id, int64_t person_id, int64_t before_us, GError **error)
{
	g_autoptr(DbStmt) parts = NULL, taken = NULL;

	if (!db_prepare(db, &NOTIFY_TAKE_MAIL, &parts, error) ||
	    !db_prepare(db, &NOTIFY_TAKEN_MAIL, &taken, error))
		return false;
	db_bind_int(parts, NOTIFY_TAKE_MAIL_P_COMMUNE_ID, commune_id);
	db_bind_int(parts, NOTIFY_TAKE_MAIL_P_DELIVERY_ID, delivery_id);
	db_bind_int(parts, NOTIFY_TAKE_MAIL_P_PERSON_ID, person_id);
	db_bind_int(parts, NOTIFY_TAKE_MAIL_P_BEFORE_US, before_us);
	db_bind_int(taken, NOTIFY_TAKEN_MAIL_P_COMMUNE_ID, commune_id);
	db_bind_int(taken, NOTIFY_TAKEN_MAIL_P_PERSON_ID, person_id);
	db_bind_int(taken, NOTIFY_TAKEN_MAIL_P_BEFORE_US, before_us);
	return db_run(parts, error) && db_run(taken, error);
}

typedef struct Reader {
	int64_t person_id;
	char *email;
} Reader;

static void
reader_free(gpointer data)
{
	Reader *reader = data;

	g_free(reader->email);
	g_free(reader);
}

static bool
list_due(Db *db, int64_t commune_id, int64_t before_us, GPtrArray *readers, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_DUE_PEOPLE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_DUE_PEOPLE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_DUE_PEOPLE_P_BEFORE_US, before_us);
	db_bind_int(stmt, NOTIFY_DUE_PEOPLE_P_SIZE, MAILS_AT_ONCE);
	for (;;) {
		Reader *reader;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		reader = g_new0(Reader, 1);
		reader->person_id = db_column_int(stmt, NOTIFY_DUE_PEOPLE_C_PERSON_ID);
		reader->email = g_strdup(db_column_text(stmt, NOTIFY_DUE_PEOPLE_C_EMAIL));
		g_ptr_array_add(readers, reader);
	}
}

static bool
make_mail(Db *db, int64_t commune_id, const NotifySettings *settings, const Reader *reader, int64_t before_us,
    int64_t now_us, GError **error)
{
	bool has_address = notify_address_is_valid(reader->email);
	const Outgoing outgoing = {.channel = NOTIFY_MAIL,
	    .person_id = reader->person_id,
	    .address = reader->email,
	    .answer = has_address ? "" : "người này chưa có địa chỉ thư điện tử dùng được",
	    .state = has_address ? NOTIFY_WAITING : NOTIFY_REFUSED,
	    .next_us = notify_not_quiet(settings, now_us)};
	int64_t delivery_id;

	return insert_delivery(db, commune_id, &outgoing, now_us, &delivery_id, error) &&
	       take_messages(db, commune_id, delivery_id, reader->person_id, before_us, error);
}

bool
notify_make_mails(
    Db *db, int64_t commune_id, const NotifySettings *settings, int64_t now_us, int *ret_n, GError **error)
{
	int64_t before_us = notify_digest_slot(settings, now_us);
	g_autoptr(GPtrArray) readers = g_ptr_array_new_with_free_func(reader_free);
	g_autoptr(DbTxn) txn = NULL;

	*ret_n = 0;
	if (!list_due(db, commune_id, before_us, readers, error))
		return false;
	if (readers->len == 0)
		return true;
	if (!db_txn_begin(db, &txn, error))
		return false;
	for (guint i = 0; i < readers->len; i++)
		if (!make_mail(
			db, commune_id, settings, g_ptr_array_index(readers, i), before_us, now_us, error))
			return false;
	*ret_n = (int)readers->len;
	return db_txn_commit(txn, error);
}

static bool
set_state(Db *db, int64_t commune_id, const NotifyDelivery *delivery, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &NOTIFY_SET_STATE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_SET_STATE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_SET_STATE_P_DELIVERY_ID, delivery->delivery_id);
	db_bind_int(stmt, NOTIFY_SET_STATE_P_STATE, delivery->state);
	db_bind_int(stmt, NOTIFY_SET_STATE_P_ATTEMPTS, delivery->attempts);
	db_bind_int(stmt, NOTIFY_SET_STATE_P_NEXT_US, delivery->next_us);
	if (delivery->done_us != 0)
		db_bind_int(stmt, NOTIFY_SET_STATE_P_DONE_US, delivery->done_us);
	db_bind_text(stmt, NOTIFY_SET_STATE_P_ANSWER, delivery->answer);
	return db_run(stmt, error);
}

static bool
find_next(Db *db, int64_t commune_id, int64_t now_us, Arena *arena, NotifyDelivery *delivery, bool *ret_found,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &NOTIFY_NEXT_DELIVERY, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_NEXT_DELIVERY_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_NEXT_DELIVERY_P_STATE, NOTIFY_WAITING);
	db_bind_int(stmt, NOTIFY_NEXT_DELIVERY_P_NOW_US, now_us);
	if (!db_step(stmt, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	*delivery = (NotifyDelivery){.delivery_id = db_column_int(stmt, NOTIFY_NEXT_DELIVERY_C_DELIVERY_ID),
	    .channel = (NotifyChannel)db_column_int(stmt, NOTIFY_NEXT_DELIVERY_C_CHANNEL),
	    .person_id = db_column_int(stmt, NOTIFY_NEXT_DELIVERY_C_PERSON_ID),
	    .address = arena_strdup(arena, db_column_text(stmt, NOTIFY_NEXT_DELIVERY_C_ADDRESS)),
	    .token = arena_strdup(arena, db_column_text(stmt, NOTIFY_NEXT_DELIVERY_C_TOKEN)),
	    .attempts = (int)db_column_int(stmt, NOTIFY_NEXT_DELIVERY_C_ATTEMPTS),
	    .next_us = now_us,
	    .answer = ""};
	return true;
}

static bool
list_parts(Db *db, int64_t commune_id, Arena *arena, NotifyParcel *parcel, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_LIST_PARTS, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_PARTS_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_LIST_PARTS_P_DELIVERY_ID, parcel->delivery.delivery_id);
	for (;;) {
		NotifyMessage *message;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		message = arena_new0(arena, NotifyMessage);
		message->message_id = db_column_int(stmt, NOTIFY_LIST_PARTS_C_MESSAGE_ID);
		message->subject = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_PARTS_C_SUBJECT));
		message->body = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_PARTS_C_BODY));
		message->path = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_PARTS_C_PATH));
		message->is_urgent = db_column_int(stmt, NOTIFY_LIST_PARTS_C_IS_URGENT) != 0;
		message->created_us = db_column_int(stmt, NOTIFY_LIST_PARTS_C_CREATED_US);
		parcel->delivery.name = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_PARTS_C_NAME));
		g_ptr_array_add(parcel->messages, message);
	}
}

bool
notify_take_next(Db *db, int64_t commune_id, int64_t now_us, Arena *arena, NotifyParcel *ret_parcel,
    bool *ret_found, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	/* Looked for outside of a transaction: most of the time there is none, and nothing is written. */
	if (!find_next(db, commune_id, now_us, arena, &ret_parcel->delivery, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	ret_parcel->now_us = now_us;
	ret_parcel->delivery.state = NOTIFY_SENDING;
	ret_parcel->delivery.attempts++;
	return db_txn_begin(db, &txn, error) && list_parts(db, commune_id, arena, ret_parcel, error) &&
	       set_state(db, commune_id, &ret_parcel->delivery, error) && db_txn_commit(txn, error);
}

static bool
note(Db *db, int64_t commune_id, const LedgerActor *actor, const NotifyDelivery *delivery, int64_t now_us,
    LedgerAction action, GError **error)
{
	g_autofree char *object = g_strdup_printf("notice/%" G_GINT64_FORMAT, delivery->delivery_id);
	g_autoptr(GString) state = g_string_new(NULL);
	const LedgerNote note = {action, object, NULL, NULL};
	LedgerNote row = note;
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "channel", NOTIFY_CHANNEL_LABELS[delivery->channel]);
	json_key_int(&json, "person", delivery->person_id);
	json_key_string(&json, "state", NOTIFY_STATE_LABELS[delivery->state]);
	json_key_int(&json, "attempts", delivery->attempts);
	json_end_object(&json);
	row.after = state->str;
	return ledger_note(db, commune_id, actor, now_us, &row, error);
}

static bool
postpone(Db *db, int64_t commune_id, NotifyChannel channel, int64_t now_us, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &NOTIFY_POSTPONE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_POSTPONE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_POSTPONE_P_CHANNEL, channel);
	db_bind_int(stmt, NOTIFY_POSTPONE_P_NOW_US, now_us);
	db_bind_int(stmt, NOTIFY_POSTPONE_P_UNTIL_US, now_us + notify_backoff_us(1));
	return db_run(stmt, error);
}

bool
notify_finish(Db *db, int64_t commune_id, const NotifyDelivery *delivery, const NotifyOutcome *outcome,
    int64_t now_us, GError **error)
{
	static const LedgerActor PROGRAM = {.name = "thông báo"};
	NotifyDelivery after = *delivery;
	int64_t backoff_us = notify_backoff_us(delivery->attempts);
	g_autoptr(DbTxn) txn = NULL;

	after.answer = outcome->answer;
	after.state = outcome->state == NOTIFY_WAITING && backoff_us == 0 ? NOTIFY_GIVEN_UP : outcome->state;
	after.next_us = now_us + backoff_us;
	if (after.state != NOTIFY_WAITING)
		after.done_us = now_us;
	return db_txn_begin(db, &txn, error) && set_state(db, commune_id, &after, error) &&
	       (!outcome->is_away || postpone(db, commune_id, delivery->channel, now_us, error)) &&
	       (after.state == NOTIFY_WAITING ||
		   note(db, commune_id, &PROGRAM, &after, now_us, LEDGER_EXPORT, error)) &&
	       db_txn_commit(txn, error);
}

bool
notify_resume(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(db, &txn, error) || !db_prepare(db, &NOTIFY_RESUME, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_RESUME_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_RESUME_P_FROM_STATE, NOTIFY_SENDING);
	db_bind_int(stmt, NOTIFY_RESUME_P_TO_STATE, NOTIFY_WAITING);
	return db_run(stmt, error) && db_txn_commit(txn, error);
}

static bool
find_delivery(Db *db, int64_t commune_id, int64_t delivery_id, NotifyDelivery *ret_delivery, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_FIND_DELIVERY, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_FIND_DELIVERY_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_FIND_DELIVERY_P_DELIVERY_ID, delivery_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có lần gửi này");
		return false;
	}
	*ret_delivery = (NotifyDelivery){.delivery_id = delivery_id,
	    .person_id = db_column_int(stmt, NOTIFY_FIND_DELIVERY_C_PERSON_ID),
	    .channel = (NotifyChannel)db_column_int(stmt, NOTIFY_FIND_DELIVERY_C_CHANNEL),
	    .state = NOTIFY_WAITING};
	return true;
}

static bool
find_email(Db *db, int64_t commune_id, int64_t person_id, char **ret_email, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_FIND_EMAIL, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_FIND_EMAIL_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_FIND_EMAIL_P_PERSON_ID, person_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_email = g_strdup(has_row ? db_column_text(stmt, NOTIFY_FIND_EMAIL_C_EMAIL) : "");
	return true;
}

bool
notify_retry(
    Db *db, int64_t commune_id, const LedgerActor *actor, int64_t delivery_id, int64_t now_us, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autofree char *email = NULL;
	NotifyDelivery delivery;

	if (!db_txn_begin(db, &txn, error) || !find_delivery(db, commune_id, delivery_id, &delivery, error) ||
	    !find_email(db, commune_id, delivery.person_id, &email, error) ||
	    !db_prepare(db, &NOTIFY_RETRY, &stmt, error))
		return false;
	if (delivery.channel == NOTIFY_MAIL && !notify_address_is_valid(email)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "người này chưa có địa chỉ thư điện tử dùng được; hãy ghi địa chỉ ở trang của người đó "
		    "rồi "
		    "gửi lại");
		return false;
	}
	db_bind_int(stmt, NOTIFY_RETRY_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_RETRY_P_DELIVERY_ID, delivery_id);
	db_bind_text(stmt, NOTIFY_RETRY_P_ADDRESS, delivery.channel == NOTIFY_MAIL ? email : "");
	db_bind_int(stmt, NOTIFY_RETRY_P_NOW_US, now_us);
	if (!db_run(stmt, error))
		return false;
	if (db_changes(db) == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "lần gửi này đang chờ, đang gửi hoặc đã gửi xong; không gửi lại");
		return false;
	}
	return note(db, commune_id, actor, &delivery, now_us, LEDGER_CHANGE, error) &&
	       db_txn_commit(txn, error);
}
