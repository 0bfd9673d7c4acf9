/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Units of measurement as plans write them: "triệu đồng", "TTHC", "người/1.000 dân", "% dân số". Only what is
 * sure is made the same: other spellings, and powers of ten. */

typedef struct LinkUnit {
	const char *what; /* what is counted, in one spelling: "dong", "thu tuc hanh chinh"; "" */
	const char *per;  /* for how much of what: "dan"; "": not a rate */
	int64_t num, den; /* a value of 1 is num/den of what is counted, for one of `per` */
	bool is_share;    /* % or ‰; `what`: of what */
} LinkUnit;

/* Reads a unit; text: NULL or "": none is written, and a value that carries its sign ("80%") says it. */
LinkUnit link_unit_read(Arena *arena, const char *text, const char *value);

/* Compares two values (in millionths) with their units: *ret_order -1, 0, 1. False where they measure
 * different things or it cannot be known; then *ret_why, Vietnamese, without unit names, is one of them. */
bool link_unit_compare(const LinkUnit *a, int64_t a_micro, const LinkUnit *b, int64_t b_micro, int *ret_order,
    const char **ret_why);
