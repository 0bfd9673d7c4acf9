/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Kế hoạch: the public face of the module. Plans and the frame of their annexes; what is wrong with them; and
 * what every page about a plan begins with. */

#include "modules/plan/plan_finding.h"
#include "modules/plan/plan_item.h"
#include "modules/plan/plan_note.h"
#include "modules/plan/plan_page.h"
#include "modules/plan/plan_rows.h"
#include "modules/plan/plan_scope.h"
#include "modules/plan/plan_succession.h"
