/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/indicator/indicator.h"

/* For other modules: a target as a decision made it; what it was stands in plan_change. Sets the target that
 * the indicator has for its year, in the caller's transaction; where it has none, nothing is done. */
bool indicator_amend_target(const PlanScope *scope, const IndicatorTarget *target, GError **error);
