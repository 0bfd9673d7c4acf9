/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_rules.h"

#include "base/date.h"
#include "base/json.h"
#include "modules/notify/notify.sql.h"
#include "storage/txn.h"

const char *const NOTIFY_EVENT_TITLES[NOTIFY_EVENT_MAX] = {
    [NOTIFY_ASSIGNED] = "Được giao việc",
    [NOTIFY_SUBMITTED] = "Có việc chờ mình nghiệm thu",
    [NOTIFY_RETURNED] = "Việc bị trả lại",
    [NOTIFY_ACCEPTED] = "Việc được nghiệm thu",
    [NOTIFY_REOPENED] = "Việc bị mở lại",
    [NOTIFY_REQUESTED] = "Có đề nghị chờ mình quyết định",
    [NOTIFY_EXTENSION] = "Đề nghị gia hạn đã có quyết định",
    [NOTIFY_CONTEST] = "Ý kiến khác đã có quyết định",
    [NOTIFY_EXPLAIN_ASKED] = "Được yêu cầu giải trình",
    [NOTIFY_EXPLAIN_ANSWERED] = "Yêu cầu giải trình đã được trả lời",
    [NOTIFY_EXPLAIN_DECIDED] = "Giải trình được chấp nhận, trả lại hoặc rút",
};

const char *const NOTIFY_EVENT_WORDS[NOTIFY_EVENT_MAX] = {
    [NOTIFY_ASSIGNED] = "duoc-giao",
    [NOTIFY_SUBMITTED] = "cho-nghiem-thu",
    [NOTIFY_RETURNED] = "bi-tra-lai",
    [NOTIFY_ACCEPTED] = "duoc-nghiem-thu",
    [NOTIFY_REOPENED] = "bi-mo-lai",
    [NOTIFY_REQUESTED] = "cho-quyet-dinh",
    [NOTIFY_EXTENSION] = "gia-han",
    [NOTIFY_CONTEST] = "y-kien-khac",
    [NOTIFY_EXPLAIN_ASKED] = "phai-giai-trinh",
    [NOTIFY_EXPLAIN_ANSWERED] = "da-giai-trinh",
    [NOTIFY_EXPLAIN_DECIDED] = "xet-giai-trinh",
};

static bool
is_urgent_by_itself(NotifyEvent event)
{
	return event == NOTIFY_EXPLAIN_ASKED;
}

bool
notify_rule(Db *db, int64_t commune_id, NotifyEvent event, int32_t day, Arena *arena, NotifyRule *ret_rule,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_rule = (NotifyRule){.event = event,
	    .is_on = true,
	    .is_urgent = is_urgent_by_itself(event),
	    .source = "Mặc định của chương trình",
	    .set_by = ""};
	if (!db_prepare(db, &NOTIFY_FIND_RULE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_FIND_RULE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_FIND_RULE_P_EVENT, event);
	db_bind_int(stmt, NOTIFY_FIND_RULE_P_DAY, day);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		*ret_rule = (NotifyRule){.event = event,
		    .valid_from = (int32_t)db_column_int(stmt, NOTIFY_FIND_RULE_C_VALID_FROM),
		    .is_on = db_column_int(stmt, NOTIFY_FIND_RULE_C_IS_ON) != 0,
		    .is_urgent = db_column_int(stmt, NOTIFY_FIND_RULE_C_IS_URGENT) != 0,
		    .source = arena_strdup(arena, db_column_text(stmt, NOTIFY_FIND_RULE_C_SOURCE)),
		    .set_by = arena_strdup(arena, db_column_text(stmt, NOTIFY_FIND_RULE_C_SET_BY))};
	return true;
}

static char *
object_of(int event, int32_t valid_from)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(valid_from, iso);
	return g_strdup_printf("notify-rule/%d/%s", event, iso);
}

static char *
state_of(bool is_on, bool is_urgent, const char *source)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key(&json, "on");
	json_bool(&json, is_on);
	json_key(&json, "urgent");
	json_bool(&json, is_urgent);
	json_key_string(&json, "source", source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

bool
notify_rule_set(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const NotifyRule *rule,
    GError **error)
{
	g_autofree char *object = object_of((int)rule->event, rule->valid_from), *before = NULL;
	g_autofree char *state = state_of(rule->is_on, rule->is_urgent, rule->source);
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(db, &txn, error) || !ledger_last_state(db, commune_id, object, &before, error) ||
	    !db_prepare(db, &NOTIFY_PUT_RULE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_EVENT, rule->event);
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_VALID_FROM, rule->valid_from);
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_IS_ON, rule->is_on);
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_IS_URGENT, rule->is_urgent);
	db_bind_text(stmt, NOTIFY_PUT_RULE_P_SOURCE, rule->source);
	db_bind_int(stmt, NOTIFY_PUT_RULE_P_SET_US, now_us);
	db_bind_text(stmt, NOTIFY_PUT_RULE_P_SET_BY, actor->name != NULL ? actor->name : "");
	return db_run(stmt, error) &&
	       ledger_note(db, commune_id, actor, now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state},
		   error) &&
	       db_txn_commit(txn, error);
}

bool
notify_rules_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &NOTIFY_LIST_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_RULES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object = object_of((int)db_column_int(stmt, NOTIFY_LIST_RULES_C_EVENT),
		    (int32_t)db_column_int(stmt, NOTIFY_LIST_RULES_C_VALID_FROM));
		g_autofree char *state = state_of(db_column_int(stmt, NOTIFY_LIST_RULES_C_IS_ON) != 0,
		    db_column_int(stmt, NOTIFY_LIST_RULES_C_IS_URGENT) != 0,
		    db_column_text(stmt, NOTIFY_LIST_RULES_C_SOURCE));

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}

bool
notify_tell(
    Db *db, int64_t commune_id, int64_t now_us, NotifyEvent event, const NotifyNew *message, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	NotifyNew told = *message;
	NotifyRule rule;

	if (message->person_id == 0)
		return true;
	if (!notify_rule(db, commune_id, event, instant_day(now_us), arena, &rule, error))
		return false;
	told.is_urgent = rule.is_urgent;
	return !rule.is_on || notify_post(db, commune_id, now_us, &told, NULL, error);
}
