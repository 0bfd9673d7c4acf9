/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_pages.h"
#include "modules/intake/intake_review.h"

/* View of pages/review.html: what is looked at ("the focus", in the address as ?muc= and ?truong=), the rows
 * around it, and the page or text it was read from. */

#define REVIEW_ROWS 16 /* at once */
#define REVIEW_DOCUMENT_ITEM "van-ban"

typedef enum { REVIEW_ROW_DOCUMENT, REVIEW_ROW_GROUP, REVIEW_ROW_INDICATOR, REVIEW_ROW_TASK } ReviewRowKind;

typedef struct ReviewRow {
	ReviewRowKind kind;
	const char *id; /* REVIEW_DOCUMENT_ITEM for the document itself */
	const char *no, *name, *facts;
	const char *url;
	SourceSpan span;
	unsigned n_doubts;
	bool is_focus;
} ReviewRow;

typedef struct ReviewField {
	const char *word, *title; /* "lead", "Cơ quan chủ trì" */
	const char *text;
	const char *url;  /* puts the focus on it */
	int64_t position; /* of a target; -1 */
	bool is_doubtful, is_focus;
	bool is_main; /* the row's name */
} ReviewField;

/* A place where the row's name can be cut. */
typedef struct ReviewCut {
	const char *word;
	size_t position; /* behind the word */
	bool is_last;
} ReviewCut;

/* A part of the page, in points. */
typedef struct ReviewArea {
	int left, top, width, height;
	const char *url, *label;
	bool is_focus;
} ReviewArea;

typedef struct ReviewPiece {
	const char *look; /* class of a block (app.css) */
	const char *before, *marked, *after;
} ReviewPiece;

typedef struct ReviewSource {
	bool has_pages;
	uint32_t page;
	size_t n_pages;
	int width, height; /* of the page, in points */
	int image_height;  /* in pixels, at DOCUMENT_IMAGE_WIDTH */
	const char *image_url, *large_url;
	const char *previous_url, *next_url;
	ReviewArea *areas;
	size_t n_areas;
	ReviewPiece *pieces; /* of a source without pages */
	size_t n_pieces;
} ReviewSource;

/* What somebody wanted and did not get. */
typedef struct ReviewMishap {
	const char *message;
	const char *value; /* what he typed; NULL */
	bool is_conflict;
} ReviewMishap;

typedef struct ReviewView {
	LayoutView layout;
	const IntakeDraft *draft;
	const Plan *plan;
	Arena *arena;
	/* focus */
	const ReviewRow *row;
	const PlanDoubt *doubt; /* NULL: it is sure */
	ReviewField *fields;
	size_t n_fields;
	const ReviewField *field; /* that is asked for; NULL */
	const char *input;        /* what stands in its input */
	ReviewCut *cuts;
	size_t n_cuts;
	bool is_splitting, is_adding;
	bool asks_everywhere;    /* an agency whose spelling may be meant wherever it is printed */
	const char *field_query; /* "&truong=lead", or "" */
	/* doubts */
	size_t n_doubts, doubt_no; /* doubt_no: 1-based; 0 */
	const char *previous_doubt_url, *next_doubt_url;
	/* rows */
	ReviewRow *rows; /* all */
	size_t n_rows, first_row, end_row;
	const char *previous_rows_url, *next_rows_url;
	ReviewSource source;
	bool can_undo, can_redo;
	const char **problems; /* edits that no longer fit */
	size_t n_problems;
	ReviewMishap mishap; /* message NULL: none */
} ReviewView;

/* What a request asks for. */
typedef struct ReviewFocus {
	const char *item;  /* NULL: the first doubt, else the document */
	const char *field; /* a word of plan_field_name() or plan_document_field_name(); NULL */
	int64_t position;  /* of a target; -1 */
	uint32_t page;     /* 0: where the focus stands */
	bool is_splitting, is_adding;
} ReviewFocus;

/* Lays out a review around a focus. Strings live in the request's arena or the review. */
void review_view_make(
    const HttpRequest *request, const IntakeReview *review, const ReviewFocus *focus, ReviewView *ret_view);

/* Address of a focus. field NULL: the item as a whole. */
const char *review_url(Arena *arena, int64_t draft_id, const char *item, const char *field, int64_t position);
const char *review_doubt_url(Arena *arena, int64_t draft_id, const PlanDoubt *doubt);

/* The left side. */
void review_source_make(ReviewView *view, uint32_t wanted_page);

/* Where the focus was read: of the field, else of the row. */
SourceSpan review_focus_span(const ReviewView *view);
