/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_kind.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/agency/agency_change_store.h"
#include "storage/txn.h"

#include <string.h>

#define WORD_BYTES_MAX 40
#define UNITS_NAMED_MAX 3

bool
agency_kind_is_on(const AgencyKind *kind, int32_t day)
{
	return kind->valid_from <= day && (kind->valid_to == DATE_NONE || day <= kind->valid_to);
}

/* "Hợp tác xã" gives "hop-tac-xa", or the first of "hop-tac-xa-2", … that is free. */
static const char *
make_word(const AgencyBook *book, const char *name)
{
	g_autofree char *word = text_slug_vi(name, WORD_BYTES_MAX);
	const char *free_word = arena_strdup(book->arena, word);

	for (int n = 2; agency_kind_find(book, free_word) != NULL; n++)
		free_word = arena_printf(book->arena, "%s-%d", word, n);
	return free_word;
}

/* A kind of the same name that still counts when the new one begins. */
static bool
has_double(const AgencyBook *book, const AgencyKind *kind)
{
	g_autofree char *name = text_fold_vi(kind->name);

	for (size_t i = 0; i < book->n_kinds; i++) {
		const AgencyKind *other = &book->kinds[i];
		g_autofree char *folded = text_fold_vi(other->name);

		if (strcmp(folded, name) == 0 &&
		    (other->valid_to == DATE_NONE || other->valid_to >= kind->valid_from))
			return true;
	}
	return false;
}

static const char *
check_source(const char *source)
{
	if (*source == '\0')
		return "Căn cứ: hãy ghi văn bản, quyết định hoặc quy chế làm căn cứ.";
	return strlen(source) > AGENCY_KIND_SOURCE_BYTES_MAX ? "Căn cứ: quá dài (tối đa 400 byte)." : NULL;
}

static const char *
check_new(const AgencyBook *book, const AgencyScope *scope, const AgencyKind *kind)
{
	g_autofree char *word = text_slug_vi(kind->name, WORD_BYTES_MAX);

	if (*word == '\0')
		return "Tên loại đơn vị: hãy ghi tên.";
	if (strlen(kind->name) > AGENCY_KIND_NAME_BYTES_MAX)
		return "Tên loại đơn vị: quá dài (tối đa 200 byte, khoảng 150 chữ).";
	if (kind->valid_from < scope->today)
		return "Dùng từ ngày: phải từ hôm nay trở đi; ngày đã qua không sửa lại được.";
	if (has_double(book, kind))
		return "Tên loại đơn vị: đã có loại cùng tên đang dùng vào ngày này.";
	if (book->n_kinds >= AGENCY_KINDS_MAX)
		return "Đã có quá nhiều loại đơn vị.";
	return check_source(kind->source);
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
	added.kind = make_word(&book, kind->name);
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
	const char *units;

	if (last_day < MAX(scope->today, kind->valid_from))
		return "Ngày cuối còn dùng: phải từ hôm nay và từ ngày bắt đầu dùng trở đi; ngày đã qua "
		       "không "
		       "sửa lại được.";
	if (kind->valid_to != DATE_NONE && kind->valid_to < scope->today)
		return "Loại đơn vị này đã thôi dùng.";
	units = name_units(book, kind->kind, last_day + 1);
	if (units != NULL)
		return arena_printf(book->arena,
		    "Còn đơn vị thuộc loại này sau ngày đó: %s. Hãy đổi loại của các đơn vị này trước.",
		    units);
	return check_source(source);
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
	ended.source = arena_printf(scope->arena, "%s; thôi dùng theo %s", found->source, source);
	return agency_kinds_own(scope, &book, error) && agency_kind_put_end(scope, found, &ended, error) &&
	       db_txn_commit(txn, error);
}
