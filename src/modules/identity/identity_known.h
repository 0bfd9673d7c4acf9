/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity_internal.h"

/* What the gate has read of a session, remembered for the requests that follow, on whatever thread. It counts
 * as long as the commune's stamp and the day are those it was read under (docs/adr/0026-who-asks-is-remembered.md); the
 * caller reads the stamp from the store for every request. */

typedef struct IdentityKnown {
	/* The key. */
	int64_t commune_id, stamp;
	int32_t day;
	uint8_t digest[SECRET_BYTES]; /* of the session's token */

	IdentityKind kind;
	IdentityFactor factor;
	bool must_change, has_totp;
	int64_t created_us, used_us, password_us;
	IdentityRules rules;
	AppVisitor visitor; /* without what depends on the moment */
} IdentityKnown;

/* Fills in what is remembered under the key in *known; texts in the arena. False: nothing is. */
bool identity_known_recall(IdentityKnown *known, Arena *arena);

/* Remembers; nothing where the stamp is 0. */
void identity_known_keep(const IdentityKnown *known);
