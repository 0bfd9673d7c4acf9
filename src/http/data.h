/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/response.h"

/* Answers that are data for another program instead of a page. */

/* Begins comma-separated values that the browser saves as `filename` (ASCII, lives as long as the response),
 * with a line of `heads`; n_heads 0: the caller writes its own. */
void http_csv_begin(HttpResponse *response, const char *filename, const char *const *heads, size_t n_heads);

void http_json_begin(HttpResponse *response);
