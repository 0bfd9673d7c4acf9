/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* For other modules: a QR code as SVG, 232 pixels wide where a stylesheet says nothing else of ".qr". label:
 * for who cannot see it. Writes nothing for a text that is too long. */
void identity_qr(GString *out, const char *text, const char *label);
