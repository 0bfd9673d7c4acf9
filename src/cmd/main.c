/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "cmd/command.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define US_PER_SECOND ((int64_t)1000000)
#define VIETNAM_OFFSET_S ((int64_t)7 * 3600) /* Asia/Ho_Chi_Minh has had no other offset since 1975 */
#define DAY_S ((int64_t)86400)

static void
print_usage(FILE *out)
{
	fprintf(out, "namro — theo dõi, đo lường và báo cáo kế hoạch thực hiện Nghị quyết 57\n\n"
		     "Cách dùng: namro LỆNH [tùy chọn] …\n\nLệnh:\n");
	for (const Command *command = COMMANDS; command->name != NULL; command++)
		fprintf(out, "  %-9s %-22s %s\n", command->name, command->arguments, command->summary);
	fprintf(out, "\nTùy chọn chung:\n"
		     "  --now NGÀY            coi như hôm nay là ngày này (2026-12-15)\n"
		     "  --help                xem cách dùng của một lệnh\n"
		     "  --version             xem phiên bản\n");
}

/* Takes "--now DATE" and "--now=DATE" out of the arguments, so that every command has it. */
static bool
take_now(int *argc, char **argv, CommandContext *context)
{
	int kept = 0;

	for (int i = 0; i < *argc; i++) {
		const char *value = NULL;
		int32_t day;

		if (strcmp(argv[i], "--now") == 0 && i + 1 < *argc)
			value = argv[++i];
		else if (g_str_has_prefix(argv[i], "--now="))
			value = argv[i] + strlen("--now=");
		if (value == NULL) {
			argv[kept++] = argv[i];
			continue;
		}
		if (!date_parse_iso(value, &day)) {
			fprintf(stderr,
			    "namro: --now: \"%s\" không phải là ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-12-15\n",
			    value);
			return false;
		}
		context->today = day;
		context->is_clock_fixed = true;
		context->now_us = (day * DAY_S - VIETNAM_OFFSET_S + 8 * 3600) * US_PER_SECOND;
	}
	*argc = kept;
	argv[kept] = NULL;
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

	setlocale(LC_CTYPE, "C.UTF-8");
	context.today = (int32_t)((context.now_us / US_PER_SECOND + VIETNAM_OFFSET_S) / DAY_S);
	if (!take_now(&argc, argv, &context))
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
