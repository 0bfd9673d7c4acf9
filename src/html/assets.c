/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/assets.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "/static/"
#define HASH_LEN 16

static int
compare_name(const void *name, const void *asset)
{
	return strcmp(name, ((const Asset *)asset)->name);
}

const Asset *
assets_find_any_version(const char *url)
{
	const char *hash = url + strlen(PREFIX);

	if (!g_str_has_prefix(url, PREFIX) || strlen(hash) <= HASH_LEN + 1 || hash[HASH_LEN] != '/')
		return NULL;
	return bsearch(hash + HASH_LEN + 1, ASSETS, ASSETS_LEN, sizeof(ASSETS[0]), compare_name);
}

const Asset *
assets_find(const char *url)
{
	const Asset *asset = assets_find_any_version(url);

	return asset != NULL && memcmp(url + strlen(PREFIX), asset->hash, HASH_LEN) == 0 ? asset : NULL;
}

char *
assets_path(const Asset *asset, const char *web_dir)
{
	static const char *const FOLDERS[][2] = {{".css", "css"}, {".js", "js"}, {".svg", "icons"}};

	for (size_t i = 0; i < G_N_ELEMENTS(FOLDERS); i++)
		if (g_str_has_suffix(asset->name, FOLDERS[i][0]) &&
		    strcmp(asset->name, "tabler.min.css") != 0)
			return g_build_filename(web_dir, FOLDERS[i][1], asset->name, NULL);
	return NULL;
}
