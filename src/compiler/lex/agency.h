/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/folded.h"
#include "compiler/plan.h"

/* Names of agencies: recognised by how the genre begins them and by the syllables they are made of. The
 * tables are of kinds of bodies, never of one commune's. Positions are fold bytes. */

/* True where an agency's name can begin at `at`: a kind of body ("Phòng", "Sở", "Các cơ quan", "Ủy ban", …).
 * needs_capital: only where the original has a capital there. */
bool agency_starts_at(const Folded *folded, size_t at, bool needs_capital);

/* True where one agency's name may directly follow another's without a mark between ("… Sở Y tế Các đơn vị
 * …"): a capital kind of body behind a word that does not lead into it ("Đảng bộ Công an", "thuộc Sở"). */
bool agency_follows_at(const Folded *folded, size_t at);

/* True where the kind at `at` is one that is never the middle of another body's name. */
bool agency_is_strong_at(const Folded *folded, size_t at);

/* Counts the words of fold bytes from..to that are not of the vocabulary of agencies' names. */
int agency_foreign_words(const Folded *folded, size_t from, size_t to);

/* Splits a cell into the agencies it names, as printed, white space and stray punctuation dropped:
 * "Các cơ quan, đơn vị, các thôn" names two. Adds char * in the arena to `names`. */
void agency_split(Arena *arena, const char *text, GPtrArray *names);

/* Gives the key under which spellings of one agency meet: folded, without punctuation and the level's word at
 * the end ("Phòng Văn hóa – Xã hội xã", "Phòng VH-XH"). */
char *agency_key(Arena *arena, const char *name);

/* Resolves printed names to Plan.agencies, adding the ones not seen yet. */
typedef struct AgencyTable AgencyTable;

AgencyTable *agency_table_new(Plan *plan);
void agency_table_free(AgencyTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AgencyTable, agency_table_free)

/* Names each agency by the spelling that the document prints most often; the others stay its aliases. To be
 * called once, when every name has been resolved. */
void agency_table_settle(AgencyTable *table);

PlanAgencyRef *agency_resolve(AgencyTable *table, const char *printed);

/* False where a name neither begins like a body's nor is one that a person has explained: perhaps misread. */
bool agency_is_plausible(const AgencyTable *table, const PlanAgencyRef *ref);

/* Takes over what a person has explained before: `printed` names the agency `name`. To be called before the
 * first name is resolved. */
void agency_table_explain(AgencyTable *table, const char *printed, const char *name);

/* Splits a cell and adds a PlanAgencyRef for each name to `refs`. */
void agency_resolve_cell(AgencyTable *table, const char *cell, GPtrArray *refs);
