/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recorder.h"

#include "app/app_internal.h"
#include "base/json.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

#define US_PER_SECOND ((int64_t)1000000)
#define SIGN_EVERY_US (60 * US_PER_SECOND)
#define SIGN_EVERY_ROWS 1000
#define AFTER_FAILURE_US (5 * US_PER_SECOND)
#define QUEUE_MAX 100000 /* a disk that stays full must not take the memory too */

typedef struct Entry {
	int64_t at_us, person_id;
	LedgerAction action;
	char *name, *origin, *object, *after;
} Entry;

struct AppRecorder {
	App *app;
	Db *db;
	LedgerKey key;
	GThread *thread;
	GMutex mutex;
	GCond is_changed;
	GPtrArray *queue; /* of Entry *, under the mutex */
	bool is_stopping;
};

static void
entry_free(gpointer data)
{
	Entry *entry = data;

	g_free(entry->name);
	g_free(entry->origin);
	g_free(entry->object);
	g_free(entry->after);
	g_free(entry);
}

static bool
write_all(AppRecorder *recorder, const GPtrArray *entries, GError **error)
{
	int64_t commune_id = app_commune(recorder->app)->commune_id;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(recorder->db, &txn, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const Entry *entry = g_ptr_array_index(entries, i);
		const LedgerActor actor = {entry->person_id, entry->name, entry->origin};
		const LedgerNote note = {entry->action, entry->object, NULL, entry->after};

		if (!ledger_note(recorder->db, commune_id, &actor, entry->at_us, &note, error))
			return false;
	}
	return db_txn_commit(txn, error);
}

/* Puts back in front what could not be written. */
static void
put_back(AppRecorder *recorder, GPtrArray *entries)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	g_ptr_array_extend_and_steal(entries, g_steal_pointer(&recorder->queue));
	recorder->queue = entries;
}

static GPtrArray *
take_queue(AppRecorder *recorder)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);
	GPtrArray *entries = recorder->queue;

	recorder->queue = g_ptr_array_new_with_free_func(entry_free);
	return entries;
}

static bool
write_queue(AppRecorder *recorder)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *entries = take_queue(recorder);

	if (entries->len == 0 || write_all(recorder, entries, &error)) {
		g_ptr_array_unref(entries);
		return true;
	}
	fprintf(stderr, "ledger: %s\n", error->message);
	put_back(recorder, entries);
	return false;
}

static bool
sign(AppRecorder *recorder)
{
	g_autoptr(GError) error = NULL;

	if (ledger_sign(recorder->db, app_commune(recorder->app)->commune_id, &recorder->key,
		app_now_us(recorder->app), &error))
		return true;
	fprintf(stderr, "ledger: %s\n", error->message);
	return false;
}

/* True where so much was written since the last signature that the next one is due. */
static bool
is_due(AppRecorder *recorder, int64_t signed_us)
{
	LedgerMark head, last;

	if (g_get_monotonic_time() - signed_us >= SIGN_EVERY_US)
		return true;
	return ledger_marks(recorder->db, app_commune(recorder->app)->commune_id, &head, &last, NULL) &&
	       head.seq - last.seq >= SIGN_EVERY_ROWS;
}

/* False where the program ends. */
static bool
rest(AppRecorder *recorder, int64_t us, bool wakes_for_queue)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);
	int64_t until_us = g_get_monotonic_time() + us;

	while (!recorder->is_stopping && (!wakes_for_queue || recorder->queue->len == 0))
		if (!g_cond_wait_until(&recorder->is_changed, &recorder->mutex, until_us))
			break;
	return !recorder->is_stopping;
}

static gpointer
run(gpointer data)
{
	AppRecorder *recorder = data;
	int64_t signed_us = 0;
	bool is_ok;

	do {
		is_ok = write_queue(recorder);
		if (is_ok && (signed_us == 0 || is_due(recorder, signed_us))) {
			is_ok = sign(recorder);
			signed_us = g_get_monotonic_time();
		}
	} while (rest(recorder, is_ok ? SIGN_EVERY_US / 4 : AFTER_FAILURE_US, is_ok));
	if (write_queue(recorder))
		sign(recorder);
	return NULL;
}

bool
app_recorder_start(App *app, AppRecorder **ret_recorder, GError **error)
{
	g_autoptr(AppRecorder) recorder = g_new0(AppRecorder, 1);

	recorder->app = app;
	g_mutex_init(&recorder->mutex);
	g_cond_init(&recorder->is_changed);
	recorder->queue = g_ptr_array_new_with_free_func(entry_free);
	if (!ledger_key_load(app_directory(app), &recorder->key, error) ||
	    !app_open_writer(app, &recorder->db, error))
		return false;
	recorder->thread = g_thread_new("recorder", run, recorder);
	*ret_recorder = g_steal_pointer(&recorder);
	return true;
}

static void
signal_end(AppRecorder *recorder)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	recorder->is_stopping = true;
	g_cond_signal(&recorder->is_changed);
}

void
app_recorder_stop(AppRecorder *recorder)
{
	if (recorder == NULL)
		return;
	if (recorder->thread != NULL) {
		signal_end(recorder);
		g_thread_join(recorder->thread);
	}
	db_free(recorder->db);
	ledger_key_clear(&recorder->key);
	g_ptr_array_unref(recorder->queue);
	g_mutex_clear(&recorder->mutex);
	g_cond_clear(&recorder->is_changed);
	g_free(recorder);
}

static char *
describe(const HttpRequest *request, const HttpResponse *response)
{
	static const char *const FORMATS[] = {
	    [HTTP_HTML] = "trang, tệp", [HTTP_JSON] = "JSON", [HTTP_CSV] = "CSV"};
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "path", request->path);
	json_key_string(&json, "format", FORMATS[request->format]);
	json_key(&json, "query");
	json_begin_object(&json);
	for (size_t i = 0; i < request->n_query; i++)
		json_key_string(&json, request->query[i].name, request->query[i].value);
	json_end_object(&json);
	json_key_int(
	    &json, "bytes", (int64_t)(response->fixed != NULL ? response->fixed_len : response->body->len));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
queue(AppRecorder *recorder, LedgerAction action, const char *kind, const HttpRequest *request,
    const HttpResponse *response)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = NULL;
	LedgerActor actor = app_actor(request);
	Entry *entry = g_new0(Entry, 1);

	entry->at_us = app_context(request)->now_us;
	entry->person_id = actor.person_id;
	entry->action = action;
	entry->name = g_strdup(actor.name);
	entry->origin = g_strdup(actor.origin);
	entry->object = g_strconcat(kind, request->path, NULL);
	entry->after = describe(request, response);
	locker = g_mutex_locker_new(&recorder->mutex);
	if (recorder->queue->len >= QUEUE_MAX) {
		entry_free(entry);
		return;
	}
	g_ptr_array_add(recorder->queue, entry);
	g_cond_signal(&recorder->is_changed);
}

void
app_recorder_export(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response)
{
	queue(recorder, LEDGER_EXPORT, "export", request, response);
}

void
app_recorder_read(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response)
{
	queue(recorder, LEDGER_READ, "read", request, response);
}
