/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_book.h"

#include "base/date.h"
#include "modules/agency/agency.sql.h"
#include "storage/db_day.h"

#include <string.h>

const char *const AGENCY_CHANGE_LABELS[AGENCY_CHANGE_MAX] = {
    [AGENCY_CONFIRM] = "Xác nhận",
    [AGENCY_ADD] = "Thêm mới, thành lập",
    [AGENCY_CORRECT] = "Đính chính",
    [AGENCY_RENAME] = "Đổi tên, đổi thông tin",
    [AGENCY_MERGE] = "Sáp nhập, hợp nhất",
    [AGENCY_SPLIT] = "Chia, tách",
    [AGENCY_CLOSE] = "Giải thể, ngừng hoạt động",
    [AGENCY_JOIN] = "Gộp hai cách viết",
    [AGENCY_UNDO] = "Hủy một thay đổi đã ghi",
};

/* Calls `take` with each row of a statement whose only parameter is the commune. */
typedef void (*TakeRow)(const DbStmt *stmt, Arena *arena, GArray *out);

static bool
read_rows(
    Db *db, int64_t commune_id, const DbSql *sql, TakeRow take, Arena *arena, GArray *out, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	G_STATIC_ASSERT((int)AGENCY_KIND_LIST_P_COMMUNE_ID == (int)AGENCY_UNIT_LIST_P_COMMUNE_ID);
	if (!db_prepare(db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_UNIT_LIST_P_COMMUNE_ID, commune_id);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		take(stmt, arena, out);
	}
}

static void
take_kind(const DbStmt *stmt, Arena *arena, GArray *out)
{
	const AgencyKind kind = {
	    .kind = arena_strdup(arena, db_column_text(stmt, AGENCY_KIND_LIST_C_KIND)),
	    .name = arena_strdup(arena, db_column_text(stmt, AGENCY_KIND_LIST_C_NAME)),
	    .source = arena_strdup(arena, db_column_text(stmt, AGENCY_KIND_LIST_C_SOURCE)),
	    .is_given_by_state = db_column_int(stmt, AGENCY_KIND_LIST_C_BY_STATE) != 0,
	    .is_given_by_party = db_column_int(stmt, AGENCY_KIND_LIST_C_BY_PARTY) != 0,
	    .position = db_column_int(stmt, AGENCY_KIND_LIST_C_POSITION),
	    .valid_from = (int32_t)db_column_int(stmt, AGENCY_KIND_LIST_C_VALID_FROM),
	    .valid_to = db_column_day(stmt, AGENCY_KIND_LIST_C_VALID_TO),
	    .is_stored = db_column_int(stmt, AGENCY_KIND_LIST_C_IS_STORED) != 0,
	};

	g_array_append_val(out, kind);
}

/* With one version, that of the plan it came with; real ones take its place. */
static void
take_unit(const DbStmt *stmt, Arena *arena, GArray *out)
{
	AgencyVersion *version = arena_new0(arena, AgencyVersion);
	AgencyUnit unit = {.agency_id = db_column_int(stmt, AGENCY_UNIT_LIST_C_AGENCY_ID),
	    .printed = arena_strdup(arena, db_column_text(stmt, AGENCY_UNIT_LIST_C_NAME)),
	    .versions = version,
	    .n_versions = 1,
	    .is_withdrawn = db_column_int(stmt, AGENCY_UNIT_LIST_C_IS_WITHDRAWN) != 0};

	*version = (AgencyVersion){.agency_id = unit.agency_id,
	    .valid_from = AGENCY_SINCE_EVER,
	    .name = unit.printed,
	    .short_name = "",
	    .code = "",
	    .kind = "",
	    .is_generic = db_column_int(stmt, AGENCY_UNIT_LIST_C_IS_GENERIC) != 0,
	    .is_higher = db_column_int(stmt, AGENCY_UNIT_LIST_C_IS_HIGHER) != 0};
	g_array_append_val(out, unit);
}

static void
take_version(const DbStmt *stmt, Arena *arena, GArray *out)
{
	const AgencyVersion version = {
	    .agency_id = db_column_int(stmt, AGENCY_VERSION_LIST_C_AGENCY_ID),
	    .version_no = db_column_int(stmt, AGENCY_VERSION_LIST_C_VERSION_NO),
	    .change_no = db_column_int(stmt, AGENCY_VERSION_LIST_C_CHANGE_NO),
	    .valid_from = (int32_t)db_column_int(stmt, AGENCY_VERSION_LIST_C_VALID_FROM),
	    .name = arena_strdup(arena, db_column_text(stmt, AGENCY_VERSION_LIST_C_NAME)),
	    .short_name = arena_strdup(arena, db_column_text(stmt, AGENCY_VERSION_LIST_C_SHORT_NAME)),
	    .code = arena_strdup(arena, db_column_text(stmt, AGENCY_VERSION_LIST_C_CODE)),
	    .kind = arena_strdup(arena, db_column_text(stmt, AGENCY_VERSION_LIST_C_KIND)),
	    .parent_id = db_column_int(stmt, AGENCY_VERSION_LIST_C_PARENT_ID),
	    .is_generic = db_column_int(stmt, AGENCY_VERSION_LIST_C_IS_GENERIC) != 0,
	    .is_higher = db_column_int(stmt, AGENCY_VERSION_LIST_C_IS_HIGHER) != 0,
	    .is_ended = db_column_int(stmt, AGENCY_VERSION_LIST_C_IS_ENDED) != 0,
	};

	g_array_append_val(out, version);
}

