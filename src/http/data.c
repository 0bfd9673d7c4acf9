/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/data.h"

#include "base/csv.h"

void
http_csv_begin(HttpResponse *response, const char *filename, const char *const *heads, size_t n_heads)
{
	response->content_type = "text/csv; charset=utf-8";
	response->filename = filename;
	csv_begin(response->body);
	for (size_t i = 0; i < n_heads; i++)
		csv_text(response->body, heads[i]);
	if (n_heads > 0)
		csv_end_line(response->body);
}

void
http_json_begin(HttpResponse *response)
{
	response->content_type = "application/json; charset=utf-8";
}
