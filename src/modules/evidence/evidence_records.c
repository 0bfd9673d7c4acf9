/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_records.h"

#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_pages.h"

static const AppRecordLabel LABELS[] = {
    {"person", "Người nộp"}, {"person_id", "Người nộp (số)"}, {"kind", "Loại minh chứng"}, {.key = NULL}};

static bool
load(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	Evidence evidence;
	EvidenceRow row;
	int64_t evidence_id;

	if (!app_record_ids(id, 1, &evidence_id, error) ||
	    !evidence_find_readable(request, evidence_id, &evidence, error))
		return false;
	evidence_make_row(record->arena, &evidence, &row);
	record->title = row.name;
	record->url = row.url;
	if (evidence.sha256 != NULL)
		app_record_add_source(
		    record, arena_printf(record->arena, "evidence-file/%s", evidence.sha256), NULL, true);
	return true;
}

static bool
add_to_object(HttpRequest *request, const char *kind, const char *id, AppRecord *record, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	const EvidenceObject object = {kind, id};
	g_autoptr(GPtrArray) pieces = g_ptr_array_new();

	bool may = false;

	if (!evidence_object_is_valid(&object))
		return true;
	if (!evidence_may_for(request, APP_DOWNLOAD, &object, &may, error))
		return false;
	if (!may)
		return true;
	if (!evidence_list(&scope, &object, record->arena, pieces, error))
		return false;
	for (guint i = 0; i < pieces->len; i++)
		app_record_add_source(record,
		    arena_printf(record->arena, "evidence/%" G_GINT64_FORMAT,
			((const Evidence *)g_ptr_array_index(pieces, i))->evidence_id),
		    NULL, false);
	return true;
}

static bool
add_to_task(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	return add_to_object(request, EVIDENCE_OBJECT_TASK, id, record, error);
}

static bool
add_to_work(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	return add_to_object(request, "work", id, record, error);
}

const AppRecordKind EVIDENCE_RECORDS[] = {
    {.kind = "evidence", .title = "Minh chứng", .permission = APP_DOWNLOAD, .labels = LABELS, .load = load},
    {.kind = "evidence-kind", .title = "Loại minh chứng", .permission = APP_READ},
    {.kind = "task", .title = "Nhiệm vụ", .permission = NULL, .load = add_to_task},
    {.kind = "work", .title = "Phiếu việc", .permission = NULL, .load = add_to_work},
    {.kind = NULL},
};
