/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency.h"
#include "modules/intake/tests/sample.h"

static void
test_name_key(void)
{
	static const char *const SAME[][2] = {
	    {"Phòng Văn hóa - Xã hội", "Phòng Văn hoá- Xã hội"},
	    {"VĂN PHÒNG HĐND & UBND", "Văn phòng HĐND UBND"},
	    {"Ủy ban nhân dân", "Uỷ ban  nhân dân"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(SAME); i++) {
		g_autofree char *a = agency_name_key(SAME[i][0]);
		g_autofree char *b = agency_name_key(SAME[i][1]);

		g_assert_cmpstr(a, ==, b);
	}
}

static const AgencyPart *
part_named(const GPtrArray *parts, const char *name)
{
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);

		if (g_str_equal(part->name, name))
			return part;
	}
	g_assert_not_reached();
}

/* What the list says of an agency is what the plan gives it; the alphabet is Vietnamese. */
static void
test_parts(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	g_autoptr(GPtrArray) aliases = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const AgencyPart *office;
	PlanScope scope;

	sample_store(test);
	scope = (PlanScope){test->db, test->commune_id, 1};
	g_assert_true(agency_list(&scope, arena, parts, &error));
	g_assert_cmpuint(parts->len, ==, 4);
	g_assert_cmpstr(((const AgencyPart *)g_ptr_array_index(parts, 0))->name, ==, "Các cơ quan, đơn vị");
	office = part_named(parts, "Văn phòng HĐND và UBND");
	g_assert_cmpint(office->lead_tasks, ==, 6);
	g_assert_cmpint(office->coordinating_tasks, ==, 0);
	g_assert_cmpint(office->lead_indicators, ==, 3);
	g_assert_cmpint(office->duties, ==, 1);
	g_assert_true(part_named(parts, "Các cơ quan, đơn vị")->is_generic);
	g_assert_true(part_named(parts, "Sở Khoa học và Công nghệ")->is_higher);
	g_assert_true(agency_list_aliases(&scope, office->agency_id, arena, aliases, &error));
	g_assert_cmpuint(aliases->len, ==, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/agency/name-key", test_name_key);
	g_test_add_func("/agency/parts", test_parts);
	return g_test_run();
}
