/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/office/office.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef bool (*ReadForm)(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

static ReadForm
form_of(const char *name)
{
	static const struct {
		const char *name;
		ReadForm read;
	} FORMS[] = {{"word", office_read_word}, {"sheet", office_read_sheet}, {"web", office_read_web}};

	for (size_t i = 0; i < G_N_ELEMENTS(FORMS); i++)
		if (g_strcmp0(name, FORMS[i].name) == 0)
			return FORMS[i].read;
	return NULL;
}

static bool
read_all(GString *out)
{
	char buffer[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || out->len + (size_t)n > LIMIT_SOURCE_BYTES)
			return false;
		g_string_append_len(out, buffer, n);
	}
	return true;
}

static bool
write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

int
main(int argc, char **argv)
{
	ReadForm read_form = argc == 2 ? form_of(argv[1]) : NULL;
	g_autoptr(GString) in = g_string_new(NULL), out = g_string_new(NULL);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	if (read_form == NULL) {
		fputs("usage: namro-read-office word|sheet|web <FILE >BLOCKS\n", stderr);
		return 2;
	}
	if (!read_all(in)) {
		fputs("tệp quá lớn hoặc không đọc được\n", stderr);
		return 3;
	}
	if (!read_form(in->str, in->len, &document, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return app_error_exit_code(error);
	}
	blocks_write(document, out);
	return write_all(out->str, out->len) ? 0 : 3;
}
