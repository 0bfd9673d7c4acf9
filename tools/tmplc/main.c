/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/tmplc.h"

#include <stdio.h>

/* Usage: tmplc TEMPLATE.html SOURCE.c HEADER.h */

static bool
run(char **argv, GError **error)
{
	g_autofree char *text = NULL;
	g_autofree char *header = g_path_get_basename(argv[3]);
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	TmplcSource source = {.file = argv[1]};

	if (!g_file_get_contents(argv[1], &text, &source.len, error))
		return false;
	source.text = text;
	return tmplc_compile(&source, header, c, h, error) &&
	       g_file_set_contents(argv[2], c->str, (gssize)c->len, error) &&
	       g_file_set_contents(argv[3], h->str, (gssize)h->len, error);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc != 4) {
		fprintf(stderr, "usage: tmplc TEMPLATE.html SOURCE.c HEADER.h\n");
		return 2;
	}
	if (run(argv, &error))
		return 0;
	fprintf(stderr, "%s\n", error->message);
	return 1;
}
