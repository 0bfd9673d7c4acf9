/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32

/* SHA-256 by the processor's own instructions where it has them: the ledger hashes every row that is written
 * or checked. From any thread. */
void sha256(const void *bytes, size_t len, uint8_t ret_hash[static SHA256_BYTES]);
