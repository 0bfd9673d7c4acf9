/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stddef.h>

/* Links of lists: the page's own path with its parameters, one or two of them changed. The results are whole
 * URLs, not yet escaped for HTML: a template's href="{{ … }}" does that. They live in the arena. */

typedef struct LinkParam {
	const char *name;
	const char *value; /* NULL or "": not in the URL */
} LinkParam;

typedef struct LinkBase {
	const char *path;
	const LinkParam *params; /* in the order in which they are written */
	size_t n_params;
} LinkBase;

/* Gives the URL with the parameters of `changes` set, or left out where their value is NULL. Those that the
 * page does not have yet come last. */
char *link_with(Arena *arena, const LinkBase *base, const LinkParam *changes, size_t n_changes);

/* Gives the value of a parameter; NULL where it is not there or empty. */
const char *link_value(const LinkBase *base, const char *name);
