/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlc/sqlc.h"

typedef enum {
	SQLC_END,
	SQLC_SPACE,
	SQLC_COMMENT, /* from "--" to the end of the line, without it */
	SQLC_WORD,
	SQLC_NUMBER,
	SQLC_STRING,
	SQLC_QUOTED, /* a name in double quotes */
	SQLC_PARAM,  /* ":name", text without the colon */
	SQLC_SEMICOLON,
	SQLC_PUNCTUATION,
	SQLC_BAD, /* text is the message, static */
} SqlcTokenKind;

typedef struct SqlcToken {
	SqlcTokenKind kind;
	const char *text; /* not terminated; into the file's bytes */
	size_t len;
	uint32_t line;
	uint32_t depth;     /* open parentheses before it */
	bool is_line_start; /* nothing but the line's end stands before it */
} SqlcToken;

typedef struct SqlcLexer {
	const char *at, *end;
	uint32_t line;
	uint32_t depth;
	bool is_line_start;
} SqlcLexer;

void sqlc_lexer_init(SqlcLexer *lexer, const char *bytes, size_t len);

/* Gives the next token; SQLC_END for ever after the last byte. */
SqlcToken sqlc_lexer_next(SqlcLexer *lexer);

bool sqlc_token_is_word(const SqlcToken *token, const char *word);
bool sqlc_token_is_char(const SqlcToken *token, char c);

void sqlc_error(SqlcUnit *unit, uint32_t line, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* True for [a-z][a-z0-9_]*, at most 60 bytes. */
bool sqlc_is_name(const char *text, size_t len);

/* Reads a comment that stands at the start of a line: a directive, or a remark that is passed over.
 * *statement: the statement being read, NULL before the first; "-- name:" replaces it. */
void sqlc_read_directive(SqlcUnit *unit, SqlcStatement **statement, const SqlcToken *comment);

SqlcStatement *sqlc_statement_new(const char *name, size_t len, uint32_t line);

/* Gives the number (from 1) of a parameter, which is added where it is new. */
size_t sqlc_param_number(SqlcStatement *statement, const char *name, size_t len, uint32_t line);

/* Checks what can only be told of a whole statement. */
void sqlc_check_statement(SqlcUnit *unit, SqlcStatement *statement);
