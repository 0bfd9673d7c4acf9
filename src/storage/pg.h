/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/backend.h"

#include <libpq-fe.h>

/* What the files of the PostgreSQL store share. */

typedef struct PgDb {
	Db base;
	PGconn *connection;
	unsigned generation; /* counts connections: a statement is prepared in one of them */
	unsigned n_stmts;    /* ever made, for their names */
	int64_t changes;
	bool is_read_only;
	bool is_lost;    /* the connection broke */
	GPtrArray *sent; /* of const char *: statements without an answer yet; any: the pipeline is open */
} PgDb;

typedef struct PgParam {
	GString *value;
	bool is_set, is_binary;
} PgParam;

typedef struct PgStmt {
	DbStmt base;
	char name[16];
	unsigned generation; /* of the connection it is prepared in */
	PgParam *params;
	PGresult *result; /* NULL: not run yet */
	int row;          /* the present one; the first step moves to 0 */
	GPtrArray *bytes; /* of decoded columns of the present row */
	bool is_misbound; /* a parameter was bound that it does not have */
} PgStmt;

/* True where a statement was carried out. */
bool pg_is_fine(const PGresult *result);

/* Folds libpq's message into ours; gives false. */
bool pg_fail(PgDb *db, const PGresult *result, const char *what, GError **error);

/* --- statements that nobody waits for (pg_later.c) ---------------------------------------------------------
 *
 * They are sent, and the server works at them, while the program goes on; the answers of all are taken before
 * anything else is done with the connection. */

/* Sends a prepared statement. */
bool pg_later_send(PgDb *db, const PgStmt *stmt, GError **error);

/* Sends one statement of the store's own, a constant. */
bool pg_later_send_text(PgDb *db, const char *sql, GError **error);

/* Takes the answers of what was sent. Fails as the first of them that failed. */
bool pg_later_settle(PgDb *db, GError **error);

/* Carries out a prepared statement and gives its result, the caller's, be it a failure; one round trip for it
 * and all that was sent before. Fails, with *ret_result NULL, where one of these failed. */
bool pg_later_run(PgDb *db, const PgStmt *stmt, PGresult **ret_result, GError **error);
