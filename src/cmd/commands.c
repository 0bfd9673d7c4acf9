/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"

const Command COMMANDS[] = {
    {"compile", "[--json|--table] TỆP…", "đọc văn bản kế hoạch thành dữ liệu có cấu trúc", command_compile},
    {NULL, NULL, NULL, NULL},
};
