/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/identity_people_note.h"
#include "modules/identity/identity_post_store.h"
#include "storage/txn.h"

#include <string.h>

/* Posts: begun, ended, handed over, moved with their unit. */

/* " truong phong " has the word "truong". */
static bool
has_word(const char *padded, const char *word)
{
	g_autofree char *sought = g_strdup_printf(" %s ", word);

	return strstr(padded, sought) != NULL;
}

IdentityRank
identity_rank_guess(const char *position)
{
	static const char *const HEADS[] = {
	    "truong", "chu tich", "bi thu", "giam doc", "chanh", "chu nhiem", "hieu truong"};
	g_autofree char *folded = text_fold_vi(position);
	g_autofree char *padded = g_strdup_printf(" %s ", folded);

	if (has_word(padded, "ke toan truong"))
		return IDENTITY_MEMBER;
	if (has_word(padded, "pho"))
		return IDENTITY_DEPUTY;
	for (size_t i = 0; i < G_N_ELEMENTS(HEADS); i++)
		if (has_word(padded, HEADS[i]))
			return IDENTITY_HEAD;
	return IDENTITY_MEMBER;
}

/* Two spans of days, DATE_NONE the end that is not known. */
static bool
overlaps(const IdentityPost *a, const IdentityPost *b)
{
	return (a->valid_to == DATE_NONE || b->valid_from <= a->valid_to) &&
	       (b->valid_to == DATE_NONE || a->valid_from <= b->valid_to);
}

static const char *
check_others(const IdentityScope *scope, const IdentityPost *post, const GPtrArray *posts)
{
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *other = g_ptr_array_index(posts, i);

		if (other->post_id == post->post_id || other->is_void || !overlaps(other, post))
			continue;
		if (other->is_main && post->is_main)
			return arena_printf(scope->arena,
			    "%s đã có một vị trí chính trong thời gian này; hãy kết thúc vị trí đó trước, "
			    "hoặc "
			    "chọn kiêm nhiệm.",
			    other->person_name);
		if (other->agency_id == post->agency_id && strcmp(other->position, post->position) == 0)
			return arena_printf(
			    scope->arena, "%s đang giữ đúng vị trí này rồi.", other->person_name);
	}
	return NULL;
}

/* The unit must be there from the first day on. */
static const char *
check_unit(const AgencyBook *book, const IdentityPost *post)
{
	const AgencyUnit *unit = agency_find(book, post->agency_id);
	const AgencyVersion *at = unit != NULL ? agency_at(unit, post->valid_from) : NULL;

	if (unit == NULL || unit->is_withdrawn)
		return "Hãy chọn đơn vị.";
	if (unit->same_as != 0)
		return "Đơn vị này đã được gộp vào đơn vị khác; hãy chọn đơn vị kia.";
	if (at == NULL)
		return "Đơn vị này chưa có vào ngày bắt đầu đã ghi.";
	if (at->is_ended)
		return "Đơn vị này đã kết thúc trước ngày bắt đầu đã ghi; hãy chọn đơn vị kế tục.";
	return NULL;
}

static bool
check_post(const IdentityScope *scope, const IdentityPost *post, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	AgencyBook book;
	const char *problem = NULL;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !identity_posts_of(scope, post->person_id, DATE_NONE, posts, error))
		return false;
	if (strlen(post->position) > IDENTITY_TEXT_BYTES_MAX)
		problem = "Chức vụ quá dài.";
	else if (post->rank < IDENTITY_HEAD || post->rank >= IDENTITY_RANK_MAX)
		problem = "Hãy chọn người đứng đầu, cấp phó, hoặc thành viên.";
	else if (post->valid_from < AGENCY_SINCE_EVER ||
		 (post->valid_to != DATE_NONE && post->valid_to < post->valid_from))
		problem = "Ngày kết thúc phải sau ngày bắt đầu.";
	if (problem == NULL)
		problem = check_unit(&book, post);
	*ret_problem = problem != NULL ? problem : check_others(scope, post, posts);
	return true;
}

