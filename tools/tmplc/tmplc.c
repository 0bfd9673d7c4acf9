/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/tmplc.h"

#include "tmplc/template.h"

#include <stdarg.h>

G_DEFINE_QUARK(tmplc - error - quark, tmplc_error)

bool
tmplc_fail(const TmplcSource *source, guint line, GError **error, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, TMPLC_ERROR, TMPLC_ERROR_SYNTAX, "%s:%u: %s", source->file, line, message);
	return false;
}

static void
page_free(gpointer data)
{
	Page *page = data;

	g_array_unref(page->nodes);
	g_free(page);
}

void
template_init(Template *tpl)
{
	tpl->includes = g_array_new(FALSE, FALSE, sizeof(Code));
	tpl->pages = g_ptr_array_new_with_free_func(page_free);
	tpl->markup = g_string_new(NULL);
}

void
template_clear(Template *tpl)
{
	g_array_unref(tpl->includes);
	g_ptr_array_unref(tpl->pages);
	g_string_free(tpl->markup, TRUE);
}

static bool
check_bytes(const TmplcSource *source, GError **error)
{
	const char *valid;
	guint line = 1;

	if (source->len > TMPLC_MAX_SOURCE_BYTES) {
		g_set_error(error, TMPLC_ERROR, TMPLC_ERROR_LIMIT, "%s:1: longer than %zu bytes",
		    source->file, TMPLC_MAX_SOURCE_BYTES);
		return false;
	}
	if (source->len == 0 || g_utf8_validate(source->text, (gssize)source->len, &valid))
		return true;
	for (const char *p = source->text; p < valid; p++)
		line += *p == '\n';
	return tmplc_fail(source, line, error, "the template is not UTF-8, or holds a NUL byte");
}

bool
tmplc_compile(const TmplcSource *source, const char *header, GString *ret_c, GString *ret_h, GError **error)
{
	g_auto(Template) tpl;

	template_init(&tpl);
	if (!check_bytes(source, error) || !parser_run(source, &tpl, error))
		return false;
	emitter_write_source(source, &tpl, header, ret_c);
	emitter_write_header(source, &tpl, ret_h);
	return true;
}
