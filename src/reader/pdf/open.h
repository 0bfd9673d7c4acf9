/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <poppler.h>

/* Under names of our own, since later versions of poppler define the clean-up of theirs. */
typedef PopplerDocument PdfDocument;
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfPage, g_object_unref)

/* Opens a PDF. NULL with the message for an official where it cannot be read; `bytes` must outlive it. */
PopplerDocument *open_pdf(const char *bytes, size_t len, GError **error);
