/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/notify/notify_internal.h"

/* Keys of settings (app/setting.h): how messages leave the program. They are set on the machine alone
 * (`namro notify`), because they name files and servers. Minutes are of the day. */

#define NOTIFY_KEY_MAIL_URL "notify.mail_url"
#define NOTIFY_KEY_MAIL_FROM "notify.mail_from"
#define NOTIFY_KEY_MAIL_USER "notify.mail_user"
#define NOTIFY_KEY_MAIL_PASSWORD "notify.mail_password_file"
#define NOTIFY_KEY_HOOK_URL "notify.hook_url"
#define NOTIFY_KEY_HOOK_SECRET "notify.hook_secret_file"
#define NOTIFY_KEY_BASE_URL "notify.base_url"
#define NOTIFY_KEY_DIGEST "notify.digest_minute"
#define NOTIFY_KEY_QUIET_FROM "notify.quiet_from"
#define NOTIFY_KEY_QUIET_UNTIL "notify.quiet_until"
#define NOTIFY_KEY_TIMEOUT "notify.timeout_s" /* for one mail or call, from 1 to NOTIFY_TIMEOUT_MAX_S */
