/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"

/* What is usual in a document's paragraphs. */
typedef struct Habits {
	float pitch;  /* from line to line, in sizes of the letters */
	float indent; /* of a paragraph's first line, in points; 0 where paragraphs begin at the margin */
} Habits;

typedef struct Paragraph {
	GPtrArray *lines;  /* of Line * */
	bool is_symmetric; /* all lines have the same room at both sides, be it none */
	bool is_centered;
	GArray *breaks; /* of BlockBreak: before each line */
} Paragraph;

Paragraph *paragraph_new(Line *first, const Habits *habits);
void paragraph_free(Paragraph *paragraph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paragraph, paragraph_free)

/* Learns the habits from lines in reading order, of Line *. */
Habits habits_learn(const GPtrArray *lines);

/* Adds the line to the paragraph if it goes on with it; false where it begins another. */
bool paragraph_take(Paragraph *paragraph, Line *line, const Habits *habits);
