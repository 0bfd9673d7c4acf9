/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <glib.h>

/* Query and form fields by key: an enum of keys, a table of fields with validators, and an array of values. A
 * handler reads values[KEY]; what is there was checked. */

typedef struct HttpValue {
	bool is_set;      /* false: absent or empty; the rest is 0 and NULL */
	int64_t number;   /* a number, a day number, or the index of a word */
	const char *text; /* as given */
} HttpValue;

typedef struct HttpField HttpField;

/* Fills in value->number from value->text; false where the text is not allowed. */
typedef bool (*HttpValidator)(const HttpField *field, HttpValue *value);

struct HttpField {
	const char *name;  /* in the address */
	const char *label; /* Vietnamese, for the message */
	HttpValidator validator;
	int64_t min, max;         /* of a number; of a text, the most characters is `max` */
	const char *const *words; /* of http_valid_word, ended by NULL */
};

bool http_valid_int(const HttpField *field, HttpValue *value);
bool http_valid_text(const HttpField *field, HttpValue *value);
bool http_valid_date(const HttpField *field, HttpValue *value); /* 2026-12-15 */
bool http_valid_word(const HttpField *field, HttpValue *value);

/* Reads the request's query into `values`, one for each field. Unknown names are passed over; empty values
 * count as absent. Fails with APP_ERROR_INVALID at the first field that is wrong or given twice, and says so
 * to the user in request->problem. */
bool http_query_parse(
    const HttpField *fields, size_t n_fields, HttpRequest *request, HttpValue *values, GError **error);

/* The same for the fields of a POST. */
bool http_form_parse(
    const HttpField *fields, size_t n_fields, HttpRequest *request, HttpValue *values, GError **error);
