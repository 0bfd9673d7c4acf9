/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_feed.h"

#include "base/app-error.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_explain.h"
#include "modules/remind/remind_ics.h"
#include "storage/db_day.h"
#include "storage/txn.h"

#include <string.h>

#define PURPOSE "calendar-feed"
#define EVENTS_MAX 2000

static char *
object_of(int64_t feed_no)
{
	return g_strdup_printf("calendar-feed/%" G_GINT64_FORMAT, feed_no);
}

static char *
state_of(int64_t person_id, bool is_revoked)
{
	return g_strdup_printf(
	    "{\"person\":%" G_GINT64_FORMAT ",\"revoked\":%s}", person_id, is_revoked ? "true" : "false");
}

static bool
note(const WorkScope *scope, int64_t feed_no, bool is_revoked, GError **error)
{
	g_autofree char *object = object_of(feed_no);
	g_autofree char *before = is_revoked ? state_of(scope->actor.person_id, false) : NULL;
	g_autofree char *after = state_of(scope->actor.person_id, is_revoked);

	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
	    &(LedgerNote){is_revoked ? LEDGER_CHANGE : LEDGER_ADD, object, before, after}, error);
}

static int
count_valid(const GArray *feeds)
{
	int n = 0;

	for (guint i = 0; i < feeds->len; i++)
		n += g_array_index(feeds, RemindFeed, i).revoked_us == 0;
	return n;
}

static bool
insert(const WorkScope *scope, const char *token, int64_t *ret_feed_no, GError **error)
{
	uint8_t digest[SECRET_BYTES];
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	secret_digest(PURPOSE, token, digest);
	if (!db_prepare(scope->db, &REMIND_INSERT_FEED, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_FEED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_FEED_P_PERSON_ID, scope->actor.person_id);
	db_bind_bytes(stmt, REMIND_INSERT_FEED_P_TOKEN_HASH, digest, sizeof(digest));
	db_bind_int(stmt, REMIND_INSERT_FEED_P_CREATED_US, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_feed_no = db_column_int(stmt, REMIND_INSERT_FEED_C_FEED_NO);
	return true;
}

bool
remind_feed_make(const WorkScope *scope, char token[static SECRET_TEXT_SIZE], int64_t *ret_feed_no,
    const char **ret_problem, GError **error)
{
	g_autoptr(GArray) feeds = g_array_new(FALSE, FALSE, sizeof(RemindFeed));
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = scope->actor.person_id == 0 ? "Lịch riêng là của từng người: hãy đăng nhập." : NULL;
	if (*ret_problem != NULL)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !remind_feed_list(scope, feeds, error))
		return false;
	if (count_valid(feeds) >= REMIND_FEEDS_MAX) {
		*ret_problem = "Đã có quá nhiều địa chỉ lịch đang dùng; hãy thu hồi bớt.";
		return true;
	}
	secret_make_token(token);
	return insert(scope, token, ret_feed_no, error) && note(scope, *ret_feed_no, false, error) &&
	       db_txn_commit(txn, error);
}

bool
remind_feed_revoke(const WorkScope *scope, int64_t feed_no, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &REMIND_REVOKE_FEED, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_REVOKE_FEED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_REVOKE_FEED_P_FEED_NO, feed_no);
	db_bind_int(stmt, REMIND_REVOKE_FEED_P_PERSON_ID, scope->actor.person_id);
	db_bind_int(stmt, REMIND_REVOKE_FEED_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	if (db_changes(scope->db) == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có địa chỉ lịch này");
		return false;
	}
	return note(scope, feed_no, true, error) && db_txn_commit(txn, error);
}

bool
remind_feed_list(const WorkScope *scope, GArray *ret_feeds, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_FEEDS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_FEEDS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_FEEDS_P_PERSON_ID, scope->actor.person_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const RemindFeed feed = {db_column_int(stmt, REMIND_LIST_FEEDS_C_FEED_NO),
		    db_column_int(stmt, REMIND_LIST_FEEDS_C_CREATED_US),
		    db_column_int(stmt, REMIND_LIST_FEEDS_C_REVOKED_US)};

		g_array_append_val(ret_feeds, feed);
	}
	return !has_row;
}

