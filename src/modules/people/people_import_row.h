/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/people_import.h"

/* What a row of a list of people says, and whom it is about; nothing is written here. */

/* One run over a file. */
typedef struct PeopleRun {
	const IdentityScope *scope;
	PeopleSheet *sheet;
	const PeopleSecret *secrets;
	AgencyBook book;
	GPtrArray *people; /* of IdentityPerson *, those of this file among them */
	GPtrArray *roles;
	PeopleImport *out;
	int32_t today;
} PeopleRun;

/* One row on its way. */
typedef struct PeopleRowRun {
	const PeopleSheetRow *row;
	PeopleResult *result;
	int64_t agency_id;
	IdentityRank rank;
	int32_t since;
	bool is_concurrent, has_problem, is_account_blamed;
	IdentityPerson person;
} PeopleRowRun;

/* Notes what is wrong with a cell of the row, which is not entered then. */
void people_import_blame(PeopleRun *run, PeopleRowRun *at, PeopleColumn column, const char *message);

/* Reads unit, rank and day of a row. Fails as agency_find_by_name(). */
bool people_import_read_row(PeopleRun *run, PeopleRowRun *at, GError **error);

/* Finds whom a row is about: by login; else by name and unit; a concurrent post also by name alone, of
 * somebody above in the file; somebody without a unit in both by name. NULL: somebody new. Fails as
 * identity_rank_in(). */
bool people_import_find(PeopleRun *run, PeopleRowRun *at, const IdentityPerson **ret_person, GError **error);

/* Who has a login, those of the rows above among them; NULL: nobody. */
const IdentityPerson *people_import_find_login(const PeopleRun *run, const char *login);
