/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/module.h"

/* AppModule.work of the module: reads the draft that has waited longest. */
bool intake_work(const AppWork *work, bool *ret_did, GError **error);
