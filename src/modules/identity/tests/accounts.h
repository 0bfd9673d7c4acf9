/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"
#include "modules/identity/identity.h"

/* What the tests of signing in share: who acts, and accounts to act with. */

#define ACCOUNTS_PASSWORD "Mật-khẩu-số-1"

IdentityScope accounts_scope(App *app, Arena *arena);

/* Gives the account's number; the test fails where it cannot be added. What is NULL of `account` becomes: the
 * login as the name, no position, no unit, ACCOUNTS_PASSWORD. */
int64_t accounts_add(App *app, Arena *arena, const IdentityNew *account);
