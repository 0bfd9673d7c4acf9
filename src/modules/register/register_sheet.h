/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "compiler/blocks/blocks.h"
#include "modules/register/register_fields.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The rows of a register that came back from Excel, found by the titles of their columns; no database. */

#define REGISTER_ROWS_MAX 5000         /* of one file */
#define REGISTER_SHEETS_MAX 64         /* that hold rows */
#define REGISTER_COLUMNS_MAX 64        /* of a sheet */
#define REGISTER_CELL_BYTES_MAX 20000  /* of one cell */
#define REGISTER_PROBLEMS_MAX 200      /* that are told at once */
#define REGISTER_ADDRESS_SIZE 12       /* "F12" */
#define REGISTER_PACK_BYTES_MAX 700000 /* changed rows that fit into a form */

typedef struct RegisterSheet {
	const char *name;
	int columns[REGISTER_FIELD_MAX];          /* from 0; -1: not there */
	const char *titles[REGISTER_COLUMNS_MAX]; /* of the annex's own columns; NULL */
} RegisterSheet;

typedef struct RegisterRow {
	RegisterSheet *sheet;
	uint32_t number;                       /* in Excel, from 1 */
	const char *cells[REGISTER_FIELD_MAX]; /* "" where it is empty */
	unsigned formulas;                     /* 1 << field: its value was made by a formula */
	const char **others;                   /* of REGISTER_COLUMNS_MAX: the annex's own cells; NULL */
	int64_t plan_id, version;              /* as the hidden sheet has it; version 0: not there */
} RegisterRow;

/* What is wrong with one cell. */
typedef struct RegisterProblem {
	const char *sheet;                   /* NULL: the whole file */
	char address[REGISTER_ADDRESS_SIZE]; /* "" : the sheet as a whole */
	const char *message;                 /* Vietnamese, without anybody's data */
} RegisterProblem;

typedef struct RegisterFile {
	Arena *arena;
	int template_version;
	const char *mark;   /* of the commune that made it */
	int32_t month, day; /* that it was made for, and on; DATE_NONE */
	RegisterRow *rows;
	size_t n_rows;
	GArray *problems; /* of RegisterProblem */
	bool is_cut;      /* more problems than are told */
} RegisterFile;

/* Finds the hidden sheet and the rows. Everything lives in the arena, but for `problems`, which
 * register_file_clear() gives back. What is wrong is in there; nothing fails. */
void register_file_read(const BlockDocument *document, Arena *arena, RegisterFile *ret_file);
void register_file_clear(RegisterFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RegisterFile, register_file_clear)

/* Notes what is wrong with a field of a row, with any of its columns, or with the file. */
void register_blame(RegisterFile *file, const RegisterRow *row, RegisterField field, const char *message);
void register_blame_column(RegisterFile *file, const RegisterRow *row, int column, const char *message);
void register_blame_file(RegisterFile *file, const char *message);

/* Rows as text, to be sent along with a form, and back; without the annex's own cells. What comes back is
 * trusted no more than a file. rows: of const RegisterRow *. */
char *register_pack(const RegisterFile *file, const GPtrArray *rows);
void register_unpack(const char *text, Arena *arena, RegisterFile *ret_file);
