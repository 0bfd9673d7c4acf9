/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tmplc/place.h"
#include "tmplc/tmplc.h"

/* A template as the parser understood it and the emitter writes it. Pieces of C point into the source. */

/* A piece of C and where it begins. */
typedef struct Code {
	const char *text;
	size_t len;
	guint line;
	guint column; /* 1-based, in bytes */
} Code;

typedef enum { NODE_MARKUP, NODE_VALUE, NODE_STATEMENT, NODE_CALL } NodeKind;

typedef struct Node {
	NodeKind kind;
	Writer writer;        /* of NODE_VALUE */
	Code code;            /* of all but NODE_MARKUP; of NODE_CALL the arguments */
	Code name;            /* of NODE_CALL */
	guint line;           /* of NODE_MARKUP */
	size_t markup_offset; /* into Template.markup */
	size_t markup_len;
} Node;

typedef struct Page {
	Code name;
	Code parameters;
	GArray *nodes; /* of Node */
} Page;

typedef struct Template {
	GArray *includes; /* of Code: what stands behind "include", with its quotes or angle brackets */
	GPtrArray *pages; /* of Page */
	GString *markup;  /* of all pages, white space trimmed */
} Template;

void template_init(Template *tpl);
void template_clear(Template *tpl);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Template, template_clear)

/* Fills a template from its source. Fails with TMPLC_ERROR. */
bool parser_run(const TmplcSource *source, Template *tpl, GError **error);

/* Appends the C source and the header. */
void emitter_write_source(const TmplcSource *source, const Template *tpl, const char *header, GString *out);
void emitter_write_header(const TmplcSource *source, const Template *tpl, GString *out);
