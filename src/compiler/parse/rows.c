/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/rows.h"

#include "compiler/parse/head.h"

#include "base/text.h"

#include <string.h>

#define LARGEST_GAP 3     /* numbers that an author may skip */
#define PAGE_NUMBER_GAP 3 /* empty lines that stand around a page number and around no row */
#define LARGEST_ROMAN 30

/* Where the numbering stands. */
typedef struct {
	uint16_t major, minor;
	bool is_after_group; /* the last row was a Roman one, or there was none: counting may restart */
} Sequence;

typedef struct {
	Plan *plan;
	const SourceLines *lines;
	size_t last;
	char *const *header;
	size_t n_header;
	TableRows out;
	RowLine *kept; /* of the whole table; rows are slices of it */
	size_t n_kept;
	Sequence sequence;
	uint8_t pending; /* flags for the next line */
} RowCutter;

static bool
fits_text(const char *behind)
{
	return *behind == '\0' || starts_upper(behind) || *behind == '"' ||
	       g_str_has_prefix(behind, "\xE2\x80\x9C");
}

static int
gap_before(const SourceLine *line)
{
	return line->empty_before + line->blank_before;
}

/* A lone integer with much white space around it belongs to the page. */
static bool
looks_like_page_number(const RowCutter *cutter, size_t index, const Marker *marker)
{
	const SourceLine *line = &cutter->lines->items[index];
	bool is_alone = line->text[marker->text_at] == '\0' && !marker->has_mark;
	int behind =
	    index + 1 < cutter->lines->len ? gap_before(&cutter->lines->items[index + 1]) : PAGE_NUMBER_GAP;

	return is_alone && marker->n_parts == 1 &&
	       (gap_before(line) >= PAGE_NUMBER_GAP || behind >= PAGE_NUMBER_GAP);
}

static bool
fits_major(const Sequence *sequence, uint16_t value, bool has_mark)
{
	if (value == sequence->major + 1 || (value == 1 && sequence->is_after_group))
		return true;
	/* Authors skip and repeat numbers; a closing mark shows that it is a number all the same. */
	return has_mark && value >= sequence->major && value <= sequence->major + LARGEST_GAP;
}

static bool
fits_minor(const Sequence *sequence, const Marker *marker)
{
	uint16_t major = marker->parts[0], minor = marker->parts[marker->n_parts - 1];

	if (marker->n_parts > 2)
		return major == sequence->major || major == sequence->major + 1;
	if (major == sequence->major)
		return minor + 1 >= sequence->minor && minor <= sequence->minor + LARGEST_GAP;
	return (major == sequence->major + 1 || sequence->major == 0 || sequence->is_after_group) &&
	       minor <= LARGEST_GAP;
}

static bool
opens_row(const RowCutter *cutter, size_t index, Marker *marker)
{
	const SourceLine *line = &cutter->lines->items[index];

	if (!marker_read(line->text, marker) || !fits_text(line->text + marker->text_at))
		return false;
	switch (marker->kind) {
	case MARKER_ROMAN:
		return marker->parts[0] <= LARGEST_ROMAN;
	case MARKER_DECIMAL:
		if (marker->n_parts > 1)
			return fits_minor(&cutter->sequence, marker);
		return !looks_like_page_number(cutter, index, marker) &&
		       fits_major(&cutter->sequence, marker->parts[0], marker->has_mark);
	case MARKER_LETTER:
		return line->text[marker->label_len] == ')';
	case MARKER_DASH:
	case MARKER_PLUS:
	case MARKER_NONE:
	default:
		return false;
	}
}

static void
count_row(Sequence *sequence, const Marker *marker)
{
	if (marker->kind == MARKER_ROMAN) {
		sequence->is_after_group = true;
		return;
	}
	if (marker->kind == MARKER_LETTER)
		return;
	sequence->major = marker->parts[0];
	sequence->minor = marker->n_parts > 1 ? marker->parts[1] : 0;
	sequence->is_after_group = false;
}

