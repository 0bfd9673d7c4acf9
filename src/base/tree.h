/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Removes a file, or a folder with all in it, as far as that can be done; what a link points to stays. */
void tree_remove(const char *path);
