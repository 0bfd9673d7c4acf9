/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_job.h"
#include "modules/intake/intake_secret.h"

#include <stdio.h>

static bool
read_files(char **paths, int n_paths, const CompilerOptions *aliases, const char *const *agencies,
    GPtrArray *readings, GError **error)
{
	for (int i = 0; i < n_paths; i++) {
		g_autofree char *bytes = NULL;
		size_t len;
		Plan *plan;

		if (!command_read_file(paths[i], &bytes, &len, error) ||
		    !command_compile_bytes(paths[i], bytes, len, aliases, agencies, &plan, error))
			return false;
		g_ptr_array_add(readings, intake_reading_new(paths[i], g_steal_pointer(&bytes), len, plan));
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
import_live(App *app, char **paths, int n_paths, GError **error)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autofree IntakeResult *results = g_new0(IntakeResult, (gsize)n_paths);
	const IntakeScope scope = intake_scope(app);
	g_autoptr(Arena) arena = arena_new();
	CompilerOptions aliases = {0};
	const char *const *agencies;

	if (!intake_load_aliases(&scope, arena, &aliases, error) ||
	    !intake_load_agencies(&scope, arena, &agencies, error) ||
	    !read_files(paths, n_paths, &aliases, agencies, readings, error) ||
	    !intake_store(app, readings, results, error))
		return false;
	for (guint i = 0; i < readings->len; i++)
		print_result(g_ptr_array_index(readings, i), &results[i]);
	return true;
}

/* Reads a new draft at once, unless a server that runs on the same data has begun to. */
static bool
read_draft(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) reason = NULL;
	IntakeDraft draft;
	gint is_cancelled = 0;

	if (intake_job_claim_one(scope, draft_id, arena, &draft, &reason))
		return intake_job_run(scope, &draft, 0, &is_cancelled, error);
	if (g_error_matches(reason, APP_ERROR, APP_ERROR_CONFLICT))
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static bool
print_draft(const IntakeScope *scope, const char *path, int64_t draft_id, bool is_known, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeDraft draft;

	if (!intake_draft_load(scope, draft_id, arena, &draft, error))
		return false;
	if (draft.state == INTAKE_FAILED) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE, "%s: %s", path, draft.message);
		return false;
	}
	printf("%s: %s số %" G_GINT64_FORMAT, draft.file_name, is_known ? "đã có trong bản nháp" : "bản nháp",
	    draft_id);
	if (draft.state == INTAKE_PUBLISHED)
		printf(", đã đưa vào thực hiện.\n");
	else if (draft.state == INTAKE_READY)
		printf(", %s: %" G_GINT64_FORMAT " nhiệm vụ, %" G_GINT64_FORMAT " chỉ tiêu, %" G_GINT64_FORMAT
		       " điểm chưa chắc.\n",
		    draft.caption, draft.tasks, draft.indicators, draft.doubts);
	else
		printf(", đang được đọc.\n");
	return true;
}

static bool
import_draft(const IntakeScope *scope, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	IntakeFile file = {.name = path};
	IntakeArrival arrival;

	if (!command_read_file(path, &bytes, &file.len, error))
		return false;
	file.bytes = bytes;
	if (!intake_check_secret(&file, error) ||
	    !intake_draft_create(scope, &file, false, &arrival, error)) {
		g_prefix_error(error, "%s: ", path);
		return false;
	}
	if (arrival.kind == INTAKE_DRAFT_LIVE) {
		printf("%s: đã có trong dữ liệu với đúng tệp này; không thay đổi gì.\n", path);
		return true;
	}
	return (arrival.kind == INTAKE_DRAFT_KNOWN || read_draft(scope, arrival.draft_id, error)) &&
	       print_draft(scope, path, arrival.draft_id, arrival.kind == INTAKE_DRAFT_KNOWN, error);
}

static bool
import_drafts(App *app, char **paths, int n_paths, GError **error)
{
	const IntakeScope scope = intake_scope(app);

	for (int i = 0; i < n_paths; i++)
		if (!import_draft(&scope, paths[i], error))
			return false;
	return true;
}

int
command_import(const CommandContext *context, int argc, char **argv)
{
	gboolean is_draft = FALSE;
	const GOptionEntry entries[] = {{"draft", 0, 0, G_OPTION_ARG_NONE, &is_draft,
					    "nhập thành bản nháp để rà soát trên trang Nhập kế hoạch; không "
					    "có tùy chọn này, kế hoạch được "
					    "đưa vào thực hiện ngay",
					    NULL},
	    {0}};
	AppOptions options;
	g_autoptr(App) app = NULL;
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc < 3) {
		fprintf(stderr,
		    "namro import: cần thư mục dữ liệu và ít nhất một tệp, ví dụ: namro import du-lieu "
		    "ke-hoach.txt\n");
		return 2;
	}
	options = command_app_options(context, argv[1]);
	if (app_open(&options, &app, &error) &&
	    (is_draft ? import_drafts : import_live)(app, argv + 2, argc - 2, &error) &&
	    app_sign_ledger(app, &error))
		return 0;
	exit_code = command_fail(context, error);
	if (!is_draft)
		fprintf(stderr, "namro import: không tệp nào được nhập\n");
	return exit_code;
}
