/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "cmd/command.h"
#include "storage/db.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define OFFICE_OPENS 8 /* what o'clock it is on the day of --now */

static void
print_usage(FILE *out)
{
	fprintf(out, "namro — theo dõi, đo lường và báo cáo kế hoạch thực hiện Nghị quyết 57\n\n"
		     "Cách dùng: namro LỆNH [tùy chọn] …\n\nLệnh:\n");
	for (const Command *command = COMMANDS; command->name != NULL; command++)
		fprintf(out, "  %-14s %-22s %s\n", command->name, command->arguments, command->summary);
	fprintf(out, "\nTùy chọn chung:\n"
		     "  --now NGÀY            coi như hôm nay là ngày này (2026-12-15)\n"
		     "  --db ĐỊA_CHỈ          dùng cơ sở dữ liệu PostgreSQL (postgresql://…) thay cho tệp "
		     "trong thư mục\n"
		     "                        dữ liệu; có thể đặt trong biến môi trường NAMRO_DB\n"
		     "  --help                xem cách dùng của một lệnh\n"
		     "  --version             xem phiên bản\n");
}

/* Takes "NAME VALUE" and "NAME=VALUE" out of the arguments, so that every command has it; gives the last
 * value, NULL where there is none. */
static const char *
take_option(const char *name, int *argc, char **argv)
{
	const char *value = NULL;
	size_t len = strlen(name);
	int kept = 0;

	for (int i = 0; i < *argc; i++) {
		if (strcmp(argv[i], name) == 0 && i + 1 < *argc)
			value = argv[++i];
		else if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
			value = argv[i] + len + 1;
		else
			argv[kept++] = argv[i];
	}
	*argc = kept;
	argv[kept] = NULL;
	return value;
}

static bool
set_clock(const char *now, CommandContext *context)
{
	int32_t day;

	if (now == NULL)
		return true;
	if (!date_parse_iso(now, &day)) {
		fprintf(stderr,
		    "namro: --now: \"%s\" không phải là ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-12-15\n", now);
		return false;
	}
	context->today = day;
	context->is_clock_fixed = true;
	context->now_us = instant_at(day, OFFICE_OPENS);
	return true;
}

static bool
set_database(const char *location, CommandContext *context)
{
	if (location != NULL && !db_is_server(location)) {
		fprintf(stderr, "namro: --db: địa chỉ bắt đầu bằng postgresql://, ví dụ "
				"postgresql://namro@localhost/namro\n");
		return false;
	}
	context->database = location;
	return true;
}

static const Command *
find_command(const char *name)
{
	for (const Command *command = COMMANDS; command->name != NULL; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

int
main(int argc, char **argv)
{
	CommandContext context = {.now_us = g_get_real_time()};
	const Command *command;
	const char *database = take_option("--db", &argc, argv);

	setlocale(LC_CTYPE, "C.UTF-8");
	context.today = instant_day(context.now_us);
	if (!set_clock(take_option("--now", &argc, argv), &context) ||
	    !set_database(database != NULL ? database : g_getenv("NAMRO_DB"), &context))
		return 2;
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		print_usage(argc < 2 ? stderr : stdout);
		return argc < 2 ? 2 : 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("namro %s\n", NAMRO_VERSION);
		return 0;
	}
	command = find_command(argv[1]);
	if (command == NULL) {
		fprintf(
		    stderr, "namro: không có lệnh \"%s\"; chạy \"namro --help\" để xem các lệnh\n", argv[1]);
		return 2;
	}
	context.name = command->name;
	return command->run(&context, argc - 1, argv + 1);
}
