/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "modules/agency/agency.h"
#include "modules/indicator/indicator.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_secret.h"
#include "modules/report/report.h"
#include "modules/task/task.h"
#include "storage/txn.h"

/* Writes a plan's rows; the document is there. */
static bool
add_plan(PlanScope *scope, int64_t document_id, const IntakeReading *reading, int64_t now_us, GError **error)
{
	PlanCounts counts = intake_reading_counts(reading);
	const Plan *plan = reading->plan;
	g_autoptr(GArray) parts = NULL;

	return agency_enter_all(scope->db, scope->commune_id, plan, &parts, error) &&
	       plan_add(scope, document_id, plan, &counts, now_us, error) &&
	       agency_add_parts(
		   scope, plan, parts, (const char *const *)reading->items.duties->pdata, error) &&
	       task_add_all(scope, plan, parts, error) && indicator_add_all(scope, plan, parts, error) &&
	       report_add_all(scope, plan, (const char *const *)reading->items.reports->pdata, error) &&
	       intake_add_marks(scope, document_id, reading, error) &&
	       intake_add_findings(scope, reading, error);
}

static bool
add_document(const IntakeScope *scope, const IntakeReading *reading, const char *text_sha256,
    int64_t *ret_document_id, GError **error)
{
	char key[FILESTORE_KEY_SIZE];
	DocumentSource source = {
	    .sha256 = reading->file_sha256 != NULL ? reading->file_sha256 : key,
	    .text_sha256 = text_sha256,
	    .file_name = reading->file_name,
	    .size_bytes = (int64_t)reading->len,
	};

	if (reading->file_sha256 == NULL &&
	    !filestore_add(scope->directory, reading->bytes, reading->len, key, error))
		return false;
	return document_add(
	    scope->db, scope->commune_id, &source, reading->plan, scope->now_us, ret_document_id, error);
}

/* The same words with other corrections are another version of the plan. */
static char *
hash_text(const IntakeReading *reading)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

	g_checksum_update(checksum, (const guchar *)reading->plan->text, (gssize)reading->plan->text_len);
	if (reading->edits != NULL && *reading->edits != '\0')
		g_checksum_update(checksum, (const guchar *)reading->edits, -1);
	return g_strdup(g_checksum_get_string(checksum));
}

bool
intake_store_reading(
    const IntakeScope *scope, const IntakeReading *reading, IntakeResult *result, GError **error)
{
	PlanScope plan = {scope->db, scope->commune_id, 0};
	g_autofree char *identity = plan_identity(&reading->plan->document);
	g_autofree char *text_sha256 = hash_text(reading);
	PlanKnown known = {0};
	Secrecy secrecy = secrecy_of_text(reading->plan->text, reading->plan->text_len);
	int64_t document_id;

	if (secrecy != SECRECY_NONE)
		return intake_refuse_secret(reading->file_name, secrecy, error);
	if (!document_find_by_text(scope->db, scope->commune_id, text_sha256, &document_id, error))
		return false;
	if (document_id != 0) {
		if (!plan_find_document(scope->db, scope->commune_id, document_id, &known, error))
			return false;
		*result = (IntakeResult){INTAKE_UNCHANGED, known.plan_id, known.version};
		return true;
	}
	if (!plan_find_identity(scope->db, scope->commune_id, identity, &known, error) ||
	    !add_document(scope, reading, text_sha256, &document_id, error) ||
	    !add_plan(&plan, document_id, reading, scope->now_us, error) ||
	    !plan_note_added(&plan, &scope->actor, scope->now_us, error))
		return false;
	*result = (IntakeResult){
	    known.plan_id != 0 ? INTAKE_NEW_VERSION : INTAKE_ADDED, plan.plan_id, known.version + 1};
	return true;
}

IntakeScope
intake_scope(App *app)
{
	return (IntakeScope){
	    app_db(app), app_commune(app)->commune_id, app_directory(app), app_now_us(app), APP_SHELL_ACTOR};
}

/* The first plan that says whose it is also says whose the store is. */
static bool
name_commune(App *app, const IntakeReading *reading, GError **error)
{
	g_autofree char *name = intake_commune_of(reading->plan->document.issuer);

	return name == NULL || app_name_commune(app, name, error);
}

bool
intake_store(App *app, const GPtrArray *readings, IntakeResult *results, GError **error)
{
	const IntakeScope scope = intake_scope(app);
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope.db, &txn, error))
		return false;
	for (guint i = 0; i < readings->len; i++) {
		const IntakeReading *reading = g_ptr_array_index(readings, i);

		if (!intake_store_reading(&scope, reading, &results[i], error) ||
		    !name_commune(app, reading, error)) {
			g_prefix_error(error, "%s: ", reading->file_name);
			return false;
		}
	}
	return db_txn_commit(txn, error);
}
