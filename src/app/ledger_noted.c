/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_noted.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define FIRST_SLOTS 1024      /* a power of two, as every size after it */
#define CLAIMS_MAX (1u << 17) /* 4 MB */

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
	GMutex mutex;
	GCond is_changed;
	gint has_ended;
};

struct LedgerClaims {
	LedgerNoted *noted;
	GArray *waiting; /* of Slot */
	bool is_wrong;
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
	g_mutex_init(&noted->mutex);
	g_cond_init(&noted->is_changed);
	noted->n_slots = FIRST_SLOTS;
	noted->slots = g_new0(Slot, noted->n_slots);
	return noted;
}

void
ledger_noted_free(LedgerNoted *noted)
{
	if (noted == NULL)
		return;
	g_mutex_clear(&noted->mutex);
	g_cond_clear(&noted->is_changed);
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

void
ledger_noted_end(LedgerNoted *noted)
{
	g_mutex_lock(&noted->mutex);
	g_atomic_int_set(&noted->has_ended, 1);
	g_cond_broadcast(&noted->is_changed);
	g_mutex_unlock(&noted->mutex);
}

static void
wait_for_end(LedgerNoted *noted)
{
	g_mutex_lock(&noted->mutex);
	while (g_atomic_int_get(&noted->has_ended) == 0)
		g_cond_wait(&noted->is_changed, &noted->mutex);
	g_mutex_unlock(&noted->mutex);
}

static bool
holds(const LedgerNoted *noted, const Slot *claim)
{
	const Slot *slot = find_slot(noted, &claim->object);

	return !is_zero(&claim->state) && is_equal(&slot->object, &claim->object) &&
	       is_equal(&slot->state, &claim->state);
}

bool
ledger_noted_is(const LedgerNoted *noted, const char *object, const char *state)
{
	const Slot claim = {digest_of(noted, object), digest_of(noted, state)};

	return holds(noted, &claim);
}

LedgerClaims *
ledger_claims_new(LedgerNoted *noted)
{
	LedgerClaims *claims = g_new0(LedgerClaims, 1);

	claims->noted = noted;
	claims->waiting = g_array_new(FALSE, FALSE, sizeof(Slot));
	return claims;
}

void
ledger_claims_free(LedgerClaims *claims)
{
	if (claims == NULL)
		return;
	g_array_unref(claims->waiting);
	g_free(claims);
}

static void
settle(LedgerClaims *claims)
{
	for (guint i = 0; i < claims->waiting->len && !claims->is_wrong; i++)
		claims->is_wrong = !holds(claims->noted, &g_array_index(claims->waiting, Slot, i));
	g_array_set_size(claims->waiting, 0);
}

void
ledger_claims_put(LedgerClaims *claims, const char *object, const char *state)
{
	const Slot claim = {digest_of(claims->noted, object), digest_of(claims->noted, state)};

	if (claims->waiting->len == CLAIMS_MAX)
		wait_for_end(claims->noted);
	g_array_append_val(claims->waiting, claim);
	if (g_atomic_int_get(&claims->noted->has_ended) != 0)
		settle(claims);
}

bool
ledger_claims_hold(LedgerClaims *claims)
{
	wait_for_end(claims->noted);
	settle(claims);
	return !claims->is_wrong;
}
