/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"
#include "app/secret.h"
#include "base/app-error.h"
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/prompt.h"
#include "modules/identity/identity.h"

#include <stdio.h>
#include <string.h>

#define CODE_DIGITS 5

typedef struct InitOptions {
	AppCommune commune;
	char *admin, *admin_name;
	gboolean password_stdin;
} InitOptions;

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
is_code(const char *code)
{
	return code == NULL || (strlen(code) == CODE_DIGITS && strspn(code, "0123456789") == CODE_DIGITS);
}

static bool
check_code(const char *code, GError **error)
{
	if (is_code(code))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
	    "--code: mã đơn vị hành chính cấp xã có đúng %d chữ số, ví dụ 26734", CODE_DIGITS);
	return false;
}

/* An empty answer leaves what is not known for later. */
static void
ask(char **text, const char *question)
{
	g_autofree char *answer = *text == NULL ? prompt_read(question) : NULL;

	if (answer != NULL && *answer != '\0')
		*text = g_steal_pointer(&answer);
}

static void
ask_commune(AppCommune *commune)
{
	fprintf(stderr,
	    "Thiết lập dữ liệu cho một xã, phường hoặc đặc khu. Bấm Enter để bỏ qua điều chưa biết.\n");
	ask(&commune->name, "Tên, ví dụ \"xã Bình Nguyệt\": ");
	ask(&commune->code, "Mã đơn vị hành chính, 5 chữ số: ");
	while (!is_code(commune->code)) {
		fprintf(stderr, "Mã phải có đúng %d chữ số; để trống nếu chưa biết.\n", CODE_DIGITS);
		g_clear_pointer(&commune->code, g_free);
		ask(&commune->code, "Mã đơn vị hành chính, 5 chữ số: ");
	}
	ask(&commune->province, "Tỉnh, thành phố: ");
}

/* Typed twice on a terminal, as often as it takes; once from a pipe. */
static bool
get_password(const IdentityScope *scope, const char *login, char **ret_password, GError **error)
{
	bool is_asked = prompt_is_possible();
	IdentityRules rules;

	if (!identity_rules(scope, &rules, error))
		return false;
	for (;;) {
		g_autofree char *typed = prompt_read_hidden("Mật khẩu quản trị: "), *again = NULL;
		g_autofree char *password = NULL;
		const char *problem;

		if (!text_ingest(typed, -1, &password, error))
			return false;
		problem = identity_password_check(
		    &rules, &(IdentityAccount){.login = login}, password, scope->arena);
		if (problem == NULL && is_asked) {
			again = prompt_read_hidden("Gõ lại mật khẩu: ");
			if (strcmp(again, typed) != 0)
				problem = "Hai lần gõ không giống nhau.";
		}
		if (problem == NULL) {
			*ret_password = g_steal_pointer(&password);
			return true;
		}
		if (!is_asked || feof(stdin))
			return command_refuse(problem, error);
		fprintf(stderr, "%s\n", problem);
	}
}

static bool
add_admin(const IdentityScope *scope, const char *login, const char *name, GError **error)
{
	g_autofree char *password = NULL, *hash = NULL;
	const char *problem;
	int64_t account_id;
	bool is_closed;

	if (!identity_is_closed(scope->db, scope->commune_id, &is_closed, error) ||
	    !command_refuse(
		is_closed ? "đã có tài khoản quản trị; thêm tài khoản bằng namro user add" : NULL, error) ||
	    !get_password(scope, login, &password, error))
		return false;
	hash = secret_hash_password(password);
	if (!identity_add(scope,
		&(IdentityNew){.login = login,
		    .name = name,
		    .position = "",
		    .unit = "",
		    .kind = IDENTITY_ADMIN,
		    .password_hash = hash},
		&account_id, &problem, error) ||
	    !command_refuse(problem, error))
		return false;
	printf("Đã tạo tài khoản quản trị %s. Khi đăng nhập lần đầu phải bật xác thực hai lớp.\n", login);
	return true;
}

static bool
set_up_admin(const AppOptions *app_options, InitOptions *options, GError **error)
{
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();
	IdentityScope scope;

	if (options->admin == NULL)
		return true;
	if (!app_open(app_options, &app, error))
		return false;
	scope = (IdentityScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = app_options->now_us,
	    .actor = {.name = g_get_user_name(), .origin = "dòng lệnh"},
	    .arena = arena};
	return add_admin(&scope, options->admin,
		   options->admin_name != NULL ? options->admin_name : options->admin, error) &&
	       app_sign_ledger(app, error);
}

static bool
run(const CommandContext *context, const char *directory, InitOptions *options, GError **error)
{
	AppOptions app_options = command_app_options(context, directory);
	bool asks = prompt_is_possible() && !options->password_stdin, is_new;

	if (asks && options->commune.name == NULL)
		ask_commune(&options->commune);
	if (asks) {
		ask(&options->admin, "Tên đăng nhập của quản trị đầu tiên, ví dụ an.nv (Enter: chưa tạo): ");
		if (options->admin != NULL)
			ask(&options->admin_name, "Họ và tên quản trị: ");
	}
	if (!ingest(&options->commune.name, error) || !ingest(&options->commune.province, error) ||
	    !ingest(&options->admin, error) || !ingest(&options->admin_name, error) ||
	    !check_code(options->commune.code, error) ||
	    !app_init(&app_options, &options->commune, &is_new, error))
		return false;
	if (is_new)
		printf("Đã tạo thư mục dữ liệu %s.\n", directory);
	else
		printf("%s đã là thư mục dữ liệu của đơn vị này; không thay đổi gì.\n", directory);
	if (!set_up_admin(&app_options, options, error))
		return false;
	printf(
	    "Tiếp theo: namro import %s TỆP-KẾ-HOẠCH; namro serve %s, rồi mở trang Thiết lập (/thiet-lap).\n",
	    directory, directory);
	return true;
}

int
command_init(const CommandContext *context, int argc, char **argv)
{
	InitOptions options = {0};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"commune", 0, 0, G_OPTION_ARG_STRING, &options.commune.name, "tên xã, phường, đặc khu", "TÊN"},
	    {"code", 0, 0, G_OPTION_ARG_STRING, &options.commune.code, "mã đơn vị hành chính, 5 chữ số",
		"MÃ"},
	    {"province", 0, 0, G_OPTION_ARG_STRING, &options.commune.province, "tên tỉnh, thành phố", "TÊN"},
	    {"admin", 0, 0, G_OPTION_ARG_STRING, &options.admin, "tên đăng nhập của quản trị đầu tiên",
		"TÊN"},
	    {"admin-name", 0, 0, G_OPTION_ARG_STRING, &options.admin_name, "họ và tên quản trị", "TÊN"},
	    {"password-stdin", 0, 0, G_OPTION_ARG_NONE, &options.password_stdin,
		"đọc mật khẩu quản trị từ đầu vào, một dòng; không hỏi gì", NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro init: cần đúng một thư mục, ví dụ: namro init du-lieu\n");
		exit_code = 2;
	} else if (!run(context, argv[1], &options, &error)) {
		exit_code = command_fail(context, error);
	}
	app_commune_clear(&options.commune);
	g_free(options.admin);
	g_free(options.admin_name);
	return exit_code;
}
