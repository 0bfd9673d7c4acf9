/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/notify/notify_internal.h"

#define INSTANT_MINUTE (60 * INSTANT_SECOND)

static int64_t
minute_of_day(int64_t us, int days, int minute)
{
	return instant_at(instant_day(us) + days, 0) + minute * INSTANT_MINUTE;
}

int64_t
notify_digest_slot(const NotifySettings *settings, int64_t now_us)
{
	int64_t slot_us = minute_of_day(now_us, 0, settings->digest_minute);

	return slot_us <= now_us ? slot_us : minute_of_day(now_us, -1, settings->digest_minute);
}

int64_t
notify_not_quiet(const NotifySettings *settings, int64_t now_us)
{
	int64_t from_us = minute_of_day(now_us, 0, settings->quiet_from);
	int64_t until_us = minute_of_day(now_us, 0, settings->quiet_until);

	if (settings->quiet_from < settings->quiet_until)
		return now_us >= from_us && now_us < until_us ? until_us : now_us;
	if (settings->quiet_from == settings->quiet_until)
		return now_us;
	/* Over midnight. */
	if (now_us < until_us)
		return until_us;
	return now_us >= from_us ? minute_of_day(now_us, 1, settings->quiet_until) : now_us;
}

int64_t
notify_backoff_us(int n_attempts)
{
	static const int MINUTES[] = {1, 5, 15, 60, 180, 360, 720};

	if (n_attempts < 1 || n_attempts > (int)G_N_ELEMENTS(MINUTES))
		return 0;
	return MINUTES[n_attempts - 1] * INSTANT_MINUTE;
}
