/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/query.h"

#include "base/app-error.h"
#include "base/date.h"

#include <string.h>

bool
http_valid_int(const HttpField *field, HttpValue *value)
{
	return g_ascii_string_to_signed(value->text, 10, field->min, field->max, &value->number, NULL);
}

bool
http_valid_text(const HttpField *field, HttpValue *value)
{
	return g_utf8_strlen(value->text, -1) <= field->max;
}

bool
http_valid_date(const HttpField *field, HttpValue *value)
{
	int32_t day;

	(void)field;
	if (!date_parse_iso(value->text, &day))
		return false;
	value->number = day;
	return true;
}

bool
http_valid_word(const HttpField *field, HttpValue *value)
{
	for (size_t i = 0; field->words[i] != NULL; i++) {
		if (strcmp(field->words[i], value->text) == 0) {
			value->number = (int64_t)i;
			return true;
		}
	}
	return false;
}

static const HttpField *
find_field(const HttpField *fields, size_t n_fields, const char *name, size_t *ret_key)
{
	for (size_t i = 0; i < n_fields; i++) {
		if (strcmp(fields[i].name, name) == 0) {
			*ret_key = i;
			return &fields[i];
		}
	}
	return NULL;
}

static bool
refuse(HttpRequest *request, const HttpField *field, const char *what, GError **error)
{
	request->problem = arena_printf(request->arena, "Mục “%s” %s.", field->label, what);
	g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "the field %s of the query is wrong", field->name);
	return false;
}

static bool
parse_pairs(const HttpField *fields, size_t n_fields, HttpRequest *request, const HttpPair *pairs,
    size_t n_pairs, HttpValue *values, GError **error)
{
	memset(values, 0, n_fields * sizeof(*values));
	for (size_t i = 0; i < n_pairs; i++) {
		const HttpPair *pair = &pairs[i];
		size_t key = 0;
		const HttpField *field = find_field(fields, n_fields, pair->name, &key);

		if (field == NULL || *pair->value == '\0')
			continue;
		if (values[key].is_set)
			return refuse(request, field, "được nhập hai lần", error);
		values[key].text = pair->value;
		if (!field->validator(field, &values[key]))
			return refuse(request, field, "có giá trị không hợp lệ", error);
		values[key].is_set = true;
	}
	return true;
}

bool
http_query_parse(
    const HttpField *fields, size_t n_fields, HttpRequest *request, HttpValue *values, GError **error)
{
	return parse_pairs(fields, n_fields, request, request->query, request->n_query, values, error);
}

bool
http_form_parse(
    const HttpField *fields, size_t n_fields, HttpRequest *request, HttpValue *values, GError **error)
{
	return parse_pairs(fields, n_fields, request, request->form, request->n_form, values, error);
}
