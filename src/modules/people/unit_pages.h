/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "modules/people/unit_rows.h"

/* Views of pages/units.html and pages/unit.html. */

typedef struct UnitListView {
	LayoutView layout;
	Arena *arena;
	UnitRows all;
	ListPage page;
	UnitQuery query;
	const char *search; /* as typed */
	bool may_change, is_today;
	const char *problem; /* NULL */
} UnitListView;

extern const char *const UNIT_FILTER_WORDS[UNIT_FILTER_MAX];
extern const char *const UNIT_FILTER_LABELS[UNIT_FILTER_MAX];

/* One span of a unit's life. */
typedef struct UnitSpan {
	const AgencyVersion *version;
	const char *days;           /* "từ 01/7/2025 đến 30/6/2026" */
	const char *source;         /* "Quyết định 12/QĐ-UBND ngày …"; "" */
	const AgencyChange *change; /* NULL: as the plan has it */
	bool may_undo;
} UnitSpan;

/* What a plan gives to an entry that is this unit. */
typedef struct UnitPart {
	const char *plan, *plan_url;
	const char *as; /* "khi đó là …"; NULL */
	int64_t lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties;
	const char *lead_url, *coordinating_url, *indicators_url;
} UnitPart;

/* A merger, split or joining that concerns the unit. */
typedef struct UnitTie {
	const char *words; /* "Nhận từ", "Trở thành", "Cùng là" */
	int64_t other_id;
	const char *other_name, *source;
	const AgencyChange *change;
	bool may_undo;
} UnitTie;

typedef struct UnitView {
	LayoutView layout;
	Arena *arena;
	AgencyBook book;
	const AgencyUnit *unit;
	const AgencyVersion *at;
	const AgencyKind *kind; /* NULL */
	const char *now, *parent_name, *word_state, *word_party;
	int32_t day;
	bool is_today, may_change;
	UnitSpan *spans;
	size_t n_spans;
	UnitTie *ties;
	size_t n_ties;
	const GPtrArray *posts; /* of IdentityPost * */
	UnitPart *parts;
	size_t n_parts;
	const GPtrArray *aliases; /* of char * */
	UnitRow *children;
	size_t n_children;
	const char *problem; /* NULL */
} UnitView;

/* What can be done to a unit. */
typedef enum {
	UNIT_DO_ADD,
	UNIT_DO_CONFIRM,
	UNIT_DO_CORRECT,
	UNIT_DO_RENAME,
	UNIT_DO_MERGE,
	UNIT_DO_SPLIT,
	UNIT_DO_CLOSE,
	UNIT_DO_JOIN,
	UNIT_DO_MAX,
} UnitDeed;

extern const char *const UNIT_DEED_WORDS[UNIT_DO_MAX];
extern const char *const UNIT_DEED_TITLES[UNIT_DO_MAX];
extern const char *const UNIT_DEED_HINTS[UNIT_DO_MAX];

#define UNIT_NEW_NAMES 6 /* fields for the units of a split */

/* A form as it was typed, or as it begins. */
typedef struct UnitForm {
	UnitDeed deed;
	int64_t agency_id; /* 0: of a new one */
	const char *name, *short_name, *code, *kind, *day, *decision, *decision_day, *note;
	int64_t parent_id, into; /* into 0: a new unit */
	bool is_generic, is_higher, keeps, moves_people;
	const int64_t *chosen; /* ended by 0 */
	const char *names[UNIT_NEW_NAMES];
} UnitForm;

typedef struct UnitFormView {
	LayoutView layout;
	Arena *arena;
	UnitRows all; /* living units, to choose from */
	UnitForm form;
	int32_t today;
	const char *action, *back;
	const char *unit_name;    /* NULL for a new one */
	const char *problem;      /* NULL */
	const GPtrArray *effects; /* of char *: what the change would do; NULL: not asked yet */
} UnitFormView;

void unit_form_fields(GString *out, const UnitFormView *v);
bool unit_is_chosen(const UnitForm *form, int64_t agency_id);

/* A kind that counts today, or that the unit has. */
bool unit_kind_is_offered(const UnitFormView *view, const AgencyKind *kind);

bool unit_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_list_answer(HttpRequest *request, HttpResponse *response, const char *problem, GError **error);
bool unit_confirm(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_add_standard(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_show(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_undo(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_form_new(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_form_show(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_form_send(HttpRequest *request, HttpResponse *response, GError **error);
