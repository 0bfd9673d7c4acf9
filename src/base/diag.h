/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Findings about content: returned as data, all at once, sorted by place. A finding is never a failure of the
 * operation that found it. */

/* A piece of a source document: bytes of the text as read, and where a person finds it. line 0: no place. */
typedef struct SourceSpan {
	uint32_t line;   /* 1-based physical line of the source file */
	uint32_t column; /* 1-based, in characters */
	uint32_t page;   /* 1-based; 0 for sources without pages */
	size_t offset;   /* bytes from the start of the text as read */
	size_t len;      /* bytes */
} SourceSpan;

typedef enum { DIAG_INFO, DIAG_WARNING, DIAG_ERROR } DiagSeverity;

typedef struct Diag {
	const char *rule; /* a rule id of the compiler or of lint, static */
	DiagSeverity severity;
	char *message; /* Vietnamese, for an official */
	SourceSpan span;
	SourceSpan *related;
	size_t n_related;
} Diag;

typedef struct DiagList {
	Arena *arena;
	GPtrArray *items; /* of Diag *, in the arena */
	size_t dropped;   /* findings beyond LIMIT_DIAGNOSTICS */
} DiagList;

/* The list's items live in `arena`, which must outlive it. */
DiagList *diag_list_new(Arena *arena);
void diag_list_free(DiagList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DiagList, diag_list_free)

/* Adds one finding and gives it, so that related places can be attached; NULL where the list is full. */
Diag *diag_add(DiagList *list, const char *rule, DiagSeverity severity, SourceSpan span, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* Attaches another place to a finding of this list; does nothing where `diag` is NULL. */
void diag_relate(DiagList *list, Diag *diag, SourceSpan span);

/* Sorts by line, then column, then severity (errors first), then rule. */
void diag_sort(DiagList *list);

size_t diag_count(const DiagList *list, DiagSeverity severity);

/* "E", "W" or "I". */
const char *diag_severity_letter(DiagSeverity severity);
