/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/same_site.h"

#include "base/app-error.h"

#include <string.h>

/* "http://a:8057" of host "a:8057"; behind a proxy that ends TLS it begins with https. */
static bool
is_origin_of(const char *origin, const char *host)
{
	const char *mark = strstr(origin, "://");

	return mark != NULL && g_str_has_prefix(origin, "http") && g_ascii_strcasecmp(mark + 3, host) == 0;
}

bool
app_same_site_check(HttpRequest *request, GError **error)
{
	const char *site = request->fetch_site;
	bool is_ours;

	if (site != NULL)
		is_ours = strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
	else
		is_ours = request->origin != NULL && request->host != NULL &&
			  is_origin_of(request->origin, request->host);
	if (is_ours)
		return true;
	request->problem = "Biểu mẫu được gửi từ một trang khác, không phải từ chương trình này.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_FORBIDDEN, "a form of another site");
	return false;
}

/* The host of "localhost:8057", "127.0.0.1", "[::1]:8057"; the caller's. */
static char *
strip_port(const char *host)
{
	const char *end = strrchr(host, ':');

	if (*host == '[')
		return g_strndup(host + 1, strcspn(host + 1, "]"));
	return end != NULL ? g_strndup(host, (gsize)(end - host)) : g_strdup(host);
}

bool
app_own_host_check(HttpRequest *request, GError **error)
{
	g_autofree char *name = request->host != NULL ? strip_port(request->host) : NULL;

	if (name == NULL || g_ascii_strcasecmp(name, "localhost") == 0 || g_hostname_is_ip_address(name))
		return true;
	request->problem = "Khi chưa có tài khoản quản trị, chỉ mở được chương trình bằng địa chỉ "
			   "http://127.0.0.1 hoặc http://localhost trên chính máy này.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_FORBIDDEN, "a strange name of this machine");
	return false;
}
