/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_noted.h"

#include <glib.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define FIRST_SLOTS 1024 /* a power of two, as every size after it */

typedef struct Digest {
	uint64_t words[2];
} Digest;

/* A place of the table: open addressing, at most three quarters full. */
typedef struct Slot {
	Digest object; /* all zero: free */
	Digest state;  /* all zero: none */
} Slot;

struct LedgerNoted {
	uint8_t key[crypto_shorthash_siphashx24_KEYBYTES];
	Slot *slots;
	size_t n_slots, n_used;
};

G_STATIC_ASSERT(sizeof(Digest) == crypto_shorthash_siphashx24_BYTES);

static bool
is_zero(const Digest *digest)
{
	return digest->words[0] == 0 && digest->words[1] == 0;
}

static bool
is_equal(const Digest *a, const Digest *b)
{
	return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

/* Never all zero but for NULL. */
static Digest
digest_of(const LedgerNoted *noted, const char *text)
{
	uint8_t bytes[crypto_shorthash_siphashx24_BYTES];
	Digest digest = {{0, 0}};

	if (text == NULL)
		return digest;
	crypto_shorthash_siphashx24(bytes, (const uint8_t *)text, strlen(text), noted->key);
	memcpy(&digest, bytes, sizeof(digest));
	digest.words[1] |= is_zero(&digest);
	return digest;
}

LedgerNoted *
ledger_noted_new(void)
{
	LedgerNoted *noted = g_new0(LedgerNoted, 1);

	randombytes_buf(noted->key, sizeof(noted->key));
	noted->n_slots = FIRST_SLOTS;
	noted->slots = g_new0(Slot, noted->n_slots);
	return noted;
}

void
ledger_noted_free(LedgerNoted *noted)
{
	if (noted == NULL)
		return;
	g_free(noted->slots);
	g_free(noted);
}

/* The object's own slot, or the free one where it belongs. */
static Slot *
find_slot(const LedgerNoted *noted, const Digest *object)
{
	size_t at = object->words[0] & (noted->n_slots - 1);

	while (!is_zero(&noted->slots[at].object) && !is_equal(&noted->slots[at].object, object))
		at = (at + 1) & (noted->n_slots - 1);
	return &noted->slots[at];
}

static void
grow(LedgerNoted *noted)
{
	g_autofree Slot *old = noted->slots;
	size_t n_old = noted->n_slots;

	noted->n_slots *= 2;
	noted->slots = g_new0(Slot, noted->n_slots);
	for (size_t i = 0; i < n_old; i++)
		if (!is_zero(&old[i].object))
			*find_slot(noted, &old[i].object) = old[i];
}

void
ledger_noted_put(LedgerNoted *noted, const char *object, const char *state)
{
	const Digest key = digest_of(noted, object);
	Slot *slot = find_slot(noted, &key);

	if (is_zero(&slot->object)) {
		noted->n_used++;
		slot->object = key;
	}
	slot->state = digest_of(noted, state);
	if (noted->n_used > noted->n_slots / 4 * 3)
		grow(noted);
}

bool
ledger_noted_is(const LedgerNoted *noted, const char *object, const char *state)
{
	const Digest key = digest_of(noted, object), wanted = digest_of(noted, state);
	const Slot *slot = find_slot(noted, &key);

	return state != NULL && is_equal(&slot->object, &key) && is_equal(&slot->state, &wanted);
}
