/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "http/data.h"
#include "modules/ledger/ledger_pages.h"

void
ledger_export_csv(const GPtrArray *rows, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Dòng", "Thời điểm", "Ai", "Từ đâu", "Việc", "Đối tượng", "Trước", "Sau", "Mã băm"};
	GString *out = response->body;

	http_csv_begin(response, "nhat-ky.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < rows->len; i++) {
		const LedgerRow *row = g_ptr_array_index(rows, i);
		g_autoptr(GString) hash = g_string_new(NULL);
		char at[INSTANT_VI_SIZE];

		instant_format_vi(row->at_us, at);
		text_hex_append(hash, row->hash, sizeof(row->hash));
		csv_int(out, row->seq);
		csv_text(out, at);
		csv_text(out, row->actor.name);
		csv_text(out, row->actor.origin);
		csv_text(out, ledger_action_title(row->action));
		csv_text(out, row->object);
		csv_text(out, row->before);
		csv_text(out, row->after);
		csv_text(out, hash->str);
		csv_end_line(out);
	}
}

void
ledger_export_json(const GPtrArray *rows, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "rows");
	json_begin_array(&json);
	for (guint i = 0; i < rows->len; i++) {
		const LedgerRow *row = g_ptr_array_index(rows, i);
		g_autoptr(GString) hash = g_string_new(NULL);

		text_hex_append(hash, row->hash, sizeof(row->hash));
		json_begin_object(&json);
		json_key_int(&json, "seq", row->seq);
		json_key_int(&json, "at_us", row->at_us);
		json_key_int(&json, "actor_id", row->actor.person_id);
		json_key_string(&json, "actor", row->actor.name);
		json_key_string(&json, "origin", row->actor.origin);
		json_key_string(&json, "action", LEDGER_ACTION_WORDS[row->action]);
		json_key_string(&json, "object", row->object);
		json_key_string(&json, "before", row->before);
		json_key_string(&json, "after", row->after);
		json_key_string(&json, "hash", hash->str);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}
