/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_numbers.h"

#include "app/setting.h"
#include "base/json.h"
#include "modules/plan/plan.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "storage/txn.h"

#include <string.h>

#define SOURCE_CHARACTERS 300
#define PROGRAM "Mặc định của chương trình"

const WorkNumberRule WORK_NUMBERS[WORK_NUMBER_MAX] = {
    [WORK_NUMBER_SOON] = {"soon_days", "Sắp đến hạn", "ngày",
	"Còn ngần ấy ngày thì việc ghi là “Còn N ngày”.", "work.soon_days", 30, 0, 365, PROGRAM},
    [WORK_NUMBER_ACTION] = {"action_days", "Cần làm ngay", "ngày",
	"Còn ngần ấy ngày thì việc đứng trong trang Hôm nay.", "work.action_days", 7, 0, 365, PROGRAM},
    [WORK_NUMBER_UNDO] = {"undo_seconds", "Được hoàn tác", "giây",
	"Người vừa ghi được thu hồi trong khoảng này; 0: không được.", "work.undo_seconds", 10, 0, 3600,
	PROGRAM},
    [WORK_NUMBER_LOCK] = {"lock_day", "Khóa kỳ cập nhật", "ngày của tháng sau",
	"Sau ngày này thì tháng trước khóa; 0: không tự khóa.", "work.lock_day", 10, 0, 28,
	"Lịch chốt số liệu hằng tháng thường dùng; " PROGRAM},
    [WORK_NUMBER_PROOF] = {"proof_period", "Kỳ chứng minh của việc thường xuyên",
	"1 tháng, 2 quý, 3 nửa năm, 4 năm",
	"Việc thường xuyên được xét theo từng kỳ này. Kỳ đã mở giữ nguyên.", "work.proof_period",
	PLAN_PERIOD_QUARTER, PLAN_PERIOD_MONTH, PLAN_PERIOD_YEAR, PROGRAM},
};

G_STATIC_ASSERT(
    PLAN_PERIOD_MONTH == 1 && PLAN_PERIOD_QUARTER == 2 && PLAN_PERIOD_HALF == 3 && PLAN_PERIOD_YEAR == 4);

static int
find_rule(const char *rule)
{
	for (int i = 0; i < WORK_NUMBER_MAX; i++)
		if (strcmp(WORK_NUMBERS[i].rule, rule) == 0)
			return i;
	return -1;
}

/* What was kept before numbers had dates; else what comes with the program. */
static bool
fall_back(const WorkScope *scope, const WorkNumberRule *rule, WorkNumber *ret_number, GError **error)
{
	*ret_number = (WorkNumber){.source = rule->source};
	if (!app_setting_get_int(
		scope->db, scope->commune_id, rule->setting, rule->fallback, &ret_number->value, error))
		return false;
	if (ret_number->value < rule->min || ret_number->value > rule->max)
		ret_number->value = rule->fallback;
	return true;
}

bool
work_numbers(
    const WorkScope *scope, int32_t day, WorkNumber ret_numbers[static WORK_NUMBER_MAX], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	memset(ret_numbers, 0, WORK_NUMBER_MAX * sizeof(*ret_numbers));
	if (!db_prepare(scope->db, &WORK_RULES_ON, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_RULES_ON_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_RULES_ON_P_DAY, day);
	while (db_step(stmt, &has_row, error) && has_row) {
		int key = find_rule(db_column_text(stmt, WORK_RULES_ON_C_RULE));

		if (key >= 0)
			ret_numbers[key] = (WorkNumber){.is_own = true,
			    .value = db_column_int(stmt, WORK_RULES_ON_C_VALUE),
			    .valid_from = (int32_t)db_column_int(stmt, WORK_RULES_ON_C_VALID_FROM),
			    .source =
				arena_strdup(scope->arena, db_column_text(stmt, WORK_RULES_ON_C_SOURCE)),
			    .name = arena_strdup(scope->arena, db_column_text(stmt, WORK_RULES_ON_C_NAME))};
	}
	if (has_row)
		return false;
	for (int i = 0; i < WORK_NUMBER_MAX; i++)
		if (!ret_numbers[i].is_own && !fall_back(scope, &WORK_NUMBERS[i], &ret_numbers[i], error))
			return false;
	return true;
}

bool
work_soon_days(Db *db, int64_t commune_id, int32_t day, int32_t *ret_days, GError **error)
{
	const WorkScope scope = {.db = db, .commune_id = commune_id};
	const WorkNumberRule *rule = &WORK_NUMBERS[WORK_NUMBER_SOON];
	WorkNumber number = {0};
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &WORK_RULE_ON, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_RULE_ON_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, WORK_RULE_ON_P_RULE, rule->rule);
	db_bind_int(stmt, WORK_RULE_ON_P_DAY, day);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		number.value = db_column_int(stmt, WORK_RULE_ON_C_VALUE);
	else if (!fall_back(&scope, rule, &number, error))
		return false;
	*ret_days = (int32_t)number.value;
	return true;
}

