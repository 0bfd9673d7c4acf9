/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "cmd/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define HOURS_A_DAY 24

static const Command *
command_of(const CommandContext *context)
{
	const Command *command = COMMANDS;

	while (strcmp(command->name, context->name) != 0)
		command++;
	return command;
}

bool
command_parse_options(
    const CommandContext *context, const GOptionEntry *entries, int *argc, char ***argv, int *ret_exit)
{
	const Command *command = command_of(context);
	g_autoptr(GOptionContext) options = g_option_context_new(command->arguments);
	g_autoptr(GError) error = NULL;
	gboolean wants_help = FALSE;
	const GOptionEntry help[] = {
	    {"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "xem cách dùng", NULL}, {0}};

	g_option_context_set_help_enabled(options, FALSE);
	g_option_context_set_summary(options, command->summary);
	g_option_context_set_description(options, command->notes);
	if (entries != NULL)
		g_option_context_add_main_entries(options, entries, NULL);
	g_option_context_add_main_entries(options, help, NULL);
	if (!g_option_context_parse(options, argc, argv, &error)) {
		fprintf(stderr, "namro %s: %s; chạy \"namro %s --help\" để xem cách dùng\n", context->name,
		    error->message, context->name);
		*ret_exit = 2;
		return false;
	}
	if (wants_help) {
		g_autofree char *text = g_option_context_get_help(options, TRUE, NULL);

		printf("%s", text);
		*ret_exit = 0;
		return false;
	}
	return true;
}

AppOptions
command_app_options(const CommandContext *context, const char *directory)
{
	return (AppOptions){.directory = directory,
	    .database = context->database,
	    .modules = APP_MODULES,
	    .now_us = context->now_us,
	    .today = context->today,
	    .is_clock_fixed = true};
}

int
command_fail(const CommandContext *context, const GError *error)
{
	fprintf(stderr, "namro %s: %s\n", context->name, error->message);
	return app_error_exit_code(error);
}

bool
command_refuse(const char *problem, GError **error)
{
	if (problem == NULL)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, problem);
	return false;
}

bool
command_refuse_usage(const char *message, GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE, message);
	return false;
}

bool
command_parse_minute(const char *text, int *ret_minute, const char **ret_rest)
{
	int hour, minute, n_read = 0;

	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &n_read) != 2 || hour < 0 || hour >= HOURS_A_DAY ||
	    minute < 0 || minute >= MINUTES_AN_HOUR)
		return false;
	*ret_minute = hour * MINUTES_AN_HOUR + minute;
	*ret_rest = text + n_read;
	return true;
}

static bool
read_stream(FILE *stream, const char *path, GByteArray *bytes, GError **error)
{
	static const size_t CHUNK = (size_t)64 * 1024;
	guint8 *buffer = g_malloc(CHUNK);
	bool is_ok = true;
	size_t n;

	while ((n = fread(buffer, 1, CHUNK, stream)) > 0 && is_ok) {
		if (bytes->len + n > LIMIT_SOURCE_BYTES) {
			g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
			    "%s: tệp lớn hơn %zu MB; hãy tách bỏ phần không phải là kế hoạch rồi thử lại",
			    path, LIMIT_SOURCE_BYTES / (1024 * 1024));
			is_ok = false;
		} else {
			g_byte_array_append(bytes, buffer, (guint)n);
		}
	}
	if (is_ok && ferror(stream)) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE, "%s: không đọc được tệp (%s)", path,
		    g_strerror(errno));
		is_ok = false;
	}
	g_free(buffer);
	return is_ok;
}

bool
command_read_file(const char *path, char **ret_bytes, size_t *ret_len, GError **error)
{
	FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	GByteArray *bytes;
	bool is_ok;

	if (stream == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "%s: không mở được tệp (%s)", path,
		    g_strerror(errno));
		return false;
	}
	bytes = g_byte_array_new();
	is_ok = read_stream(stream, path, bytes, error);
	if (stream != stdin)
		fclose(stream);
	if (is_ok) {
		*ret_len = bytes->len;
		g_byte_array_append(bytes, (const guint8 *)"", 1); /* an empty file is no NULL */
		*ret_bytes = (char *)g_byte_array_free(bytes, FALSE);
	} else {
		g_byte_array_unref(bytes);
	}
	return is_ok;
}
