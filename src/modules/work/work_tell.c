/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_tell.h"

#include "modules/identity/identity_holders.h"
#include "modules/notify/notify_rules.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"

#include <string.h>

#define SUBJECT_CHARS 120 /* of a task's name in a subject */

bool
work_agency_is_asked(const AgencyBook *book, int64_t agency_id, int32_t today, bool is_party)
{
	const AgencyUnit *unit = agency_find(book, agency_id);
	const AgencyVersion *version = unit != NULL ? agency_at(unit, today) : NULL;

	if (version != NULL && *version->kind != '\0')
		return strcmp(agency_assign_word(book, version, is_party), "giao") != 0;
	return unit == NULL ||
	       work_is_asked(agency_name_at(book, agency_id, today), version != NULL && version->is_higher);
}

/* What is told of one entry. */
typedef struct Telling {
	const WorkScope *scope;
	const WorkPiece *piece;
	const WorkEntry *entry;
	const char *name; /* of the task, as far as it fits */
	const char *word; /* "Được giao" */
	NotifyEvent event;
} Telling;

static bool
read_name(Telling *telling, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	const char *name, *no;
	g_autofree char *cut = NULL;
	bool has_row;

	if (!db_prepare(telling->scope->db, &WORK_TASK_NAME, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_TASK_NAME_P_COMMUNE_ID, telling->scope->commune_id);
	db_bind_int(stmt, WORK_TASK_NAME_P_PLAN_ID, telling->piece->plan_id);
	db_bind_int(stmt, WORK_TASK_NAME_P_TASK_NO, telling->piece->task_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	name = has_row ? db_column_text(stmt, WORK_TASK_NAME_C_NAME) : "";
	no = has_row ? db_column_text(stmt, WORK_TASK_NAME_C_NO) : NULL;
	if (g_utf8_strlen(name, -1) > SUBJECT_CHARS)
		cut = g_utf8_substring(name, 0, SUBJECT_CHARS - 1);
	telling->name = arena_printf(telling->scope->arena, "%s%s%s%s", no != NULL ? no : "",
	    no != NULL ? ". " : "", cut != NULL ? cut : name, cut != NULL ? "…" : "");
	return true;
}

static const char *
body_of(const Telling *telling)
{
	const WorkEntry *entry = telling->entry;
	g_autoptr(GString) body = g_string_new(NULL);
	char day[DATE_ISO_SIZE];

	if (telling->piece->due != DATE_NONE) {
		date_format_vi(telling->piece->due, day);
		g_string_append_printf(body, "Hạn %s.", day);
	}
	if (entry->name != NULL)
		g_string_append_printf(body, "%sNgười ghi: %s.", body->len > 0 ? " " : "", entry->name);
	if (entry->reason != NULL)
		g_string_append_printf(body, "%sÝ kiến: %s", body->len > 0 ? " " : "", entry->reason);
	return arena_strndup(telling->scope->arena, body->str, body->len);
}

static bool
tell_one(const Telling *telling, int64_t person_id, GError **error)
{
	const WorkScope *scope = telling->scope;
	const NotifyNew message = {.person_id = person_id,
	    .once_key = arena_printf(scope->arena, "viec/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
		telling->piece->piece_id, telling->entry->entry_no),
	    .subject = arena_printf(scope->arena, "%s: %s", telling->word, telling->name),
	    .body = body_of(telling),
	    .path = arena_printf(scope->arena, "/cong-viec/%" G_GINT64_FORMAT, telling->piece->piece_id)};
	const char *known;

	if (person_id == 0 || person_id == scope->actor.person_id)
		return true;
	return work_person_name(scope, person_id, &known, error) &&
	       (known == NULL ||
		   notify_tell(scope->db, scope->commune_id, scope->now_us, telling->event, &message, error));
}

/* Everybody who may accept or decide in the plan. */
static bool
tell_holders(const Telling *telling, const char *permission, GError **error)
{
	const WorkScope *scope = telling->scope;
	const IdentityScope identity = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
	g_autoptr(GArray) holders = g_array_new(FALSE, FALSE, sizeof(IdentityHolder));
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !identity_holders(&identity, &book, permission, scope->today, holders, error))
		return false;
	for (guint i = 0; i < holders->len; i++) {
		const IdentityHolder *holder = &g_array_index(holders, IdentityHolder, i);

		if ((holder->plan_id == 0 || holder->plan_id == telling->piece->plan_id) &&
		    !tell_one(telling, holder->person_id, error))
			return false;
	}
	return true;
}

static bool
tell_assigned(const Telling *telling, GError **error)
{
	Telling assigned = *telling;
	AgencyBook book;

	if (telling->entry->for_person == 0 || telling->entry->for_person == telling->scope->actor.person_id)
		return true;
	if (!agency_book_read(
		telling->scope->db, telling->scope->commune_id, telling->scope->arena, &book, error))
		return false;
	assigned.event = NOTIFY_ASSIGNED;
	assigned.word = work_agency_is_asked(&book, telling->piece->agency_id, telling->scope->today, false)
			    ? "Đề nghị phối hợp"
			    : "Được giao";
	return tell_one(&assigned, telling->entry->for_person, error);
}

static bool
tell_decision(Telling *telling, const WorkEntry *ref, GError **error)
{
	bool is_extension = ref != NULL && ref->kind == WORK_ASK_EXTENSION;

	telling->event = is_extension ? NOTIFY_EXTENSION : NOTIFY_CONTEST;
	telling->word = telling->entry->is_granted
			    ? is_extension ? "Đồng ý gia hạn" : "Đồng ý với ý kiến khác"
			: is_extension ? "Không đồng ý gia hạn"
				       : "Không đồng ý với ý kiến khác";
	return (ref == NULL || tell_one(telling, ref->person_id, error)) &&
	       tell_one(telling, telling->piece->person_id, error);
}

/* Who handed it in, and who it was given to. */
static bool
tell_doers(Telling *telling, NotifyEvent event, const char *word, int64_t submitter_id, GError **error)
{
	telling->event = event;
	telling->word = word;
	return tell_one(telling, submitter_id, error) && tell_one(telling, telling->piece->person_id, error);
}

static bool
tell_judges(Telling *telling, NotifyEvent event, const char *word, const char *permission, GError **error)
{
	telling->event = event;
	telling->word = word;
	return tell_holders(telling, permission, error);
}

static bool
concerns_others(WorkEntryKind kind)
{
	return kind == WORK_OPEN || kind == WORK_ASSIGN || kind == WORK_SUBMIT || kind == WORK_ACCEPT ||
	       kind == WORK_RETURN || kind == WORK_REOPEN || kind == WORK_ASK_EXTENSION ||
	       kind == WORK_CONTEST || kind == WORK_DECIDE;
}

bool
work_tell(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after, const WorkEntry *entry,
    const WorkEntry *ref, GError **error)
{
	Telling telling = {.scope = scope, .piece = after, .entry = entry};
	int64_t submitter_id = before != NULL ? before->submitter_id : 0;

	if (!concerns_others(entry->kind))
		return true;
	if (!read_name(&telling, error))
		return false;
	if (entry->kind == WORK_SUBMIT)
		return tell_judges(&telling, NOTIFY_SUBMITTED, "Chờ nghiệm thu", APP_ACCEPT, error);
	if (entry->kind == WORK_ASK_EXTENSION)
		return tell_judges(
		    &telling, NOTIFY_REQUESTED, "Đề nghị gia hạn, chờ quyết định", APP_DECIDE, error);
	if (entry->kind == WORK_CONTEST)
		return tell_judges(
		    &telling, NOTIFY_REQUESTED, "Ý kiến khác, chờ quyết định", APP_DECIDE, error);
	if (entry->kind == WORK_ACCEPT)
		return tell_doers(&telling, NOTIFY_ACCEPTED, "Đã nghiệm thu", submitter_id, error);
	if (entry->kind == WORK_RETURN)
		return tell_doers(&telling, NOTIFY_RETURNED, "Bị trả lại", submitter_id, error);
	if (entry->kind == WORK_REOPEN)
		return tell_doers(&telling, NOTIFY_REOPENED, "Được mở lại", submitter_id, error);
	if (entry->kind == WORK_DECIDE)
		return tell_decision(&telling, ref, error);
	return tell_assigned(&telling, error);
}
