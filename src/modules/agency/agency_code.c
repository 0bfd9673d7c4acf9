/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_book.h"

#include <string.h>

#define OLD_GROUPS 4

/* "H55": a letter and two digits. */
static bool
is_system_group(const char *group, bool takes_z)
{
	return strlen(group) == 3 && g_ascii_isupper(group[0]) && (takes_z || group[0] != 'Z') &&
	       g_ascii_isdigit(group[1]) && g_ascii_isdigit(group[2]);
}

/* "000.00.12.H41", as before 2020. */
static bool
is_old_form(char **groups)
{
	static const size_t DIGITS[OLD_GROUPS - 1] = {3, 2, 2};

	if (g_strv_length(groups) != OLD_GROUPS || !is_system_group(groups[OLD_GROUPS - 1], false))
		return false;
	for (size_t i = 0; i < OLD_GROUPS - 1; i++)
		if (strlen(groups[i]) != DIGITS[i] || strspn(groups[i], "0123456789") != DIGITS[i])
			return false;
	return true;
}

const char *
agency_code_problem(const char *code)
{
	g_auto(GStrv) groups = g_strsplit(code, ".", -1);

	if (strlen(code) > AGENCY_CODE_BYTES_MAX)
		return "Mã định danh có tối đa 35 ký tự.";
	for (size_t i = 0; groups[i] != NULL; i++)
		if (*groups[i] == '\0' ||
		    strspn(groups[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != strlen(groups[i]))
			return "Mã định danh chỉ gồm chữ in hoa không dấu và chữ số, các nhóm cách nhau một "
			       "dấu "
			       "chấm, ví dụ H55.242.";
	if (groups[0] == NULL || (!is_system_group(groups[0], true) && !is_old_form(groups)))
		return "Mã định danh bắt đầu bằng một chữ cái và hai chữ số, ví dụ H55.242; hoặc theo mẫu cũ "
		       "000.00.12.H41.";
	return NULL;
}
