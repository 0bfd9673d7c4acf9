/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/compile.h"

#include "base/app-error.h"

static bool
compile_foreign(const char *file_name, const char *bytes, size_t len, const CompilerOptions *compiler,
    const ReaderOptions *reader, Plan **ret_plan, GError **error)
{
	g_autoptr(BlockDocument) document = NULL;
	ReaderOptions options = reader != NULL ? *reader : (ReaderOptions){0};

	options.file_name = file_name;
	if (!reader_read(bytes, len, &options, &document, error))
		return false;
	if (compiler_compile_blocks(document, compiler, ret_plan, error))
		return true;
	g_prefix_error(error, "%s: ", file_name);
	return false;
}

bool
reader_compile(const char *file_name, const char *bytes, size_t len, const CompilerOptions *compiler,
    const ReaderOptions *reader, Plan **ret_plan, GError **error)
{
	if (reader_detect(bytes, len) != READER_FORMAT_TEXT)
		return compile_foreign(file_name, bytes, len, compiler, reader, ret_plan, error);
	if (compiler_compile(bytes, len, compiler, ret_plan, error))
		return true;
	g_prefix_error(error, "%s: ", file_name);
	return false;
}
