/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "compiler/compiler.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What every subcommand gets: its own arguments after the common ones were taken out, and the clock. */
typedef struct CommandContext {
	const char *name;
	int64_t now_us;      /* microseconds since 1970, UTC: the system's clock, or --now */
	int32_t today;       /* day number in Asia/Ho_Chi_Minh */
	bool is_clock_fixed; /* --now was given: a server keeps to it too */
	const char
	    *database; /* address of a PostgreSQL database (--db, NAMRO_DB); NULL: the directory's own file */
} CommandContext;

/* Runs with argv[0] = the subcommand's name. Gives the exit code: 0 done, 1 findings or refused, 2 usage,
 * 3 the input cannot be read, 4 the store failed (ADR-0004). */
typedef int (*CommandRun)(const CommandContext *context, int argc, char **argv);

typedef struct Command {
	const char *name;
	const char *arguments; /* "FILE…", for the usage line */
	const char *summary;   /* one line, Vietnamese */
	CommandRun run;
	const char *notes; /* for --help, below the options; NULL */
} Command;

/* Parses a subcommand's own options with GOption and answers --help. Gives true to go on; false with
 * *ret_exit set where the command is already answered. `entries` may be NULL. */
bool command_parse_options(
    const CommandContext *context, const GOptionEntry *entries, int *argc, char ***argv, int *ret_exit);

/* The options by which a command opens a data directory. A command's own clock stands still while it works.
 */
AppOptions command_app_options(const CommandContext *context, const char *directory);

/* Prints "namro NAME: message" to stderr with what to do next, and gives the exit code of the error. */
int command_fail(const CommandContext *context, const GError *error);

/* Gives true for NULL; else fails with APP_ERROR_INVALID and the problem, which a module has told. */
bool command_refuse(const char *problem, GError **error);

/* Fails with APP_ERROR_USAGE; gives false, to end a function with. */
bool command_refuse_usage(const char *message, GError **error);

#define MINUTES_AN_HOUR 60

/* Reads a time of day ("22:00", "7:30") as the minutes since midnight; *ret_rest is what stands behind it. */
bool command_parse_minute(const char *text, int *ret_minute, const char **ret_rest);

/* Reads a whole file into memory, at most LIMIT_SOURCE_BYTES.
 * Fails with APP_ERROR_NOT_FOUND, APP_ERROR_UNREADABLE or APP_ERROR_LIMIT. */
bool command_read_file(const char *path, char **ret_bytes, size_t *ret_len, GError **error);

/* Compiles a file of any format that can be read, and shows on a terminal how far it is; *ret_plan is the
 * caller's. path: for messages. compiler: may be NULL. agencies: as in ReaderOptions.
 * Fails as reader_compile() does. */
bool command_compile_bytes(const char *path, const char *bytes, size_t len, const CompilerOptions *compiler,
    const char *const *agencies, Plan **ret_plan, GError **error);

/* Reads and compiles a file. Fails as command_read_file() and command_compile_bytes() do. */
bool command_compile_file(const char *path, Plan **ret_plan, GError **error);

/* The list of all subcommands, ended by a NULL name. */
extern const Command COMMANDS[];

int command_compile(const CommandContext *context, int argc, char **argv);
int command_diff(const CommandContext *context, int argc, char **argv);
int command_lint(const CommandContext *context, int argc, char **argv);
int command_import(const CommandContext *context, int argc, char **argv);
int command_init(const CommandContext *context, int argc, char **argv);
int command_verify(const CommandContext *context, int argc, char **argv);
int command_verify_receipt(const CommandContext *context, int argc, char **argv);
int command_migrate(const CommandContext *context, int argc, char **argv);
int command_backup(const CommandContext *context, int argc, char **argv);
int command_restore(const CommandContext *context, int argc, char **argv);
int command_verify_backup(const CommandContext *context, int argc, char **argv);
int command_backup_schedule(const CommandContext *context, int argc, char **argv);
int command_user(const CommandContext *context, int argc, char **argv);
int command_notify(const CommandContext *context, int argc, char **argv);
/* The part of `namro admin` that keeps rules of signing in and keys; true where the arguments ask for it. */
bool command_admin_keeps(int argc, char **argv);
int command_admin_keep(const CommandContext *context, int argc, char **argv);
int command_admin(const CommandContext *context, int argc, char **argv);
int command_plan(const CommandContext *context, int argc, char **argv);
int command_task(const CommandContext *context, int argc, char **argv);
int command_remind(const CommandContext *context, int argc, char **argv);
int command_job(const CommandContext *context, int argc, char **argv);
int command_serve(const CommandContext *context, int argc, char **argv);
