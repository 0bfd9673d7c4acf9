/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "html/layout.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/request.h"
#include "http/response.h"
#include "modules/evidence/evidence_inline.h"
#include "modules/money/money_panel.h"
#include "modules/task/task.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"
#include "modules/work/work_scope.h"

/* What the pages of the module share. */

#define WORK_TODAY_PATH "/hom-nay"
#define WORK_LIST_PATH "/cong-viec"

void work_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* A row as lists show it. */
typedef struct WorkLine {
	const WorkRow *row;
	const char *url, *period, *state_text, *look;
	const char *due, *original_due; /* NULL: none; the original one only where it is another */
	const char *reason;             /* why it is here today; NULL */
	const char *moments;            /* when it was submitted and issued; NULL */
	const char *missing;            /* what was submitted lacks; NULL (work_fill_missing()) */
	bool may_update;
} WorkLine;

void
work_fill_line(const WorkScope *scope, const WorkSettings *settings, const WorkRow *row, WorkLine *ret_line);

/* Says of each line that waits for acceptance what is still missing. */
bool work_fill_missing(const WorkScope *scope, WorkLine *lines, size_t n_lines, GError **error);

/* "15/12/2026", "16:05 15/12/2026"; in the arena. NULL for DATE_NONE. */
const char *work_day(const WorkScope *scope, int32_t day);
const char *work_instant(const WorkScope *scope, int64_t us);

/* A tab of scope: Toàn xã, Giao cho tôi, Liên quan đến tôi. */
typedef PartTab WorkTab;

void work_tabs(GString *out, const WorkTab *tabs);

/* --- Hôm nay ---------------------------------------------------------------------------------------------
 */

typedef struct WorkTodayView {
	LayoutView layout;
	WorkWhose whose;
	WorkTab tabs[WORK_WHOSE_MAX];
	PartFigure figures[4];
	WorkLine *lines;
	size_t n_lines;
	bool has_more;
	const GPtrArray *orphans; /* of WorkUnassigned: the first ones */
	bool has_more_orphans;
	bool may_assign, is_nobody;
	int calendar_gap;        /* a year without holidays that matters soon; 0 */
	const WorkLine *written; /* what has just been written, and can be taken back; NULL */
	int64_t written_no;
	const char *month; /* "2026-12-31": what quick updates are about */
	const char *previous_month;
	int lock_day; /* of the settings */
} WorkTodayView;

bool work_today_show(HttpRequest *request, HttpResponse *response, GError **error);

/* --- list ------------------------------------------------------------------------------------------------
 */

typedef struct WorkListView WorkListView; /* list_views.h */

extern const char *const WORK_CHOICE_WORDS[], *const WORK_CHOICE_TITLES[];

/* One row as JSON; the same from pages and commands. */
void
work_write_row(JsonWriter *json, const WorkLine *line, const WorkScope *scope, const WorkSettings *settings);

bool work_list_show(HttpRequest *request, HttpResponse *response, GError **error);

/* --- on the card of a task -------------------------------------------------------------------------------
 */

typedef struct WorkTaskPanel {
	WorkLine *lines;
	size_t n_lines, total;
	const char *assign_url;
	bool may_assign;
} WorkTaskPanel;

bool work_task_panel(const HttpRequest *request, const char *object, GString *out, GError **error);

/* --- card ------------------------------------------------------------------------------------------------
 */

/* A line of history. */
typedef struct WorkHistoryLine {
	const WorkEntry *entry;
	const char *when, *who, *said; /* said: state, percent, dates in words; NULL */
	bool is_taken_back;
} WorkHistoryLine;

/* One of the five clears. */
typedef struct WorkClear {
	const char *title, *value, *gap; /* value, gap: NULL */
	const char *url, *action;        /* where the gap is filled, and what is done there; NULL */
} WorkClear;

#define WORK_CLEARS 5

typedef struct WorkPieceView {
	LayoutView layout;
	WorkScope scope;
	WorkSettings settings;
	WorkRow row;
	WorkLine line;
	Task task;
	WorkClear clears[WORK_CLEARS];
	int n_clear;
	const char *verb; /* "Giao", "Đề nghị phối hợp" */
	WorkNeeds needs;
	const char *missing_submission, *missing_acceptance; /* of what the deliverable asks for; NULL */
	const char *classified;                              /* who corrected its kind, and when; NULL */
	const GPtrArray *deliverables;                       /* of WorkDeliverable */
	const GPtrArray *evidence_kinds;                     /* of EvidenceKind */
	const char *file_kind;                               /* the one that the deliverable asks for */
	EvidencePanel *evidence;                             /* NULL: not for this visitor */
	MoneyPanel *money;
	bool may_attach, may_classify;
	const char *typed_deliverable, *typed_expected, *typed_file_kind; /* of the refused form; NULL */
	int due_hour;
	bool is_before_inclusive;
	WorkHistoryLine *history; /* newest first */
	size_t n_history;
	const WorkEntry *pending; /* what waits for a decision; NULL */
	const GPtrArray *people;  /* of WorkPerson */
	const GPtrArray *others;  /* of WorkRow: the other pieces of the task */
	bool may_update, may_accept, may_decide, may_assign, may_operate, may_explain, is_open;
	int64_t undo_no;     /* the entry that its writer may still take back; 0 */
	const char *problem; /* NULL */
	bool is_conflict;
	size_t n_new;                       /* entries, the newest, that the writer had not seen */
	WorkEntry typed;                    /* what was typed into the refused form */
	WorkEntryKind typed_kind;           /* 0: nothing was refused */
	const char *month, *previous_month; /* "2026-12-31"; previous_month: NULL where it is locked */
	const char *month_title, *previous_title;
	const char *return_to; /* "hom-nay": where the form leads on to; NULL */
} WorkPieceView;

bool work_piece_show(HttpRequest *request, HttpResponse *response, GError **error);

/* Shows the card again with what was refused. typed: NULL: nothing was. */
bool work_show_piece(HttpRequest *request, HttpResponse *response, int64_t piece_id, const WorkEntry *typed,
    const WorkOutcome *outcome, int64_t seen_version, GError **error);

bool work_post_report(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_issue(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_take(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_accept(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_return(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_reopen(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_extension(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_contest(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_decision(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_event(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_assign(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_take_back(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_report_files(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_product(HttpRequest *request, HttpResponse *response, GError **error);

/* --- giving work -----------------------------------------------------------------------------------------
 */

/* A unit in the form for several at once. */
typedef struct WorkManyUnit {
	int64_t agency_id;
	const char *name, *verb; /* "giao", "đề nghị phối hợp" */
	bool is_chosen, has_it;  /* has_it: it has a piece of the task already */
	const char *part;        /* as typed; "" */
} WorkManyUnit;

typedef struct WorkAssignView {
	LayoutView layout;
	Task task;
	int64_t plan_id;
	WorkLine *lines; /* who has it already */
	size_t n_lines;
	const GPtrArray *agencies, *people; /* of WorkAgency, WorkPerson */
	const char *problem;                /* NULL */
	int64_t agency_id, person_id;       /* as typed */
	const char *part, *due;
	bool may_assign;
	const WorkManyUnit *many; /* every unit, for giving to several at once */
	size_t n_many;
	bool is_many;          /* that form was refused */
	const char *many_role; /* as typed */
} WorkAssignView;

bool work_assign_show(HttpRequest *request, HttpResponse *response, GError **error);
bool work_assign_add(HttpRequest *request, HttpResponse *response, GError **error);
bool work_assign_many(HttpRequest *request, HttpResponse *response, GError **error);
bool work_lock_post(HttpRequest *request, HttpResponse *response, GError **error);
