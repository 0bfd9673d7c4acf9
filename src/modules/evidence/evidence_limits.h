/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"

/* How much room evidence may take. Settings of the commune, with what counts where they were never set. */

typedef struct EvidenceLimits {
	int64_t file_bytes;    /* of one file */
	int64_t quota_bytes;   /* of all contents together */
	int64_t reserve_bytes; /* that stay free on the disk */
	int64_t upload_hours;  /* after which an upload that nobody goes on with is taken away */
	int64_t used_bytes, n_files;
	int64_t free_bytes; /* on the disk; -1: not known */
} EvidenceLimits;

#define EVIDENCE_BYTES_PER_MB ((int64_t)1024 * 1024)

/* One setting: its key, the words for people, and what it may be. */
typedef struct EvidenceSetting {
	const char *key, *title, *unit;
	int64_t fallback, min, max;
	const char *source;
} EvidenceSetting;

enum {
	EVIDENCE_SETTING_FILE_MB,
	EVIDENCE_SETTING_QUOTA_MB,
	EVIDENCE_SETTING_RESERVE_MB,
	EVIDENCE_SETTING_UPLOAD_HOURS,
	EVIDENCE_SETTING_SCAN_MB,
	EVIDENCE_SETTING_MAX,
};

extern const EvidenceSetting EVIDENCE_SETTINGS[EVIDENCE_SETTING_MAX];

#define EVIDENCE_SCANNER_KEY "evidence.scanner" /* where clamd answers; not set: no scanner */
#define EVIDENCE_ALSO_KEY "evidence.also"       /* optional types that are taken: "zip" */

bool evidence_limits(const EvidenceScope *scope, EvidenceLimits *ret_limits, GError **error);

/* Fails with APP_ERROR_LIMIT, in Vietnamese with the numbers, where a file of `size` bytes finds no room: in
 * the quota or on the disk; and where it is larger than one file may be. */
bool evidence_check_room(const EvidenceLimits *limits, const char *file_name, int64_t size, GError **error);

/* The quota alone, as it is now: inside the transaction that adds the content. */
bool evidence_check_quota(const EvidenceScope *scope, int64_t size, GError **error);

/* "12,5 MB", "3,1 GB", for people; in the arena. */
const char *evidence_format_size(Arena *arena, int64_t bytes);
