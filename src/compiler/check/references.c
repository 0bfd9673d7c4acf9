/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/docnumbers.h"
#include "compiler/check/rules.h"

#include <string.h>

/* How other documents are named. */

typedef struct Spelling {
	const char *printed;
	unsigned n;
	const DocNumber *first;
} Spelling;

static Spelling *
find_spelling(GArray *spellings, const DocNumber *number)
{
	Spelling fresh = {.printed = number->printed, .first = number};

	for (guint i = 0; i < spellings->len; i++) {
		Spelling *spelling = &g_array_index(spellings, Spelling, i);

		if (strcmp(spelling->printed, number->printed) == 0)
			return spelling;
	}
	g_array_append_val(spellings, fresh);
	return &g_array_index(spellings, Spelling, spellings->len - 1);
}

static void
report_spellings(LintContext *lint, const GArray *spellings)
{
	const Spelling *usual = &g_array_index(spellings, Spelling, 0);

	for (guint i = 1; i < spellings->len; i++)
		if (g_array_index(spellings, Spelling, i).n > usual->n)
			usual = &g_array_index(spellings, Spelling, i);
	for (guint i = 0; i < spellings->len; i++) {
		const Spelling *spelling = &g_array_index(spellings, Spelling, i);
		Diag *diag;

		if (spelling == usual)
			continue;
		diag = lint_add(lint, lint_doc_number_place(lint, spelling->first),
		    "Cùng một văn bản được ghi là “%s” (%u lần) và “%s” (%u lần); hãy ghi thống nhất theo "
		    "bản gốc",
		    spelling->printed, spelling->n, usual->printed, usual->n);
		lint_relate(lint, diag, lint_doc_number_place(lint, usual->first));
	}
}

void
lint_citation_inconsistent(LintContext *lint)
{
	g_autoptr(GHashTable) by_key =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	g_autoptr(GPtrArray) order = g_ptr_array_new();
	const GArray *numbers = lint_doc_numbers(lint);

	for (guint i = 0; i < numbers->len; i++) {
		const DocNumber *number = &g_array_index(numbers, DocNumber, i);
		GArray *spellings = g_hash_table_lookup(by_key, number->key);

		if (number->is_blank)
			continue;
		if (spellings == NULL) {
			spellings = g_array_new(FALSE, FALSE, sizeof(Spelling));
			g_hash_table_insert(by_key, (gpointer)(uintptr_t)number->key, spellings);
			g_ptr_array_add(order, spellings);
		}
		find_spelling(spellings, number)->n++;
	}
	for (guint i = 0; i < order->len; i++)
		report_spellings(lint, order->pdata[i]);
}

/* Party bodies put the hyphen first ("57-NQ/TW", Hướng dẫn 36-HD/VPTW), State bodies the slash ("03/NQ-CP",
 * Nghị định 30/2020/NĐ-CP). */
static const char *
wrong_form(const DocNumber *number)
{
	static const char *const PARTY[] = {"TW", "TU", "ĐU", "HU", "QU", "BCĐTW", "BCĐ", "VPTW", "ĐUK"};
	static const char *const STATE[] = {
	    "CP", "TTg", "UBND", "HĐND", "BGDĐT", "BTTTT", "BKHCN", "BNV", "BTC"};

	if (number->is_swapped)
		return "ghi cơ quan ban hành trước loại văn bản";
	for (size_t i = 0; i < G_N_ELEMENTS(PARTY); i++)
		if (strcmp(number->issuer, PARTY[i]) == 0 && number->first_mark == '/' && !number->has_year)
			return "là văn bản của Đảng, phải ghi “số-loại/cơ quan”";
	for (size_t i = 0; i < G_N_ELEMENTS(STATE); i++)
		if (strcmp(number->issuer, STATE[i]) == 0 && number->first_mark == '-')
			return "là văn bản của cơ quan nhà nước, phải ghi “số/loại-cơ quan”";
	return NULL;
}

