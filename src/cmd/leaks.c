/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only in builds with the address sanitizer: what libraries lose and we cannot give back. libxlsxwriter 1.1.4 keeps
 * a copy of a name for each workbook. */

const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:lxw_strdup\nleak:libxlsxwriter";
}
