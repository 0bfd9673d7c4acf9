/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/unit_pages.h"

/* Does what a form asks for, the people of the units with it, in one transaction; for a preview takes it
 * back. ret_agency_id: whose page to show then. effects (of char *): what changes, in words. ret_problem:
 * what is wrong; NULL. */
bool unit_deed_do(const HttpRequest *request, const UnitForm *form, bool is_preview, int64_t *ret_agency_id,
    GPtrArray *effects, const char **ret_problem, GError **error);
