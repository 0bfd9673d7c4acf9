/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/run/program.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One reader at work: its process, what it has said, and how it ended. */
typedef struct Job Job;

typedef struct JobSpec {
	ReaderProgram program;
	int input;                /* a descriptor of input_new(); stays the caller's */
	const char *form;         /* reader/sandbox/frame.h */
	uint32_t page, width;     /* the form's numbers; 0: none */
	uint32_t turns;           /* behind a width */
	const char *const *names; /* arguments behind the numbers, ended by NULL; NULL */
} JobSpec;

/* Starts a reader. Fails with APP_ERROR_UNREADABLE (not installed) or APP_ERROR_LIMIT (no process to be had).
 */
Job *job_start(const JobSpec *spec, GError **error);

/* Ends the process if it still runs, and leaves nothing of it. */
void job_free(Job *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Job, job_free)

bool job_is_over(const Job *job);

/* The page that the job was started for; 0. */
uint32_t job_page(const Job *job);

/* The page that the reader said last it had begun, and of how many; 0. */
void job_progress(const Job *job, uint32_t *ret_page, uint32_t *ret_n_pages);

/* Lets the jobs (of Job *) go on until one of them says something or is over, or a moment has passed. Ends
 * all of them where *is_cancelled (may be NULL) is set. */
void jobs_wait(GPtrArray *jobs, const gint *is_cancelled);

/* The result of a job that is over, the caller's. Fails with what the reader said, or with how it ended:
 * APP_ERROR_UNREADABLE, APP_ERROR_LIMIT, APP_ERROR_NOT_FOUND, APP_ERROR_BUSY (cancelled). */
bool job_take(Job *job, char **ret_bytes, size_t *ret_len, GError **error);

/* Starts a reader and waits for its result. on_progress: NULL. */
typedef void (*JobProgress)(void *data, uint32_t page, uint32_t n_pages);
bool job_run(const JobSpec *spec, const gint *is_cancelled, JobProgress on_progress, void *data,
    char **ret_bytes, size_t *ret_len, GError **error);
