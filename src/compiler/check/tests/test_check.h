/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Each file of tests adds its own. */
void test_duplicates_add(void);
void test_golden_add(void);
void test_missing_add(void);
void test_rows_add(void);
void test_structure_add(void);
void test_targets_add(void);
void test_typing_add(void);
void test_units_add(void);
