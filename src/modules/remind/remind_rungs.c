/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "base/app-error.h"
#include "base/json.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_internal.h"
#include "storage/db_day.h"
#include "storage/txn.h"

/* The ladder in the store. */

#define ON_KEY "remind.is_on"

G_STATIC_ASSERT((int)REMIND_KNOWN_RUNGS_C_SET_BY == (int)REMIND_LIST_RUNGS_C_SET_BY);
G_STATIC_ASSERT((int)REMIND_KNOWN_RUNGS_P_COMMUNE_ID == (int)REMIND_LIST_RUNGS_P_COMMUNE_ID);

static void
read_rung(Arena *arena, const DbStmt *stmt, RemindRung *ret_rung)
{
	*ret_rung = (RemindRung){
	    .rung_no = db_column_int(stmt, REMIND_LIST_RUNGS_C_RUNG_NO),
	    .valid_from = (int32_t)db_column_int(stmt, REMIND_LIST_RUNGS_C_VALID_FROM),
	    .valid_to = db_column_day(stmt, REMIND_LIST_RUNGS_C_VALID_TO),
	    .about = (RemindAbout)CLAMP(
		db_column_int(stmt, REMIND_LIST_RUNGS_C_ABOUT), REMIND_WORK, REMIND_EXPLAINS),
	    .kind =
		(RemindKind)CLAMP(db_column_int(stmt, REMIND_LIST_RUNGS_C_KIND), REMIND_BEFORE, REMIND_WAIT),
	    .days = (int)CLAMP(db_column_int(stmt, REMIND_LIST_RUNGS_C_DAYS), 0, REMIND_DAYS_MAX),
	    .is_working = db_column_int(stmt, REMIND_LIST_RUNGS_C_IS_WORKING) != 0,
	    .is_original = db_column_int(stmt, REMIND_LIST_RUNGS_C_IS_ORIGINAL) != 0,
	    .is_urgent = db_column_int(stmt, REMIND_LIST_RUNGS_C_IS_URGENT) != 0,
	    .to_whom = (unsigned)db_column_int(stmt, REMIND_LIST_RUNGS_C_TO_WHOM) & REMIND_TO_ALL,
	    .source = arena_strdup(arena, db_column_text(stmt, REMIND_LIST_RUNGS_C_SOURCE)),
	    .set_by = arena_strdup(arena, db_column_text(stmt, REMIND_LIST_RUNGS_C_SET_BY)),
	};
}

static bool
read_rungs(const WorkScope *scope, const DbSql *sql, GArray *rungs, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_RUNGS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindRung rung;

		read_rung(scope->arena, stmt, &rung);
		g_array_append_val(rungs, rung);
	}
	return !has_row;
}

bool
remind_rungs(const WorkScope *scope, GArray *ret_rungs, bool *ret_is_own, GError **error)
{
	if (!read_rungs(scope, &REMIND_LIST_RUNGS, ret_rungs, error))
		return false;
	*ret_is_own = ret_rungs->len > 0;
	return *ret_is_own || read_rungs(scope, &REMIND_KNOWN_RUNGS, ret_rungs, error);
}

char *
remind_rung_state(const RemindRung *rung)
{
	GString *out = g_string_new(NULL);
	char iso[DATE_ISO_SIZE];
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "about", rung->about == REMIND_EXPLAINS ? "giải trình" : "phần việc");
	json_key_string(&json, "kind", REMIND_KIND_TITLES[rung->kind]);
	json_key_int(&json, "days", rung->days);
	json_key(&json, "working");
	json_bool(&json, rung->is_working);
	json_key(&json, "original");
	json_bool(&json, rung->is_original);
	json_key_int(&json, "to", rung->to_whom);
	json_key(&json, "urgent");
	json_bool(&json, rung->is_urgent);
	date_format_iso(rung->valid_to, iso);
	json_key_string(&json, "until", rung->valid_to != DATE_NONE ? iso : NULL);
	json_key_string(&json, "source", rung->source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

char *
remind_rung_object(const RemindRung *rung)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(rung->valid_from, iso);
	return g_strdup_printf("remind-rung/%" G_GINT64_FORMAT "/%s", rung->rung_no, iso);
}

static bool
put(const WorkScope *scope, const RemindRung *rung, GError **error)
{
	g_autofree char *object = remind_rung_object(rung), *state = remind_rung_state(rung), *before = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REMIND_PUT_RUNG, &stmt, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	db_bind_int(stmt, REMIND_PUT_RUNG_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_RUNG_NO, rung->rung_no);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_VALID_FROM, rung->valid_from);
	if (rung->valid_to != DATE_NONE)
		db_bind_int(stmt, REMIND_PUT_RUNG_P_VALID_TO, rung->valid_to);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_ABOUT, rung->about);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_KIND, rung->kind);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_DAYS, rung->days);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_IS_WORKING, rung->is_working);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_IS_ORIGINAL, rung->is_original);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_TO_WHOM, rung->to_whom);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_IS_URGENT, rung->is_urgent);
	db_bind_text(stmt, REMIND_PUT_RUNG_P_SOURCE, rung->source);
	db_bind_int(stmt, REMIND_PUT_RUNG_P_SET_US, scope->now_us);
	db_bind_text(stmt, REMIND_PUT_RUNG_P_SET_BY, scope->actor.name != NULL ? scope->actor.name : "");
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

