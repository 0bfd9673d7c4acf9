/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/test_check.h"
#include "compiler/check/units.h"

#include <glib.h>

static unsigned
same(const char *a, const char *b)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	UnitSet left = units_read(lexicon, arena, a), right = units_read(lexicon, arena, b);

	return units_same_pct(lexicon, &left, &right);
}

static void
test_abbreviations_are_their_long_forms(void)
{
	g_assert_cmpuint(
	    same("Số hóa TTHC của UBND xã", "Số hoá thủ tục hành chính của Ủy ban nhân dân xã"), ==, 100);
	g_assert_cmpuint(
	    same("KHCN, ĐMST, CĐS", "khoa học - công nghệ, đổi mới sáng tạo và chuyển đổi số"), ==, 100);
	g_assert_cmpuint(same("Tỷ lệ CBCC được tập huấn", "Tỉ lệ cán bộ, công chức được bồi dưỡng"), ==, 100);
}

static void
test_other_things_stay_apart(void)
{
	g_assert_cmpuint(same("Phủ sóng 5G đến khu dân cư", "Mở lớp kỹ năng số cho nông dân"), <, 20);
	g_assert_cmpuint(same("", "Mở lớp"), ==, 0);
}

static void
count_pair(size_t i, size_t j, void *data)
{
	g_assert_cmpuint(i, <, j);
	++*(unsigned *)data;
}

static void
test_pairs(void)
{
	static const char *const TEXTS[] = {"Lắp camera an ninh tại các thôn", "Mở chợ số ở trung tâm xã",
	    "Lắp camera an ninh ở nhà văn hóa thôn", "Lắp camera an ninh tại các thôn", ""};
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	UnitSet sets[G_N_ELEMENTS(TEXTS)];
	unsigned n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
		sets[i] = units_read(lexicon, arena, TEXTS[i]);
	units_pairs(lexicon, sets, G_N_ELEMENTS(TEXTS), 60, count_pair, &n);
	g_assert_cmpuint(n, ==, 3); /* 0 and 3 are one text, 2 is like both */
}

void
test_units_add(void)
{
	g_test_add_func("/check/units/abbreviations", test_abbreviations_are_their_long_forms);
	g_test_add_func("/check/units/apart", test_other_things_stay_apart);
	g_test_add_func("/check/units/pairs", test_pairs);
}
