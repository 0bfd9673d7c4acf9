/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_limits.h"

#include "app/setting.h"
#include "base/app-error.h"
#include "modules/evidence/evidence.sql.h"

#include <sys/statvfs.h>

#define BYTES_PER_KB 1024.0

const EvidenceSetting EVIDENCE_SETTINGS[EVIDENCE_SETTING_MAX] = {
    [EVIDENCE_SETTING_FILE_MB] = {"evidence.file_mb", "Dung lượng lớn nhất của một tệp", "MB", 200, 1, 2000,
	"Mặc định của chương trình"},
    [EVIDENCE_SETTING_QUOTA_MB] = {"evidence.quota_mb", "Dung lượng của cả kho minh chứng", "MB", 51200, 100,
	10000000, "Mặc định của chương trình: 50 GB cho một xã"},
    [EVIDENCE_SETTING_RESERVE_MB] = {"evidence.reserve_mb", "Phần ổ đĩa luôn để trống", "MB", 1024, 0,
	1000000, "Mặc định của chương trình"},
    [EVIDENCE_SETTING_UPLOAD_HOURS] = {"evidence.upload_hours", "Giữ phần đã gửi của tệp gửi dở", "giờ", 48,
	1, 720, "Mặc định của chương trình"},
    [EVIDENCE_SETTING_SCAN_MB] = {"evidence.scan_mb", "Tệp lớn nhất được quét vi-rút", "MB", 100, 1, 4000,
	"StreamMaxLength của clamd"},
};

static bool
read_usage(const EvidenceScope *scope, EvidenceLimits *limits, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &EVIDENCE_USAGE_GET, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_USAGE_GET_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	limits->used_bytes = has_row ? db_column_int(stmt, EVIDENCE_USAGE_GET_C_SIZE_BYTES) : 0;
	limits->n_files = has_row ? db_column_int(stmt, EVIDENCE_USAGE_GET_C_FILE_COUNT) : 0;
	return true;
}

static int64_t
free_on_disk(const char *directory)
{
	struct statvfs info;

	return statvfs(directory, &info) == 0 ? (int64_t)info.f_bavail * (int64_t)info.f_frsize : -1;
}

bool
evidence_limits(const EvidenceScope *scope, EvidenceLimits *ret_limits, GError **error)
{
	EvidenceLimits limits = {.free_bytes = free_on_disk(scope->directory)};
	int64_t values[EVIDENCE_SETTING_MAX];

	for (int i = 0; i < EVIDENCE_SETTING_MAX; i++) {
		const EvidenceSetting *setting = &EVIDENCE_SETTINGS[i];

		if (!app_setting_get_int(
			scope->db, scope->commune_id, setting->key, setting->fallback, &values[i], error))
			return false;
		values[i] = CLAMP(values[i], setting->min, setting->max);
	}
	limits.file_bytes = values[EVIDENCE_SETTING_FILE_MB] * EVIDENCE_BYTES_PER_MB;
	limits.quota_bytes = values[EVIDENCE_SETTING_QUOTA_MB] * EVIDENCE_BYTES_PER_MB;
	limits.reserve_bytes = values[EVIDENCE_SETTING_RESERVE_MB] * EVIDENCE_BYTES_PER_MB;
	limits.upload_hours = values[EVIDENCE_SETTING_UPLOAD_HOURS];
	if (!read_usage(scope, &limits, error))
		return false;
	*ret_limits = limits;
	return true;
}

const char *
evidence_format_size(Arena *arena, int64_t bytes)
{
	static const char *const UNITS[] = {"KB", "MB", "GB", "TB"};
	double value = (double)bytes / BYTES_PER_KB;
	size_t unit = 0;
	char *text;

	while (value >= BYTES_PER_KB && unit + 1 < G_N_ELEMENTS(UNITS)) {
		value /= BYTES_PER_KB;
		unit++;
	}
	text = arena_printf(
	    arena, unit == 0 ? "%.0f %s" : "%.1f %s", unit == 0 ? MAX(value, 1.0) : value, UNITS[unit]);
	return g_strdelimit(text, ".", ',');
}

static bool
refuse_quota(const EvidenceLimits *limits, int64_t size, GError **error)
{
	g_autoptr(Arena) arena = arena_new();

	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "Kho minh chứng không còn đủ chỗ: đã dùng %s trên %s, tệp cần %s. Hãy báo người quản trị tăng "
	    "dung lượng "
	    "(trang Minh chứng, mục Thiết lập).",
	    evidence_format_size(arena, limits->used_bytes), evidence_format_size(arena, limits->quota_bytes),
	    evidence_format_size(arena, size));
	return false;
}

bool
evidence_check_room(const EvidenceLimits *limits, const char *file_name, int64_t size, GError **error)
{
	g_autoptr(Arena) arena = arena_new();

	if (size > limits->file_bytes) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "Tệp “%s” có %s, lớn hơn mức %s cho một tệp. Hãy giảm độ phân giải của ảnh, phim hoặc "
		    "tách tệp.",
		    file_name, evidence_format_size(arena, size),
		    evidence_format_size(arena, limits->file_bytes));
		return false;
	}
	if (limits->used_bytes + size > limits->quota_bytes)
		return refuse_quota(limits, size, error);
	if (limits->free_bytes >= 0 && limits->free_bytes - size < limits->reserve_bytes) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "Ổ đĩa của máy chủ sắp đầy: còn %s, phải để trống %s. Hãy báo người quản trị.",
		    evidence_format_size(arena, limits->free_bytes),
		    evidence_format_size(arena, limits->reserve_bytes));
		return false;
	}
	return true;
}

bool
evidence_check_quota(const EvidenceScope *scope, int64_t size, GError **error)
{
	EvidenceLimits limits;

	if (!evidence_limits(scope, &limits, error))
		return false;
	return limits.used_bytes + size <= limits.quota_bytes || refuse_quota(&limits, size, error);
}
