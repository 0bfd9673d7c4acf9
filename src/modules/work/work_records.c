/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_records.h"

#include "modules/plan/plan_records.h"
#include "modules/work/work_pages.h"

static const AppRecordLabel LABELS[] = {{"entry", "Việc sau cùng"}, {"at_us", "Lúc ghi"},
    {"by", "Người ghi (số)"}, {"by_name", "Người ghi"}, {"said_state", "Tình trạng được báo"},
    {"said_percent", "Tỷ lệ được báo"}, {"percent", "Tỷ lệ hoàn thành (%)"},
    {"person", "Người thực hiện (số)"}, {"original_due", "Thời hạn gốc"}, {"due", "Thời hạn"},
    {"said_due", "Thời hạn được nêu"}, {"submitted", "Ngày trình"}, {"accepted", "Ngày nghiệm thu"},
    {"document", "Số văn bản sản phẩm"}, {"pending", "Đề nghị đang chờ"}, {"month", "Tháng"}, {"day", "Ngày"},
    {"ref", "Về lần ghi số"}, {"for_person", "Giao cho (số)"}, {"idle", "Không phát sinh"},
    {"granted", "Đồng ý"}, {"done", "Đã làm"}, {"difficulties", "Khó khăn, vướng mắc"},
    {"proposals", "Đề xuất"}, {"product", "Sản phẩm"}, {"reason", "Lý do"}, {"doc_number", "Số văn bản"},
    {"plan", "Kế hoạch số"}, {"task", "Nhiệm vụ số"}, {"agency", "Đơn vị số"},
    {"role", "Vai (1 chủ trì, 2 phối hợp)"}, {"part", "Phần số"}, {"part_text", "Phần việc"},
    {"period_end", "Cuối kỳ"}, {"version", "Số lần ghi"}, {"locked", "Đã khóa"}, {.key = NULL}};

static bool
find(HttpRequest *request, const char *id, WorkRow *ret_row, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	const PlanInfo *plan;
	int64_t piece_id;

	return app_record_ids(id, 1, &piece_id, error) && work_find_row(&scope, piece_id, ret_row, error) &&
	       plan_find_readable(request, ret_row->piece.plan_id, &plan, error);
}

static void
add_entries(AppRecord *record, const WorkPiece *piece, bool is_own)
{
	for (int64_t i = 1; i <= piece->version; i++)
		app_record_add_source(record,
		    arena_printf(
			record->arena, "work/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, piece->piece_id, i),
		    NULL, is_own);
}

static bool
load(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	WorkRow row;

	if (!find(request, id, &row, error))
		return false;
	record->title = arena_printf(record->arena, "Phiếu việc: %s – %s",
	    row.piece.part != NULL ? row.piece.part : row.name, row.agency);
	record->url = arena_printf(record->arena, WORK_LIST_PATH "/%" G_GINT64_FORMAT, row.piece.piece_id);
	add_entries(record, &row.piece, true);
	return true;
}

static bool
target_of(HttpRequest *request, const char *id, AppTarget *ret_target, GError **error)
{
	int64_t *agency = arena_new0(request->arena, int64_t);
	WorkRow row;

	if (!find(request, id, &row, error))
		return false;
	*agency = row.piece.agency_id;
	*ret_target = (AppTarget){.plan_id = row.piece.plan_id};
	if (row.piece.role == AGENCY_ROLE_LEAD)
		ret_target->leads = agency, ret_target->n_leads = 1;
	else
		ret_target->coordinating = agency, ret_target->n_coordinating = 1;
	return true;
}

/* The work on a task belongs to its history. */
static bool
add_to_task(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	int64_t ids[2];

	if (!app_record_ids(id, 2, ids, error) || !work_of_task(&scope, ids[0], ids[1], rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++)
		add_entries(record, &((const WorkRow *)g_ptr_array_index(rows, i))->piece, false);
	return true;
}

const AppRecordKind WORK_RECORDS[] = {
    {.kind = "work",
	.title = "Phiếu việc",
	.permission = APP_READ,
	.labels = LABELS,
	.load = load,
	.target = target_of},
    {.kind = "work-month", .title = "Khóa cập nhật của tháng", .permission = APP_READ, .labels = LABELS},
    {.kind = "task", .title = "Nhiệm vụ", .permission = NULL, .load = add_to_task},
    {.kind = NULL},
};
