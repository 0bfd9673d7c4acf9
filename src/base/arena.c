/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(ptr, size) ASAN_POISON_MEMORY_REGION((ptr), (size))
#define UNPOISON(ptr, size) ASAN_UNPOISON_MEMORY_REGION((ptr), (size))
#define RED_ZONE 16 /* bytes left poisoned behind each object, so that an overrun is seen */
#else
#define POISON(ptr, size) ((void)(ptr), (void)(size))
#define UNPOISON(ptr, size) ((void)(ptr), (void)(size))
#define RED_ZONE 0
#endif

#define FIRST_CHUNK ((size_t)16 * 1024)
#define LARGEST_CHUNK ((size_t)1024 * 1024)

typedef struct Chunk {
	struct Chunk *previous;
	size_t size;
	size_t used;
	max_align_t data[];
} Chunk;

struct Arena {
	Chunk *chunk;
	size_t next_size;
	size_t used;
};

Arena *
arena_new_sized(size_t size)
{
	Arena *arena = g_new0(Arena, 1);

	arena->next_size = size;
	return arena;
}

Arena *
arena_new(void)
{
	return arena_new_sized(FIRST_CHUNK);
}

void
arena_free(Arena *arena)
{
	if (arena == NULL)
		return;
	for (Chunk *chunk = arena->chunk, *previous; chunk != NULL; chunk = previous) {
		previous = chunk->previous;
		UNPOISON(chunk->data, chunk->size);
		g_free(chunk);
	}
	g_free(arena);
}

static void
add_chunk(Arena *arena, size_t at_least)
{
	size_t size = MAX(arena->next_size, at_least);
	Chunk *chunk = g_malloc(sizeof(Chunk) + size);

	chunk->previous = arena->chunk;
	chunk->size = size;
	chunk->used = 0;
	POISON(chunk->data, size);
	arena->chunk = chunk;
	arena->next_size = MIN(arena->next_size * 2, LARGEST_CHUNK);
}

void *
arena_alloc(Arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t rounded = ((size + align - 1) / align) * align + RED_ZONE;
	char *result;

	g_assert(rounded >= size);
	if (arena->chunk == NULL || arena->chunk->size - arena->chunk->used < rounded)
		add_chunk(arena, rounded);
	result = (char *)arena->chunk->data + arena->chunk->used;
	arena->chunk->used += rounded;
	arena->used += size;
	UNPOISON(result, size);
	memset(result, 0, size);
	return result;
}

char *
arena_strndup(Arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	memcpy(copy, text, len);
	return copy;
}

char *
arena_strdup(Arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *
arena_printf(Arena *arena, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	return arena_strdup(arena, text);
}

size_t
arena_used(const Arena *arena)
{
	return arena->used;
}
