/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"
#include "modules/intake/intake_internal.h"

/* A small plan of an invented commune, built by hand so that tests of stores and pages do not hang on what
 * the compiler understands. It holds a task in each state on APP_TEST_TODAY (15/12/2026). */

#define SAMPLE_TASKS 9
#define SAMPLE_INDICATORS 4
#define SAMPLE_OVERDUE 2

/* A reading ready for intake_store(). title: what the plan is called; another one makes another text. */
IntakeReading *sample_reading(const char *title);

/* Stores the sample plan. */
void sample_store(AppTest *test);
