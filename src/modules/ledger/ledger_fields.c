/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/ledger/history.h"
#include "modules/ledger/ledger_pages.h"

#include <string.h>

static const struct {
	const char *key, *label;
} LABELS[] = {
    {"account", "Tài khoản số"},
    {"action", "Việc"},
    {"agency", "Đơn vị số"},
    {"agent", "Trình duyệt"},
    {"attempts", "Số lần gửi"},
    {"became", "Trở thành"},
    {"by", "Người thực hiện"},
    {"by_name", "Người thực hiện"},
    {"bytes", "Số byte"},
    {"change", "Thay đổi số"},
    {"channel", "Kênh gửi"},
    {"code", "Mã"},
    {"counting", "Lần sửa đang tính"},
    {"days", "Các ngày"},
    {"decider", "Người quyết định"},
    {"decision", "Quyết định"},
    {"decision_day", "Ngày quyết định"},
    {"draft_id", "Bản nháp"},
    {"due", "Thời hạn"},
    {"duties", "Trách nhiệm"},
    {"edits", "Lần sửa"},
    {"email_digest", "Thư điện tử (mã vết, không phải địa chỉ)"},
    {"ended", "Đã kết thúc"},
    {"errors", "Lỗi"},
    {"file_name", "Tên tệp"},
    {"file_sha256", "Mã băm của tệp"},
    {"files", "Số tệp"},
    {"first", "Việc thứ nhất"},
    {"format", "Dạng"},
    {"found", "Mã độc tìm thấy"},
    {"from", "Từ ngày"},
    {"from_change", "Bắt đầu do thay đổi số"},
    {"generic", "Không chỉ đơn vị cụ thể"},
    {"given_by_party", "Cấp ủy giao việc"},
    {"given_by_state", "Ủy ban nhân dân giao việc"},
    {"higher", "Cấp trên"},
    {"identity", "Kế hoạch"},
    {"indicators", "Chỉ tiêu"},
    {"is_projected", "Dự kiến"},
    {"is_secret", "Bí mật nhà nước"},
    {"issued", "Ngày ban hành"},
    {"issuer", "Nơi cấp"},
    {"item", "Vị trí trong văn bản"},
    {"kind", "Loại"},
    {"last_edit", "Lần sửa cuối"},
    {"level", "Cấp độ"},
    {"locked", "Đã khóa"},
    {"login", "Tên đăng nhập"},
    {"main", "Vị trí chính"},
    {"message", "Thông báo"},
    {"migrations", "Bước nâng cấp"},
    {"must_change", "Phải đổi mật khẩu"},
    {"name", "Tên"},
    {"needs_number", "Phải ghi số, ngày văn bản"},
    {"note", "Ghi chú"},
    {"number", "Số, ký hiệu"},
    {"objects", "Gắn với"},
    {"other_digest", "Liên hệ khác (mã vết)"},
    {"parent", "Đơn vị cấp trên (số)"},
    {"password", "Mật khẩu"},
    {"path", "Trang"},
    {"person", "Người"},
    {"person_id", "Người số"},
    {"phone_digest", "Điện thoại (mã vết, không phải số)"},
    {"plan", "Kế hoạch số"},
    {"plan_id", "Kế hoạch số"},
    {"position", "Chức vụ, thứ tự"},
    {"printed", "Cách viết"},
    {"province", "Tỉnh, thành phố"},
    {"public_key", "Khóa công khai"},
    {"query", "Điều kiện"},
    {"rank", "Hạng"},
    {"result", "Kết quả"},
    {"role", "Vai trò"},
    {"role_given", "Giao vai trò"},
    {"role_taken", "Thu vai trò"},
    {"rows", "Số dòng"},
    {"same_as", "Là cách viết khác của đơn vị số"},
    {"scan", "Quét mã độc"},
    {"second", "Việc thứ hai"},
    {"second_factor", "Xác thực hai lớp"},
    {"short_name", "Tên viết tắt"},
    {"size_bytes", "Cỡ tệp (byte)"},
    {"source", "Căn cứ"},
    {"standing", "Tình trạng"},
    {"state", "Tình trạng"},
    {"subject", "Mã định danh bên ngoài"},
    {"tasks", "Nhiệm vụ"},
    {"title", "Tên"},
    {"to", "Đến hết ngày"},
    {"to_change", "Kết thúc do thay đổi số"},
    {"type", "Dạng tệp"},
    {"undone_by", "Bị hủy bởi thay đổi số"},
    {"unit", "Đơn vị số"},
    {"valid_from", "Từ ngày"},
    {"valid_to", "Đến hết ngày"},
    {"value", "Giá trị"},
    {"version", "Phiên bản"},
    {"versions", "Các giai đoạn"},
    {"void", "Nhập nhầm"},
    {"warnings", "Cảnh báo"},
    {"who", "Ai giữ"},
    {"wiped_us", "Đã xóa tệp lúc"},
    {"withdrawn_by", "Người rút"},
    {"withdrawn_us", "Rút lúc"},
    {"withdrawn_why", "Lý do rút"},
    {"year", "Năm"},
};

const char *
ledger_label(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(LABELS); i++)
		if (strcmp(LABELS[i].key, key) == 0)
			return LABELS[i].label;
	return key;
}

static const LedgerPair *
find_pair(const LedgerPair *pairs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].key, key) == 0)
			return &pairs[i];
	return NULL;
}

static bool
is_same(const LedgerPair *was, const LedgerPair *is)
{
	return was != NULL ? g_strcmp0(was->value, is->value) == 0 : is->value == NULL || *is->value == '\0';
}

LedgerField *
ledger_fields(
    Arena *arena, const AppRecordLabel *labels, const char *before, const char *after, size_t *ret_n)
{
	LedgerPair old[LEDGER_PAIRS_MAX], new[LEDGER_PAIRS_MAX];
	size_t n_old = ledger_pairs(arena, before, old), n_new = ledger_pairs(arena, after, new), n = 0;
	LedgerField *fields = arena_array(arena, LedgerField, n_old + n_new + 1);

	for (size_t i = 0; i < n_new; i++) {
		const LedgerPair *was = find_pair(old, n_old, new[i].key);

		if (!is_same(was, &new[i]))
			fields[n++] = (LedgerField){history_label(labels, new[i].key),
			    was != NULL ? history_words(arena, labels, was) : NULL,
			    history_words(arena, labels, &new[i])};
	}
	for (size_t i = 0; i < n_old; i++)
		if (find_pair(new, n_new, old[i].key) == NULL && old[i].value != NULL &&
		    (n_new == 0 || strcmp(old[i].key, "value") == 0))
			fields[n++] = (LedgerField){
			    history_label(labels, old[i].key), history_words(arena, labels, &old[i]), NULL};
	*ret_n = n;
	return fields;
}
