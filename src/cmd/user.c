/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"
#include "base/app-error.h"
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/prompt.h"
#include "cmd/user_import.h"
#include "modules/identity/identity.h"

#include <stdio.h>
#include <string.h>

typedef struct UserOptions {
	char *name, *position, *unit, *kind, *role;
	gboolean asks, is_dry;
} UserOptions;

typedef struct UserCall {
	IdentityScope scope;
	const UserOptions *options;
	const char *login;  /* a file for import; NULL for list */
	int64_t account_id; /* of login; 0: none yet */
} UserCall;

/* Typed, or made and printed once: *ret_is_made. */
static bool
get_password(const UserCall *call, const IdentityAccount *account, char **ret_password, bool *ret_is_made,
    GError **error)
{
	g_autofree char *typed = NULL;
	IdentityRules rules;

	*ret_is_made = !call->options->asks;
	if (*ret_is_made) {
		*ret_password = g_strdup(identity_password_make(call->scope.arena));
		return true;
	}
	if (!identity_rules(&call->scope, &rules, error))
		return false;
	typed = prompt_read_hidden("Mật khẩu: ");
	return text_ingest(typed, -1, ret_password, error) &&
	       command_refuse(
		   identity_password_check(&rules, account, *ret_password, call->scope.arena), error);
}

static void
print_password(const char *password, bool is_made)
{
	if (is_made)
		printf("Mật khẩu (chỉ hiện một lần, phải đổi khi đăng nhập): %s\n", password);
}

static bool
find_kind(const char *word, IdentityKind *ret_kind, GError **error)
{
	for (int kind = IDENTITY_ADMIN; kind < IDENTITY_KIND_MAX; kind++) {
		*ret_kind = (IdentityKind)kind;
		if (word != NULL && strcmp(word, IDENTITY_KIND_WORDS[kind]) == 0)
			return true;
	}
	*ret_kind = IDENTITY_WORK;
	if (word == NULL)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
	    "--kind: \"%s\" không phải là quan-tri, tac-nghiep, ky-thuat hay dich-vu", word);
	return false;
}

static bool
take_text(const char *given, Arena *arena, const char **ret_text, GError **error)
{
	g_autofree char *text = NULL;

	if (!text_ingest(given != NULL ? given : "", -1, &text, error))
		return false;
	*ret_text = arena_strdup(arena, text);
	return true;
}

static bool
add(const UserCall *call, GError **error)
{
	const UserOptions *options = call->options;
	IdentityNew account = {.login = call->login, .role = options->role};
	g_autofree char *password = NULL;
	g_autofree char *hash = NULL;
	const char *problem;
	int64_t account_id;
	bool is_made;

	if (!take_text(options->name, call->scope.arena, &account.name, error) ||
	    !take_text(options->position, call->scope.arena, &account.position, error) ||
	    !take_text(options->unit, call->scope.arena, &account.unit, error) ||
	    !find_kind(options->kind, &account.kind, error) ||
	    !get_password(call, &(IdentityAccount){.login = call->login}, &password, &is_made, error))
		return false;
	hash = secret_hash_password(password);
	account.password_hash = hash;
	account.must_change = is_made;
	if (!identity_add(&call->scope, &account, &account_id, &problem, error) ||
	    !command_refuse(problem, error))
		return false;
	printf("Đã thêm tài khoản %s.\n", call->login);
	print_password(password, is_made);
	return true;
}

static bool
list(const UserCall *call, GError **error)
{
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();

	if (!identity_list(&call->scope, accounts, error))
		return false;
	for (guint i = 0; i < accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(accounts, i);
		g_autoptr(GPtrArray) roles = g_ptr_array_new();

		if (!identity_roles_of(&call->scope, account->account_id, roles, error))
			return false;
		printf("%s\t%s\t%s\t%s\t", account->login, account->name, IDENTITY_KIND_WORDS[account->kind],
		    account->is_disabled ? "đã ngừng" : "đang dùng");
		for (guint r = 0; r < roles->len; r++)
			printf("%s%s", r > 0 ? "," : "",
			    ((const IdentityRole *)g_ptr_array_index(roles, r))->role);
		putchar('\n');
	}
	return true;
}

static bool
passwd(const UserCall *call, GError **error)
{
	g_autofree char *password = NULL;
	g_autofree char *hash = NULL;
	IdentityAccount account;
	bool is_made;

	if (!identity_find(&call->scope, call->account_id, &account, error) ||
	    !get_password(call, &account, &password, &is_made, error))
		return false;
	hash = secret_hash_password(password);
	if (!identity_set_password(&call->scope, call->account_id, hash, is_made, 0, error))
		return false;
	printf("Đã đặt lại mật khẩu của %s.\n", call->login);
	print_password(password, is_made);
	return true;
}

