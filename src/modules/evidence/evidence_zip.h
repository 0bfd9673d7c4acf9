/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Tells by the names in a zip file's table of contents, and nothing else, what it is: "docx", "xlsx", "pptx",
 * "odt", "ods", "macro" or "zip"; NULL: its table is damaged. */
const char *evidence_zip_type(const char *bytes, size_t len);
