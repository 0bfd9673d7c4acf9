/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Thông báo: what the program tells people, inside it and by mail or webhook. A message is written in the
 * transaction of what it tells of, and sent afterwards by the module's own work. */

typedef struct NotifyNew {
	int64_t person_id;
	/* What it is about and when, "han/3/12/2026-12-08": a message with the key of an earlier one to the
	 * same person is that one, and is not sent again. */
	const char *once_key;
	const char *subject; /* one line of UTF-8 */
	const char *body;    /* NULL: the subject says it all */
	const char *path;    /* of the page to open, "/nhiem-vu/3/12"; NULL */
	bool is_urgent;      /* does not wait for the day's digest; sent at once, but for quiet hours */
} NotifyNew;

/* Writes a message. *ret_is_new: false where it was there already; may be NULL. Fails as db_step(), and with
 * APP_ERROR_CONFLICT where there is no such person. */
bool notify_post(
    Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *message, bool *ret_is_new, GError **error);

/* Writes many at once. *ret_n_new: how many were not there already. */
bool notify_post_all(Db *db, int64_t commune_id, int64_t now_us, const NotifyNew *messages, size_t n_messages,
    int *ret_n_new, GError **error);

/* Gives the program's own address for links out of it, "https://namro.xa.vn"; NULL where it was not set. The
 * caller's. */
bool notify_base_url(Db *db, int64_t commune_id, char **ret_url, GError **error);

/* How many messages a person has not read. */
bool notify_count_unread(Db *db, int64_t commune_id, int64_t person_id, int64_t *ret_n, GError **error);
