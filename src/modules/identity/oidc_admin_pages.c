/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/oidc.h"
#include "modules/identity/pages/oidc.html.h"

#include <string.h>

static bool
show(HttpRequest *request, HttpResponse *response, const OidcSettings *settings, const char *problem,
    bool is_saved)
{
	IdentityOidcSettingsView view = {.settings = settings, .problem = problem, .is_saved = is_saved};

	view.layout = app_layout(request, "Đăng nhập bằng tài khoản bên ngoài");
	identity_oidc_settings_page(response->body, &view);
	return true;
}

const char *
identity_oidc_value(const OidcSettings *settings, const OidcField *oidc_field)
{
	const char *value;

	memcpy(&value, (const char *)settings + oidc_field->offset, sizeof(value));
	return value;
}

bool
identity_oidc_settings_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	OidcSettings settings;

	return oidc_settings_read(&scope, &settings, error) &&
	       show(request, response, &settings, NULL, false);
}

/* What was typed, and what is wrong with it. */
typedef struct Typed {
	OidcSettings settings;
	const char *problem; /* NULL */
} Typed;

static void
read_typed(HttpRequest *request, OidcSettings *settings)
{
	*settings = (OidcSettings){.is_on = strcmp(http_request_form_text(request, "bat"), "1") == 0};
	for (const OidcField *one = OIDC_FIELDS; one->name != NULL; one++) {
		const char *text = http_request_form_text(request, one->name);
		const char *value = arena_strdup(request->arena, text);

		memcpy((char *)settings + one->offset, &value, sizeof(value));
	}
}

/* Settings that are to be on are tried out before they are kept. */
static void
prepare(HttpRequest *request)
{
	Typed *typed = arena_new0(request->arena, Typed);
	g_autoptr(GError) outside = NULL;
	OidcProvider provider;

	request->prepared = typed;
	read_typed(request, &typed->settings);
	typed->problem = oidc_settings_check(&typed->settings, request->arena);
	oidc_forget();
	if (typed->problem == NULL && typed->settings.is_on &&
	    !oidc_discover(&typed->settings, request->arena, &provider, &outside))
		typed->problem = arena_strdup(request->arena, outside->message);
}

bool
identity_oidc_settings_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	const Typed *typed = request->prepared;
	IdentityScope scope = identity_scope_of(request);

	if (typed == NULL) {
		prepare(request);
		return true;
	}
	if (typed->problem != NULL) {
		response->status = 422;
		return show(request, response, &typed->settings, typed->problem, false);
	}
	return oidc_settings_write(&scope, &typed->settings, error) &&
	       show(request, response, &typed->settings, NULL, true);
}

bool
identity_account_link(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	OidcSettings settings;
	const char *problem = NULL;
	int64_t account_id;

	if (!http_request_param_int(request, "id", &account_id, error) ||
	    !oidc_settings_read(&scope, &settings, error))
		return false;
	if (strcmp(http_request_form_text(request, "viec"), "bo") == 0) {
		if (!oidc_link_drop(&scope, account_id, error))
			return false;
	} else if (!oidc_link_set(&scope, account_id, settings.issuer,
		       http_request_form_text(request, "ten-ngoai"), NULL, &problem, error)) {
		return false;
	}
	return identity_account_finish(request, response, account_id, problem, error);
}
