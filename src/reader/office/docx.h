/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "reader/office/flow.h"
#include "reader/office/package.h"
#include "reader/office/xml.h"

#include <stdbool.h>

/* The parts of a Word document (ECMA-376 part 1, §17). Private to the Word reader. */

/* A property that a level may leave to the level above it. */
typedef enum { TOGGLE_UNSET, TOGGLE_OFF, TOGGLE_ON } Toggle;

typedef struct DocxRunProps {
	Toggle bold, italic, hidden, caps;
	const char *font;  /* NULL: unset */
	const char *style; /* NULL: unset */
} DocxRunProps;

typedef struct DocxParagraphProps {
	const char *style;
	Toggle centered;
	int outline; /* 0 to 8 a heading, 9 text; -1 unset */
	int list;    /* numbering instance; 0 none; -1 unset */
	int level;   /* of the list; -1 unset */
	bool is_mark_deleted;
	unsigned n_changes;
} DocxParagraphProps;

#define DOCX_PARAGRAPH_PROPS_UNSET \
	(DocxParagraphProps) \
	{ \
		.outline = -1, .list = -1, .level = -1 \
	}

/* Read what w:rPr and w:pPr say, onto what is there. Strings go into the arena. */
void docx_read_run_props(Xml *xml, Arena *arena, DocxRunProps *props);
void docx_read_paragraph_props(Xml *xml, Arena *arena, DocxParagraphProps *props);

/* True for an element without w:val or with "1", "on", "true". */
bool docx_is_on(Xml *xml);

/* True where an element like w:tblBorders or w:tcBorders draws at least one line. */
bool docx_has_border(Xml *xml);

typedef struct DocxStyle {
	const char *name;     /* lower case */
	const char *based_on; /* NULL */
	DocxParagraphProps paragraph;
	DocxRunProps run;
	bool has_borders; /* of a table style */
	bool is_resolved, is_resolving;
} DocxStyle;

typedef struct DocxStyles DocxStyles;

/* Reads styles.xml; bytes NULL: none. */
bool docx_styles_read(const char *bytes, size_t len, Arena *arena, DocxStyles **ret_styles, GError **error);
void docx_styles_free(DocxStyles *styles);

/* A style with all that it inherits; NULL id: the default one for paragraphs. Never NULL. */
const DocxStyle *docx_styles_find(DocxStyles *styles, const char *id);

/* What runs are where no style says otherwise. */
const DocxRunProps *docx_styles_defaults(const DocxStyles *styles);

typedef struct DocxNumbering DocxNumbering;

/* Reads numbering.xml; bytes NULL: none. */
bool docx_numbering_read(
    const char *bytes, size_t len, Arena *arena, DocxNumbering **ret_numbering, GError **error);
void docx_numbering_free(DocxNumbering *numbering);

/* Counts one paragraph of a list and gives what stands before it ("1.2.", "-"), in the arena; NULL where
 * nothing does. *ret_is_bullet: it is the same for every paragraph. */
const char *docx_numbering_next(DocxNumbering *numbering, int list, int level, bool *ret_is_bullet);

/* The level of a list that a paragraph style is tied to; 0 where none. */
int docx_numbering_level_of(DocxNumbering *numbering, int list, const char *style);

/* Steps from a content control (w:sdt) to its content; false where that only says what to type there. */
bool docx_enter_control(Xml *xml);

typedef struct Docx Docx;

/* What the runs of one paragraph add up to. */
typedef struct DocxLine {
	GString *text;
	Flow boxes; /* text boxes anchored here */
	const DocxStyle *style;
	bool has_text, has_plain, has_upright; /* of the text: any of it not bold, not italic */
} DocxLine;

/* The reading of one part with text (document.xml, a header, notes). */
struct Docx {
	Arena *arena;
	DocxStyles *styles;
	DocxNumbering *numbering;
	GArray *fields;    /* of bool: the fields around the present run, true while in the instruction */
	GHashTable *fonts; /* legacy fonts met: name, letters converted */
	DocxLine *pending; /* of the flow being read: paragraphs whose end was deleted, for the next one */
	unsigned depth;    /* of tables and text boxes */
	unsigned n_inserted, n_deleted, n_foreign_parts;
	bool is_too_deep;
};

/* Read paragraphs, tables and what may wrap them: inside the element stood on, that element itself, that
 * table. */
void docx_read_blocks(Docx *docx, Xml *xml, Flow *flow);
void docx_read_block(Docx *docx, Xml *xml, Flow *flow);
void docx_read_table(Docx *docx, Xml *xml, Flow *flow);

/* Stand around docx_read_block() for the blocks of one cell, box or part. Gives what docx_end_flow() puts
 * back. */
DocxLine *docx_begin_flow(Docx *docx, DocxLine *pending);
void docx_end_flow(Docx *docx, Flow *flow, DocxLine *outer);

/* Read runs and what may wrap them: inside the element stood on, or that element itself. */
void docx_read_runs(Docx *docx, Xml *xml, DocxLine *line);
void docx_read_run_level(Docx *docx, Xml *xml, DocxLine *line);

/* Goes one table or text box deeper; false, and the whole reading fails, where that is too deep. */
bool docx_go_deeper(Docx *docx);
