/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify.sql.h"
#include "modules/notify/notify_internal.h"

#include "app/setting.h"
#include "modules/notify/notify_settings.h"
#include "storage/txn.h"

/* Messages: written, listed, read. */

/* A message without a way out of the program waits for none: a mail server that is set up later gets no old
 * news. */
static bool
has_channel(Db *db, int64_t commune_id, const char *key, bool *ret_has, GError **error)
{
	g_autofree char *url = NULL;

	if (!app_setting_get(db, commune_id, key, &url, error))
		return false;
	*ret_has = url != NULL;
	return true;
}

G_STATIC_ASSERT((int)NOTIFY_INSERT_MESSAGE_P_PERSON_ID == (int)NOTIFY_ADD_MESSAGE_P_PERSON_ID);
G_STATIC_ASSERT((int)NOTIFY_INSERT_MESSAGE_P_MAIL_WAITING == (int)NOTIFY_ADD_MESSAGE_P_MAIL_WAITING);

static void
bind_message(DbStmt *stmt, int64_t now_us, const NotifyNew *message, bool has_mail)
{
	db_bind_int(stmt, NOTIFY_INSERT_MESSAGE_P_PERSON_ID, message->person_id);
	db_bind_text(stmt, NOTIFY_INSERT_MESSAGE_P_ONCE_KEY, message->once_key);
	db_bind_text(stmt, NOTIFY_INSERT_MESSAGE_P_SUBJECT, message->subject);
	db_bind_text(stmt, NOTIFY_INSERT_MESSAGE_P_BODY, message->body != NULL ? message->body : "");
	db_bind_text(stmt, NOTIFY_INSERT_MESSAGE_P_PATH, message->path != NULL ? message->path : "");
	db_bind_int(stmt, NOTIFY_INSERT_MESSAGE_P_IS_URGENT, message->is_urgent);
	db_bind_int(stmt, NOTIFY_INSERT_MESSAGE_P_CREATED_US, now_us);
	db_bind_int(stmt, NOTIFY_INSERT_MESSAGE_P_MAIL_WAITING, has_mail);
}

static bool
insert_message(Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *message, bool has_mail,
    int64_t *ret_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_INSERT_MESSAGE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_INSERT_MESSAGE_P_COMMUNE_ID, commune_id);
	bind_message(stmt, now_us, message, has_mail);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_id = has_row ? db_column_int(stmt, NOTIFY_INSERT_MESSAGE_C_MESSAGE_ID) : 0;
	return true;
}

static bool
post(Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *message, bool has_mail, bool has_hook,
    int *n_new, GError **error)
{
	int64_t message_id;

	if (!insert_message(db, commune_id, now_us, message, has_mail, &message_id, error))
		return false;
	*n_new += message_id != 0;
	return message_id == 0 || !has_hook ||
	       notify_make_call(
		   db, commune_id, message->person_id, message_id, message->is_urgent, now_us, error);
}

static bool
last_message(Db *db, int64_t commune_id, int64_t *ret_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_LAST_MESSAGE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LAST_MESSAGE_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_id = db_column_int(stmt, NOTIFY_LAST_MESSAGE_C_MESSAGE_ID);
	return true;
}

static bool
count_since(Db *db, int64_t commune_id, int64_t after, int *ret_n, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_COUNT_SINCE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_COUNT_SINCE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_COUNT_SINCE_P_AFTER, after);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_n = (int)db_column_int(stmt, NOTIFY_COUNT_SINCE_C_N);
	return true;
}

/* Where nobody is called, nobody waits for any of them; the store is asked twice, however many there are. */
static bool
post_many(Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *messages, size_t n_messages,
    bool has_mail, int *n_new, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t last;

	if (!last_message(db, commune_id, &last, error) || !db_prepare(db, &NOTIFY_ADD_MESSAGE, &stmt, error))
		return false;
	for (size_t i = 0; i < n_messages; i++) {
		db_bind_int(stmt, NOTIFY_ADD_MESSAGE_P_COMMUNE_ID, commune_id);
		bind_message(stmt, now_us, &messages[i], has_mail);
		db_bind_int(stmt, NOTIFY_ADD_MESSAGE_P_MESSAGE_ID, last + 1 + (int64_t)i);
		if (!db_run_later(stmt, error))
			return false;
	}
	return count_since(db, commune_id, last, n_new, error);
}

