/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "base/date.h"
#include "cmd/command.h"
#include "modules/identity/identity_roles.h"

#include <stdio.h>
#include <string.h>

typedef struct AdminOptions {
	char *role, *account;
	int plan;
	gboolean shows_conflicts, is_csv;
} AdminOptions;

typedef struct AdminCall {
	const AdminOptions *options;
	IdentityScope scope;
	int32_t today;
	GString *out;
} AdminCall;

/* One line of a list: fields, and how wide each is for people; the last as long as it is. */
static void
put_line(const AdminCall *call, const char *const *fields, const int *widths, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		glong length = g_utf8_strlen(fields[i], -1);

		if (call->options->is_csv) {
			csv_text(call->out, fields[i]);
			continue;
		}
		g_string_append(call->out, fields[i]);
		for (glong column = length; i + 1 < n && column <= widths[i]; column++)
			g_string_append_c(call->out, ' ');
	}
	if (call->options->is_csv)
		csv_end_line(call->out);
	else
		g_string_append_c(call->out, '\n');
}

/* Why a grant opens a route: for which plan, and on whose rows. */
static const char *
via_of(const AdminCall *call, const AppGrant *grant, const char *permission)
{
	const char *reason = app_access_reason(grant, permission, call->scope.arena);

	return grant->plan_id != 0
		   ? arena_printf(call->scope.arena, "%s (kế hoạch số %d)", reason, (int)grant->plan_id)
		   : reason;
}

/* Appends by what a visitor reaches a route (char *); nothing: not at all. */
static void
list_ways(const AdminCall *call, const AppVisitor *visitor, const char *permission, GPtrArray *ways)
{
	const AppPermission *known = app_permission_find(permission);
	int64_t plan_id = call->options->plan;

	if (strcmp(permission, APP_PUBLIC) == 0 || strcmp(permission, APP_SELF) == 0) {
		g_ptr_array_add(ways, (gpointer)(guintptr)known->label);
		return;
	}
	for (size_t i = 0; i < visitor->n_grants; i++) {
		const AppGrant *grant = &visitor->grants[i];
		bool is_there = plan_id == 0 || grant->plan_id == 0 || grant->plan_id == plan_id;
		const char *way;

		if (!is_there || !g_strv_contains(grant->permissions, permission) ||
		    (grant->via != APP_VIA_COMMUNE && known->scope == APP_SCOPE_COMMUNE))
			continue;
		way = via_of(call, grant, permission);
		if (!g_ptr_array_find_with_equal_func(ways, way, g_str_equal, NULL))
			g_ptr_array_add(ways, (gpointer)(guintptr)way);
	}
}

/* Every route of the program that the visitor reaches, and by what. */
static void
print_routes(const AdminCall *call, const AppVisitor *visitor)
{
	static const int WIDTHS[] = {4, 42, 11, 0};
	static const char *const HEADS[] = {"Cách", "Địa chỉ", "Quyền", "Nhờ đâu"};

	if (call->options->is_csv)
		put_line(call, HEADS, WIDTHS, G_N_ELEMENTS(HEADS));
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			g_autoptr(GPtrArray) ways = g_ptr_array_new();

			list_ways(call, visitor, route->permission, ways);
			for (guint i = 0; i < ways->len; i++) {
				const char *fields[] = {route->method == HTTP_POST ? "POST" : "GET",
				    route->pattern, route->permission, g_ptr_array_index(ways, i)};

				put_line(call, fields, WIDTHS, G_N_ELEMENTS(fields));
			}
		}
}

/* The roles that have a permission: "quyet-dinh, ban-chi-dao"; "" for none. */
static bool
roles_with(
    const AdminCall *call, const GPtrArray *roles, const char *permission, GString *names, GError **error)
{
	for (guint i = 0; i < roles->len; i++) {
		const char *role = ((const IdentityRole *)g_ptr_array_index(roles, i))->role;
		g_autoptr(GPtrArray) held = g_ptr_array_new();

		if (!identity_role_permissions(&call->scope, role, held, error))
			return false;
		if (g_ptr_array_find_with_equal_func(held, permission, g_str_equal, NULL))
			g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", role);
	}
	return true;
}

