/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_check.h"

#include "base/date.h"
#include "modules/agency/agency.h"
#include "modules/agency/agency_kind.h"

#include <string.h>

#define DEPTH_MAX 16 /* units one below another */

static bool
is_one_of(int64_t id, const int64_t *ids)
{
	for (; ids != NULL && *ids != 0; ids++)
		if (*ids == id)
			return true;
	return false;
}

/* Another unit that is called so, or has the code, on the day. */
static const char *
find_double(const AgencyBook *book, const AgencyData *data, int32_t day, const int64_t *but_ids)
{
	g_autofree char *key = agency_name_key(data->name);

	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyUnit *unit = &book->units[i];
		const AgencyVersion *at = agency_at(unit, day);
		g_autofree char *other = NULL;

		if (unit->is_withdrawn || is_one_of(unit->agency_id, but_ids) || !agency_lives(unit, day))
			continue;
		other = agency_name_key(at->name);
		if (strcmp(other, key) == 0)
			return arena_printf(book->arena,
			    "Đã có đơn vị tên \"%s\" (số %" G_GINT64_FORMAT
			    "). Nếu là một, hãy dùng đơn vị đó hoặc "
			    "gộp hai cách viết.",
			    at->name, unit->agency_id);
		if (*data->code != '\0' && strcmp(at->code, data->code) == 0)
			return arena_printf(
			    book->arena, "Mã định danh %s đang là của \"%s\".", data->code, at->name);
	}
	return NULL;
}

/* A unit may stand below nothing that stands below it. */
static const char *
check_parent(const AgencyBook *book, const AgencyData *data, int32_t day, const int64_t *but_ids)
{
	int64_t parent_id = data->parent_id;

	for (int depth = 0; parent_id != 0; depth++) {
		const AgencyUnit *parent = agency_find(book, parent_id);
		const AgencyVersion *at = parent != NULL ? agency_at(parent, day) : NULL;

		if (at == NULL)
			return "Đơn vị cấp trên trực tiếp không có vào ngày này.";
		if (is_one_of(parent_id, but_ids) || depth > DEPTH_MAX)
			return "Một đơn vị không thể trực thuộc chính nó hoặc đơn vị dưới nó.";
		parent_id = at->parent_id;
	}
	return NULL;
}

const char *
agency_check_data(const AgencyBook *book, const AgencyData *data, int32_t day, const int64_t *but_ids)
{
	const AgencyKind *kind = agency_kind_find(book, data->kind);
	const char *problem = NULL;
	g_autofree char *key = agency_name_key(data->name);

	if (*key == '\0')
		return "Hãy ghi tên đơn vị.";
	if (strlen(data->name) > AGENCY_NAME_BYTES_MAX)
		return "Tên đơn vị quá dài (tối đa 200 byte, khoảng 150 chữ).";
	if (strlen(data->short_name) > AGENCY_SHORT_NAME_BYTES_MAX)
		return "Tên viết tắt quá dài.";
	if (*data->kind != '\0' && kind == NULL)
		return "Không có loại đơn vị này.";
	if (kind != NULL && dated_standing(agency_kind_days(kind), day) == DATED_OVER)
		return arena_printf(
		    book->arena, "Loại đơn vị: “%s” đã thôi dùng trước ngày này.", kind->name);
	if (*data->code != '\0')
		problem = agency_code_problem(data->code);
	if (problem == NULL)
		problem = check_parent(book, data, day, but_ids);
	return problem != NULL ? problem : find_double(book, data, day, but_ids);
}

const char *
agency_check_basis(const AgencyBasis *basis)
{
	if (basis->day <= AGENCY_SINCE_EVER)
		return "Hãy ghi ngày bắt đầu có hiệu lực.";
	if (*basis->decision == '\0' && *basis->note == '\0')
		return "Hãy ghi số quyết định, hoặc căn cứ khác vào ô ghi chú: thay đổi nào cũng phải có "
		       "nguồn.";
	if (strlen(basis->decision) > AGENCY_DECISION_BYTES_MAX ||
	    strlen(basis->note) > AGENCY_NOTE_BYTES_MAX)
		return "Số quyết định hoặc ghi chú quá dài.";
	return NULL;
}

const char *
agency_check_alive(const AgencyBook *book, int64_t agency_id, int32_t day)
{
	const AgencyUnit *unit = agency_find(book, agency_id);
	const AgencyVersion *last;
	char text[DATE_ISO_SIZE];

	if (unit == NULL)
		return "Không có đơn vị này.";
	last = &unit->versions[unit->n_versions - 1];
	date_format_vi(last->valid_from, text);
	if (unit->same_as != 0)
		return arena_printf(book->arena, "\"%s\" đã được gộp là cách viết khác của \"%s\".",
		    last->name, agency_name_at(book, unit->same_as, day));
	if (last->is_ended)
		return arena_printf(book->arena, "\"%s\" đã kết thúc từ ngày %s.", last->name, text);
	if (last->valid_from >= day && last->valid_from != AGENCY_SINCE_EVER)
		return arena_printf(book->arena,
		    "\"%s\" đã có thay đổi ghi từ ngày %s; hãy ghi ngày sau đó, hoặc hủy thay đổi kia trước.",
		    last->name, text);
	return NULL;
}
