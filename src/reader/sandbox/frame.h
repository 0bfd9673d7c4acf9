/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The programs, their forms (argv[1]) with arguments, and what they give as result:
 *
 *   namro-read-office  word | sheet | cells  blocks (blocks_write())
 *   namro-read-web     web                   blocks
 *   namro-read-pdf     pages                 sheets (page_set_write())
 *                      render PAGE WIDTH TURNS
 *                                            a PNG of a page turned by TURNS quarters clockwise, then WIDTH
 *                                            pixels wide
 *   namro-read-ocr     count                 the number of pages of an image file, as decimal text
 *                      page PAGE [NAME…]     sheets: that one page of a PDF or image, recognised; the names
 *                                            are of agencies, to correct by
 *                      render PAGE WIDTH TURNS
 *                                            the same of an image file
 *   namro-read-layout  blocks                blocks, made of the sheets on descriptor 0
 *
 * A page that the file does not have is APP_ERROR_NOT_FOUND. */

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
