/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/program.h"

#include "base/app-error.h"
#include "base/ceilings.h"

#include <stdlib.h>
#include <unistd.h>

#define MB ((size_t)1024 * 1024)

static const struct {
	const char *name;
	const char *title;
	const char *build_folder; /* below the folder of the program itself */
} PROGRAMS[READER_PROGRAM_MAX] = {
    [READER_PROGRAM_OFFICE] = {"namro-read-office", "bộ đọc Word và Excel", "src/reader/office"},
    [READER_PROGRAM_WEB] = {"namro-read-web", "bộ đọc trang web", "src/reader/office"},
    [READER_PROGRAM_PDF] = {"namro-read-pdf", "bộ đọc PDF", "src/reader/pdf"},
    [READER_PROGRAM_OCR] = {"namro-read-ocr", "bộ nhận dạng chữ", "src/reader/ocr"},
    [READER_PROGRAM_LAYOUT] = {"namro-read-layout", "bộ dựng đoạn và bảng", "src/reader/layout"},
};

static ProgramLimits limits[READER_PROGRAM_MAX] = {
    [READER_PROGRAM_OFFICE] = {60, 1024 * MB, LIMIT_STREAM_BYTES},
    [READER_PROGRAM_WEB] = {60, 1024 * MB, LIMIT_STREAM_BYTES},
    [READER_PROGRAM_PDF] = {180, 1024 * MB, LIMIT_STREAM_BYTES},
    [READER_PROGRAM_OCR] = {300, 1024 * MB, LIMIT_STREAM_BYTES},
    [READER_PROGRAM_LAYOUT] = {120, 1024 * MB, LIMIT_STREAM_BYTES},
};

ProgramLimits *
program_limits(ReaderProgram program)
{
	return &limits[program];
}

const char *
program_title(ReaderProgram program)
{
	return PROGRAMS[program].title;
}

static char *
find_in(const char *folder, const char *subfolder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, subfolder, name, NULL);

	return g_file_test(path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer(&path) : NULL;
}

static char *
find_beside_this(ReaderProgram program)
{
	const char *subfolders[] = {"", "../libexec/namro", PROGRAMS[program].build_folder};
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : NULL;
	char *path = NULL;

	for (size_t i = 0; folder != NULL && path == NULL && i < G_N_ELEMENTS(subfolders); i++)
		path = find_in(folder, subfolders[i], PROGRAMS[program].name);
	return path;
}

bool
program_find(ReaderProgram program, char **ret_path, GError **error)
{
	const char *folders = secure_getenv("NAMRO_READERS");
	g_auto(GStrv) listed = g_strsplit(folders != NULL ? folders : "", ":", -1);
	char *path = NULL;

	for (size_t i = 0; listed[i] != NULL && path == NULL; i++)
		if (listed[i][0] != '\0')
			path = find_in(listed[i], "", PROGRAMS[program].name);
	if (path == NULL)
		path = find_beside_this(program);
	if (path == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "không tìm thấy %s (chương trình %s); hãy cài đặt lại namro", PROGRAMS[program].title,
		    PROGRAMS[program].name);
		return false;
	}
	*ret_path = path;
	return true;
}
