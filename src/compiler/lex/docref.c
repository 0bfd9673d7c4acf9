/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/docref.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/marker.h"

#include <string.h>

/* Kinds of documents as both families name them; longer ones first. */
static const struct {
	const char *fold, *name;
} TYPES[] = {{"ke hoach hanh dong", "Kế hoạch hành động"}, {"ke hoach", "Kế hoạch"},
    {"chuong trinh hanh dong", "Chương trình hành động"}, {"chuong trinh cong tac", "Chương trình công tác"},
    {"chuong trinh", "Chương trình"}, {"nghi quyet", "Nghị quyết"}, {"quyet dinh", "Quyết định"},
    {"thong bao ket luan", "Thông báo kết luận"}, {"thong bao", "Thông báo"}, {"ket luan", "Kết luận"},
    {"chi thi", "Chỉ thị"}, {"thong tu", "Thông tư"}, {"nghi dinh", "Nghị định"}, {"luat", "Luật"},
    {"huong dan", "Hướng dẫn"}, {"cong van", "Công văn"}, {"de an", "Đề án"}, {"quy dinh", "Quy định"},
    {"quy che", "Quy chế"}, {"chi dan", "Chỉ dẫn"}, {"cong dien", "Công điện"}, {"to trinh", "Tờ trình"}};

/* What ends the name of an issuer. */
static const char *const ISSUER_STOPS[] = {"ve", "ban hanh", "phe duyet", "sua doi", "thuc hien",
    "tren dia ban", "trien khai", "va nghi quyet", "va ke hoach", "va chuong trinh", "va cac", "quy dinh",
    "huong dan", "giai doan", "nham", "xay dung", "thong qua", "tai"};

const char *
docref_type_at(const Folded *folded, size_t at, size_t *ret_len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(TYPES); i++) {
		if (!folded_has_phrase(folded, at, TYPES[i].fold))
			continue;
		*ret_len = strlen(TYPES[i].fold);
		return TYPES[i].name;
	}
	return NULL;
}

static size_t
skip_digits(const Folded *folded, size_t at)
{
	while (g_ascii_isdigit(folded->fold[at]))
		at++;
	return at;
}

/* "NQ/TW", "KH-UBND", "ĐU/KH", "2025/TT-BGDĐT": capital groups joined by "-" and "/", blanks around the
 * joins. */
static size_t
skip_symbol(const Folded *folded, size_t at)
{
	size_t end = at, groups = 0;

	for (;;) {
		size_t start = at;

		while (g_ascii_isalnum(folded->fold[at]) &&
		       (g_ascii_isdigit(folded->fold[at]) ||
			   starts_upper(folded->text + folded->origin[at]) || at > start))
			at++;
		if (at == start || !(starts_upper(folded->text + folded->origin[start]) ||
				       g_ascii_isdigit(folded->fold[start])))
			break;
		end = at;
		groups++;
		at = folded_skip_blanks(folded, at, folded->len);
		if (folded->fold[at] != '-' && folded->fold[at] != '/')
			break;
		at = folded_skip_blanks(folded, at + 1, folded->len);
	}
	return groups >= 1 ? end : 0;
}

char *
docref_read_number(Arena *arena, const Folded *folded, size_t *at, bool *ret_is_blank)
{
	size_t start = folded_skip_blanks(folded, *at, folded->len), digits = skip_digits(folded, start),
	       join = folded_skip_blanks(folded, digits, folded->len), end;
	char *number;
	size_t kept = 0;

	*ret_is_blank = false;
	if (folded->fold[join] != '-' && folded->fold[join] != '/')
		return NULL;
	end = skip_symbol(folded, folded_skip_blanks(folded, join + 1, folded->len));
	if (end == 0 || !starts_upper(folded->text + folded->origin[end - 1]))
		return NULL;
	*at = end;
	if (digits == start) {
		*ret_is_blank = true;
		return NULL;
	}
	number = arena_strndup(
	    arena, folded->text + folded->origin[start], folded->origin[end] - folded->origin[start]);
	for (char *p = number; *p != '\0'; p++)
		if (*p != ' ')
			number[kept++] = *p;
	number[kept] = '\0';
	return number;
}

PlanFamily
docref_family(const char *number)
{
	const char *join = number != NULL ? strpbrk(number, "-/") : NULL;

	if (join == NULL)
		return PLAN_FAMILY_UNKNOWN;
	return *join == '/' ? PLAN_FAMILY_STATE : PLAN_FAMILY_PARTY;
}

static bool
is_issuer_stop(const Folded *folded, size_t at)
{
	if (strchr(",;.:()", folded->fold[at]) != NULL)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(ISSUER_STOPS); i++)
		if (folded_has_phrase(folded, at, ISSUER_STOPS[i]))
			return true;
	return false;
}

/* "của Ban Thường vụ Thành ủy" directly behind the number and date. */
static char *
read_issuer(Arena *arena, const Folded *folded, size_t *at)
{
	size_t start = folded_skip_blanks(folded, *at, folded->len), end;

	if (!folded_has_phrase(folded, start, "cua"))
		return NULL;
	start = folded_skip_blanks(folded, start + strlen("cua"), folded->len);
	for (end = start; end < folded->len && !is_issuer_stop(folded, end); end++)
		;
	*at = end;
	return folded_cut(arena, folded, start, end);
}

static bool
read_citation(Arena *arena, const Folded *folded, size_t *at, PlanCitation *citation)
{
	size_t len, i;
	const char *type = docref_type_at(folded, *at, &len);
	bool is_blank;

	if (type == NULL)
		return false;
	i = folded_skip_blanks(folded, *at + len, folded->len);
	if (folded_has_phrase(folded, i, "so"))
		i = folded_skip_blanks(folded, i + strlen("so"), folded->len);
	citation->number = docref_read_number(arena, folded, &i, &is_blank);
	if (citation->number == NULL && !is_blank)
		return false;
	citation->type = arena_strdup(arena, type);
	while (folded->fold[i] == ',' || folded->fold[i] == ' ')
		i++;
	if (folded_has_phrase(folded, i, "ngay"))
		(void)partial_date_read(folded->fold, &i, &citation->date);
	citation->issuer = read_issuer(arena, folded, &i);
	*at = i;
	return true;
}

void
docref_find(Arena *arena, const char *text, SourceSpan span, GPtrArray *citations)
{
	Folded folded = folded_new(arena, text);

	for (size_t at = 0; at < folded.len; at++) {
		PlanCitation citation = {.span = span}, *kept;
		size_t end = at;

		if (!folded_is_word_start(&folded, at) || !read_citation(arena, &folded, &end, &citation))
			continue;
		kept = arena_new0(arena, PlanCitation);
		*kept = citation;
		g_ptr_array_add(citations, kept);
		at = MAX(at, end - 1);
	}
}
