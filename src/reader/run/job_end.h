/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/run/frames.h"
#include "reader/run/program.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Why the parent ended a reader; OWN: it did not. */
typedef enum { JOB_END_OWN, JOB_END_TIME, JOB_END_MEMORY, JOB_END_CANCELLED } JobEndCause;

typedef struct JobEnd {
	ReaderProgram program;
	JobEndCause cause;
	const FrameReader *frames;
	int status;      /* of waitpid() */
	uint32_t page;   /* that it was at; 0 */
	const char *log; /* what it wrote to descriptor 2 */
} JobEnd;

/* True where the reader gave a whole result; otherwise the message that says what happened and what to do. */
bool job_end_judge(const JobEnd *end, GError **error);
