/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/compiler.h"
#include "reader/reader.h"

/* Compiles a file of any format: text as it is, the rest through its reader. `compiler` and `reader` may be
 * NULL; reader->file_name is not looked at, file_name is. The plan is the caller's.
 * Fails as compiler_compile(), reader_read() and compiler_compile_blocks() do, with the file named. */
bool reader_compile(const char *file_name, const char *bytes, size_t len, const CompilerOptions *compiler,
    const ReaderOptions *reader, Plan **ret_plan, GError **error);
