/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>

/* Memory that dies together: view models, parse trees, rendered strings. Nothing in an arena is freed alone and
 * nothing in it may own heap memory. */
typedef struct Arena Arena;

Arena *arena_new(void);

/* Makes one whose first piece of memory has `size` bytes: for what is small and of which there are many. */
Arena *arena_new_sized(size_t size);
void arena_free(Arena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

/* Gives `size` zeroed bytes, aligned for any type; never NULL (an allocation failure aborts, see ceilings.h). */
void *arena_alloc(Arena *arena, size_t size);

/* Copies `len` bytes and ends them with a NUL. */
char *arena_strndup(Arena *arena, const char *text, size_t len);

/* Copies a string; NULL stays NULL. */
char *arena_strdup(Arena *arena, const char *text);

char *arena_printf(Arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Bytes handed out since the arena was made. */
size_t arena_used(const Arena *arena);

#define arena_new0(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (n)))
