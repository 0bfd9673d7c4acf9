/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_bulk.h"

#include "base/app-error.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"
#include "storage/txn.h"

const char *const WORK_BULK_WORDS[] = {[WORK_BULK_ASSIGN] = "giao",
    [WORK_BULK_TAKE] = "nhan-viec",
    [WORK_BULK_IDLE] = "khong-phat-sinh",
    [WORK_BULK_EXTEND] = "gia-han",
    [WORK_BULK_ACCEPT] = "nghiem-thu",
    [WORK_BULK_RETURN] = "tra-lai",
    [WORK_BULK_MAX_KIND] = NULL};

const char *const WORK_BULK_TITLES[WORK_BULK_MAX_KIND] = {
    [WORK_BULK_ASSIGN] = "Giao cho một người",
    [WORK_BULK_TAKE] = "Nhận việc",
    [WORK_BULK_IDLE] = "Không phát sinh tháng này",
    [WORK_BULK_EXTEND] = "Đề nghị gia hạn",
    [WORK_BULK_ACCEPT] = "Nghiệm thu",
    [WORK_BULK_RETURN] = "Trả lại",
};

/* Reads the piece as lists show it; one that is not there is refused like any other. */
static bool
find_item(const WorkScope *scope, WorkBulkItem *item, GError **error)
{
	g_autoptr(GError) missing = NULL;

	item->problem = NULL;
	if (work_find_row(scope, item->piece_id, &item->row, &missing))
		return true;
	if (!g_error_matches(missing, APP_ERROR, APP_ERROR_NOT_FOUND)) {
		g_propagate_error(error, g_steal_pointer(&missing));
		return false;
	}
	item->row = (WorkRow){0};
	item->problem = "Không tìm thấy phần việc này.";
	return true;
}

static bool
try_item(const WorkScope *scope, const WorkEntry *entry, WorkBulkItem *item, GError **error)
{
	WorkOutcome outcome;

	if (!find_item(scope, item, error))
		return false;
	if (item->problem != NULL)
		return true;
	if (!work_try(scope, item->piece_id, item->version, entry, &outcome, error))
		return false;
	item->problem = outcome.is_conflict
			    ? "Vừa có người khác ghi vào phần việc này; hãy xem lại danh sách rồi chọn lại."
			    : outcome.problem;
	return true;
}

bool
work_bulk_try(const WorkScope *scope, WorkBulk *bulk, GError **error)
{
	bulk->n_refused = 0;
	for (size_t i = 0; i < bulk->n_items; i++) {
		if (!try_item(scope, &bulk->entry, &bulk->items[i], error))
			return false;
		bulk->n_refused += bulk->items[i].problem != NULL;
	}
	return true;
}

/* Nobody else writes meanwhile: what was allowed a moment ago in this transaction still is. */
static bool
write_item(const WorkScope *scope, const WorkEntry *entry, WorkBulkItem *item, GError **error)
{
	WorkOutcome outcome;

	if (!work_act(scope, item->piece_id, item->version, entry, &outcome, error))
		return false;
	if (outcome.problem != NULL || outcome.is_conflict) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "phần việc %" G_GINT64_FORMAT " vừa thay đổi", item->piece_id);
		return false;
	}
	item->entry_no = outcome.entry_no;
	return true;
}

bool
work_bulk_act(const WorkScope *scope, WorkBulk *bulk, bool skips_refused, bool *ret_did, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	*ret_did = false;
	if (!db_txn_begin(scope->db, &txn, error) || !work_bulk_try(scope, bulk, error))
		return false;
	if (bulk->n_refused == bulk->n_items || (bulk->n_refused > 0 && !skips_refused))
		return true;
	for (size_t i = 0; i < bulk->n_items; i++)
		if (bulk->items[i].problem == NULL &&
		    !write_item(scope, &bulk->entry, &bulk->items[i], error))
			return false;
	*ret_did = true;
	return db_txn_commit(txn, error);
}

bool
work_bulk_take_back(const WorkScope *scope, const WorkBulkItem *items, size_t n_items,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error))
		return false;
	for (size_t i = 0; i < n_items; i++) {
		WorkEntry back = work_entry(WORK_TAKE_BACK);
		WorkBulkItem item = {.piece_id = items[i].piece_id, .version = WORK_ANY_VERSION};

		back.ref_no = items[i].entry_no;
		if (!try_item(scope, &back, &item, error))
			return false;
		*ret_problem = item.problem;
		if (item.problem != NULL)
			return true;
		if (!write_item(scope, &back, &item, error))
			return false;
	}
	return db_txn_commit(txn, error);
}
