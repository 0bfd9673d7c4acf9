/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move.h"
#include "base/app-error.h"
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#define SUM_SHOWN 8 /* bytes of a table's sum; all are compared */

typedef struct MigrateArguments {
	char *from, *to;
	gboolean undoes;
} MigrateArguments;

static void
arguments_clear(MigrateArguments *arguments)
{
	g_free(arguments->from);
	g_free(arguments->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MigrateArguments, arguments_clear)

static void
print_hex(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%02x", bytes[i]);
}

static void
print_report(const AppMoveReport *report)
{
	int64_t n_rows = 0;

	if (report->sums == NULL) {
		printf("Dữ liệu đã chuyển xong từ lần trước; nhật ký ở nơi nhận nguyên vẹn.\n");
		return;
	}
	printf("%-32s %10s  %s\n", "Bảng", "Số dòng", "Mã băm của mọi dòng");
	for (guint i = 0; i < report->sums->len; i++) {
		const DbTableSum *sum = g_ptr_array_index(report->sums, i);

		n_rows += sum->n_rows;
		if (sum->n_rows == 0)
			continue;
		printf("%-30s %10" G_GINT64_FORMAT "  ", sum->table, sum->n_rows);
		print_hex(sum->sum, SUM_SHOWN);
		printf("…\n");
	}
	printf("%u bảng, %" G_GINT64_FORMAT " dòng: nơi gửi và nơi nhận giống nhau từng bảng.\n"
	       "Nhật ký ở nơi nhận nguyên vẹn: %" G_GINT64_FORMAT " dòng, %" G_GINT64_FORMAT
	       " điểm ký, dòng cuối ",
	    report->sums->len, n_rows, report->ledger.n_rows, report->ledger.n_checkpoints);
	print_hex(report->ledger.head, LEDGER_HASH_SIZE);
	printf(".\n");
}

static void
print_next(const AppMoveReport *report, const char *directory, bool is_server)
{
	printf("Đã chuyển dữ liệu của %s sang %s.\n", directory, report->to);
	if (is_server)
		printf("Tiếp theo: namro serve %s --db postgresql://…\n", directory);
	else
		printf("Tiếp theo: namro serve %s\n", directory);
	printf("Dữ liệu ở nơi cũ còn nguyên nhưng không được dùng nữa; hãy cất đi khi đã yên tâm.\n");
}

static void
print_step(void *data, AppMoveStep step)
{
	static const char *const STEPS[APP_MOVE_STEP_MAX] = {
	    [APP_MOVE_LEAVE] = "Nơi gửi thôi nhận ghi chép mới",
	    [APP_MOVE_COPY] = "Chép và đối chiếu từng bảng",
	    [APP_MOVE_LET_GO] = "Bàn giao cho nơi nhận",
	    [APP_MOVE_DISCARD] = "Tìm và xóa bản chép ở nơi nhận",
	};

	(void)data;
	if (STEPS[step] != NULL)
		fprintf(stderr, "%s…\n", STEPS[step]);
}

/* Which directory it is about: what is no address of --from and --to, or the argument. */
static bool
find_directory(
    const MigrateArguments *arguments, const char *given, const char **ret_directory, GError **error)
{
	bool from_server, to_server;

	if (arguments->from == NULL || arguments->to == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE,
		    "cần --from và --to, ví dụ: namro migrate --from du-lieu --to "
		    "postgresql://namro@localhost/namro");
		return false;
	}
	from_server = db_is_server(arguments->from);
	to_server = db_is_server(arguments->to);
	*ret_directory = !from_server ? arguments->from : !to_server ? arguments->to : given;
	if (from_server != to_server && given == NULL)
		return true;
	if (from_server && to_server && given != NULL)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE,
	    from_server && to_server ? "chuyển giữa hai máy chủ thì cần thêm thư mục dữ liệu ở cuối lệnh"
	    : from_server || to_server ? "thừa một thư mục ở cuối lệnh"
				       : "một trong hai nơi phải là máy chủ (postgresql://…); để có thêm một "
					 "thư mục dữ liệu như thế, hãy "
					 "dùng \"namro backup\" rồi \"namro restore\"");
	return false;
}

static void
print_undo(const AppMoveUndo *undo)
{
	if (undo->is_taken_back)
		printf("Đã hủy lần chuyển dở dang; dữ liệu được dùng tiếp ở nơi cũ.\n");
	if (undo->is_removed)
		printf("Đã xóa bản chép ở nơi nhận; bản chép đó chưa từng được dùng.\n");
	if (undo->kept != NULL)
		printf("Bản chép ở nơi nhận, nếu có, chưa xóa được (%s). Bản chép đó không dùng được; lần "
		       "chuyển sau đến đó, hoặc chạy lại lệnh này, sẽ xóa nó.\n",
		    undo->kept);
}

static bool
undo(App *app, const MigrateArguments *arguments, GError **error)
{
	const AppMoveOptions options = {
	    .database = db_is_server(arguments->to) ? arguments->to : NULL, .on_step = print_step};
	g_auto(AppMoveUndo) undo = {0};

	if (!app_move_undo(app, &options, &undo, error))
		return false;
	print_undo(&undo);
	return true;
}

static bool
run(const CommandContext *context, const MigrateArguments *arguments, const char *given, GError **error)
{
	g_auto(AppMoveReport) report = {0};
	g_autoptr(App) app = NULL;
	const char *directory;
	AppMoveOptions move = {.on_step = print_step};
	AppOptions options;
	bool to_server;

	if (!find_directory(arguments, given, &directory, error))
		return false;
	to_server = db_is_server(arguments->to);
	options = command_app_options(context, directory);
	options.database = db_is_server(arguments->from) ? arguments->from : NULL;
	options.is_moving = true;
	if (!app_open(&options, &app, error))
		return false;
	if (arguments->undoes)
		return undo(app, arguments, error);
	move.database = to_server ? arguments->to : NULL;
	if (!app_move(app, &move, &report, error))
		return false;
	print_report(&report);
	print_next(&report, directory, to_server);
	return true;
}

int
command_migrate(const CommandContext *context, int argc, char **argv)
{
	g_auto(MigrateArguments) arguments = {0};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"from", 0, 0, G_OPTION_ARG_FILENAME, &arguments.from, "nơi dữ liệu đang ở", "NƠI"},
	    {"to", 0, 0, G_OPTION_ARG_FILENAME, &arguments.to, "nơi dữ liệu chuyển đến", "NƠI"},
	    {"undo", 0, 0, G_OPTION_ARG_NONE, &arguments.undoes,
		"hủy lần chuyển dở dang giữa hai nơi này, dùng tiếp nơi cũ", NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc > 2) {
		fprintf(stderr, "namro migrate: chỉ nhận nhiều nhất một thư mục ở cuối lệnh\n");
		return 2;
	}
	return run(context, &arguments, argc == 2 ? argv[1] : NULL, &error) ? 0
									    : command_fail(context, error);
}