bool
work_number_history(const WorkScope *scope, GPtrArray *ret_events, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_ALL_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_ALL_RULES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int key = find_rule(db_column_text(stmt, WORK_ALL_RULES_C_RULE));
		WorkNumberEvent *event = arena_new0(scope->arena, WorkNumberEvent);

		if (key < 0)
			continue;
		*event = (WorkNumberEvent){.rule = &WORK_NUMBERS[key],
		    .valid_from = (int32_t)db_column_int(stmt, WORK_ALL_RULES_C_VALID_FROM),
		    .value = db_column_int(stmt, WORK_ALL_RULES_C_VALUE),
		    .at_us = db_column_int(stmt, WORK_ALL_RULES_C_AT_US),
		    .source = arena_strdup(scope->arena, db_column_text(stmt, WORK_ALL_RULES_C_SOURCE)),
		    .name = arena_strdup(scope->arena, db_column_text(stmt, WORK_ALL_RULES_C_NAME))};
		g_ptr_array_add(ret_events, event);
	}
	return !has_row;
}

static char *
object_of(const char *rule, int32_t valid_from)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(valid_from, iso);
	return g_strdup_printf("work-rule/%s/%s", rule, iso);
}

static char *
state_of(int64_t value, const char *source)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "value", value);
	json_key_string(&json, "source", source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
put(const WorkScope *scope, WorkNumberKey key, int64_t value, int32_t valid_from, const char *source,
    GError **error)
{
	g_autofree char *object = object_of(WORK_NUMBERS[key].rule, valid_from), *before = NULL;
	g_autofree char *state = state_of(value, source);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_PUT_RULE, &stmt, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	db_bind_int(stmt, WORK_PUT_RULE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, WORK_PUT_RULE_P_RULE, WORK_NUMBERS[key].rule);
	db_bind_int(stmt, WORK_PUT_RULE_P_VALID_FROM, valid_from);
	db_bind_int(stmt, WORK_PUT_RULE_P_VALUE, value);
	db_bind_text(stmt, WORK_PUT_RULE_P_SOURCE, source);
	db_bind_text(stmt, WORK_PUT_RULE_P_NAME, scope->actor.name);
	db_bind_int(stmt, WORK_PUT_RULE_P_AT_US, scope->now_us);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

bool
work_set_number(const WorkScope *scope, WorkNumberKey key, int64_t value, int32_t valid_from,
    const char *source, const char **ret_problem, GError **error)
{
	const WorkNumberRule *rule = &WORK_NUMBERS[key];
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = NULL;
	if (!work_may(scope, APP_OPERATE))
		*ret_problem = "Chỉ cơ quan thường trực mới đổi được quy tắc theo dõi.";
	else if (value < rule->min || value > rule->max)
		*ret_problem = arena_printf(scope->arena,
		    "%s phải từ %" G_GINT64_FORMAT " đến %" G_GINT64_FORMAT " (%s).", rule->title, rule->min,
		    rule->max, rule->unit);
	else if (valid_from < scope->today)
		*ret_problem =
		    "Ngày bắt đầu không được trước hôm nay: quy tắc đã áp dụng thì không sửa lùi được.";
	else if (source == NULL || *source == '\0' || g_utf8_strlen(source, -1) > SOURCE_CHARACTERS)
		*ret_problem = "Hãy ghi căn cứ (số, ngày của quyết định hoặc văn bản), không quá 300 ký tự.";
	if (*ret_problem != NULL)
		return true;
	return db_txn_begin(scope->db, &txn, error) && put(scope, key, value, valid_from, source, error) &&
	       db_txn_commit(txn, error);
}

bool
work_verify_numbers(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &WORK_ALL_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_ALL_RULES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object = object_of(db_column_text(stmt, WORK_ALL_RULES_C_RULE),
		    (int32_t)db_column_int(stmt, WORK_ALL_RULES_C_VALID_FROM));
		g_autofree char *state = state_of(db_column_int(stmt, WORK_ALL_RULES_C_VALUE),
		    db_column_text(stmt, WORK_ALL_RULES_C_SOURCE));

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}
