/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* What a file of READER_FORMAT_UNKNOWN is and what to do with it: a message without the file's name. */
const char *detect_explain_unknown(const char *bytes, size_t len);
