/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/link/link_unit.h"

#include "base/text.h"

#include <glib.h>
#include <string.h>

#define PERCENT 100
#define PERMILLE 1000

/* Words that multiply what follows them; with their marks, for "ngàn" is not "ngân", "trăm" not "trạm". */
static const struct {
	const char *word;
	int64_t factor;
} SCALES[] = {
    {"trăm", 100},
    {"nghìn", 1000},
    {"ngàn", 1000},
    {"vạn", 10000},
    {"triệu", 1000000},
    {"tỷ", 1000000000},
    {"tỉ", 1000000000},
};

/* Spellings of the same unit; folded, words parted by one blank. What is not here is compared as it is
 * written. */
static const struct {
	const char *spelling, *unit;
} SPELLINGS[] = {
    {"tthc", "thu tuc hanh chinh"},
    {"thu tuc", "thu tuc hanh chinh"},
    {"hs", "ho so"},
    {"dn", "doanh nghiep"},
    {"htx", "hop tac xa"},
    {"csdl", "co so du lieu"},
    {"vb", "van ban"},
    {"ho gia dinh", "ho"},
    {"ho dan", "ho"},
    {"nguoi dan", "dan"},
    {"dan so", "dan"},
    {"vnd", "dong"},
    {"d", "dong"},
    {"dong viet nam", "dong"},
    {"hecta", "ha"},
    {"hec ta", "ha"},
    {"kilomet", "km"},
    {"met vuong", "m2"},
    {"phan tram", "%"},
    {"phan nghin", "‰"},
};

/* In small letters, with signs that say nothing taken out and words parted by one blank. */
static char *
words_of(const char *text)
{
	g_autofree char *small = g_utf8_strdown(text, -1);
	GString *out = g_string_new(NULL);

	for (const char *at = small; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_isalnum(c) || c == '%' || c == 0x2030 || c == '/')
			g_string_append_unichar(out, c == 0xB2 ? '2' : c);
		else if (c == '.' && g_ascii_isdigit(at[1]))
			continue; /* "1.000" */
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	g_strchomp(out->str);
	return g_string_free(out, FALSE);
}

static const char *
spelled(const char *words)
{
	for (size_t i = 0; i < G_N_ELEMENTS(SPELLINGS); i++)
		if (strcmp(SPELLINGS[i].spelling, words) == 0)
			return SPELLINGS[i].unit;
	return words;
}

/* Takes "nghin ", "1000 " from the front; gives what is left. */
static const char *
take_scale(const char *words, int64_t *factor)
{
	/* "tỷ lệ" is no thousand million. */
	while (!g_str_has_prefix(words, "tỷ lệ") && !g_str_has_prefix(words, "tỉ lệ")) {
		size_t len = strcspn(words, " ");
		g_autofree char *word = g_strndup(words, len);
		int64_t by = 0;
		gint64 number;

		for (size_t i = 0; i < G_N_ELEMENTS(SCALES); i++)
			if (strcmp(SCALES[i].word, word) == 0)
				by = SCALES[i].factor;
		if (by == 0 && g_ascii_string_to_signed(word, 10, 1, G_MAXINT32, &number, NULL))
			by = number;
		if (by == 0 || __builtin_mul_overflow(*factor, by, factor))
			return words;
		words += len;
		words += *words == ' ';
	}
	return words;
}

static const char *
kept(Arena *arena, const char *words)
{
	g_autofree char *own = text_fold_vi(words);

	return arena_strdup(arena, spelled(g_strstrip(own)));
}

/* "% dan so", "ty le %" */
static bool
read_share(Arena *arena, const char *words, LinkUnit *unit)
{
	const char *percent = strchr(words, '%'), *permille = strstr(words, "‰");
	const char *sign = percent != NULL ? percent : permille;

	if (sign == NULL)
		return false;
	unit->is_share = true;
	unit->den = percent != NULL ? PERCENT : PERMILLE;
	unit->what = kept(arena, sign + (percent != NULL ? 1 : strlen("‰")));
	return true;
}

/* Cuts "người/1000 dân", "người trên 1000 dân" in two and gives what is behind; NULL: it is no rate. */
static char *
cut_rate(char *words)
{
	static const char *const SIGNS[] = {"/", " trên "};

	for (size_t i = 0; i < G_N_ELEMENTS(SIGNS); i++) {
		char *sign = strstr(words, SIGNS[i]);

		if (sign == NULL)
			continue;
		*sign = '\0';
		return sign + strlen(SIGNS[i]);
	}
	return NULL;
}

LinkUnit
link_unit_read(Arena *arena, const char *text, const char *value)
{
	LinkUnit unit = {.what = "", .per = "", .num = 1, .den = 1};
	g_autofree char *words = words_of(text != NULL ? text : "");
	g_autofree char *folded = text_fold_vi(words);
	bool says_nothing = *words == '\0' || strcmp(folded, "ty le") == 0 || strcmp(folded, "ti le") == 0;
	char *per;

	if (says_nothing && value != NULL && strchr(value, '%') != NULL) {
		unit.is_share = true;
		unit.den = PERCENT;
		return unit;
	}
	if (read_share(arena, spelled(folded), &unit) || read_share(arena, words, &unit))
		return unit;
	per = cut_rate(words);
	if (per != NULL)
		unit.per = kept(arena, take_scale(g_strstrip(per), &unit.den));
	unit.what = kept(arena, take_scale(g_strstrip(words), &unit.num));
	return unit;
}

static bool
is_none(const LinkUnit *unit)
{
	return *unit->what == '\0' && *unit->per == '\0' && unit->num == 1 && unit->den == 1 &&
	       !unit->is_share;
}

static const char *
why_not(const LinkUnit *a, const LinkUnit *b)
{
	if (is_none(a) || is_none(b)) {
		const LinkUnit *other = is_none(a) ? b : a;

		return other->num == 1 && (other->den == 1 || other->is_share)
			   ? NULL
			   : "một bên không ghi đơn vị tính";
	}
	if (a->is_share != b->is_share || strcmp(a->per, b->per) != 0)
		return "khác đơn vị tính";
	/* "%" alone says nothing against "% dân số". */
	if (a->is_share && (*a->what == '\0' || *b->what == '\0'))
		return NULL;
	return strcmp(a->what, b->what) != 0 ? "khác đơn vị tính" : NULL;
}

bool
link_unit_compare(const LinkUnit *a, int64_t a_micro, const LinkUnit *b, int64_t b_micro, int *ret_order,
    const char **ret_why)
{
	const char *why = why_not(a, b);
	bool is_bare = is_none(a) || is_none(b);
	int64_t x, y;

	if (why == NULL && is_bare) {
		x = a_micro;
		y = b_micro;
	} else if (why == NULL &&
		   (__builtin_mul_overflow(a_micro, a->num, &x) || __builtin_mul_overflow(x, b->den, &x) ||
		       __builtin_mul_overflow(b_micro, b->num, &y) ||
		       __builtin_mul_overflow(y, a->den, &y))) {
		why = "số quá lớn";
	}
	*ret_why = why;
	if (why != NULL)
		return false;
	*ret_order = (x > y) - (x < y);
	return true;
}
