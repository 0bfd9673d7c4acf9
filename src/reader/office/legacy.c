/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/legacy.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/tree.h"
#include "reader/office/legacy_run.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define TIMEOUT_MS (120 * 1000)

/* What a file is, and what is made of it. */
typedef struct {
	const char *extension;
	bool is_sheet;
} LegacyKind;

static const LegacyKind DOC = {"doc", false}, XLS = {"xls", true}, ODT = {"odt", false}, ODS = {"ods", true},
			RTF = {"rtf", false};

/* The name of a stream in an OLE file, as UTF-16. */
static bool
has_stream(const char *bytes, size_t len, const char *name)
{
	char wide[64] = {0};
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		wide[2 * i] = name[i];
	return memmem(bytes, len, wide, 2 * n) != NULL;
}

static const LegacyKind *
kind_of(const char *bytes, size_t len)
{
	size_t head = MIN(len, (size_t)200);

	if (len > 5 && memcmp(bytes, "{\\rtf", 5) == 0)
		return &RTF;
	if (memmem(bytes, head, "application/vnd.oasis.opendocument.text", 39) != NULL)
		return &ODT;
	if (memmem(bytes, head, "application/vnd.oasis.opendocument.spreadsheet", 46) != NULL)
		return &ODS;
	if (len < 8 || memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0 ||
	    has_stream(bytes, len, "EncryptedPackage"))
		return NULL;
	if (has_stream(bytes, len, "WordDocument"))
		return &DOC;
	return has_stream(bytes, len, "Workbook") || has_stream(bytes, len, "Book") ? &XLS : NULL;
}

static void
remove_folder(char *folder)
{
	if (folder != NULL)
		tree_remove(folder);
	g_free(folder);
}

typedef char Folder; /* with all that is in it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Folder, remove_folder)

static bool
refuse_folder(GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
	    "không tạo được tệp tạm để chuyển đổi (%s); hãy kiểm tra dung lượng đĩa", g_strerror(errno));
	return false;
}

static bool
refuse_missing(const LegacyKind *kind, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "để đọc tệp .%s cần LibreOffice; hãy cài gói Debian %s (apt install %s), hoặc mở tệp và lưu lại "
	    "thành .%s",
	    kind->extension, kind->is_sheet ? "libreoffice-calc-nogui" : "libreoffice-writer-nogui",
	    kind->is_sheet ? "libreoffice-calc-nogui" : "libreoffice-writer-nogui",
	    kind->is_sheet ? "xlsx" : "docx");
	return false;
}

static bool
refuse_kind(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "tệp không phải .doc, .xls, .odt, .ods hay .rtf đọc được; nếu có mật khẩu, hãy bỏ mật khẩu rồi "
	    "nộp lại");
	return false;
}

/* Takes what the converter left. */
static bool
take_result(const char *path, const LegacyKind *kind, char **ret_bytes, size_t *ret_len, GError **error)
{
	GStatBuf status;

	if (g_stat(path, &status) == 0 && (uint64_t)status.st_size > LIMIT_SOURCE_BYTES) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_LIMIT, "tệp sau khi chuyển đổi quá lớn so với một kế hoạch");
		return false;
	}
	if (g_file_get_contents(path, ret_bytes, ret_len, NULL) && *ret_len > 0)
		return true;
	g_clear_pointer(ret_bytes, g_free);
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "LibreOffice không chuyển được tệp .%s này (tệp hỏng, có mật khẩu, hoặc chưa cài đủ gói %s); hãy "
	    "mở tệp và "
	    "lưu lại thành .%s",
	    kind->extension, kind->is_sheet ? "libreoffice-calc-nogui" : "libreoffice-writer-nogui",
	    kind->is_sheet ? "xlsx" : "docx");
	return false;
}

static bool
run_converter(const char *program, const LegacyLimits *limits, const char *folder, const LegacyKind *kind,
    GError **error)
{
	g_autofree char *profile = g_strdup_printf("-env:UserInstallation=file://%s/profile", folder);
	g_autofree char *input = g_strdup_printf("%s/in.%s", folder, kind->extension);
	const char *const arguments[] = {program, profile, "--headless", "--norestore", "--nolockcheck",
	    "--nodefault", "--nofirststartwizard", "--convert-to", kind->is_sheet ? "xlsx" : "docx",
	    "--outdir", folder, input, NULL};

	switch (legacy_run(arguments, folder, limits->timeout_ms, limits->is_cancelled)) {
	case LEGACY_RUN_ENDED:
		return true;
	case LEGACY_RUN_TOO_LONG:
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "LibreOffice không chuyển xong tệp .%s trong %d giây; hãy mở tệp và lưu lại thành .%s",
		    kind->extension, limits->timeout_ms / 1000, kind->is_sheet ? "xlsx" : "docx");
		return false;
	case LEGACY_RUN_CANCELLED:
		g_set_error_literal(error, APP_ERROR, APP_ERROR_BUSY, "việc đọc tệp đã bị dừng");
		return false;
	case LEGACY_RUN_NOT_STARTED:
	default:
		return refuse_missing(kind, error);
	}
}

bool
legacy_convert_by(const char *program, const LegacyLimits *limits, const char *bytes, size_t len,
    char **ret_bytes, size_t *ret_len, ReaderFormat *ret_format, GError **error)
{
	const LegacyKind *kind = kind_of(bytes, len);
	g_autoptr(Folder) folder = NULL;
	g_autofree char *input = NULL, *output = NULL;

	if (kind == NULL)
		return refuse_kind(error);
	if (program == NULL)
		return refuse_missing(kind, error);
	folder = g_dir_make_tmp("namro-legacy-XXXXXX", NULL);
	if (folder == NULL)
		return refuse_folder(error);
	input = g_strdup_printf("%s/in.%s", folder, kind->extension);
	output = g_strdup_printf("%s/in.%s", folder, kind->is_sheet ? "xlsx" : "docx");
	if (!g_file_set_contents_full(input, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		return refuse_folder(error);
	if (!run_converter(program, limits, folder, kind, error) ||
	    !take_result(output, kind, ret_bytes, ret_len, error))
		return false;
	*ret_format = kind->is_sheet ? READER_FORMAT_SHEET : READER_FORMAT_WORD;
	return true;
}

bool
legacy_convert(const char *bytes, size_t len, const char *file_name, const gint *is_cancelled,
    char **ret_bytes, size_t *ret_len, ReaderFormat *ret_format, GError **error)
{
	const LegacyLimits limits = {TIMEOUT_MS, is_cancelled};
	g_autofree char *program = g_find_program_in_path("soffice");

	g_debug("converting %s with %s", file_name != NULL ? file_name : "a file",
	    program != NULL ? program : "nothing");
	return legacy_convert_by(program, &limits, bytes, len, ret_bytes, ret_len, ret_format, error);
}
