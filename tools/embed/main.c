/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embed/embed.h"

#include <stdio.h>

/* Usage: embed SOURCE.c HEADER.h FILE… : each file is embedded under the last part of its path. */

static bool
run(int argc, char **argv, GError **error)
{
	g_autoptr(GPtrArray) set = embed_set_new();
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);

	for (int i = 3; i < argc; i++) {
		g_autofree char *name = g_path_get_basename(argv[i]);
		g_autofree char *bytes = NULL;
		size_t len;

		if (!g_file_get_contents(argv[i], &bytes, &len, error) ||
		    !embed_set_add(set, name, bytes, len, error))
			return false;
	}
	if (!embed_set_finish(set, error))
		return false;
	embed_write_source(set, c);
	embed_write_header(set, h);
	return g_file_set_contents(argv[1], c->str, (gssize)c->len, error) &&
	       g_file_set_contents(argv[2], h->str, (gssize)h->len, error);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc < 4) {
		fprintf(stderr, "usage: embed SOURCE.c HEADER.h FILE...\n");
		return 2;
	}
	if (run(argc, argv, &error))
		return 0;
	fprintf(stderr, "embed: %s\n", error->message);
	return 1;
}
