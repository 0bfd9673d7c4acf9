/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/lexicon.h"
#include "reader/ocr/number.h"

static void
test_correct(void)
{
	static const struct {
		const char *before, *text, *after;
		bool is_doubtful;
		const char *expected; /* NULL: left alone */
	} CASES[] = {
	    {NULL, "chuyến", "đối", false, "chuyển"},
	    {"chuyến", "đối", "số", false, "đổi"},
	    {"CHUYẾN", "ĐỐI", "SỐ", false, "ĐỔI"},
	    {NULL, "Tố", "chức", false, "Tổ"},
	    {"Phòng", "“Tố", "chức,", false, "“Tổ"},
	    {"yếu", "tố", "quyết", false, NULL},
	    {"thay", "đối.", "mới", false, "đổi."},
	    {"có", "đối", "với", false, NULL},
	    {"thay,", "đối", "nhau", false, NULL}, /* a comma ends the phrase */
	    {"của", "biếu", "này", false, "biểu"}, /* no word of the lexicon but for its mark */
	    {"anh", "Hiếu", "làm", false, NULL},   /* may be a name */
	    {"Ủy", "bau", "nhân", true, NULL},     /* letters are not changed */
	    {"thực", "hiên", "kế", true, "hiện"},
	    {"thực", "hiên", "kế", false, NULL}, /* the model was sure */
	    {"số", "57-NQ/TW", "ngày", true, NULL},
	    {"đạt", "95%", "trở", true, NULL},
	    {NULL, "—", NULL, true, NULL},
	    {NULL, "", NULL, true, NULL},
	};
	g_autoptr(Lexicon) lexicon = lexicon_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *corrected = lexicon_correct(
		    lexicon, CASES[i].text, CASES[i].before, CASES[i].after, CASES[i].is_doubtful);

		g_assert_cmpstr(corrected, ==, CASES[i].expected);
	}
}

static void
test_agencies(void)
{
	static const char *const AGENCIES[] = {"Ban Quản lý chợ Cẩm Thủy", NULL};
	g_autoptr(Lexicon) plain = lexicon_new(NULL), local = lexicon_new(AGENCIES);
	g_autofree char *left_alone = lexicon_correct(plain, "Cấm", "chợ", "Thủy", false);
	g_autofree char *corrected = lexicon_correct(local, "Cấm", "chợ", "Thủy", false);

	g_assert_null(left_alone);
	g_assert_cmpstr(corrected, ==, "Cẩm");
}

/* A phrase as it is written is never changed: what the corrector may do to the plan's own words. */
static void
test_phrases_stay(void)
{
	g_autoptr(Lexicon) lexicon = lexicon_new(NULL);

	for (const char *const *phrase = LEXICON_PHRASES; *phrase != NULL; phrase++) {
		g_auto(GStrv) words = g_strsplit(*phrase, " ", -1);

		for (guint i = 0; words[i] != NULL; i++) {
			g_autofree char *corrected = lexicon_correct(
			    lexicon, words[i], i > 0 ? words[i - 1] : NULL, words[i + 1], true);

			g_assert_null(corrected);
		}
	}
}

static void
test_clean(void)
{
	static const char *const CASES[][2] = {
	    {"16-KH/ĐÐU", "16-KH/ĐU"}, {"7/⁄2026", "7/2026"}, {"(lði)", "(lõi)"}, {"Đảng", "Đảng"}, {"", ""}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *clean = lexicon_clean(CASES[i][0]);

		g_assert_cmpstr(clean, ==, CASES[i][1]);
	}
}

static void
test_vote(void)
{
	g_auto(NumberPoll) poll = {0};
	int confidence = 0;

	number_poll_add(&poll, "21", 90);
	number_poll_add(&poll, "2.1", 88);
	number_poll_add(&poll, "2.1\n", 70);
	number_poll_add(&poll, "Di", 95);
	g_assert_cmpstr(number_poll_winner(&poll, &confidence), ==, "2.1");
	g_assert_cmpint(confidence, ==, 88);
}

static void
test_vote_alone(void)
{
	g_auto(NumberPoll) none = {0}, poor = {0}, alone = {0};
	int confidence = 0;

	number_poll_add(&none, "hội", 90);
	g_assert_null(number_poll_winner(&none, &confidence));
	number_poll_add(&poor, "4,,.", 20);
	g_assert_null(number_poll_winner(&poor, &confidence));
	number_poll_add(&alone, "≥ 80%", 96);
	g_assert_cmpstr(number_poll_winner(&alone, &confidence), ==, "≥80%");
	g_assert_cmpint(confidence, <, 80);
}

static void
test_likely(void)
{
	g_assert_true(number_is_likely("2026", 96));
	g_assert_true(number_is_likely("ĐAI", 3));
	g_assert_false(number_is_likely("Xã", 96));
	g_assert_false(number_is_likely("Phòng Kinh tế 1", 96));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ocr/lexicon/correct", test_correct);
	g_test_add_func("/ocr/lexicon/agencies", test_agencies);
	g_test_add_func("/ocr/lexicon/phrases-stay", test_phrases_stay);
	g_test_add_func("/ocr/lexicon/clean", test_clean);
	g_test_add_func("/ocr/number/vote", test_vote);
	g_test_add_func("/ocr/number/alone", test_vote_alone);
	g_test_add_func("/ocr/number/likely", test_likely);
	return g_test_run();
}
