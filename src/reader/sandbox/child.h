/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The common part of the programs that read foreign formats (docs/adr/0012-readers-are-processes.md): takes
 * the file from descriptor 0, gives up all rights, lets the tool read, writes its answer to descriptor 1. */

typedef struct ChildOutput ChildOutput;

/* `form` is the first argument of the command line, `arguments` those behind it, ended by NULL. */
typedef struct ChildTool {
	const char *name;    /* "namro-read-pdf" */
	unsigned cpu_s;      /* processor time for one start */
	size_t memory_bytes; /* address space; 0: no limit of its own */
	bool may_use_threads;
	const char *const *read_paths; /* folders and files to be opened later, beside the system's libraries,
					  fonts and data in /usr; ended by NULL; NULL: none */

	/* Loads what needs rights or slow files: models, fonts, plug-ins. The file has not been looked at.
	 * NULL: nothing. */
	bool (*prepare)(const char *form, char **arguments, GError **error);

	/* Reads the file, inside the sandbox. Messages of errors name neither the file nor the program; the
	 * parent does. */
	bool (*run)(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output,
	    GError **error);
} ChildTool;

/* The whole of a reader's main(). Does not come back: destructors of a library are no part of the answer. */
G_NORETURN void child_main(const ChildTool *tool, int argc, char **argv);

/* Adds bytes to the result. May be called many times; what was put is not kept here. */
void child_put(ChildOutput *output, const char *bytes, size_t len);

/* Says that a page is begun. n_pages 0: not known. */
void child_progress(ChildOutput *output, uint32_t page, uint32_t n_pages);

/* Reads arguments[index] as a number between min and max. Fails with APP_ERROR_USAGE. */
bool child_number(
    char **arguments, unsigned index, uint32_t min, uint32_t max, uint32_t *ret_number, GError **error);