static void
take_link(const DbStmt *stmt, Arena *arena G_GNUC_UNUSED, GArray *out)
{
	const AgencyLink link = {
	    .change_no = db_column_int(stmt, AGENCY_LINK_LIST_C_CHANGE_NO),
	    .old_id = db_column_int(stmt, AGENCY_LINK_LIST_C_OLD_ID),
	    .new_id = db_column_int(stmt, AGENCY_LINK_LIST_C_NEW_ID),
	    .is_same = db_column_int(stmt, AGENCY_LINK_LIST_C_IS_SAME) != 0,
	    .day = (int32_t)db_column_int(stmt, AGENCY_LINK_LIST_C_DAY),
	};

	g_array_append_val(out, link);
}

static void
take_change(const DbStmt *stmt, Arena *arena, GArray *out)
{
	const AgencyChange change = {
	    .change_no = db_column_int(stmt, AGENCY_CHANGE_LIST_C_CHANGE_NO),
	    .kind = (AgencyChangeKind)CLAMP(
		db_column_int(stmt, AGENCY_CHANGE_LIST_C_KIND), AGENCY_CONFIRM, AGENCY_UNDO),
	    .day = (int32_t)db_column_int(stmt, AGENCY_CHANGE_LIST_C_DAY),
	    .decision = arena_strdup(arena, db_column_text(stmt, AGENCY_CHANGE_LIST_C_DECISION)),
	    .note = arena_strdup(arena, db_column_text(stmt, AGENCY_CHANGE_LIST_C_NOTE)),
	    .actor = arena_strdup(arena, db_column_text(stmt, AGENCY_CHANGE_LIST_C_ACTOR)),
	    .decision_day = db_column_day(stmt, AGENCY_CHANGE_LIST_C_DECISION_DAY),
	    .at_us = db_column_int(stmt, AGENCY_CHANGE_LIST_C_AT_US),
	    .undone_by = db_column_int(stmt, AGENCY_CHANGE_LIST_C_UNDONE_BY),
	};

	g_array_append_val(out, change);
}

static void *
keep(Arena *arena, const GArray *rows, size_t row_size)
{
	void *kept = arena_alloc(arena, (rows->len + 1) * row_size);

	if (rows->len > 0)
		memcpy(kept, rows->data, rows->len * row_size);
	return kept;
}

/* Gives the place of a unit; n_units where there is none. */
static size_t
place_of(const AgencyUnit *units, size_t n_units, int64_t agency_id)
{
	size_t low = 0, high = n_units;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (units[middle].agency_id < agency_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n_units && units[low].agency_id == agency_id ? low : n_units;
}

/* Versions come by unit, then by day; links say which entries are one. */
static void
join_rows(AgencyBook *book, AgencyUnit *units, const AgencyVersion *versions, size_t n_versions)
{
	for (size_t i = 0; i < n_versions;) {
		size_t place = place_of(units, book->n_units, versions[i].agency_id);
		size_t first = i;

		while (i < n_versions && versions[i].agency_id == versions[first].agency_id)
			i++;
		if (place < book->n_units) {
			units[place].versions = versions + first;
			units[place].n_versions = i - first;
		}
	}
	for (size_t i = 0; i < book->n_links; i++) {
		size_t place = place_of(units, book->n_units, book->links[i].old_id);

		if (place < book->n_units && book->links[i].is_same)
			units[place].same_as = book->links[i].new_id;
	}
}

bool
agency_book_read(Db *db, int64_t commune_id, Arena *arena, AgencyBook *ret_book, GError **error)
{
	g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(AgencyUnit));
	g_autoptr(GArray) versions = g_array_new(FALSE, FALSE, sizeof(AgencyVersion));
	g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(AgencyLink));
	g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(AgencyChange));
	g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(AgencyKind));
	AgencyUnit *kept;

	if (!read_rows(db, commune_id, &AGENCY_UNIT_LIST, take_unit, arena, units, error) ||
	    !read_rows(db, commune_id, &AGENCY_VERSION_LIST, take_version, arena, versions, error) ||
	    !read_rows(db, commune_id, &AGENCY_LINK_LIST, take_link, arena, links, error) ||
	    !read_rows(db, commune_id, &AGENCY_CHANGE_LIST, take_change, arena, changes, error) ||
	    !read_rows(db, commune_id, &AGENCY_KIND_LIST, take_kind, arena, kinds, error))
		return false;
	kept = keep(arena, units, sizeof(AgencyUnit));
	*ret_book = (AgencyBook){.arena = arena,
	    .units = kept,
	    .n_units = units->len,
	    .links = keep(arena, links, sizeof(AgencyLink)),
	    .n_links = links->len,
	    .changes = keep(arena, changes, sizeof(AgencyChange)),
	    .n_changes = changes->len,
	    .kinds = keep(arena, kinds, sizeof(AgencyKind)),
	    .n_kinds = kinds->len};
	join_rows(ret_book, kept, keep(arena, versions, sizeof(AgencyVersion)), versions->len);
	return true;
}

const AgencyUnit *
agency_find(const AgencyBook *book, int64_t agency_id)
{
	size_t place = place_of(book->units, book->n_units, agency_id);

	return place < book->n_units ? &book->units[place] : NULL;
}

const AgencyKind *
agency_kind_find(const AgencyBook *book, const char *kind)
{
	for (size_t i = 0; i < book->n_kinds; i++)
		if (strcmp(book->kinds[i].kind, kind) == 0)
			return &book->kinds[i];
	return NULL;
}

const AgencyChange *
agency_change_find(const AgencyBook *book, int64_t change_no)
{
	for (size_t i = 0; i < book->n_changes; i++)
		if (book->changes[i].change_no == change_no)
			return &book->changes[i];
	return NULL;
}
