/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/secrecy.h"

#include "compiler/compiler.h"
#include "reader/reader.h"

#define RECOGNISED_MAX 1 /* the stamp is on the first page */

/* In any code page: the compiler makes UTF-8 of it. */
static Secrecy
of_text(const char *bytes, size_t len)
{
	g_autoptr(Plan) plan = NULL;

	if (!compiler_compile(bytes, len, NULL, &plan, NULL))
		return secrecy_of_text(bytes, len);
	return secrecy_of_text(plan->text, plan->text_len);
}

Secrecy
reader_find_secrecy(const char *bytes, size_t len, const gint *is_cancelled)
{
	const ReaderOptions options = {
	    .recognised_max = RECOGNISED_MAX, .max_workers = 1, .is_cancelled = is_cancelled};
	ReaderFormat format = reader_detect(bytes, len);
	g_autoptr(BlockDocument) document = NULL;

	if (format == READER_FORMAT_UNKNOWN)
		return SECRECY_NONE;
	if (format == READER_FORMAT_TEXT)
		return of_text(bytes, len);
	return reader_read(bytes, len, &options, &document, NULL) ? secrecy_of_blocks(document)
								  : SECRECY_NONE;
}
