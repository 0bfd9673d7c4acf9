/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "compiler/source/legacy_font.h"
#include "compiler/tests/support.h"

#include <string.h>

#define PLAN_TEXT \
	"KẾ HOẠCH\n\nThực hiện chuyển đổi số năm 2026\n\nI. MỤC TIÊU\n\n- 100% thôn có tổ công nghệ số.\n\n" \
	"II. NHIỆM VỤ\n\n1. Hạ tầng\n\n- Nâng cấp mạng của các cơ quan trong xã.\n"

static void
assert_refused(const char *bytes, size_t len, AppErrorCode code, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;

	g_assert_false(compiler_compile(bytes, len, NULL, &plan, &error));
	g_assert_error(error, APP_ERROR, (int)code);
	g_assert_nonnull(strstr(error->message, part));
	g_assert_null(plan);
}

static void
test_refused(void)
{
	g_autofree char *huge = g_malloc0(LIMIT_SOURCE_BYTES + 1);

	assert_refused("", 0, APP_ERROR_UNREADABLE, "rỗng");
	assert_refused("  \n\n ", 5, APP_ERROR_UNREADABLE, "khoảng trắng");
	assert_refused("ab\ncd\0ef", 8, APP_ERROR_UNREADABLE, "dòng 2");
	assert_refused("%PDF-1.7 …", 9, APP_ERROR_UNREADABLE, "PDF");
	assert_refused("PK\x03\x04xxxx", 8, APP_ERROR_UNREADABLE, "Word");
	assert_refused("\x89PNG\r\n", 6, APP_ERROR_UNREADABLE, "PNG");
	assert_refused(huge, LIMIT_SOURCE_BYTES + 1, APP_ERROR_LIMIT, "MB");
}

static bool
has_diag(const Plan *plan, const char *rule)
{
	for (guint i = 0; i < plan->diags->items->len; i++)
		if (strcmp(((const Diag *)NTH(plan->diags->items, i))->rule, rule) == 0)
			return true;
	return false;
}

