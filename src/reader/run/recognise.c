/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/recognise.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/run/job.h"

#include <string.h>

#define WORKERS_MAX 64

typedef struct Recogniser {
	int input;
	const char *digest;
	const ReaderOptions *options;
	PageSet *set;
	GArray *pages; /* of uint32_t: still to be begun, from `next` on */
	guint next;
	guint n_pages;            /* of the whole file */
	guint n_done;             /* recognised now or earlier */
	GPtrArray *jobs;          /* of Job * */
	const char *const *names; /* of agencies, as many as may be told */
	GError *first;            /* why the first page that failed did */
} Recogniser;

static char *
kept_path(const Recogniser *recogniser, uint32_t page)
{
	g_autofree char *name = NULL;

	if (recogniser->options->work_directory == NULL)
		return NULL;
	name = g_strdup_printf("%s-page-%u.pages", recogniser->digest, page);
	return g_build_filename(recogniser->options->work_directory, name, NULL);
}

/* Puts one recognised page into the set, if that and nothing else is what the bytes hold. */
static bool
take_page(Recogniser *recogniser, uint32_t page, const char *bytes, size_t len, GError **error)
{
	g_autoptr(PageSet) alone = page_set_new(BLOCK_SOURCE_SCAN);
	const PageSheet *sheet;

	if (!page_set_read(bytes, len, alone, error))
		return false;
	sheet = alone->sheets->len == 1 ? g_ptr_array_index(alone->sheets, 0) : NULL;
	if (sheet == NULL || sheet->number != page || alone->document->signatures->len > 0) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_UNREADABLE, "kết quả nhận dạng trang %u bị hỏng", page);
		return false;
	}
	if (!page_set_read(bytes, len, recogniser->set, error))
		return false;
	recogniser->n_done++;
	return true;
}

static bool
take_kept(Recogniser *recogniser, uint32_t page)
{
	g_autofree char *path = kept_path(recogniser, page);
	g_autofree char *bytes = NULL;
	gsize len;

	return path != NULL && g_file_get_contents(path, &bytes, &len, NULL) &&
	       take_page(recogniser, page, bytes, len, NULL);
}

/* Without it the page is only recognised again. */
static void
keep(const Recogniser *recogniser, uint32_t page, const char *bytes, size_t len)
{
	g_autofree char *path = kept_path(recogniser, page);
	g_autoptr(GError) error = NULL;

	if (path != NULL &&
	    !g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
		g_debug("%s", error->message);
}

static void
note_failure(Recogniser *recogniser, uint32_t page, GError *take_error)
{
	block_document_note(recogniser->set->document, "page-not-recognised", DIAG_ERROR, page,
	    "Trang %u không nhận dạng được chữ (%s); nội dung của trang này chưa có trong kế hoạch, hãy xem "
	    "bản gốc.",
	    page, take_error->message);
	if (recogniser->first == NULL)
		recogniser->first = take_error;
	else
		g_error_free(take_error);
}

/* Takes the results of jobs that are over. Fails where the reading was cancelled. */
static bool
collect(Recogniser *recogniser, GError **error)
{
	for (guint i = recogniser->jobs->len; i-- > 0;) {
		Job *job = g_ptr_array_index(recogniser->jobs, i);
		uint32_t page = job_page(job);
		g_autofree char *bytes = NULL;
		GError *failure = NULL;
		size_t len;

		if (!job_is_over(job))
			continue;
		if (!job_take(job, &bytes, &len, &failure)) {
			if (g_error_matches(failure, APP_ERROR, APP_ERROR_BUSY)) {
				g_propagate_error(error, failure);
				return false;
			}
			note_failure(recogniser, page, failure);
		} else if (take_page(recogniser, page, bytes, len, &failure)) {
			keep(recogniser, page, bytes, len);
		} else {
			note_failure(recogniser, page, failure);
		}
		g_ptr_array_remove_index(recogniser->jobs, i);
	}
	return true;
}

/* Begins the next page, if an earlier reading did not leave it. */
static void
begin_next(Recogniser *recogniser)
{
	const ReaderOptions *options = recogniser->options;
	uint32_t page = g_array_index(recogniser->pages, uint32_t, recogniser->next++);
	const JobSpec spec = {.program = READER_PROGRAM_OCR,
	    .input = recogniser->input,
	    .form = "page",
	    .page = page,
	    .names = recogniser->names};
	GError *failure = NULL;
	Job *job;

	if (take_kept(recogniser, page))
		return;
	if (options->on_progress != NULL)
		options->on_progress(options->data, page, recogniser->n_pages);
	job = job_start(&spec, &failure);
	if (job != NULL)
		g_ptr_array_add(recogniser->jobs, job);
	else
		note_failure(recogniser, page, failure);
}

static guint
n_workers(const ReaderOptions *options)
{
	return MIN(options->max_workers != 0 ? options->max_workers : g_get_num_processors(), WORKERS_MAX);
}

static bool
run(Recogniser *recogniser, GError **error)
{
	guint max = n_workers(recogniser->options);

	while (recogniser->next < recogniser->pages->len || recogniser->jobs->len > 0) {
		while (recogniser->jobs->len < max && recogniser->next < recogniser->pages->len)
			begin_next(recogniser);
		if (recogniser->jobs->len == 0)
			continue;
		jobs_wait(recogniser->jobs, recogniser->options->is_cancelled);
		if (!collect(recogniser, error))
			return false;
	}
	return true;
}

static bool
has_other_text(const PageSet *set)
{
	for (guint i = 0; i < set->sheets->len; i++)
		if (((const PageSheet *)g_ptr_array_index(set->sheets, i))->words->len > 0)
			return true;
	return false;
}

/* The first names that stay below the ceilings, ended by NULL; the strings are the caller's of reader_read().
 */
static GPtrArray *
choose_names(const char *const *names)
{
	GPtrArray *chosen = g_ptr_array_new();
	size_t n_bytes = 0;

	for (; names != NULL && *names != NULL && chosen->len < LIMIT_KNOWN_NAMES; names++) {
		size_t len = strlen(*names) + 1;

		if (len == 1 || n_bytes + len > LIMIT_KNOWN_NAMES_BYTES)
			continue;
		n_bytes += len;
		g_ptr_array_add(chosen, (gpointer)(guintptr)*names);
	}
	g_ptr_array_add(chosen, NULL);
	return chosen;
}

bool
recognise_pages(int input, const char *digest, const ReaderOptions *options, PageSet *set, GError **error)
{
	g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
	g_autoptr(GPtrArray) names = choose_names(options->agencies);
	g_autoptr(GError) first = NULL;
	Recogniser recogniser = {.input = input,
	    .digest = digest,
	    .options = options,
	    .set = set,
	    .pages = pages,
	    .n_pages = set->sheets->len,
	    .jobs = jobs,
	    .names = (const char *const *)names->pdata};
	bool is_ok;

	for (guint i = 0; i < set->sheets->len; i++) {
		const PageSheet *sheet = g_ptr_array_index(set->sheets, i);

		if (sheet->needs_recognition)
			g_array_append_val(pages, sheet->number);
	}
	is_ok = run(&recogniser, error);
	first = recogniser.first;
	if (!is_ok)
		return false;
	if (first != NULL && recogniser.n_done == 0 && !has_other_text(set)) {
		g_propagate_error(error, g_steal_pointer(&first));
		return false;
	}
	return true;
}
