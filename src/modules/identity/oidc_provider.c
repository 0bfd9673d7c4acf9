/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/identity/oidc.h"

#include <jansson.h>
#include <string.h>

#define REMEMBER_US (INT64_C(10) * 60 * 1000 * 1000)
#define WELL_KNOWN "/.well-known/openid-configuration"

/* What was heard last; one issuer is set at a time. */
typedef struct Memory {
	char *issuer, *discovery, *keys;
	int64_t heard_us;
} Memory;

static GMutex lock;
static Memory memory;

void
oidc_forget(void)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);

	g_clear_pointer(&memory.issuer, g_free);
	g_clear_pointer(&memory.discovery, g_free);
	g_clear_pointer(&memory.keys, g_free);
}

/* *ret_keys NULL: they were not asked for yet. */
static bool
recall(const char *issuer, Arena *arena, const char **ret_discovery, const char **ret_keys)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);

	if (memory.issuer == NULL || strcmp(memory.issuer, issuer) != 0 ||
	    g_get_monotonic_time() - memory.heard_us > REMEMBER_US)
		return false;
	*ret_discovery = arena_strdup(arena, memory.discovery);
	*ret_keys = memory.keys != NULL ? arena_strdup(arena, memory.keys) : NULL;
	return true;
}

static void
remember(const char *issuer, const char *discovery)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);

	g_free(memory.issuer);
	g_free(memory.discovery);
	g_clear_pointer(&memory.keys, g_free);
	memory.issuer = g_strdup(issuer);
	memory.discovery = g_strdup(discovery);
	memory.heard_us = g_get_monotonic_time();
}

static void
remember_keys(const char *issuer, const char *keys)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lock);

	if (memory.issuer == NULL || strcmp(memory.issuer, issuer) != 0)
		return;
	g_free(memory.keys);
	memory.keys = g_strdup(keys);
}

static bool
refuse(GError **error, const char *what)
{
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "Nơi cấp tài khoản công bố thông tin không dùng được: %s. Người quản trị hãy kiểm tra lại địa "
	    "chỉ nơi cấp.",
	    what);
	return false;
}

/* The address of an endpoint; NULL where it is missing or no call may go there. */
static const char *
take_url(json_t *root, const char *name, Arena *arena)
{
	const char *url = json_string_value(json_object_get(root, name));

	return url != NULL && oidc_url_is_allowed(url) ? arena_strdup(arena, url) : NULL;
}

/* Basic is the rule where nothing is said (OpenID Connect Discovery 1.0, 3). */
static bool
wants_secret_in_form(json_t *root)
{
	json_t *methods = json_object_get(root, "token_endpoint_auth_methods_supported");
	bool has_form = false;
	json_t *method;
	size_t i;

	json_array_foreach(methods, i, method)
	{
		const char *name = json_string_value(method);

		if (g_strcmp0(name, "client_secret_basic") == 0)
			return false;
		has_form |= g_strcmp0(name, "client_secret_post") == 0;
	}
	return has_form;
}

static bool
read_provider(json_t *root, const char *issuer, Arena *arena, OidcProvider *provider, GError **error)
{
	const char *named = json_string_value(json_object_get(root, "issuer"));

	if (named == NULL || strcmp(named, issuer) != 0)
		return refuse(error, "tên nơi cấp (issuer) khác với tên đã khai báo");
	*provider = (OidcProvider){.authorization_endpoint = take_url(root, "authorization_endpoint", arena),
	    .token_endpoint = take_url(root, "token_endpoint", arena),
	    .jwks_uri = take_url(root, "jwks_uri", arena),
	    .wants_secret_in_form = wants_secret_in_form(root)};
	if (provider->authorization_endpoint == NULL || provider->token_endpoint == NULL ||
	    provider->jwks_uri == NULL)
		return refuse(error, "thiếu địa chỉ, hoặc địa chỉ không bắt đầu bằng https://");
	return true;
}

bool
oidc_provider_parse(const char *text, size_t len, const char *issuer, Arena *arena,
    OidcProvider *ret_provider, GError **error)
{
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	bool is_ok = root != NULL ? read_provider(root, issuer, arena, ret_provider, error)
				  : refuse(error, "không phải là JSON");

	json_decref(root);
	return is_ok;
}

static bool
fetch(const OidcSettings *settings, const char *url, GString *body, GError **error)
{
	long status;

	if (!oidc_call(&(OidcCall){.url = url, .ca_file = settings->ca_file}, body, &status, error))
		return false;
	if (status == 200)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "Nơi cấp tài khoản trả lời %ld cho %s. Người quản trị hãy kiểm tra lại địa chỉ nơi cấp.", status,
	    url);
	return false;
}

bool
oidc_discover(const OidcSettings *settings, Arena *arena, OidcProvider *ret_provider, GError **error)
{
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *url = NULL;
	const char *known, *keys;
	size_t len = strlen(settings->issuer);

	if (recall(settings->issuer, arena, &known, &keys))
		return oidc_provider_parse(
		    known, strlen(known), settings->issuer, arena, ret_provider, error);
	if (len > 0 && settings->issuer[len - 1] == '/')
		len--;
	url = g_strdup_printf("%.*s" WELL_KNOWN, (int)len, settings->issuer);
	if (!fetch(settings, url, body, error) ||
	    !oidc_provider_parse(body->str, body->len, settings->issuer, arena, ret_provider, error))
		return false;
	remember(settings->issuer, body->str);
	return true;
}

bool
oidc_keys(const OidcSettings *settings, const OidcProvider *provider, bool is_fresh, Arena *arena,
    const char **ret_keys, GError **error)
{
	g_autoptr(GString) body = g_string_new(NULL);
	const char *discovery;

	*ret_keys = NULL;
	if (!is_fresh && recall(settings->issuer, arena, &discovery, ret_keys) && *ret_keys != NULL)
		return true;
	if (!fetch(settings, provider->jwks_uri, body, error))
		return false;
	remember_keys(settings->issuer, body->str);
	*ret_keys = arena_strdup(arena, body->str);
	return true;
}
