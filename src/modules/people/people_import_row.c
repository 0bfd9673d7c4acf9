/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/people_import_row.h"

#include "base/date.h"
#include "base/text.h"
#include "modules/agency/agency.h"

#include <stdio.h>
#include <string.h>

void
people_import_blame(PeopleRun *run, PeopleRowRun *at, PeopleColumn column, const char *message)
{
	at->has_problem = true;
	people_sheet_blame(run->sheet, at->row->number, column, message);
}

/* 15/12/2026, 15-12-2026 or 2026-12-15. */
static bool
read_day(const char *text, int32_t *ret_day)
{
	int day, month, year, n = 0;

	if (date_parse_iso(text, ret_day))
		return true;
	if (sscanf(text, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &day, &month, &year, &n) != 3 ||
	    (size_t)n != strlen(text))
		return false;
	*ret_day = date_from_ymd(year, month, day);
	return *ret_day != DATE_NONE && *ret_day > AGENCY_SINCE_EVER;
}

static IdentityRank
rank_of(const char *text, const char *position)
{
	g_autofree char *folded = text_fold_vi(text);

	if (*folded == '\0')
		return identity_rank_guess(position);
	for (int rank = IDENTITY_HEAD; rank < IDENTITY_RANK_MAX; rank++) {
		g_autofree char *label = text_fold_vi(IDENTITY_RANK_LABELS[rank]);

		if (strcmp(folded, label) == 0)
			return (IdentityRank)rank;
	}
	return strcmp(folded, "thanh vien") == 0 ? IDENTITY_MEMBER : IDENTITY_RANK_MAX;
}

bool
people_import_read_row(PeopleRun *run, PeopleRowRun *at, GError **error)
{
	const char *const *cells = at->row->cells;

	if (*cells[PEOPLE_UNIT] != '\0') {
		if (!agency_find_by_name(run->scope->db, run->scope->commune_id, &run->book,
			cells[PEOPLE_UNIT], run->today, &at->agency_id, error))
			return false;
		if (at->agency_id == 0)
			people_import_blame(run, at, PEOPLE_UNIT,
			    "Không có đơn vị nào tên như vậy; hãy chọn trong danh sách hoặc thêm đơn vị "
			    "trước.");
	}
	at->rank = rank_of(cells[PEOPLE_RANK], cells[PEOPLE_POSITION]);
	if (at->rank == IDENTITY_RANK_MAX)
		people_import_blame(run, at, PEOPLE_RANK, "Ghi Người đứng đầu, Cấp phó hoặc Thành viên.");
	at->is_concurrent = *cells[PEOPLE_CONCURRENT] != '\0';
	at->since = DATE_NONE;
	if (*cells[PEOPLE_SINCE] != '\0' && !read_day(cells[PEOPLE_SINCE], &at->since))
		people_import_blame(run, at, PEOPLE_SINCE, "Ngày phải có dạng 15/12/2026.");
	return true;
}

static bool
has_same_name(const IdentityPerson *person, const char *name)
{
	g_autofree char *a = agency_name_key(person->name), *b = agency_name_key(name);

	return strcmp(a, b) == 0 && strcmp(person->name, name) == 0;
}

/* Whether one holds a post in the row's unit today, or entered it with an earlier row of this file. */
static bool
is_in_unit(PeopleRun *run, const IdentityPerson *person, const PeopleRowRun *at, bool *ret_is, GError **error)
{
	IdentityRank rank = IDENTITY_RANK_MAX;

	if (at->agency_id != 0 && !identity_rank_in(run->scope, &run->book, person->person_id, at->agency_id,
				      run->today, &rank, error))
		return false;
	*ret_is = rank != IDENTITY_RANK_MAX;
	return true;
}

const IdentityPerson *
people_import_find_login(const PeopleRun *run, const char *login)
{
	g_autofree char *small = g_ascii_strdown(login, -1);

	for (guint i = 0; i < run->people->len && *small != '\0'; i++) {
		const IdentityPerson *person = g_ptr_array_index(run->people, i);

		if (strcmp(person->login, small) == 0)
			return person;
	}
	return NULL;
}

static bool
was_in_file(const PeopleRun *run, const IdentityPerson *person)
{
	for (size_t i = 0; i < run->out->n_results; i++)
		if (strcmp(run->out->results[i].name, person->name) == 0)
			return true;
	return false;
}

bool
people_import_find(PeopleRun *run, PeopleRowRun *at, const IdentityPerson **ret_person, GError **error)
{
	const char *name = at->row->cells[PEOPLE_NAME], *login = at->row->cells[PEOPLE_LOGIN];
	const IdentityPerson *found = people_import_find_login(run, login);
	bool is_known = false;

	for (guint i = 0; i < run->people->len && found == NULL; i++) {
		const IdentityPerson *person = g_ptr_array_index(run->people, i);

		if (!has_same_name(person, name) || (*login != '\0' && *person->login != '\0'))
			continue;
		if (!is_in_unit(run, person, at, &is_known, error))
			return false;
		if (is_known || (at->is_concurrent && was_in_file(run, person)) ||
		    (at->agency_id == 0 && *person->unit == '\0'))
			found = person;
	}
	*ret_person = found;
	return true;
}
