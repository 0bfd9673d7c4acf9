/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "modules/intake/intake_scope.h"
#include "reader/reader.h"

/* For other modules: drafts: documents that came in and do not count yet. Their rows: coming in, lists, discarding. Reading them
 * is intake_job.h, correcting and publishing them intake_review.h. */

typedef enum {
	INTAKE_WAITING, /* for a worker to read it */
	INTAKE_READING,
	INTAKE_FAILED, /* `message` says why; the file is kept */
	INTAKE_READY,  /* for review */
	INTAKE_PUBLISHED,
	INTAKE_DISCARDED,
	INTAKE_STATE_MAX,
} IntakeState;

typedef struct IntakeDraft {
	int64_t draft_id;
	IntakeState state;
	ReaderFormat format;
	char *file_sha256;
	char *source_sha256; /* NULL until it was read */
	char *file_name;
	int64_t size_bytes;
	int64_t page_done, page_total; /* total 0: not known */
	char *message;                 /* of a failed one; "" */
	char *caption; /* "Kế hoạch số 57/KH-UBND ngày 24/02/2026"; "" until it was read */
	int64_t version;
	int64_t tasks, indicators, doubts;
	int64_t plan_id; /* that it was published as; 0 */
	int64_t created_at, updated_at;
} IntakeDraft;

typedef struct IntakeFile {
	const char *name; /* as the browser or shell gives it; folders are dropped */
	const char *bytes;
	size_t len;
	/* Where it lies already on the disk of the data directory, to be moved into the file store, and its
	 * hash; NULL: it is written there. */
	const char *path, *sha256;
} IntakeFile;

typedef enum {
	INTAKE_DRAFT_NEW,
	INTAKE_DRAFT_KNOWN, /* the same file is a draft already */
	INTAKE_DRAFT_LIVE,  /* the same file is a live plan already; no draft was made */
} IntakeArrivalKind;

typedef struct IntakeArrival {
	IntakeArrivalKind kind;
	int64_t draft_id; /* 0 for INTAKE_DRAFT_LIVE */
	int64_t plan_id;  /* of INTAKE_DRAFT_LIVE, or of a known draft that was published; 0 */
} IntakeArrival;

/* Keeps a file and makes a draft of it that waits to be read; offers what is there where the same file came
 * in before. is_again: makes a draft in any case (a discarded or published one never stands in the way).
 * Fails with APP_ERROR_UNREADABLE (empty, or of no kind that is read; the message names the kinds that are),
 * APP_ERROR_LIMIT, APP_ERROR_STORAGE. */
bool intake_draft_create(const IntakeScope *scope, const IntakeFile *file, bool is_again,
    IntakeArrival *ret_arrival, GError **error);

/* Reads one draft; its strings are in the arena. Fails with APP_ERROR_NOT_FOUND. */
bool intake_draft_load(
    const IntakeScope *scope, int64_t draft_id, Arena *arena, IntakeDraft *ret_draft, GError **error);

/* Appends the drafts of a state (IntakeDraft *, in the arena), newest first; state INTAKE_STATE_MAX: of all
 * but discarded ones. before: the last draft_id of the page before; 0: from the newest. */
bool intake_draft_list(const IntakeScope *scope, IntakeState state, int64_t before, int limit, Arena *arena,
    GPtrArray *ret_drafts, GError **error);

/* Counts the drafts of each state. */
bool intake_draft_counts(const IntakeScope *scope, int64_t ret_counts[INTAKE_STATE_MAX], GError **error);

/* Puts a draft aside, whatever it is doing, or brings it back: ready if it had been read, else waiting again.
 * Fails with APP_ERROR_NOT_FOUND, or APP_ERROR_CONFLICT (published; not discarded). */
bool intake_draft_discard(const IntakeScope *scope, int64_t draft_id, GError **error);
bool intake_draft_restore(const IntakeScope *scope, int64_t draft_id, GError **error);

/* Lets a failed draft wait to be read again. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT. */
bool intake_draft_retry(const IntakeScope *scope, int64_t draft_id, GError **error);
