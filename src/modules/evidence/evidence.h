/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "http/request.h"
#include "modules/evidence/evidence_panel.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Minh chứng: the public face of the module. Files (and, for state secrets, a number and a date alone) that
 * show what was done, attached to any object of any module: "task" "3/12", "update" "481". */

typedef struct EvidenceScope {
	Db *db; /* one that writes, for what changes something */
	int64_t commune_id;
	const char *directory; /* the data directory */
	int64_t now_us;
	LedgerActor actor;
	int64_t account_id; /* whose unfinished uploads these are; 0: nobody has signed in */
} EvidenceScope;

/* The scope of a request. */
EvidenceScope evidence_scope_of(const HttpRequest *request);

/* What a piece of evidence belongs to. kind: small letters and "-"; id: as the module of that kind writes it,
 * letters, digits and "/.-", at most EVIDENCE_OBJECT_ID_MAX bytes. */
typedef struct EvidenceObject {
	const char *kind, *id; /* both NULL: attached to nothing yet */
} EvidenceObject;

#define EVIDENCE_OBJECT_ID_MAX 80
#define EVIDENCE_OBJECT_TASK "task" /* id "plan_id/task_no" */
#define EVIDENCE_OBJECT_WORK "work" /* id of the piece */

/* How far the virus scanner has come with a file. */
typedef enum {
	EVIDENCE_UNSCANNED, /* "chưa quét": no scanner, or it did not answer; why is in scan_message */
	EVIDENCE_SCANNING,  /* "đang quét" */
	EVIDENCE_CLEAN,     /* "sạch" */
	EVIDENCE_SUSPECT,   /* "nghi nhiễm": cannot be downloaded */
	EVIDENCE_SCAN_MAX,
} EvidenceScan;

/* A kind of deliverable: what a task hands in (table evidence_kind). */
typedef struct EvidenceKind {
	const char *kind, *title; /* "van-ban", "Văn bản đã ban hành" */
	bool needs_number;        /* an issued document: its number and date have to be told */
	const char *source;
	int64_t position;
	int32_t valid_from, valid_to; /* DATE_NONE: since ever; still */
	bool is_own;                  /* stored; else it comes with the program */
} EvidenceKind;

typedef struct Evidence {
	int64_t evidence_id;
	const char *title;
	const char *kind, *kind_title;
	const char *number; /* of an issued document; "" */
	int32_t issued_day; /* DATE_NONE where none was told */
	bool is_secret;     /* only number and date are kept: no title, no file */
	const char *sha256; /* NULL of a secret */
	const char *file_name,
	    *type; /* as the sender called it; a name of evidence_type.h; NULL of a secret */
	int64_t size_bytes;
	EvidenceScan scan;
	const char *scan_message; /* what was found, or why it could not be scanned; "" */
	int64_t person_id;
	const char *person; /* who handed it in */
	int64_t added_us;
	int64_t withdrawn_us; /* 0: it counts */
	const char *withdrawn_by, *withdrawn_why;
} Evidence;

/* What is told of a new piece. */
typedef struct EvidenceNew {
	const char *title;  /* NULL or "": the file's name */
	const char *kind;   /* of the kinds that are valid today */
	const char *number; /* NULL or "": none */
	int32_t issued_day; /* DATE_NONE: none */
	EvidenceObject object;
} EvidenceNew;

/* A file that lies in the file store already (evidence_receive.h puts it there). */
typedef struct EvidenceFile {
	const char *sha256, *name, *type;
	int64_t size_bytes;
} EvidenceFile;

/* Gives the kinds that are valid on a day, in their order; of EvidenceKind *, in the arena. */
bool
evidence_kinds(const EvidenceScope *scope, int32_t day, Arena *arena, GPtrArray *ret_kinds, GError **error);

/* Stores one piece with its file and notes it in the ledger, in the caller's transaction or its own. Fails
 * with APP_ERROR_INVALID (kind, number, date or object are wrong; Vietnamese), APP_ERROR_LIMIT (quota). */
bool evidence_add(const EvidenceScope *scope, const EvidenceNew *told, const EvidenceFile *file,
    int64_t *ret_evidence_id, GError **error);

/* Registers a state secret (R16): number, date and object count, everything else is left out. Fails as
 * evidence_add(). */
bool evidence_add_secret(
    const EvidenceScope *scope, const EvidenceNew *told, int64_t *ret_evidence_id, GError **error);

/* Attaches a piece that is there to one more object; does nothing where it is attached already. Fails with
 * APP_ERROR_NOT_FOUND, APP_ERROR_INVALID (object), APP_ERROR_CONFLICT (withdrawn). */
bool evidence_attach(
    const EvidenceScope *scope, int64_t evidence_id, const EvidenceObject *object, GError **error);

/* Withdraws a piece: it no longer counts; record and file stay, with the reason. Fails with
 * APP_ERROR_NOT_FOUND, APP_ERROR_INVALID (no reason), APP_ERROR_CONFLICT (withdrawn before). */
bool evidence_withdraw(const EvidenceScope *scope, int64_t evidence_id, const char *reason, GError **error);

/* Reads one piece; strings in the arena. Fails with APP_ERROR_NOT_FOUND. */
bool evidence_find(
    const EvidenceScope *scope, int64_t evidence_id, Arena *arena, Evidence *ret_evidence, GError **error);

/* Appends what is attached to an object, oldest first; of Evidence *, in the arena. Withdrawn pieces are
 * among them, and say so. */
bool evidence_list(const EvidenceScope *scope, const EvidenceObject *object, Arena *arena,
    GPtrArray *ret_evidence, GError **error);

/* Counts the pieces of an object that count: not withdrawn, not suspect. kind: of this kind alone; NULL: of
 * all. */
bool evidence_count(const EvidenceScope *scope, const EvidenceObject *object, const char *kind,
    int64_t *ret_count, GError **error);
