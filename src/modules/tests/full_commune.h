/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"

/* A commune with something of everything: for tests of what holds for all modules. */

/* Who may do everything, whatever roles there are. */
extern const AppGate FULL_COMMUNE_GATE;
#define FULL_COMMUNE_FORM "dau-phien=dau-cua-phien" /* what its forms carry */

/* The program's modules with this gate; ended by NULL, the test's for its whole life. */
const AppModule *const *full_commune_modules(void);

/* Plans, drafts that were read, corrected and published, people and accounts, settings, files. `word` stands
 * in all of them: a word of letters a-z, capital first. n_plans: how many of them. */
void full_commune_fill(AppTest *test, const char *word, int n_plans);

/* One plan of them. */
void full_commune_plan(AppTest *test, const char *word, int number);

/* An administrator, signing in as `word` in small letters, and somebody of the standing agency ("…-hai"); the
 * password of both is "Mật-khẩu-số-1". */
void full_commune_accounts(AppTest *test, const char *word);

/* Does the work that waits behind the pages. */
void full_commune_work(AppTest *test);

#define FULL_COMMUNE_FOREIGN_ID 900001

/* Puts a row into every table of the store, whose numbers are all FULL_COMMUNE_FOREIGN_ID and whose texts are
 * `word`; gives how many tables there are. The ledger no longer verifies afterwards. */
guint full_commune_fill_tables(AppTest *test, const char *word);
