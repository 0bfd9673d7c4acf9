/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cssprune/cssprune.h"

#include <string.h>

/* The program's sources know "card", "btn", "btn-primary" and "w-1". */
static bool
run(const char *css, GString *out, GError **error)
{
	static const char SOURCE[] = "<a class=\"card btn btn-primary\">w-1";
	g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	cssprune_add_words(words, SOURCE, strlen(SOURCE));
	return cssprune_run(css, strlen(css), words, out, error);
}

static void
test_kept(void)
{
	static const char *const CASES[][2] = {
	    {".card{a:b}.none{c:d}.btn{e:f}", ".card{a:b}.btn{e:f}"},
	    {".none,.card,.card .none,p{a:b}", ".card,p{a:b}"},
	    {"p:not(.none){a:b}p:is(.none,.x) .card{c:d}", "p:not(.none){a:b}p:is(.none,.x) .card{c:d}"},
	    {"[class*=\".none\"]{a:b}#id{c:d}*{e:f}", "[class*=\".none\"]{a:b}#id{c:d}*{e:f}"},
	    {"@media (min-width:1.5px){.none{a:b}}", ""},
	    {"@media print{.none{a:b}.card{c:d}}", "@media print{.card{c:d}}"},
	    {"@media print{@supports (a:b){.none{a:b}}p{c:d}}", "@media print{p{c:d}}"},
	    {"@font-face{a:b}@keyframes x{0%{a:b}}@charset \"UTF-8\";",
		"@font-face{a:b}@keyframes x{0%{a:b}}@charset \"UTF-8\";"},
	    {".none{a:\"}\"}p{b:'{\\'.none{'}", "p{b:'{\\'.none{'}"},
	    {"/* .none{ */p{a:b/* } */}", "/* .none{ */p{a:b/* } */}"},
	    {".w-1\\/2{a:b}.w-1{c:d}", ".w-1{c:d}"},
	    {".btn-primary:hover,.btn-secondary:hover{a:b}", ".btn-primary:hover{a:b}"},
	    {".card{a:url(data:x;y,{z})}", ".card{a:url(data:x;y,{z})}"},
	    {"", ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		run(CASES[i][0], out, &error);
		g_assert_no_error(error);
		g_assert_cmpstr(out->str, ==, CASES[i][1]);
	}
}

static void
test_refused(void)
{
	static const char *const CASES[][2] = {
	    {"p{a:b", "line 1: a block that is not closed"},
	    {"p{a:b}\n}", "line 1: a string or comment that is not closed, or a stray }"},
	    {"p{}\n\n/* x", "line 1: a string or comment that is not closed, or a stray }"},
	    {"p{a:'b}", "line 1: a block that is not closed"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		g_assert_false(run(CASES[i][0], out, &error));
		g_assert_nonnull(error);
		g_assert_cmpstr(error->message, ==, CASES[i][1]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cssprune/kept", test_kept);
	g_test_add_func("/cssprune/refused", test_refused);
	return g_test_run();
}