/* The same plan in each encoding gives the same plan. */
static void
test_encodings(void)
{
	static const char *const ENCODINGS[] = {
	    "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "TCVN5712-1", "VISCII", "WINDOWS-1258"};

	for (size_t i = 0; i < G_N_ELEMENTS(ENCODINGS); i++) {
		gsize len = 0;
		g_autofree char *bytes = g_convert(PLAN_TEXT, -1, ENCODINGS[i], "UTF-8", NULL, &len, NULL);
		g_autoptr(GError) error = NULL;
		g_autoptr(Plan) plan = NULL;
		const PlanIndicator *indicator;

		if (bytes == NULL) /* precomposed letters that the code page spells with combining marks */
			continue;
		g_assert_true(compiler_compile(bytes, len, NULL, &plan, &error));
		g_assert_no_error(error);
		g_assert_cmpstr(plan->document.title, ==, "Thực hiện chuyển đổi số năm 2026");
		g_assert_cmpuint(plan->indicators->len, ==, 1);
		indicator = NTH(plan->indicators, 0);
		g_assert_cmpstr(indicator->name, ==, "thôn có tổ công nghệ số");
		g_assert_cmpint(has_diag(plan, "source-encoding"), ==, strcmp(ENCODINGS[i], "UTF-8") != 0);
	}
}

/* A text in a font's places, as Latin-1 has them: the sentence, set in ".VnTime" and in "VNI-Times". */
#define SENTENCE "Ủy ban nhân dân xã Bình Nguyệt thực hiện kế hoạch chuyển đổi số, đến năm 2030 đạt trên 95%."
#define SENTENCE_TCVN3 \
	"ñy ban nh©n d©n x· B×nh NguyÖt thùc hiÖn kÕ ho¹ch chuyÓn ®æi sè, ®Õn n¨m 2030 ®¹t trªn 95%."
#define SENTENCE_VNI \
	"UÛy ban nhaân daân xaõ Bình Nguyeät thöïc hieän keá hoaïch chuyeån ñoåi soá, ñeán naêm 2030 ñaït " \
	"treân 95%."

static void
test_legacy_fonts(void)
{
	static const struct {
		const char *name;
		LegacyFont font;
		const char *text, *unicode;
	} CASES[] = {
	    {".VnTime", LEGACY_FONT_TCVN3, "x· B×nh NguyÖt, ®Õn n¨m", "xã Bình Nguyệt, đến năm"},
	    {"ABCDEF+.VnTimeH", LEGACY_FONT_TCVN3_CAPITALS, "kÕ ho¹ch", "KẾ HOẠCH"},
	    {".VnArialH,Bold", LEGACY_FONT_TCVN3_CAPITALS, "céng hßa", "CỘNG HÒA"},
	    {"VNI-Times", LEGACY_FONT_VNI, "COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI"},
	    {"VNI-Helve", LEGACY_FONT_VNI, "Ñieàu höôùng môùi, kyõ thuaät, quyù III",
		"Điều hướng mới, kỹ thuật, quý III"},
	    {"VI Times", LEGACY_FONT_VISCII, "kª hoÕch", "kế hoạch"},
	    {"Times New Roman", LEGACY_FONT_NONE, "kế hoạch", "kế hoạch"},
	    {NULL, LEGACY_FONT_NONE, "café", "café"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *text = legacy_font_to_utf8(CASES[i].font, CASES[i].text);

		g_assert_cmpint(legacy_font_of_name(CASES[i].name), ==, CASES[i].font);
		g_assert_cmpstr(text, ==, CASES[i].unicode);
	}
}

static void
test_legacy_guess(void)
{
	g_autofree char *vni = legacy_font_to_utf8(LEGACY_FONT_VNI, SENTENCE_VNI);

	g_assert_cmpstr(vni, ==, SENTENCE);
	g_assert_cmpint(legacy_font_guess(SENTENCE_VNI), ==, LEGACY_FONT_VNI);
	g_assert_cmpint(legacy_font_guess(SENTENCE_TCVN3), ==, LEGACY_FONT_TCVN3);
	g_assert_cmpint(legacy_font_guess(SENTENCE), ==, LEGACY_FONT_NONE);
	g_assert_cmpint(
	    legacy_font_guess("L'été à Orléans, déjà vu; Straße über Zürich"), ==, LEGACY_FONT_NONE);
	g_assert_cmpint(legacy_font_guess("12/2026"), ==, LEGACY_FONT_NONE);
}

/* A text file in VNI is recognised by its words, like the code pages that iconv knows. */
static void
test_vni_file(void)
{
	g_autofree char *latin =
	    g_convert(SENTENCE_VNI "\n\n" SENTENCE_VNI "\n", -1, "WINDOWS-1252", "UTF-8", NULL, NULL, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;

	g_assert_true(compiler_compile(latin, strlen(latin), NULL, &plan, &error));
	g_assert_no_error(error);
	g_assert_true(g_str_has_prefix(plan->text, SENTENCE));
	g_assert_true(has_diag(plan, "source-encoding"));
}

static void
test_line_ends_and_mark(void)
{
	g_autoptr(GString) text = g_string_new("\xEF\xBB\xBF");
	g_autoptr(Plan) plan = NULL;
	g_auto(GStrv) lines = g_strsplit(PLAN_TEXT, "\n", -1);
	g_autofree char *joined = g_strjoinv("\r\n", lines);

	g_string_append(text, joined);
	plan = compile_text(text->str);
	g_assert_cmpuint(plan->tasks->len, ==, 1);
	g_assert_cmpuint(((const PlanTask *)NTH(plan->tasks, 0))->span.line, ==, 13);
}

static void
test_not_a_plan(void)
{
	g_autoptr(Plan) plan = compile_text("Ngày xưa có một người đi chợ.\n\nNgười ấy mua hai quả cam.\n");

	g_assert_false(plan->is_plan);
	g_assert_true(has_diag(plan, "not-a-plan"));
	g_assert_cmpuint(plan->tasks->len + plan->indicators->len, ==, 0);
}

static void
test_long_line(void)
{
	g_autoptr(GString) text = g_string_new(PLAN_TEXT "\n- ");
	g_autoptr(Plan) plan = NULL;

	for (int i = 0; i < 300000; i++)
		g_string_append(text, "số ");
	plan = compile_text(text->str);
	g_assert_true(has_diag(plan, "source-line-cut"));
	g_assert_cmpuint(plan->indicators->len, ==, 1);
}

static void
test_deep_numbering(void)
{
	g_autoptr(GString) text = g_string_new(PLAN_TEXT);
	g_autoptr(Plan) plan = NULL;

	for (int depth = 1; depth < 200; depth++) {
		for (int i = 0; i < depth; i++)
			g_string_append_printf(text, "%s1", i > 0 ? "." : "");
		g_string_append(text, ". Tiêu đề\n\n");
	}
	plan = compile_text(text->str);
	g_assert_true(plan->is_plan);
}

/* Every span lies inside the text and names the line it starts on. */
static void
test_places(void)
{
	g_autoptr(Plan) plan = compile_text(PLAN_TEXT);

	for (guint i = 0; i < plan->blocks->len; i++) {
		const PlanBlock *block = NTH(plan->blocks, i);
		uint32_t line = 1;

		g_assert_cmpuint(block->span.offset + block->span.len, <=, plan->text_len);
		for (size_t k = 0; k < block->span.offset; k++)
			line += plan->text[k] == '\n';
		g_assert_cmpuint(line, ==, block->span.line);
	}
	g_assert_true(g_str_has_prefix(
	    plan->text + ((const PlanTask *)NTH(plan->tasks, 0))->span.offset, "- Nâng cấp"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/compiler/input/refused", test_refused);
	g_test_add_func("/compiler/input/encodings", test_encodings);
	g_test_add_func("/compiler/input/legacy-fonts", test_legacy_fonts);
	g_test_add_func("/compiler/input/legacy-guess", test_legacy_guess);
	g_test_add_func("/compiler/input/vni-file", test_vni_file);
	g_test_add_func("/compiler/input/line-ends", test_line_ends_and_mark);
	g_test_add_func("/compiler/input/not-a-plan", test_not_a_plan);
	g_test_add_func("/compiler/input/long-line", test_long_line);
	g_test_add_func("/compiler/input/deep-numbering", test_deep_numbering);
	g_test_add_func("/compiler/input/places", test_places);
	return g_test_run();
}
