/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/intake/intake.h"

#include <stdio.h>

static bool
read_files(char **paths, int n_paths, GPtrArray *readings, GError **error)
{
	for (int i = 0; i < n_paths; i++) {
		char *bytes;
		size_t len;
		IntakeReading *reading;

		if (!command_read_file(paths[i], &bytes, &len, error) ||
		    !intake_read(paths[i], bytes, len, &reading, error))
			return false;
		g_ptr_array_add(readings, reading);
	}
	return true;
}

static void
print_result(const IntakeReading *reading, const IntakeResult *result)
{
	g_autofree char *caption = intake_reading_caption(reading);
	PlanCounts counts = intake_reading_counts(reading);

	printf("%s: ", intake_reading_file_name(reading));
	if (result->outcome == INTAKE_UNCHANGED) {
		printf("%s đã có trong dữ liệu với đúng nội dung này; không thay đổi gì.\n", caption);
		return;
	}
	printf("đã nhập %s", caption);
	if (result->outcome == INTAKE_NEW_VERSION)
		printf(
		    ", phiên bản %" G_GINT64_FORMAT " (các phiên bản trước vẫn được giữ)", result->version);
	printf(".\n");
	printf("  Đọc được: %" G_GINT64_FORMAT " nhiệm vụ, %" G_GINT64_FORMAT " chỉ tiêu, %" G_GINT64_FORMAT
	       " trách nhiệm của cơ quan, %u quy định báo cáo.\n",
	    counts.tasks, counts.indicators, counts.duties, intake_reading_plan(reading)->reporting->len);
	printf("  Kiểm tra: %" G_GINT64_FORMAT " lỗi, %" G_GINT64_FORMAT " cảnh báo, %" G_GINT64_FORMAT
	       " lưu ý.\n",
	    counts.errors, counts.warnings, counts.infos);
	if (!intake_reading_plan(reading)->is_plan)
		printf("  Lưu ý: văn bản này không giống một kế hoạch; hãy xem lại tệp.\n");
}

static bool
run(const CommandContext *context, const char *directory, char **paths, int n_paths, GError **error)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autofree IntakeResult *results = g_new0(IntakeResult, (gsize)n_paths);
	g_autoptr(App) app = NULL;
	const AppOptions options = command_app_options(context, directory);

	if (!app_open(&options, &app, error) || !read_files(paths, n_paths, readings, error) ||
	    !intake_store(app, readings, results, error))
		return false;
	for (guint i = 0; i < readings->len; i++)
		print_result(g_ptr_array_index(readings, i), &results[i]);
	return true;
}

int
command_import(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, NULL, &argc, &argv, &exit_code))
		return exit_code;
	if (argc < 3) {
		fprintf(stderr,
		    "namro import: cần thư mục dữ liệu và ít nhất một tệp, ví dụ: namro import du-lieu "
		    "ke-hoach.txt\n");
		return 2;
	}
	if (run(context, argv[1], argv + 2, argc - 2, &error))
		return 0;
	exit_code = command_fail(context, error);
	fprintf(stderr, "namro import: không tệp nào được nhập\n");
	return exit_code;
}
