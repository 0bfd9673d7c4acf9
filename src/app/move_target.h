/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "storage/place.h"

/* Where a commune moves to, for app/move.c alone. */
typedef struct MoveTarget {
	Db *db;
	char *location;
	char *name;    /* of the location, for people */
	char *aside;   /* the file while it is new and not whole; NULL: none, or it has its name */
	bool is_found; /* the commune has rows there */
	DbPlace place;
} MoveTarget;

/* Closes it, and removes what is not whole. */
void move_target_clear(MoveTarget *target);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MoveTarget, move_target_clear)

/* Says where it is. database: NULL for the directory's own file. Fails with APP_ERROR_CONFLICT where the rows
 * are there. */
bool move_target_choose(const App *app, const char *database, MoveTarget *target, GError **error);

/* Opens what is there; a file that is not there is left alone and not found. mode: DB_CREATE makes a server's
 * schema where it is missing. */
bool move_target_look(const App *app, MoveTarget *target, DbMode mode, GError **error);

/* True where the own file is a copy that does not count; it is only read. */
bool move_target_is_copy(const App *app, const MoveTarget *target);

/* Takes away an own file that was looked at and holds a copy that does not count. */
void move_target_drop_file(MoveTarget *target);

/* Opens it for a copy, making what is missing; a file is made aside. Fails with APP_ERROR_CONFLICT where
 * there is a file. */
bool move_target_make(const App *app, MoveTarget *target, GError **error);

/* Gives a file that was made its name, once all of it is on the disk, and opens it again. */
bool move_target_name(const App *app, MoveTarget *target, GError **error);
