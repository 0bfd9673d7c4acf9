/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/token.h"

#include <math.h>
#include <string.h>

#define NUMBER_MAX 1e7
#define NUMBER_CHARS 40
#define BRACE_DEPTH_MAX 16

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool
is_delimiter(char c)
{
	return is_blank(c) || c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' ||
	       c == '{' || c == '}' || c == '/' || c == '%';
}

/* At '(': texts, which may hold others in parentheses. */
static bool
skip_string(TokenCursor *cursor)
{
	size_t depth = 0;

	while (cursor->at < cursor->end) {
		char c = *cursor->at++;

		if (c == '\\' && cursor->at < cursor->end)
			cursor->at++;
		depth += c == '(';
		if (c == ')' && --depth == 0)
			return true;
	}
	return false;
}

/* At '<': steps over <~base 85~>, <|the same, packed~>, <hexadecimal>, or <<. */
static bool
skip_data(TokenCursor *cursor)
{
	const char *close;

	if (cursor->end - cursor->at < 2)
		return false;
	if (cursor->at[1] == '<') {
		cursor->at += 2;
		return true;
	}
	if (cursor->at[1] == '~' || cursor->at[1] == '|')
		close = memmem(cursor->at + 2, (size_t)(cursor->end - cursor->at - 2), "~>", 2);
	else
		close = memchr(cursor->at, '>', (size_t)(cursor->end - cursor->at));
	if (close == NULL)
		return false;
	cursor->at = close + (*close == '~' ? 2 : 1);
	return true;
}

/* At '{': a drawing that is kept for later, a glyph for instance. */
static bool
skip_block(TokenCursor *cursor)
{
	int depth = 0;

	while (cursor->at < cursor->end) {
		char c = *cursor->at;

		if (c == '(') {
			if (!skip_string(cursor))
				return false;
			continue;
		}
		if (c == '<') {
			if (!skip_data(cursor))
				return false;
			continue;
		}
		cursor->at++;
		if (c == '{' && ++depth > BRACE_DEPTH_MAX)
			return false;
		if (c == '}' && --depth == 0)
			return true;
	}
	return false;
}

static Token
read_number(const char *text, size_t len)
{
	Token token = {TOKEN_NUMBER, 0, text, len};
	double scale = 1;
	bool has_point = false;

	if (len > NUMBER_CHARS)
		token.kind = TOKEN_BROKEN;
	for (size_t i = *text == '-'; i < len && token.kind == TOKEN_NUMBER; i++) {
		if (text[i] == '.' && !has_point) {
			has_point = true;
		} else if (text[i] >= '0' && text[i] <= '9') {
			token.number = token.number * 10 + (text[i] - '0');
			scale *= has_point ? 10 : 1;
		} else {
			token.kind = TOKEN_BROKEN;
		}
	}
	token.number = (*text == '-' ? -token.number : token.number) / scale;
	if (!(fabs(token.number) <= NUMBER_MAX))
		token.kind = TOKEN_BROKEN;
	return token;
}

static Token
read_word(TokenCursor *cursor)
{
	Token token = {TOKEN_WORD, 0, NULL, 0};
	char first;

	while (cursor->at < cursor->end && *cursor->at == '/') {
		token.kind = TOKEN_NAME;
		cursor->at++;
	}
	token.text = cursor->at;
	while (cursor->at < cursor->end && !is_delimiter(*cursor->at))
		cursor->at++;
	token.len = (size_t)(cursor->at - token.text);
	first = token.len > 0 ? *token.text : '\0';
	if (token.kind == TOKEN_WORD &&
	    ((first >= '0' && first <= '9') || ((first == '-' || first == '.') && token.len > 1)))
		return read_number(token.text, token.len);
	return token;
}

/* Steps over what leaves no token. False at a word or number, and at the end; *ret_is_broken. */
static bool
skip_silent(TokenCursor *cursor, bool *ret_is_broken)
{
	if (cursor->at >= cursor->end)
		return false;
	switch (*cursor->at) {
	case '%':
		cursor->at = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
		if (cursor->at == NULL)
			cursor->at = cursor->end;
		return true;
	case '<':
		*ret_is_broken = !skip_data(cursor);
		return !*ret_is_broken;
	case '(':
		*ret_is_broken = !skip_string(cursor);
		return !*ret_is_broken;
	case '{':
		*ret_is_broken = !skip_block(cursor);
		return !*ret_is_broken;
	case ' ':
	case '\n':
	case '\t':
	case '\r':
	case '[':
	case ']':
	case '>':
		cursor->at++;
		return true;
	default:
		return false;
	}
}

Token
token_next(TokenCursor *cursor)
{
	Token token = {TOKEN_BROKEN, 0, "", 0};
	bool is_broken = false;

	while (skip_silent(cursor, &is_broken))
		;
	if (is_broken)
		return token;
	if (cursor->at >= cursor->end) {
		token.kind = TOKEN_END;
		return token;
	}
	if (*cursor->at == ')' || *cursor->at == '}')
		return token;
	return read_word(cursor);
}

bool
token_is(const Token *token, const char *word)
{
	return token->kind == TOKEN_WORD && strlen(word) == token->len &&
	       memcmp(token->text, word, token->len) == 0;
}
