/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* For tests of pages: checks that the elements of a page nest, that no id is used twice, that links to "#id"
 * lead somewhere, and that nothing is there that the Content-Security-Policy refuses. Problems are appended
 * to `problems`, a line each. */
bool html_check(const char *page, GString *problems);

/* Fails the test with the problems, if there are any. */
void html_check_assert(const char *page);

/* Fails a test where a page's <main> is not what the file holds; with UPDATE_GOLDEN in the environment the
 * file is written instead. */
void html_check_golden(const char *page, const char *path);
