/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/admin/admin_pages.h"

#include "app/context.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/admin/pages/system.html.h"

static void
write_json(const AdminSystem *system, const char *version, GString *out)
{
	JsonWriter json;

	json_init(&json, out, true);
	json_begin_object(&json);
	json_key_string(&json, "version", version);
	json_key_string(&json, "commune", system->commune);
	json_key_string(&json, "code", system->code);
	json_key_string(&json, "province", system->province);
	json_key_int(&json, "store_version", system->store_version);
	json_key(&json, "migrations");
	json_begin_array(&json);
	for (size_t i = 0; i < system->n_migrations; i++) {
		json_begin_object(&json);
		json_key_string(&json, "module", system->migrations[i].module);
		json_key_string(&json, "name", system->migrations[i].name);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
admin_system(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	AdminSystem system;
	AdminSystemView view = {
	    .layout = app_layout(request, "Hệ thống"),
	    .system = &system,
	    .version = context->version,
	    .directory = context->directory,
	};

	if (!admin_read_system(context->db, context->commune_id, request->arena, &system, error))
		return false;
	if (request->format == HTTP_JSON) {
		http_json_begin(response);
		write_json(&system, context->version, response->body);
	} else {
		admin_system_page(response->body, &view);
	}
	return true;
}
