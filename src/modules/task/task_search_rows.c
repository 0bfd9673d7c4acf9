/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_search.h"

#include <string.h>

bool
task_search_add(DbStmt *insert, const char *const texts[static TASK_SEARCH_TEXTS], GError **error)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (size_t i = 0; i < TASK_SEARCH_TEXTS; i++) {
		if (texts[i] == NULL)
			continue;
		text_fold_append(words, texts[i], strlen(texts[i]));
		g_string_append_c(words, '\n');
	}
	db_bind_text(insert, TASK_SEARCH_INSERT_P_BODY, words->str);
	return db_run(insert, error);
}

bool
task_search_rebuild(Db *db, int64_t commune_id, GError **error)
{
	static const int TEXTS[TASK_SEARCH_TEXTS] = {TASK_SEARCH_SOURCE_C_NO, TASK_SEARCH_SOURCE_C_NAME,
	    TASK_SEARCH_SOURCE_C_OUTPUT, TASK_SEARCH_SOURCE_C_LEAD, TASK_SEARCH_SOURCE_C_COORDINATING,
	    TASK_SEARCH_SOURCE_C_DEADLINE_RAW};
	g_autoptr(DbStmt) source = NULL;
	g_autoptr(DbStmt) insert = NULL;
	bool has_row;

	if (!db_prepare(db, &TASK_SEARCH_SOURCE, &source, error) ||
	    !db_prepare(db, &TASK_SEARCH_INSERT, &insert, error))
		return false;
	db_bind_int(source, TASK_SEARCH_SOURCE_P_COMMUNE_ID, commune_id);
	db_bind_int(insert, TASK_SEARCH_INSERT_P_COMMUNE_ID, commune_id);
	for (;;) {
		const char *texts[TASK_SEARCH_TEXTS];

		if (!db_step(source, &has_row, error))
			return false;
		if (!has_row)
			return true;
		for (size_t i = 0; i < TASK_SEARCH_TEXTS; i++)
			texts[i] = db_column_text(source, TEXTS[i]);
		db_bind_int(insert, TASK_SEARCH_INSERT_P_PLAN_ID,
		    db_column_int(source, TASK_SEARCH_SOURCE_C_PLAN_ID));
		db_bind_int(insert, TASK_SEARCH_INSERT_P_TASK_NO,
		    db_column_int(source, TASK_SEARCH_SOURCE_C_TASK_NO));
		if (!task_search_add(insert, texts, error))
			return false;
	}
}
