/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recorder.h"

#include "app/app_internal.h"
#include "base/date.h"
#include "base/json.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

#define SIGN_EVERY_US (60 * INSTANT_SECOND)
#define SIGN_EVERY_ROWS 1000
#define AFTER_FAILURE_US (5 * INSTANT_SECOND)
#define QUEUE_MAX 100000 /* a disk that stays full must not take the memory too */

/* Somebody who waits until an entry is written. */
typedef struct Waiter {
	GError *error; /* why it was not */
	bool is_done;
} Waiter;

/* An export, or with a gate the use of a session. */
typedef struct Entry {
	int64_t at_us, person_id, session_id;
	LedgerAction action;
	char *name, *origin, *object, *after;
	const AppGate *gate;
	Waiter *waiter; /* NULL: nobody waits */
} Entry;

struct AppRecorder {
	App *app;
	Db *db;
	LedgerKey key;
	GThread *thread;
	GMutex mutex;
	GCond is_changed, is_written;
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
write_one(const AppRecorder *recorder, const Entry *entry, GError **error)
{
	int64_t commune_id = app_commune(recorder->app)->commune_id;
	const AppVisitor visitor = {.session_id = entry->session_id};
	const LedgerActor actor = {entry->person_id, entry->name, entry->origin};
	const LedgerNote note = {entry->action, entry->object, NULL, entry->after};

	if (entry->gate != NULL)
		return entry->gate->touch(recorder->db, commune_id, entry->at_us, &visitor, error);
	return ledger_note(recorder->db, commune_id, &actor, entry->at_us, &note, error);
}

static bool
write_all(const AppRecorder *recorder, const GPtrArray *entries, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(recorder->db, &txn, error))
		return false;
	db_txn_keep_version(txn);
	for (guint i = 0; i < entries->len; i++)
		if (!write_one(recorder, g_ptr_array_index(entries, i), error))
			return false;
	return db_txn_commit(txn, error);
}

/* Tells those who wait; exports that could not be written and nobody waits for are put back in front. */
static void
settle(AppRecorder *recorder, const GPtrArray *entries, const GError *error)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);
	g_autoptr(GPtrArray) later = g_steal_pointer(&recorder->queue);

	recorder->queue = g_ptr_array_new_with_free_func(entry_free);
	for (guint i = 0; i < entries->len; i++) {
		Entry *entry = g_ptr_array_index(entries, i);

		if (entry->waiter != NULL) {
			entry->waiter->error = error != NULL ? g_error_copy(error) : NULL;
			entry->waiter->is_done = true;
		}
		if (error != NULL && entry->waiter == NULL && entry->gate == NULL)
			g_ptr_array_add(recorder->queue, entry);
		else
			entry_free(entry);
	}
	g_ptr_array_extend_and_steal(recorder->queue, g_steal_pointer(&later));
	g_cond_broadcast(&recorder->is_written);
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
	g_autoptr(GPtrArray) entries = take_queue(recorder);

	if (entries->len > 0 && !write_all(recorder, entries, &error))
		fprintf(stderr, "ledger: %s\n", error->message);
	g_ptr_array_set_free_func(entries, NULL); /* each goes its own way */
	settle(recorder, entries, error);
	return error == NULL;
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

static bool
has_waiter(const AppRecorder *recorder)
{
	for (guint i = 0; i < recorder->queue->len; i++)
		if (((const Entry *)g_ptr_array_index(recorder->queue, i))->waiter != NULL)
			return true;
	return false;
}

/* False where the program ends. After a failure only somebody who waits is a reason to try again at once. */
static bool
rest(AppRecorder *recorder, int64_t us, bool wakes_for_queue)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);
	int64_t until_us = g_get_monotonic_time() + us;

	while (
	    !recorder->is_stopping && (wakes_for_queue ? recorder->queue->len == 0 : !has_waiter(recorder)))
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
	g_cond_init(&recorder->is_written);
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
	g_cond_clear(&recorder->is_written);
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

static Entry *
entry_new(const HttpRequest *request)
{
	Entry *entry = g_new0(Entry, 1);

	entry->at_us = app_context(request)->now_us;
	return entry;
}

static Entry *
note_new(LedgerAction action, const char *kind, const HttpRequest *request, const HttpResponse *response)
{
	LedgerActor actor = app_actor(request);
	Entry *entry = entry_new(request);

	entry->person_id = actor.person_id;
	entry->action = action;
	entry->name = g_strdup(actor.name);
	entry->origin = g_strdup(actor.origin);
	entry->object = g_strconcat(kind, request->path, NULL);
	entry->after = describe(request, response);
	return entry;
}

/* Under the mutex. */
static void
enqueue(AppRecorder *recorder, Entry *entry)
{
	if (recorder->queue->len >= QUEUE_MAX && entry->waiter == NULL) {
		entry_free(entry);
		return;
	}
	g_ptr_array_add(recorder->queue, entry);
	g_cond_signal(&recorder->is_changed);
}

void
app_recorder_export(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response)
{
	Entry *entry = note_new(LEDGER_EXPORT, "export", request, response);
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	enqueue(recorder, entry);
}

void
app_recorder_read(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response)
{
	Entry *entry = note_new(LEDGER_READ, "read", request, response);
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	enqueue(recorder, entry);
}

bool
app_recorder_export_now(
    AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response, GError **error)
{
	Entry *entry = note_new(LEDGER_EXPORT, "export", request, response);
	Waiter waiter = {0};
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	entry->waiter = &waiter;
	enqueue(recorder, entry);
	while (!waiter.is_done)
		g_cond_wait(&recorder->is_written, &recorder->mutex);
	if (waiter.error == NULL)
		return true;
	g_propagate_error(error, waiter.error);
	return false;
}

void
app_recorder_touch(AppRecorder *recorder, const AppGate *gate, const HttpRequest *request)
{
	Entry *entry = entry_new(request);
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&recorder->mutex);

	entry->gate = gate;
	entry->session_id = app_context(request)->visitor->session_id;
	enqueue(recorder, entry);
}
