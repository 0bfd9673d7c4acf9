/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"

const Command COMMANDS[] = {
    {"compile", "[--json|--table] TỆP…", "đọc văn bản kế hoạch thành dữ liệu có cấu trúc", command_compile},
    {"diff", "[--json] CŨ MỚI", "so kế hoạch mới với kế hoạch cũ, từng mục", command_diff},
    {"lint", "[--json] [--rules] TỆP…", "tìm mâu thuẫn, thiếu sót trong kế hoạch", command_lint},
    {"init", "[--commune TÊN] THƯ-MỤC", "tạo thư mục dữ liệu", command_init},
    {"import", "THƯ-MỤC TỆP…", "nhập văn bản kế hoạch vào thư mục dữ liệu", command_import},
    {"serve", "[--port SỐ] THƯ-MỤC", "mở các trang theo dõi trên trình duyệt", command_serve},
    {"verify", "THƯ-MỤC", "kiểm tra nhật ký còn nguyên vẹn", command_verify},
    {"verify-receipt", "[--key HEX] TỆP", "kiểm tra biên nhận, không cần dữ liệu", command_verify_receipt},
    {NULL, NULL, NULL, NULL},
};
