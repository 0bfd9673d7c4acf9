/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct SpawnedChild {
	pid_t pid;    /* leads a process group of its own */
	int pidfd;    /* readable when it has ended */
	int out, log; /* its descriptors 1 and 2, without blocking */
} SpawnedChild;

/* Starts a program with `input` as descriptor 0, nothing else open and next to no environment. All
 * descriptors are the caller's. Fails with APP_ERROR_LIMIT. */
bool
spawn_child(const char *path, char *const *arguments, int input, SpawnedChild *ret_child, GError **error);
