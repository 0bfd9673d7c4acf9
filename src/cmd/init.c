/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"
#include "base/app-error.h"
#include "base/text.h"
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#define CODE_DIGITS 5

/* Brings an argument to NFC; NULL stays NULL. */
static bool
ingest(char **text, GError **error)
{
	char *clean = NULL;

	if (*text == NULL)
		return true;
	if (!text_ingest(*text, -1, &clean, error))
		return false;
	g_free(*text);
	*text = clean;
	return true;
}

static bool
check_code(const char *code, GError **error)
{
	if (code == NULL || (strlen(code) == CODE_DIGITS && strspn(code, "0123456789") == CODE_DIGITS))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
	    "--code: mã đơn vị hành chính cấp xã có đúng %d chữ số, ví dụ 26734", CODE_DIGITS);
	return false;
}

static bool
run(const CommandContext *context, const char *directory, AppCommune *commune, GError **error)
{
	AppOptions options = command_app_options(context, directory);
	bool is_new;

	if (!ingest(&commune->name, error) || !ingest(&commune->province, error) ||
	    !check_code(commune->code, error) || !app_init(&options, commune, &is_new, error))
		return false;
	if (is_new)
		printf("Đã tạo thư mục dữ liệu %s.\nTiếp theo: namro import %s TỆP-KẾ-HOẠCH\n", directory,
		    directory);
	else
		printf("%s đã là thư mục dữ liệu của đơn vị này; không thay đổi gì.\n", directory);
	return true;
}

int
command_init(const CommandContext *context, int argc, char **argv)
{
	g_auto(AppCommune) commune = {0};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"commune", 0, 0, G_OPTION_ARG_STRING, &commune.name, "tên xã, phường, đặc khu", "TÊN"},
	    {"code", 0, 0, G_OPTION_ARG_STRING, &commune.code, "mã đơn vị hành chính, 5 chữ số", "MÃ"},
	    {"province", 0, 0, G_OPTION_ARG_STRING, &commune.province, "tên tỉnh, thành phố", "TÊN"},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro init: cần đúng một thư mục, ví dụ: namro init du-lieu\n");
		return 2;
	}
	return run(context, argv[1], &commune, &error) ? 0 : command_fail(context, error);
}
