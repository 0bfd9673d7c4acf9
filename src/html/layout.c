/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/layout.h"

#include <string.h>

const LayoutNavItem LAYOUT_NAV[LAYOUT_NAV_MAX] = {
    [LAYOUT_NAV_DASHBOARD] = {.path = "/", .label = "Bảng điều hành"},
    [LAYOUT_NAV_TASKS] = {.path = "/nhiem-vu", .label = "Nhiệm vụ"},
    [LAYOUT_NAV_INDICATORS] = {.path = "/chi-tieu", .label = "Chỉ tiêu"},
    [LAYOUT_NAV_AGENCIES] = {.path = "/co-quan", .label = "Cơ quan"},
    [LAYOUT_NAV_CALENDAR] = {.path = "/lich-bao-cao", .label = "Lịch báo cáo"},
    [LAYOUT_NAV_FINDINGS] = {.path = "/kiem-tra", .label = "Kiểm tra kế hoạch"},
    [LAYOUT_NAV_DOCUMENT] = {.path = "/van-ban", .label = "Văn bản nguồn"},
};

const char *const LAYOUT_GROUP_TITLES[LAYOUT_GROUP_MAX] = {
    [LAYOUT_BAR] = "",
    [LAYOUT_DOING] = "Thực hiện",
    [LAYOUT_PLANNING] = "Kế hoạch",
    [LAYOUT_REMINDING] = "Nhắc việc, thông báo",
    [LAYOUT_KEEPING] = "Tổ chức, quản trị",
};

bool
layout_is_within(const char *path, const char *place)
{
	size_t length = strlen(place);

	return strncmp(path, place, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

const LayoutNavItem *
layout_here(const LayoutView *view)
{
	const LayoutNavItem *here = NULL;

	for (size_t i = 0; i < view->n_more_nav; i++) {
		const LayoutNavItem *item = &view->more_nav[i];

		if (item->group != LAYOUT_BAR && view->path != NULL &&
		    layout_is_within(view->path, item->path) &&
		    (here == NULL || strlen(item->path) > strlen(here->path)))
			here = item;
	}
	return here;
}

bool
layout_has_group(const LayoutView *view, LayoutGroup group)
{
	for (size_t i = 0; i < view->n_more_nav; i++)
		if (view->more_nav[i].group == group)
			return true;
	return false;
}
