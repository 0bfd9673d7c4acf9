/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/office/legacy.h"
#include "reader/page.h"
#include "reader/reader.h"
#include "reader/run/container.h"
#include "reader/run/detect.h"
#include "reader/run/input.h"
#include "reader/run/job.h"
#include "reader/run/name.h"
#include "reader/run/order.h"
#include "reader/run/recognise.h"

#include <string.h>
#include <unistd.h>

/* A page of which nothing is known yet, in points: A4. */
#define PAGE_WIDTH 595.0f
#define PAGE_HEIGHT 842.0f

typedef struct Reading {
	const char *bytes;
	size_t len;
	int input; /* the same bytes, for readers */
	const ReaderOptions *options;
} Reading;

/* Runs a reader over `input` and gives what it says. */
static bool
run_reader(const Reading *reading, ReaderProgram program, int input, const char *form, char **ret_bytes,
    size_t *ret_len, GError **error)
{
	const JobSpec spec = {.program = program, .input = input, .form = form};

	return job_run(&spec, reading->options->is_cancelled, reading->options->on_progress,
	    reading->options->data, ret_bytes, ret_len, error);
}

static bool
read_blocks(const Reading *reading, ReaderProgram program, int input, const char *form, BlockDocument **ret,
    GError **error)
{
	g_autofree char *bytes = NULL;
	size_t len;

	return run_reader(reading, program, input, form, &bytes, &len, error) &&
	       blocks_read(bytes, len, ret, error);
}

static bool
needs_recognition(const PageSet *set)
{
	for (guint i = 0; i < set->sheets->len; i++)
		if (((const PageSheet *)g_ptr_array_index(set->sheets, i))->needs_recognition)
			return true;
	return false;
}

/* Who wants the begin of a document alone does not wait for the recognition of the rest. */
static void
leave_out(PageSet *set, unsigned recognised_max)
{
	unsigned n = 0;

	for (guint i = 0; i < set->sheets->len; i++) {
		PageSheet *sheet = g_ptr_array_index(set->sheets, i);

		if (sheet->needs_recognition && n++ >= recognised_max)
			sheet->needs_recognition = false;
	}
}

/* Sheets to blocks: recognises what has to be, then lays all out. */
static bool
finish_sheets(const Reading *reading, PageSet *set, BlockDocument **ret, GError **error)
{
	g_autofree char *digest = NULL;
	g_autoptr(GString) stream = g_string_new(NULL);
	int input;
	bool is_ok;

	if (reading->options->recognised_max > 0)
		leave_out(set, reading->options->recognised_max);
	if (needs_recognition(set)) {
		digest = g_compute_checksum_for_data(
		    G_CHECKSUM_SHA256, (const guchar *)reading->bytes, reading->len);
		if (!recognise_pages(reading->input, digest, reading->options, set, error))
			return false;
	}
	page_set_write(set, stream);
	input = input_new(stream->str, stream->len, error);
	if (input < 0)
		return false;
	is_ok = read_blocks(reading, READER_PROGRAM_LAYOUT, input, "blocks", ret, error);
	close(input);
	if (is_ok)
		order_check(*ret);
	return is_ok;
}

static bool
read_pdf(const Reading *reading, BlockDocument **ret, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autofree char *bytes = NULL;
	size_t len;

	return run_reader(reading, READER_PROGRAM_PDF, reading->input, "pages", &bytes, &len, error) &&
	       page_set_read(bytes, len, set, error) && finish_sheets(reading, set, ret, error);
}

static bool
read_image(const Reading *reading, BlockDocument **ret, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_SCAN);
	g_autofree char *bytes = NULL, *text = NULL;
	guint64 n_pages;
	size_t len;

	if (!run_reader(reading, READER_PROGRAM_OCR, reading->input, "count", &bytes, &len, error))
		return false;
	text = g_strndup(bytes, len);
	if (!g_ascii_string_to_unsigned(text, 10, 1, LIMIT_PAGES, &n_pages, NULL)) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "tệp ảnh không có trang nào hoặc có hơn %d trang", LIMIT_PAGES);
		return false;
	}
	for (uint32_t page = 1; page <= n_pages; page++) {
		PageSheet *sheet = page_set_add(set, page, PAGE_WIDTH, PAGE_HEIGHT);

		sheet->is_scan = sheet->needs_recognition = true;
	}
	return finish_sheets(reading, set, ret, error);
}

static bool
refuse(GError **error, const char *message)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, message);
	return false;
}

