/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/folded.h"
#include "compiler/parse/columns.h"

/* The smallest pieces of a printed table row that can be told apart: whole lines, and parts of lines where a
 * new cell may begin inside one. */

/* What stands before an atom. Flags, since a page can end where a cell was empty. */
enum {
	ATOM_INLINE = 1,     /* one blank inside a line */
	ATOM_INLINE_GAP = 2, /* two blanks or more inside a line: what an empty cell leaves */
	ATOM_WRAP = 4,       /* a line break that may be only a wrap */
	ATOM_HARD = 8,       /* a line break that is a new cell, row or page */
	ATOM_EMPTY = 16,     /* traces of an empty cell: a leading blank, a line of blanks */
	ATOM_PAGE = 32,      /* the page changed */
	ATOM_BLANK = 64,     /* a line of blanks: an empty cell beyond doubt, or nearly */
};

/* One printed line of a row, white space at its ends dropped. */
typedef struct RowLine {
	const char *text;
	uint8_t before; /* ATOM_… flags */
	size_t index;   /* of the visual line in the document */
} RowLine;

typedef struct Atom {
	size_t from, to;  /* fold bytes in the row's folded text */
	const char *text; /* original, in the arena */
	uint8_t before;
	uint16_t line; /* index of the RowLine */
	bool is_whole_line;
	uint16_t chars;
	uint16_t wanted; /* characters the line would have had with the next line's first word */
	uint16_t words;
	uint16_t proper_words;  /* foreign ones with a capital */
	uint16_t foreign_words; /* not of the vocabulary of agencies */
	bool starts_agency;     /* with a capital */
	bool starts_listed;     /* a kind of agency in lower case */
	bool follows_agency;    /* could begin a second agency inside a cell */
	bool starts_output, starts_upper, starts_lower, starts_time, starts_value;
	bool is_exact_time; /* is wholly a time expression */
	bool is_dangling;   /* ends in a word that wants another behind it */
	bool has_stop;      /* ends with a full stop */
	uint8_t semicolons;
} Atom;

typedef struct Atoms {
	Folded folded; /* the row's text, lines joined by a blank */
	Atom *items;
	size_t len;
	size_t last_page; /* index of the last atom that opens a page, plus one; 0 where there is none */
} Atoms;

/* Cuts the lines of a row into atoms; more than LIMIT_ROW_PIECES are joined to the last one. */
Atoms atoms_cut(Arena *arena, const Columns *columns, const RowLine *lines, size_t n);
