/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "app/ledger_state.h"
#include "app/record_kind.h"
#include "base/date.h"
#include "html/layout.h"
#include "html/link.h"
#include "http/query.h"
#include "http/router.h"

#define LEDGER_PATH "/nhat-ky"
#define LEDGER_LOOKED_AT_MAX 20000 /* rows that one page looks at to find what its filter asks for */

enum {
	LEDGER_KEY_OBJECT, /* one object: "draft/3" */
	LEDGER_KEY_KIND,
	LEDGER_KEY_ACTION,
	LEDGER_KEY_FROM,
	LEDGER_KEY_TO,
	LEDGER_KEY_ACTOR,
	LEDGER_KEY_BEFORE,
	LEDGER_KEY_MAX,
};

/* What a row changed of one field; NULL: it was not there. */
typedef struct LedgerField {
	const char *label, *before, *after;
} LedgerField;

/* The word for a field in whatever state it stands; the key itself where there is none. */
const char *ledger_label(const char *key);

/* So many fields of a row are in view; the others are folded. */
#define LEDGER_FIELDS_SHOWN 4

/* Gives the fields that differ between two states, in words, in the arena. labels: of the kind of record;
 * NULL. */
LedgerField *ledger_fields(
    Arena *arena, const AppRecordLabel *labels, const char *before, const char *after, size_t *ret_n);

/* The labels of the kind of record that an object of the ledger is; NULL: no module has any. */
const AppRecordLabel *ledger_labels_of(const char *object);

typedef struct LedgerRowView {
	const LedgerRow *row;
	char at[INSTANT_VI_SIZE];
	const char *object; /* in words */
	const char *url;    /* of the object; NULL: it has no page */
	LedgerField *fields;
	size_t n_fields;
} LedgerRowView;

typedef struct LedgerKind {
	const char *word, *title;
} LedgerKind;

/* Kinds of objects, ended by a NULL word. */
extern const LedgerKind LEDGER_KINDS[];

/* Words of LedgerAction in addresses, ended by NULL. */
extern const char *const LEDGER_ACTION_WORDS[];

typedef struct LedgerView {
	LayoutView layout;
	HttpValue values[LEDGER_KEY_MAX];
	LinkBase base;
	LedgerRowView *rows;
	size_t n_rows;
	const char *more_url; /* the rows before; NULL */
	bool is_cut;          /* there may be more, but enough rows were looked at */
	const char *csv_url, *json_url, *newest_url;
	LedgerMark head, last_signed;
	char signed_at[INSTANT_VI_SIZE];
} LedgerView;

/* Copies a row into the arena. */
const LedgerRow *ledger_keep_row(Arena *arena, const LedgerRow *row);

/* What an object is called, and its page; NULL: it has none. */
const char *ledger_object_words(Arena *arena, const char *object);
const char *ledger_object_url(Arena *arena, const char *object);

/* Visits the rows that the filter asks for, newest first. Fails with APP_ERROR_STORAGE. */
bool ledger_filter_walk(const HttpRequest *request, const HttpValue *values, int64_t looked_at_max,
    LedgerVisit visit, void *data, bool *ret_is_cut, int64_t *ret_last_seq, GError **error);

void ledger_export_csv(const GPtrArray *rows, HttpResponse *response);
void ledger_export_json(const GPtrArray *rows, HttpResponse *response);

bool ledger_show(HttpRequest *request, HttpResponse *response, GError **error);
bool ledger_receipt(HttpRequest *request, HttpResponse *response, GError **error);
