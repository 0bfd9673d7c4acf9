/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_work.h"

#include "modules/notify/notify_internal.h"

static bool
send_next(const AppWork *work, const NotifySettings *settings, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	NotifyParcel parcel = {.messages = messages, .commune = ""};
	g_auto(NotifyOutcome) outcome = {0};

	if (!notify_take_next(work->db, work->commune_id, work->now_us, arena, &parcel, ret_did, error))
		return false;
	if (!*ret_did)
		return true;
	notify_send(settings, &parcel, work->is_cancelled, &outcome);
	/* Broken off by the end of the program: the next start tries again, under the same token. */
	if (g_atomic_int_get(work->is_cancelled) != 0 && outcome.state == NOTIFY_WAITING)
		return true;
	return notify_finish(work->db, work->commune_id, &parcel.delivery, &outcome, work->now_us, error);
}

bool
notify_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_auto(NotifySettings) settings = {0};
	int n_made;

	if ((work->is_first && !notify_resume(work->db, work->commune_id, error)) ||
	    !notify_settings_read(work->db, work->commune_id, &settings, error))
		return false;
	if (settings.mail_url == NULL && settings.hook_url == NULL)
		return true;
	if (!notify_make_mails(work->db, work->commune_id, &settings, work->now_us, &n_made, error) ||
	    !send_next(work, &settings, ret_did, error))
		return false;
	*ret_did = *ret_did || n_made > 0;
	return true;
}
