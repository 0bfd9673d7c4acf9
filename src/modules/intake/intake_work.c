/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_work.h"

#include "app/filestore.h"
#include "base/app-error.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_job.h"

#include <stdio.h>

#define PROGRESS_EVERY_US ((int64_t)400 * 1000) /* each note is a write that the disk has to confirm */

/* One reading while it goes on. */
typedef struct Reading {
	const AppWork *work;
	IntakeScope scope;
	const IntakeDraft *draft;
	int64_t noted_us;
	bool is_wanted;
} Reading;

static void
on_progress(void *data, uint32_t page, uint32_t n_pages)
{
	Reading *reading = data;
	int64_t now_us = g_get_monotonic_time();
	g_autoptr(GError) error = NULL;

	if (now_us - reading->noted_us < PROGRESS_EVERY_US && reading->noted_us != 0)
		return;
	reading->noted_us = now_us;
	/* A note that is not written costs nothing but a number on a page. */
	if (!intake_job_progress(
		&reading->scope, reading->draft->draft_id, page, n_pages, &reading->is_wanted, &error)) {
		fprintf(stderr, "intake: %s\n", error->message);
		return;
	}
	if (!reading->is_wanted)
		g_atomic_int_set(reading->work->is_cancelled, 1);
}

static bool
read_document(Reading *reading, BlockDocument **ret_document, GError **error)
{
	const IntakeDraft *draft = reading->draft;
	g_autofree char *path = filestore_path(reading->scope.directory, draft->file_sha256);
	g_autofree char *folder = intake_job_folder(&reading->scope, draft, error);
	g_autoptr(GMappedFile) mapped = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) reason = NULL;
	ReaderOptions options = {.file_name = draft->file_name,
	    .work_directory = folder,
	    .is_cancelled = reading->work->is_cancelled,
	    .on_progress = on_progress,
	    .data = reading};

	if (folder == NULL || !intake_load_agencies(&reading->scope, arena, &options.agencies, error))
		return false;
	mapped = g_mapped_file_new(path, FALSE, &reason);
	if (mapped == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, reason->message);
		return false;
	}
	return reader_read(g_mapped_file_get_contents(mapped), g_mapped_file_get_length(mapped), &options,
	    ret_document, error);
}

static bool
read_and_store(Reading *reading, GError **error)
{
	g_autoptr(BlockDocument) document = NULL;

	if (reading->draft->format != READER_FORMAT_TEXT && !read_document(reading, &document, error))
		return false;
	return intake_job_finish(&reading->scope, reading->draft, document, error);
}

/* Somebody is told why, unless the reading was broken off: then the draft is discarded, or read on after the
 * next start. */
static bool
give_up(Reading *reading, GError *reason, GError **error)
{
	bool is_ours = app_error_http_status(reason) < 500;

	if (g_atomic_int_get(reading->work->is_cancelled) != 0) {
		g_error_free(reason);
		return true;
	}
	if (!intake_job_fail(&reading->scope, reading->draft->draft_id,
		is_ours ? reason->message
			: "Có lỗi trong chương trình khi đọc tệp này. Lỗi đã được ghi lại; hãy thử đọc lại.",
		is_ours ? error : NULL) ||
	    !is_ours) {
		if (!is_ours)
			g_propagate_error(error, reason);
		else
			g_error_free(reason);
		return false;
	}
	g_error_free(reason);
	return true;
}

bool
intake_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	Reading reading = {.work = work,
	    .scope = {work->db, work->commune_id, work->directory, work->now_us, {0}},
	    .is_wanted = true};
	IntakeDraft draft;
	GError *reason = NULL;

	if (work->is_first && !intake_job_recover(&reading.scope, NULL, error))
		return false;
	if (!intake_job_claim(&reading.scope, arena, &draft, ret_did, error))
		return false;
	if (!*ret_did)
		return true;
	reading.draft = &draft;
	return read_and_store(&reading, &reason) || give_up(&reading, reason, error);
}
