/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify.sql.h"
#include "modules/notify/notify_internal.h"

/* Deliveries, to be looked at. */

bool
notify_list_deliveries(Db *db, int64_t commune_id, int64_t before, int state, int size, Arena *arena,
    GPtrArray *deliveries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &NOTIFY_LIST_DELIVERIES, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_DELIVERIES_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_LIST_DELIVERIES_P_BEFORE, before);
	db_bind_int(stmt, NOTIFY_LIST_DELIVERIES_P_STATE, state);
	db_bind_int(stmt, NOTIFY_LIST_DELIVERIES_P_SIZE, size);
	for (;;) {
		NotifyDelivery *row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = arena_new0(arena, NotifyDelivery);
		row->delivery_id = db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_DELIVERY_ID);
		row->channel = (NotifyChannel)db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_CHANNEL);
		row->name = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_DELIVERIES_C_NAME));
		row->address = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_DELIVERIES_C_ADDRESS));
		row->state = (NotifyState)db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_STATE);
		row->attempts = (int)db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_ATTEMPTS);
		row->created_us = db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_CREATED_US);
		row->next_us = db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_NEXT_US);
		row->done_us = db_column_int(stmt, NOTIFY_LIST_DELIVERIES_C_DONE_US);
		row->answer = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_DELIVERIES_C_ANSWER));
		row->subject = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_DELIVERIES_C_SUBJECT));
		g_ptr_array_add(deliveries, row);
	}
}

bool
notify_count_states(Db *db, int64_t commune_id, int64_t ret_counts[static NOTIFY_STATE_MAX], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	for (int state = 0; state < NOTIFY_STATE_MAX; state++)
		ret_counts[state] = 0;
	if (!db_prepare(db, &NOTIFY_COUNT_STATES, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_COUNT_STATES_P_COMMUNE_ID, commune_id);
	for (;;) {
		int64_t state;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		state = db_column_int(stmt, NOTIFY_COUNT_STATES_C_STATE);
		if (state > 0 && state < NOTIFY_STATE_MAX)
			ret_counts[state] = db_column_int(stmt, NOTIFY_COUNT_STATES_C_N);
	}
}
