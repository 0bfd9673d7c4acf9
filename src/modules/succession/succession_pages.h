/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "html/parts.h"
#include "http/router.h"
#include "modules/plan/plan_line_card.h"
#include "modules/succession/succession.h"

/* So sánh và chuyển tiếp: the list of comparisons with the form that begins one, and one comparison. */

#define SUCCESSION_PATH "/chuyen-tiep"
#define SUCCESSION_PAGE_LINES 40

typedef enum {
	SUCCESSION_SHOW_TO_SEE, /* all but what is as it was */
	SUCCESSION_SHOW_OPEN,
	SUCCESSION_SHOW_CHANGED,
	SUCCESSION_SHOW_ADDED,
	SUCCESSION_SHOW_REMOVED,
	SUCCESSION_SHOW_MOVED,
	SUCCESSION_SHOW_SAME,
	SUCCESSION_SHOW_ALL,
	SUCCESSION_SHOW_MAX,
} SuccessionShow;

extern const char *const SUCCESSION_SHOW_WORDS[SUCCESSION_SHOW_MAX + 1]; /* ended by NULL */

typedef struct SuccessionTab {
	const char *title, *url;
	size_t count;
	bool is_current;
} SuccessionTab;

typedef struct SuccessionListRow {
	const Succession *row;
	const char *url, *when, *from, *old_caption, *new_caption, *look;
} SuccessionListRow;

/* A plan that can be chosen. */
typedef struct SuccessionChoice {
	const char *value, *label;
	bool is_chosen;
} SuccessionChoice;

typedef struct SuccessionListView {
	LayoutView layout;
	SuccessionListRow *rows;
	size_t n_rows;
	SuccessionChoice *news, *olds;
	size_t n_news, n_olds;
	PlanSuccessionKind kind;
	int32_t from_day;
	bool may_begin;
	const char *problem; /* NULL */
} SuccessionListView;

typedef struct SuccessionView {
	LayoutView layout;
	const SuccessionCompare *compare;
	const char *url, *csv_url, *json_url;
	SuccessionTab tabs[SUCCESSION_SHOW_MAX];
	const SuccessionLine *const *lines;
	size_t n_lines;
	PartPager pager;
	const char *show_word;
	int64_t page_no;
	const char *problem;            /* NULL */
	const SuccessionLine *choosing; /* the line another row is chosen for; NULL */
	const SuccessionCandidate *candidates;
	size_t n_candidates, n_likely; /* likely: shown with how alike they are */
	size_t n_roles;                /* that would go on */
	bool may_act, may_roles;
	const char *agencies_new, *agencies_gone; /* joined; "" */
	const char *from;                         /* "01/3/2026" */
	const char *begun;                        /* "… bắt đầu lúc …" */
} SuccessionView;

/* Of a draft that is about to be put into force. */
typedef struct SuccessionPanel {
	/* Under way: */
	const SuccessionCompare *compare;
	const char *url, *from;
	size_t n_roles;
	/* Not begun: */
	const char *draft;       /* "nhap-3" */
	bool is_named;           /* the document itself says what it replaces or amends */
	const char *old_caption; /* the most likely plan */
	const char *why;         /* NULL */
	SuccessionChoice *olds;
	size_t n_olds;
	PlanSuccessionKind kind;
	int32_t from_day;
} SuccessionPanel;

SuccessionScope succession_scope_of(const HttpRequest *request);
void succession_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* Whether the visitor has a permission for the commune as a whole. */
bool succession_may(const HttpRequest *request, const char *permission);

/* "24/02/2026 09:00", in the arena. */
const char *succession_instant(Arena *arena, int64_t us);

/* Writes into the page of "draft/N" (AppModule.panel). */
bool succession_panel(const HttpRequest *request, const char *object, GString *out, GError **error);

/* "Kế hoạch số 57/KH-UBND … – Ủy ban nhân dân xã", in the arena. */
const char *succession_plan_caption(Arena *arena, const PlanInfo *plan);

/* Counts the roles of a plan that would go on. */
bool succession_count_roles(const SuccessionScope *scope, int64_t old_plan_id, size_t *ret_n, GError **error);

/* Write a comparison with all its lines. */
void succession_write_csv(const SuccessionCompare *compare, HttpResponse *response);
void succession_write_json(const SuccessionCompare *compare, HttpResponse *response);

/* Shows one comparison, with what is wrong with what was asked for. */
bool succession_show_compare(
    HttpRequest *request, HttpResponse *response, int64_t succession_id, const char *problem, GError **error);

/* What was typed into the form that begins one. */
typedef struct SuccessionTyped {
	const char *new_value;
	int64_t old_plan_id;
	PlanSuccessionKind kind;
	int32_t from_day;
} SuccessionTyped;

bool succession_show_list(HttpRequest *request, HttpResponse *response, const SuccessionTyped *typed,
    const char *problem, GError **error);

bool succession_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_compare_show(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_begin(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_line(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_all(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_undo(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_set(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_drop(HttpRequest *request, HttpResponse *response, GError **error);
bool succession_post_publish(HttpRequest *request, HttpResponse *response, GError **error);
