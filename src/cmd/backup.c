/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup.h"

#include "base/app-error.h"
#include "base/date.h"
#include "cmd/command.h"

#include <stdio.h>

#define KEEP_MAX 10000

typedef struct BackupArguments {
	char *to, *from, *key, *new_key;
	int keep;
} BackupArguments;

static void
arguments_clear(BackupArguments *arguments)
{
	g_free(arguments->to);
	g_free(arguments->from);
	g_free(arguments->key);
	g_free(arguments->new_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupArguments, arguments_clear)

static bool
need(const char *value, const char *message, GError **error)
{
	if (value != NULL)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE, message);
	return false;
}

static bool
get_key(const BackupArguments *arguments, BackupKey *key, GError **error)
{
	if ((arguments->key != NULL) == (arguments->new_key != NULL))
		return need(NULL, "cần --key TỆP, hoặc --new-key TỆP ở lần sao lưu đầu tiên", error);
	if (arguments->key != NULL)
		return backup_key_load(arguments->key, key, error);
	if (!backup_key_make(arguments->new_key, key, error))
		return false;
	printf("Đã tạo khóa sao lưu %s. Hãy chép khóa này ra nơi khác, ngoài máy này và ngoài nơi để bản sao "
	       "lưu:\n"
	       "mất khóa thì không ai mở được bản sao lưu.\n",
	    arguments->new_key);
	return true;
}

static bool
backup(const CommandContext *context, const char *directory, const BackupArguments *arguments, GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	g_auto(BackupResult) result = {0};
	g_auto(BackupKey) key = {0};
	g_autoptr(App) app = NULL;
	BackupOptions backup = {.folder = arguments->to,
	    .key = &key,
	    .program = NAMRO_VERSION,
	    .now_us = context->now_us,
	    .n_keep = (unsigned)arguments->keep};

	if (!need(arguments->to, "cần --to THƯ-MỤC: nơi để bản sao lưu", error) ||
	    !need(arguments->keep >= 0 && arguments->keep <= KEEP_MAX ? "" : NULL,
		"--keep nhận từ 0 (giữ tất cả) đến 10000", error) ||
	    !app_open(&options, &app, error) || !get_key(arguments, &key, error) ||
	    !backup_make(app, &backup, &result, error))
		return false;
	printf("Đã sao lưu vào %s/%s: %" G_GINT64_FORMAT " tệp, %" G_GINT64_FORMAT
	       " tệp mới, ghi %" G_GINT64_FORMAT " byte.\n",
	    arguments->to, result.version, result.n_files, result.n_new_files, result.n_bytes);
	if (result.n_removed > 0)
		printf("Đã bỏ %u bản cũ.\n", result.n_removed);
	return true;
}

static void
print_proof(const BackupManifest *manifest, const char *words)
{
	char at[INSTANT_VI_SIZE];

	instant_format_vi(manifest->at_us, at);
	printf("%s: bản sao lưu lúc %s, %u tệp, nhật ký đến dòng %" G_GINT64_FORMAT
	       "; số dòng các bảng, nhật ký và chữ ký đều khớp.\n",
	    words, at, manifest->files->len, manifest->head.seq);
}

static bool
restore(const CommandContext *context, const char *from, const BackupArguments *arguments, GError **error)
{
	g_auto(BackupManifest) manifest = {0};
	g_auto(BackupKey) key = {0};
	AppOptions options;

	if (!need(arguments->to, "cần --to THƯ-MỤC: thư mục dữ liệu mới", error) ||
	    !need(arguments->key, "cần --key TỆP: khóa sao lưu", error))
		return false;
	options = command_app_options(context, arguments->to);
	if (!backup_key_load(arguments->key, &key, error) ||
	    !backup_restore(from, &options, &key, &manifest, error))
		return false;
	print_proof(&manifest, "Đã khôi phục");
	printf("Tiếp theo: namro serve %s%s\n", arguments->to,
	    context->database != NULL ? " --db postgresql://…" : "");
	return true;
}

static bool
prove(const CommandContext *context, const char *directory, const BackupArguments *arguments, GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	g_auto(BackupManifest) manifest = {0};
	g_auto(BackupKey) key = {0};
	g_autoptr(App) app = NULL;

	if (!need(arguments->from, "cần --from THƯ-MỤC: nơi để bản sao lưu", error) ||
	    !need(arguments->key, "cần --key TỆP: khóa sao lưu", error) ||
	    !backup_key_load(arguments->key, &key, error) || !app_open(&options, &app, error) ||
	    !backup_prove(app, arguments->from, &key, &manifest, error))
		return false;
	print_proof(&manifest, "Đã khôi phục thử được");
	return true;
}

typedef bool (*Run)(
    const CommandContext *context, const char *first, const BackupArguments *arguments, GError **error);

static int
run(const CommandContext *context, int argc, char **argv, BackupArguments *arguments,
    const GOptionEntry *entries, Run do_run, const char *usage)
{
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro %s: %s\n", context->name, usage);
		return 2;
	}
	return do_run(context, argv[1], arguments, &error) ? 0 : command_fail(context, error);
}

int
command_backup(const CommandContext *context, int argc, char **argv)
{
	g_auto(BackupArguments) arguments = {0};
	const GOptionEntry entries[] = {
	    {"to", 0, 0, G_OPTION_ARG_FILENAME, &arguments.to, "nơi để bản sao lưu", "THƯ-MỤC"},
	    {"key", 0, 0, G_OPTION_ARG_FILENAME, &arguments.key, "tệp khóa sao lưu", "TỆP"},
	    {"new-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments.new_key, "tạo khóa mới vào tệp này", "TỆP"},
	    {"keep", 0, 0, G_OPTION_ARG_INT, &arguments.keep, "số bản được giữ (mặc định: tất cả)", "SỐ"},
	    {0},
	};

	return run(context, argc, argv, &arguments, entries, backup,
	    "cần đúng một thư mục dữ liệu, ví dụ: namro backup du-lieu --to /media/usb/namro --key khoa.txt");
}

int
command_restore(const CommandContext *context, int argc, char **argv)
{
	g_auto(BackupArguments) arguments = {0};
	const GOptionEntry entries[] = {
	    {"to", 0, 0, G_OPTION_ARG_FILENAME, &arguments.to, "thư mục dữ liệu mới", "THƯ-MỤC"},
	    {"key", 0, 0, G_OPTION_ARG_FILENAME, &arguments.key, "tệp khóa sao lưu", "TỆP"},
	    {0},
	};

	return run(context, argc, argv, &arguments, entries, restore,
	    "cần đúng một bản sao lưu, ví dụ: namro restore /media/usb/namro --key khoa.txt --to "
	    "du-lieu-moi");
}

int
command_verify_backup(const CommandContext *context, int argc, char **argv)
{
	g_auto(BackupArguments) arguments = {0};
	const GOptionEntry entries[] = {
	    {"from", 0, 0, G_OPTION_ARG_FILENAME, &arguments.from, "nơi để bản sao lưu, hoặc một bản ở đó",
		"THƯ-MỤC"},
	    {"key", 0, 0, G_OPTION_ARG_FILENAME, &arguments.key, "tệp khóa sao lưu", "TỆP"},
	    {0},
	};

	return run(context, argc, argv, &arguments, entries, prove,
	    "cần đúng một thư mục dữ liệu, ví dụ: namro verify-backup du-lieu --from /media/usb/namro --key "
	    "khoa.txt");
}
