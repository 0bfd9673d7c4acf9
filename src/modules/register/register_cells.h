/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/register/register_fields.h"
#include "modules/work/work.h"

/* What a piece looks like in a register. */

/* Names of people as a file has them: with the unit where two have the same name. */
typedef struct RegisterPeople {
	GPtrArray *persons; /* of IdentityPerson *; those who can sign in, by number */
	GPtrArray *labels;  /* of const char *, the same order */
	GHashTable *by_id;  /* of int64_t *, to const char * */
} RegisterPeople;

bool register_people_read(const WorkScope *scope, RegisterPeople *ret_people, GError **error);
void register_people_clear(RegisterPeople *people);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RegisterPeople, register_people_clear)

/* Finds who is meant by a name; 0: nobody. Marks of case and white space count for nothing. */
int64_t register_people_find(const RegisterPeople *people, const char *label);

/* Writes all fields but the code after the first `n` entries of a piece: texts in the arena, "" for nothing.
 * month: what texts are about. */
void register_cells(const WorkScope *scope, const RegisterPeople *people, const WorkRow *row,
    const GPtrArray *entries, size_t n, int32_t month, int32_t soon_days,
    const char *ret_cells[REGISTER_FIELD_MAX]);

/* The code of a piece: its number, and four digits that go with it and the commune. */
const char *register_code(const WorkScope *scope, const char *mark, int64_t piece_id);

/* The number in a code; 0 where it is none of this commune's. */
int64_t register_code_read(const WorkScope *scope, const char *mark, const char *code);

/* Gives what tells this commune's store from any other: of the first row of its ledger. */
bool register_mark(const WorkScope *scope, const char **ret_mark, GError **error);

/* "12/2026" and back; DATE_NONE where it is no month. Also a day of the month, and "2026-12". */
const char *register_month_text(Arena *arena, int32_t month);
int32_t register_month_read(const char *text);

/* "15/12/2026", "2026-12-15", or a day as Excel counts it; DATE_NONE. */
int32_t register_day_read(const char *text);
