/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "base/json.h"

/* A day as 2026-03-19; null for DATE_NONE. */
static inline void
json_key_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	json_key_string(json, key, day != DATE_NONE ? iso : NULL);
}
