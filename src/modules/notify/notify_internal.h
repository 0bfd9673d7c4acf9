/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "modules/notify/notify.h"

/* What the module's own files share. */

typedef enum { NOTIFY_MAIL = 1, NOTIFY_HOOK, NOTIFY_CHANNEL_MAX } NotifyChannel;

typedef enum {
	NOTIFY_WAITING = 1,
	NOTIFY_SENDING, /* under way; after a crash it is not known whether it arrived */
	NOTIFY_SENT,
	NOTIFY_REFUSED,  /* for good: no address, or the receiver does not want it */
	NOTIFY_GIVEN_UP, /* after the last attempt */
	NOTIFY_STATE_MAX,
} NotifyState;

extern const char *const NOTIFY_CHANNEL_LABELS[NOTIFY_CHANNEL_MAX];
extern const char *const NOTIFY_STATE_LABELS[NOTIFY_STATE_MAX];

typedef struct NotifyMessage {
	int64_t message_id;
	const char *subject, *body, *path;
	bool is_urgent;
	int64_t created_us, read_us; /* read_us 0: not yet */
} NotifyMessage;

typedef struct NotifyDelivery {
	int64_t delivery_id;
	NotifyChannel channel;
	int64_t person_id;
	const char *name, *address, *token, *answer, *subject;
	NotifyState state;
	int attempts;
	int64_t created_us, next_us, done_us; /* done_us 0: not yet */
} NotifyDelivery;

/* How messages leave the program. Strings are NULL where they were not set. */
typedef struct NotifySettings {
	char *mail_url;  /* "smtp://mail.xa.vn:587", "smtps://…" */
	char *mail_from; /* an address */
	char *mail_user, *mail_password_file;
	char *hook_url, *hook_secret_file;
	char *base_url;              /* of the program, for links: "https://namro.xa.vn" */
	int digest_minute;           /* of the day */
	int quiet_from, quiet_until; /* minutes of the day; equal: never quiet */
	int timeout_s;               /* how long one mail or call may take */
} NotifySettings;

void notify_settings_clear(NotifySettings *settings);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NotifySettings, notify_settings_clear)

bool notify_settings_read(Db *db, int64_t commune_id, NotifySettings *ret_settings, GError **error);

/* --- when --------------------------------------------------------------------------------------------------
 */

/* The last instant, not after now, at which a day's digest was made up: what is older goes into it. */
int64_t notify_digest_slot(const NotifySettings *settings, int64_t now_us);

/* Now, or the end of the quiet hours that now falls into. */
int64_t notify_not_quiet(const NotifySettings *settings, int64_t now_us);

/* How long to wait after the n-th failed attempt; 0: give up. */
int64_t notify_backoff_us(int n_attempts);

/* --- sending -----------------------------------------------------------------------------------------------
 */

typedef struct NotifyOutcome {
	NotifyState state; /* SENT, REFUSED, or WAITING for one more attempt */
	char *answer;      /* what was said; never NULL */
	bool is_away;      /* the server itself did not answer, or not to the end: so it will not to others */
} NotifyOutcome;

void notify_outcome_clear(NotifyOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NotifyOutcome, notify_outcome_clear)

/* A delivery with its messages. */
typedef struct NotifyParcel {
	NotifyDelivery delivery;
	GPtrArray *messages; /* of NotifyMessage * */
	const char *commune;
	int64_t now_us;
} NotifyParcel;

/* True for "ten@mien.vn": one line, nothing that a mail's head would take for more than an address. */
bool notify_address_is_valid(const char *address);

/* Writes the whole mail (RFC 5322): head and base64 body in UTF-8. */
void notify_mail_write(const NotifySettings *settings, const NotifyParcel *parcel, GString *out);

/* Writes the webhook's JSON. */
void notify_hook_write(const NotifySettings *settings, const NotifyParcel *parcel, GString *out);

#define NOTIFY_TIMEOUT_MAX_S 600 /* RFC 5321, 4.5.3.2.6: what a server may take after the last dot */

/* Sends one parcel and waits for the answer, at most settings->timeout_s; *is_cancelled 1 breaks it off. A
 * mail that a server took whole without saying so is sent again under the same Message-ID: only what was
 * answered 250 is the server's (RFC 5321, 4.2.5). */
void notify_send(const NotifySettings *settings, const NotifyParcel *parcel, gint *is_cancelled,
    NotifyOutcome *ret_outcome);

/* --- store -------------------------------------------------------------------------------------------------
 */

/* Lists a person's messages below `before`, newest first; of NotifyMessage *, in the arena. */
bool notify_list_messages(Db *db, int64_t commune_id, int64_t person_id, int64_t before, bool is_unread_only,
    int size, Arena *arena, GPtrArray *messages, GError **error);

/* Marks messages from `first` to `last` as read. */
bool notify_mark_read(Db *db, int64_t commune_id, int64_t person_id, int64_t first, int64_t last,
    int64_t now_us, GError **error);

/* Lists deliveries below `before`, newest first; of NotifyDelivery *, in the arena. state 0: all. */
bool notify_list_deliveries(Db *db, int64_t commune_id, int64_t before, int state, int size, Arena *arena,
    GPtrArray *deliveries, GError **error);

/* Indexed by NotifyState. */
bool
notify_count_states(Db *db, int64_t commune_id, int64_t ret_counts[static NOTIFY_STATE_MAX], GError **error);

/* Makes the call of the webhook for a new message. */
bool notify_make_call(Db *db, int64_t commune_id, int64_t person_id, int64_t message_id, bool is_urgent,
    int64_t now_us, GError **error);

/* Puts the messages that are due into mails. *ret_n: how many mails. */
bool notify_make_mails(
    Db *db, int64_t commune_id, const NotifySettings *settings, int64_t now_us, int *ret_n, GError **error);

/* Takes the next delivery that is due and marks it as under way; *ret_found false: none. */
bool notify_take_next(Db *db, int64_t commune_id, int64_t now_us, Arena *arena, NotifyParcel *ret_parcel,
    bool *ret_found, GError **error);

/* Writes down what became of it, in the ledger too once it is over. Where the server is away, what else waits
 * for it waits a minute too, so that one server that hangs holds up nothing that goes another way. */
bool notify_finish(Db *db, int64_t commune_id, const NotifyDelivery *delivery, const NotifyOutcome *outcome,
    int64_t now_us, GError **error);

/* What was under way when the program ended is tried again, under the same token. */
bool notify_resume(Db *db, int64_t commune_id, GError **error);

/* Sends again what was refused or given up. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (it is under
 * way, or was sent). */
bool notify_retry(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t delivery_id, int64_t now_us,
    GError **error);
