/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Cuts the text of a cairo script into tokens. */

typedef enum {
	TOKEN_END,
	TOKEN_BROKEN, /* a string or block without end, a number out of bounds */
	TOKEN_NUMBER,
	TOKEN_NAME, /* /name, //NAME: without the strokes */
	TOKEN_WORD,
} TokenKind;

typedef struct Token {
	TokenKind kind;
	double number;
	const char *text; /* of a name or word */
	size_t len;
} Token;

typedef struct TokenCursor {
	const char *at, *end;
} TokenCursor;

/* Gives the next token. Strings, encoded data, blocks in braces and brackets are stepped over. */
Token token_next(TokenCursor *cursor);

bool token_is(const Token *token, const char *word);