/* The program's ladder becomes the commune's own with its first change. */
static bool
own(const WorkScope *scope, GArray *rungs, GError **error)
{
	bool is_own;

	if (!remind_rungs(scope, rungs, &is_own, error))
		return false;
	for (guint i = 0; !is_own && i < rungs->len; i++)
		if (!put(scope, &g_array_index(rungs, RemindRung, i), error))
			return false;
	return true;
}

/* The version of a rung that counts on a day; NULL. */
static RemindRung *
find_on(const GArray *rungs, int64_t rung_no, int32_t day)
{
	RemindRung *found = NULL;

	for (guint i = 0; i < rungs->len; i++) {
		RemindRung *rung = &g_array_index(rungs, RemindRung, i);

		if (rung->rung_no == rung_no && rung->valid_from <= day &&
		    (rung->valid_to == DATE_NONE || rung->valid_to >= day))
			found = rung;
	}
	return found;
}

static int64_t
last_no(const GArray *rungs)
{
	int64_t last = 0;

	for (guint i = 0; i < rungs->len; i++)
		last = MAX(last, g_array_index(rungs, RemindRung, i).rung_no);
	return last;
}

static bool
refuse_unknown(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có bậc nhắc này");
	return false;
}

static const char *
problem_of(const WorkScope *scope, const RemindRung *rung)
{
	if (rung->days < 0 || rung->days > REMIND_DAYS_MAX)
		return "Số ngày phải từ 0 đến 365.";
	if (rung->days == 0 && rung->kind != REMIND_BEFORE && rung->kind != REMIND_MONTH)
		return "Bậc sau hạn, không cập nhật hoặc chờ quyết định phải từ 1 ngày trở lên.";
	if (rung->to_whom == 0)
		return "Hãy chọn ít nhất một nơi nhận.";
	if (rung->source == NULL || *rung->source == '\0')
		return "Hãy ghi căn cứ: quy chế làm việc, quyết định hoặc thông báo.";
	if (rung->about == REMIND_EXPLAINS && rung->kind != REMIND_BEFORE && rung->kind != REMIND_LATE)
		return "Giải trình chỉ có bậc trước hạn và quá hạn.";
	if (rung->is_original && (rung->kind != REMIND_LATE || rung->about != REMIND_WORK))
		return "Chỉ bậc quá hạn của phần việc được tính từ hạn gốc.";
	if (rung->valid_from < scope->today)
		return "Bậc nhắc chỉ có hiệu lực từ hôm nay trở đi; ngày đã qua không sửa lại được.";
	return NULL;
}

/* What a version of the same rung begins later would take its place at once. */
static bool
begins_later(const GArray *rungs, const RemindRung *rung)
{
	for (guint i = 0; i < rungs->len; i++) {
		const RemindRung *other = &g_array_index(rungs, RemindRung, i);

		if (other->rung_no == rung->rung_no && other->valid_from > rung->valid_from)
			return true;
	}
	return false;
}

bool
remind_rung_set(const WorkScope *scope, const RemindRung *rung, const char **ret_problem, GError **error)
{
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(DbTxn) txn = NULL;
	RemindRung added = *rung, *before;

	*ret_problem = problem_of(scope, rung);
	if (!db_txn_begin(scope->db, &txn, error) || !own(scope, rungs, error))
		return false;
	if (added.rung_no != 0 && (added.rung_no < 0 || added.rung_no > last_no(rungs)))
		return refuse_unknown(error);
	if (*ret_problem == NULL && added.rung_no == 0 && last_no(rungs) >= REMIND_RUNGS_MAX)
		*ret_problem = "Đã có quá nhiều bậc nhắc; hãy sửa một bậc đã có.";
	if (*ret_problem == NULL && begins_later(rungs, &added))
		*ret_problem = "Bậc này đã có một thay đổi bắt đầu muộn hơn; hãy chọn ngày sau thay đổi đó.";
	if (*ret_problem != NULL)
		return true;
	if (added.rung_no == 0)
		added.rung_no = last_no(rungs) + 1;
	before = find_on(rungs, added.rung_no, added.valid_from - 1);
	if (before != NULL && before->valid_from < added.valid_from) {
		before->valid_to = added.valid_from - 1;
		if (!put(scope, before, error))
			return false;
	}
	return put(scope, &added, error) && db_txn_commit(txn, error);
}

bool
remind_rung_end(const WorkScope *scope, int64_t rung_no, GError **error)
{
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(DbTxn) txn = NULL;
	RemindRung *rung;

	if (!db_txn_begin(scope->db, &txn, error) || !own(scope, rungs, error))
		return false;
	rung = find_on(rungs, rung_no, scope->today);
	if (rung == NULL)
		return refuse_unknown(error);
	rung->valid_to = scope->today - 1;
	return put(scope, rung, error) && db_txn_commit(txn, error);
}

bool
remind_is_on(const WorkScope *scope, bool *ret_is_on, GError **error)
{
	int64_t value;

	if (!app_setting_get_int(scope->db, scope->commune_id, ON_KEY, 0, &value, error))
		return false;
	*ret_is_on = value != 0;
	return true;
}

bool
remind_switch(const WorkScope *scope, bool is_on, GError **error)
{
	return app_setting_set(
	    scope->db, scope->commune_id, &scope->actor, scope->now_us, ON_KEY, is_on ? "1" : "0", error);
}
