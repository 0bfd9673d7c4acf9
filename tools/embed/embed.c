/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embed/embed.h"

#include <libdeflate.h>
#include <string.h>

G_DEFINE_QUARK(embed - error - quark, embed_error)

#define GZIP_LEVEL 12

static const char *
mime_of(const char *name)
{
	static const char *const TYPES[][2] = {
	    {".css", "text/css; charset=utf-8"},
	    {".js", "text/javascript; charset=utf-8"},
	    {".svg", "image/svg+xml"},
	    {".png", "image/png"},
	    {".ico", "image/x-icon"},
	    {".woff2", "font/woff2"},
	    {".txt", "text/plain; charset=utf-8"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(TYPES); i++)
		if (g_str_has_suffix(name, TYPES[i][0]))
			return TYPES[i][1];
	return NULL;
}

static void
file_free(gpointer data)
{
	EmbedFile *file = data;

	g_free(file->name);
	g_byte_array_unref(file->bytes);
	g_byte_array_unref(file->gzip);
	g_free(file);
}

GPtrArray *
embed_set_new(void)
{
	return g_ptr_array_new_with_free_func(file_free);
}

static EmbedFile *
find(const GPtrArray *set, const char *name, size_t len)
{
	for (guint i = 0; i < set->len; i++) {
		EmbedFile *file = g_ptr_array_index(set, i);

		if (strlen(file->name) == len && memcmp(file->name, name, len) == 0)
			return file;
	}
	return NULL;
}

static bool
check_name(const GPtrArray *set, const char *name, GError **error)
{
	static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
	const char *wrong = NULL;

	if (name[0] == '\0' || name[0] == '.' || name[strspn(name, ALLOWED)] != '\0')
		wrong = "not a plain file name";
	else if (mime_of(name) == NULL)
		wrong = "a file of unknown type";
	else if (find(set, name, strlen(name)) != NULL)
		wrong = "named twice";
	if (wrong != NULL)
		g_set_error(error, EMBED_ERROR, EMBED_ERROR_INVALID, "%s: %s", name, wrong);
	return wrong == NULL;
}

bool
embed_set_add(GPtrArray *set, const char *name, const char *bytes, size_t len, GError **error)
{
	EmbedFile *file;

	if (!check_name(set, name, error))
		return false;
	if (len > EMBED_MAX_FILE_BYTES) {
		g_set_error(error, EMBED_ERROR, EMBED_ERROR_LIMIT, "%s: more than %zu bytes", name,
		    EMBED_MAX_FILE_BYTES);
		return false;
	}
	file = g_new0(EmbedFile, 1);
	file->name = g_strdup(name);
	file->mime = mime_of(name);
	file->bytes = g_byte_array_new();
	file->gzip = g_byte_array_new();
	g_byte_array_append(file->bytes, (const guint8 *)bytes, (guint)len);
	g_ptr_array_add(set, file);
	return true;
}

static void
hash_file(EmbedFile *file)
{
	g_autofree char *digest =
	    g_compute_checksum_for_data(G_CHECKSUM_SHA256, file->bytes->data, file->bytes->len);

	g_strlcpy(file->hash, digest, sizeof(file->hash));
}

static void
compress_file(EmbedFile *file)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(GZIP_LEVEL);
	size_t bound = libdeflate_gzip_compress_bound(compressor, file->bytes->len);
	size_t size;

	g_byte_array_set_size(file->gzip, (guint)bound);
	size = libdeflate_gzip_compress(
	    compressor, file->bytes->data, file->bytes->len, file->gzip->data, bound);
	g_byte_array_set_size(file->gzip, size < file->bytes->len / 10 * 9 ? (guint)size : 0);
	libdeflate_free_compressor(compressor);
}

/* Steps over what stands in the brackets of url(…), with its quotes. */
static const char *
target_end(const char *p, const char *end)
{
	char quote = '\0';

	if (p < end && (*p == '"' || *p == '\''))
		quote = *p;
	for (p += quote != '\0'; p < end; p++)
		if (quote != '\0' ? *p == quote : *p == ')')
			return quote != '\0' ? p + 1 : p;
	return NULL;
}

static bool
is_foreign(const char *target, size_t len)
{
	return len == 0 || target[0] == '#' || target[0] == '/' ||
	       g_strstr_len(target, (gssize)len, ":") != NULL;
}

/* Writes the target of one url(…): that of a file of the set as a path beside the style sheet's own,
 * "../HASH/NAME". */
static bool
put_target(const GPtrArray *set, const EmbedFile *sheet, const char *p, const char *end, GString *out,
    GError **error)
{
	size_t quote = p < end && (*p == '"' || *p == '\'');
	const char *target = p + quote;
	size_t len = (size_t)(end - p) - 2 * quote;
	const char *slash = memrchr(target, '/', len);
	const char *name = slash == NULL ? target : slash + 1;
	const EmbedFile *file = find(set, name, (size_t)(target + len - name));

	if (is_foreign(target, len)) {
		g_string_append_len(out, p, end - p);
		return true;
	}
	if (file == NULL || g_str_has_suffix(file->name, ".css")) {
		g_set_error(error, EMBED_ERROR, EMBED_ERROR_INVALID, "%s: url(%.*s) names no file of the set",
		    sheet->name, (int)len, target);
		return false;
	}
	g_string_append_printf(out, "\"../%s/%s\"", file->hash, file->name);
	return true;
}

static bool
rewrite_sheet(const GPtrArray *set, EmbedFile *sheet, GError **error)
{
	const char *p = sheet->bytes->len == 0 ? "" : (const char *)sheet->bytes->data;
	const char *end = p + sheet->bytes->len;
	g_autoptr(GString) out = g_string_sized_new(sheet->bytes->len + 1);

	while (p < end) {
		const char *open = memmem(p, (size_t)(end - p), "url(", 4);
		const char *start = open == NULL ? end : open + 4;
		const char *stop = open == NULL ? end : target_end(start, end);

		g_string_append_len(out, p, start - p);
		if (stop == NULL) {
			g_set_error(
			    error, EMBED_ERROR, EMBED_ERROR_INVALID, "%s: a url( is not closed", sheet->name);
			return false;
		}
		if (open != NULL && !put_target(set, sheet, start, stop, out, error))
			return false;
		p = stop;
	}
	g_byte_array_set_size(sheet->bytes, 0);
	g_byte_array_append(sheet->bytes, (const guint8 *)out->str, (guint)out->len);
	return true;
}

static int
compare_files(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const EmbedFile *const *)a)->name, (*(const EmbedFile *const *)b)->name);
}

bool
embed_set_finish(GPtrArray *set, GError **error)
{
	g_ptr_array_sort(set, compare_files);
	for (guint i = 0; i < set->len; i++)
		hash_file(g_ptr_array_index(set, i));
	for (guint i = 0; i < set->len; i++) {
		EmbedFile *file = g_ptr_array_index(set, i);

		if (!g_str_has_suffix(file->name, ".css"))
			continue;
		if (!rewrite_sheet(set, file, error))
			return false;
		hash_file(file);
	}
	for (guint i = 0; i < set->len; i++)
		compress_file(g_ptr_array_index(set, i));
	return true;
}
