/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/link.h"

#include "html/html.h"

#include <string.h>

static const LinkParam *
find_param(const LinkParam *params, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(params[i].name, name) == 0)
			return &params[i];
	return NULL;
}

static void
put_param(GString *out, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	g_string_append_c(out, strchr(out->str, '?') == NULL ? '?' : '&');
	html_percent(out, name);
	g_string_append_c(out, '=');
	html_percent(out, value);
}

char *
link_with(Arena *arena, const LinkBase *base, const LinkParam *changes, size_t n_changes)
{
	g_autoptr(GString) out = g_string_new(base->path);

	for (size_t i = 0; i < base->n_params; i++) {
		const LinkParam *param = &base->params[i];
		const LinkParam *change = find_param(changes, n_changes, param->name);

		put_param(out, param->name, change != NULL ? change->value : param->value);
	}
	for (size_t i = 0; i < n_changes; i++)
		if (find_param(base->params, base->n_params, changes[i].name) == NULL)
			put_param(out, changes[i].name, changes[i].value);
	return arena_strndup(arena, out->str, out->len);
}

const char *
link_value(const LinkBase *base, const char *name)
{
	const LinkParam *param = find_param(base->params, base->n_params, name);

	return param != NULL && param->value != NULL && param->value[0] != '\0' ? param->value : NULL;
}
