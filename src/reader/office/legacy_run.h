/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum {
	LEGACY_RUN_ENDED, /* well or badly: what it left tells */
	LEGACY_RUN_TOO_LONG,
	LEGACY_RUN_CANCELLED,
	LEGACY_RUN_NOT_STARTED,
} LegacyRun;

/* Runs a program in a folder that is its home too, with limits of time, memory and file size, in a process
 * group of its own that is killed when it ends, takes too long or *is_cancelled (may be NULL) is set by
 * another thread. arguments[0] is its path. */
LegacyRun
legacy_run(const char *const *arguments, const char *folder, int timeout_ms, const gint *is_cancelled);
