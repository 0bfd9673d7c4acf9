/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/request.h"
#include "http/response.h"
#include "modules/notify/notify_rules.h"
#include "modules/remind/remind_explain.h"
#include "modules/remind/remind_feed.h"
#include "modules/remind/remind_simulate.h"
#include "modules/work/work_scope.h"

/* What the pages of the module share. */

#define REMIND_PATH "/nhac-viec"
#define REMIND_TRIAL_PATH "/nhac-viec/chay-thu"
#define REMIND_CALLS_PATH "/goi-dien"
#define REMIND_EXPLAIN_PATH "/giai-trinh"
#define REMIND_FEEDS_PATH "/lich-ca-nhan"
#define REMIND_FEED_PATH "/lich-viec"

void remind_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* "22/11/2026 16:05"; in the arena. */
const char *remind_instant(Arena *arena, int64_t us);

/* --- the ladder --------------------------------------------------------------------------------------------
 */

typedef struct RemindRungLine {
	const RemindRung *rung;
	const char *title, *to_whom;
	bool is_on, is_coming; /* counts today; will */
} RemindRungLine;

typedef struct RemindRungTyped {
	int64_t rung_no;
	const char *kind, *about, *days, *valid_from, *source;
	unsigned to_whom;
	bool is_working, is_original, is_urgent;
} RemindRungTyped;

typedef struct RemindLadderView {
	LayoutView layout;
	Arena *arena;
	bool is_on, is_own, may_change;
	RemindRungLine *lines;
	size_t n_lines;
	const NotifyRule *rules; /* of NOTIFY_EVENT_MAX */
	const GArray *runs;      /* of RemindRunInfo */
	RemindRungTyped typed;
	const char *problem; /* NULL */
} RemindLadderView;

/* "Người thực hiện, Người đứng đầu đơn vị"; in the arena. */
const char *remind_whom_text(Arena *arena, unsigned to_whom);

bool remind_ladder_show(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_rung_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_rung_end_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_switch_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_event_post(HttpRequest *request, HttpResponse *response, GError **error);

/* --- requests for an explanation ---------------------------------------------------------------------------
 */

typedef struct RemindAgency {
	int64_t agency_id;
	const char *name;
} RemindAgency;

/* Appends (RemindAgency *) the units that are there today, in the order of their numbers. */
bool remind_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error);

typedef struct RemindExplainLine {
	const RemindExplain *explain;
	const char *url, *look, *state; /* look: html/parts.h */
	int late_days;                  /* 0: not late */
} RemindExplainLine;

void remind_explain_line(const WorkScope *scope, const RemindExplain *explain, RemindExplainLine *ret_line);

typedef struct RemindExplainListView {
	LayoutView layout;
	int choice; /* index of the words below */
	int64_t agency_id;
	bool is_mine, may_ask;
	const GPtrArray *agencies; /* of RemindAgency * */
	RemindExplainLine *lines;
	size_t n_lines;
	const char *next_url, *csv_url, *json_url; /* next_url: NULL */
} RemindExplainListView;

extern const char *const REMIND_CHOICE_WORDS[], *const REMIND_CHOICE_TITLES[];

/* What is asked, as typed. */
typedef struct RemindAskTyped {
	int64_t plan_id, task_no, piece_id, agency_id;
	const char *label, *path, *body, *due; /* due: "2026-12-18" */
} RemindAskTyped;

typedef struct RemindAskView {
	LayoutView layout;
	RemindAskTyped typed;
	const GPtrArray *agencies;
	const char *problem; /* NULL */
} RemindAskView;

typedef struct RemindExplainView {
	LayoutView layout;
	Arena *arena;
	const RemindExplain *explain;
	RemindExplainLine line;
	RemindExplainRights rights;
	const GPtrArray *steps;      /* of RemindStep *, oldest first */
	const char *head;            /* who heads the unit today; NULL */
	const char *verb;            /* "Yêu cầu", "Đề nghị" */
	const char *problem, *typed; /* NULL, "" */
	const char *new_due;         /* "2026-12-21": offered where it is given back */
} RemindExplainView;

bool remind_explain_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_ask_show(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_ask_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_explain_show(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_answer_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_judge_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_withdraw_post(HttpRequest *request, HttpResponse *response, GError **error);

/* --- whom to call today
 * -------------------------------------------------------------------------------------
 */

typedef struct RemindCallItem {
	const char *name, *state, *look, *due, *url, *address; /* address: whole, for the QR code */
} RemindCallItem;

typedef struct RemindCall {
	int64_t person_id;               /* 0: nobody is known for the unit */
	const char *name, *unit, *phone; /* "" */
	int worst;                       /* days late of the worst item; below 0: not late */
	GPtrArray *items;                /* of RemindCallItem * */
} RemindCall;

typedef struct RemindCallsView {
	LayoutView layout;
	GPtrArray *calls; /* of RemindCall *, the worst first */
	int days;         /* ahead */
	size_t n_items, n_left_out;
	const char *csv_url, *all_url; /* all_url: NULL */
} RemindCallsView;

bool remind_calls_show(HttpRequest *request, HttpResponse *response, GError **error);

/* --- addresses for calendar programs -----------------------------------------------------------------------
 */

typedef struct RemindFeedsView {
	LayoutView layout;
	Arena *arena;
	const GArray *feeds; /* of RemindFeed */
	const char *address; /* of the one just made: shown once; NULL */
	const char *problem; /* NULL */
	bool is_nobody;
} RemindFeedsView;

bool remind_feeds_show(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_feed_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_feed_revoke_post(HttpRequest *request, HttpResponse *response, GError **error);
bool remind_feed_show(HttpRequest *request, HttpResponse *response, GError **error);

/* Gives the program's own address for links out of it: as it was set, else as the request came; in the arena.
 */
bool remind_base_url(const HttpRequest *request, const char **ret_url, GError **error);

/* --- trying the ladder on past days ------------------------------------------------------------------------
 */

typedef struct RemindTrialView {
	LayoutView layout;
	int32_t from, to;
	const GArray *said, *loads; /* of RemindSaid, RemindLoad */
	guint n_shown;
	bool is_cut;
	const char *problem; /* NULL */
	const char *csv_url;
} RemindTrialView;

bool remind_trial_show(HttpRequest *request, HttpResponse *response, GError **error);
