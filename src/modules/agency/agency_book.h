/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* For other modules: all units of a commune with their whole history, read at once: a commune has some dozens
 * of them. What a unit was is asked for a day; what was recorded under a unit keeps it, and
 * agency_successors() says who that is on a day (R9; docs/adr/0021-units-with-history.md). */

#define AGENCY_SINCE_EVER 0 /* a day before anybody asks */
#define AGENCY_CODE_BYTES_MAX 35

typedef enum {
	AGENCY_CONFIRM = 1, /* an entry that came with a plan is a unit of ours */
	AGENCY_ADD,
	AGENCY_CORRECT, /* what was written wrongly: counts from the same day */
	AGENCY_RENAME,  /* another name, kind or parent from a day on */
	AGENCY_MERGE,
	AGENCY_SPLIT,
	AGENCY_CLOSE,
	AGENCY_JOIN, /* two entries are one unit */
	AGENCY_UNDO,
	AGENCY_CHANGE_MAX,
} AgencyChangeKind;

/* Indexed by AgencyChangeKind: "Sáp nhập, hợp nhất". */
extern const char *const AGENCY_CHANGE_LABELS[AGENCY_CHANGE_MAX];

typedef struct AgencyKind {
	const char *kind, *name, *source;
	bool is_given_by_state, is_given_by_party; /* may be given work; else only asked */
	int64_t position;
	int32_t valid_from, valid_to; /* DATE_NONE: still */
	bool is_stored;
} AgencyKind;

/* What a unit is from a day on. */
typedef struct AgencyVersion {
	int64_t agency_id, version_no, change_no; /* version_no 0: nobody confirmed it yet */
	int32_t valid_from;
	const char *name, *short_name, *code, *kind; /* "" not known */
	int64_t parent_id;                           /* 0: none */
	bool is_generic, is_higher, is_ended;
} AgencyVersion;

typedef struct AgencyUnit {
	int64_t agency_id;
	const char *printed; /* as the first plan wrote it */
	const AgencyVersion *versions;
	size_t n_versions; /* at least one; by valid_from */
	int64_t same_as;   /* is another spelling of this one; 0 */
	bool is_withdrawn; /* was entered by hand, and that was undone */
} AgencyUnit;

typedef struct AgencyLink {
	int64_t change_no, old_id, new_id;
	int32_t day;
	bool is_same;
} AgencyLink;

typedef struct AgencyChange {
	int64_t change_no;
	AgencyChangeKind kind;
	int32_t day;
	const char *decision, *note, *actor;
	int32_t decision_day; /* DATE_NONE */
	int64_t at_us;
	int64_t undone_by; /* 0: it counts */
} AgencyChange;

typedef struct AgencyBook {
	Arena *arena;
	const AgencyUnit *units; /* by agency_id */
	size_t n_units;
	const AgencyLink *links; /* by change_no */
	size_t n_links;
	const AgencyChange *changes; /* by change_no, those that were undone among them */
	size_t n_changes;
	const AgencyKind *kinds;
	size_t n_kinds;
} AgencyBook;

/* Reads everything into the arena. Fails as db_step() does. */
bool agency_book_read(Db *db, int64_t commune_id, Arena *arena, AgencyBook *ret_book, GError **error);

/* NULL where there is no such unit. */
const AgencyUnit *agency_find(const AgencyBook *book, int64_t agency_id);
const AgencyKind *agency_kind_find(const AgencyBook *book, const char *kind);
const AgencyChange *agency_change_find(const AgencyBook *book, int64_t change_no);

/* What a unit is on a day, that it has ended included; NULL before it began. */
const AgencyVersion *agency_at(const AgencyUnit *unit, int32_t day);

/* True where it is there on a day, under its own entry. */
bool agency_lives(const AgencyUnit *unit, int32_t day);

/* Its name on a day, the last one before or the first one after it. Never NULL. */
const char *agency_name_at(const AgencyBook *book, int64_t agency_id, int32_t day);

/* Gives who a unit is on a day, of int64_t: itself while it lives; what it was merged or split into, however
 * often; nobody where it was closed. The array is the caller's. */
GArray *agency_successors(const AgencyBook *book, int64_t agency_id, int32_t day);

/* Gives all entries that are this unit on a day, itself first; of int64_t, the caller's. */
GArray *agency_sources(const AgencyBook *book, int64_t agency_id, int32_t day);

/* "nay là Phòng Kinh tế", "nay là A và B", "đã giải thể", in the arena; NULL where the unit still goes by its
 * entry on that day. */
const char *agency_now_text(const AgencyBook *book, int64_t agency_id, int32_t day);

/* Finds a unit by any of its spellings, today's names and short names among them; 0: none, or several. */
bool agency_find_by_name(Db *db, int64_t commune_id, const AgencyBook *book, const char *name, int32_t day,
    int64_t *ret_agency_id, GError **error);

/* The words of an assignment to a unit of a kind: "giao" or "đề nghị phối hợp". is_party: a Party committee
 * assigns. A unit without a kind is asked. */
const char *agency_assign_word(const AgencyBook *book, const AgencyVersion *version, bool is_party);

/* Gives what is wrong with an agency code (QĐ 20/2020/QĐ-TTg, điều 4; the older form 000.00.00.H41 too);
 * NULL: nothing. Static. */
const char *agency_code_problem(const char *code);
