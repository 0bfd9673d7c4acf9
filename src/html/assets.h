/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* The static files in the program (web/, put in by tools/embed). Their URLs are the ASSET_… constants of the
 * generated html/assets_urls.h: "/static/HASH/NAME", which changes with the content and may be cached for
 * ever. */

typedef struct Asset {
	const char *name; /* "app.css" */
	const char *hash; /* 16 hexadecimal digits: also the ETag */
	const char *mime; /* as Content-Type wants it */
	const char *bytes;
	size_t size;
	const char *gzip; /* NULL where compression does not help */
	size_t gzip_size;
} Asset;

extern const Asset ASSETS[]; /* sorted by name */
extern const size_t ASSETS_LEN;

/* Finds a file by the path of its URL; NULL where the name or the hash is another one. */
const Asset *assets_find(const char *url);

/* Finds a file by its name, whatever the hash in the URL; NULL where the path is not of the form
 * "/static/…/NAME". For a server that reads web/ from disk while the pages are being worked on. */
const Asset *assets_find_any_version(const char *url);

/* Gives where the file would be under `web_dir`, the tree's web/ folder: "web/css/app.css". The result is the
 * caller's; NULL for a file that is not of this project. */
char *assets_path(const Asset *asset, const char *web_dir);
