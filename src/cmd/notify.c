/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"
#include "app/setting.h"
#include "base/app-error.h"
#include "base/text.h"
#include "cmd/command.h"
#include "modules/notify/notify_settings.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

enum { MAIL_URL, MAIL_FROM, MAIL_USER, MAIL_PASSWORD, HOOK_URL, HOOK_SECRET, BASE_URL, N_TEXTS };

typedef struct Arguments {
	char *texts[N_TEXTS];
	char *digest, *quiet, *test;
	int timeout_s; /* 0: as it is */
} Arguments;

static const char *const KEYS[N_TEXTS] = {NOTIFY_KEY_MAIL_URL, NOTIFY_KEY_MAIL_FROM, NOTIFY_KEY_MAIL_USER,
    NOTIFY_KEY_MAIL_PASSWORD, NOTIFY_KEY_HOOK_URL, NOTIFY_KEY_HOOK_SECRET, NOTIFY_KEY_BASE_URL};

static void
arguments_clear(Arguments *arguments)
{
	for (int i = 0; i < N_TEXTS; i++)
		g_free(arguments->texts[i]);
	g_free(arguments->digest);
	g_free(arguments->quiet);
	g_free(arguments->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Arguments, arguments_clear)

static bool
has_scheme(const char *url, const char *a, const char *b)
{
	return url == NULL || *url == '\0' || g_str_has_prefix(url, a) || g_str_has_prefix(url, b);
}

static bool
check(const Arguments *arguments, GError **error)
{
	const char *from = arguments->texts[MAIL_FROM], *base = arguments->texts[BASE_URL];

	if (!has_scheme(arguments->texts[MAIL_URL], "smtp://", "smtps://"))
		return command_refuse_usage(
		    "--mail-url bắt đầu bằng smtp:// hoặc smtps://, ví dụ smtp://mail.xa.vn:587", error);
	if (from != NULL && *from != '\0' && !notify_address_is_valid(from))
		return command_refuse_usage("--mail-from: cần một địa chỉ thư, ví dụ namro@xa.vn", error);
	if (!has_scheme(arguments->texts[HOOK_URL], "https://", "http://127.0.0.1"))
		return command_refuse_usage(
		    "--hook-url bắt đầu bằng https://, hoặc http://127.0.0.1 trên chính máy này", error);
	if (arguments->timeout_s < 0 || arguments->timeout_s > NOTIFY_TIMEOUT_MAX_S)
		return command_refuse_usage("--timeout: từ 1 đến 600 giây", error);
	if (!has_scheme(base, "https://", "http://") || (base != NULL && g_str_has_suffix(base, "/")))
		return command_refuse_usage(
		    "--base-url: địa chỉ người dùng mở chương trình, không có / ở cuối, ví "
		    "dụ https://namro.xa.vn",
		    error);
	return true;
}

static bool
put(App *app, const CommandContext *context, const char *key, const char *value, GError **error)
{
	return app_setting_set(app_db(app), app_commune(app)->commune_id, &APP_SHELL_ACTOR, context->now_us,
	    key, *value != '\0' ? value : NULL, error);
}

static bool
put_number(App *app, const CommandContext *context, const char *key, int number, GError **error)
{
	char text[16];

	g_snprintf(text, sizeof(text), "%d", number);
	return put(app, context, key, text, error);
}

static bool
put_times(App *app, const CommandContext *context, const Arguments *arguments, GError **error)
{
	const char *rest;
	int from, until;

	if (arguments->digest != NULL) {
		if (!command_parse_minute(arguments->digest, &from, &rest) || *rest != '\0')
			return command_refuse_usage("--digest: cần giờ và phút, ví dụ 7:30", error);
		if (!put_number(app, context, NOTIFY_KEY_DIGEST, from, error))
			return false;
	}
	if (arguments->timeout_s > 0 &&
	    !put_number(app, context, NOTIFY_KEY_TIMEOUT, arguments->timeout_s, error))
		return false;
	if (arguments->quiet == NULL)
		return true;
	if (!command_parse_minute(arguments->quiet, &from, &rest) || *rest != '-' ||
	    !command_parse_minute(rest + 1, &until, &rest) || *rest != '\0')
		return command_refuse_usage("--quiet: cần hai giờ, ví dụ 21:00-6:00", error);
	return put_number(app, context, NOTIFY_KEY_QUIET_FROM, from, error) &&
	       put_number(app, context, NOTIFY_KEY_QUIET_UNTIL, until, error);
}

static bool
change(App *app, const CommandContext *context, const Arguments *arguments, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(app_db(app), &txn, error))
		return false;
	for (int i = 0; i < N_TEXTS; i++)
		if (arguments->texts[i] != NULL && !put(app, context, KEYS[i], arguments->texts[i], error))
			return false;
	return put_times(app, context, arguments, error) && db_txn_commit(txn, error) &&
	       app_sign_ledger(app, error);
}

static const char *
or_none(const char *text)
{
	return text != NULL ? text : "chưa đặt";
}

