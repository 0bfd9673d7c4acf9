/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "modules/notify/notify.h"

/* For other modules: which events are told to whom they concern. Each is a rule with a first day and a
 * source, and can be switched off. */

typedef enum {
	NOTIFY_ASSIGNED = 1,  /* được giao việc */
	NOTIFY_SUBMITTED,     /* có việc chờ nghiệm thu */
	NOTIFY_RETURNED,      /* bị trả lại */
	NOTIFY_ACCEPTED,      /* được nghiệm thu */
	NOTIFY_REOPENED,      /* bị mở lại */
	NOTIFY_REQUESTED,     /* có đề nghị chờ quyết định */
	NOTIFY_EXTENSION,     /* gia hạn đã có quyết định */
	NOTIFY_CONTEST,       /* ý kiến khác đã có quyết định */
	NOTIFY_EXPLAIN_ASKED, /* phải giải trình */
	NOTIFY_EXPLAIN_ANSWERED,
	NOTIFY_EXPLAIN_DECIDED, /* chấp nhận, trả lại, rút */
	NOTIFY_EVENT_MAX,
} NotifyEvent;

extern const char *const NOTIFY_EVENT_TITLES[NOTIFY_EVENT_MAX];
extern const char *const NOTIFY_EVENT_WORDS[NOTIFY_EVENT_MAX];

typedef struct NotifyRule {
	NotifyEvent event;
	int32_t valid_from; /* 0: the program's own, never set by anybody */
	bool is_on, is_urgent;
	const char *source, *set_by; /* "" */
} NotifyRule;

/* Gives the rule of an event on a day; strings in the arena. */
bool notify_rule(Db *db, int64_t commune_id, NotifyEvent event, int32_t day, Arena *arena,
    NotifyRule *ret_rule, GError **error);

/* Sets a rule from valid_from on, with a row of the ledger. Fails as db_txn_commit(). */
bool notify_rule_set(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const NotifyRule *rule, GError **error);

/* Compares the rules with the ledger. */
bool notify_rules_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Tells somebody of an event, where its rule is on; inside the caller's transaction. person_id 0: nobody.
 * message->is_urgent is the rule's. */
bool notify_tell(
    Db *db, int64_t commune_id, int64_t now_us, NotifyEvent event, const NotifyNew *message, GError **error);
