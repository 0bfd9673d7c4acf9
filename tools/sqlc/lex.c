/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc_internal.h"

#include <string.h>

void
sqlc_lexer_init(SqlcLexer *lexer, const char *bytes, size_t len)
{
	*lexer = (SqlcLexer){.at = bytes, .end = bytes + len, .line = 1, .is_line_start = true};
}

static bool
is_word_char(char c)
{
	return g_ascii_isalnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static size_t
left(const SqlcLexer *lexer)
{
	return (size_t)(lexer->end - lexer->at);
}

static bool
looks_at(const SqlcLexer *lexer, const char *text)
{
	return left(lexer) >= strlen(text) && memcmp(lexer->at, text, strlen(text)) == 0;
}

static const char *
skip_word(const SqlcLexer *lexer, const char *at)
{
	while (at < lexer->end && is_word_char(*at))
		at++;
	return at;
}

/* Gives the end of a quoted piece whose quote is doubled inside it, or NULL where it never ends. */
static const char *
quoted_end(const SqlcLexer *lexer, char quote)
{
	for (const char *at = lexer->at + 1; at < lexer->end; at++) {
		if (*at != quote)
			continue;
		if (at + 1 < lexer->end && at[1] == quote)
			at++;
		else
			return at + 1;
	}
	return NULL;
}

static const char *
line_end(const SqlcLexer *lexer)
{
	const char *newline = memchr(lexer->at, '\n', left(lexer));

	return newline != NULL ? newline : lexer->end;
}

static const char *
bad(SqlcToken *token, const char *message, const char *end)
{
	token->kind = SQLC_BAD;
	token->text = message;
	return end;
}

static const char *
read_quoted(const SqlcLexer *lexer, SqlcToken *token)
{
	const char *end = quoted_end(lexer, *lexer->at);

	token->kind = *lexer->at == '\'' ? SQLC_STRING : SQLC_QUOTED;
	return end != NULL ? end : bad(token, "this quote is never closed", lexer->end);
}

static const char *
read_colon(const SqlcLexer *lexer, SqlcToken *token)
{
	const char *end = skip_word(lexer, lexer->at + 1);

	if (looks_at(lexer, "::"))
		return lexer->at + 2;
	if (!sqlc_is_name(lexer->at + 1, (size_t)(end - lexer->at - 1)))
		return bad(token, "a parameter is written :name, in small letters, digits and _", end);
	token->kind = SQLC_PARAM;
	token->text++;
	return end;
}

static const char *
read_percent(const SqlcLexer *lexer, SqlcToken *token)
{
	if (left(lexer) > 1 && strchr("sdiuqQwxlzjf", lexer->at[1]) != NULL && lexer->at[1] != '\0')
		return bad(token,
		    "SQL is never built from strings: write a :name parameter instead of a % format",
		    lexer->at + 2);
	return lexer->at + 1;
}

static const char *
read_punctuation(const SqlcLexer *lexer, SqlcToken *token)
{
	char c = *lexer->at;

	token->kind = SQLC_PUNCTUATION;
	switch (c) {
	case ';':
		token->kind = SQLC_SEMICOLON;
		return lexer->at + 1;
	case ':':
		return read_colon(lexer, token);
	case '%':
		return read_percent(lexer, token);
	case '@':
		if (left(lexer) > 1 && lexer->at[1] == '@') /* PostgreSQL's text match */
			return lexer->at + 2;
		return bad(token, "a parameter is written :name; ?, $ and @ are refused", lexer->at + 1);
	case '?':
	case '$':
		return bad(token, "a parameter is written :name; ?, $ and @ are refused", lexer->at + 1);
	case '{':
	case '}':
	case '#':
	case '`':
	case '[':
	case ']':
	case '\\':
		return bad(token, "SQL is never built from strings and knows no such sign ({ } # ` [ ] \\)",
		    lexer->at + 1);
	default:
		break;
	}
	if ((unsigned char)c < 0x20 || c == 0x7F)
		return bad(token, "a control character", lexer->at + 1);
	return lexer->at + 1;
}

static const char *
read_space(const SqlcLexer *lexer)
{
	const char *at = lexer->at;

	while (at < lexer->end && strchr(" \t\r\n", *at) != NULL && *at != '\0')
		at++;
	return at;
}

static const char *
read_token(const SqlcLexer *lexer, SqlcToken *token)
{
	char c = *lexer->at;
	const char *end;

	if (c != '\0' && strchr(" \t\r\n", c) != NULL) {
		token->kind = SQLC_SPACE;
		return read_space(lexer);
	}
	if (looks_at(lexer, "--")) {
		token->kind = SQLC_COMMENT;
		return line_end(lexer);
	}
	if (looks_at(lexer, "/*")) {
		end = g_strstr_len(lexer->at + 2, lexer->end - lexer->at - 2, "*/");
		token->kind = SQLC_SPACE;
		return end != NULL ? end + 2 : bad(token, "this comment is never closed", lexer->end);
	}
	if (c == '\'' || c == '"')
		return read_quoted(lexer, token);
	if (is_word_char(c)) {
		token->kind = g_ascii_isdigit(c) ? SQLC_NUMBER : SQLC_WORD;
		return skip_word(lexer, lexer->at);
	}
	return read_punctuation(lexer, token);
}

SqlcToken
sqlc_lexer_next(SqlcLexer *lexer)
{
	SqlcToken token = {.text = lexer->at,
	    .line = lexer->line,
	    .depth = lexer->depth,
	    .is_line_start = lexer->is_line_start};
	const char *end;

	if (lexer->at == lexer->end)
		return token;
	end = read_token(lexer, &token);
	if (token.kind == SQLC_BAD)
		token.len = strlen(token.text);
	else
		token.len = (size_t)(end - token.text);
	for (const char *at = lexer->at; at < end; at++)
		if (*at == '\n')
			lexer->line++;
	if (sqlc_token_is_char(&token, '('))
		lexer->depth++;
	else if ((sqlc_token_is_char(&token, ')') && lexer->depth > 0))
		token.depth = --lexer->depth;
	else if (token.kind == SQLC_SEMICOLON)
		lexer->depth = 0;
	lexer->is_line_start = end[-1] == '\n';
	lexer->at = end;
	return token;
}

bool
sqlc_token_is_word(const SqlcToken *token, const char *word)
{
	return token->kind == SQLC_WORD && token->len == strlen(word) &&
	       g_ascii_strncasecmp(token->text, word, token->len) == 0;
}

bool
sqlc_token_is_char(const SqlcToken *token, char c)
{
	return token->kind == SQLC_PUNCTUATION && token->len == 1 && *token->text == c;
}
