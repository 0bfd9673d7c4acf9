/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
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

bool admin_system(HttpRequest *request, HttpResponse *response, GError **error);
