/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/prose.h"

#include "base/text.h"
#include "compiler/lex/marker.h"

#include <string.h>

#define LONGEST_AGENCY 40 /* words: a committee's name carries its whole field */

/* What headings print in front of the agency, folded. */
static const char *const HEADING_LEADS[] = {
    "trach nhiem cua", "nhiem vu cua", "doi voi", "giao", "de nghi", "phan cong", "yeu cau"};

/* Titles of whole sections that begin like an agency ("Tổ chức thực hiện"). */
static const char *const NOT_AGENCIES[] = {
    "to chuc thuc hien", "phan cong", "to chuc trien khai", "co che", NULL};

/* Verbs that follow the agency in a duty's own text, folded. */
static const char *const DUTY_VERBS[] = {"chu tri", "phoi hop", "phan cong", "giao", "yeu cau", "de nghi",
    "gui", "thuong xuyen", "kip thoi", "lanh dao", "chi dao", "quyet dinh", "tham muu", "can cu",
    "co trach nhiem", "chiu trach nhiem", "chu dong", "thuc hien", "trien khai", "xay dung", "to chuc",
    "tang cuong", "huong dan", "theo doi", "tiep tuc", "bo tri", "ra soat", "quan triet", "day manh",
    "lam dau moi", "la co quan", "la dau moi", "giup", "dinh ky", "phat huy", "tuyen truyen", "bao cao",
    "kiem tra"};

static size_t
skip_lead(const Folded *folded, size_t at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(HEADING_LEADS); i++)
		if (folded_has_phrase(folded, at, HEADING_LEADS[i]))
			return folded_next_word(folded, at + strlen(HEADING_LEADS[i]));
	return at;
}

/* "Văn phòng Đảng ủy - Cơ quan Thường trực …": the role behind the dash is no part of the name. */
static size_t
name_end(const Folded *folded, size_t from)
{
	size_t role = folded_find(folded, from, "- co quan thuong truc");
	size_t parenthesis = from + strcspn(folded->fold + from, "(:");

	return MIN(MIN(role, parenthesis), folded->len);
}

char *
agency_of_heading(Plan *plan, const char *title)
{
	Folded folded = folded_new(plan->arena, title);
	size_t from = skip_lead(&folded, 0), to = name_end(&folded, from);

	if (folded_has_any(&folded, NOT_AGENCIES) || !agency_starts_at(&folded, from, false) ||
	    folded_count_words(&folded, from, to) > LONGEST_AGENCY)
		return NULL;
	return folded_cut(plan->arena, &folded, from, to);
}

size_t
duty_name_end(const Folded *folded, size_t from)
{
	for (size_t at = from; at < folded->len && folded_count_words(folded, from, at) <= LONGEST_AGENCY;
	     at++) {
		if (folded->fold[at] == ':')
			return at;
		if (folded->fold[at] == '.' || folded->fold[at] == ';')
			return SIZE_MAX;
		if (!folded_is_word_start(folded, at) || !starts_lower(folded->text + folded->origin[at]))
			continue;
		for (size_t i = 0; i < G_N_ELEMENTS(DUTY_VERBS); i++)
			if (folded_has_phrase(folded, at, DUTY_VERBS[i]))
				return at;
	}
	return SIZE_MAX;
}

char *
agency_of_text(Plan *plan, const char *text)
{
	Folded folded = folded_new(plan->arena, text);
	size_t from = skip_lead(&folded, 0), end;

	if (!agency_starts_at(&folded, from, true))
		return NULL;
	end = duty_name_end(&folded, from);
	if (end == SIZE_MAX || end == from || agency_foreign_words(&folded, from, end) > 3)
		return NULL;
	return folded_cut(plan->arena, &folded, from, end);
}

void
lower_duty(Plan *plan, AgencyTable *agencies, const Paragraph *paragraph, const PlanSection *section,
    const char *bearer)
{
	/* Under one agency's heading everything is its duty; under "Các chi bộ trực thuộc" a bullet may name
	 * its own. */
	bool is_collective = bearer == NULL || text_fold_has_prefix(bearer, "cac ", NULL);
	char *own = is_collective ? agency_of_text(plan, paragraph->text) : NULL;
	const char *agency = own != NULL ? own : bearer;
	PlanDuty *duty;

	if (agency == NULL)
		return;
	duty = arena_new0(plan->arena, PlanDuty);
	duty->agency = *agency_resolve(agencies, agency);
	duty->section = section != NULL ? section->path : NULL;
	duty->text = paragraph->text;
	duty->span = paragraph->span;
	g_ptr_array_add(plan->duties, duty);
}
