/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"

#include "app/app.migrations.h"
#include "app/context.h"
#include "base/app-error.h"

#include <string.h>

static const AppModule *
find_module(const AppModule *const *modules, const char *name)
{
	for (; *modules != NULL; modules++)
		if (strcmp((*modules)->name, name) == 0)
			return *modules;
	return NULL;
}

/* Puts what a module requires before it, then itself. `path`: the modules being visited, to see a circle. */
static bool
visit(const AppModule *const *modules, const AppModule *module, GPtrArray *path, GPtrArray *sorted,
    GError **error)
{
	gpointer key = (gpointer)(guintptr)module;

	if (g_ptr_array_find(sorted, key, NULL))
		return true;
	if (g_ptr_array_find(path, key, NULL)) {
		g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL, "the module %s requires itself in a circle",
		    module->name);
		return false;
	}
	g_ptr_array_add(path, key);
	for (const char *const *name = module->requires; name != NULL && *name != NULL; name++) {
		const AppModule *required = find_module(modules, *name);

		if (required == NULL) {
			g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL,
			    "the module %s requires %s, which is not there", module->name, *name);
			return false;
		}
		if (!visit(modules, required, path, sorted, error))
			return false;
	}
	g_ptr_array_remove_index(path, path->len - 1);
	g_ptr_array_add(sorted, key);
	return true;
}

bool
app_modules_sort(const AppModule *const *modules, GPtrArray **ret_sorted, GError **error)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	g_autoptr(GPtrArray) path = g_ptr_array_new();

	for (const AppModule *const *module = modules; *module != NULL; module++)
		if (!visit(modules, *module, path, sorted, error))
			return false;
	*ret_sorted = g_steal_pointer(&sorted);
	return true;
}

GArray *
app_modules_migrations(const GPtrArray *sorted)
{
	GArray *sets = g_array_new(FALSE, FALSE, sizeof(DbMigrationSet));
	DbMigrationSet own = {"app", app_migrations};

	g_array_append_val(sets, own);
	for (guint i = 0; i < sorted->len; i++) {
		const AppModule *module = g_ptr_array_index(sorted, i);
		DbMigrationSet set = {module->name, module->migrations};

		if (module->migrations != NULL)
			g_array_append_val(sets, set);
	}
	return sets;
}

bool
app_panels_write(const HttpRequest *request, const char *object, GString *out, GError **error)
{
	const GPtrArray *modules = app_context(request)->modules;

	for (guint i = 0; modules != NULL && i < modules->len; i++) {
		const AppModule *module = g_ptr_array_index(modules, i);

		if (module->panel != NULL && !module->panel(request, object, out, error))
			return false;
	}
	return true;
}
