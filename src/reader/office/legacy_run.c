/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/legacy_run.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define CPU_S 120
#define MEMORY_BYTES ((rlim_t)4 * 1024 * 1024 * 1024)
#define FILE_BYTES ((rlim_t)256 * 1024 * 1024)
#define FILES_OPEN 1024
#define EXIT_NOT_STARTED 127
#define TICK_MS 50 /* how often it is looked whether the end is still wanted */

static void
limit(int resource, rlim_t most)
{
	const struct rlimit both = {.rlim_cur = most, .rlim_max = most};

	(void)setrlimit((__rlimit_resource_t)resource, &both);
}

/* In the new process, where only async-signal-safe calls are allowed. */
G_NORETURN static void
become(char *const *arguments, char *const *environment, const char *folder, int nothing)
{
	sigset_t none;

	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)setpgid(0, 0);
	limit(RLIMIT_CPU, CPU_S);
	limit(RLIMIT_AS, MEMORY_BYTES);
	limit(RLIMIT_FSIZE, FILE_BYTES);
	limit(RLIMIT_NOFILE, FILES_OPEN);
	limit(RLIMIT_CORE, 0);
	/* No network, where the kernel lets anybody do without. */
	(void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
	if (dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
	    dup2(nothing, STDERR_FILENO) < 0 || chdir(folder) != 0)
		_exit(EXIT_NOT_STARTED);
	(void)close_range(STDERR_FILENO + 1, ~0U, 0);
	execve(arguments[0], arguments, environment);
	_exit(EXIT_NOT_STARTED);
}

static char **
make_environment(const char *folder)
{
	GPtrArray *list = g_ptr_array_new();

	g_ptr_array_add(list, g_strdup_printf("HOME=%s", folder));
	g_ptr_array_add(list, g_strdup_printf("TMPDIR=%s", folder));
	g_ptr_array_add(list, g_strdup("PATH=/usr/local/bin:/usr/bin:/bin"));
	g_ptr_array_add(list, g_strdup("LC_ALL=C.UTF-8"));
	g_ptr_array_add(list, g_strdup("SAL_USE_VCLPLUGIN=svp"));
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(list, FALSE);
}

/* Waits for the end of the process; says what came first. */
static LegacyRun
wait_for(pid_t pid, int timeout_ms, const gint *is_cancelled)
{
	gint64 end = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
	struct pollfd ended = {.fd = pidfd_open(pid, 0), .events = POLLIN};
	LegacyRun result = LEGACY_RUN_TOO_LONG;
	gint64 left_ms = timeout_ms;

	while (ended.fd >= 0 && left_ms > 0) {
		if (is_cancelled != NULL && __atomic_load_n(is_cancelled, __ATOMIC_SEQ_CST) != 0) {
			result = LEGACY_RUN_CANCELLED;
			break;
		}
		if (poll(&ended, 1, (int)MIN(left_ms, TICK_MS)) > 0) {
			result = LEGACY_RUN_ENDED;
			break;
		}
		left_ms = (end - g_get_monotonic_time()) / 1000;
	}
	if (ended.fd >= 0)
		close(ended.fd);
	return result;
}

LegacyRun
legacy_run(const char *const *arguments, const char *folder, int timeout_ms, const gint *is_cancelled)
{
	g_auto(GStrv) environment = make_environment(folder),
		      copies = g_strdupv((char **)(guintptr)arguments);
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC), status = 0;
	LegacyRun result;
	pid_t pid;

	if (nothing < 0)
		return LEGACY_RUN_NOT_STARTED;
	pid = fork();
	if (pid == 0)
		become(copies, environment, folder, nothing);
	close(nothing);
	if (pid < 0)
		return LEGACY_RUN_NOT_STARTED;
	(void)setpgid(pid, pid);
	result = wait_for(pid, timeout_ms, is_cancelled);
	/* Its helpers too: the leader is not waited for yet, so the group's number is still its own. */
	(void)kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (result != LEGACY_RUN_ENDED)
		return result;
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_STARTED ? LEGACY_RUN_NOT_STARTED
									    : LEGACY_RUN_ENDED;
}
