/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_draft.h"

/* Reading the drafts that wait: for the worker. A job is a draft in INTAKE_READING.
 *
 *     intake_job_recover() once at start;
 *     while intake_job_claim() gives one: intake_job_run(), or its parts: reader_read(…) with
 *     intake_job_folder() and intake_job_progress(), then intake_job_finish() or intake_job_fail(). */

/* Reads a claimed draft from its kept file to its end: ready, failed, or waiting again where it was stopped.
 * is_cancelled: set to 1 by another thread to stop; also set here where somebody discards the draft.
 * max_workers: as in ReaderOptions. Fails only where the store does. */
bool intake_job_run(const IntakeScope *scope, const IntakeDraft *draft, unsigned max_workers,
    gint *is_cancelled, GError **error);

/* Lets drafts wait again that a worker was reading when the program ended. *ret_n: how many; may be NULL. */
bool intake_job_recover(const IntakeScope *scope, int64_t *ret_n, GError **error);

/* Takes the draft that has waited longest. *ret_has false: none waits. */
bool intake_job_claim(
    const IntakeScope *scope, Arena *arena, IntakeDraft *ret_draft, bool *ret_has, GError **error);

/* Takes this draft, wherever it stands in the queue. Fails with APP_ERROR_CONFLICT where it does not wait. */
bool intake_job_claim_one(
    const IntakeScope *scope, int64_t draft_id, Arena *arena, IntakeDraft *ret_draft, GError **error);

/* Makes the folder where recognised pages of a file are kept ("work/<sha256>" in the data directory), so that
 * a reading that was broken off goes on; the caller's string. NULL on failure. */
char *intake_job_folder(const IntakeScope *scope, const IntakeDraft *draft, GError **error);

/* Notes how far a reading has come. *ret_is_wanted false: somebody discarded the draft; stop. */
bool intake_job_progress(const IntakeScope *scope, int64_t draft_id, uint32_t page, uint32_t n_pages,
    bool *ret_is_wanted, GError **error);

/* Ends a reading: keeps the blocks, compiles them once for caption and counts, and takes the work folder
 * away. blocks: NULL for a file that is text. A document that cannot be compiled makes the draft fail, not
 * this call; so does nothing to a draft that was discarded meanwhile but keep its blocks. */
bool intake_job_finish(
    const IntakeScope *scope, const IntakeDraft *draft, const BlockDocument *blocks, GError **error);

/* Takes away what was kept so that a reading could go on; what cannot be removed costs room and nothing else.
 */
void intake_job_forget(const IntakeScope *scope, const IntakeDraft *draft);

/* message: Vietnamese, for the person who gave the file. */
bool intake_job_fail(const IntakeScope *scope, int64_t draft_id, const char *message, GError **error);
