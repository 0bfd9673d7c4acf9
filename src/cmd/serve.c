/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/serve.h"

#include "base/app-error.h"
#include "cmd/command.h"
#include "http/peer.h"
#include "modules/identity/identity.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_PORT 8057
#define PORT_MAX 65535
#define THREADS_MAX 64

typedef struct ServeArguments {
	char *address;
	int port, threads;
	gboolean is_open; /* others may come in although nobody has to sign in */
} ServeArguments;

/* Blocked before any thread is made, so that each inherits it and only this one waits for them. */
static void
block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static bool
check_arguments(const ServeArguments *arguments, GError **error)
{
	if (arguments->port >= 0 && arguments->port <= PORT_MAX && arguments->threads >= 0 &&
	    arguments->threads <= THREADS_MAX)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE, "--port nhận từ 0 đến %d, --threads từ 0 đến %d",
	    PORT_MAX, THREADS_MAX);
	return false;
}

/* Without an administrator everybody who reaches the port may do everything: that must be this machine alone.
 */
static bool
check_reach(App *app, const char *address, bool is_meant, GError **error)
{
	bool is_closed;

	if (!identity_is_closed(app_db(app), app_commune(app)->commune_id, &is_closed, error))
		return false;
	if (is_closed || is_meant || http_address_is_loopback(address))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN,
	    "chưa có tài khoản quản trị, nên chỉ mở được trên máy này (127.0.0.1); hãy tạo tài khoản: namro "
	    "user add %s "
	    "TÊN-ĐĂNG-NHẬP --name \"HỌ TÊN\" --kind quan-tri; hoặc thêm --open nếu thật sự muốn ai cũng vào "
	    "được",
	    app_directory(app));
	return false;
}

static void
print_address(const char *address, uint16_t port)
{
	bool is_every = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
	bool is_v6 = !is_every && strchr(address, ':') != NULL;

	printf("Đang mở trang tại http://%s%s%s:%u/%s (dừng: Ctrl-C)\n", is_v6 ? "[" : "",
	    is_every ? "127.0.0.1" : address, is_v6 ? "]" : "", port,
	    is_every ? " và tại địa chỉ của máy này trong mạng" : "");
	fflush(stdout);
}

static bool
run(const CommandContext *context, const char *directory, const ServeArguments *arguments, GError **error)
{
	g_autoptr(App) app = NULL;
	g_autoptr(AppService) service = NULL;
	AppOptions options = command_app_options(context, directory);
	AppServeOptions serve = {.address = arguments->address != NULL ? arguments->address : "127.0.0.1",
	    .port = (uint16_t)arguments->port,
	    .n_workers = (unsigned)arguments->threads,
	    .version = NAMRO_VERSION,
	    .program = context->is_clock_fixed ? NULL : "/proc/self/exe"};
	sigset_t signals;
	int received;

	options.is_clock_fixed = context->is_clock_fixed;
	if (!check_arguments(arguments, error))
		return false;
	block_signals(&signals);
	if (!app_open(&options, &app, error) || !check_reach(app, serve.address, arguments->is_open, error) ||
	    !app_serve(app, &serve, &service, error))
		return false;
	print_address(serve.address, app_service_port(service));
	while (sigwait(&signals, &received) == EINTR)
		;
	printf("Đã dừng.\n");
	return true;
}

int
command_serve(const CommandContext *context, int argc, char **argv)
{
	ServeArguments arguments = {.port = DEFAULT_PORT};
	g_autoptr(GError) error = NULL;
	g_autofree char *address = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"port", 'p', 0, G_OPTION_ARG_INT, &arguments.port, "cổng (mặc định 8057; 0: cổng trống bất kỳ)",
		"SỐ"},
	    {"listen", 'l', 0, G_OPTION_ARG_STRING, &address,
		"địa chỉ IP (mặc định 127.0.0.1; 0.0.0.0: mọi máy)", "IP"},
	    {"threads", 't', 0, G_OPTION_ARG_INT, &arguments.threads, "số luồng (mặc định: số lõi)", "SỐ"},
	    {"open", 0, 0, G_OPTION_ARG_NONE, &arguments.is_open,
		"mở cho máy khác cả khi chưa có tài khoản quản trị", NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro serve: cần đúng một thư mục dữ liệu, ví dụ: namro serve du-lieu\n");
		return 2;
	}
	arguments.address = address;
	return run(context, argv[1], &arguments, &error) ? 0 : command_fail(context, error);
}
