/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/folded.h"
#include "compiler/plan.h"

/* A number of a target with the words that turn it into one: "phấn đấu đạt ít nhất 70%", "≥ 95", "80-90%",
 * "từ 0,5 trở lên". Positions are fold bytes. */
typedef struct Quantity {
	PlanComparator comparator;
	Decimal value, value_high;
	bool is_percent;
	bool has_qualifier;  /* "trên", "ít nhất", "≥", … */
	bool has_reach_word; /* "đạt", "ở mức": what stands before is the indicator */
	size_t from;         /* of the first qualifying word */
	size_t number_at;
	size_t to; /* behind "%", "trở lên" */
} Quantity;

/* Finds the next quantity in fold bytes from..to. Numbers of documents, dates, years, versions and
 * technologies
 * ("57-NQ/TW", "5G", "năm 2030", "Đề án 06") are not quantities; a number without "%" is one only where a
 * qualifying word stands before it. */
bool quantity_find(const Folded *folded, size_t from, size_t to, Quantity *ret_quantity);

/* True where the word before `at` makes a number a name and no measure: "mức 2", "Đề án 06", "năm 2030". */
bool quantity_is_named(const Folded *folded, size_t at);

/* Reads a value cell that is wholly one quantity ("> 80", "Phấn đấu đạt 3%"), the unit words behind it
 * included. Gives the number of words behind the quantity that are no part of it; -1 where the cell holds no
 * number. */
int quantity_read_cell(const Folded *folded, size_t from, size_t to, Quantity *ret_quantity);

/* Makes the target of a quantity; raw is cut from the text. */
PlanTarget *
quantity_target(Arena *arena, const Folded *folded, const Quantity *quantity, int year, SourceSpan span);
