/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/spawn.h"

#include "base/app-error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* Taken over from our own environment where set: where data and fonts lie, how a test wants it checked. */
static const char *const ENVIRONMENT[] = {"TESSDATA_PREFIX", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
    "XDG_DATA_DIRS", "ASAN_OPTIONS", "UBSAN_OPTIONS", "G_DEBUG", "G_SLICE", "LD_LIBRARY_PATH"};

static char **
make_environment(void)
{
	GPtrArray *list = g_ptr_array_new();

	g_ptr_array_add(list, g_strdup("LC_ALL=C.UTF-8"));
	g_ptr_array_add(list, g_strdup("HOME=/nonexistent"));
	g_ptr_array_add(list, g_strdup("OMP_THREAD_LIMIT=1"));
	for (size_t i = 0; i < G_N_ELEMENTS(ENVIRONMENT); i++) {
		const char *value = getenv(ENVIRONMENT[i]);

		if (value != NULL)
			g_ptr_array_add(list, g_strdup_printf("%s=%s", ENVIRONMENT[i], value));
	}
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(list, FALSE);
}

static int
add_actions(posix_spawn_file_actions_t *actions, int input, int out, int log)
{
	int result = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);

	if (result == 0)
		result = posix_spawn_file_actions_adddup2(actions, out, STDOUT_FILENO);
	if (result == 0)
		result = posix_spawn_file_actions_adddup2(actions, log, STDERR_FILENO);
	if (result == 0)
		result = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
	return result;
}

static int
set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	int result;

	sigemptyset(&none);
	sigfillset(&all);
	result = posix_spawnattr_setflags(
	    attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (result == 0)
		result = posix_spawnattr_setsigmask(attributes, &none);
	return result == 0 ? posix_spawnattr_setsigdefault(attributes, &all) : result;
}

static int
spawn(const char *path, char *const *arguments, int input, int out, int log, pid_t *ret_pid)
{
	g_auto(GStrv) environment = make_environment();
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int result;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	result = add_actions(&actions, input, out, log);
	if (result == 0)
		result = set_attributes(&attributes);
	if (result == 0)
		result = posix_spawn(ret_pid, path, &actions, &attributes, arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

static void
close_pair(int pair[2])
{
	if (pair[0] >= 0)
		close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
}

static bool
refuse(int code, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "không khởi động được bộ đọc tệp (%s); hãy thử lại sau", g_strerror(code));
	return false;
}

static bool
watch(pid_t pid, int out, int log, SpawnedChild *ret_child)
{
	SpawnedChild child = {.pid = pid, .pidfd = pidfd_open(pid, 0), .out = out, .log = log};

	if (child.pidfd < 0 || fcntl(out, F_SETFL, O_NONBLOCK) != 0 || fcntl(log, F_SETFL, O_NONBLOCK) != 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		if (child.pidfd >= 0)
			close(child.pidfd);
		return false;
	}
	*ret_child = child;
	return true;
}

bool
spawn_child(const char *path, char *const *arguments, int input, SpawnedChild *ret_child, GError **error)
{
	int out[2] = {-1, -1}, log[2] = {-1, -1}, result = 0;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) != 0 || pipe2(log, O_CLOEXEC) != 0)
		result = errno;
	if (result == 0)
		result = spawn(path, arguments, input, out[1], log[1], &pid);
	if (result == 0 && !watch(pid, out[0], log[0], ret_child))
		result = errno;
	if (result != 0) {
		close_pair(out);
		close_pair(log);
		return refuse(result, error);
	}
	close(out[1]);
	close(log[1]);
	return true;
}
