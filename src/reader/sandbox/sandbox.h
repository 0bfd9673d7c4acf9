/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct SandboxRights {
	unsigned cpu_s;
	size_t memory_bytes; /* 0: no limit */
	bool may_use_threads;
	const char *const *read_paths; /* ended by NULL; may be NULL */
} SandboxRights;

/* Gives up, for good, what a parser does not need: limits, no new privileges, no reading outside the
 * system's libraries and fonts where the kernel has Landlock, and a filter of system calls. One thread only.
 * Fails with APP_ERROR_INTERNAL where the kernel has no seccomp filters; nothing may be read then. */
bool sandbox_enter(const SandboxRights *rights, GError **error);

/* The single steps, in the order sandbox_enter() takes them. */
bool sandbox_limit(const SandboxRights *rights, GError **error);
void sandbox_hide_files(const char *const *read_paths); /* Landlock: an extra, silent where there is none */
bool sandbox_filter(bool may_use_threads, GError **error);

/* False in a build with the address sanitizer, which reserves terabytes of address space; there the parent's
 * watch over resident memory is the only limit. */
bool sandbox_can_limit_memory(void);