bool
notify_post_all(Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *messages, size_t n_messages,
    int *ret_n_new, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool has_mail, has_hook;

	*ret_n_new = 0;
	if (n_messages == 0)
		return true;
	if (!db_txn_begin(db, &txn, error) ||
	    !has_channel(db, commune_id, NOTIFY_KEY_MAIL_URL, &has_mail, error) ||
	    !has_channel(db, commune_id, NOTIFY_KEY_HOOK_URL, &has_hook, error))
		return false;
	if (!has_hook && n_messages > 1)
		return post_many(db, commune_id, now_us, messages, n_messages, has_mail, ret_n_new, error) &&
		       db_txn_commit(txn, error);
	for (size_t i = 0; i < n_messages; i++)
		if (!post(db, commune_id, now_us, &messages[i], has_mail, has_hook, ret_n_new, error))
			return false;
	return db_txn_commit(txn, error);
}

bool
notify_post(
    Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *message, bool *ret_is_new, GError **error)
{
	int n_new;

	if (!notify_post_all(db, commune_id, now_us, message, 1, &n_new, error))
		return false;
	if (ret_is_new != NULL)
		*ret_is_new = n_new != 0;
	return true;
}

bool
notify_base_url(Db *db, int64_t commune_id, char **ret_url, GError **error)
{
	return app_setting_get(db, commune_id, NOTIFY_KEY_BASE_URL, ret_url, error);
}

bool
notify_count_unread(Db *db, int64_t commune_id, int64_t person_id, int64_t *ret_n, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_COUNT_UNREAD, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_COUNT_UNREAD_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_COUNT_UNREAD_P_PERSON_ID, person_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_n = db_column_int(stmt, NOTIFY_COUNT_UNREAD_C_N);
	return true;
}

bool
notify_list_messages(Db *db, int64_t commune_id, int64_t person_id, int64_t before, bool is_unread_only,
    int size, Arena *arena, GPtrArray *messages, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_LIST_MESSAGES, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_MESSAGES_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_LIST_MESSAGES_P_PERSON_ID, person_id);
	db_bind_int(stmt, NOTIFY_LIST_MESSAGES_P_BEFORE, before);
	db_bind_int(stmt, NOTIFY_LIST_MESSAGES_P_UNREAD_ONLY, is_unread_only);
	db_bind_int(stmt, NOTIFY_LIST_MESSAGES_P_SIZE, size);
	for (;;) {
		NotifyMessage *message;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		message = arena_new0(arena, NotifyMessage);
		message->message_id = db_column_int(stmt, NOTIFY_LIST_MESSAGES_C_MESSAGE_ID);
		message->subject = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_MESSAGES_C_SUBJECT));
		message->body = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_MESSAGES_C_BODY));
		message->path = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_MESSAGES_C_PATH));
		message->is_urgent = db_column_int(stmt, NOTIFY_LIST_MESSAGES_C_IS_URGENT) != 0;
		message->created_us = db_column_int(stmt, NOTIFY_LIST_MESSAGES_C_CREATED_US);
		message->read_us = db_column_int(stmt, NOTIFY_LIST_MESSAGES_C_READ_US);
		g_ptr_array_add(messages, message);
	}
}

bool
notify_mark_read(Db *db, int64_t commune_id, int64_t person_id, int64_t first, int64_t last, int64_t now_us,
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(db, &txn, error) || !db_prepare(db, &NOTIFY_MARK_READ, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_MARK_READ_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_MARK_READ_P_PERSON_ID, person_id);
	db_bind_int(stmt, NOTIFY_MARK_READ_P_FIRST, first);
	db_bind_int(stmt, NOTIFY_MARK_READ_P_LAST, last);
	db_bind_int(stmt, NOTIFY_MARK_READ_P_READ_US, now_us);
	return db_run(stmt, error) && db_txn_commit(txn, error);
}
