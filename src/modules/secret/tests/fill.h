/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"

/* What stands in every text of the fill, and nowhere else. */
#define FILL_WORDS "chuyện kín"

/* Money, proposals, explanations, links and changes of plan 2 and its task 1, all of which say FILL_WORDS;
 * `task`: the name of the task, which a plan of the province repeats. */
void fill_modules(AppTest *test, const char *task);

/* Tables and columns where the words stand after it; ended by NULL. */
extern const char *const FILL_COLUMNS[][2];
