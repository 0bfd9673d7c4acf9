/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/intake/intake.h"

#include <stdio.h>

static bool
read_drafts(char **paths, int n_paths, GPtrArray *drafts, GError **error)
{
	for (int i = 0; i < n_paths; i++) {
		g_autofree char *bytes = NULL;
		size_t len;
		Plan *plan;

		if (!command_read_file(paths[i], &bytes, &len, error) ||
		    !command_compile_bytes(paths[i], bytes, len, &plan, error))
			return false;
		g_ptr_array_add(drafts, intake_draft_new(paths[i], g_steal_pointer(&bytes), len, plan));
	}
	return true;
}

static void
print_result(const IntakeDraft *draft, const IntakeResult *result)
{
	g_autofree char *caption = intake_draft_caption(draft);
	PlanCounts counts = intake_draft_counts(draft);

	printf("%s: ", intake_draft_file_name(draft));
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
	    counts.tasks, counts.indicators, counts.duties, intake_draft_plan(draft)->reporting->len);
	printf("  Kiểm tra: %" G_GINT64_FORMAT " lỗi, %" G_GINT64_FORMAT " cảnh báo, %" G_GINT64_FORMAT
	       " lưu ý.\n",
	    counts.errors, counts.warnings, counts.infos);
	if (!intake_draft_plan(draft)->is_plan)
		printf("  Lưu ý: văn bản này không giống một kế hoạch; hãy xem lại tệp.\n");
}

static bool
run(const CommandContext *context, const char *directory, char **paths, int n_paths, GError **error)
{
	g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)intake_draft_free);
	g_autofree IntakeResult *results = g_new0(IntakeResult, (gsize)n_paths);
	g_autoptr(App) app = NULL;
	const AppOptions options = command_app_options(context, directory);

	if (!app_open(&options, &app, error) || !read_drafts(paths, n_paths, drafts, error) ||
	    !intake_store(app, drafts, results, error))
		return false;
	for (guint i = 0; i < drafts->len; i++)
		print_result(g_ptr_array_index(drafts, i), &results[i]);
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
