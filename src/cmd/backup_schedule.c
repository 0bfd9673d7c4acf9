/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_schedule.h"

#include "app/backup_crypt.h"
#include "cmd/command.h"

#include <stdio.h>

#define KEEP_USUAL 30
#define PROVE_DAYS_USUAL 30

typedef struct Arguments {
	char *at, *to, *key;
	int keep, prove_days;
	gboolean is_off;
} Arguments;

static void
arguments_clear(Arguments *arguments)
{
	g_free(arguments->at);
	g_free(arguments->to);
	g_free(arguments->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Arguments, arguments_clear)

static bool
fill(const Arguments *arguments, BackupSchedule *schedule, GError **error)
{
	g_auto(BackupKey) key = {0};
	const char *rest;

	if (arguments->to == NULL || arguments->key == NULL || arguments->at == NULL)
		return command_refuse_usage(
		    "cần đủ --at GIỜ:PHÚT, --to NƠI-ĐỂ và --key TỆP; hoặc --off để bỏ lịch", error);
	if (!command_parse_minute(arguments->at, &schedule->minute, &rest) || *rest != '\0')
		return command_refuse_usage("--at: cần giờ và phút trong ngày, ví dụ 22:00", error);
	if (arguments->keep < 1 || arguments->keep > BACKUP_KEEP_MAX)
		return command_refuse_usage("--keep nhận từ 1 đến 10000 bản", error);
	if (arguments->prove_days < 0 || arguments->prove_days > BACKUP_PROVE_DAYS_MAX)
		return command_refuse_usage(
		    "--prove-days nhận từ 1 đến 366 ngày; 0: không tự khôi phục thử", error);
	/* A schedule that cannot work is found out now, not in the night. */
	if (!backup_key_load(arguments->key, &key, error))
		return false;
	schedule->folder = g_canonicalize_filename(arguments->to, NULL);
	schedule->key = g_canonicalize_filename(arguments->key, NULL);
	schedule->n_keep = (unsigned)arguments->keep;
	schedule->prove_days = (unsigned)arguments->prove_days;
	return true;
}

static void
print_schedule(const BackupSchedule *schedule)
{
	if (schedule->folder == NULL) {
		printf("Chưa đặt lịch sao lưu.\n");
		return;
	}
	printf(
	    "Mỗi ngày lúc %02d:%02d, khi chương trình đang mở trang (namro serve): sao lưu vào %s bằng khóa "
	    "%s, giữ %u bản.\n",
	    schedule->minute / MINUTES_AN_HOUR, schedule->minute % MINUTES_AN_HOUR, schedule->folder,
	    schedule->key, schedule->n_keep);
	if (schedule->prove_days > 0)
		printf("Cứ %u ngày khôi phục thử một lần.\n", schedule->prove_days);
	else
		printf("Không tự khôi phục thử.\n");
}

static bool
run(const CommandContext *context, const char *directory, const Arguments *arguments, GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	bool is_change =
	    arguments->is_off || arguments->at != NULL || arguments->to != NULL || arguments->key != NULL;
	g_auto(BackupSchedule) schedule = {0};
	g_autoptr(App) app = NULL;
	int64_t commune_id;

	if (is_change && !arguments->is_off && !fill(arguments, &schedule, error))
		return false;
	if (!app_open(&options, &app, error))
		return false;
	commune_id = app_commune(app)->commune_id;
	if (is_change ? !backup_schedule_write(
			    app_db(app), commune_id, &APP_SHELL_ACTOR, context->now_us, &schedule, error) ||
			    !app_sign_ledger(app, error)
		      : !backup_schedule_read(app_db(app), commune_id, &schedule, error))
		return false;
	print_schedule(&schedule);
	return true;
}

int
command_backup_schedule(const CommandContext *context, int argc, char **argv)
{
	g_auto(Arguments) arguments = {.keep = KEEP_USUAL, .prove_days = PROVE_DAYS_USUAL};
	const GOptionEntry entries[] = {
	    {"at", 0, 0, G_OPTION_ARG_STRING, &arguments.at, "giờ sao lưu mỗi ngày", "GIỜ:PHÚT"},
	    {"to", 0, 0, G_OPTION_ARG_FILENAME, &arguments.to, "nơi để bản sao lưu", "THƯ-MỤC"},
	    {"key", 0, 0, G_OPTION_ARG_FILENAME, &arguments.key, "tệp khóa sao lưu", "TỆP"},
	    {"keep", 0, 0, G_OPTION_ARG_INT, &arguments.keep, "số bản được giữ (mặc định: 30)", "SỐ"},
	    {"prove-days", 0, 0, G_OPTION_ARG_INT, &arguments.prove_days,
		"số ngày giữa hai lần khôi phục thử (mặc định: 30; 0: không)", "SỐ"},
	    {"off", 0, 0, G_OPTION_ARG_NONE, &arguments.is_off, "bỏ lịch", NULL},
	    {0},
	};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr,
		    "namro backup-schedule: cần đúng một thư mục dữ liệu, ví dụ: namro backup-schedule "
		    "du-lieu --at 22:00 --to /media/usb/namro --key khoa.txt\n");
		return 2;
	}
	return run(context, argv[1], &arguments, &error) ? 0 : command_fail(context, error);
}
