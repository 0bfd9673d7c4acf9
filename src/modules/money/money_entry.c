/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"
#include "modules/task/task.h"
#include "storage/txn.h"

#include <string.h>

#define ADVANCE_DAYS 366 /* how far ahead an estimate or allocation may be dated */

static const char *
forbid_amount(const MoneyEntry *entry)
{
	if (entry->amount < 0 || entry->amount > MONEY_AMOUNT_MAX)
		return "Số tiền phải từ 0 đến một triệu tỷ đồng.";
	if (entry->amount == 0 && entry->corrects_id == 0)
		return "Số tiền phải lớn hơn 0. Muốn bỏ một khoản đã ghi, hãy đính chính khoản đó về 0.";
	return NULL;
}

static const char *
forbid_day(const MoneyScope *scope, const MoneyEntry *entry)
{
	int year, month, day;

	if (entry->day == DATE_NONE)
		return "Hãy ghi ngày của văn bản hoặc chứng từ.";
	date_to_ymd(entry->day, &year, &month, &day);
	if (year < MONEY_YEAR_MIN || year > MONEY_YEAR_MAX)
		return "Ngày nằm ngoài khoảng năm được nhập.";
	if (entry->kind == MONEY_DISBURSEMENT && entry->day > scope->today)
		return "Ngày giải ngân không được sau hôm nay.";
	if (entry->day > scope->today + ADVANCE_DAYS)
		return "Ngày không được sau hôm nay quá một năm.";
	return NULL;
}

static const char *
forbid(const MoneyScope *scope, const MoneyEntry *entry)
{
	const char *problem = forbid_amount(entry);

	if (problem == NULL)
		problem = forbid_day(scope, entry);
	if (problem != NULL)
		return problem;
	if (entry->kind < MONEY_ESTIMATE || entry->kind > MONEY_DISBURSEMENT)
		return "Hãy chọn dự toán, phân bổ hay giải ngân.";
	if (entry->year < MONEY_YEAR_MIN || entry->year > MONEY_YEAR_MAX)
		return "Năm ngân sách phải từ 2000 đến 2100.";
	if (g_utf8_strlen(entry->doc_number, -1) > MONEY_NUMBER_CHARACTERS ||
	    g_utf8_strlen(entry->note, -1) > MONEY_TEXT_CHARACTERS)
		return "Số văn bản tối đa 100 ký tự, ghi chú tối đa 500 ký tự.";
	if (entry->kind != MONEY_ESTIMATE && *entry->doc_number == '\0')
		return "Phân bổ, giải ngân phải có số văn bản hoặc chứng từ.";
	if (entry->corrects_id != 0 && *entry->note == '\0')
		return "Đính chính phải nêu lý do.";
	return NULL;
}

static bool
has_source(const MoneyScope *scope, const MoneyEntry *entry, bool *ret_has, GError **error)
{
	g_autoptr(GPtrArray) sources = g_ptr_array_new();

	*ret_has = false;
	if (!money_sources(scope, scope->today, sources, error))
		return false;
	for (guint i = 0; entry->source != NULL && i < sources->len; i++)
		*ret_has = *ret_has || strcmp(((const MoneySource *)g_ptr_array_index(sources, i))->source,
					   entry->source) == 0;
	return true;
}

/* True where the unit takes part in the task. */
static bool
has_agency(const MoneyScope *scope, const MoneyEntry *entry, bool *ret_has, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	*ret_has = entry->agency_id == 0;
	if (!db_prepare(scope->db, &MONEY_TASK_AGENCIES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_PLAN_ID, entry->plan_id);
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_TASK_NO, entry->task_no);
	while (db_step(stmt, &has_row, error) && has_row)
		*ret_has =
		    *ret_has || db_column_int(stmt, MONEY_TASK_AGENCIES_C_AGENCY_ID) == entry->agency_id;
	return !has_row;
}

/* A correction is of the same task and kind as what it stands for, and of what still counts. */
static bool
adopt(const MoneyScope *scope, MoneyEntry *entry, MoneyEntry *ret_corrected, const char **ret_problem,
    GError **error)
{
	if (entry->corrects_id == 0)
		return true;
	if (!money_find(scope, entry->corrects_id, ret_corrected, error))
		return false;
	if (ret_corrected->corrected_by != 0)
		*ret_problem = "Khoản này đã được đính chính; hãy đính chính khoản mới nhất.";
	entry->plan_id = ret_corrected->plan_id;
	entry->task_no = ret_corrected->task_no;
	entry->kind = ret_corrected->kind;
	return true;
}

