/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/words-rows.h"

#include <stddef.h>

/* A product is a thing; these begin an action or a hope. */
const char *const WORDS_VAGUE_OUTPUT[] = {"nang cao", "tang cuong", "day manh", "tao dieu kien", "thuc hien",
    "trien khai", "cac giai phap", "giai phap", "dam bao", "bao dam", "thuc day", "phat huy", "tiep tuc",
    "hoan thanh tot", NULL};

/* Verbs after which something new exists: two of them in one row are two products. */
const char *const WORDS_DELIVERING_VERBS[] = {"xay dung", "dau tu", "thanh lap", "ban hanh", "mua sam",
    "lap dat", "to chuc", "trien khai", "nang cap", "cap ", "dao tao", "tap huan", "trang bi", "phat trien",
    "hoan thien", "hoan thanh", "so hoa", "ket noi", "day manh", "thuc hien", "tai su dung", "khai thac",
    "cu the hoa", "phat hien", "uu tien", "chu trong", "dua ", "ho tro", "ra soat", "huong dan", "ung dung",
    "chuan hoa", NULL};

const char *const WORDS_OPTIONAL[] = {
    "neu co", "neu duoc", "neu can", "neu thay", "khi can thiet", "khi co dieu kien", "tuy dieu kien", NULL};

const char *const WORDS_PRODUCING_VERBS[] = {"xay dung", "dau tu", "thanh lap", "ban hanh", "mua sam",
    "lap dat", "trang bi", "nang cap", "bo tri", NULL};
