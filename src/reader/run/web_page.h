/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether bytes are a web page: by the tag they begin with, after marks, white space and comments. Text or
 * Markdown with a tag or an angle bracket somewhere is none. */
bool web_page_is(const char *bytes, size_t len);
