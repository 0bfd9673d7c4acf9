/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <glib.h>

/* True where a form was sent from a page of this program, by what the browser says of it: Sec-Fetch-Site,
 * else Origin against Host. Fails with APP_ERROR_FORBIDDEN, also where the browser says nothing. */
bool app_same_site_check(HttpRequest *request, GError **error);

/* True where the request names this machine by an address or as localhost, and not by a name that somebody
 * else may have given it ("DNS rebinding"). Fails with APP_ERROR_FORBIDDEN. */
bool app_own_host_check(HttpRequest *request, GError **error);
