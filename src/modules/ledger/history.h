/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/record_kind.h"
#include "modules/ledger/ledger_pages.h"

/* Who set each field of a record: made of the rows of the ledger that tell of it and of what its module adds
 * (app/record_kind.h). */

#define HISTORY_PATH "/nhat-ky/ban-ghi"
#define HISTORY_PERSONAL_PATH "/nhat-ky/ban-ghi-ca-nhan"
#define HISTORY_ROWS_MAX 1000 /* of one record that are read; older ones are in the ledger */

/* One time that a field was set; values in words, NULL: empty. */
typedef struct HistoryStep {
	const LedgerRow *row;
	const char *before, *after;
} HistoryStep;

typedef struct HistoryField {
	const char *key, *label;
	const char *now;  /* NULL: empty */
	GPtrArray *steps; /* of HistoryStep *, newest first */
	int64_t n_before; /* values that it held before */
} HistoryField;

typedef struct History {
	GPtrArray *rows;   /* of const LedgerRow *, newest first */
	GPtrArray *fields; /* of HistoryField * */
	bool is_cut;       /* there are more rows than were read */
} History;

void history_clear(History *history);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(History, history_clear)

/* Reads what the ledger has of a record; everything in the record's arena but the arrays. Fails with
 * APP_ERROR_STORAGE. */
bool history_read(Db *db, int64_t commune_id, const AppRecordKind *kind, const AppRecord *record,
    History *ret_history, GError **error);

/* Writes a value of a state as people read it, in the arena: days and instants, yes and no, lists. NULL where
 * it is empty. labels: of the kind; NULL. */
const char *history_words(Arena *arena, const AppRecordLabel *labels, const LedgerPair *pair);

/* The label of a key: the kind's, else the ledger's. */
const char *history_label(const AppRecordLabel *labels, const char *key);

typedef struct HistoryView {
	LayoutView layout;
	const AppRecordKind *kind;
	AppRecord record;
	History history;
	LedgerRowView *rows;
	size_t n_rows;
	bool may_mark; /* as a state secret */
	const char *object;
	bool may_ledger; /* sees whence, and the ledger's own page */
	const char *csv_url, *json_url;
} HistoryView;

void history_write_csv(const HistoryView *view, HttpResponse *response);
void history_write_json(const HistoryView *view, HttpResponse *response);

bool history_show(HttpRequest *request, HttpResponse *response, GError **error);
