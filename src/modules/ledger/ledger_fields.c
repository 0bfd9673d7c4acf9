/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/ledger/ledger_pages.h"

#include <string.h>

/* States are flat objects that the program itself wrote: what is read here needs no more than that. Anything
 * else ends the reading, and what was read so far is shown. */

#define FIELDS_MAX 64

typedef struct Pair {
	const char *key, *value;
} Pair;

static const struct {
	const char *key, *label;
} LABELS[] = {
    {"action", "Việc"},
    {"bytes", "Số byte"},
    {"code", "Mã"},
    {"counting", "Lần sửa đang tính"},
    {"draft_id", "Bản nháp"},
    {"duties", "Trách nhiệm"},
    {"edits", "Lần sửa"},
    {"errors", "Lỗi"},
    {"file_name", "Tên tệp"},
    {"file_sha256", "Mã băm của tệp"},
    {"files", "Số tệp"},
    {"format", "Dạng"},
    {"identity", "Kế hoạch"},
    {"indicators", "Chỉ tiêu"},
    {"last_edit", "Lần sửa cuối"},
    {"message", "Thông báo"},
    {"migrations", "Bước nâng cấp"},
    {"name", "Tên"},
    {"path", "Trang"},
    {"plan_id", "Kế hoạch số"},
    {"printed", "Cách viết"},
    {"province", "Tỉnh, thành phố"},
    {"public_key", "Khóa công khai"},
    {"query", "Điều kiện"},
    {"rows", "Số dòng"},
    {"size_bytes", "Cỡ tệp (byte)"},
    {"state", "Tình trạng"},
    {"tasks", "Nhiệm vụ"},
    {"value", "Giá trị"},
    {"version", "Phiên bản"},
    {"warnings", "Cảnh báo"},
};

static const char *
label_of(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(LABELS); i++)
		if (strcmp(LABELS[i].key, key) == 0)
			return LABELS[i].label;
	return key;
}

static void
append_escape(GString *out, const char **at)
{
	static const char FROM[] = "nrtbf", TO[] = "\n\r\t\b\f";
	const char *sign = **at != '\0' ? strchr(FROM, **at) : NULL;

	if (**at == 'u' && strlen(*at) > 4) {
		g_autofree char *digits = g_strndup(*at + 1, 4);
		gunichar c = (gunichar)g_ascii_strtoull(digits, NULL, 16);

		if (g_unichar_validate(c) && c != 0)
			g_string_append_unichar(out, c);
		*at += 4;
	} else if (sign != NULL) {
		g_string_append_c(out, TO[sign - FROM]);
	} else if (**at != '\0') {
		g_string_append_c(out, **at);
	}
}

/* Reads a string behind its opening quote; *at moves behind the closing one. */
static const char *
read_string(Arena *arena, const char **at)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; **at != '\0' && **at != '"'; ++*at) {
		if (**at == '\\') {
			++*at;
			append_escape(out, at);
			if (**at == '\0')
				break;
		} else {
			g_string_append_c(out, **at);
		}
	}
	*at += **at == '"';
	return arena_strdup(arena, out->str);
}

/* A number, a word, or something with brackets, as it stands. */
static const char *
read_plain(Arena *arena, const char **at)
{
	const char *start = *at;
	int depth = 0;

	for (; **at != '\0' && (depth > 0 || (**at != ',' && **at != '}')); ++*at)
		depth += (**at == '{' || **at == '[') - (**at == '}' || **at == ']');
	if (g_str_has_prefix(start, "null"))
		return NULL;
	return arena_strndup(arena, start, (size_t)(*at - start));
}

static size_t
read_pairs(Arena *arena, const char *state, Pair *pairs)
{
	const char *at = state;
	size_t n = 0;

	if (at == NULL || *at++ != '{')
		return 0;
	while (n < FIELDS_MAX && *at == '"') {
		at++;
		pairs[n].key = read_string(arena, &at);
		if (*at++ != ':')
			break;
		if (*at == '"') {
			at++;
			pairs[n].value = read_string(arena, &at);
		} else {
			pairs[n].value = read_plain(arena, &at);
		}
		n++;
		if (*at++ != ',')
			break;
	}
	return n;
}

static const char *
find(const Pair *pairs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].key, key) == 0)
			return pairs[i].value;
	return NULL;
}

LedgerField *
ledger_fields(Arena *arena, const char *before, const char *after, size_t *ret_n)
{
	Pair old[FIELDS_MAX], new[FIELDS_MAX];
	size_t n_old = read_pairs(arena, before, old), n_new = read_pairs(arena, after, new), n = 0;
	LedgerField *fields = arena_array(arena, LedgerField, n_old + n_new + 1);

	for (size_t i = 0; i < n_new; i++) {
		const char *was = find(old, n_old, new[i].key);

		if (g_strcmp0(was, new[i].value) != 0 && (was != NULL || *new[i].value != '\0'))
			fields[n++] = (LedgerField){label_of(new[i].key), was, new[i].value};
	}
	for (size_t i = 0; i < n_old; i++)
		if (find(new, n_new, old[i].key) == NULL && old[i].value != NULL &&
		    (n_new == 0 || strcmp(old[i].key, "value") == 0))
			fields[n++] = (LedgerField){label_of(old[i].key), old[i].value, NULL};
	*ret_n = n;
	return fields;
}
