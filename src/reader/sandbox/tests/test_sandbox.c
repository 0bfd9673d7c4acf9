/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each case runs in a process of its own, inside the sandbox, and gives an exit code. */
typedef int (*Deed)(void);

enum { DONE = 0, REFUSED_READ_ONLY = 10, REFUSED_NO_CALL = 11, REFUSED_OTHER = 12 };

static int
refusal(void)
{
	return errno == EROFS ? REFUSED_READ_ONLY : errno == ENOSYS ? REFUSED_NO_CALL : REFUSED_OTHER;
}

static int
outcome(long result)
{
	return result >= 0 ? DONE : refusal();
}

static int
open_socket(void)
{
	return outcome(socket(AF_INET, SOCK_STREAM, 0));
}

static int
open_unix_socket(void)
{
	return outcome(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
start_program(void)
{
	char *arguments[] = {NULL};

	return outcome(execve("/bin/true", arguments, arguments));
}

static int
fork_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return outcome(pid);
}

static int
trace_parent(void)
{
	return outcome(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
kill_parent(void)
{
	return outcome(kill(getppid(), 0));
}

static int
set_user(void)
{
	return outcome(syscall(SYS_setresuid, 1, 1, 1));
}

static int
set_ring(void)
{
	return outcome(syscall(SYS_io_uring_setup, 1, NULL));
}

static char *written_path;

static int
write_new_file(void)
{
	return outcome(open(written_path, O_WRONLY | O_CREAT, 0600));
}

static int
write_old_file(void)
{
	return outcome(open("/dev/null", O_RDWR));
}

static int
truncate_file(void)
{
	return outcome(open("/dev/null", O_RDONLY | O_TRUNC));
}

static int
remove_file(void)
{
	return outcome(unlink(written_path));
}

static int
make_memory_file(void)
{
	return outcome(memfd_create("x", 0));
}

static int
raise_limit(void)
{
	const struct rlimit limit = {.rlim_cur = 1, .rlim_max = 1};

	return outcome(setrlimit(RLIMIT_CPU, &limit));
}

static int
map_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return outcome(page == MAP_FAILED ? -1 : 0);
}

static int
turn_data_to_code(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return outcome(page == MAP_FAILED ? -1 : mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

static int
read_library(void)
{
	int fd = open("/usr/share/common-licenses/GPL-3", O_RDONLY);
	char byte;

	return outcome(fd < 0 ? -1 : read(fd, &byte, 1));
}

static int
allocate(void)
{
	g_autofree char *bytes = g_malloc0((gsize)8 * 1024 * 1024);

	return bytes[1024] == 0 ? DONE : REFUSED_OTHER;
}

static int
ask_limit(void)
{
	struct rlimit limit;

	return outcome(getrlimit(RLIMIT_CPU, &limit));
}

static void *
do_nothing(void *data)
{
	return data;
}

static int
start_thread(void)
{
	pthread_t thread;
	int code = pthread_create(&thread, NULL, do_nothing, NULL);

	if (code != 0) {
		errno = code;
		return refusal();
	}
	return pthread_join(thread, NULL) == 0 ? DONE : REFUSED_OTHER;
}

static int
call_abort(void)
{
	abort();
}

static int
loop(void)
{
	volatile bool is_looping = true;

	while (is_looping) {
	}
	return DONE;
}

typedef struct Case {
	const char *name;
	Deed deed;
	int signal; /* that ends it; 0: it ends by itself, with `code` */
	int code;
	bool may_use_threads;
} Case;

static const Case CASES[] = {
    {"socket", open_socket, SIGSYS, 0, false},
    {"unix-socket", open_unix_socket, SIGSYS, 0, false},
    {"exec", start_program, SIGSYS, 0, false},
    {"fork", fork_process, SIGSYS, 0, false},
    {"fork-beside-threads", fork_process, SIGSYS, 0, true},
    {"ptrace", trace_parent, SIGSYS, 0, false},
    {"kill", kill_parent, SIGSYS, 0, false},
    {"setuid", set_user, SIGSYS, 0, false},
    {"io-uring", set_ring, SIGSYS, 0, false},
    {"create", write_new_file, 0, REFUSED_READ_ONLY, false},
    {"write", write_old_file, 0, REFUSED_READ_ONLY, false},
    {"truncate", truncate_file, 0, REFUSED_READ_ONLY, false},
    {"unlink", remove_file, 0, REFUSED_READ_ONLY, false},
    {"memfd", make_memory_file, 0, REFUSED_READ_ONLY, false},
    {"setrlimit", raise_limit, 0, REFUSED_NO_CALL, false},
    {"map-code", map_code, 0, REFUSED_NO_CALL, false},
    {"data-to-code", turn_data_to_code, 0, REFUSED_NO_CALL, false},
    {"thread-refused", start_thread, 0, REFUSED_OTHER, false},
    {"thread", start_thread, 0, DONE, true},
    {"read", read_library, 0, DONE, false},
    {"allocate", allocate, 0, DONE, false},
    {"getrlimit", ask_limit, 0, DONE, false},
    {"abort", call_abort, SIGABRT, 0, false},
    {"loop", loop, SIGXCPU, 0, false},
};

static int
run_sandboxed(const SandboxRights *rights, Deed deed)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		g_autoptr(GError) error = NULL;

		_exit(sandbox_enter(rights, &error) ? deed() : 99);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	return status;
}

static void
test_case(gconstpointer data)
{
	const Case *c = data;
	const SandboxRights rights = {.cpu_s = 1, .may_use_threads = c->may_use_threads};
	int status = run_sandboxed(&rights, c->deed);

	if (c->signal != 0) {
		g_assert_true(WIFSIGNALED(status));
		g_assert_cmpint(WTERMSIG(status), ==, c->signal);
	} else {
		g_assert_true(WIFEXITED(status));
		g_assert_cmpint(WEXITSTATUS(status), ==, c->code);
	}
	g_assert_false(g_file_test(written_path, G_FILE_TEST_EXISTS));
}

static int
map_much(void)
{
	void *pages = mmap(NULL, (size_t)512 * 1024 * 1024, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return outcome(pages == MAP_FAILED ? -1 : 0);
}

static void
test_memory(void)
{
	const SandboxRights rights = {.cpu_s = 1, .memory_bytes = (size_t)256 * 1024 * 1024};
	int status = run_sandboxed(&rights, map_much);

	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, sandbox_can_limit_memory() ? REFUSED_OTHER : DONE);
}

static char *secret_path;

static int
read_secret(void)
{
	return outcome(open(secret_path, O_RDONLY));
}

/* With Landlock the commune's own files are out of sight; without it only writing is refused. */
static void
test_foreign_file(void)
{
	const char *allowed[] = {secret_path, NULL};
	SandboxRights rights = {.cpu_s = 1};
	int status;

	g_assert_true(g_file_set_contents(secret_path, "x", 1, NULL));
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1) {
		g_test_skip("this kernel has no Landlock");
	} else {
		status = run_sandboxed(&rights, read_secret);
		g_assert_true(WIFEXITED(status));
		g_assert_cmpint(WEXITSTATUS(status), ==, REFUSED_OTHER);
		rights.read_paths = allowed;
		status = run_sandboxed(&rights, read_secret);
		g_assert_true(WIFEXITED(status));
		g_assert_cmpint(WEXITSTATUS(status), ==, DONE);
	}
	g_remove(secret_path);
}

int
main(int argc, char **argv)
{
	g_autofree char *directory = NULL;
	int result;

	g_test_init(&argc, &argv, NULL);
	directory = g_dir_make_tmp("namro-sandbox-XXXXXX", NULL);
	g_assert_nonnull(directory);
	written_path = g_build_filename(directory, "written", NULL);
	secret_path = g_build_filename(directory, "secret", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *name = g_strconcat("/sandbox/", CASES[i].name, NULL);

		g_test_add_data_func(name, &CASES[i], test_case);
	}
	g_test_add_func("/sandbox/memory", test_memory);
	g_test_add_func("/sandbox/foreign-file", test_foreign_file);
	result = g_test_run();
	g_rmdir(directory);
	g_free(written_path);
	g_free(secret_path);
	return result;
}
