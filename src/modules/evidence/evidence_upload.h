/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence_piece.h"
#include "modules/evidence/evidence_receive.h"

/* Files that arrive in pieces, and go on where they were after a broken connection or a restart of browser or
 * server. The row says what is to come; what has come lies in uploads/<commune>/ of the data directory, and
 * its length is the offset at which the next piece begins. */

#define EVIDENCE_UPLOADS_MAX 8                                   /* of one account, not finished */
#define EVIDENCE_UPLOAD_BYTES_MAX (4096 * EVIDENCE_BYTES_PER_MB) /* that one account has announced */
#define EVIDENCE_PIECE_BYTES (4 * EVIDENCE_BYTES_PER_MB)         /* what browsers are asked to send at once */
#define EVIDENCE_PIECE_BYTES_MAX (16 * EVIDENCE_BYTES_PER_MB)    /* what is taken at once */
#define EVIDENCE_NAME_BYTES_MAX 255

typedef struct EvidenceUpload {
	const char *upload_id;
	int64_t account_id;
	const char *file_name;
	int64_t size_bytes, changed_ms;
	EvidenceNew told;
	int64_t created_us;
	int64_t offset; /* bytes that are there */
} EvidenceUpload;

/* Begins an upload, or finds the one that the same account has begun with the same file for the same object.
 * Fails, before anything is sent, as evidence_add() and evidence_receive() would at the end, as far as can be
 * known; with APP_ERROR_LIMIT where the account has too many. */
bool evidence_upload_begin(const EvidenceScope *scope, const EvidenceUpload *announced, Arena *arena,
    EvidenceUpload *ret_upload, GError **error);

/* Fails with APP_ERROR_NOT_FOUND: there is none, or it is another account's. */
bool evidence_upload_find(const EvidenceScope *scope, const char *upload_id, Arena *arena,
    EvidenceUpload *ret_upload, GError **error);

/* The account's own, oldest first; of EvidenceUpload *. */
bool evidence_upload_list(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_uploads, GError **error);

/* Adds the bytes of the file `path` at `offset`, synced; sets upload->offset to what is there, also where it
 * fails. Fails with APP_ERROR_CONFLICT (another offset is wanted), APP_ERROR_BUSY (another piece is being
 * written), APP_ERROR_LIMIT (more than announced; the disk is full), APP_ERROR_STORAGE. */
bool evidence_upload_append(
    const EvidenceScope *scope, EvidenceUpload *upload, int64_t offset, const char *path, GError **error);

/* Checks the whole file and takes it into the file store. sha256: what the sender counted, NULL where it did
 * not; a file that is another one is thrown away. Fails as evidence_receive(), with APP_ERROR_CONFLICT
 * (something is missing). */
bool evidence_upload_complete(const EvidenceScope *scope, EvidenceUpload *upload, const char *sha256,
    Arena *arena, EvidenceFile *ret_file, GError **error);

/* Takes the row away, and what has come. */
bool evidence_upload_drop(const EvidenceScope *scope, const char *upload_id, GError **error);

/* Drops what nobody has gone on with for too long. is_first: also files without a row. *ret_n: how many. */
bool evidence_upload_expire(const EvidenceScope *scope, bool is_first, int64_t *ret_n, GError **error);
