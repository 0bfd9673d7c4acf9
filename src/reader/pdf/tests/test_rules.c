/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/path.h"
#include "reader/pdf/rules.h"
#include "reader/pdf/trust.h"

static void
assert_box(const BlockBox *box, double left, double top, double right, double bottom)
{
	g_assert_cmpfloat_with_epsilon((double)box->left, left, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->top, top, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->right, right, 0.01);
	g_assert_cmpfloat_with_epsilon((double)box->bottom, bottom, 0.01);
}

typedef struct {
	guint n_rules;
	BlockBox last;
} Found;

static void
take_rule(void *data, BlockBox box)
{
	Found *found = data;

	found->n_rules++;
	found->last = box;
}

/* "m 1 2 l 3 4 h": a path as cairo gives it; "c" is a curve to its last point. */
static void
build(Path *path, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	path_init(path);
	for (char **at = words; *at != NULL; at++) {
		char step = **at;

		if (step == 'h') {
			path_close(path);
			continue;
		}
		path_add(
		    path, g_ascii_strtod(at[1], NULL), g_ascii_strtod(at[2], NULL), step == 'm', step == 'c');
		at += 2;
	}
}

static const PathClip PAGE = {0, 0, 595, 842};

static void
test_strokes(void)
{
	static const struct {
		const char *path;
		double flat_width, upright_width;
		guint n_rules;
		double box[4]; /* of the last */
	} CASES[] = {
	    {"m 10 20 l 110 20", 1, 1, 1, {10, 19.5, 110, 20.5}},
	    {"m 10 20 l 10 90", 1, 1, 1, {9.5, 20, 10.5, 90}},
	    {"m 10 20 l 110 20", 2, 1, 1, {10, 19, 110, 21}},
	    {"m 10 20 l 10 90", 2, 1, 1, {9.5, 20, 10.5, 90}},
	    {"m 10 20 l 110 20.3", 0, 0, 1, {10, 20, 110, 20.3}},
	    {"m 10 20 l 110 22", 1, 1, 0, {0}},                           /* slanting */
	    {"m 10 20 l 110 20", 9, 9, 0, {0}},                           /* painted areas */
	    {"m 10 20 c 110 20", 1, 1, 0, {0}},                           /* curved */
	    {"m 10 20 m 110 20", 1, 1, 0, {0}},                           /* nothing between */
	    {"m 10 20 l 10 20", 1, 1, 0, {0}},                            /* a dot */
	    {"m 10 20 l 60 20 l 60 90 h", 1, 1, 2, {59.5, 20, 60.5, 90}}, /* the last side slants */
	    {"m 10 20 l 60 20 l 60 90 l 10 90 h", 1, 1, 4, {9.5, 20, 10.5, 90}},
	    {"m -20000 20 l 20000 20", 1, 1, 1, {0, 19.5, 595, 20.5}},
	    {"m 10 -20 l 110 -20", 1, 1, 0, {0}},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Found found = {0};
		Path path;

		g_test_message("%s", CASES[i].path);
		build(&path, CASES[i].path);
		path_stroke(&path, CASES[i].flat_width, CASES[i].upright_width, &PAGE, take_rule, &found);
		g_assert_cmpuint(found.n_rules, ==, CASES[i].n_rules);
		if (found.n_rules > 0)
			assert_box(
			    &found.last, CASES[i].box[0], CASES[i].box[1], CASES[i].box[2], CASES[i].box[3]);
		path_clear(&path);
	}
}

static void
test_fills(void)
{
	static const PathClip SLIT = {0, 100, 595, 100.5};
	static const struct {
		const char *path;
		const PathClip *clip;
		guint n_rules;
		double box[4]; /* of the last */
	} CASES[] = {
	    {"m 10 20 l 110 20 l 110 21 l 10 21 h", &PAGE, 1, {10, 20, 110, 21}},
	    {"m 10 20 l 11 20 l 11 90 l 10 90 h", &PAGE, 1, {10, 20, 11, 90}},
	    {"m 10 20 l 110 20 l 110 70 l 10 70 h", &PAGE, 0, {0}},
	    {"m 10 20 l 110 20 l 110 21 l 10 21 h m 10 40 l 11 40 l 11 90 l 10 90 h", &PAGE, 2,
		{10, 40, 11, 90}},
	    {"m 10 20 c 110 20 l 110 21 l 10 21 h", &PAGE, 0, {0}},
	    {"m 10 20 l 12 20 l 12 22 l 10 22 h", &PAGE, 0, {0}}, /* a dot */
	    {"m 10 20 l 110 20", &PAGE, 0, {0}},                  /* without area */
	    {"m 10 20 l 110 20 l 110 200 l 10 200 h", &SLIT, 1, {10, 100, 110, 100.5}},
	    {"m 10 20 l 110 20 l 110 21 l 10 21 h", &SLIT, 0, {0}},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Found found = {0};
		Path path;

		g_test_message("%s", CASES[i].path);
		build(&path, CASES[i].path);
		path_fill(&path, CASES[i].clip, take_rule, &found);
		g_assert_cmpuint(found.n_rules, ==, CASES[i].n_rules);
		if (found.n_rules > 0)
			assert_box(
			    &found.last, CASES[i].box[0], CASES[i].box[1], CASES[i].box[2], CASES[i].box[3]);
		path_clear(&path);
	}
}

/* A path that is too long is no rules rather than some. */
static void
test_long_path(void)
{
	Found found = {0};
	Path path;

	path_init(&path);
	for (int i = 0; i <= PATH_POINTS_MAX; i++)
		path_add(&path, i % 2 * 100, 20, false, false);
	g_assert_true(path.is_cut);
	path_stroke(&path, 1, 1, &PAGE, take_rule, &found);
	path_fill(&path, &PAGE, take_rule, &found);
	g_assert_cmpuint(found.n_rules, ==, 0);
	path_begin(&path);
	g_assert_false(path.is_cut);
	path_clear(&path);
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
	rules_add_joined(sheet, pieces);
	g_assert_cmpuint(sheet->rules->len, ==, 4);
	assert_box(&g_array_index(sheet->rules, PageRule, 0).box, 10, 50, 60, 50.5);
	assert_box(&g_array_index(sheet->rules, PageRule, 1).box, 100, 50, 200, 50.7);
	assert_box(&g_array_index(sheet->rules, PageRule, 2).box, 580, 70, 595, 70.5);
	assert_box(&g_array_index(sheet->rules, PageRule, 3).box, 300, 10, 300.5, 90);
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
	g_test_add_func("/pdf-rules/strokes", test_strokes);
	g_test_add_func("/pdf-rules/fills", test_fills);
	g_test_add_func("/pdf-rules/long-path", test_long_path);
	g_test_add_func("/pdf-rules/joining", test_joining);
	g_test_add_func("/pdf-rules/trust", test_trust);
	g_test_add_func("/pdf-rules/syllables", test_syllables);
	return g_test_run();
}
