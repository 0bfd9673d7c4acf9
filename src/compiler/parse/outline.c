/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/outline.h"

#include "base/ceilings.h"
#include "compiler/lex/date_expr.h"
#include "compiler/lex/folded.h"

#include <string.h>

/* Lengths in bytes beyond which a numbered line reads as an item and not as a title. */
#define LONGEST_TITLE 600
#define LONGEST_TITLE_WITH_STOP 130
#define LONGEST_TITLE_BEFORE_TEXT 220

/* What headings of the genre say about their sections. The first phrase that occurs decides; phrases of a
 * sub-section stand before those of its parent. The order of parts is that of the plans which Nghị định
 * 30/2020/NĐ-CP (phụ lục III) and Hướng dẫn 36-HD/VPTW leave to usage: purpose, targets, tasks, organisation.
 */
static const struct {
	const char *phrase;
	SectionRole role;
} ROLES[] = {{"to chuc thuc hien", SECTION_ROLE_ORGANISATION},
    {"phan cong nhiem vu", SECTION_ROLE_ORGANISATION}, {"phan cong thuc hien", SECTION_ROLE_ORGANISATION},
    {"phan cong trach nhiem", SECTION_ROLE_ORGANISATION},
    {"trach nhiem thuc hien", SECTION_ROLE_ORGANISATION},
    {"che do thong tin, bao cao", SECTION_ROLE_REPORTING}, {"co che thong tin", SECTION_ROLE_REPORTING},
    {"che do bao cao", SECTION_ROLE_REPORTING}, {"thong tin, bao cao", SECTION_ROLE_REPORTING},
    {"kinh phi", SECTION_ROLE_FUNDING}, {"nguon luc thuc hien", SECTION_ROLE_FUNDING},
    {"muc tieu tong quat", SECTION_ROLE_GENERAL_TARGET}, {"muc tieu chung", SECTION_ROLE_GENERAL_TARGET},
    {"muc dich", SECTION_ROLE_PURPOSE}, {"nhiem vu", SECTION_ROLE_TASK}, {"giai phap", SECTION_ROLE_TASK},
    {"muc tieu", SECTION_ROLE_TARGET}, {"chi tieu", SECTION_ROLE_TARGET}, {"tam nhin", SECTION_ROLE_TARGET},
    {"quan diem", SECTION_ROLE_VIEWPOINT}, {"yeu cau", SECTION_ROLE_PURPOSE}};

/* Inside these a sub-heading keeps the role, whatever words it uses: "Tăng cường kinh phí …" heads tasks. */
static bool
role_is_fixed(SectionRole role)
{
	return role == SECTION_ROLE_TASK;
}

typedef struct {
	MarkerKind kind;
	uint8_t n_parts;
	const char *no;
	const char *path;
	SectionRole role;
	int year;
	int section;
} Level;

typedef struct {
	Plan *plan;
	Level stack[LIMIT_OUTLINE_DEPTH];
	size_t depth;
} Builder;

static int
marker_rank(const Marker *marker)
{
	switch (marker->kind) {
	case MARKER_ROMAN:
		return 1;
	case MARKER_DECIMAL:
		return 1 + marker->n_parts;
	case MARKER_LETTER:
		return 10;
	case MARKER_NONE:
		return 11;
	case MARKER_DASH:
		return 12;
	case MARKER_PLUS:
	default:
		return 13;
	}
}

static const Paragraph *
next_content(const Paragraphs *paragraphs, size_t index)
{
	for (size_t i = index + 1; i < paragraphs->len; i++)
		if (!paragraphs->items[i].is_furniture)
			return &paragraphs->items[i];
	return NULL;
}

/* A numbered line is a title where deeper text follows and it is short enough to be one. */
static bool
reads_as_title(const Paragraph *paragraph, const Paragraph *next)
{
	size_t len = strlen(paragraph->text);
	bool has_stop = g_str_has_suffix(paragraph->text, ".");

	if (next == NULL || marker_rank(&next->marker) <= marker_rank(&paragraph->marker))
		return false;
	if (next->marker.kind != MARKER_NONE)
		return len <= LONGEST_TITLE;
	return has_stop ? len <= LONGEST_TITLE_WITH_STOP : len <= LONGEST_TITLE_BEFORE_TEXT;
}

