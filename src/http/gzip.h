/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* One compressor for each worker. */
typedef struct HttpGzip HttpGzip;

HttpGzip *http_gzip_new(void);
void http_gzip_free(HttpGzip *gzip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpGzip, http_gzip_free)

/* Compresses at the fastest level. *ret_bytes is from malloc() and the caller's to free().
 * Gives false where it would not get smaller. */
bool http_gzip_bytes(HttpGzip *gzip, const void *bytes, size_t len, void **ret_bytes, size_t *ret_len);
