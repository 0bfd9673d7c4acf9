/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The template compiler: HTML templates in, typed C functions out (docs/templates.md). It knows where in the
 * HTML a value stands, so that the right escaping is chosen here and not by the author of the page. */

#define TMPLC_MAX_SOURCE_BYTES ((size_t)1024 * 1024)
#define TMPLC_MAX_PIECES 65536
#define TMPLC_MAX_BLOCK_DEPTH 64
#define TMPLC_MAX_NAME 64 /* bytes of an element's, attribute's or page's name, the NUL included */

#define TMPLC_ERROR (tmplc_error_quark())
GQuark tmplc_error_quark(void);

typedef enum {
	TMPLC_ERROR_SYNTAX, /* the template is refused */
	TMPLC_ERROR_LIMIT,  /* one of the ceilings above was reached */
} TmplcErrorCode;

/* A template to compile. */
typedef struct TmplcSource {
	const char *file; /* as messages and #line should name it */
	const char *text;
	size_t len;
} TmplcSource;

/* Compiles a template and appends the C source and its header; on failure nothing is appended.
 * header: the name by which the source includes its header.
 * Fails with TMPLC_ERROR, the message being "FILE:LINE: what is wrong". */
bool
tmplc_compile(const TmplcSource *source, const char *header, GString *ret_c, GString *ret_h, GError **error);

/* Sets "FILE:LINE: message" with TMPLC_ERROR_SYNTAX and gives false. */
bool tmplc_fail(const TmplcSource *source, guint line, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