/* The number of lines from `index` that repeat the header; 0 where they do not. */
static size_t
repeated_header(const RowCutter *cutter, size_t index)
{
	size_t n = 0;

	if (cutter->n_header == 0)
		return 0;
	while (n < cutter->n_header && index + n < cutter->last) {
		g_autofree char *folded = text_fold_vi(cutter->lines->items[index + n].text);

		if (strcmp(folded, cutter->header[n]) != 0)
			break;
		n++;
	}
	/* The last lines of a header may be cut off or run into the row; most of it is enough. */
	return n * 4 >= cutter->n_header * 3 ? n : 0;
}

static bool
is_lone_integer(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= 3 && text[digits] == '\0';
}

static bool
is_page_number(const RowCutter *cutter, size_t index)
{
	const SourceLine *line = &cutter->lines->items[index];
	Marker marker;

	return is_lone_integer(line->text) && marker_read(line->text, &marker) &&
	       looks_like_page_number(cutter, index, &marker);
}

static uint8_t
flags_before(const RowCutter *cutter, const SourceLine *line)
{
	uint8_t flags = cutter->pending;

	if (flags & ATOM_PAGE)
		return flags | ATOM_WRAP;
	if (line->break_before == LINE_BREAK_HARD)
		flags |= ATOM_HARD;
	else
		flags |= ATOM_WRAP;
	if (line->break_before == LINE_BREAK_HARD && line->leading > 0)
		flags |= ATOM_EMPTY | ATOM_PAGE;
	if (line->blank_before > 0)
		flags |= ATOM_EMPTY | ATOM_BLANK;
	return flags;
}

static void
keep_line(RowCutter *cutter, size_t index, const char *text, uint8_t flags)
{
	TableRow *row = &cutter->out.items[cutter->out.len - 1];
	RowLine *kept = &cutter->kept[cutter->n_kept++];

	*kept = (RowLine){.text = text, .before = flags, .index = index};
	if (row->n_lines++ == 0)
		row->lines = kept;
}

static void
open_row(RowCutter *cutter, size_t index, const Marker *marker)
{
	TableRow *row = &cutter->out.items[cutter->out.len++];

	row->first_line = index;
	if (marker == NULL)
		return;
	row->marker = *marker;
	row->label = arena_strndup(cutter->plan->arena, cutter->lines->items[index].text, marker->label_len);
	count_row(&cutter->sequence, marker);
}

static void
add_line(RowCutter *cutter, size_t index)
{
	const SourceLine *line = &cutter->lines->items[index];
	uint8_t flags = flags_before(cutter, line);
	Marker marker;

	cutter->pending = 0;
	if (opens_row(cutter, index, &marker)) {
		open_row(cutter, index, &marker);
		if (line->text[marker.text_at] != '\0')
			keep_line(cutter, index, line->text + marker.text_at, flags);
		return;
	}
	if (cutter->out.len == 0)
		open_row(cutter, index, NULL);
	keep_line(cutter, index, line->text, flags);
}

TableRows
rows_cut(Plan *plan, const SourceLines *lines, size_t first, size_t last, char *const *header_lines,
    size_t n_header_lines)
{
	RowCutter cutter = {.plan = plan,
	    .lines = lines,
	    .last = last,
	    .header = header_lines,
	    .n_header = n_header_lines,
	    .sequence.is_after_group = true};

	cutter.out.items = arena_array(plan->arena, TableRow, last - first + 1);
	cutter.kept = arena_array(plan->arena, RowLine, last - first + 1);
	for (size_t i = first; i < last;) {
		size_t repeated = repeated_header(&cutter, i);

		if (repeated == 0 && is_page_number(&cutter, i))
			repeated = 1;
		if (repeated > 0) {
			plan_add_block(plan, PLAN_BLOCK_PAGE_FURNITURE, lines->items[i].text,
			    lines_span(&lines->items[i], &lines->items[i + repeated - 1]));
			cutter.pending = ATOM_PAGE;
			i += repeated;
			continue;
		}
		add_line(&cutter, i++);
	}
	return cutter.out;
}
