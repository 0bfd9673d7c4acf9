/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"

#define FORMATS \
	"Tệp kế hoạch có thể là: văn bản thuần hoặc Markdown; PDF, cả bản quét; Word (.docx); Excel " \
	"(.xlsx); " \
	"trang web (.html); ảnh PNG, JPEG, TIFF. Các tệp .doc, .xls, .odt, .ods, .rtf đọc được khi máy có " \
	"LibreOffice. Loại tệp được nhận ra theo nội dung, không theo tên."

const Command COMMANDS[] = {
    {"compile", "[--json|--table] TỆP…", "đọc văn bản kế hoạch thành dữ liệu có cấu trúc", command_compile,
	FORMATS},
    {"diff", "[--json] CŨ MỚI", "so kế hoạch mới với kế hoạch cũ, từng mục", command_diff, FORMATS},
    {"lint", "[--json] [--rules] TỆP…", "tìm mâu thuẫn, thiếu sót trong kế hoạch", command_lint, FORMATS},
    {"init", "[--commune TÊN …] [--admin TÊN] THƯ-MỤC", "tạo thư mục dữ liệu, tài khoản quản trị đầu tiên",
	command_init,
	"Chạy ở cửa sổ lệnh thì được hỏi những gì chưa nêu. Mật khẩu được hỏi, hoặc đọc từ đầu vào khi có "
	"--password-stdin; không bao giờ nêu trên dòng lệnh."},
    {"import", "[--draft] THƯ-MỤC TỆP…", "nhập văn bản kế hoạch vào thư mục dữ liệu", command_import,
	FORMATS},
    {"serve", "[--port SỐ] THƯ-MỤC", "mở các trang theo dõi trên trình duyệt", command_serve, NULL},
    {"user", "LỆNH THƯ-MỤC [TÊN]", "thêm, xem, ngừng tài khoản; đặt mật khẩu; giao vai trò", command_user,
	"LỆNH: add, list, passwd, disable, enable, grant, revoke, no-totp; import THƯ-MỤC TỆP.xlsx "
	"[--dry-run]."},
    {"admin", "LỆNH THƯ-MỤC",
	"ai vào được đâu; quyền đến hạn rà soát; quy tắc đăng nhập; khóa mới khi mất khóa", command_admin,
	"access --role R|--account TÊN [--plan N]: mọi trang vào được, nhờ đâu; access --conflicts: ai đang "
	"giữ hai "
	"việc phải tách nhau; review: quyền quá hạn rà soát; rules (--set, --level, --from, --source, "
	"--yes): quy tắc đăng nhập; oidc (--set): tài khoản bên ngoài; new-key ledger|secrets: khóa mới khi "
	"đã mất khóa. Trên đây là tùy chọn của access và review; của các lệnh kia: namro admin rules "
	"--help."},
    {"notify", "[--mail-url URL …] THƯ-MỤC", "xem, đặt đường gửi thông báo ra ngoài; gửi thử", command_notify,
	NULL},
    {"task", "LỆNH THƯ-MỤC [SỐ]", "xem, cập nhật, nghiệm thu, trả lại phần việc; sổ Excel", command_task,
	"LỆNH: list, show, update, accept, return. Nghiệm thu và trả lại cần --as."},
    {"plan", "LỆNH THƯ-MỤC [CŨ MỚI]", "xem các kế hoạch; cho kế hoạch mới thay thế kế hoạch cũ, việc đi theo",
	command_plan,
	"LỆNH: list; replace CŨ MỚI [--accept all] [--kind …] [--from NGÀY] [--dry-run]: so từng dòng rồi "
	"chuyển tiếp."},
    {"remind", "simulate THƯ-MỤC", "chạy thử các bậc nhắc việc trên những ngày đã qua; không ai được báo",
	command_remind, NULL},
    {"job", "run THƯ-MỤC | run --all", "làm việc hằng ngày: mở việc của kế hoạch mới, của kỳ mới; nhắc việc",
	command_job, NULL},
    {"verify", "THƯ-MỤC", "kiểm tra nhật ký còn nguyên vẹn và dữ liệu khớp với nhật ký", command_verify,
	NULL},
    {"verify-receipt", "[--key HEX] TỆP", "kiểm tra biên nhận, không cần dữ liệu", command_verify_receipt,
	NULL},
    {"migrate", "--from NƠI --to NƠI [--undo]",
	"chuyển dữ liệu của một đơn vị lên máy chủ PostgreSQL, hoặc về", command_migrate,
	"NƠI là thư mục dữ liệu hoặc địa chỉ postgresql://…; chuyển giữa hai máy chủ thì thêm thư mục dữ "
	"liệu ở "
	"cuối. Thư mục dữ liệu (tệp, khóa ký nhật ký) ở nguyên chỗ. Hãy dừng \"namro serve\" trước. Bị dừng "
	"giữa chừng "
	"thì chạy lại đúng lệnh để chuyển nốt, hoặc thêm --undo để dùng tiếp nơi cũ."},
    {"backup", "--to NƠI-ĐỂ --key TỆP THƯ-MỤC", "sao lưu thư mục dữ liệu, mã hóa, trong khi đang chạy",
	command_backup, NULL},
    {"restore", "--key TỆP --to MỚI NƠI-ĐỂ", "khôi phục thành thư mục dữ liệu mới", command_restore, NULL},
    {"verify-backup", "--from NƠI-ĐỂ --key TỆP THƯ-MỤC", "khôi phục thử bản sao lưu và đối chiếu",
	command_verify_backup, NULL},
    {"backup-schedule", "[--at GIỜ:PHÚT …] THƯ-MỤC", "xem, đặt hoặc bỏ lịch sao lưu và khôi phục thử",
	command_backup_schedule, NULL},
    {0},
};
