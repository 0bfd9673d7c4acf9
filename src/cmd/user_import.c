/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/user_import.h"
#include "base/app-error.h"
#include "cmd/command.h"
#include "modules/people/people_import.h"
#include "reader/reader.h"

#include <stdio.h>

static bool
read_sheet(const char *path, Arena *arena, PeopleSheet *sheet, GError **error)
{
	const ReaderOptions options = {.file_name = path};
	g_autoptr(BlockDocument) document = NULL;
	g_autofree char *bytes = NULL;
	size_t len;

	if (!command_read_file(path, &bytes, &len, error) ||
	    !reader_read_cells(bytes, len, &options, &document, error))
		return false;
	people_sheet_read(document, arena, sheet);
	return true;
}

static void
print_problems(const PeopleSheet *sheet)
{
	for (guint i = 0; i < sheet->problems->len; i++) {
		const PeopleProblem *problem = &g_array_index(sheet->problems, PeopleProblem, i);

		fprintf(stderr, "%s: %s\n", problem->address[0] != '\0' ? problem->address : "cả tệp",
		    problem->message);
	}
}

static void
print_done(const PeopleImport *import, bool is_dry)
{
	if (import->counts[PEOPLE_ADDED] + import->counts[PEOPLE_CHANGED] == 0) {
		printf("Không có gì thay đổi.\n");
		return;
	}
	printf("%s: %zu người thêm mới, %zu dòng sửa, %zu dòng không thay đổi, %zu tài khoản mới.\n",
	    is_dry ? "Sẽ ghi" : "Đã ghi", import->counts[PEOPLE_ADDED], import->counts[PEOPLE_CHANGED],
	    import->counts[PEOPLE_SAME], import->n_accounts);
	for (size_t i = 0; i < import->n_results && !is_dry; i++)
		if (import->results[i].password != NULL)
			printf("%s\t%s\t%s\n", import->results[i].login, import->results[i].password,
			    import->results[i].name);
	if (import->n_accounts > 0 && !is_dry)
		printf("Mật khẩu chỉ hiện một lần; hãy giao tận tay, mỗi người phải đổi khi đăng nhập lần "
		       "đầu.\n");
}

bool
command_import_people(const IdentityScope *scope, const char *path, bool is_dry, GError **error)
{
	g_auto(PeopleSheet) sheet = {0};
	const PeopleSecret *secrets = NULL;
	PeopleImport import;

	if (!read_sheet(path, scope->arena, &sheet, error))
		return false;
	if (!is_dry)
		secrets = people_import_secrets(&sheet, scope->arena);
	if (!people_import_run(scope, &sheet, secrets, is_dry, &import, error))
		return false;
	if (sheet.problems->len == 0) {
		print_done(&import, is_dry);
		return true;
	}
	print_problems(&sheet);
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID,
	    "chưa ghi gì; hãy sửa các ô trên trong Excel, lưu lại rồi chạy lại");
	return false;
}
