/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The rows of a filled-in list of people: which column holds what, by its title; no database. */

#define PEOPLE_ROWS_MAX 1000      /* people of one file */
#define PEOPLE_CELL_BYTES_MAX 400 /* of one cell */
#define PEOPLE_PROBLEMS_MAX 200
#define PEOPLE_ADDRESS_SIZE 12 /* "B7" */

typedef enum {
	PEOPLE_NAME,
	PEOPLE_UNIT,
	PEOPLE_POSITION,
	PEOPLE_RANK,
	PEOPLE_CONCURRENT,
	PEOPLE_SINCE,
	PEOPLE_EMAIL,
	PEOPLE_PHONE,
	PEOPLE_OTHER,
	PEOPLE_LOGIN,
	PEOPLE_ROLE,
	PEOPLE_COLUMN_MAX,
} PeopleColumn;

/* Indexed by PeopleColumn: its title in the files we make, and what stands in the instructions. */
extern const char *const PEOPLE_TITLES[PEOPLE_COLUMN_MAX];
extern const char *const PEOPLE_HINTS[PEOPLE_COLUMN_MAX];

typedef struct PeopleSheetRow {
	uint32_t number;                      /* of the row in Excel, from 1 */
	const char *cells[PEOPLE_COLUMN_MAX]; /* "" where it is empty */
} PeopleSheetRow;

/* What is wrong with one cell. */
typedef struct PeopleProblem {
	char address[PEOPLE_ADDRESS_SIZE]; /* "" : of the whole file */
	const char *message;               /* Vietnamese, without anybody's data */
} PeopleProblem;

typedef struct PeopleSheet {
	Arena *arena;
	PeopleSheetRow *rows;
	size_t n_rows;
	int columns[PEOPLE_COLUMN_MAX]; /* of the sheet, from 0; -1: not there */
	GArray *problems;               /* of PeopleProblem */
} PeopleSheet;

/* Finds the titles in any sheet and any order, and takes the rows below. Everything lives in the arena, but
 * for `problems`, which people_sheet_clear() gives back. What is wrong is in there; nothing fails. */
void people_sheet_read(const BlockDocument *document, Arena *arena, PeopleSheet *ret_sheet);
void people_sheet_clear(PeopleSheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PeopleSheet, people_sheet_clear)

/* Notes what is wrong with a cell; PEOPLE_COLUMN_MAX: with the row's name. */
void people_sheet_blame(PeopleSheet *sheet, uint32_t row, PeopleColumn column, const char *message);

/* The rows as text, to be sent along with a form, and back. What comes back is trusted no more than a file.
 */
char *people_sheet_pack(const PeopleSheet *sheet);
void people_sheet_unpack(const char *text, Arena *arena, PeopleSheet *ret_sheet);
