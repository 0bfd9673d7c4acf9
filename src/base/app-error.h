/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The one error domain of the program. Each code has exactly one HTTP status and one exit code (table in
 * app-error.c); what a person reads is made from the code and the place, not from the message (ADR-0004). */
typedef enum {
	APP_ERROR_INVALID,    /* the content of a request or an argument is wrong */
	APP_ERROR_USAGE,      /* the command line is wrong */
	APP_ERROR_UNREADABLE, /* an input file cannot be read or understood */
	APP_ERROR_NOT_FOUND,
	APP_ERROR_CONFLICT,
	APP_ERROR_FORBIDDEN,
	APP_ERROR_LIMIT, /* a ceiling of base/ceilings.h was reached */
	APP_ERROR_BUSY,
	APP_ERROR_STORAGE,
	APP_ERROR_DISK, /* nothing can be written: the disk is full, or may only be read */
	APP_ERROR_INTERNAL,
	APP_ERROR_MAX,
} AppErrorCode;

#define APP_ERROR (app_error_quark())
GQuark app_error_quark(void);

/* Gives the HTTP status of an error; 500 where the error is of a foreign domain. */
int app_error_http_status(const GError *error);

/* Gives the code for an errno of writing a file: DISK where no other file could be written either, else
 * STORAGE. */
AppErrorCode app_error_of_errno(int reason);

/* Gives the exit code of an error: 1 refused, 2 usage, 3 unreadable input, 4 store (docs/adr/0004). */
int app_error_exit_code(const GError *error);
