/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_keeper.h"

#include "app/app_internal.h"
#include "app/backup_schedule.h"
#include "base/app-error.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_EVERY_S 20
#define LISTEN_MS 200
#define SAID_MAX 2000 /* bytes of what the command said that are kept */

struct AppBackupKeeper {
	App *app;
	Db *db;
	const char *program;
	GThread *thread;
	GMutex mutex;
	GCond is_changed;
	gint is_stopping;
};

/* Keeps what a command says until it has nothing more to say, and ends it where the server ends. */
static void
listen_to(AppBackupKeeper *keeper, GPid pid, int fd, GString *said)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	bool is_told = false;
	char piece[512];

	for (;;) {
		int n_ready = poll(&wait, 1, LISTEN_MS);
		ssize_t n = n_ready > 0 ? read(fd, piece, sizeof(piece)) : 0;

		if (n_ready > 0 && n <= 0)
			return;
		if (n > 0 && said->len < SAID_MAX)
			g_string_append_len(said, piece, MIN(n, (ssize_t)(SAID_MAX - said->len)));
		if (!is_told && g_atomic_int_get(&keeper->is_stopping) != 0) {
			kill(pid, SIGKILL); /* what it leaves behind, the next one sweeps away */
			is_told = true;
		}
	}
}

static bool
judge(int status, const GString *said, GError **error)
{
	g_autofree char *text = g_utf8_make_valid(said->str, (gssize)said->len);

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	g_strstrip(text);
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE,
	    *text != '\0' ? text : "lệnh sao lưu dừng đột ngột; hãy chạy thử lệnh đó trên máy để xem");
	return false;
}

static bool
run_command(AppBackupKeeper *keeper, GStrv argv, GError **error)
{
	const char *database = keeper->app->options.database;
	g_auto(GStrv) environment = g_get_environ();
	g_autoptr(GString) said = g_string_new(NULL);
	int status = 0, fd;
	GPid pid;

	/* Not among the arguments: everybody on the machine can read them. */
	if (database != NULL)
		environment = g_environ_setenv(environment, "NAMRO_DB", database, TRUE);
	if (!g_spawn_async_with_pipes(NULL, argv, environment,
		G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &pid, NULL, NULL, &fd,
		error))
		return false;
	listen_to(keeper, pid, fd, said);
	close(fd);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return judge(status, said, error);
}

static GStrv
command_of(const AppBackupKeeper *keeper, const BackupSchedule *schedule, BackupDue due)
{
	bool is_make = due == BACKUP_MAKE;
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
	g_autofree char *keep = g_strdup_printf("%u", schedule->n_keep);

	g_strv_builder_add_many(builder, keeper->program, is_make ? "backup" : "verify-backup",
	    is_make ? "--to" : "--from", schedule->folder, "--key", schedule->key, NULL);
	if (is_make)
		g_strv_builder_add_many(builder, "--keep", keep, NULL);
	g_strv_builder_add(builder, keeper->app->directory);
	return g_strv_builder_end(builder);
}

static bool
do_due(AppBackupKeeper *keeper, const BackupSchedule *schedule, const BackupHistory *history, BackupDue due,
    GError **error)
{
	g_auto(GStrv) argv = command_of(keeper, schedule, due);
	g_autoptr(GError) failure = NULL;
	bool is_done = run_command(keeper, argv, &failure);

	/* Broken off by the server's end, or as it should be once more: no news. */
	if (is_done ? history->failure == NULL : g_atomic_int_get(&keeper->is_stopping) != 0)
		return true;
	return backup_history_note_try(keeper->db, app_commune(keeper->app)->commune_id,
	    app_now_us(keeper->app), is_done ? NULL : failure->message, error);
}

static bool
look(AppBackupKeeper *keeper, GError **error)
{
	int64_t commune_id = app_commune(keeper->app)->commune_id;
	g_auto(BackupSchedule) schedule = {0};
	g_auto(BackupHistory) history = {0};
	BackupDue due;

	if (!backup_schedule_read(keeper->db, commune_id, &schedule, error))
		return false;
	if (schedule.folder == NULL)
		return true;
	if (!backup_history_read(keeper->db, commune_id, &history, error))
		return false;
	due = backup_schedule_due(&schedule, &history, app_now_us(keeper->app));
	return due == BACKUP_WAIT || do_due(keeper, &schedule, &history, due, error);
}

/* False where the server ends. */
static bool
rest(AppBackupKeeper *keeper)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&keeper->mutex);
	int64_t until_us = g_get_monotonic_time() + LOOK_EVERY_S * G_USEC_PER_SEC;

	while (g_atomic_int_get(&keeper->is_stopping) == 0)
		if (!g_cond_wait_until(&keeper->is_changed, &keeper->mutex, until_us))
			return true;
	return false;
}

static gpointer
run(gpointer data)
{
	AppBackupKeeper *keeper = data;

	do {
		g_autoptr(GError) error = NULL;

		if (!look(keeper, &error))
			fprintf(stderr, "lịch sao lưu: %s\n", error->message);
	} while (rest(keeper));
	return NULL;
}

bool
app_backup_keeper_start(App *app, const char *program, AppBackupKeeper **ret_keeper, GError **error)
{
	g_autoptr(AppBackupKeeper) keeper = g_new0(AppBackupKeeper, 1);

	keeper->app = app;
	keeper->program = program;
	g_mutex_init(&keeper->mutex);
	g_cond_init(&keeper->is_changed);
	if (!app_open_writer(app, &keeper->db, error))
		return false;
	keeper->thread = g_thread_new("backups", run, keeper);
	*ret_keeper = g_steal_pointer(&keeper);
	return true;
}

void
app_backup_keeper_stop(AppBackupKeeper *keeper)
{
	if (keeper == NULL)
		return;
	if (keeper->thread != NULL) {
		g_mutex_lock(&keeper->mutex);
		g_atomic_int_set(&keeper->is_stopping, 1);
		g_cond_signal(&keeper->is_changed);
		g_mutex_unlock(&keeper->mutex);
		g_thread_join(keeper->thread);
	}
	db_free(keeper->db);
	g_mutex_clear(&keeper->mutex);
	g_cond_clear(&keeper->is_changed);
	g_free(keeper);
}