/* What a role may not do in a plan, and who may: so that nobody takes a duty for his that is another's. */
static bool
print_missing(const AdminCall *call, const char *const *held, GError **error)
{
	g_autoptr(GPtrArray) roles = g_ptr_array_new();

	if (call->options->is_csv)
		return true;
	if (!identity_roles(&call->scope, roles, error))
		return false;
	for (const AppPermission *permission = APP_PERMISSIONS; permission->name != NULL; permission++) {
		g_autoptr(GString) names = g_string_new(NULL);

		if (permission->scope == APP_SCOPE_COMMUNE || g_strv_contains(held, permission->name))
			continue;
		if (!roles_with(call, roles, permission->name, names, error))
			return false;
		if (names->len > 0)
			g_string_append_printf(call->out, "Không có quyền %s (%s); vai trò có: %s\n",
			    permission->name, permission->label, names->str);
	}
	return true;
}

/* Somebody with one role and nothing else, for the commune as a whole or for a plan. */
static bool
access_of_role(const AdminCall *call, GError **error)
{
	g_autoptr(GPtrArray) permissions = g_ptr_array_new();
	AppGrant grant = {.via = call->options->plan != 0 ? APP_VIA_PLAN : APP_VIA_COMMUNE,
	    .plan_id = call->options->plan,
	    .role = call->options->role,
	    .role_name = call->options->role};
	AppVisitor visitor = {.session_id = 1, .grants = &grant, .n_grants = 1};

	if (!identity_role_permissions(&call->scope, call->options->role, permissions, error))
		return false;
	if (permissions->len == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có vai trò \"%s\", hoặc chưa có tài khoản nào trong thư mục này",
		    call->options->role);
		return false;
	}
	g_ptr_array_add(permissions, NULL);
	grant.permissions = (const char *const *)permissions->pdata;
	print_routes(call, &visitor);
	return print_missing(call, grant.permissions, error);
}

static bool
access_of_account(const AdminCall *call, GError **error)
{
	AppVisitor visitor;
	int64_t account_id;

	if (!identity_find_by_login(&call->scope, call->options->account, &account_id, error))
		return false;
	if (account_id == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có tài khoản \"%s\"",
		    call->options->account);
		return false;
	}
	if (!identity_visitor_of(&call->scope, account_id, &visitor, error))
		return false;
	print_routes(call, &visitor);
	return true;
}

static bool
print_conflicts(const AdminCall *call, GError **error)
{
	static const int WIDTHS[] = {20, 12, 0};
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();

	if (!identity_conflicts(&call->scope, 0, conflicts, error))
		return false;
	for (guint i = 0; i < conflicts->len; i++) {
		const IdentityConflict *conflict = g_ptr_array_index(conflicts, i);
		const char *fields[] = {conflict->login,
		    conflict->plan_id != 0
			? arena_printf(call->scope.arena, "kế hoạch %d", (int)conflict->plan_id)
			: "toàn xã",
		    identity_conflict_text(conflict, call->scope.arena)};

		put_line(call, fields, WIDTHS, G_N_ELEMENTS(fields));
	}
	if (conflicts->len == 0 && !call->options->is_csv)
		g_string_append(call->out, "Không tài khoản nào đang giữ hai việc phải tách nhau.\n");
	return true;
}

static const char *
day_text(const AdminCall *call, int32_t day)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(day, text);
	return arena_strdup(call->scope.arena, text);
}

