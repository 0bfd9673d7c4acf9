/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/router.h"
#include "modules/admin/admin.h"

/* View of pages/system.html. */
typedef struct AdminSystemView {
	LayoutView layout;
	const AdminSystem *system;
	const char *version;
	const char *directory;
} AdminSystemView;

/* The day of an instant, in Asia/Ho_Chi_Minh. */
int32_t admin_day_of(int64_t instant_us);

bool admin_system(HttpRequest *request, HttpResponse *response, GError **error);
