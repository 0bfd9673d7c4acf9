/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Questions on a terminal. Answers are the caller's, without the end of the line; "" at the end of input. */

/* True where somebody sits in front of it. */
bool prompt_is_possible(void);

/* Asks on a terminal; reads silently from anything else. */
char *prompt_read(const char *question);

/* The same, without showing what is typed. */
char *prompt_read_hidden(const char *question);