void
lint_citation_form(LintContext *lint)
{
	const GArray *numbers = lint_doc_numbers(lint);
	g_autoptr(GHashTable) first_of = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < numbers->len; i++) {
		const DocNumber *number = &g_array_index(numbers, DocNumber, i);
		const char *problem = number->is_blank ? NULL : wrong_form(number);
		Diag *diag;

		if (problem == NULL)
			continue;
		diag = g_hash_table_lookup(first_of, number->printed);
		if (diag != NULL) {
			lint_relate(lint, diag, lint_doc_number_place(lint, number));
			continue;
		}
		diag = lint_add(lint, lint_doc_number_place(lint, number),
		    "Số, ký hiệu “%s” %s; hãy đối chiếu bản gốc", number->printed, problem);
		if (diag != NULL)
			g_hash_table_insert(first_of, (gpointer)(uintptr_t)number->printed, diag);
	}
}

void
lint_citation_incomplete(LintContext *lint)
{
	const GArray *numbers = lint_doc_numbers(lint);

	for (guint i = 0; i < numbers->len; i++) {
		const DocNumber *number = &g_array_index(numbers, DocNumber, i);

		if (number->is_blank)
			lint_add(lint, lint_doc_number_place(lint, number),
			    "%s “%s” thiếu số; hãy điền số của văn bản",
			    number->is_own_blank ? "Chỗ ghi số văn bản" : "Văn bản được dẫn",
			    number->printed);
	}
}

static bool
is_same_day(PartialDate a, PartialDate b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* One number of one kind with two dates: two documents, or a mistake. A plan may replace one of its own
 * number. */
void
lint_citation_dates_differ(LintContext *lint)
{
	const GArray *numbers = lint_doc_numbers(lint);
	g_autoptr(GHashTable) first_of = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < numbers->len; i++) {
		const DocNumber *number = &g_array_index(numbers, DocNumber, i), *first;
		Diag *diag;

		if (number->is_blank || number->date.year == 0 ||
		    g_strcmp0(number->printed, lint->plan->document.number) == 0)
			continue;
		first = g_hash_table_lookup(first_of, number->key);
		if (first == NULL) {
			g_hash_table_insert(
			    first_of, (gpointer)(uintptr_t)number->key, (gpointer)(uintptr_t)number);
			continue;
		}
		if (is_same_day(first->date, number->date))
			continue;
		diag = lint_add(lint, lint_doc_number_place(lint, number),
		    "Văn bản %s được dẫn với hai ngày khác nhau (%02d/%02d/%d và %02d/%02d/%d); hãy đối "
		    "chiếu bản gốc",
		    number->printed, number->date.day, number->date.month, number->date.year, first->date.day,
		    first->date.month, first->date.year);
		lint_relate(lint, diag, lint_doc_number_place(lint, first));
	}
}

static bool
in_basis(const Plan *plan, const char *printed)
{
	for (guint i = 0; i < plan->document.legal_basis->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(plan->document.legal_basis, i);

		if (citation->number != NULL && strcmp(citation->number, printed) == 0)
			return true;
	}
	return false;
}

/* A resolution of the Party's centre that the plan neither rests on nor carries out: often a slip in the
 * number. */
void
lint_citation_off_topic(LintContext *lint)
{
	const GArray *numbers = lint_doc_numbers(lint);

	g_hash_table_remove_all(lint->seen);
	for (guint i = 0; i < numbers->len && lint->plan->document.legal_basis->len > 0; i++) {
		const DocNumber *number = &g_array_index(numbers, DocNumber, i);

		if (number->is_blank || strcmp(number->type, "NQ") != 0 ||
		    strcmp(number->issuer, "TW") != 0 || in_basis(lint->plan, number->printed) ||
		    (lint->plan->document.title != NULL &&
			strstr(lint->plan->document.title, number->printed) != NULL))
			continue;
		lint_add(lint, lint_doc_number_place(lint, number),
		    "Nghị quyết %s không có trong căn cứ và không phải nghị quyết mà kế hoạch này thực hiện; "
		    "hãy kiểm tra có ghi nhầm số hay không",
		    number->printed);
	}
}
