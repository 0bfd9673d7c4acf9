/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/task/task_state.h"

/* What a commune that has set nothing else counts with. */
static const TaskSettings TASK_TEST_SETTINGS = {.soon_days = 30};
