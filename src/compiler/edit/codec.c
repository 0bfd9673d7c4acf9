/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/plan_edit.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/text.h"

#include <string.h>

#define LINE_MAX_BYTES (7 * LIMIT_BLOCK_BYTES) /* three texts, every byte escaped */

/* kind, item, field, position, value, other: separated by tabs, an empty text for none. */
enum { PART_KIND, PART_ITEM, PART_FIELD, PART_POSITION, PART_VALUE, PART_OTHER, PART_MAX };

static void
append_escaped(GString *out, const char *text)
{
	for (const char *at = text != NULL ? text : ""; *at != '\0'; at++) {
		switch (*at) {
		case '\\':
			g_string_append(out, "\\\\");
			break;
		case '\t':
			g_string_append(out, "\\t");
			break;
		case '\n':
			g_string_append(out, "\\n");
			break;
		case '\r':
			g_string_append(out, "\\r");
			break;
		default:
			g_string_append_c(out, *at);
		}
	}
}

static const char *
field_word(const PlanEdit *edit)
{
	bool is_document =
	    edit->kind == PLAN_EDIT_DOCUMENT || (edit->kind == PLAN_EDIT_ACCEPT && edit->item == NULL);

	if (is_document)
		return plan_document_field_name(edit->document_field);
	if (edit->kind == PLAN_EDIT_SET || edit->kind == PLAN_EDIT_ACCEPT)
		return plan_field_name(edit->field);
	return NULL;
}

void
plan_edit_encode(const PlanEdit *edit, GString *out)
{
	const char *field = field_word(edit);

	g_string_append_printf(out, "%s\t", plan_edit_kind_name(edit->kind));
	append_escaped(out, edit->item);
	g_string_append_printf(out, "\t%s\t", field != NULL ? field : "");
	g_string_append_printf(out, "%" G_GSIZE_FORMAT "\t", edit->position);
	append_escaped(out, edit->value);
	g_string_append_c(out, '\t');
	append_escaped(out, edit->other);
}

static bool
unescape(Arena *arena, const char *text, const char **ret_text)
{
	char *copy = arena_strdup(arena, text), *to = copy;
	static const char FROM[] = "\\tnr", TO[] = "\\\t\n\r";

	for (const char *at = text; *at != '\0'; at++) {
		const char *sign;

		if (*at != '\\') {
			*to++ = *at;
			continue;
		}
		sign = at[1] != '\0' ? strchr(FROM, at[1]) : NULL;
		if (sign == NULL)
			return false;
		*to++ = TO[sign - FROM];
		at++;
	}
	*to = '\0';
	*ret_text = *copy != '\0' ? copy : NULL;
	return true;
}

static bool
read_field(const char *word, PlanEdit *edit)
{
	bool is_document =
	    edit->kind == PLAN_EDIT_DOCUMENT || (edit->kind == PLAN_EDIT_ACCEPT && edit->item == NULL);

	edit->field = PLAN_FIELD_MAX;
	edit->document_field = PLAN_DOCUMENT_MAX;
	if (is_document) {
		edit->document_field = plan_document_field_of(word);
		return edit->document_field < PLAN_DOCUMENT_MAX;
	}
	if (edit->kind != PLAN_EDIT_SET && edit->kind != PLAN_EDIT_ACCEPT)
		return *word == '\0';
	edit->field = plan_field_of(word);
	return edit->field < PLAN_FIELD_MAX || (edit->kind == PLAN_EDIT_ACCEPT && *word == '\0');
}

static bool
read_position(const char *digits, size_t *ret_position)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(digits, 10, 0, SIZE_MAX, &number, NULL))
		return false;
	*ret_position = (size_t)number;
	return true;
}

bool
plan_edit_decode(const char *line, Arena *arena, PlanEdit *ret_edit, GError **error)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *text = NULL;
	PlanEdit edit = {0};

	if (strlen(line) <= LINE_MAX_BYTES && text_ingest(line, -1, &text, NULL))
		parts = g_strsplit(text, "\t", -1);
	if (parts == NULL || g_strv_length(parts) != PART_MAX) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "không đọc được một lần sửa đã lưu");
		return false;
	}
	edit.kind = plan_edit_kind_of(parts[PART_KIND]);
	if (edit.kind == PLAN_EDIT_KIND_MAX || !unescape(arena, parts[PART_ITEM], &edit.item) ||
	    !read_field(parts[PART_FIELD], &edit) || !read_position(parts[PART_POSITION], &edit.position) ||
	    !unescape(arena, parts[PART_VALUE], &edit.value) ||
	    !unescape(arena, parts[PART_OTHER], &edit.other)) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "không đọc được một lần sửa đã lưu (\"%s\")", parts[PART_KIND]);
		return false;
	}
	*ret_edit = edit;
	return true;
}
