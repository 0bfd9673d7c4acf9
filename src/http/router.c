/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/router.h"

#include "base/app-error.h"

#include <string.h>

struct HttpRouter {
	GArray *routes; /* of const HttpRoute * */
};

HttpRouter *
http_router_new(void)
{
	HttpRouter *router = g_new0(HttpRouter, 1);

	router->routes = g_array_new(FALSE, FALSE, sizeof(const HttpRoute *));
	return router;
}

void
http_router_free(HttpRouter *router)
{
	if (router == NULL)
		return;
	g_array_unref(router->routes);
	g_free(router);
}

static const HttpRoute *
route_at(const HttpRouter *router, guint i)
{
	return g_array_index(router->routes, const HttpRoute *, i);
}

/* True for "/" and for "/"-led segments that are not empty, each literal or "{name}", at most
 * HTTP_PATH_PARAMS_MAX of those. */
static bool
is_pattern(const char *pattern)
{
	const char *start = pattern;
	size_t n_params = 0;

	if (strcmp(pattern, "/") == 0)
		return true;
	while (*pattern == '/') {
		size_t len = strcspn(++pattern, "/");
		const char *brace = memchr(pattern, '{', len);

		if (len == 0 || (brace != NULL && (brace != pattern || len < 3 || pattern[len - 1] != '}')))
			return false;
		n_params += brace != NULL;
		pattern += len;
	}
	return pattern > start && *pattern == '\0' && n_params <= HTTP_PATH_PARAMS_MAX;
}

bool
http_router_add(HttpRouter *router, const HttpRoute *routes, GError **error)
{
	for (; routes->pattern != NULL; routes++) {
		bool is_safe = (routes->traits & (HTTP_WRITES | HTTP_FILES | HTTP_PREPARES)) == 0;

		if (!is_pattern(routes->pattern) || routes->handler == NULL || routes->permission == NULL ||
		    (routes->method != HTTP_POST && !is_safe)) {
			g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL, "the route \"%s\" is malformed",
			    routes->pattern);
			return false;
		}
		for (guint i = 0; i < router->routes->len; i++) {
			const HttpRoute *other = route_at(router, i);

			if (other->method != routes->method || strcmp(other->pattern, routes->pattern) != 0)
				continue;
			g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL, "two routes answer \"%s\"",
			    routes->pattern);
			return false;
		}
		g_array_append_val(router->routes, routes);
	}
	return true;
}

/* Matches a path of `path_len` bytes; gives the number of its params, or -1. */
static int
match_pattern(const char *pattern, const char *path, size_t path_len, HttpRequest *request)
{
	const char *end = path + path_len;
	size_t n = 0;

	while (*pattern == '/' && path < end && *path == '/') {
		size_t pattern_len = strcspn(++pattern, "/");
		size_t len = 0;

		for (path++; path + len < end && path[len] != '/';)
			len++;
		if (*pattern == '{' && len > 0) {
			if (request != NULL)
				request->params[n] =
				    (HttpPair){arena_strndup(request->arena, pattern + 1, pattern_len - 2),
					arena_strndup(request->arena, path, len)};
			n++;
		} else if (len != pattern_len || memcmp(pattern, path, len) != 0) {
			return -1;
		}
		pattern += pattern_len;
		path += len;
	}
	if (*pattern != '\0' || path != end)
		return -1;
	if (request != NULL)
		request->n_params = n;
	return (int)n;
}

/* What the path ends in: HTML for none of the known suffixes. */
static HttpFormat
format_of_suffix(const char *path, size_t *ret_len)
{
	*ret_len = strlen(path);
	if (g_str_has_suffix(path, ".json")) {
		*ret_len -= strlen(".json");
		return HTTP_JSON;
	}
	if (g_str_has_suffix(path, ".csv")) {
		*ret_len -= strlen(".csv");
		return HTTP_CSV;
	}
	return HTTP_HTML;
}

static bool
answers(const HttpRoute *route, HttpMethod method)
{
	return route->method == (method == HTTP_HEAD ? HTTP_GET : method);
}

static void
take(const HttpRoute *route, HttpRequest *request, size_t stem_len, HttpFormat suffix)
{
	bool is_stem = (route->traits & suffix) != 0;

	match_pattern(route->pattern, request->path, is_stem ? stem_len : strlen(request->path), request);
	request->format = HTTP_HTML;
	if (is_stem)
		request->format = suffix;
	else if (route->traits & request->accept_format)
		request->format = request->accept_format;
}

HttpMatch
http_router_match(
    const HttpRouter *router, HttpRequest *request, const HttpRoute **ret_route, const char **ret_allow)
{
	const HttpRoute *best = NULL;
	int best_params = HTTP_PATH_PARAMS_MAX + 1;
	bool has_get = false, has_post = false;
	size_t stem_len;
	HttpFormat suffix = format_of_suffix(request->path, &stem_len);

	for (guint i = 0; i < router->routes->len; i++) {
		const HttpRoute *route = route_at(router, i);
		size_t len = (route->traits & suffix) != 0 ? stem_len : strlen(request->path);
		int n_params = match_pattern(route->pattern, request->path, len, NULL);

		if (n_params < 0)
			continue;
		has_get = has_get || route->method == HTTP_GET;
		has_post = has_post || route->method == HTTP_POST;
		if (answers(route, request->method) && n_params < best_params) {
			best = route;
			best_params = n_params;
		}
	}
	if (best == NULL)
		request->format = suffix != HTTP_HTML ? suffix : request->accept_format; /* of the error */
	if (best == NULL && (has_get || has_post)) {
		*ret_allow = !has_post ? "GET, HEAD" : !has_get ? "POST" : "GET, HEAD, POST";
		return HTTP_MATCH_OTHER_METHOD;
	}
	if (best == NULL)
		return HTTP_MATCH_NONE;
	take(best, request, stem_len, suffix);
	*ret_route = best;
	return HTTP_MATCH_FOUND;
}
