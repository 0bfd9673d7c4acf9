/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/run.h"

/* Marks the lines of a run that rows begin with, by their place in run->lines. */
void rows_mark(const Run *run, bool *begins);
