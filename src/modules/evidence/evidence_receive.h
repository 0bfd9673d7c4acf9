/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"
#include "modules/evidence/evidence_limits.h"

/* From a file that arrived to one of the file store: what it is, whether there is room, whether it bears a
 * stamp of secrecy. Reads the whole file: not for an event loop or the writer. */

typedef struct EvidenceArrival {
	const char *path, *name; /* aside, on the file store's disk; what the sender calls it */
	const char *sha256;      /* NULL: not worked out yet */
	int64_t size_bytes;
} EvidenceArrival;

/* Moves the file into the store, synced, or wipes it where it is a state secret; other refused files stay
 * where they are. Strings of *ret_file are in the arena. Fails, in Vietnamese, with APP_ERROR_UNREADABLE
 * (type), APP_ERROR_LIMIT (room), APP_ERROR_INVALID (a state secret), APP_ERROR_STORAGE. */
bool evidence_receive(const EvidenceScope *scope, const EvidenceArrival *arrival, Arena *arena,
    EvidenceFile *ret_file, GError **error);
