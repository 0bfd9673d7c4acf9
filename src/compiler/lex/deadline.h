/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

/* How well a text reads as a time cell. */
typedef enum {
	DEADLINE_FIT_NONE,
	DEADLINE_FIT_OPEN,  /* begins like a condition: "Sau khi …", "Theo …" */
	DEADLINE_FIT_LOOSE, /* holds a date among other words: "Hoàn thành kết nối tháng 12/2026" */
	DEADLINE_FIT_EXACT, /* is wholly a time expression */
} DeadlineFit;

/* Reads a time cell. Never fails: an empty text is `none`, one that fits no form is `conditional` with the
 * text as its condition. `raw` is kept as printed. */
DeadlineFit deadline_read(Arena *arena, const char *text, PlanDeadline *ret_deadline);

/* The period a phrase names: "hằng tháng", "quý", "6 tháng", "hàng năm"; PLAN_PERIOD_NONE where it names
 * none. `fold` is folded text. */
PlanPeriod period_read(const char *fold);
