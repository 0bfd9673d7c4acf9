/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every buffer that grows with outside input stops at one of these. */

#define LIMIT_SOURCE_BYTES ((size_t)64 * 1024 * 1024) /* a plan's text; the longest real one is 73 KB */
#define LIMIT_SOURCE_LINES ((size_t)2 * 1000 * 1000)
#define LIMIT_LINE_BYTES ((size_t)1024 * 1024) /* one physical line; longer ones are cut with a diagnostic */
#define LIMIT_BLOCK_BYTES ((size_t)64 * 1024) /* one paragraph or cell; the longest real one is 3 KB */
#define LIMIT_ROW_PIECES 512                   /* printed lines of one table row that are told apart */
#define LIMIT_OUTLINE_DEPTH 12
#define LIMIT_DIAGNOSTICS 10000
#define LIMIT_PAGES 2000            /* of one document; the longest real plan has 60 */
#define LIMIT_BLOCKS 200000         /* paragraphs and tables of one document */
#define LIMIT_TABLE_CELLS 1000000   /* of one document */
#define LIMIT_TABLE_COLUMNS 256
#define LIMIT_PAGE_WORDS 20000
#define LIMIT_PAGE_RULES 20000
#define LIMIT_UNPACKED_BYTES ((size_t)256 * 1024 * 1024) /* all parts of a Word or Excel file */
#define LIMIT_PACKAGE_PARTS 10000
#define LIMIT_NESTED_TABLES 16 /* tables and text boxes one inside another */

/* Readers of foreign formats */
#define LIMIT_STREAM_BYTES ((size_t)256 * 1024 * 1024) /* of what one reader hands on */
#define LIMIT_PNG_BYTES ((size_t)64 * 1024 * 1024)     /* of one page drawn */
#define LIMIT_RENDER_WIDTH 4000                        /* pixels */
#define LIMIT_KNOWN_NAMES 200                          /* of agencies, that one recognition is told */
#define LIMIT_KNOWN_NAMES_BYTES ((size_t)32 * 1024)    /* all of them: they are arguments of a command */
#define LIMIT_IMAGE_PIXELS (100 * 1000 * 1000)             /* of one picture of a page, before it is decoded */