static bool
is_heading(const Paragraphs *paragraphs, size_t index)
{
	const Paragraph *paragraph = &paragraphs->items[index];

	if (paragraph->is_furniture || paragraph->text[0] == '\0')
		return false;
	switch (paragraph->marker.kind) {
	case MARKER_ROMAN:
		return true;
	case MARKER_DECIMAL:
	case MARKER_LETTER:
		return paragraph->is_marked_heading ||
		       reads_as_title(paragraph, next_content(paragraphs, index));
	case MARKER_NONE:
		return paragraph->is_marked_heading && strlen(paragraph->text) <= LONGEST_TITLE;
	case MARKER_DASH:
	case MARKER_PLUS:
	default:
		return false;
	}
}

static SectionRole
role_of_title(Arena *arena, const char *title, SectionRole inherited)
{
	Folded folded = folded_new(arena, title);

	if (role_is_fixed(inherited))
		return inherited;
	for (size_t i = 0; i < G_N_ELEMENTS(ROLES); i++) {
		if (folded_find(&folded, 0, ROLES[i].phrase) == SIZE_MAX)
			continue;
		/* An agency's name or a field may hold these words; below organisation only its own parts
		 * count. */
		if (inherited == SECTION_ROLE_ORGANISATION && ROLES[i].role != SECTION_ROLE_REPORTING &&
		    ROLES[i].role != SECTION_ROLE_FUNDING)
			continue;
		return ROLES[i].role;
	}
	return inherited;
}

static const Level *
top(const Builder *builder)
{
	return builder->depth > 0 ? &builder->stack[builder->depth - 1] : NULL;
}

static int
level_rank(const Level *level)
{
	return marker_rank(&(Marker){.kind = level->kind, .n_parts = level->n_parts});
}

/* "1.2" under "1" shortens to one step ("II.1.2"), under another number it is kept whole ("II.2.1.2"). */
static const char *
path_of(Builder *builder, const Paragraph *paragraph)
{
	const Level *parent = top(builder);
	const char *no = paragraph->label;

	if (no == NULL || parent == NULL || parent->path == NULL)
		return no != NULL ? no : parent != NULL ? parent->path : NULL;
	if (paragraph->marker.kind == MARKER_DECIMAL && parent->kind == MARKER_DECIMAL &&
	    g_str_has_prefix(no, parent->no) && no[strlen(parent->no)] == '.')
		no += strlen(parent->no) + 1;
	return arena_printf(builder->plan->arena, "%s.%s", parent->path, no);
}

static void
add_section(Builder *builder, Paragraph *paragraph)
{
	Arena *arena = builder->plan->arena;
	PlanSection *section = arena_new0(arena, PlanSection);
	Folded folded = folded_new(arena, paragraph->text);
	const Level *parent;
	Level level = {.kind = paragraph->marker.kind, .n_parts = paragraph->marker.n_parts};
	int rank = marker_rank(&paragraph->marker);

	while (
	    builder->depth > 0 && (level_rank(top(builder)) >= rank || builder->depth >= LIMIT_OUTLINE_DEPTH))
		builder->depth--;
	parent = top(builder);
	level.no = paragraph->label;
	level.path = path_of(builder, paragraph);
	level.role = role_of_title(arena, paragraph->text, parent != NULL ? parent->role : SECTION_ROLE_NONE);
	level.year = year_mentioned(folded.fold, 0, folded.len);
	if (level.year == 0 && parent != NULL)
		level.year = parent->year;
	level.section = (int)builder->plan->outline->len;
	builder->stack[builder->depth++] = level;
	section->no = arena_strdup(arena, paragraph->label);
	section->path = arena_strdup(arena, level.path);
	section->level = (uint8_t)builder->depth;
	section->title = paragraph->text;
	section->span = paragraph->span;
	g_ptr_array_add(builder->plan->outline, section);
	paragraph->is_heading = true;
}

/* "5. Các chi bộ …" as an item behind the heading "4. …" is no part of section 4. */
static void
leave_siblings(Builder *builder, const Marker *marker)
{
	while (builder->depth > 0 && level_rank(top(builder)) >= marker_rank(marker))
		builder->depth--;
}

void
outline_build(Plan *plan, Paragraphs *paragraphs)
{
	Builder builder = {.plan = plan};

	for (size_t i = 0; i < paragraphs->len; i++) {
		Paragraph *paragraph = &paragraphs->items[i];
		const Level *level;

		if (is_heading(paragraphs, i))
			add_section(&builder, paragraph);
		else if (paragraph->label != NULL && paragraph->marker.kind <= MARKER_LETTER)
			leave_siblings(&builder, &paragraph->marker);
		level = top(&builder);
		paragraph->section = level != NULL ? level->section : -1;
		paragraph->role = level != NULL ? level->role : SECTION_ROLE_NONE;
		paragraph->year = level != NULL ? level->year : 0;
	}
}