bool
remind_feed_find(const WorkScope *scope, const char *token, int64_t *ret_feed_no, int64_t *ret_person_id,
    const char **ret_name, GError **error)
{
	uint8_t digest[SECRET_BYTES];
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	secret_digest(PURPOSE, token, digest);
	if (!db_prepare(scope->db, &REMIND_FIND_FEED, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FIND_FEED_P_COMMUNE_ID, scope->commune_id);
	db_bind_bytes(stmt, REMIND_FIND_FEED_P_TOKEN_HASH, digest, sizeof(digest));
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_feed_no = has_row ? db_column_int(stmt, REMIND_FIND_FEED_C_FEED_NO) : 0;
	*ret_person_id = has_row ? db_column_int(stmt, REMIND_FIND_FEED_C_PERSON_ID) : 0;
	*ret_name = has_row ? arena_strdup(scope->arena, db_column_text(stmt, REMIND_FIND_FEED_C_NAME)) : "";
	return true;
}

bool
remind_feed_verify(const WorkScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_ALL_FEEDS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_ALL_FEEDS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object = object_of(db_column_int(stmt, REMIND_ALL_FEEDS_C_FEED_NO));
		g_autofree char *state = state_of(db_column_int(stmt, REMIND_ALL_FEEDS_C_PERSON_ID),
		    db_column_int(stmt, REMIND_ALL_FEEDS_C_REVOKED) != 0);

		if (!ledger_check_state(scope->db, scope->commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}

/* --- the calendar
 * -------------------------------------------------------------------------------------------
 */

typedef struct FeedOut {
	const WorkScope *scope;
	const char *base_url, *host; /* host: of UIDs, the same for ever */
	GString *out;
} FeedOut;

static const char *
url_of(const FeedOut *feed, const char *path)
{
	return *feed->base_url != '\0' ? arena_printf(feed->scope->arena, "%s%s", feed->base_url, path)
				       : NULL;
}

G_STATIC_ASSERT((int)REMIND_FEED_PIECES_C_STAGE == (int)REMIND_FEED_UNIT_PIECES_C_STAGE);
G_STATIC_ASSERT((int)REMIND_FEED_PIECES_P_ROW_LIMIT == (int)REMIND_FEED_UNIT_PIECES_P_ROW_LIMIT);
G_STATIC_ASSERT((int)REMIND_FEED_PIECES_P_PERSON_ID == (int)REMIND_FEED_UNIT_PIECES_P_AGENCY_ID);

static const char *
describe_piece(const FeedOut *feed, const DbStmt *stmt, int32_t due)
{
	int32_t original = db_column_day(stmt, REMIND_FEED_PIECES_C_ORIGINAL_DUE);
	const char *agency = db_column_text(stmt, REMIND_FEED_PIECES_C_AGENCY);
	bool is_waiting = db_column_int(stmt, REMIND_FEED_PIECES_C_STAGE) == WORK_STAGE_WAITING;
	char day[DATE_ISO_SIZE];

	date_format_vi(original, day);
	return arena_printf(feed->scope->arena, "%s%s%s%s", agency,
	    original != DATE_NONE && original != due ? "\nĐã gia hạn; hạn gốc " : "",
	    original != DATE_NONE && original != due ? day : "",
	    is_waiting ? "\nĐã nộp, chờ nghiệm thu" : "");
}

static void
put_piece(const FeedOut *feed, const DbStmt *stmt)
{
	Arena *arena = feed->scope->arena;
	int32_t due = (int32_t)db_column_int(stmt, REMIND_FEED_PIECES_C_DUE);
	const RemindItem item = {.about = REMIND_WORK,
	    .subject_id = db_column_int(stmt, REMIND_FEED_PIECES_C_PIECE_ID),
	    .no = db_column_text(stmt, REMIND_FEED_PIECES_C_NO),
	    .name = db_column_text(stmt, REMIND_FEED_PIECES_C_NAME),
	    .part = db_column_text(stmt, REMIND_FEED_PIECES_C_PART)};
	const RemindEvent event = {
	    .uid = arena_printf(arena, "viec-%" G_GINT64_FORMAT "@%s", item.subject_id, feed->host),
	    .day = due,
	    .sequence = (int)db_column_int(stmt, REMIND_FEED_PIECES_C_N_EXTENSIONS),
	    .changed_us = db_column_int(stmt, REMIND_FEED_PIECES_C_LAST_US),
	    .summary = arena_printf(arena, "Hạn: %s", remind_name(arena, &item)),
	    .description = describe_piece(feed, stmt, due),
	    .url = url_of(feed, remind_item_path(arena, &item))};

	remind_ics_event(feed->out, &event);
}

static bool
put_pieces(const FeedOut *feed, const DbSql *sql, int64_t whose, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(feed->scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FEED_PIECES_P_COMMUNE_ID, feed->scope->commune_id);
	db_bind_int(stmt, REMIND_FEED_PIECES_P_PERSON_ID, whose);
	db_bind_int(stmt, REMIND_FEED_PIECES_P_ROW_LIMIT, EVENTS_MAX);
	while (db_step(stmt, &has_row, error) && has_row)
		put_piece(feed, stmt);
	return !has_row;
}

static bool
put_explains(const FeedOut *feed, int64_t agency_id, GError **error)
{
	const RemindExplainFilter filter = {.agency_id = agency_id, .before = INT64_MAX, .limit = EVENTS_MAX};
	g_autoptr(GPtrArray) explains = g_ptr_array_new();
	Arena *arena = feed->scope->arena;

	if (!remind_explain_list(feed->scope, &filter, explains, error))
		return false;
	for (guint i = 0; i < explains->len; i++) {
		const RemindExplain *explain = g_ptr_array_index(explains, i);
		const RemindItem item = {
		    .about = REMIND_EXPLAINS, .subject_id = explain->explain_no, .name = explain->label};

		if (explain->state != REMIND_ASKED && explain->state != REMIND_GIVEN_BACK)
			continue;
		remind_ics_event(feed->out,
		    &(RemindEvent){.uid = arena_printf(arena, "giai-trinh-%" G_GINT64_FORMAT "@%s",
				       explain->explain_no, feed->host),
			.day = explain->due,
			.sequence = explain->due != explain->original_due,
			.changed_us = MAX(explain->asked_us, explain->answered_us),
			.summary = arena_printf(arena, "Giải trình: %s", remind_name(arena, &item)),
			.url = url_of(feed, remind_item_path(arena, &item))});
	}
	return true;
}

/* Units that the person heads, under every entry that they are today. */
static bool
put_units(const FeedOut *feed, int64_t person_id, GError **error)
{
	const WorkScope *scope = feed->scope;
	const IdentityScope identity = {
	    .db = scope->db, .commune_id = scope->commune_id, .now_us = scope->now_us, .arena = scope->arena};
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !identity_posts_of(&identity, person_id, scope->today, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *post = g_ptr_array_index(posts, i);
		g_autoptr(GArray) sources = agency_sources(&book, post->agency_id, scope->today);

		for (guint k = 0; post->rank == IDENTITY_HEAD && k < sources->len; k++) {
			int64_t agency_id = g_array_index(sources, int64_t, k);

			if (!put_pieces(feed, &REMIND_FEED_UNIT_PIECES, agency_id, error) ||
			    !put_explains(feed, agency_id, error))
				return false;
		}
	}
	return true;
}

bool
remind_feed_write(const WorkScope *scope, int64_t person_id, const char *name, const char *base_url,
    GString *out, GError **error)
{
	FeedOut feed = {.scope = scope, .base_url = base_url, .out = out};

	feed.host = arena_printf(scope->arena, "%" G_GINT64_FORMAT ".namro", scope->commune_id);
	remind_ics_begin(out, arena_printf(scope->arena, "Năm Rõ – %s", name));
	if (!put_pieces(&feed, &REMIND_FEED_PIECES, person_id, error) || !put_units(&feed, person_id, error))
		return false;
	remind_ics_end(out);
	return true;
}
