/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbering and bullets at the start of a line, in the order in which the genre nests them (Nghị định
 * 30/2020/NĐ-CP, phụ lục I: phần, mục in Roman, khoản in Arabic, điểm in letters). */
typedef enum {
	MARKER_NONE,
	MARKER_ROMAN,   /* "II." */
	MARKER_DECIMAL, /* "1.", "1.2", "1.2.3" */
	MARKER_LETTER,  /* "a)", "b." */
	MARKER_DASH,    /* "- " */
	MARKER_PLUS,    /* "+ " */
} MarkerKind;

#define MARKER_MAX_PARTS 6

typedef struct Marker {
	MarkerKind kind;
	uint16_t
	    parts[MARKER_MAX_PARTS]; /* of a decimal; parts[0] is the value of a Roman numeral or a letter */
	uint8_t n_parts;
	bool has_mark;    /* a "." or ")" closes it */
	size_t label_len; /* bytes of the number itself */
	size_t
	    text_at; /* byte where the text behind it starts; the length of the line where nothing follows */
} Marker;

/* Reads a marker at the start of a line without leading blanks. Only the form is judged; whether the number
 * fits its place is the parser's to decide. */
bool marker_read(const char *text, Marker *ret_marker);

/* The value of a Roman numeral of `len` capital letters, 0 where it is none. */
uint16_t roman_value(const char *text, size_t len);

/* True where the character at `text` is an upper-case letter. */
bool starts_upper(const char *text);
bool starts_lower(const char *text);
