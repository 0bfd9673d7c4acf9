/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What a data directory says of itself, in its file "commune": a store may hold many communes, a directory
 * belongs to one (docs/adr/0019-communes-on-one-server.md). */
typedef struct DirectoryMark {
	int64_t commune_id;
	bool is_elsewhere; /* the rows are in a database that is not the directory's own file */
} DirectoryMark;

/* *ret_found false: a directory of an older program, or none. Fails with APP_ERROR_STORAGE. */
bool directory_mark_read(const char *directory, DirectoryMark *ret_mark, bool *ret_found, GError **error);

/* Writes it whole or not at all, synced. Fails with APP_ERROR_STORAGE. */
bool directory_mark_write(const char *directory, const DirectoryMark *mark, GError **error);

/* Keeps others out for a while: whoever serves the directory holds it with others, what moves its rows holds
 * it alone. Gives a descriptor to close at the end. Fails with APP_ERROR_BUSY (who wants it alone while it is
 * held, or the other way round), APP_ERROR_STORAGE. */
bool directory_hold(const char *directory, bool alone, int *ret_fd, GError **error);
