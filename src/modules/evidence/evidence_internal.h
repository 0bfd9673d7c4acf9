/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"

/* Rows of the module, and the ledger. */

#define EVIDENCE_TITLE_CHARACTERS 200
#define EVIDENCE_NUMBER_CHARACTERS 60
#define EVIDENCE_REASON_CHARACTERS 500
#define EVIDENCE_OBJECT_ROWS 200 /* of one object that are shown */

/* Which pieces a list shows; what is NULL, 0 or below does not count. */
typedef struct EvidenceFilter {
	EvidenceObject object; /* id may be NULL: all of the kind */
	const char *kind, *person;
	const char *words; /* as typed */
	int scan;          /* EvidenceScan; -1: any */
	int withdrawn;     /* 1: withdrawn ones, 0: those that count, -1: both */
	int64_t from_us, to_us;
	int64_t before; /* the last evidence_id of the page before; 0: from the newest */
	int limit;
} EvidenceFilter;

bool evidence_page(const EvidenceScope *scope, const EvidenceFilter *filter, Arena *arena,
    GPtrArray *ret_evidence, GError **error);

/* Names of those who handed something in; of const char *. */
bool evidence_people(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_people, GError **error);

/* What a piece is attached to; of EvidenceObject *. */
bool evidence_links(
    const EvidenceScope *scope, int64_t evidence_id, Arena *arena, GPtrArray *ret_objects, GError **error);

/* Other records with the same content; of int64_t * . */
bool evidence_same(
    const EvidenceScope *scope, const Evidence *evidence, Arena *arena, GPtrArray *ret_ids, GError **error);

/* Whether what is told of a piece can be kept; fails as evidence_add(). */
bool evidence_check_told(const EvidenceScope *scope, const EvidenceNew *told, GError **error);

bool evidence_object_is_valid(const EvidenceObject *object);

/* Takes what a form said and cleans it: runs of blanks, ends. The caller's. */
char *evidence_clean_line(const char *text, int characters_max);

/* Inserts the row, its content where it is new, and the link; no checks. */
bool evidence_insert_row(const EvidenceScope *scope, const EvidenceNew *told, const EvidenceFile *file,
    bool is_secret, int64_t *ret_evidence_id, GError **error);
bool evidence_insert_link(
    const EvidenceScope *scope, int64_t evidence_id, const EvidenceObject *object, GError **error);

/* What a page needs to search in: title, file name and number without marks; the caller's. */
char *evidence_fold(const char *title, const char *file_name, const char *number);

/* State of one record for the ledger, the caller's; NULL: there is none. */
bool evidence_state(const EvidenceScope *scope, int64_t evidence_id, char **ret_state, GError **error);
bool evidence_note(
    const EvidenceScope *scope, int64_t evidence_id, LedgerAction action, const char *before, GError **error);
bool evidence_content_state(const EvidenceScope *scope, const char *sha256, char **ret_state, GError **error);
bool evidence_note_content(
    const EvidenceScope *scope, const char *sha256, LedgerAction action, const char *before, GError **error);
bool evidence_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Looks for the files themselves (AppModule.verify_files). */
bool evidence_verify_files(
    Db *db, int64_t commune_id, const char *directory, bool reads_all, LedgerReport *report, GError **error);

/* Hashes a file piece by piece; false where it cannot be read. */
bool evidence_hash_file(const char *path, char ret_sha256[static 65], int64_t *ret_size);
