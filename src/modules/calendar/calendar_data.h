/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/response.h"
#include "modules/calendar/calendar.h"

/* A year as data; what calendar_read_csv() reads. */
void calendar_write_csv(const GArray *days, HttpResponse *response);
void calendar_write_json(const Calendar *calendar, int year, const GArray *days, HttpResponse *response);
