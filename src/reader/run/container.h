/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/reader.h"

/* What is inside a container, by its table of contents alone: enough to tell which reader it is for. */

/* A zip file: Word, spreadsheet, OpenDocument, or something else (UNKNOWN). */
ReaderFormat container_of_zip(const char *bytes, size_t len);

/* An OLE file: an old Word or Excel file, or something else (UNKNOWN). */
ReaderFormat container_of_ole(const char *bytes, size_t len);

/* An OLE file that holds a new Word or Excel file behind a password. */
bool container_is_locked(const char *bytes, size_t len);
