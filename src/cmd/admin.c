/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/access.h"
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/identity/identity.h"

#include <stdio.h>
#include <string.h>

/* Everything that somebody with these permissions reaches, module by module. */
static void
print_routes(const AppVisitor *visitor)
{
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++)
			if (app_visitor_may(visitor, route->permission))
				printf("%-4s %-40s %-9s %s\n", route->method == HTTP_POST ? "POST" : "GET",
				    route->pattern, route->permission, (*module)->title);
}

static bool
access_of(const CommandContext *context, const char *directory, const char *role, GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) permissions = g_ptr_array_new();
	AppVisitor visitor = {.session_id = 1};
	IdentityScope scope = {.arena = arena};

	if (!app_open(&options, &app, error))
		return false;
	scope.db = app_db(app);
	scope.commune_id = app_commune(app)->commune_id;
	if (!identity_role_permissions(&scope, role, permissions, error))
		return false;
	if (permissions->len == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có vai trò \"%s\", hoặc chưa có tài khoản nào trong thư mục này", role);
		return false;
	}
	g_ptr_array_add(permissions, NULL);
	visitor.permissions = (const char *const *)permissions->pdata;
	print_routes(&visitor);
	return true;
}

int
command_admin(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *role = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"role", 0, 0, G_OPTION_ARG_STRING, &role, "vai trò, ví dụ kiem-tra", "VAI-TRÒ"},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 3 || strcmp(argv[1], "access") != 0 || role == NULL) {
		fprintf(stderr, "namro admin: ví dụ: namro admin access du-lieu --role kiem-tra\n");
		return 2;
	}
	return access_of(context, argv[2], role, &error) ? 0 : command_fail(context, error);
}