/* Keeps the words that lists of accounts show. */
static bool
write_words(const IdentityScope *scope, int64_t person_id, GError **error)
{
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	const IdentityPost *post = NULL;
	int32_t today = instant_day(scope->now_us);
	AgencyBook book;

	if (!identity_posts_of(scope, person_id, today, posts, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !db_prepare(scope->db, &IDENTITY_PERSON_SET_PLACE, &stmt, error))
		return false;
	if (posts->len > 0)
		post = g_ptr_array_index(posts, 0);
	db_bind_int(stmt, IDENTITY_PERSON_SET_PLACE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PERSON_SET_PLACE_P_PERSON_ID, person_id);
	db_bind_text(stmt, IDENTITY_PERSON_SET_PLACE_P_POSITION, post != NULL ? post->position : "");
	db_bind_text(stmt, IDENTITY_PERSON_SET_PLACE_P_UNIT,
	    post != NULL ? agency_name_at(&book, post->agency_id, today) : "");
	return db_run(stmt, error);
}

static bool
insert_post(const IdentityScope *scope, IdentityPost *post, GError **error)
{
	return identity_post_store_insert(scope, post, error) &&
	       identity_note_post(scope, NULL, post, error) && write_words(scope, post->person_id, error);
}

static bool
update_post(const IdentityScope *scope, const IdentityPost *before, const IdentityPost *after, GError **error)
{
	return identity_post_store_update(scope, after, error) &&
	       identity_note_post(scope, before, after, error) && write_words(scope, after->person_id, error);
}

bool
identity_post_enter(const IdentityScope *scope, IdentityPost *post, const char **ret_problem, GError **error)
{
	post->post_id = 0;
	return check_post(scope, post, ret_problem, error) &&
	       (*ret_problem != NULL || insert_post(scope, post, error));
}

bool
identity_post_begin(const IdentityScope *scope, IdentityPost *post, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPerson person;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_person_find(scope, post->person_id, &person, error) ||
	    !identity_post_enter(scope, post, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

bool
identity_post_correct(
    const IdentityScope *scope, const IdentityPost *post, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPost before, after;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_post_store_find(scope, post->post_id, &before, error))
		return false;
	after = before;
	after.position = post->position;
	after.rank = post->rank;
	after.is_main = post->is_main;
	after.valid_from = post->valid_from;
	after.valid_to = post->valid_to;
	if (!check_post(scope, &after, ret_problem, error))
		return false;
	return *ret_problem != NULL ||
	       (update_post(scope, &before, &after, error) && db_txn_commit(txn, error));
}

static bool
end_post(const IdentityScope *scope, const IdentityPost *before, int32_t last_day, const char **ret_problem,
    GError **error)
{
	IdentityPost after = *before;

	*ret_problem = NULL;
	if (before->is_void)
		*ret_problem = "Vị trí này đã được ghi là nhầm.";
	else if (last_day < before->valid_from)
		*ret_problem = "Ngày cuối cùng phải từ ngày bắt đầu trở đi; nếu ghi nhầm, hãy bỏ vị trí này.";
	after.valid_to = last_day;
	return *ret_problem != NULL || update_post(scope, before, &after, error);
}

bool
identity_post_end(
    const IdentityScope *scope, int64_t post_id, int32_t last_day, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPost post;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_post_store_find(scope, post_id, &post, error) ||
	    !end_post(scope, &post, last_day, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

bool
identity_post_void(const IdentityScope *scope, int64_t post_id, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPost before, after;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_post_store_find(scope, post_id, &before, error))
		return false;
	after = before;
	after.is_void = true;
	*ret_problem = before.is_void ? "Vị trí này đã được ghi là nhầm rồi." : NULL;
	return *ret_problem != NULL ||
	       (update_post(scope, &before, &after, error) && db_txn_commit(txn, error));
}

bool
identity_post_hand_over(const IdentityScope *scope, int64_t post_id, int64_t person_id, int32_t day,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPost before, next;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_post_store_find(scope, post_id, &before, error))
		return false;
	*ret_problem = before.person_id == person_id ? "Hãy chọn một người khác để bàn giao." : NULL;
	if (*ret_problem != NULL)
		return true;
	if (!end_post(scope, &before, day - 1, ret_problem, error))
		return false;
	if (*ret_problem != NULL)
		return true;
	next = before;
	next.person_id = person_id;
	next.valid_from = day;
	next.valid_to = DATE_NONE;
	next.from_change = next.to_change = 0;
	if (!identity_post_begin(scope, &next, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

/* What a post of a unit becomes: the same in another one from a day on. */
static bool
move_post(const IdentityScope *scope, const IdentityPost *post, int64_t to_agency, int64_t change_no,
    int32_t day, bool drops_heads, GError **error)
{
	IdentityPost ended = *post, next = *post;

	next.agency_id = to_agency;
	next.valid_from = MAX(day, post->valid_from);
	next.from_change = change_no;
	next.to_change = 0;
	if (drops_heads && next.rank == IDENTITY_HEAD)
		next.rank = IDENTITY_MEMBER;
	ended.to_change = change_no;
	if (post->valid_from >= day)
		ended.is_void = true;
	else
		ended.valid_to = day - 1;
	return update_post(scope, post, &ended, error) && insert_post(scope, &next, error);
}

bool
identity_posts_move(const IdentityScope *scope, int64_t from_agency, int64_t to_agency, int64_t change_no,
    int32_t day, bool drops_heads, int64_t *ret_n, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	*ret_n = 0;
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !identity_post_store_of_agency(scope, from_agency, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);

		if (post->is_void || (post->valid_to != DATE_NONE && post->valid_to < day))
			continue;
		if (!move_post(scope, post, to_agency, change_no, day, drops_heads, error))
			return false;
		++*ret_n;
	}
	return db_txn_commit(txn, error);
}

/* What began by the change is void, what it ended goes on. A post that was ended since keeps its last day. */
static bool
move_back(const IdentityScope *scope, const IdentityPost *post, const GPtrArray *posts, int64_t change_no,
    GError **error)
{
	IdentityPost after = *post;

	if (post->from_change == change_no)
		after.is_void = true;
	if (post->to_change != change_no)
		return update_post(scope, post, &after, error);
	after.to_change = 0;
	after.is_void = false;
	after.valid_to = DATE_NONE;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *next = g_ptr_array_index(posts, i);

		if (next->from_change == change_no && next->person_id == post->person_id && !next->is_void)
			after.valid_to = next->valid_to;
	}
	return update_post(scope, post, &after, error);
}

bool
identity_posts_move_back(const IdentityScope *scope, int64_t change_no, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!db_txn_begin(scope->db, &txn, error) || !identity_post_store_all(scope, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);

		if ((post->from_change == change_no || post->to_change == change_no) &&
		    !move_back(scope, post, posts, change_no, error))
			return false;
	}
	return db_txn_commit(txn, error);
}
