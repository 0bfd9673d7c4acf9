/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/verify.h"

#include "app/app_internal.h"
#include "storage/txn.h"

static bool
check_commune(const App *app, Db *db, LedgerReport *report, GError **error)
{
	g_auto(AppCommune) commune = {0};
	g_autofree char *state = NULL;
	bool is_found;

	if (!app_find_commune(db, app->commune.commune_id, &commune, &is_found, error))
		return false;
	state = app_commune_state(&commune);
	return ledger_check_state(db, app->commune.commune_id, APP_COMMUNE_OBJECT, state, report, error);
}

static void
add_jobs(GArray *jobs, const AppModule *module, unsigned n_parts)
{
	const VerifyJob whole = {.module = module};

	if (module->verify != NULL)
		g_array_append_val(jobs, whole);
	for (unsigned no = 0; no < n_parts && module->verify_part != NULL; no++) {
		const VerifyJob job = {module, true, {no, n_parts}};

		g_array_append_val(jobs, job);
	}
}

GArray *
verify_jobs(const App *app, unsigned n_parts)
{
	GArray *jobs = g_array_new(FALSE, FALSE, sizeof(VerifyJob));
	const VerifyJob commune = {.module = NULL};

	g_array_append_val(jobs, commune);
	for (guint i = 0; i < app->modules->len; i++)
		add_jobs(jobs, g_ptr_array_index(app->modules, i), n_parts);
	return jobs;
}

bool
verify_job_run(const App *app, Db *db, const VerifyJob *job, LedgerReport *report, GError **error)
{
	int64_t commune_id = app->commune.commune_id;

	if (job->module == NULL)
		return check_commune(app, db, report, error);
	return job->is_part ? job->module->verify_part(db, commune_id, job->part, report, error)
			    : job->module->verify(db, commune_id, report, error);
}

/* One after the other, each difference a finding. */
static bool
check_tables(const App *app, Db *db, LedgerReport *report, GError **error)
{
	g_autoptr(GArray) jobs = verify_jobs(app, 1);

	for (guint i = 0; i < jobs->len; i++)
		if (!verify_job_run(app, db, &g_array_index(jobs, VerifyJob, i), report, error))
			return false;
	return true;
}

bool
app_verify_in(const App *app, Db *db, LedgerReport *ret_report, GError **error)
{
	g_auto(LedgerKey) key = {0};

	return ledger_key_load(app->directory, &key, error) &&
	       ledger_verify(db, app->commune.commune_id, &key.public_key, ret_report, error) &&
	       check_tables(app, db, ret_report, error);
}

/* One state of the store throughout, also where a server writes meanwhile. */
bool
app_verify(App *app, LedgerReport *ret_report, GError **error)
{
	g_autoptr(VerifyShared) shared = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_sound;

	if (!verify_shared_begin(app, &shared, error))
		return false;
	if (shared == NULL)
		return db_txn_begin_read(app->db, &txn, error) &&
		       app_verify_in(app, app->db, ret_report, error) && db_txn_commit(txn, error);
	return verify_shared_run(shared, ret_report, &is_sound, error) &&
	       (is_sound || check_tables(app, app->db, ret_report, error));
}

bool
app_verify_files(App *app, bool reads_all, LedgerReport *report, GError **error)
{
	for (guint i = 0; i < app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(app->modules, i);

		if (module->verify_files != NULL && !module->verify_files(app->db, app->commune.commune_id,
							app->directory, reads_all, report, error))
			return false;
	}
	return true;
}
