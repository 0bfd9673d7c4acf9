/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "compiler/source/places.h"

#include <glib.h>

/* A commune's plan as the compiler understood it: the output of compiler_compile(), the input of lint, diff,
 * dump and import. Everything lives in the plan's arena; strings are UTF-8 in NFC, white space folded,
 * otherwise as the author wrote them. Each GPtrArray below holds pointers into the arena. An empty list is an
 * empty array, not NULL; a text that the document does not have is NULL. */

typedef enum { PLAN_FAMILY_UNKNOWN, PLAN_FAMILY_STATE, PLAN_FAMILY_PARTY } PlanFamily;

/* Another document that this one names. */
typedef struct PlanCitation {
	char *number; /* "57-NQ/TW"; NULL where only the kind is named */
	char *type;   /* "Nghị quyết" */
	char *issuer; /* NULL where not stated */
	PartialDate date;
	SourceSpan span;
} PlanCitation;

typedef struct PlanDocument {
	char *number; /* "57/KH-UBND"; NULL where blank or missing */
	char *type;   /* "Kế hoạch" */
	char *issuer;
	char *place;
	PartialDate date;
	char *title;
	char *signer;
	char *signer_role;
	PlanFamily family;
	GPtrArray *legal_basis; /* of PlanCitation, named before the first section */
	GPtrArray *also_cites;  /* of PlanCitation, named later and not in the basis */
	GPtrArray *replaces;    /* of PlanCitation */
	GPtrArray *recipients;  /* of char * */
	SourceSpan number_span, date_span, title_span, signer_span;
} PlanDocument;

/* A heading of the prose part. */
typedef struct PlanSection {
	char *no;   /* "1.2" as printed, without the closing mark */
	char *path; /* "II.2.1.2" */
	uint8_t level;
	char *title;
	SourceSpan span;
} PlanSection;

typedef enum {
	PLAN_COLUMN_NO,
	PLAN_COLUMN_NAME,
	PLAN_COLUMN_UNIT,
	PLAN_COLUMN_VALUE, /* one target; `year` is set where the column's title names one */
	PLAN_COLUMN_LEAD,
	PLAN_COLUMN_COORDINATING,
	PLAN_COLUMN_OUTPUT,
	PLAN_COLUMN_TIME,
	PLAN_COLUMN_NOTE,
	PLAN_COLUMN_MAX,
} PlanColumnKind;

typedef struct PlanColumn {
	PlanColumnKind kind;
	char *title;
	int year; /* of a value column; 0 where none is named */
} PlanColumn;

typedef enum { PLAN_ANNEX_OTHER, PLAN_ANNEX_INDICATORS, PLAN_ANNEX_TASKS } PlanAnnexKind;

/* A row that heads others ("II. Hạ tầng số"): kept, so that the annex can be shown in its own shape. */
typedef struct PlanGroup {
	char *no; /* may be NULL */
	char *title;
	uint8_t level; /* 1: outermost */
	int year;      /* of "Đến năm 2030"; 0 */
	SourceSpan span;
} PlanGroup;

typedef struct PlanAnnex {
	char *label; /* "I", "II", …: as printed where it is, else counted */
	bool has_printed_label;
	bool is_titled; /* false: a table in the prose, or one that its file gives no annex's title */
	char *title;
	PlanAnnexKind kind;
	PlanColumn *columns;
	size_t n_columns;
	GPtrArray *groups; /* of PlanGroup */
	SourceSpan span;
} PlanAnnex;

typedef enum {
	PLAN_COMPARATOR_EQ,
	PLAN_COMPARATOR_GE,
	PLAN_COMPARATOR_GT,
	PLAN_COMPARATOR_LE,
	PLAN_COMPARATOR_LT,
	PLAN_COMPARATOR_RANGE,
	PLAN_COMPARATOR_STRIVE_GE, /* "phấn đấu": an aim, not a floor */
	PLAN_COMPARATOR_TEXT,      /* no number; `raw` says it */
	PLAN_COMPARATOR_MAX,
} PlanComparator;

typedef struct PlanTarget {
	int year; /* 0 where none is stated */
	PlanComparator comparator;
	Decimal value, value_high; /* value_high: of a range */
	char *raw;
	SourceSpan span;
} PlanTarget;

/* An agency as a row or a heading prints it, and the agency it was resolved to. */
typedef struct PlanAgencyRef {
	char *printed;
	size_t agency; /* index into Plan.agencies */
} PlanAgencyRef;

/* The fields of a row that a reader can doubt one by one. */
typedef enum {
	PLAN_FIELD_NO,
	PLAN_FIELD_NAME,
	PLAN_FIELD_UNIT,
	PLAN_FIELD_TARGETS,
	PLAN_FIELD_LEAD,
	PLAN_FIELD_COORDINATING,
	PLAN_FIELD_OUTPUT,
	PLAN_FIELD_DEADLINE,
	PLAN_FIELD_MAX,
} PlanField;

/* Where a field of a row was read, and how surely. */
typedef struct PlanFieldMark {
	SourceSpan
	    span; /* of the cell or phrase; of the whole row where it was not told apart; line 0: no text */
	uint8_t confidence; /* 0 to 100 */
} PlanFieldMark;

