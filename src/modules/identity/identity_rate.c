/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_internal.h"

#include <string.h>

/* How often an address tries to sign in. A whole commune may stand behind one address, so the limit is far
 * above what a person needs; what protects one account is its lock. */

#define TRIES_PER_MINUTE 30
#define ADDRESSES_MAX 10000
#define MINUTE_US (INT64_C(60) * 1000 * 1000)

typedef struct Tries {
	int64_t since_us;
	unsigned count;
} Tries;

static GMutex lock;
static GHashTable *tries_by_address;

bool
identity_rate_allows(const char *address)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);
	int64_t now_us = g_get_monotonic_time();
	Tries *tries;

	if (tries_by_address == NULL)
		tries_by_address = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	tries = g_hash_table_lookup(tries_by_address, address);
	if (tries == NULL) {
		if (g_hash_table_size(tries_by_address) >= ADDRESSES_MAX)
			g_hash_table_remove_all(tries_by_address);
		tries = g_new0(Tries, 1);
		tries->since_us = now_us;
		g_hash_table_insert(tries_by_address, g_strdup(address), tries);
	}
	if (now_us - tries->since_us >= MINUTE_US)
		*tries = (Tries){.since_us = now_us};
	return ++tries->count <= TRIES_PER_MINUTE;
}

void
identity_rate_reset(void)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);

	g_clear_pointer(&tries_by_address, g_hash_table_unref);
}
