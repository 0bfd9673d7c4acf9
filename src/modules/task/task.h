/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Nhiệm vụ: the public face of the module. The rows of a plan's assignment annexes, listed, filtered,
 * searched and counted; their states, derived from dates; and how pages show them. */

#include "modules/task/task_rows.h"
#include "modules/task/task_state.h"
#include "modules/task/task_view.h"
