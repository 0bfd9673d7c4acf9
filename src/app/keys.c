/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keys.h"

#include "app/app_internal.h"
#include "app/data_key.h"
#include "app/key_file.h"
#include "base/app-error.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* One of the keys, as it is handled alike. */
typedef struct KeyKind {
	const char *object, *file, *what, *command;
	bool (*make)(const char *directory, GError **error);
	/* Gives what the ledger notes of the key, the caller's; NULL where there is none. */
	bool (*describe)(const char *directory, char **ret_state, GError **error);
} KeyKind;

static bool
describe_ledger_key(const char *directory, char **ret_state, GError **error)
{
	g_autoptr(GString) state = g_string_new("{\"public_key\":\"");
	g_auto(LedgerKey) key = {0};
	bool is_found;

	*ret_state = NULL;
	if (!ledger_key_read(directory, &key, &is_found, error))
		return false;
	if (!is_found)
		return true;
	for (size_t i = 0; i < sizeof(key.public_key); i++)
		g_string_append_printf(state, "%02x", key.public_key.bytes[i]);
	g_string_append(state, "\"}");
	*ret_state = g_string_free(g_steal_pointer(&state), FALSE);
	return true;
}

static bool
describe_data_key(const char *directory, char **ret_state, GError **error)
{
	char mark[DATA_KEY_MARK_SIZE];
	g_auto(DataKey) key = {0};
	bool is_found;

	*ret_state = NULL;
	if (!data_key_read(directory, &key, &is_found, error))
		return false;
	if (!is_found)
		return true;
	data_key_mark(&key, mark);
	*ret_state = g_strdup_printf("{\"mark\":\"%s\"}", mark);
	return true;
}

static const KeyKind KINDS[] = {
    {LEDGER_SIGNING_OBJECT, LEDGER_KEY_FILE, "khóa ký nhật ký", "namro admin new-key ledger", ledger_key_make,
	describe_ledger_key},
    {APP_SECRETS_KEY_OBJECT, DATA_KEY_FILE, "khóa mã hóa bí mật", "namro admin new-key secrets",
	data_key_make, describe_data_key},
};

static bool
note(App *app, int64_t commune_id, const KeyKind *kind, const char *before, const char *after, GError **error)
{
	return ledger_note(app->db, commune_id, &APP_SHELL_ACTOR, app_now_us(app),
	    &(LedgerNote){LEDGER_SYSTEM, kind->object, before, after}, error);
}

static bool
begin(App *app, int64_t commune_id, const KeyKind *kind, GError **error)
{
	g_autofree char *state = NULL;

	return kind->make(app->directory, error) && kind->describe(app->directory, &state, error) &&
	       note(app, commune_id, kind, NULL, state, error);
}

bool
app_keys_begin(App *app, int64_t commune_id, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (!begin(app, commune_id, &KINDS[i], error))
			return false;
	return true;
}

/* *ret_is_right: the key is there, and it is the one that the ledger names. */
static bool
compare(App *app, const KeyKind *kind, char **ret_noted, char **ret_found, bool *ret_is_right, GError **error)
{
	if (!ledger_last_state(app->db, app->commune.commune_id, kind->object, ret_noted, error) ||
	    !kind->describe(app->directory, ret_found, error))
		return false;
	*ret_is_right = *ret_noted != NULL && g_strcmp0(*ret_noted, *ret_found) == 0;
	return true;
}

static bool
check(App *app, const KeyKind *kind, GError **error)
{
	g_autofree char *path = g_build_filename(app->directory, kind->file, NULL);
	g_autofree char *noted = NULL, *found = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_right;

	if (!compare(app, kind, &noted, &found, &is_right, error))
		return false;
	if (is_right)
		return true;
	if (noted != NULL)
		return key_file_fail_lost(path, kind->what, found != NULL, kind->command, error);
	return db_txn_begin(app->db, &txn, error) && begin(app, app->commune.commune_id, kind, error) &&
	       db_txn_commit(txn, error);
}

bool
app_keys_check(App *app, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (!check(app, &KINDS[i], error))
			return false;
	return true;
}

/* The file of another directory is not thrown away: it may be the only one. */
static bool
put_aside(const char *path, int64_t now_us, GError **error)
{
	g_autofree char *aside = g_strdup_printf("%s.%" G_GINT64_FORMAT ".cu", path, now_us);

	if (g_rename(path, aside) == 0 || errno == ENOENT)
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đổi được tên (%s)", path, g_strerror(errno));
	return false;
}

static bool
renew(App *app, const KeyKind *kind, GError **error)
{
	g_autofree char *path = g_build_filename(app->directory, kind->file, NULL);
	g_autofree char *noted = NULL, *found = NULL, *made = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_right;

	if (!compare(app, kind, &noted, &found, &is_right, error))
		return false;
	if (is_right) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s: %s vẫn còn và đúng là khóa mà nhật ký đã ghi; không cần khóa mới", path, kind->what);
		return false;
	}
	return put_aside(path, app_now_us(app), error) && kind->make(app->directory, error) &&
	       kind->describe(app->directory, &made, error) && db_txn_begin(app->db, &txn, error) &&
	       note(app, app->commune.commune_id, kind, noted, made, error) && db_txn_commit(txn, error);
}

bool
app_keys_renew(App *app, const char *object, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (strcmp(KINDS[i].object, object) == 0)
			return renew(app, &KINDS[i], error);
	g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL, "no such key: %s", object);
	return false;
}
