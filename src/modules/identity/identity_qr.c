/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/html.h"
#include "modules/identity/identity_pages.h"

#include <qrencode.h>

#define QUIET 4 /* modules of white around the code (ISO/IEC 18004) */

/* Runs of dark modules of one row as pieces of one path. */
static void
put_row(GString *out, const QRcode *code, int y)
{
	for (int x = 0; x < code->width; x++) {
		int from = x;

		while (x < code->width && (code->data[y * code->width + x] & 1) != 0)
			x++;
		if (x > from)
			g_string_append_printf(
			    out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
	}
}

void
identity_qr(GString *out, const char *text, const char *label)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	int size;

	if (code == NULL)
		return;
	size = code->width + 2 * QUIET;
	g_string_append_printf(out,
	    "<svg class=\"qr\" width=\"232\" height=\"232\" viewBox=\"0 0 %d %d\" "
	    "shape-rendering=\"crispEdges\" role=\"img\" "
	    "aria-label=\"",
	    size, size);
	html_attr(out, label);
	g_string_append_printf(
	    out, "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", size, size);
	for (int y = 0; y < code->width; y++)
		put_row(out, code, y);
	g_string_append(out, "\"/></svg>");
	QRcode_free(code);
}
