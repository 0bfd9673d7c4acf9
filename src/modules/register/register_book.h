/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/register/register_rows.h"

#include <xlsxwriter.h>

/* What the files share that write a register for Excel. */

#define REGISTER_PAPER_A4 9

typedef struct RegisterFormats {
	lxw_format *title, *plain, *note, *head, *head_open, *group, *locked, *open, *number, *day, *text;
} RegisterFormats;

typedef struct RegisterBook {
	const RegisterContent *content;
	const WorkScope *scope;
	lxw_workbook *workbook;
	RegisterFormats formats;
} RegisterBook;

void register_book_make_formats(RegisterBook *book);

/* Adds the sheet of an annex. */
void register_book_write_annex(RegisterBook *book, const RegisterAnnex *annex);

/* Protects a sheet: of its cells only those can be filled in that are open. */
void register_book_lock(lxw_worksheet *sheet);
