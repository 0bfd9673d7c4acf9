/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "modules/intake/intake.h"
#include "storage/backend.h"
#include "storage/txn.h"

#include <string.h>

/* The disk fails at every step of a use case in turn: nothing may be left behind, and afterwards it works. */

static const char PLAN[] =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH NGUYỆT\nSố: 18/KH-UBND\n"
    "Bình Nguyệt, ngày 10 tháng 02 năm 2026\n\nKẾ HOẠCH\n"
    "Thực hiện Nghị quyết số 57-NQ/TW năm 2026\n\n"
    "I. MỤC ĐÍCH, YÊU CẦU\n- Rõ người, rõ việc.\n\n"
    "II. CHỈ TIÊU\n- Tỷ lệ hồ sơ trực tuyến toàn trình đạt 80% năm 2026.\n\n"
    "III. NHIỆM VỤ\n1. Phòng Văn hóa - Xã hội chủ trì mở 12 lớp tập huấn; hoàn thành trước ngày "
    "30/6/2026.\n2. Công an xã rà soát thiết bị mạng hằng quý.\n\n"
    "IV. TỔ CHỨC THỰC HIỆN\n- Văn phòng HĐND và UBND báo cáo trước ngày 25 hằng tháng.\n";

static bool
store(AppTest *test, GError **error)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	IntakeReading *reading = NULL;
	IntakeResult result;

	g_assert_true(intake_read("ke-hoach.txt", g_strdup(PLAN), strlen(PLAN), &reading, NULL));
	g_ptr_array_add(readings, reading);
	return intake_store(test->app, readings, &result, error) && result.outcome == INTAKE_ADDED;
}

static int64_t
version(Db *db)
{
	g_autoptr(GError) error = NULL;
	int64_t result;

	db_version(db, &result, &error);
	g_assert_no_error(error);
	return result;
}

static void
test_import(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	unsigned n = 0;

	for (bool is_stored = false; !is_stored;) {
		g_autoptr(GError) error = NULL;
		int64_t before = version(test->db);

		db_backend_fail_after(test->db, ++n);
		is_stored = store(test, &error);
		db_backend_fail_after(test->db, 0);
		g_assert_true(is_stored == (error == NULL));
		g_assert_true(is_stored == (version(test->db) > before));
		g_assert_cmpuint(n, <, 2000);
	}
	g_test_message("%u steps", n);
	g_assert_cmpuint(n, >, 10);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/faults/import", test_import);
	return g_test_run();
}
