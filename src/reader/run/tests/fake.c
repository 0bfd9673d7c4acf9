/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/tests/fake.h"

#include "reader/run/program.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MB ((size_t)1024 * 1024)

char *fake_directory;

static const char *const NAMES[] = {
    "namro-read-office", "namro-read-web", "namro-read-pdf", "namro-read-ocr", "namro-read-layout"};

void
fake_set_up(const char *bad_reader)
{
	fake_directory = g_dir_make_tmp("namro-readers-XXXXXX", NULL);
	g_assert_nonnull(fake_directory);
	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(fake_directory, NAMES[i], NULL);

		g_assert_cmpint(symlink(bad_reader, path), ==, 0);
	}
	g_assert_true(g_setenv("NAMRO_READERS", fake_directory, TRUE));
	for (int program = 0; program < READER_PROGRAM_MAX; program++)
		*program_limits((ReaderProgram)program) =
		    (ProgramLimits){.wall_s = 60, .memory_bytes = 256 * MB, .output_bytes = 4 * MB};
	/* What a reader leaves behind becomes our child, so that it is seen. */
	g_assert_cmpint(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), ==, 0);
}

void
fake_tear_down(void)
{
	g_autoptr(GDir) dir = g_dir_open(fake_directory, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(fake_directory, name, NULL);

		g_remove(path);
	}
	g_rmdir(fake_directory);
	g_clear_pointer(&fake_directory, g_free);
}

void
fake_assert_no_process(void)
{
	static const int PATIENCE_MS = 5000;
	pid_t pid = 0;

	/* An orphan that was killed ends a moment later. */
	for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += 10) {
		pid = waitpid(-1, NULL, WNOHANG);
		if (pid < 0)
			break;
		if (pid == 0)
			usleep(10 * 1000);
	}
	g_assert_cmpint(pid, ==, -1);
	g_assert_cmpint(errno, ==, ECHILD);
}
