/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/rules.h"
#include "reader/pdf/script.h"
#include "reader/pdf/token.h"
#include "reader/pdf/trust.h"

#include <string.h>

#define HEAD "%!CairoScript\n<< /content //COLOR_ALPHA /width 595 /height 842 >> surface context\n"

static void
assert_box(const BlockBox *box, double left, double top, double right, double bottom)
{
	g_assert_cmpfloat_with_epsilon((double)box->left, left, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->top, top, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->right, right, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->bottom, bottom, 0.01);
}

static void
test_drawing(void)
{
	static const struct {
		const char *script;
		guint n_rules;
		double box[4]; /* of the last */
	} CASES[] = {
	    {"n 10 20 m 110 20 l\n1 set-line-width\nstroke+\n", 1, {10, 19.5, 110, 20.5}},
	    {"n 10 20 m 10 90 l\n1 set-line-width\nstroke+\n", 1, {9.5, 20, 10.5, 90}},
	    {"n 10 20 m 110 20 l\n", 0, {0}},
	    {"n 10 20 m 110 20 l\n2 0.5 scale\n1 set-line-width\nstroke+\n", 1, {10, 19.75, 110, 20.25}},
	    {"[0 2 4 0 0 0] set-matrix\n1 set-line-width\nn 10 20 m 110 20 l\nstroke+\n", 1,
		{10, 19, 110, 21}},
	    {"2 2 scale\nidentity set-matrix\n1 set-line-width\nn 10 20 m 110 20 l stroke+\n", 1,
		{10, 19.5, 110, 20.5}},
	    {"n 10 20 100 1 rectangle\nfill+\n", 1, {10, 20, 110, 21}},
	    {"n 10 20 100 50 rectangle\nfill+\n", 0, {0}},
	    {"n\n 10 20 100 1 rectangle\n 10 40 1 100 rectangle\nfill+\n", 2, {10, 40, 11, 140}},
	    {"n 10 20 m 30 20 50 20 110 20 c\n1 set-line-width\nstroke+\n", 0, {0}},
	    {"n 0 0 595 842 rectangle\nclip+\n", 0, {0}},
	    /* a path inside a pattern or a glyph is not drawn */
	    {"mesh begin-patch 10 20 m 110 20 l end-patch set-source n 0 0 50 50 rectangle fill+\n", 0, {0}},
	    {"<< /type 3 /glyphs [{ n 10 20 100 1 rectangle fill+ } ] >> font\n", 0, {0}},
	    /* a group is painted at an offset; one that is never painted is not seen */
	    {"dup 200 100 //COLOR_ALPHA similar dup /s5 exch def context\nn 10 20 100 1 "
	     "rectangle\nfill+\npop\n"
	     "s5 pattern\n  [1 0 0 1 -30 -40] set-matrix\n set-source\npaint\n",
		1, {40, 60, 140, 61}},
	    {"dup 200 100 //COLOR_ALPHA similar dup /s5 exch def context\nn 10 20 100 1 "
	     "rectangle\nfill+\npop\n",
		0, {0}},
	    {"dup 200 100 //COLOR_ALPHA similar dup /s5 exch def context\nn 10 20 100 1 "
	     "rectangle\nfill+\npop\n"
	     "0 g set-source\npaint\n",
		0, {0}},
	    {"dup 9 9 //COLOR similar dup /s5 exch def context\nn 10 20 100 1 rectangle fill+ pop\n"
	     "s5 pattern\n [1 0 0 1 -1 -1] set-matrix\n set-source\n 0.5 a mask\n",
		1, {11, 21, 111, 22}},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *script = g_strconcat(HEAD, CASES[i].script, "pop\n", NULL);
		ScriptPicture picture;

		g_test_message("%s", CASES[i].script);
		script_picture_init(&picture);
		g_assert_true(rules_from_script(script, strlen(script), &picture));
		g_assert_cmpuint(picture.rules->len, ==, CASES[i].n_rules);
		if (CASES[i].n_rules > 0)
			assert_box(&g_array_index(picture.rules, BlockBox, CASES[i].n_rules - 1),
			    CASES[i].box[0], CASES[i].box[1], CASES[i].box[2], CASES[i].box[3]);
		script_picture_clear(&picture);
	}
}

