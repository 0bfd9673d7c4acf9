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

/* What the pages of the module share. */

#define REMIND_PATH "/nhac-viec"
#define REMIND_TRIAL_PATH "/nhac-viec/chay-thu"
#define REMIND_CALLS_PATH "/goi-dien"
#define REMIND_EXPLAIN_PATH "/giai-trinh"
#define REMIND_FEEDS_PATH "/lich-ca-nhan"
#define REMIND_FEED_PATH "/lich-viec"

WorkScope remind_scope_of(const HttpRequest *request);
void remind_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* A field of a form as it was sent, "" where it was not. */
const char *remind_field(const HttpRequest *request, const char *name);

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
