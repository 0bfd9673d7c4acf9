/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_search.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* One line for each pair of spellings, folded, words parted by one blank. A form may stand in several pairs.
 */
static const struct {
	const char *brief, *full;
} ABBREVIATIONS[] = {
    {"attt", "an toan thong tin"},
    {"anm", "an ninh mang"},
    {"bcd", "ban chi dao"},
    {"btv", "ban thuong vu"},
    {"cbcc", "can bo cong chuc"},
    {"cbccvc", "can bo cong chuc vien chuc"},
    {"cds", "chuyen doi so"},
    {"cnscd", "cong nghe so cong dong"},
    {"cntt", "cong nghe thong tin"},
    {"cqtt", "co quan thuong truc"},
    {"csdl", "co so du lieu"},
    {"dmst", "doi moi sang tao"},
    {"dn", "doanh nghiep"},
    {"dvc", "dich vu cong"},
    {"dvctt", "dich vu cong truc tuyen"},
    {"gddt", "giao duc dao tao"},
    {"gddt", "giao duc va dao tao"},
    {"hdnd", "hoi dong nhan dan"},
    {"hs", "ho so"},
    {"htx", "hop tac xa"},
    {"khcn", "khoa hoc cong nghe"},
    {"khcn", "khoa hoc va cong nghe"},
    {"kh cn", "khoa hoc cong nghe"},
    {"kh cn", "khoa hoc va cong nghe"},
    {"kt ht dt", "kinh te ha tang va do thi"},
    {"ktxh", "kinh te xa hoi"},
    {"kt xh", "kinh te xa hoi"},
    {"mttq", "mat tran to quoc"},
    {"nq", "nghi quyet"},
    {"pakn", "phan anh kien nghi"},
    {"tdp", "to dan pho"},
    {"thcs", "trung hoc co so"},
    {"tthc", "thu tuc hanh chinh"},
    {"ttpvhcc", "trung tam phuc vu hanh chinh cong"},
    {"pvhcc", "phuc vu hanh chinh cong"},
    {"ubkt", "uy ban kiem tra"},
    {"ubnd", "uy ban nhan dan"},
    {"vh xh", "van hoa xa hoi"},
    {"vhxh", "van hoa xa hoi"},
    {"vp", "van phong"},
};

/* How many of the words at `words` the phrase takes when they begin with it; 0 where they do not. */
static guint
phrase_length(const char *phrase, const char *const *words, guint n_words)
{
	guint taken = 0;

	while (*phrase != '\0') {
		size_t len = strcspn(phrase, " ");

		if (taken == n_words || strlen(words[taken]) != len ||
		    strncmp(words[taken], phrase, len) != 0)
			return 0;
		taken++;
		phrase += len;
		phrase += *phrase == ' ';
	}
	return taken;
}

static void
add_term(GPtrArray *terms, const char *term)
{
	for (guint i = 0; i < terms->len; i++)
		if (strcmp(g_ptr_array_index(terms, i), term) == 0)
			return;
	g_ptr_array_add(terms, g_strdup(term));
}

static guint
longest_match(const char *const *words, guint n_words)
{
	guint longest = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(ABBREVIATIONS); i++) {
		longest = MAX(longest, phrase_length(ABBREVIATIONS[i].brief, words, n_words));
		longest = MAX(longest, phrase_length(ABBREVIATIONS[i].full, words, n_words));
	}
	return longest;
}

/* Adds the other spellings of a form; those of its full form too ("khcn" → "khoa hoc cong nghe" → "kh cn").
 */
static void
add_spellings(GPtrArray *terms, const char *form)
{
	add_term(terms, form);
	for (guint known = terms->len - 1; known < terms->len; known++) {
		for (size_t i = 0; i < G_N_ELEMENTS(ABBREVIATIONS); i++) {
			const char *term = g_ptr_array_index(terms, known);

			if (strcmp(ABBREVIATIONS[i].brief, term) == 0)
				add_term(terms, ABBREVIATIONS[i].full);
			else if (strcmp(ABBREVIATIONS[i].full, term) == 0)
				add_term(terms, ABBREVIATIONS[i].brief);
		}
	}
}

guint
task_search_expand(const char *const *words, guint n_words, GPtrArray *terms)
{
	guint taken = longest_match(words, n_words);
	g_autoptr(GString) form = g_string_new(words[0]);

	for (guint i = 1; i < taken; i++)
		g_string_append_printf(form, " %s", words[i]);
	add_spellings(terms, form->str);
	return MAX(taken, 1);
}

/* Cuts folded text into words of letters and digits, as the full-text tokenizer does. */
static GPtrArray *
words_of(const char *folded)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (const char *at = folded; *at != '\0';) {
		const char *end = at;

		while (*end != '\0' && g_unichar_isalnum(g_utf8_get_char(end)))
			end = text_next(end);
		if (end > at && words->len < TASK_SEARCH_MAX_TERMS)
			g_ptr_array_add(words, g_strndup(at, (gsize)(end - at)));
		at = *end != '\0' && end == at ? text_next(end) : end;
	}
	return words;
}

static void
append_terms(GString *out, const GPtrArray *terms, bool is_last)
{
	g_string_append(out, terms->len > 1 ? "(" : "");
	for (guint i = 0; i < terms->len; i++) {
		g_string_append_printf(out, "%s\"%s\"", i > 0 ? " OR " : "", (const char *)terms->pdata[i]);
		if (is_last && i == 0)
			g_string_append(out, " *");
	}
	g_string_append(out, terms->len > 1 ? ")" : "");
}

char *
task_search_expression(const char *query)
{
	g_autofree char *folded = text_fold_vi(query);
	g_autoptr(GPtrArray) words = words_of(folded);
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < words->len;) {
		g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);

		i += task_search_expand((const char *const *)words->pdata + i, words->len - i, terms);
		g_string_append(out, out->len > 0 ? " AND " : "");
		append_terms(out, terms, i >= words->len);
	}
	return g_string_free(out, out->len == 0);
}
