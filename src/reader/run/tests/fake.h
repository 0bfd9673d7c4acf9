/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A folder in which every reader is tests/bad-reader.c, and where tests keep their files. */
extern char *fake_directory;

/* Makes the folder and lowers the limits of all readers to what the tests can reach. */
void fake_set_up(const char *bad_reader);
void fake_tear_down(void);

/* Nothing of any reader is left: no process, no zombie. */
void fake_assert_no_process(void);
