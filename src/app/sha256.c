/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sha256.h"

#include <glib.h>
#include <openssl/evp.h>
#include <stdlib.h>

/* Fetched once for each thread: looking an algorithm up costs more than hashing a row. */
static void
free_context(gpointer context)
{
	EVP_MD_CTX_free(context);
}

static GPrivate contexts = G_PRIVATE_INIT(free_context);

static EVP_MD_CTX *
context_of_thread(void)
{
	EVP_MD_CTX *context = g_private_get(&contexts);

	if (context != NULL)
		return context;
	context = EVP_MD_CTX_new();
	if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
		abort(); /* no memory */
	g_private_set(&contexts, context);
	return context;
}

void
sha256(const void *bytes, size_t len, uint8_t ret_hash[static SHA256_BYTES])
{
	EVP_MD_CTX *context = context_of_thread();

	if (EVP_DigestInit_ex(context, NULL, NULL) != 1 || EVP_DigestUpdate(context, bytes, len) != 1 ||
	    EVP_DigestFinal_ex(context, ret_hash, NULL) != 1)
		abort();
}