static void
print_settings(const NotifySettings *settings)
{
	printf("Máy chủ thư: %s, gửi từ: %s\nCổng nhận tin: %s\nĐịa chỉ chương trình trong thư: %s\n",
	    or_none(settings->mail_url), or_none(settings->mail_from), or_none(settings->hook_url),
	    or_none(settings->base_url));
	printf("Thư tổng hợp mỗi ngày lúc %02d:%02d; không gửi từ %02d:%02d đến %02d:%02d\n",
	    settings->digest_minute / MINUTES_AN_HOUR, settings->digest_minute % MINUTES_AN_HOUR,
	    settings->quiet_from / MINUTES_AN_HOUR, settings->quiet_from % MINUTES_AN_HOUR,
	    settings->quiet_until / MINUTES_AN_HOUR, settings->quiet_until % MINUTES_AN_HOUR);
	printf("Chờ máy chủ trả lời nhiều nhất %d giây\n", settings->timeout_s);
}

static bool
send_test(App *app, const CommandContext *context, const NotifySettings *settings, const char *address,
    GError **error)
{
	NotifyMessage message = {.subject = "Thư thử", .body = "Máy chủ thư dùng được.", .path = ""};
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	char token[SECRET_TEXT_SIZE];
	const NotifyParcel parcel = {
	    .delivery = {.channel = NOTIFY_MAIL, .name = address, .address = address, .token = token},
	    .messages = messages,
	    .commune = app_commune(app)->name,
	    .now_us = context->now_us};
	gint is_cancelled = 0;
	g_auto(NotifyOutcome) outcome = {0};

	if (!notify_address_is_valid(address))
		return command_refuse_usage("--test: cần một địa chỉ thư", error);
	secret_make_token(token);
	g_ptr_array_add(messages, &message);
	notify_send(settings, &parcel, &is_cancelled, &outcome);
	printf("Gửi thử đến %s: %s\n", address, outcome.answer);
	if (outcome.state == NOTIFY_SENT)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "chưa gửi được thư thử; hãy kiểm tra địa chỉ máy chủ, tên và mật khẩu");
	return false;
}

static bool
run(const CommandContext *context, const char *directory, const Arguments *arguments, GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	g_auto(NotifySettings) settings = {0};
	g_autoptr(App) app = NULL;
	bool is_change = arguments->digest != NULL || arguments->quiet != NULL || arguments->timeout_s != 0;

	for (int i = 0; i < N_TEXTS; i++)
		is_change = is_change || arguments->texts[i] != NULL;
	if (!check(arguments, error) || !app_open(&options, &app, error) ||
	    (is_change && !change(app, context, arguments, error)) ||
	    !notify_settings_read(app_db(app), app_commune(app)->commune_id, &settings, error))
		return false;
	print_settings(&settings);
	return arguments->test == NULL || send_test(app, context, &settings, arguments->test, error);
}

int
command_notify(const CommandContext *context, int argc, char **argv)
{
	g_auto(Arguments) arguments = {0};
	char **texts = arguments.texts;
	const GOptionEntry entries[] = {
	    {"mail-url", 0, 0, G_OPTION_ARG_STRING, &texts[MAIL_URL], "máy chủ thư; để trống thì thôi gửi",
		"URL"},
	    {"mail-from", 0, 0, G_OPTION_ARG_STRING, &texts[MAIL_FROM], "địa chỉ gửi", "ĐỊA-CHỈ"},
	    {"mail-user", 0, 0, G_OPTION_ARG_STRING, &texts[MAIL_USER], "tên đăng nhập ở máy chủ thư", "TÊN"},
	    {"mail-password-file", 0, 0, G_OPTION_ARG_FILENAME, &texts[MAIL_PASSWORD],
		"tệp chứa mật khẩu máy chủ thư", "TỆP"},
	    {"hook-url", 0, 0, G_OPTION_ARG_STRING, &texts[HOOK_URL], "cổng nhận tin (webhook)", "URL"},
	    {"hook-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &texts[HOOK_SECRET],
		"tệp chứa khóa để ký tin gửi đến cổng", "TỆP"},
	    {"base-url", 0, 0, G_OPTION_ARG_STRING, &texts[BASE_URL],
		"địa chỉ chương trình, để ghi trong thư", "URL"},
	    {"digest", 0, 0, G_OPTION_ARG_STRING, &arguments.digest, "giờ gửi thư tổng hợp mỗi ngày",
		"GIỜ:PHÚT"},
	    {"quiet", 0, 0, G_OPTION_ARG_STRING, &arguments.quiet, "không gửi trong khoảng này", "TỪ-ĐẾN"},
	    {"timeout", 0, 0, G_OPTION_ARG_INT, &arguments.timeout_s,
		"chờ máy chủ thư, cổng nhận tin trả lời nhiều nhất bấy nhiêu", "GIÂY"},
	    {"test", 0, 0, G_OPTION_ARG_STRING, &arguments.test, "gửi một thư thử", "ĐỊA-CHỈ"},
	    {0},
	};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr,
		    "namro notify: cần đúng một thư mục dữ liệu, ví dụ: namro notify du-lieu --mail-url "
		    "smtp://mail.xa.vn:587 --mail-from namro@xa.vn\n");
		return 2;
	}
	return run(context, argv[1], &arguments, &error) ? 0 : command_fail(context, error);
}
