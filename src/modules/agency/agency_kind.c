/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_kind.h"

#include "base/app-error.h"
#include "base/date.h"
#include "modules/agency/agency_change_store.h"
#include "storage/txn.h"

#include <string.h>

#define UNITS_NAMED_MAX 3

DatedSpan
agency_kind_days(const AgencyKind *kind)
{
	return (DatedSpan){
	    kind->valid_from == AGENCY_SINCE_EVER ? DATE_NONE : kind->valid_from, kind->valid_to};
}

bool
agency_kind_is_on(const AgencyKind *kind, int32_t day)
{
	return dated_is_on(agency_kind_days(kind), day);
}

static bool
is_taken(const void *book, const char *word)
{
	return agency_kind_find(book, word) != NULL;
}

/* A kind of the same name that still counts when the new one begins. */
static bool
has_double(const AgencyBook *book, const AgencyKind *kind)
{
	for (size_t i = 0; i < book->n_kinds; i++)
		if (dated_is_same_name(book->kinds[i].name, kind->name) &&
		    dated_meets(agency_kind_days(&book->kinds[i]), kind->valid_from))
			return true;
	return false;
}

static const char *
check_new(const AgencyBook *book, const AgencyScope *scope, const AgencyKind *kind)
{
	const char *problem = dated_check_first_day(kind->valid_from, scope->today);

	if (*dated_word_make(book->arena, kind->name, is_taken, book) == '\0')
		return "Tên loại đơn vị: hãy ghi tên.";
	if (strlen(kind->name) > AGENCY_KIND_NAME_BYTES_MAX)
		return "Tên loại đơn vị: quá dài (tối đa 200 byte, khoảng 150 chữ).";
	if (problem != NULL)
		return problem;
	if (has_double(book, kind))
		return "Tên loại đơn vị: đã có loại cùng tên đang dùng vào ngày này.";
	if (book->n_kinds >= AGENCY_KINDS_MAX)
		return "Đã có quá nhiều loại đơn vị.";
	return dated_check_source(kind->source);
}

bool
agency_kind_add(const AgencyScope *scope, const AgencyKind *kind, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	AgencyKind added = *kind;
	AgencyBook book;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	*ret_problem = check_new(&book, scope, kind);
	if (*ret_problem != NULL)
		return true;
	added.kind = dated_word_make(scope->arena, kind->name, is_taken, &book);
	added.valid_to = DATE_NONE;
	added.position = 0;
	for (size_t i = 0; i < book.n_kinds; i++)
		added.position = MAX(added.position, book.kinds[i].position);
	added.position++;
	return agency_kinds_own(scope, &book, error) && agency_kind_store(scope, &added, error) &&
	       db_txn_commit(txn, error);
}

/* Units that are of the kind on a day or will be, in words; NULL: none. */
static const char *
name_units(const AgencyBook *book, const char *kind, int32_t day)
{
	g_autoptr(GString) names = g_string_new(NULL);
	int n = 0;

	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyUnit *unit = &book->units[i];
		const AgencyVersion *at = agency_at(unit, day), *last = &unit->versions[unit->n_versions - 1];
		bool is_of_it = agency_lives(unit, day) && strcmp(at->kind, kind) == 0;

		if (unit->is_withdrawn || unit->same_as != 0 ||
		    (!is_of_it &&
			(last->valid_from <= day || last->is_ended || strcmp(last->kind, kind) != 0)))
			continue;
		if (++n <= UNITS_NAMED_MAX)
			g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", last->name);
	}
	if (n > UNITS_NAMED_MAX)
		g_string_append_printf(names, " và %d đơn vị nữa", n - UNITS_NAMED_MAX);
	return n > 0 ? arena_strdup(book->arena, names->str) : NULL;
}

static const char *
check_end(const AgencyBook *book, const AgencyScope *scope, const AgencyKind *kind, int32_t last_day,
    const char *source)
{
	const DatedSpan days = agency_kind_days(kind);
	const char *problem = dated_check_last_day(days, last_day, scope->today), *units;

	if (dated_standing(days, scope->today) == DATED_OVER)
		return "Loại đơn vị này đã thôi dùng.";
	if (problem != NULL)
		return problem;
	units = name_units(book, kind->kind, last_day + 1);
	if (units != NULL)
		return arena_printf(book->arena,
		    "Còn đơn vị thuộc loại này sau ngày đó: %s. Hãy đổi loại của các đơn vị này trước.",
		    units);
	return dated_check_source(source);
}

bool
agency_kind_end(const AgencyScope *scope, const char *kind, int32_t last_day, const char *source,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	const AgencyKind *found;
	AgencyKind ended;
	AgencyBook book;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	found = agency_kind_find(&book, kind);
	if (found == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có loại đơn vị \"%s\"", kind);
		return false;
	}
	*ret_problem = check_end(&book, scope, found, last_day, source);
	if (*ret_problem != NULL)
		return true;
	ended = *found;
	ended.valid_to = last_day;
	ended.source = dated_ended_source(scope->arena, found->source, source);
	return agency_kinds_own(scope, &book, error) && agency_kind_put_end(scope, found, &ended, error) &&
	       db_txn_commit(txn, error);
}
