/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "modules/evidence/evidence_piece.h"

#include <string.h>

/* An offset and a hash, a NUL between them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	size_t len = strlen(text);
	EvidencePiece piece;

	if (evidence_piece_parse(text, len < size ? text + len + 1 : NULL, &piece))
		g_assert_true(piece.offset >= 0 && (*piece.sha256 == '\0' || strlen(piece.sha256) == 64));
	return 0;
}
