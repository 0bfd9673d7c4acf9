/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_known.h"

#include "app/plan_access.h"

#include <string.h>

#define SESSIONS_MAX 1024 /* remembered at a time; then all are forgotten */
#define ENTRY_BYTES 2048  /* what is known of one is mostly less */

typedef struct Entry {
	IdentityKnown known;
	Arena *arena;
} Entry;

static GMutex lock;
static GHashTable *entries; /* by the digest of the token */

/* The digest of a random token is as good a hash as any. */
static guint
hash_digest(gconstpointer digest)
{
	guint hash;

	memcpy(&hash, digest, sizeof(hash));
	return hash;
}

static gboolean
is_same_digest(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, SECRET_BYTES) == 0;
}

static void
entry_free(gpointer data)
{
	Entry *entry = data;

	arena_free(entry->arena);
	g_free(entry);
}

/* The words are permissions, constants of the program; their list is not. */
static const char *const *
copy_words(Arena *arena, const char *const *words)
{
	size_t n = words != NULL ? g_strv_length((char **)(guintptr)words) : 0;
	const char **copy = arena_array(arena, const char *, n + 1);

	if (n > 0)
		memcpy(copy, words, n * sizeof(*copy));
	return copy;
}

static void
copy_visitor(Arena *arena, AppVisitor *visitor)
{
	AppGrant *grants = arena_array(arena, AppGrant, visitor->n_grants + 1);

	for (size_t i = 0; i < visitor->n_grants; i++) {
		const AppGrant *from = &visitor->grants[i];

		grants[i] = *from;
		grants[i].role = arena_strdup(arena, from->role);
		grants[i].role_name = arena_strdup(arena, from->role_name);
		grants[i].agency_name = arena_strdup(arena, from->agency_name);
		grants[i].permissions = copy_words(arena, from->permissions);
	}
	visitor->grants = grants;
	visitor->name = arena_strdup(arena, visitor->name);
	visitor->form_mark = arena_strdup(arena, visitor->form_mark);
	visitor->permissions = copy_words(arena, visitor->permissions);
}

bool
identity_known_recall(IdentityKnown *known, Arena *arena)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);
	const Entry *entry = entries != NULL ? g_hash_table_lookup(entries, known->digest) : NULL;

	if (entry == NULL || entry->known.commune_id != known->commune_id ||
	    entry->known.stamp != known->stamp || entry->known.day != known->day)
		return false;
	*known = entry->known;
	copy_visitor(arena, &known->visitor);
	return true;
}

void
identity_known_keep(const IdentityKnown *known)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);
	Entry *entry;

	if (known->stamp == 0)
		return;
	if (entries == NULL)
		entries = g_hash_table_new_full(hash_digest, is_same_digest, NULL, entry_free);
	if (g_hash_table_size(entries) >= SESSIONS_MAX)
		g_hash_table_remove_all(entries);
	entry = g_new0(Entry, 1);
	entry->arena = arena_new_sized(ENTRY_BYTES);
	entry->known = *known;
	copy_visitor(entry->arena, &entry->known.visitor);
	g_hash_table_replace(entries, entry->known.digest, entry);
}
