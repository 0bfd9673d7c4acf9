/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/words-reporting.h"

#include <stddef.h>

const char *const WORDS_SKIPPED_LEVEL[] = {"len ban chi dao tinh", "len ban chi dao thanh pho",
    "voi ban chi dao tinh", "voi ban chi dao thanh pho", "gui ban chi dao tinh", "gui ban chi dao thanh pho",
    "cho ban chi dao tinh", "cho ban chi dao thanh pho", "bao cao ubnd tinh", "bao cao ubnd thanh pho",
    "len tinh", "len thanh pho", NULL};

const char *const WORDS_TROUBLE[] = {"kho khan", "vuong mac", "bat cap", "kien nghi", "phan anh", NULL};

/* They speak for the commune. */
const char *const WORDS_LEADING_BODIES[] = {"ban chi dao", "uy ban nhan dan", "ubnd", "thuong truc",
    "ban thuong vu", "van phong dang uy", "dang uy xa", "dang uy phuong", NULL};

const char *const WORDS_CONSOLIDATES[] = {"tong hop danh gia", "tong hop, danh gia", "tong hop, bao cao",
    "tong hop bao cao", "tong hop ket qua", "tong hop, theo doi", NULL};
