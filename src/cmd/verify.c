/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "cmd/command.h"

#include <stdio.h>

static void
print_hex(const char *label, const uint8_t *bytes, size_t len)
{
	g_autoptr(GString) hex = g_string_new(NULL);

	text_hex_append(hex, bytes, len);
	printf("%s%s\n", label, hex->str);
}

static bool
verify(const CommandContext *context, const char *directory, bool reads_files, bool *ret_is_sound,
    GError **error)
{
	const AppOptions options = command_app_options(context, directory);
	g_auto(LedgerReport) report = {0};
	g_auto(LedgerKey) key = {0};
	g_autoptr(App) app = NULL;

	if (!app_open(&options, &app, error) || !ledger_key_load(directory, &key, error) ||
	    !app_verify(app, &report, error) || !app_verify_files(app, reads_files, &report, error))
		return false;
	printf("Đã kiểm tra %" G_GINT64_FORMAT " dòng nhật ký, %" G_GINT64_FORMAT " điểm ký.\n",
	    report.n_rows, report.n_checkpoints);
	print_hex("Mã băm dòng cuối: ", report.head, sizeof(report.head));
	print_hex("Khóa công khai:   ", key.public_key.bytes, sizeof(key.public_key));
	for (guint i = 0; i < report.problems->len; i++)
		printf("  %s\n", (const char *)g_ptr_array_index(report.problems, i));
	*ret_is_sound = report.problems->len == 0;
	puts(*ret_is_sound ? "Nhật ký nguyên vẹn, dữ liệu khớp với nhật ký."
			   : "Nhật ký hoặc dữ liệu KHÔNG nguyên vẹn.");
	return true;
}

int
command_verify(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	bool is_sound = false;
	gboolean reads_files = FALSE;
	const GOptionEntry entries[] = {
	    {"files", 0, 0, G_OPTION_ARG_NONE, &reads_files,
		"đọc lại toàn bộ tệp minh chứng và so mã băm (lâu)", NULL},
	    {0},
	};
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro verify: cần đúng một thư mục dữ liệu, ví dụ: namro verify du-lieu\n");
		return 2;
	}
	if (!verify(context, argv[1], reads_files, &is_sound, &error))
		return command_fail(context, error);
	return is_sound ? 0 : 1;
}

static bool
verify_receipt(const char *path, const char *wanted_key, GError **error)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GString) key_hex = g_string_new(NULL);
	char at[INSTANT_VI_SIZE];
	LedgerPublicKey key;
	LedgerMark mark;
	size_t len;

	if (!command_read_file(path, &bytes, &len, error))
		return false;
	if (!ledger_receipt_parse(bytes, len, &mark, &key, error)) {
		g_prefix_error(error, "%s: ", path);
		return false;
	}
	text_hex_append(key_hex, key.bytes, sizeof(key.bytes));
	if (wanted_key != NULL && g_ascii_strcasecmp(wanted_key, key_hex->str) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s: biên nhận do một khóa khác ký (%s); đây không phải biên nhận của nơi giữ khóa đã "
		    "cho",
		    path, key_hex->str);
		return false;
	}
	instant_format_vi(mark.at_us, at);
	printf("Chữ ký đúng.\nDòng nhật ký: %" G_GINT64_FORMAT "\n", mark.seq);
	print_hex("Mã băm: ", mark.hash, sizeof(mark.hash));
	printf("Thời điểm ký: %s\nKhóa công khai: %s\n", at, key_hex->str);
	return true;
}

int
command_verify_receipt(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *key = NULL;
	const GOptionEntry entries[] = {
	    {"key", 0, 0, G_OPTION_ARG_STRING, &key, "chỉ nhận biên nhận do khóa công khai này ký", "HEX"},
	    {0},
	};
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 2) {
		fprintf(stderr, "namro verify-receipt: cần đúng một tệp biên nhận\n");
		return 2;
	}
	return verify_receipt(argv[1], key, &error) ? 0 : command_fail(context, error);
}