static void
test_glyphs(void)
{
	static const char SCRIPT[] =
	    HEAD "3 glyphs\n4 glyphs\n<< /width 2 /height 2 /source <~+<Ve7~> >> image pattern "
		 "set-source\npaint\n5 glyphs\nn 1 1 m 2 2 3 3 4 4 c\nfill+\n";
	ScriptPicture picture;

	script_picture_init(&picture);
	g_assert_true(rules_from_script(SCRIPT, strlen(SCRIPT), &picture));
	g_assert_cmpuint(picture.n_glyphs, ==, 5); /* the others lie behind the picture */
	g_assert_cmpuint(picture.n_outlines, ==, 1);
	script_picture_clear(&picture);
}

static void
test_broken(void)
{
	static const char *const SCRIPTS[] = {
	    HEAD "(text without end",
	    HEAD "<~data without end",
	    HEAD "<|data without end>",
	    HEAD "<0102",
	    HEAD "{ n { fill+ }",
	    HEAD "1.2.3 set-line-width",
	    HEAD "99999999999 set-line-width",
	    HEAD "1e5 set-line-width",
	    HEAD "}",
	    HEAD ")",
	    HEAD "{{{{{{{{{{{{{{{{{{{{{{{{ }}}}}}}}}}}}}}}}}}}}}}}}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(SCRIPTS); i++) {
		ScriptPicture picture;

		g_test_message("%s", SCRIPTS[i]);
		script_picture_init(&picture);
		g_assert_false(rules_from_script(SCRIPTS[i], strlen(SCRIPTS[i]), &picture));
		g_assert_cmpuint(picture.rules->len, ==, 0);
		script_picture_clear(&picture);
	}
}

static void
test_strings(void)
{
	static const char TEXT[] = "(a (b) \\) n) 12 <~)~> /n -0.5 //LINE <</x>> [3] l";
	TokenCursor cursor = {TEXT, TEXT + strlen(TEXT)};
	Token token = token_next(&cursor);

	g_assert_cmpint(token.kind, ==, TOKEN_NUMBER);
	g_assert_cmpfloat_with_epsilon(token.number, 12, 1e-9);
	token = token_next(&cursor);
	g_assert_cmpint(token.kind, ==, TOKEN_NAME);
	token = token_next(&cursor);
	g_assert_cmpfloat_with_epsilon(token.number, -0.5, 1e-9);
	g_assert_cmpint(token_next(&cursor).kind, ==, TOKEN_NAME);
	g_assert_cmpint(token_next(&cursor).kind, ==, TOKEN_NAME);
	g_assert_cmpint(token_next(&cursor).kind, ==, TOKEN_NUMBER);
	token = token_next(&cursor);
	g_assert_true(token_is(&token, "l"));
	g_assert_false(token_is(&token, "ll"));
	g_assert_cmpint(token_next(&cursor).kind, ==, TOKEN_END);
}

/* A deep stack of contexts is counted, not kept. */
static void
test_many_contexts(void)
{
	g_autoptr(GString) script = g_string_new(HEAD);
	ScriptPicture picture;

	for (int i = 0; i < 100; i++)
		g_string_append(script, "dup 9 9 //COLOR similar dup /s5 exch def context\n");
	for (int i = 0; i < 100; i++)
		g_string_append(script, "pop\n");
	g_string_append(script, "n 10 20 100 1 rectangle fill+\n");
	script_picture_init(&picture);
	g_assert_true(rules_from_script(script->str, script->len, &picture));
	g_assert_cmpuint(picture.rules->len, ==, 1);
	script_picture_clear(&picture);
}

