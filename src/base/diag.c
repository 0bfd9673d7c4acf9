/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include "base/ceilings.h"

#include <stdarg.h>
#include <string.h>

DiagList *
diag_list_new(Arena *arena)
{
	DiagList *list = g_new0(DiagList, 1);

	list->arena = arena;
	list->items = g_ptr_array_new();
	return list;
}

void
diag_list_free(DiagList *list)
{
	if (list == NULL)
		return;
	g_ptr_array_unref(list->items);
	g_free(list);
}

Diag *
diag_add(DiagList *list, const char *rule, DiagSeverity severity, SourceSpan span, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;
	Diag *diag;

	if (list->items->len >= LIMIT_DIAGNOSTICS) {
		list->dropped++;
		return NULL;
	}
	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	diag = arena_new0(list->arena, Diag);
	diag->rule = rule;
	diag->severity = severity;
	diag->span = span;
	diag->message = arena_strdup(list->arena, message);
	g_ptr_array_add(list->items, diag);
	return diag;
}

void
diag_relate(DiagList *list, Diag *diag, SourceSpan span)
{
	SourceSpan *grown;

	if (diag == NULL)
		return;
	grown = arena_array(list->arena, SourceSpan, diag->n_related + 1);
	if (diag->n_related > 0)
		memcpy(grown, diag->related, diag->n_related * sizeof(SourceSpan));
	grown[diag->n_related++] = span;
	diag->related = grown;
}

static int
compare_uint(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
compare_diags(gconstpointer left, gconstpointer right)
{
	const Diag *a = *(Diag *const *)left, *b = *(Diag *const *)right;
	int order = compare_uint(a->span.line, b->span.line);

	if (order == 0)
		order = compare_uint(a->span.column, b->span.column);
	if (order == 0)
		order = (int)b->severity - (int)a->severity;
	return order != 0 ? order : strcmp(a->rule, b->rule);
}

void
diag_sort(DiagList *list)
{
	g_ptr_array_sort(list->items, compare_diags);
}

size_t
diag_count(const DiagList *list, DiagSeverity severity)
{
	size_t n = 0;

	for (guint i = 0; i < list->items->len; i++)
		n += ((const Diag *)g_ptr_array_index(list->items, i))->severity == severity;
	return n;
}

const char *
diag_severity_letter(DiagSeverity severity)
{
	static const char *const LETTERS[] = {[DIAG_INFO] = "I", [DIAG_WARNING] = "W", [DIAG_ERROR] = "E"};

	return LETTERS[severity];
}
