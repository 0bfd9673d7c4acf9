/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "modules/work/work.h"

/* For other modules: on whose behalf a request is made. What is read lives in the request's arena. */
WorkScope work_scope_of(const HttpRequest *request);
