/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency.h"
#include "modules/agency/agency_book.h"
#include "modules/agency/agency_internal.h"

#include <string.h>

#define CHAIN_MAX 64 /* mergers one behind another; more is a circle */

const AgencyVersion *
agency_at(const AgencyUnit *unit, int32_t day)
{
	const AgencyVersion *at = NULL;

	for (size_t i = 0; i < unit->n_versions && unit->versions[i].valid_from <= day; i++)
		at = &unit->versions[i];
	return at;
}

bool
agency_lives(const AgencyUnit *unit, int32_t day)
{
	const AgencyVersion *at = agency_at(unit, day);

	return unit->same_as == 0 && at != NULL && !at->is_ended;
}

const char *
agency_name_at(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	const AgencyUnit *unit = agency_find(book, agency_id);
	const AgencyVersion *at;

	if (unit == NULL)
		return "";
	at = agency_at(unit, day);
	return at != NULL ? at->name : unit->versions[0].name;
}

static bool
contains(const GArray *ids, int64_t id)
{
	for (guint i = 0; i < ids->len; i++)
		if (g_array_index(ids, int64_t, i) == id)
			return true;
	return false;
}

/* The last merger or split that ended a unit by a day; 0: none. */
static int64_t
last_change_of(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	int64_t change_no = 0;

	for (size_t i = 0; i < book->n_links; i++)
		if (book->links[i].old_id == agency_id && !book->links[i].is_same &&
		    book->links[i].day <= day)
			change_no = MAX(change_no, book->links[i].change_no);
	return change_no;
}

static void
resolve(const AgencyBook *book, int64_t agency_id, int32_t day, unsigned depth, GArray *out)
{
	const AgencyUnit *unit = agency_find(book, agency_id);
	const AgencyVersion *at;
	int64_t change_no;

	if (unit == NULL || depth > CHAIN_MAX)
		return;
	if (unit->same_as != 0) {
		resolve(book, unit->same_as, day, depth + 1, out);
		return;
	}
	at = agency_at(unit, day);
	if (at == NULL || !at->is_ended) {
		if (!contains(out, agency_id))
			g_array_append_val(out, agency_id);
		return;
	}
	change_no = last_change_of(book, agency_id, day);
	for (size_t i = 0; i < book->n_links; i++)
		if (book->links[i].change_no == change_no && book->links[i].old_id == agency_id &&
		    !book->links[i].is_same)
			resolve(book, book->links[i].new_id, day, depth + 1, out);
}

GArray *
agency_successors(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(int64_t));

	resolve(book, agency_id, day, 0, out);
	return out;
}

GArray *
agency_sources(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(int64_t));

	g_array_append_val(out, agency_id);
	for (size_t i = 0; i < book->n_units; i++) {
		int64_t other = book->units[i].agency_id;
		g_autoptr(GArray) now = agency_successors(book, other, day);

		if (other != agency_id && contains(now, agency_id))
			g_array_append_val(out, other);
	}
	return out;
}

const char *
agency_now_text(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	g_autoptr(GArray) now = agency_successors(book, agency_id, day);
	g_autoptr(GString) text = NULL;
	const AgencyUnit *unit = agency_find(book, agency_id);

	if (unit == NULL)
		return NULL;
	if (now->len == 0)
		return "đã giải thể";
	if (now->len == 1 && g_array_index(now, int64_t, 0) == agency_id) {
		const char *name = agency_name_at(book, agency_id, day);

		return strcmp(name, unit->printed) == 0 || unit->same_as != 0
			   ? NULL
			   : arena_printf(book->arena, "nay là %s", name);
	}
	text = g_string_new("nay là ");
	for (guint i = 0; i < now->len; i++)
		g_string_append_printf(text, "%s%s",
		    i == 0             ? ""
		    : i + 1 < now->len ? ", "
				       : " và ",
		    agency_name_at(book, g_array_index(now, int64_t, i), day));
	return arena_strdup(book->arena, text->str);
}

/* Living units that are called so: what they are called now goes before what plans wrote. */
static int64_t
find_by_state(const AgencyBook *book, const char *key, int32_t day, bool by_short_name)
{
	int64_t found = 0;

	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyVersion *at = agency_at(&book->units[i], day);
		g_autofree char *own = NULL;

		if (!agency_lives(&book->units[i], day))
			continue;
		own = agency_name_key(by_short_name ? at->short_name : at->name);
		if (strcmp(own, key) != 0)
			continue;
		if (found != 0)
			return -1;
		found = book->units[i].agency_id;
	}
	return found;
}

bool
agency_find_by_name(Db *db, int64_t commune_id, const AgencyBook *book, const char *name, int32_t day,
    int64_t *ret_agency_id, GError **error)
{
	g_autofree char *key = agency_name_key(name);
	g_autoptr(GArray) now = NULL;
	int64_t found = 0;

	*ret_agency_id = 0;
	if (*key == '\0')
		return true;
	found = find_by_state(book, key, day, false);
	if (found == 0)
		found = find_by_state(book, key, day, true);
	if (found == 0 && !agency_find_alias(db, commune_id, key, &found, error))
		return false;
	if (found <= 0)
		return true;
	now = agency_successors(book, found, day);
	if (now->len == 1)
		*ret_agency_id = g_array_index(now, int64_t, 0);
	return true;
}

const char *
agency_assign_word(const AgencyBook *book, const AgencyVersion *version, bool is_party)
{
	const AgencyKind *kind = agency_kind_find(book, version->kind);
	bool is_given = kind != NULL && (is_party ? kind->is_given_by_party : kind->is_given_by_state);

	return is_given && !version->is_higher ? "giao" : "đề nghị phối hợp";
}
