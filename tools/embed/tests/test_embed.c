/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embed/embed.h"

#include <libdeflate.h>
#include <string.h>

static void
add(GPtrArray *set, const char *name, const char *bytes)
{
	g_autoptr(GError) error = NULL;

	embed_set_add(set, name, bytes, strlen(bytes), &error);
	g_assert_no_error(error);
}

static void
finish(GPtrArray *set)
{
	g_autoptr(GError) error = NULL;

	embed_set_finish(set, &error);
	g_assert_no_error(error);
}

static char *
text_of(const EmbedFile *file)
{
	return g_strndup((const char *)file->bytes->data, file->bytes->len);
}

static void
test_hash_and_order(void)
{
	g_autoptr(GPtrArray) set = embed_set_new();
	const EmbedFile *first, *second;

	add(set, "b.txt", "abc");
	add(set, "a.js", "");
	finish(set);
	first = g_ptr_array_index(set, 0);
	second = g_ptr_array_index(set, 1);
	g_assert_cmpstr(first->name, ==, "a.js");
	g_assert_cmpstr(first->hash, ==, "e3b0c44298fc1c14");  /* SHA-256 of nothing */
	g_assert_cmpstr(second->hash, ==, "ba7816bf8f01cfea"); /* of "abc" */
	g_assert_cmpstr(second->mime, ==, "text/plain; charset=utf-8");
	g_assert_cmpuint(second->gzip->len, ==, 0);
}

static void
test_compression(void)
{
	g_autoptr(GPtrArray) set = embed_set_new();
	g_autofree char *text = g_strnfill(5000, 'x');
	char plain[5001] = "";
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	const EmbedFile *file;
	size_t size = 0;

	add(set, "a.txt", text);
	finish(set);
	file = g_ptr_array_index(set, 0);
	g_assert_cmpuint(file->gzip->len, <, 100);
	g_assert_cmpint(libdeflate_gzip_decompress(
			    decompressor, file->gzip->data, file->gzip->len, plain, sizeof(plain), &size),
	    ==, LIBDEFLATE_SUCCESS);
	g_assert_cmpuint(size, ==, 5000);
	g_assert_cmpstr(plain, ==, text);
	libdeflate_free_decompressor(decompressor);
}

/* A style sheet's hash changes when a file that it names does. */
static void
test_style_sheet_urls(void)
{
	static const char SHEET[] =
	    "@font-face{src:url(./files/f.woff2) format('woff2')}"
	    "a{b:url(\"data:image/svg+xml,<svg fill='url(#x)'/>\");c:url( 'https://x.vn/y' );d:url(#z)}"
	    "e{f:url('p.png')}";
	char hashes[2][EMBED_HASH_SIZE];

	for (int i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) set = embed_set_new();
		const EmbedFile *font, *image;
		g_autofree char *got = NULL, *want = NULL;

		add(set, "a.css", SHEET);
		add(set, "f.woff2", i == 0 ? "one" : "two");
		add(set, "p.png", "png");
		finish(set);
		font = g_ptr_array_index(set, 1);
		image = g_ptr_array_index(set, 2);
		got = text_of(g_ptr_array_index(set, 0));
		want = g_strdup_printf(
		    "@font-face{src:url(\"../%s/f.woff2\") format('woff2')}"
		    "a{b:url(\"data:image/svg+xml,<svg fill='url(#x)'/>\");c:url( 'https://x.vn/y' );"
		    "d:url(#z)}e{f:url(\"../%s/p.png\")}",
		    font->hash, image->hash);
		g_assert_cmpstr(got, ==, want);
		g_strlcpy(hashes[i], ((const EmbedFile *)g_ptr_array_index(set, 0))->hash, EMBED_HASH_SIZE);
	}
	g_assert_cmpstr(hashes[0], !=, hashes[1]);
}

static void
test_refusals(void)
{
	static const char *const NAMES[][2] = {
	    {"../a.css", "../a.css: not a plain file name"},
	    {"", ": not a plain file name"},
	    {".css", ".css: not a plain file name"},
	    {"a\"b.css", "a\"b.css: not a plain file name"},
	    {"a.exe", "a.exe: a file of unknown type"},
	    {"there.css", "there.css: named twice"},
	};
	static const char *const SHEETS[][2] = {
	    {"a{b:url(none.woff2)}", "x.css: url(none.woff2) names no file of the set"},
	    {"a{b:url(there.css)}", "x.css: url(there.css) names no file of the set"},
	    {"a{b:url('c)}", "x.css: a url( is not closed"},
	    {"a{b:url(", "x.css: a url( is not closed"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autoptr(GPtrArray) set = embed_set_new();
		g_autoptr(GError) error = NULL;

		add(set, "there.css", "");
		g_assert_false(embed_set_add(set, NAMES[i][0], "", 0, &error));
		g_assert_error(error, EMBED_ERROR, EMBED_ERROR_INVALID);
		g_assert_cmpstr(error->message, ==, NAMES[i][1]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(SHEETS); i++) {
		g_autoptr(GPtrArray) set = embed_set_new();
		g_autoptr(GError) error = NULL;

		add(set, "there.css", "");
		add(set, "x.css", SHEETS[i][0]);
		g_assert_false(embed_set_finish(set, &error));
		g_assert_nonnull(error);
		g_assert_cmpstr(error->message, ==, SHEETS[i][1]);
	}
}

static void
test_written(void)
{
	g_autoptr(GPtrArray) set = embed_set_new();
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);

	add(set, "a-b.min.js", "\x01\"?\\\xff");
	finish(set);
	embed_write_source(set, c);
	embed_write_header(set, h);
	g_assert_nonnull(
	    strstr(c->str, "static const char BYTES_0[] =\n    \"\\001\\042\\077\\134\\377\";\n"));
	g_assert_nonnull(strstr(c->str, "const char ASSET_A_B_MIN_JS[] = \"/static/"));
	g_assert_nonnull(strstr(c->str, ".size = 5,"));
	g_assert_nonnull(strstr(h->str, "extern const char ASSET_A_B_MIN_JS[];\n"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/embed/hash-and-order", test_hash_and_order);
	g_test_add_func("/embed/compression", test_compression);
	g_test_add_func("/embed/style-sheet-urls", test_style_sheet_urls);
	g_test_add_func("/embed/refusals", test_refusals);
	g_test_add_func("/embed/written", test_written);
	return g_test_run();
}
