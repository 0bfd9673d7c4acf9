/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plan_access.h"
#include "base/arena.h"
#include "http/request.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What a module tells of its records, so that one page of the ledger can show of any of them who set each
 * field: the value now, the values before, and the rows of the ledger that say so (AppModule.records). */

/* Words for a key of a record's state in the ledger. */
typedef struct AppRecordLabel {
	const char *key, *label; /* "valid_from", "Từ ngày" */
} AppRecordLabel;

/* A value as the tables have it, of a record that the ledger notes only with something larger: a row of a
 * plan. */
typedef struct AppRecordField {
	const char *key, *label, *value; /* value NULL or "": empty */
} AppRecordField;

/* A change of one field that the ledger has in a form of the module's own. */
typedef struct AppRecordChange {
	int64_t seq; /* of the ledger's row */
	const char *key, *before, *after;
} AppRecordChange;

/* An object of the ledger whose rows tell of the record. */
typedef struct AppRecordSource {
	const char *object;
	const char *contains; /* rows with this in their states alone; NULL: all */
	bool is_own;          /* its states are the record's fields; else they are only listed */
} AppRecordSource;

/* Strings live in the arena. */
typedef struct AppRecord {
	Arena *arena;
	const char *title, *url; /* url NULL: it has no page */
	const char *origin;      /* the object whose first row set the fields that no later row names; NULL */
	bool is_told; /* the rows of its own object say less than `changes`: they are only listed */
	GArray *fields, *sources, *changes;
} AppRecord;

void app_record_init(AppRecord *record, Arena *arena);
void app_record_clear(AppRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppRecord, app_record_clear)

/* Copies what is given into the record's arena. */
void app_record_add_field(AppRecord *record, const char *key, const char *label, const char *value);
void app_record_add_source(AppRecord *record, const char *object, const char *contains, bool is_own);
void
app_record_add_change(AppRecord *record, int64_t seq, const char *key, const char *before, const char *after);

/* Reads `n` positive numbers with "/" between them ("3/12"). Fails with APP_ERROR_NOT_FOUND. */
bool app_record_ids(const char *text, size_t n, int64_t *ret_ids, GError **error);

typedef struct AppRecordKind {
	const char *kind;       /* the first part of its objects in the ledger: "person" of "person/3" */
	const char *title;      /* "Người" */
	const char *permission; /* that its card asks for; NULL: only adds to a kind of another module */
	const AppRecordLabel *labels; /* ended by a NULL key; NULL: none */
	bool is_personal;             /* who reads it is noted */
	/* Tells of the record with this id, the rest of the object: fails with APP_ERROR_NOT_FOUND where it
	 * is not there or the visitor may not see it. The object itself is a source already. NULL: the ledger
	 * has all of it. */
	bool (*load)(HttpRequest *request, const char *id, AppRecord *record, GError **error);
	/* Gives on what somebody acts who adds something to the record: its plan, and the agencies of its
	 * row; arrays in the request's arena. Fails with APP_ERROR_NOT_FOUND. NULL: it belongs to no plan. */
	bool (*target)(HttpRequest *request, const char *id, AppTarget *ret_target, GError **error);
} AppRecordKind;

/* Finds the kind of an object of the ledger ("task/3/12") that some module answers for, and the id behind its
 * "/"; NULL: there is none. */
const AppRecordKind *app_record_kind_find(const char *object, const char **ret_id);