static bool
set_enabled(const UserCall *call, bool is_enabled, GError **error)
{
	const char *problem;

	if (!identity_set_enabled(&call->scope, call->account_id, is_enabled, &problem, error) ||
	    !command_refuse(problem, error))
		return false;
	printf("%s tài khoản %s.\n", is_enabled ? "Đã cho dùng lại" : "Đã ngừng", call->login);
	return true;
}

static bool
disable_account(const UserCall *call, GError **error)
{
	return set_enabled(call, false, error);
}

static bool
enable_account(const UserCall *call, GError **error)
{
	return set_enabled(call, true, error);
}

static bool
clear_totp(const UserCall *call, GError **error)
{
	if (!identity_clear_totp(&call->scope, call->account_id, error))
		return false;
	printf("Đã bỏ xác thực hai lớp của %s.\n", call->login);
	return true;
}

static bool
set_role(const UserCall *call, bool is_granted, GError **error)
{
	const char *problem;

	if (call->options->role == NULL)
		return command_refuse(
		    "hãy nêu vai trò bằng --role; các vai trò có trong trang Quản trị tài khoản", error);
	if (!identity_grant(
		&call->scope, call->account_id, call->options->role, is_granted, &problem, error) ||
	    !command_refuse(problem, error))
		return false;
	printf(
	    "%s vai trò %s của %s.\n", is_granted ? "Đã giao" : "Đã thu", call->options->role, call->login);
	return true;
}

static bool
give_role(const UserCall *call, GError **error)
{
	return set_role(call, true, error);
}

static bool
take_role(const UserCall *call, GError **error)
{
	return set_role(call, false, error);
}

static bool
import_people(const UserCall *call, GError **error)
{
	return command_import_people(&call->scope, call->login, call->options->is_dry, error);
}

static const struct UserAction {
	const char *name;
	bool (*run)(const UserCall *call, GError **error);
	bool has_login, is_new;
} ACTIONS[] = {
    {"add", add, true, true},
    {"list", list, false, false},
    {"passwd", passwd, true, false},
    {"disable", disable_account, true, false},
    {"enable", enable_account, true, false},
    {"grant", give_role, true, false},
    {"revoke", take_role, true, false},
    {"no-totp", clear_totp, true, false},
    {"import", import_people, true, true},
};

static const struct UserAction *
find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ACTIONS); i++)
		if (strcmp(ACTIONS[i].name, name) == 0)
			return &ACTIONS[i];
	return NULL;
}

static bool
run(const CommandContext *context, const struct UserAction *action, const char *directory, const char *login,
    const UserOptions *options, GError **error)
{
	const AppOptions app_options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();
	UserCall call = {.options = options, .login = login};

	if (!app_open(&app_options, &app, error))
		return false;
	call.scope = (IdentityScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = context->now_us,
	    .directory = directory,
	    .actor = {.name = g_get_user_name(), .origin = "dòng lệnh"},
	    .arena = arena};
	if (login != NULL && !action->is_new) {
		if (!identity_find_by_login(&call.scope, login, &call.account_id, error))
			return false;
		if (call.account_id == 0) {
			g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
			    "không có tài khoản \"%s\"; xem các tài khoản bằng: namro user list %s", login,
			    directory);
			return false;
		}
	}
	return action->run(&call, error);
}

int
command_user(const CommandContext *context, int argc, char **argv)
{
	UserOptions options = {0};
	const struct UserAction *action;
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"name", 0, 0, G_OPTION_ARG_STRING, &options.name, "họ và tên", "TÊN"},
	    {"position", 0, 0, G_OPTION_ARG_STRING, &options.position, "chức vụ", "CHỨC-VỤ"},
	    {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "đơn vị", "ĐƠN-VỊ"},
	    {"kind", 0, 0, G_OPTION_ARG_STRING, &options.kind,
		"quan-tri, tac-nghiep (mặc định), ky-thuat, dich-vu", "LOẠI"},
	    {"role", 0, 0, G_OPTION_ARG_STRING, &options.role, "vai trò, ví dụ thuong-truc", "VAI-TRÒ"},
	    {"ask-password", 0, 0, G_OPTION_ARG_NONE, &options.asks,
		"tự gõ mật khẩu (không hiện ra); nếu không, chương trình đặt và in một lần", NULL},
	    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry, "import: chỉ xem sẽ ghi gì, ô nào sai",
		NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	action = argc > 1 ? find_action(argv[1]) : NULL;
	if (action == NULL || argc != (action->has_login ? 4 : 3)) {
		fprintf(stderr,
		    "namro user: ví dụ: namro user add du-lieu an.nv --name \"Nguyễn Văn An\" --kind "
		    "quan-tri; namro user list du-lieu\n");
		exit_code = 2;
	} else if (!run(context, action, argv[2], action->has_login ? argv[3] : NULL, &options, &error)) {
		exit_code = command_fail(context, error);
	}
	g_free(options.name);
	g_free(options.position);
	g_free(options.unit);
	g_free(options.kind);
	g_free(options.role);
	return exit_code;
}
