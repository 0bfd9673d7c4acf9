/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/module.h"

/* AppModule.work of the module: makes mails of what is due, and sends one delivery at a time. */
bool notify_work(const AppWork *work, bool *ret_did, GError **error);
