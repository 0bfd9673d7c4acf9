/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_piece.h"

#include <string.h>

static bool
is_hash(const char *text)
{
	const size_t len = sizeof(((EvidencePiece *)NULL)->sha256) - 1;

	return strlen(text) == len && strspn(text, "0123456789abcdef") == len;
}

bool
evidence_piece_parse(const char *offset, const char *sha256, EvidencePiece *ret_piece)
{
	EvidencePiece piece = {0};
	gint64 value;

	if (offset == NULL || !g_ascii_isdigit(*offset) ||
	    !g_ascii_string_to_signed(offset, 10, 0, G_MAXINT64, &value, NULL))
		return false;
	piece.offset = value;
	if (sha256 != NULL && *sha256 != '\0') {
		if (!is_hash(sha256))
			return false;
		g_strlcpy(piece.sha256, sha256, sizeof(piece.sha256));
	}
	*ret_piece = piece;
	return true;
}
