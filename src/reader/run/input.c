/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/input.h"

#include "base/app-error.h"
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int
input_new(const char *bytes, size_t len, GError **error)
{
	int fd = memfd_create("namro-input", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd >= 0 && fd_write_all(fd, bytes, len) && lseek(fd, 0, SEEK_SET) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0)
		return fd;
	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT, "không đủ bộ nhớ để đọc tệp (%s); hãy thử lại sau",
	    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}
