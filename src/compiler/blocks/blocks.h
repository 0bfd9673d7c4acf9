/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/diag.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A document as a reader saw it, whatever its file was (PDF, Word, scan, spreadsheet, web page): paragraphs
 * and tables in reading order, each piece of text with its place. What the readers make and the plan compiler
 * takes. */

/* In points (1/72 inch) from the top left corner of the page as it is shown; all zero where not known. */
typedef struct BlockBox {
	float left, top, right, bottom;
} BlockBox;

typedef struct BlockPlace {
	uint32_t page; /* 1-based; 0 where the source has no pages */
	BlockBox box;
} BlockPlace;

/* What stands between a piece of text and the one before it. */
typedef enum {
	BLOCK_BREAK_NONE, /* nothing: "97" + "%" */
	BLOCK_BREAK_SPACE,
	BLOCK_BREAK_LINE, /* a wrapped line: the text goes on, an identifier cut at its hyphen is one word */
	BLOCK_BREAK_PARAGRAPH, /* a new paragraph inside one cell, or a line break its author made */
	BLOCK_BREAK_MAX,
} BlockBreak;

/* Text of one place and one certainty: a printed line, or a doubtful word of one. */
typedef struct BlockPiece {
	char *text; /* UTF-8, NFC, no line ends */
	BlockPlace place;
	BlockBreak before;
	uint8_t confidence; /* 0 to 100; 100 for what was not guessed */
} BlockPiece;

typedef struct BlockText {
	BlockPiece *pieces; /* in the arena; grown by block_text_add() */
	size_t len;
	size_t capacity;
} BlockText;

typedef struct BlockCell {
	uint16_t row, column;       /* 0-based, of its top left corner */
	uint16_t n_rows, n_columns; /* how far it reaches; at least 1 */
	BlockText text;
} BlockCell;

typedef struct BlockTable {
	uint16_t n_columns, n_rows;
	uint16_t n_header_rows; /* that the file marks as header; 0 where it does not say */
	GPtrArray *cells;       /* of BlockCell *, by row, then column; a position may be covered by none */
} BlockTable;

typedef enum {
	BLOCK_PARAGRAPH,
	BLOCK_TABLE,
	BLOCK_FURNITURE, /* page numbers, running heads, watermarks: shown faint, read by nobody */
	BLOCK_MAX,
} BlockKind;

typedef struct Block {
	BlockKind kind;
	BlockText text; /* of a paragraph or furniture, an automatic number included ("1.2. …", "- …") */
	BlockTable table;      /* of a table */
	uint8_t heading_level; /* 1 to 9 by the file's own style; 0 */
	bool is_bold;          /* all of it */
	bool is_italic;
	bool is_centered;
} Block;

typedef enum {
	BLOCK_SOURCE_PDF,
	BLOCK_SOURCE_SCAN, /* recognised from pictures, wholly or in part */
	BLOCK_SOURCE_WORD,
	BLOCK_SOURCE_SHEET,
	BLOCK_SOURCE_WEB,
	BLOCK_SOURCE_MAX,
} BlockSource;

#define BLOCK_TURNS_MAX 3

/* A page as it is shown, in points. */
typedef struct BlockPage {
	float width, height;
	bool is_scan;
	uint8_t turns; /* quarter turns clockwise from the page of the file to the one that is shown */
} BlockPage;

/* An electronic signature in the file. */
typedef struct BlockSignature {
	char *signer;      /* common name of the certificate; NULL */
	char *issuer;      /* NULL */
	int64_t signed_at; /* seconds since 1970, UTC; 0 where not stated */
	bool is_intact;    /* the signed bytes are as they were signed */
	bool covers_all;   /* nothing was added behind what was signed */
} BlockSignature;

/* What a reader was unsure of or left out. */
typedef struct BlockNote {
	const char *rule; /* interned: "pdf-broken-font", … */
	DiagSeverity severity;
	uint32_t page; /* 0 where it is about the whole file */
	char *message; /* Vietnamese, for an official */
} BlockNote;

typedef struct BlockDocument {
	Arena *arena;
	BlockSource source;
	GArray *pages;         /* of BlockPage */
	GPtrArray *blocks;     /* of Block * */
	GPtrArray *signatures; /* of BlockSignature * */
	GPtrArray *notes;      /* of BlockNote * */
} BlockDocument;

BlockDocument *block_document_new(BlockSource source);
void block_document_free(BlockDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BlockDocument, block_document_free)

/* Adds a block; it belongs to the document. */
Block *block_document_add(BlockDocument *document, BlockKind kind);

/* Adds a cell to a table; grows the table's rows and columns to hold it. */
BlockCell *block_table_add_cell(BlockDocument *document, BlockTable *table, uint16_t row, uint16_t column,
    uint16_t n_rows, uint16_t n_columns);

/* Adds a copy of `len` bytes of UTF-8 to a text. */
void block_text_add(BlockDocument *document, BlockText *text, const char *bytes, size_t len, BlockPlace place,
    BlockBreak before, uint8_t confidence);

/* The pieces as one line of text, white space folded, wrapped lines and cut identifiers joined; the caller's.
 */
char *block_text_join(const BlockText *text);

/* Adds a note. rule: of lower-case letters, digits and "-". */
void block_document_note(BlockDocument *document, const char *rule, DiagSeverity severity, uint32_t page,
    const char *format, ...) G_GNUC_PRINTF(5, 6);

/* The document as a stream of records (base/record.h), to the end of `out`; and back.
 * blocks_read() trusts nothing: fails with APP_ERROR_UNREADABLE where the stream is broken or breaks a rule
 * of this header (a cell outside its table, cells that overlap, text that is not UTF-8), APP_ERROR_LIMIT
 * above a ceiling. */
void blocks_write(const BlockDocument *document, GString *out);
bool blocks_read(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);
