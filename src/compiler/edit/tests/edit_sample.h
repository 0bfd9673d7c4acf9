/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small plan of the invented commune, with what a reviewer has to put right: a date that cannot be read
 * (task 1.2), a row that holds two tasks (2.1), a row that goes on in the next (2.2, 2.3), a row without a
 * number that heads others (3), an agency abbreviated. */
static const char EDIT_SAMPLE[] =
    "**ỦY BAN NHÂN DÂN**\n**XÃ BÌNH NGUYỆT**\n\nSố: 18/KH-UBND\n\n"
    "*Bình Nguyệt, ngày 10 tháng 02 năm 2026*\n\n# KẾ HOẠCH\n\n"
    "**Chuyển đổi số trên địa bàn xã Bình Nguyệt năm 2026**\n\n"
    "## I. MỤC ĐÍCH\n\n- Rõ người, rõ việc, rõ thời hạn.\n\n"
    "## II. TỔ CHỨC THỰC HIỆN\n\n- Văn phòng HĐND và UBND theo dõi, đôn đốc.\n\n"
    "## PHỤ LỤC I: CHỈ TIÊU NĂM 2026\n\n"
    "| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2030 | Cơ quan chủ trì |\n|---|---|---|---|---|---|\n"
    "| 1 | Tỷ lệ hồ sơ nộp trực tuyến | % | ≥ 80 | 95 | Trung tâm Phục vụ hành chính công |\n"
    "| 2 | Tỷ lệ hộ có điện thoại thông minh | % | 85 | 98 | Phòng Văn hóa - Xã hội |\n\n"
    "## PHỤ LỤC II: PHÂN CÔNG NHIỆM VỤ\n\n"
    "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm |\n"
    "|---|---|---|---|---|---|\n"
    "| **1** | **Chính quyền số** |  |  |  |  |\n"
    "| 1.1 | Rà soát thiết bị mạng của các phòng | Công an xã | Các thôn | Quý II/2026 | Báo cáo |\n"
    "| 1.2 | Mở lớp tập huấn kỹ năng số | Phòng Văn hóa - Xã hội | Các thôn | ba mươi tháng sáu | Kế hoạch "
    "|\n"
    "| 1.3 | Sắp xếp kho lưu trữ hồ sơ giấy | Văn phòng HĐND và UBND | Công an xã | 12/2026 | Biên bản |\n"
    "| **2** | **Xã hội số** |  |  |  |  |\n"
    "| 2.1 | Lắp Wi-Fi tại nhà văn hóa; phát loa thông minh | Phòng Kinh tế | Các thôn | 30/9/2026 | Danh "
    "sách |\n"
    "| 2.2 | Cấp tài khoản dịch vụ công cho | Công an xã |  |  |  |\n"
    "| 2.3 | người cao tuổi | Các thôn |  | 31/10/2026 | Danh sách |\n"
    "| 3 | Kinh tế số | Công an xã |  | 12/2026 | Báo cáo |\n"
    "| 3.1 | Đưa sản phẩm lên sàn | Phòng Kinh tế | Các thôn | Hằng quý | Danh mục |\n"
    "| 3.2 | Bán hàng qua mạng | P. Kinh tế | Các thôn | Thường xuyên | Danh mục |\n";
