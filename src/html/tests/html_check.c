/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"

#include <string.h>

typedef struct Checker {
	GString *problems;
	GPtrArray *open; /* of char *, element names */
	GHashTable *ids;
	GPtrArray *links; /* of char *, without "#" */
} Checker;

static bool
is_void(const char *name)
{
	static const char *const VOID[] = {
	    "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"};

	for (size_t i = 0; i < G_N_ELEMENTS(VOID); i++)
		if (strcmp(VOID[i], name) == 0)
			return true;
	return false;
}

static void
close_element(Checker *checker, const char *name)
{
	const char *top =
	    checker->open->len == 0 ? "nothing" : g_ptr_array_index(checker->open, checker->open->len - 1);

	if (strcmp(top, name) != 0)
		g_string_append_printf(checker->problems, "</%s> closes %s\n", name, top);
	else
		g_ptr_array_set_size(checker->open, (int)checker->open->len - 1);
}

static void
check_attribute(Checker *checker, const char *name, const char *value)
{
	if (strcmp(name, "id") == 0 && !g_hash_table_add(checker->ids, g_strdup(value)))
		g_string_append_printf(checker->problems, "id \"%s\" is used twice\n", value);
	if (strcmp(name, "href") == 0 && value[0] == '#' && value[1] != '\0')
		g_ptr_array_add(checker->links, g_uri_unescape_string(value + 1, NULL));
	if (strcmp(name, "style") == 0 || g_str_has_prefix(name, "on"))
		g_string_append_printf(checker->problems, "inline %s=\"%s\"\n", name, value);
}

/* Reads name="value" or name from *p, which stands on the name. */
static void
take_attribute(Checker *checker, const char **p)
{
	size_t len = strcspn(*p, "= \n\t/>");
	g_autofree char *name = g_strndup(*p, len);
	g_autofree char *value = NULL;

	*p += len;
	if (**p == '=') {
		char quote = (*p)[1];
		const char *end = quote == '"' || quote == '\'' ? strchr(*p + 2, quote) : NULL;

		if (end == NULL) {
			g_string_append_printf(checker->problems, "unquoted %s\n", name);
			*p += strcspn(*p, " \n\t>");
			return;
		}
		value = g_strndup(*p + 2, (gsize)(end - *p - 2));
		*p = end + 1;
	}
	check_attribute(checker, name, value == NULL ? "" : value);
}

static const char *
take_tag(Checker *checker, const char *p)
{
	bool is_end = p[1] == '/', is_closed = false;
	size_t len;
	g_autofree char *name = NULL;

	p += is_end ? 2 : 1;
	len = strcspn(p, " \n\t/>");
	name = g_ascii_strdown(p, (gssize)len);
	for (p += len; *p != '\0' && *p != '>';) {
		is_closed = *p == '/';
		if (strchr(" \n\t/", *p) != NULL)
			p++;
		else
			take_attribute(checker, &p);
	}
	if (is_end)
		close_element(checker, name);
	else if (!is_void(name) && !is_closed)
		g_ptr_array_add(checker->open, g_steal_pointer(&name));
	return *p == '>' ? p + 1 : p;
}

bool
html_check(const char *page, GString *problems)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Checker checker = {.problems = problems, .open = open, .ids = ids, .links = links};
	gsize before = problems->len;

	for (const char *p = strchr(page, '<'); p != NULL; p = strchr(p, '<'))
		p = p[1] == '!' ? p + 1 : take_tag(&checker, p);
	for (guint i = 0; i < open->len; i++)
		g_string_append_printf(
		    problems, "<%s> is not closed\n", (const char *)g_ptr_array_index(open, i));
	for (guint i = 0; i < links->len; i++) {
		const char *id = g_ptr_array_index(links, i);

		if (id == NULL || !g_hash_table_contains(ids, id))
			g_string_append_printf(problems, "no element has the id of href=\"#%s\"\n", id);
	}
	return problems->len == before;
}

void
html_check_assert(const char *page)
{
	g_autoptr(GString) problems = g_string_new(NULL);

	if (!html_check(page, problems))
		g_error("%s", problems->str);
}

/* The content of a page, without the frame, whose links hold hashes of the static files. */
static char *
main_of(const char *page)
{
	const char *begin = strstr(page, "<main"), *end = strstr(page, "</main>");

	g_assert_nonnull(begin);
	g_assert_nonnull(end);
	return g_strndup(begin, (gsize)(end - begin));
}

void
html_check_golden(const char *page, const char *path)
{
	g_autofree char *got = main_of(page);
	g_autofree char *want = NULL;
	g_autoptr(GError) error = NULL;

	if (g_getenv("UPDATE_GOLDEN") != NULL) {
		g_file_set_contents(path, got, -1, &error);
		g_assert_no_error(error);
	}
	g_file_get_contents(path, &want, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(got, ==, want);
}
