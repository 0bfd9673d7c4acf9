/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Writes all of `bytes`, however often the system takes only a part or is interrupted. Fails with errno set;
 * a part may have been written then. */
bool fd_write_all(int fd, const void *bytes, size_t len);