bool
money_add(const MoneyScope *scope, const MoneyEntry *entry, int64_t *ret_entry_id, const char **ret_problem,
    GError **error)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autofree char *object = NULL, *state = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_source, is_agency;
	MoneyEntry corrected = {0};
	MoneyPlace place;
	MoneyEntry added = *entry;
	PlanScope plan;
	Task task;

	*ret_problem = NULL;
	*ret_entry_id = 0;
	if (!db_txn_begin(scope->db, &txn, error) || !adopt(scope, &added, &corrected, ret_problem, error))
		return false;
	plan = (PlanScope){scope->db, scope->commune_id, added.plan_id};
	if (!task_load(&plan, added.task_no, scope->arena, &task, error) ||
	    !has_source(scope, &added, &is_source, error) || !has_agency(scope, &added, &is_agency, error) ||
	    !money_place(scope, added.plan_id, added.task_no, &place, error))
		return false;
	/* Who had it keeps it, also where the plan that came after no longer names him. */
	is_agency = is_agency || (added.corrects_id != 0 && corrected.agency_id == added.agency_id);
	if (*ret_problem == NULL && added.corrects_id == 0 && place.kind == MONEY_PLACE_TAKEN)
		*ret_problem =
		    "Nhiệm vụ này đã được một kế hoạch mới tiếp nhận; hãy ghi khoản mới ở nhiệm vụ của "
		    "kế hoạch đó.";
	if (*ret_problem == NULL)
		*ret_problem = forbid(scope, &added);
	if (*ret_problem == NULL && !is_source)
		*ret_problem = "Hãy chọn nguồn kinh phí.";
	if (*ret_problem == NULL && !is_agency)
		*ret_problem = "Đơn vị này không tham gia nhiệm vụ; hãy chọn đơn vị chủ trì hoặc phối hợp.";
	if (*ret_problem != NULL)
		return true;
	if (!money_insert(scope, &added, &added.entry_id, error))
		return false;
	*ret_entry_id = added.entry_id;
	object = money_entry_object(added.entry_id);
	state = money_entry_state(&added, none);
	return money_note(scope, object, state, error) && db_txn_commit(txn, error);
}

bool
money_set_source(const MoneyScope *scope, const MoneySource *source, int32_t valid_from,
    const char **ret_problem, GError **error)
{
	g_autofree char *object = money_source_object(source->source);
	g_autofree char *state = money_source_state(source->title, valid_from, DATE_NONE, source->basis);
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	*ret_problem = NULL;
	if (*source->source == '\0' ||
	    strspn(source->source, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(source->source))
		*ret_problem = "Mã nguồn chỉ gồm chữ thường không dấu, số và dấu gạch nối.";
	else if (*source->title == '\0' || g_utf8_strlen(source->title, -1) > MONEY_NUMBER_CHARACTERS)
		*ret_problem = "Hãy ghi tên nguồn, tối đa 100 ký tự.";
	else if (*source->basis == '\0' || g_utf8_strlen(source->basis, -1) > MONEY_TEXT_CHARACTERS)
		*ret_problem = "Hãy ghi căn cứ (số, ngày của văn bản), tối đa 500 ký tự.";
	if (*ret_problem != NULL)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !db_prepare(scope->db, &MONEY_PUT_SOURCE, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_PUT_SOURCE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, MONEY_PUT_SOURCE_P_SOURCE, source->source);
	db_bind_text(stmt, MONEY_PUT_SOURCE_P_TITLE, source->title);
	db_bind_int(stmt, MONEY_PUT_SOURCE_P_POSITION, 5);
	db_bind_int(stmt, MONEY_PUT_SOURCE_P_VALID_FROM, valid_from);
	db_bind_text(stmt, MONEY_PUT_SOURCE_P_BASIS, source->basis);
	return db_run(stmt, error) && money_note(scope, object, state, error) && db_txn_commit(txn, error);
}
