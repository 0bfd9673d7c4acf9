/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/people_common.h"
#include "modules/people/people_sheet.h"

/* Takes a list of people in, all of it or nothing. Somebody is known by the login, else by name and unit. */

typedef enum { PEOPLE_SAME, PEOPLE_CHANGED, PEOPLE_ADDED, PEOPLE_OUTCOME_MAX } PeopleOutcome;

extern const char *const PEOPLE_OUTCOME_LABELS[PEOPLE_OUTCOME_MAX];

typedef struct PeopleResult {
	uint32_t number; /* of the row */
	const char *name, *unit;
	PeopleOutcome outcome;
	const char *login, *password; /* of an account that was made; NULL */
} PeopleResult;

typedef struct PeopleImport {
	PeopleResult *results; /* one for each row */
	size_t n_results, counts[PEOPLE_OUTCOME_MAX], n_accounts;
} PeopleImport;

/* A password for each row that wants an account, with its hash; made before anything is written. */
typedef struct PeopleSecret {
	const char *password, *hash;
} PeopleSecret;
PeopleSecret *people_import_secrets(const PeopleSheet *sheet, Arena *arena);

/* Does what the rows say. What is wrong goes into sheet->problems; nothing is written then, nor where
 * `is_dry`. secrets: NULL for a dry run. Fails as db_txn_commit() does. */
bool people_import_run(const IdentityScope *scope, PeopleSheet *sheet, const PeopleSecret *secrets,
    bool is_dry, PeopleImport *ret_import, GError **error);
