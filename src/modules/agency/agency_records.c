/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_records.h"

#include "app/context.h"
#include "app/ledger.h"
#include "app/ledger_state.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/agency/agency_book.h"

#include <string.h>

/* The ledger notes a unit with all its versions; here the fields of the last one are told, and what became of
 * it. */

static const struct {
	const char *key, *label;
} FIELDS[] = {{"name", "Tên"}, {"short_name", "Tên viết tắt"}, {"code", "Mã định danh"},
    {"kind", "Loại đơn vị"}, {"parent", "Đơn vị cấp trên"}, {"from", "Tính từ ngày"},
    {"ended", "Đã kết thúc"}, {"became", "Trở thành"}};

typedef struct Noted {
	int64_t seq;
	const char *values[G_N_ELEMENTS(FIELDS)];
} Noted;

typedef struct Walk {
	const AgencyBook *book;
	Arena *arena;
	GPtrArray *states; /* of Noted *, newest first */
} Walk;

/* The last item of a list; NULL where it has none. */
static const char *
last_item(Arena *arena, const char *list)
{
	const char *at = list != NULL && *list == '[' ? list + 1 : "", *last = NULL;

	while (*at != '\0' && *at != ']') {
		const char *end = ledger_skip_value(at);

		last = arena_strndup(arena, at, (size_t)(end - at));
		at = *end == ',' ? end + 1 : end;
	}
	return last;
}

static const char *
unit_name(const Walk *walk, const char *digits)
{
	guint64 id;
	const AgencyUnit *unit;

	if (digits == NULL || !g_ascii_string_to_unsigned(digits, 10, 1, G_MAXINT32, &id, NULL))
		return NULL;
	unit = agency_find(walk->book, (int64_t)id);
	return unit == NULL ? digits
			    : arena_printf(walk->arena, "%s (số %s)",
				  unit->versions[unit->n_versions - 1].name, digits);
}

static const char *
word_of(const Walk *walk, const char *key, const char *value)
{
	char text[DATE_ISO_SIZE];
	int32_t day;

	if (value == NULL)
		return NULL;
	if (strcmp(key, "kind") == 0) {
		const AgencyKind *kind = agency_kind_find(walk->book, value);

		return kind != NULL ? kind->name : value;
	}
	if (strcmp(key, "parent") == 0)
		return unit_name(walk, value);
	if (strcmp(key, "ended") == 0)
		return *value == '1' ? "có" : NULL;
	if (!date_parse_iso(value, &day))
		return value;
	date_format_vi(day, text);
	return arena_strdup(walk->arena, text);
}

static const char *
became_of(const Walk *walk, const char *list)
{
	LedgerPair pairs[LEDGER_PAIRS_MAX];
	const char *last = last_item(walk->arena, list);
	size_t n = last != NULL ? ledger_pairs(walk->arena, last, pairs) : 0;
	const char *other = ledger_pair_value(pairs, n, "same_as");

	return unit_name(walk, other != NULL ? other : ledger_pair_value(pairs, n, "unit"));
}

static bool
visit(void *data, const LedgerRow *row)
{
	Walk *walk = data;
	LedgerPair state[LEDGER_PAIRS_MAX], version[LEDGER_PAIRS_MAX];
	size_t n_state = ledger_pairs(walk->arena, row->after, state), n_version;
	const char *last = last_item(walk->arena, ledger_pair_value(state, n_state, "versions"));
	Noted *noted = arena_new0(walk->arena, Noted);

	n_version = last != NULL ? ledger_pairs(walk->arena, last, version) : 0;
	noted->seq = row->seq;
	for (size_t i = 0; i < G_N_ELEMENTS(FIELDS); i++)
		noted->values[i] =
		    strcmp(FIELDS[i].key, "became") == 0
			? became_of(walk, ledger_pair_value(state, n_state, "became"))
			: word_of(walk, FIELDS[i].key, ledger_pair_value(version, n_version, FIELDS[i].key));
	g_ptr_array_add(walk->states, noted);
	return true;
}

static void
tell(AppRecord *record, const AgencyUnit *unit, const GPtrArray *states)
{
	const Noted *newest = states->len > 0 ? g_ptr_array_index(states, 0) : NULL;

	for (guint i = states->len; i > 0; i--) {
		const Noted *noted = g_ptr_array_index(states, i - 1);
		const Noted *before = i < states->len ? g_ptr_array_index(states, i) : NULL;

		for (size_t k = 0; k < G_N_ELEMENTS(FIELDS); k++)
			app_record_add_change(record, noted->seq, FIELDS[k].key,
			    before != NULL ? before->values[k] : NULL, noted->values[k]);
	}
	for (size_t k = 0; k < G_N_ELEMENTS(FIELDS); k++)
		app_record_add_field(record, FIELDS[k].key, FIELDS[k].label,
		    newest != NULL ? newest->values[k]
		    : k == 0       ? unit->printed
				   : NULL);
}

static bool
load_unit(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) states = g_ptr_array_new();
	const AgencyUnit *unit;
	AgencyBook book;
	Walk walk = {&book, record->arena, states};
	int64_t agency_id;

	if (!app_record_ids(id, 1, &agency_id, error) ||
	    !agency_book_read(context->db, context->commune_id, record->arena, &book, error))
		return false;
	unit = agency_find(&book, agency_id);
	if (unit == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no agency %s", id);
		return false;
	}
	if (!ledger_walk_back(context->db, context->commune_id,
		arena_printf(record->arena, "agency/%" G_GINT64_FORMAT, agency_id), INT64_MAX, visit, &walk,
		error))
		return false;
	record->title = agency_name_at(&book, agency_id, context->today);
	record->url = arena_printf(record->arena, "/don-vi/%" G_GINT64_FORMAT, agency_id);
	record->is_told = true;
	for (size_t i = 0; i < unit->n_versions; i++)
		if (unit->versions[i].version_no > 0)
			app_record_add_source(record,
			    arena_printf(record->arena, "agency-change/%" G_GINT64_FORMAT,
				unit->versions[i].change_no),
			    NULL, false);
	tell(record, unit, states);
	return true;
}

const AppRecordKind AGENCY_RECORDS[] = {
    {.kind = "agency", .title = "Đơn vị", .permission = APP_READ, .load = load_unit},
    {.kind = "agency-change", .title = "Thay đổi về đơn vị", .permission = APP_READ},
    {.kind = "agency-kind", .title = "Loại đơn vị", .permission = APP_READ},
    {.kind = NULL},
};
