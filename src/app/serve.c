/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/serve.h"

#include "app/backup_keeper.h"
#include "app/dispatch.h"
#include "app/jobs.h"
#include "app/recorder.h"
#include "http/server.h"

#define SLOW_THREADS 2 /* draw pages, compile drafts; a reader process does most of the work */

struct AppService {
	AppDispatcher *dispatcher;
	HttpServer *server;
	AppJobs *jobs;
	AppRecorder *recorder;
	AppBackupKeeper *keeper;
};

static void
wake_jobs(void *data)
{
	app_jobs_wake(data);
}

bool
app_serve(App *app, const AppServeOptions *options, AppService **ret_service, GError **error)
{
	g_autoptr(AppService) service = g_new0(AppService, 1);
	HttpServerOptions http = {.address = options->address,
	    .port = options->port,
	    .n_workers = options->n_workers > 0 ? options->n_workers : http_default_workers(),
	    .n_slow = SLOW_THREADS,
	    .admit = app_admit,
	    .handle = app_dispatch};

	if (!app_dispatcher_new(
		app, http.n_workers, http.n_slow, options->version, &service->dispatcher, error) ||
	    !app_recorder_start(app, &service->recorder, error) ||
	    !app_jobs_start(app, &service->jobs, error))
		return false;
	app_dispatcher_set_on_write(service->dispatcher, wake_jobs, service->jobs);
	app_dispatcher_set_recorder(service->dispatcher, service->recorder);
	if (options->program != NULL &&
	    !app_backup_keeper_start(app, options->program, &service->keeper, error))
		return false;
	http.data = service->dispatcher;
	if (!http_server_start(&http, &service->server, error))
		return false;
	*ret_service = g_steal_pointer(&service);
	return true;
}

uint16_t
app_service_port(const AppService *service)
{
	return http_server_port(service->server);
}

void
app_service_stop(AppService *service)
{
	if (service == NULL)
		return;
	http_server_stop(service->server);
	app_backup_keeper_stop(service->keeper);
	app_jobs_stop(service->jobs);
	app_recorder_stop(service->recorder);
	app_dispatcher_free(service->dispatcher);
	g_free(service);
}
