/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/docnumbers.h"

#include "compiler/check/locate.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Kinds of documents: Nghị định 30/2020/NĐ-CP phụ lục III, Hướng dẫn 36-HD/VPTW. Folded. */
static const char *const KINDS[] = {"nq", "nqlt", "qd", "qdi", "ct", "ctr", "kh", "kl", "tb", "bc", "hd",
    "qc", "tt", "nd", "cv", "da", "pa", "luat", "pl", "l", "ttr", "cd"};

static bool
is_kind(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (strcmp(KINDS[i], code) == 0)
			return true;
	return false;
}

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* Reads a code of at least two capitals ("NQ", "TTg", "BGDĐT", "QH15"); NULL where there is none. */
static const char *
read_code(const char *p, GString *out)
{
	unsigned n_upper = 0;

	for (; *p != '\0'; p = text_next(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!g_unichar_isalnum(c) || (n_upper == 0 && !g_unichar_isupper(c)))
			break;
		n_upper += g_unichar_isupper(c) ? 1 : 0;
		g_string_append_unichar(out, c);
	}
	return n_upper >= 2 ? p : NULL;
}

static const char *
read_mark(const char *p, char *ret_mark)
{
	p = skip_blanks(p);
	if (g_str_has_prefix(p, "–")) {
		*ret_mark = '-';
		return skip_blanks(p + strlen("–"));
	}
	if (*p != '-' && *p != '/')
		return NULL;
	*ret_mark = *p;
	return skip_blanks(p + 1);
}

static bool
follows_so(const char *text, const char *p)
{
	g_autofree char *before = NULL, *folded = NULL;

	while (p > text && (p[-1] == ' ' || p[-1] == ':'))
		p--;
	if (p - text < 2)
		return false;
	before = g_strndup(text, (gsize)(p - text));
	folded = text_fold_vi(before);
	return g_str_has_suffix(folded, " so") || strcmp(folded, "so") == 0;
}

size_t
lint_read_date(const char *p, PartialDate *ret_date)
{
	const char *start = p;
	int parts[3];

	for (int i = 0; i < 3; i++) {
		size_t n = strspn(p, "0123456789");

		if (n == 0 || (i < 2 ? n > 2 : n != 4))
			return 0;
		parts[i] = (int)strtol(p, NULL, 10);
		p += n;
		if (i < 2 && *p++ != '/')
			return 0;
	}
	*ret_date =
	    (PartialDate){.year = (int16_t)parts[2], .month = (int8_t)parts[1], .day = (int8_t)parts[0]};
	return (size_t)(p - start);
}

/* The date that follows a number: " ngày 09/01/2025", ", ngày …". */
static PartialDate
date_after(const char *p)
{
	PartialDate date = {0};

	while (*p == ' ' || *p == ',')
		p++;
	if (g_str_has_prefix(p, "ngày"))
		p = skip_blanks(p + strlen("ngày"));
	else
		return date;
	return lint_read_date(p, &date) > 0 ? date : (PartialDate){0};
}

typedef struct Scan {
	LintContext *lint;
	GArray *found;
} Scan;

static void
keep_number(Scan *scan, DocNumber number, const char *digits, const char *a, const char *b)
{
	Arena *arena = scan->lint->scratch;
	g_autofree char *first = text_fold_vi(a), *second = text_fold_vi(b);

	number.is_swapped = !is_kind(first) && is_kind(second);
	if (!is_kind(first) && !is_kind(second))
		return;
	number.type = arena_strdup(arena, number.is_swapped ? b : a);
	number.issuer = arena_strdup(arena, number.is_swapped ? a : b);
	number.key = arena_printf(arena, "%s %s %s", digits, number.is_swapped ? second : first,
	    number.is_swapped ? first : second);
	g_array_append_val(scan->found, number);
}

/* Reads one number at `p`, which stands on a digit or, where the number is blank, on its mark. */
static const char *
read_number(Scan *scan, const PlanBlock *block, const char *p)
{
	g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
	size_t n_digits = strspn(p, "0123456789");
	const char *q = p + n_digits, *digits_end = q, *after;
	DocNumber number = {.block = block, .offset = (size_t)(p - block->text), .is_blank = n_digits == 0};
	char second_mark = 0;
	g_autofree char *digits = NULL;

	if (n_digits > 0 && *q == '/' && strspn(q + 1, "0123456789") == 4) {
		number.has_year = true;
		digits_end = q += 5;
	}
	if ((q = read_mark(q, &number.first_mark)) == NULL || (q = read_code(q, first)) == NULL)
		return NULL;
	after = read_mark(q, &second_mark);
	if (after == NULL || (after = read_code(after, second)) == NULL)
		return NULL;
	number.len = (size_t)(after - p);
	number.date = date_after(after);
	digits = g_strndup(p, (gsize)(digits_end - p));
	number.printed = arena_printf(scan->lint->scratch, "%s%c%s%c%s", digits, number.first_mark,
	    first->str, second_mark, second->str);
	number.is_own_blank = number.is_blank && strcmp(first->str, "KH") == 0 && follows_so(block->text, p);
	keep_number(scan, number, digits, first->str, second->str);
	return after;
}

static void
scan_block(LintContext *lint, const PlanBlock *block, void *data)
{
	const char *p = block->text;

	(void)lint;
	while (*p != '\0') {
		bool is_start = p == block->text || p[-1] == ' ' || p[-1] == '(';
		bool is_number = g_ascii_isdigit(*p), is_blank = (*p == '-' || *p == '/') && p[1] != ' ';
		const char *after = is_start && (is_number || is_blank) ? read_number(data, block, p) : NULL;

		p = after != NULL ? after : p + 1;
	}
}

const GArray *
lint_doc_numbers(LintContext *lint)
{
	if (lint->doc_numbers == NULL) {
		Scan scan = {.lint = lint, .found = g_array_new(FALSE, FALSE, sizeof(DocNumber))};

		lint_each_block(lint, scan_block, &scan);
		lint->doc_numbers = scan.found;
	}
	return lint->doc_numbers;
}

SourceSpan
lint_doc_number_place(const LintContext *lint, const DocNumber *number)
{
	return lint_locate(lint->plan, number->block, number->offset, number->len);
}
