/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_settings.h"
#include "app/setting.h"

#include <stddef.h>

#define DIGEST_USUAL (7 * 60 + 30)
#define QUIET_FROM_USUAL (21 * 60)
#define QUIET_UNTIL_USUAL (6 * 60)
#define TIMEOUT_USUAL_S 30

static const struct TextSetting {
	const char *key;
	size_t offset;
} TEXTS[] = {
    {NOTIFY_KEY_MAIL_URL, offsetof(NotifySettings, mail_url)},
    {NOTIFY_KEY_MAIL_FROM, offsetof(NotifySettings, mail_from)},
    {NOTIFY_KEY_MAIL_USER, offsetof(NotifySettings, mail_user)},
    {NOTIFY_KEY_MAIL_PASSWORD, offsetof(NotifySettings, mail_password_file)},
    {NOTIFY_KEY_HOOK_URL, offsetof(NotifySettings, hook_url)},
    {NOTIFY_KEY_HOOK_SECRET, offsetof(NotifySettings, hook_secret_file)},
    {NOTIFY_KEY_BASE_URL, offsetof(NotifySettings, base_url)},
};

static const struct NumberSetting {
	const char *key;
	size_t offset;
	int usual;
} NUMBERS[] = {
    {NOTIFY_KEY_DIGEST, offsetof(NotifySettings, digest_minute), DIGEST_USUAL},
    {NOTIFY_KEY_QUIET_FROM, offsetof(NotifySettings, quiet_from), QUIET_FROM_USUAL},
    {NOTIFY_KEY_QUIET_UNTIL, offsetof(NotifySettings, quiet_until), QUIET_UNTIL_USUAL},
    {NOTIFY_KEY_TIMEOUT, offsetof(NotifySettings, timeout_s), TIMEOUT_USUAL_S},
};

void
notify_settings_clear(NotifySettings *settings)
{
	for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
		g_free(G_STRUCT_MEMBER(char *, settings, TEXTS[i].offset));
	*settings = (NotifySettings){0};
}

bool
notify_settings_read(Db *db, int64_t commune_id, NotifySettings *ret_settings, GError **error)
{
	g_auto(NotifySettings) settings = {0};

	for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
		if (!app_setting_get(db, commune_id, TEXTS[i].key,
			&G_STRUCT_MEMBER(char *, &settings, TEXTS[i].offset), error))
			return false;
	for (size_t i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
		int64_t number;

		if (!app_setting_get_int(db, commune_id, NUMBERS[i].key, NUMBERS[i].usual, &number, error))
			return false;
		G_STRUCT_MEMBER(int, &settings, NUMBERS[i].offset) = (int)number;
	}
	settings.timeout_s = CLAMP(settings.timeout_s, 1, NOTIFY_TIMEOUT_MAX_S);
	*ret_settings = settings;
	settings = (NotifySettings){0};
	return true;
}
