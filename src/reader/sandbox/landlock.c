/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/sandbox/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What libraries open long after their start: fonts and their caches, character maps, code pages, models. The
 * commune's data is in none of these. */
static const char *const SYSTEM_PATHS[] = {"/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/var/cache/fontconfig", "/var/lib/ghostscript", "/sys/devices/system/cpu", "/dev/null",
    "/dev/urandom", "/proc/self", "/proc/meminfo", "/proc/cpuinfo", NULL};

/* What the first version of Landlock can forbid; later rights (truncate, network) the filter refuses. */
#define RIGHTS_HANDLED \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | \
	    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | \
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | \
	    LANDLOCK_ACCESS_FS_MAKE_SYM)

static void
allow_reading(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE};
	int fd = open(path, O_PATH | O_CLOEXEC);
	struct stat status;

	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0) {
		if (S_ISDIR(status.st_mode))
			rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
		rule.parent_fd = fd;
		(void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(fd);
}

void
sandbox_hide_files(const char *const *read_paths)
{
	const struct landlock_ruleset_attr attributes = {.handled_access_fs = RIGHTS_HANDLED};
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0);

	if (ruleset < 0)
		return;
	for (size_t i = 0; SYSTEM_PATHS[i] != NULL; i++)
		allow_reading(ruleset, SYSTEM_PATHS[i]);
	allow_reading(ruleset, "/proc/self/exe");
	for (size_t i = 0; read_paths != NULL && read_paths[i] != NULL; i++)
		allow_reading(ruleset, read_paths[i]);
	(void)syscall(SYS_landlock_restrict_self, ruleset, 0);
	close(ruleset);
}
