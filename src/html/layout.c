/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/layout.h"

#include <string.h>

const LayoutNavItem LAYOUT_NAV[LAYOUT_NAV_MAX] = {
    [LAYOUT_NAV_DASHBOARD] = {"/", "Bảng điều hành"},
    [LAYOUT_NAV_TASKS] = {"/nhiem-vu", "Nhiệm vụ"},
    [LAYOUT_NAV_INDICATORS] = {"/chi-tieu", "Chỉ tiêu"},
    [LAYOUT_NAV_AGENCIES] = {"/co-quan", "Cơ quan"},
    [LAYOUT_NAV_CALENDAR] = {"/lich-bao-cao", "Lịch báo cáo"},
    [LAYOUT_NAV_FINDINGS] = {"/kiem-tra", "Kiểm tra kế hoạch"},
    [LAYOUT_NAV_DOCUMENT] = {"/van-ban", "Văn bản nguồn"},
};

bool
layout_is_first(const char *path)
{
	return strcmp(path, LAYOUT_TODAY) == 0 || strcmp(path, LAYOUT_WORK) == 0;
}

bool
layout_is_within(const char *path, const char *place)
{
	size_t length = strlen(place);

	return strncmp(path, place, length) == 0 && (path[length] == '\0' || path[length] == '/');
}
