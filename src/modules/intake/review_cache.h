/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_review.h"

/* Reviews that were opened lately, because opening one compiles its document. One is taken out while a thread
 * works with it. */

/* Gives the review of a draft as the store says now; give it back with review_cache_put().
 * Fails as intake_review_open(). */
bool review_cache_take(const IntakeScope *scope, int64_t draft_id, IntakeReview **ret_review, GError **error);

/* Takes a review back; NULL is passed over. */
void review_cache_put(const IntakeScope *scope, IntakeReview *review);

/* Drops all of them (AppModule.forget). */
void review_cache_forget(void);
