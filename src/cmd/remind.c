/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/remind/remind_simulate.h"

#include <stdio.h>
#include <string.h>

typedef struct RemindOptions {
	char *from, *to;
	gboolean is_summary;
} RemindOptions;

static void
print_said(const GArray *said)
{
	for (guint i = 0; i < said->len; i++) {
		const RemindSaid *row = &g_array_index(said, RemindSaid, i);
		char day[DATE_ISO_SIZE];

		date_format_iso(row->day, day);
		printf("%s\t%" G_GINT64_FORMAT "\t%s\t%s\n", day, row->rung_no, row->name, row->subject);
	}
}

static void
print_loads(const GArray *said, bool is_cut)
{
	g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(RemindLoad));

	remind_loads(said, loads);
	for (guint i = 0; i < loads->len; i++) {
		const RemindLoad *load = &g_array_index(loads, RemindLoad, i);
		char day[DATE_ISO_SIZE];

		date_format_vi(load->most_day, day);
		printf("%s: %d thông báo, nhiều nhất %d trong ngày %s\n", load->name, load->n, load->n_most,
		    day);
	}
	printf("Chạy thử: %u thông báo cho %u người%s; không ai được báo, không gì được ghi.\n", said->len,
	    loads->len, is_cut ? " (đã cắt bớt)" : "");
}

static bool
simulate(const CommandContext *context, const char *directory, const RemindOptions *options, GError **error)
{
	const AppOptions app_options = command_app_options(context, directory);
	g_autoptr(GArray) said = g_array_new(FALSE, FALSE, sizeof(RemindSaid));
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(App) app = NULL;
	int32_t from = context->today - 30, to = context->today;
	WorkScope scope;
	bool is_cut;

	if ((options->from != NULL && !date_parse_iso(options->from, &from)) ||
	    (options->to != NULL && !date_parse_iso(options->to, &to))) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INVALID, "--from, --to: ngày ghi như 2026-12-15");
		return false;
	}
	if (!app_open(&app_options, &app, error))
		return false;
	scope = (WorkScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = APP_SHELL_ACTOR,
	    .arena = arena};
	if (!remind_simulate(&scope, from, to, said, &is_cut, error))
		return false;
	if (!options->is_summary)
		print_said(said);
	print_loads(said, is_cut);
	return true;
}

int
command_remind(const CommandContext *context, int argc, char **argv)
{
	RemindOptions options = {0};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, "từ ngày (mặc định: 30 ngày trước)", "NGÀY"},
	    {"to", 0, 0, G_OPTION_ARG_STRING, &options.to, "đến ngày (mặc định: hôm nay)", "NGÀY"},
	    {"summary", 0, 0, G_OPTION_ARG_NONE, &options.is_summary, "chỉ in số thông báo của mỗi người",
		NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		;
	else if (argc != 3 || strcmp(argv[1], "simulate") != 0) {
		fprintf(stderr,
		    "namro remind: ví dụ: namro remind simulate du-lieu --from 2026-11-01 --to 2026-11-30\n");
		exit_code = 2;
	} else {
		exit_code = simulate(context, argv[2], &options, &error) ? 0 : command_fail(context, error);
	}
	g_free(options.from);
	g_free(options.to);
	return exit_code;
}
