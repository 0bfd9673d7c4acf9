/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One piece as its form describes it. */
typedef struct EvidencePiece {
	int64_t offset;
	char sha256[65]; /* ""; the sender does not tell */
} EvidencePiece;

/* Reads what a sender says of a piece: digits, and 64 hexadecimal digits or nothing. Any text may come, and
 * NULL. */
bool evidence_piece_parse(const char *offset, const char *sha256, EvidencePiece *ret_piece);
