/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_post.h"

#include "base/date.h"
#include "modules/identity/identity_post_store.h"

const char *const IDENTITY_RANK_LABELS[IDENTITY_RANK_MAX] = {
    [IDENTITY_HEAD] = "Người đứng đầu",
    [IDENTITY_DEPUTY] = "Cấp phó",
    [IDENTITY_MEMBER] = "Cán bộ, công chức, viên chức",
};

const char *const IDENTITY_RANK_WORDS[IDENTITY_RANK_MAX] = {
    [IDENTITY_HEAD] = "dung-dau",
    [IDENTITY_DEPUTY] = "cap-pho",
    [IDENTITY_MEMBER] = "thanh-vien",
};

bool
identity_post_is_on(const IdentityPost *post, int32_t day)
{
	return !post->is_void && post->valid_from <= day &&
	       (post->valid_to == DATE_NONE || post->valid_to >= day);
}

/* Takes away what does not count on a day. */
static void
keep_on(GPtrArray *posts, guint first, int32_t day)
{
	for (guint i = first; i < posts->len;) {
		if (identity_post_is_on(g_ptr_array_index(posts, i), day))
			i++;
		else
			g_ptr_array_remove_index(posts, i);
	}
}

static gint
compare_main(gconstpointer a, gconstpointer b)
{
	const IdentityPost *x = *(const IdentityPost *const *)a, *y = *(const IdentityPost *const *)b;

	if (x->is_main != y->is_main)
		return x->is_main ? -1 : 1;
	return x->rank != y->rank ? (gint)x->rank - (gint)y->rank : x->post_id < y->post_id ? -1 : 1;
}

static gint
compare_rank(gconstpointer a, gconstpointer b)
{
	const IdentityPost *x = *(const IdentityPost *const *)a, *y = *(const IdentityPost *const *)b;

	return x->rank != y->rank ? (gint)x->rank - (gint)y->rank : compare_main(a, b);
}

bool
identity_posts_of(
    const IdentityScope *scope, int64_t person_id, int32_t day, GPtrArray *posts, GError **error)
{
	guint first = posts->len;

	if (!identity_post_store_of_person(scope, person_id, posts, error))
		return false;
	if (day == DATE_NONE)
		return true;
	keep_on(posts, first, day);
	if (first == 0)
		g_ptr_array_sort(posts, compare_main);
	return true;
}

bool
identity_people_of(const IdentityScope *scope, const AgencyBook *book, int64_t agency_id, int32_t day,
    GPtrArray *posts, GError **error)
{
	g_autoptr(GArray) sources = agency_sources(book, agency_id, day);
	guint first = posts->len;

	for (guint i = 0; i < sources->len; i++)
		if (!identity_post_store_of_agency(scope, g_array_index(sources, int64_t, i), posts, error))
			return false;
	keep_on(posts, first, day);
	if (first == 0)
		g_ptr_array_sort(posts, compare_rank);
	return true;
}

bool
identity_head_of(const IdentityScope *scope, const AgencyBook *book, int64_t agency_id, int32_t day,
    const IdentityPost **ret_post, GError **error)
{
	g_autoptr(GArray) now = agency_successors(book, agency_id, day);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	*ret_post = NULL;
	for (guint i = 0; i < now->len; i++) {
		g_autoptr(GPtrArray) own = g_ptr_array_new();

		if (!identity_people_of(scope, book, g_array_index(now, int64_t, i), day, own, error))
			return false;
		g_ptr_array_extend(posts, own, NULL, NULL);
	}
	g_ptr_array_sort(posts, compare_rank);
	if (posts->len > 0 && ((const IdentityPost *)g_ptr_array_index(posts, 0))->rank == IDENTITY_HEAD)
		*ret_post = g_ptr_array_index(posts, 0);
	return true;
}

static bool
overlaps(const GArray *a, const GArray *b)
{
	for (guint i = 0; i < a->len; i++)
		for (guint j = 0; j < b->len; j++)
			if (g_array_index(a, int64_t, i) == g_array_index(b, int64_t, j))
				return true;
	return false;
}

bool
identity_rank_in(const IdentityScope *scope, const AgencyBook *book, int64_t person_id, int64_t agency_id,
    int32_t day, IdentityRank *ret_rank, GError **error)
{
	g_autoptr(GArray) now = agency_successors(book, agency_id, day);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	IdentityRank rank = IDENTITY_RANK_MAX;

	if (!identity_posts_of(scope, person_id, day, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);
		g_autoptr(GArray) of_post = agency_successors(book, post->agency_id, day);

		if (post->agency_id == agency_id || overlaps(now, of_post))
			rank = MIN(rank, post->rank);
	}
	*ret_rank = rank;
	return true;
}