typedef struct PlanIndicator {
	char *id; /* unique in the plan: "annex1:1.2", "i7" */
	char *no; /* as printed; NULL for prose */
	char *name;
	char *unit;
	char *output;
	char *section;          /* path of the heading; NULL for an annex row */
	const PlanAnnex *annex; /* NULL for prose */
	const PlanGroup *group; /* innermost group row; NULL */
	GPtrArray *targets;     /* of PlanTarget */
	GPtrArray *lead;        /* of PlanAgencyRef */
	GPtrArray *coordinating;
	uint8_t confidence; /* 0 to 100: of the least certain field */
	PlanFieldMark fields[PLAN_FIELD_MAX];
	SourceSpan span;
} PlanIndicator;

typedef enum {
	PLAN_DEADLINE_NONE,
	PLAN_DEADLINE_ONCE,
	PLAN_DEADLINE_RECURRING,
	PLAN_DEADLINE_CONTINUOUS,
	PLAN_DEADLINE_CONDITIONAL,
	PLAN_DEADLINE_MAX,
} PlanDeadlineKind;

typedef enum {
	PLAN_PERIOD_NONE,
	PLAN_PERIOD_MONTH,
	PLAN_PERIOD_QUARTER,
	PLAN_PERIOD_HALF,
	PLAN_PERIOD_YEAR,
	PLAN_PERIOD_FIVE_YEARS,
	PLAN_PERIOD_ADHOC, /* reports only: "đột xuất" */
	PLAN_PERIOD_MAX,
} PlanPeriod;

typedef struct PlanDeadline {
	PlanDeadlineKind kind;
	int32_t due;   /* day number of the last day; DATE_NONE unless `once` */
	int32_t start; /* day number; DATE_NONE where not stated */
	PlanPeriod period;
	char *condition; /* of `conditional` */
	char *raw;       /* as printed; "" where the cell is empty */
} PlanDeadline;

/* A row of an assignment annex; in a plan without one, a bullet of the tasks section. */
typedef struct PlanTask {
	char *id; /* "annex2:5.10", "t3" */
	char *no; /* NULL for a bullet */
	char *name;
	char *output;
	char *section;       /* path of the heading; NULL for an annex row */
	char *section_title; /* NULL for an annex row */
	const PlanAnnex *annex;
	const PlanGroup *group;
	GPtrArray *lead;
	GPtrArray *coordinating;
	PlanDeadline deadline;
	uint8_t confidence;
	PlanFieldMark fields[PLAN_FIELD_MAX];
	SourceSpan span;
} PlanTask;

/* A bullet or numbered paragraph of the tasks section, in a plan that also has an assignment annex. */
typedef struct PlanProse {
	char *no;
	char *section;
	char *section_title;
	char *text;
	SourceSpan span;
} PlanProse;

typedef struct PlanDuty {
	PlanAgencyRef agency;
	char *section;
	char *text;
	SourceSpan span;
} PlanDuty;

typedef struct PlanReporting {
	PlanPeriod cadence;        /* PLAN_PERIOD_NONE: "định kỳ" without a period */
	int8_t due_month, due_day; /* 0 where no date is given */
	bool is_before; /* "trước ngày": whether the day itself still counts is a setting of the period */
	char *from;
	char *to;
	char *raw;
	SourceSpan span;
} PlanReporting;

typedef struct PlanAgency {
	char *name;         /* the spelling printed most often */
	GPtrArray *aliases; /* of char *, other spellings seen */
	bool is_generic;    /* "Các cơ quan, đơn vị": nobody in particular */
	bool is_higher;     /* of the city, province or ministry */
} PlanAgency;

typedef enum {
	PLAN_BLOCK_TITLE,
	PLAN_BLOCK_HEADING,
	PLAN_BLOCK_PARAGRAPH,
	PLAN_BLOCK_BULLET,
	PLAN_BLOCK_ANNEX_TITLE,
	PLAN_BLOCK_TABLE_HEADER,
	PLAN_BLOCK_TABLE_ROW,
	PLAN_BLOCK_PAGE_FURNITURE, /* page numbers and repeated column titles: shown faint, read by nobody */
	PLAN_BLOCK_TAIL,           /* recipients and signature */
	PLAN_BLOCK_MAX,
} PlanBlockKind;

/* The document as read, in order, without gaps: what "Văn bản nguồn" shows. */
typedef struct PlanBlock {
	PlanBlockKind kind;
	char *text; /* lines joined */
	uint8_t depth;
	const char *section; /* path of the heading above; NULL */
	SourceSpan span;
} PlanBlock;

typedef struct Plan {
	Arena *arena;
	char *text; /* the whole text as read: UTF-8, NFC; spans point into it */
	size_t text_len;
	SourcePlaces *places;  /* where the text stands on its pages; NULL for a source without pages */
	GPtrArray *signatures; /* of BlockSignature */
	PlanDocument document;
	GPtrArray *blocks;
	GPtrArray *outline;
	GPtrArray *annexes;
	GPtrArray *indicators;
	GPtrArray *tasks;
	GPtrArray *body_tasks; /* of PlanProse */
	GPtrArray *duties;
	GPtrArray *reporting;
	GPtrArray *agencies;
	DiagList *diags; /* what the compiler itself was unsure of */
	bool is_plan;    /* false: the document does not look like a plan */
} Plan;

/* Makes an empty plan with empty arrays. */
Plan *plan_new(void);
void plan_free(Plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

/* Adds a pointer array that is freed with the plan. */
GPtrArray *plan_array(Plan *plan);

/* The words of plan.json for the closed sets. */
const char *plan_comparator_name(PlanComparator comparator);
const char *plan_deadline_kind_name(PlanDeadlineKind kind);
const char *plan_period_name(PlanPeriod period); /* NULL for PLAN_PERIOD_NONE */
const char *plan_family_name(PlanFamily family); /* NULL for unknown */
