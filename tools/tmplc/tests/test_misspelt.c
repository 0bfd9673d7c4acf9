/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/tmplc.h"

#include <glib/gstdio.h>
#include <string.h>

/* What the C compiler says about a template, as its author reads it: the template's own file, line and
 * column. The compiler's command comes in TMPLC_TEST_CC. */

/* Stands for html/places.h, so that no other header is needed. */
static const char PLACES[] = "typedef struct GString GString;\n"
			     "void html_raw(GString *, const char *, unsigned long);\n"
			     "void html_text(GString *, const char *);\n"
			     "#define HTML_PUT_TEXT(out, ...) _Generic((__VA_ARGS__), char *: html_text, "
			     "const char *: html_text)(out, (__VA_ARGS__))\n"
			     "#define HTML_PUT_ATTR HTML_PUT_TEXT\n"
			     "typedef struct V { const char *title; void *other; } V;\n";

static void
write_file(const char *dir, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *
compiler_says(const char *dir)
{
	g_autofree char *command =
	    g_strdup_printf("%s -std=c17 -fsyntax-only -I. t.html.c", g_getenv("TMPLC_TEST_CC"));
	g_auto(GStrv) argv = g_strsplit(command, " ", -1);
	g_autoptr(GError) error = NULL;
	char *said = NULL;
	int status;

	g_spawn_sync(dir, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status, &error);
	g_assert_no_error(error);
	return said;
}

static void
remove_files(const char *dir)
{
	static const char *const NAMES[] = {"t.html", "t.html.c", "t.html.h", "html/places.h", "html", ""};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(dir, NAMES[i], NULL);

		g_remove(path);
	}
}

static void
check(const char *template, const char *want)
{
	g_autofree char *dir = g_dir_make_tmp("tmplc-XXXXXX", NULL);
	g_autofree char *html = g_build_filename(dir, "html", NULL);
	g_autofree char *said = NULL;
	g_autoptr(GString) c = g_string_new(NULL), h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const TmplcSource source = {.file = "t.html", .text = template, .len = strlen(template)};

	tmplc_compile(&source, "t.html.h", c, h, &error);
	g_assert_no_error(error);
	g_assert_cmpint(g_mkdir(html, 0700), ==, 0);
	write_file(dir, "t.html", template);
	write_file(dir, "t.html.c", c->str);
	write_file(dir, "t.html.h", h->str);
	write_file(html, "places.h", PLACES);
	said = compiler_says(dir);
	remove_files(dir);
	if (want == NULL)
		g_assert_cmpstr(said, ==, "");
	else if (strstr(said, want) == NULL)
		g_error("expected %s in:\n%s", want, said);
}

static void
test_places_of_errors(void)
{
	check("{% page p(const V *v) %}\n<p>{{ v->title }}</p>\n{% end %}\n", NULL);
	check("{% page p(const V *v) %}\n<p>\n  <b>{{ v->tittle }}</b>\n{% end %}\n", "t.html:3:12: error: ");
	check("{% page p(const V *v) %}\n<p>\n<em class=\"x\">x</em>{{ v->tittle }}\n{% end %}\n",
	    "t.html:3:27: error: ");
	check("{% page p(const V *v) %}\n<p title=\"{{ v->title }} {{\n   v->tittle }}\">\n{% end %}\n",
	    "t.html:3:7: error: ");
	check("{% page p(const V *v) %}\n{% if (v->tittle) { %}{% } %}\n{% end %}\n", "t.html:2:11: error: ");
	check("{% page p(const V *v) %}\n{% call p(v->tittle) %}\n{% end %}\n", "t.html:2:14: error: ");
	check("{% page p(const W *v) %}\n{% end %}\n", "t.html:1:17: error: ");
	check("{% page p(const V *v) %}\n          <em class=\"x\">{{ v->other }}</em>\n{% end %}\n",
	    "t.html:2:");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tmplc/misspelt", test_places_of_errors);
	return g_test_run();
}
