/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/secret.h"
#include "modules/remind/remind_internal.h"

/* Secret addresses under which a person's due days can be read: the address is the key, so it is kept nowhere
 * and can be taken back. */

#define REMIND_FEEDS_MAX 10 /* that count at once for one person */

typedef struct RemindFeed {
	int64_t feed_no, created_us, revoked_us; /* revoked_us 0: it counts */
} RemindFeed;

/* Makes an address; `token` is shown once. *ret_problem: Vietnamese; NULL. */
bool remind_feed_make(const WorkScope *scope, char token[static SECRET_TEXT_SIZE], int64_t *ret_feed_no,
    const char **ret_problem, GError **error);

/* Takes one of the actor's own back. Fails with APP_ERROR_NOT_FOUND. */
bool remind_feed_revoke(const WorkScope *scope, int64_t feed_no, GError **error);

/* Appends (RemindFeed) the actor's, newest first. */
bool remind_feed_list(const WorkScope *scope, GArray *ret_feeds, GError **error);

/* Gives whose a token is; *ret_feed_no 0: nobody's. */
bool remind_feed_find(const WorkScope *scope, const char *token, int64_t *ret_feed_no, int64_t *ret_person_id,
    const char **ret_name, GError **error);

/* Writes a person's due days: pieces given by name, those of the units that the person heads which nobody in
 * particular has, and explanations to be given. base_url: before paths; "". */
bool remind_feed_write(const WorkScope *scope, int64_t person_id, const char *name, const char *base_url,
    GString *out, GError **error);