/* What has to be looked at by today. */
static bool
print_review(const AdminCall *call, GError **error)
{
	static const int WIDTHS[] = {10, 24, 28, 14, 0};
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	int32_t next = DATE_NONE;
	int n_due = 0;

	if (!identity_review_items(&call->scope, items, error))
		return false;
	for (guint i = 0; i < items->len; i++) {
		const IdentityReviewItem *item = g_ptr_array_index(items, i);
		const char *fields[] = {day_text(call, item->due),
		    *item->login != '\0' ? item->login : item->name, item->role_name,
		    item->plan_id != 0 ? arena_printf(call->scope.arena, "kế hoạch %d", (int)item->plan_id)
				       : "toàn xã",
		    item->reviewed_us != 0
			? arena_printf(call->scope.arena, "rà soát %s, %s",
			      day_text(call, instant_day(item->reviewed_us)), item->reviewed_by)
			: "chưa rà soát"};

		if (item->due < call->today) {
			put_line(call, fields, WIDTHS, G_N_ELEMENTS(fields));
			n_due++;
		} else if (next == DATE_NONE) {
			next = item->due;
		}
	}
	if (!call->options->is_csv)
		g_string_append_printf(call->out, "%d quyền quá hạn rà soát%s%s.\n", n_due,
		    next != DATE_NONE ? "; hạn tiếp theo " : "",
		    next != DATE_NONE ? day_text(call, next) : "");
	return true;
}

typedef bool (*AdminPrint)(const AdminCall *call, GError **error);

/* Gives what is asked for; NULL: nothing that there is. */
static AdminPrint
choose(const AdminOptions *options, const char *what)
{
	if (strcmp(what, "review") == 0)
		return print_review;
	if (strcmp(what, "access") != 0)
		return NULL;
	if (options->shows_conflicts)
		return print_conflicts;
	if (options->account != NULL)
		return access_of_account;
	return options->role != NULL ? access_of_role : NULL;
}

static bool
print(const CommandContext *context, const AdminOptions *options, const char *directory, AdminPrint what,
    GError **error)
{
	const AppOptions app_options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GString) out = g_string_new(NULL);
	AdminCall call = {.options = options, .today = context->today, .out = out};

	if (!app_open(&app_options, &app, error))
		return false;
	call.scope = (IdentityScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = context->now_us,
	    .actor = APP_SHELL_ACTOR,
	    .arena = arena};
	if (options->is_csv)
		csv_begin(out);
	if (!what(&call, error))
		return false;
	fwrite(out->str, 1, out->len, stdout);
	return true;
}

int
command_admin(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	AdminOptions options = {0};
	g_autofree char *role = NULL, *account = NULL;
	AdminPrint what = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"role", 0, 0, G_OPTION_ARG_STRING, &role, "vai trò, ví dụ kiem-tra", "VAI-TRÒ"},
	    {"account", 0, 0, G_OPTION_ARG_STRING, &account, "tên đăng nhập", "TÊN"},
	    {"plan", 0, 0, G_OPTION_ARG_INT, &options.plan, "chỉ trong kế hoạch số N", "N"},
	    {"conflicts", 0, 0, G_OPTION_ARG_NONE, &options.shows_conflicts,
		"ai đang giữ hai việc phải tách nhau", NULL},
	    {"csv", 0, 0, G_OPTION_ARG_NONE, &options.is_csv, "in dạng CSV", NULL},
	    {0},
	};

	if (command_admin_keeps(argc, argv))
		return command_admin_keep(context, argc, argv);
	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	options.role = role;
	options.account = account;
	if (argc == 3)
		what = choose(&options, argv[1]);
	if (what == NULL) {
		fprintf(stderr, "namro admin: ví dụ: namro admin access du-lieu --role kiem-tra\n"
				"             namro admin access du-lieu --account an --plan 1\n"
				"             namro admin access du-lieu --conflicts\n"
				"             namro admin review du-lieu\n"
				"             namro admin rules|oidc du-lieu, namro admin new-key "
				"ledger|secrets du-lieu\n");
		return 2;
	}
	return print(context, &options, argv[2], what, &error) ? 0 : command_fail(context, error);
}
