/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The frames of one reader (reader/sandbox/frame.h), taken in as they arrive. Nothing in them is trusted. */
typedef struct FrameReader {
	GString *pending; /* of a frame that is not whole yet */
	GString *payload;
	size_t payload_max;
	uint32_t page, n_pages; /* of the last progress */
	bool is_ended;          /* the result is whole, or `said` is set */
	bool is_broken;         /* what came is no stream of frames */
	bool is_too_large;
	GError *said; /* the reader's own error */
} FrameReader;

void frames_init(FrameReader *frames, size_t payload_max);
void frames_clear(FrameReader *frames);

/* Takes in bytes. False where nothing more is wanted: ended, broken or too large. */
bool frames_feed(FrameReader *frames, const char *bytes, size_t len);