/* LibreOffice makes a newer file of it, which is read as any other. */
static bool
read_legacy(const Reading *reading, BlockDocument **ret, GError **error)
{
	Reading newer = {.options = reading->options};
	g_autofree char *bytes = NULL;
	ReaderFormat format;
	bool is_ok;

	if (!legacy_convert(reading->bytes, reading->len, reading->options->file_name,
		reading->options->is_cancelled, &bytes, &newer.len, &format, error))
		return false;
	newer.bytes = bytes;
	newer.input = input_new(newer.bytes, newer.len, error);
	if (newer.input < 0)
		return false;
	is_ok = read_blocks(&newer, READER_PROGRAM_OFFICE, newer.input,
	    format == READER_FORMAT_SHEET ? "sheet" : "word", ret, error);
	close(newer.input);
	return is_ok;
}

static bool
read_format(const Reading *reading, ReaderFormat format, BlockDocument **ret, GError **error)
{
	switch (format) {
	case READER_FORMAT_PDF:
		return read_pdf(reading, ret, error);
	case READER_FORMAT_IMAGE:
		return read_image(reading, ret, error);
	case READER_FORMAT_WORD:
		return read_blocks(reading, READER_PROGRAM_OFFICE, reading->input, "word", ret, error);
	case READER_FORMAT_SHEET:
		return read_blocks(reading, READER_PROGRAM_OFFICE, reading->input, "sheet", ret, error);
	case READER_FORMAT_WEB:
		return read_blocks(reading, READER_PROGRAM_WEB, reading->input, "web", ret, error);
	case READER_FORMAT_LEGACY:
		return read_legacy(reading, ret, error);
	case READER_FORMAT_TEXT:
	case READER_FORMAT_UNKNOWN:
	case READER_FORMAT_MAX:
	default:
		return refuse(error, detect_explain_unknown(reading->bytes, reading->len));
	}
}

static bool
read_bytes(const char *bytes, size_t len, ReaderFormat format, const ReaderOptions *options,
    BlockDocument **ret, GError **error)
{
	Reading reading = {.bytes = bytes, .len = len, .options = options};
	bool is_ok;

	if (len > LIMIT_SOURCE_BYTES) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "tệp lớn hơn %zu MB; hãy tách bỏ phần không phải là kế hoạch rồi thử lại",
		    LIMIT_SOURCE_BYTES / (1024 * 1024));
		return false;
	}
	if (container_is_locked(bytes, len))
		return refuse(error,
		    "tệp được đặt mật khẩu; hãy mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi thử lại");
	reading.input = input_new(bytes, len, error);
	if (reading.input < 0)
		return false;
	is_ok = read_format(&reading, format, ret, error);
	close(reading.input);
	return is_ok;
}

bool
reader_read(
    const char *bytes, size_t len, const ReaderOptions *options, BlockDocument **ret_document, GError **error)
{
	static const ReaderOptions DEFAULTS;
	ReaderFormat format = reader_detect(bytes, len);

	options = options != NULL ? options : &DEFAULTS;
	if (!read_bytes(bytes, len, format, options, ret_document, error)) {
		g_prefix_error(error, "%s: ", options->file_name != NULL ? options->file_name : "tệp");
		return false;
	}
	if (options->file_name != NULL)
		name_check(*ret_document, options->file_name, format);
	return true;
}

static bool
read_cells(const char *bytes, size_t len, const char *form, const ReaderOptions *options, BlockDocument **ret,
    GError **error)
{
	Reading reading = {.bytes = bytes, .len = len, .options = options};
	bool is_ok;

	if (len > LIMIT_SOURCE_BYTES || reader_detect(bytes, len) != READER_FORMAT_SHEET)
		return refuse(error, "không phải tệp Excel (.xlsx); hãy mở bằng Excel hoặc LibreOffice, lưu "
				     "lại thành .xlsx rồi thử "
				     "lại");
	reading.input = input_new(bytes, len, error);
	if (reading.input < 0)
		return false;
	is_ok = read_blocks(&reading, READER_PROGRAM_OFFICE, reading.input, form, ret, error);
	close(reading.input);
	return is_ok;
}

static bool
read_named(const char *bytes, size_t len, const char *form, const ReaderOptions *options, BlockDocument **ret,
    GError **error)
{
	static const ReaderOptions DEFAULTS;

	options = options != NULL ? options : &DEFAULTS;
	if (read_cells(bytes, len, form, options, ret, error))
		return true;
	g_prefix_error(error, "%s: ", options->file_name != NULL ? options->file_name : "tệp");
	return false;
}

bool
reader_read_cells(
    const char *bytes, size_t len, const ReaderOptions *options, BlockDocument **ret_document, GError **error)
{
	return read_named(bytes, len, "cells", options, ret_document, error);
}

bool
reader_read_form(
    const char *bytes, size_t len, const ReaderOptions *options, BlockDocument **ret_document, GError **error)
{
	return read_named(bytes, len, "form", options, ret_document, error);
}