static void
test_joining(void)
{
	static const BlockBox PIECES[] = {
	    {100, 50, 150, 50.5f}, {150.4f, 50, 200, 50.5f}, /* one line in two pieces */
	    {10, 50, 60, 50.5f},                             /* of the same height, apart */
	    {100, 50.2f, 150, 50.7f},                        /* drawn twice */
	    {100, 60, 103, 60.5f},                           /* too short */
	    {300, 10, 300.5f, 50}, {300, 51, 300.5f, 90},    /* upright, in two pieces */
	    {580, 70, 700, 70.5f},                           /* beyond the page's edge */
	};
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(BlockBox));
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	PageSheet *sheet = page_set_add(set, 1, 595, 842);

	g_array_append_vals(pieces, PIECES, G_N_ELEMENTS(PIECES));
	rules_add_joined(sheet, pieces, 1);
	g_assert_cmpuint(sheet->rules->len, ==, 4);
	assert_box(&g_array_index(sheet->rules, PageRule, 0).box, 10, 50, 60, 50.5);
	assert_box(&g_array_index(sheet->rules, PageRule, 1).box, 100, 50, 200, 50.7);
	assert_box(&g_array_index(sheet->rules, PageRule, 2).box, 580, 70, 595, 70.5);
	assert_box(&g_array_index(sheet->rules, PageRule, 3).box, 300, 10, 300.5, 90);
}

static void
test_scaling(void)
{
	const BlockBox piece = {10, 20, 60, 20.25f};
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(BlockBox));
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	PageSheet *sheet = page_set_add(set, 1, 595, 842);

	g_array_append_val(pieces, piece);
	rules_add_joined(sheet, pieces, 8);
	g_assert_cmpuint(sheet->rules->len, ==, 1);
	assert_box(&g_array_index(sheet->rules, PageRule, 0).box, 80, 160, 480, 162);
}

static void
test_trust(void)
{
	TextTally tally = {0};

	g_assert_false(tally_is_broken(&tally));
	for (int i = 0; i < 30; i++)
		tally_add_char(&tally, 0x1EBF); /* ế */
	g_assert_false(tally_is_broken(&tally));
	for (int i = 0; i < 3; i++)
		tally_add_char(&tally, 0xFFFD);
	g_assert_false(tally_is_broken(&tally)); /* a few bullets of a symbol font */
	tally_add_char(&tally, 0xE001);
	g_assert_true(tally_is_broken(&tally));
}

static void
test_syllables(void)
{
	static const struct {
		const char *word;
		unsigned n_words, n_odd;
	} CASES[] = {
	    {"nghiêng", 1, 0},
	    {"gì", 1, 0},
	    {"quyết", 1, 0},
	    {"giữa", 1, 0},
	    {"được,", 1, 0},
	    {"ưu", 1, 0},
	    {"khuyến", 1, 0},
	    {"program", 1, 1},
	    {"cbo", 1, 1},
	    {"ngn", 1, 1},
	    {"internationalization", 1, 1},
	    {"UBND", 0, 0},
	    {"Kế", 0, 0},
	    {"q1", 0, 0},
	    {"-", 0, 0},
	    {"ở", 0, 0},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		TextTally tally = {0};

		g_test_message("%s", CASES[i].word);
		tally_add_word(&tally, CASES[i].word);
		g_assert_cmpuint(tally.n_words, ==, CASES[i].n_words);
		g_assert_cmpuint(tally.n_odd, ==, CASES[i].n_odd);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-rules/drawing", test_drawing);
	g_test_add_func("/pdf-rules/glyphs", test_glyphs);
	g_test_add_func("/pdf-rules/broken", test_broken);
	g_test_add_func("/pdf-rules/strings", test_strings);
	g_test_add_func("/pdf-rules/many-contexts", test_many_contexts);
	g_test_add_func("/pdf-rules/joining", test_joining);
	g_test_add_func("/pdf-rules/scaling", test_scaling);
	g_test_add_func("/pdf-rules/trust", test_trust);
	g_test_add_func("/pdf-rules/syllables", test_syllables);
	return g_test_run();
}
