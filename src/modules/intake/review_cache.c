/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/review_cache.h"

#include <string.h>

#define KEPT 4

typedef struct Kept {
	char *directory; /* of the data: tests have several in one program */
	int64_t commune_id, draft_id;
	IntakeReview *review;
} Kept;

static GMutex mutex;
static Kept kept[KEPT]; /* the latest first */

static void
forget(Kept *entry)
{
	intake_review_free(entry->review);
	g_free(entry->directory);
	*entry = (Kept){0};
}

/* Takes a review out; NULL where it is not there. */
static IntakeReview *
find(const IntakeScope *scope, int64_t draft_id)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&mutex);

	for (size_t i = 0; i < KEPT; i++) {
		IntakeReview *review = kept[i].review;

		if (review == NULL || kept[i].draft_id != draft_id ||
		    kept[i].commune_id != scope->commune_id ||
		    strcmp(kept[i].directory, scope->directory) != 0)
			continue;
		kept[i].review = NULL;
		forget(&kept[i]);
		return review;
	}
	return NULL;
}

bool
review_cache_take(const IntakeScope *scope, int64_t draft_id, IntakeReview **ret_review, GError **error)
{
	IntakeReview *review = find(scope, draft_id);

	if (review == NULL)
		return intake_review_open(scope, draft_id, ret_review, error);
	if (!intake_review_refresh(scope, review, error)) {
		intake_review_free(review);
		return false;
	}
	*ret_review = review;
	return true;
}

void
review_cache_forget(void)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&mutex);

	for (size_t i = 0; i < KEPT; i++)
		forget(&kept[i]);
}

void
review_cache_put(const IntakeScope *scope, IntakeReview *review)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&mutex);

	if (review == NULL)
		return;
	forget(&kept[KEPT - 1]);
	memmove(&kept[1], &kept[0], (KEPT - 1) * sizeof(kept[0]));
	kept[0] = (Kept){
	    g_strdup(scope->directory), scope->commune_id, intake_review_draft(review)->draft_id, review};
}
