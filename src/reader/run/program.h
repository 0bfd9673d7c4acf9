/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The reader programs, as the side that starts them knows them. */
typedef enum {
	READER_PROGRAM_OFFICE,
	READER_PROGRAM_WEB,
	READER_PROGRAM_PDF,
	READER_PROGRAM_OCR,
	READER_PROGRAM_LAYOUT,
	READER_PROGRAM_MAX,
} ReaderProgram;

/* What the parent holds a reader to, whatever limits it set itself. */
typedef struct ProgramLimits {
	unsigned wall_s;     /* for one start */
	size_t memory_bytes; /* resident */
	size_t output_bytes;
} ProgramLimits;

/* The limits in force; only tests change them. */
ProgramLimits *program_limits(ReaderProgram program);

/* "bộ đọc PDF" */
const char *program_title(ReaderProgram program);

/* Finds the program's file: in the folders that $NAMRO_READERS lists, beside this program, where it is
 * installed (../libexec/namro), where it is built (reader/NAME below this program's folder). The path is the
 * caller's. Fails with APP_ERROR_UNREADABLE. */
bool program_find(ReaderProgram program, char **ret_path, GError **error);
