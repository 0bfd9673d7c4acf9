/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_pages.h"

/* Reads what the page Nhập kế hoạch shows. before: as intake_draft_list(). */
bool intake_list_load(
    HttpRequest *request, bool shows_discarded, int64_t before, IntakeListView *ret_view, GError **error);
