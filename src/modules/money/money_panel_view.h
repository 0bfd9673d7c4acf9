/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money_follow.h"
#include "modules/money/money_panel.h"

struct MoneyPanel {
	int64_t plan_id, task_no;
	MoneyLine sum;
	bool has_money;
	MoneyFinding **findings; /* that are open */
	size_t n_findings;
	MoneyFollow follow;
};
