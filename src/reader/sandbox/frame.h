/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a reader says to the program that started it, on descriptor 1: records (base/record.h) with these
 * tags. A stream that does not end with FRAME_END or FRAME_ERROR was broken off. */
enum {
	FRAME_PROGRESS = 'p', /* u32 page begun, u32 number of pages (0: not known) */
	FRAME_PAYLOAD = 'd',  /* a part of the result; the parts are put together */
	FRAME_ERROR = 'e',    /* u8 AppErrorCode, text: the message */
	FRAME_END = 'z',      /* the result is whole */
};

#define FRAME_HEAD_BYTES 5                    /* tag and length */
#define FRAME_BYTES_MAX ((size_t)1024 * 1024) /* of one frame's content; payloads are cut into such parts */
