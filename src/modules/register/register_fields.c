/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_fields.h"

const RegisterFieldInfo REGISTER_FIELDS[REGISTER_FIELD_MAX] = {
    [REGISTER_DUE] = {"Đến hạn ngày", "Hạn đang có hiệu lực. Muốn lùi hạn, gửi đề nghị gia hạn trên trang.",
	11, false},
    [REGISTER_STATUS] = {"Tình trạng", "Chương trình tính từ hạn và ngày nộp tại ngày xuất tệp.", 11, false},
    [REGISTER_STATE] = {"Trạng thái",
	"Chọn trong danh sách. Chọn “Chờ nghiệm thu” là nộp kết quả; khi đó ghi “Sản phẩm đã có” hoặc “Lý do "
	"chưa "
	"có sản phẩm”.",
	11, true},
    [REGISTER_PERCENT] = {"Tỷ lệ (%)", "Số nguyên từ 0 đến 100.", 7, true},
    [REGISTER_DONE] = {"Việc đã làm", "Của tháng ghi ở cột “Tháng cập nhật”.", 26, true},
    [REGISTER_DIFFICULTIES] = {"Khó khăn, vướng mắc", "Của tháng ghi ở cột “Tháng cập nhật”.", 18, true},
    [REGISTER_PROPOSALS] = {"Kiến nghị, đề xuất", "Của tháng ghi ở cột “Tháng cập nhật”.", 18, true},
    [REGISTER_NUMBER] = {"Số văn bản", "Số, ký hiệu của văn bản đã ban hành, ví dụ 12/KH-UBND.", 11, true},
    [REGISTER_DAY] = {"Ngày văn bản", "Ngày ban hành, dạng 15/12/2026.", 11, true},
    [REGISTER_PERSON] = {"Người thực hiện", "Chọn trong danh sách. Để trống: chưa giao cho ai.", 14, true},
    [REGISTER_AGENCY] = {"Đơn vị thực hiện", "Đơn vị giữ phần việc này.", 24, false},
    [REGISTER_PERIOD] = {"Kỳ thực hiện", "Của nhiệm vụ lặp lại.", 14, false},
    [REGISTER_MONTH] = {"Tháng cập nhật", "Tháng mà nội dung ở bên nói về, dạng 12/2026.", 11, true},
    [REGISTER_IDLE] = {"Không phát sinh",
	"Ghi x nếu trong tháng không có gì phát sinh; khi đó không ghi nội dung.", 10, true},
    [REGISTER_PRODUCT] = {"Sản phẩm đã có", "Chỉ ghi khi nộp kết quả.", 26, true},
    [REGISTER_REASON] = {"Lý do chưa có sản phẩm", "Chỉ ghi khi nộp kết quả mà không có sản phẩm.", 22, true},
    [REGISTER_KEY] = {"Mã dòng", "Để chương trình nhận ra dòng. Không sửa, không kéo chép.", 12, false},
};
