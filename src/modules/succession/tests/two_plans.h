/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"
#include "modules/succession/succession_internal.h"

/* Plans of an invented commune, as documents: TWO_OLD; TWO_NEW, with its number but of a later date, which
 * replaces it; TWO_NEXT, which replaces that; TWO_AMEND, which names two rows of the first. */

extern const char TWO_OLD[], TWO_NEW[], TWO_NEXT[], TWO_AMEND[];

/* Tasks of TWO_OLD, in its order. */
enum { OLD_CAMERA = 1, OLD_TRAINING, OLD_WIFI, OLD_SURVEY, OLD_MONTHLY, OLD_MUSEUM, OLD_TASKS = OLD_MUSEUM };

/* … and of TWO_NEW. */
enum { NEW_SURVEY = 1, NEW_CAMERA, NEW_TRAINING, NEW_WIFI, NEW_MONTHLY, NEW_DRONE };

/* The scope of somebody who may give roles; day: on which he acts. */
SuccessionScope two_scope(const AppTest *test, Arena *arena, int32_t day);
WorkScope two_work(const AppTest *test, Arena *arena, int32_t day);

/* Stores a document as a plan that counts, and gives it. */
int64_t two_store(AppTest *test, const char *text);

/* Brings a document in as a draft that is ready for review. */
int64_t two_draft(AppTest *test, const char *text);

/* Lets a draft, or with draft 0 a stored plan, take over from another one, every line as it is proposed. */
SuccessionResult two_replace(AppTest *test, Arena *arena, int64_t draft_id, int64_t new_plan,
    int64_t old_plan, PlanSuccessionKind kind);

/* Checks that the ledger and the tables agree. */
void two_verify(AppTest *test);
