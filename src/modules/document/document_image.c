/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_image.h"

#include "app/filestore.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/reader.h"

#include <string.h>

#define FOLDER_MODE 0750
#define SUFFIX ".png"

/* The key becomes a path only after filestore_path() has said that it is one. */
static char *
cache_path(const char *directory, const char *sha256, uint32_t page, unsigned width, unsigned turns)
{
	g_autofree char *turned = turns != 0 ? g_strdup_printf("-%u", turns) : NULL;

	return g_strdup_printf("%s/cache/%.2s/%s/%u-%u%s.png", directory, sha256, sha256 + 2, page, width,
	    turned != NULL ? turned : "");
}

/* A picture that cannot be kept is drawn again next time. */
static void
keep(const char *path, const char *png, size_t len)
{
	g_autofree char *folder = g_path_get_dirname(path);

	if (g_mkdir_with_parents(folder, FOLDER_MODE) == 0)
		(void)g_file_set_contents_full(
		    path, png, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT, 0640, NULL);
}

bool
document_page_image(const char *directory, const char *sha256, uint32_t page, unsigned width, unsigned turns,
    char **ret_png, size_t *ret_len, GError **error)
{
	g_autofree char *source = filestore_path(directory, sha256);
	g_autofree char *cached = source != NULL ? cache_path(directory, sha256, page, width, turns) : NULL;
	g_autofree char *bytes = NULL;
	size_t len;

	if (cached != NULL && g_file_get_contents(cached, ret_png, ret_len, NULL))
		return true;
	if (!filestore_get(directory, sha256, &bytes, &len, error) ||
	    !reader_render_page(bytes, len, page, width, turns, ret_png, ret_len, error))
		return false;
	keep(cached, *ret_png, *ret_len);
	return true;
}

bool
document_image_number(const char *text, uint32_t *ret_page, GError **error)
{
	g_autofree char *digits = text != NULL && g_str_has_suffix(text, SUFFIX)
				      ? g_strndup(text, strlen(text) - strlen(SUFFIX))
				      : NULL;
	guint64 page;

	if (digits == NULL || !g_ascii_string_to_unsigned(digits, 10, 1, LIMIT_PAGES, &page, NULL)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no page of this name");
		return false;
	}
	*ret_page = (uint32_t)page;
	return true;
}
