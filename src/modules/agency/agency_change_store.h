/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency_change.h"

/* One change while it is written: rows, which units it concerns, and what the ledger is told at its end. */
typedef struct AgencyEdit {
	const AgencyScope *scope;
	AgencyBook before;
	int64_t change_no;
	GArray *touched; /* of int64_t */
} AgencyEdit;

/* Inside the caller's transaction; the first also stores the kinds of bodies where none are stored yet.
 * `before` must be read already. */
bool agency_edit_begin(AgencyEdit *edit, AgencyChangeKind kind, const AgencyBasis *basis, GError **error);
bool agency_edit_version(
    AgencyEdit *edit, int64_t agency_id, int32_t day, const AgencyData *data, bool is_ended, GError **error);

/* The same for a unit that nobody confirmed yet: it was so since ever. Nothing for others. */
bool agency_edit_settle(AgencyEdit *edit, int64_t agency_id, GError **error);
bool agency_edit_link(AgencyEdit *edit, int64_t old_id, int64_t new_id, bool is_same, GError **error);
bool agency_edit_new_unit(
    AgencyEdit *edit, int32_t day, const AgencyData *data, int64_t *ret_agency_id, GError **error);

/* Tells the ledger. */
bool agency_edit_end(AgencyEdit *edit, GError **error);
void agency_edit_clear(AgencyEdit *edit);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AgencyEdit, agency_edit_clear)

/* Marks a change as undone by this one. */
bool agency_edit_undo(AgencyEdit *edit, int64_t change_no, GError **error);

/* Gives the units that changes concern: of AgencyTouch. */
typedef struct AgencyTouch {
	int64_t change_no, agency_id;
} AgencyTouch;
bool agency_read_touches(const AgencyScope *scope, GArray *touches, GError **error);

/* The state of a unit that nobody has confirmed. */
#define AGENCY_UNIT_UNCONFIRMED "{\"versions\":[],\"became\":[]}"

/* Stores a kind of bodies, or its end, with a row of the ledger; inside the caller's transaction. */
bool agency_kind_store(const AgencyScope *scope, const AgencyKind *kind, GError **error);
bool agency_kind_put_end(
    const AgencyScope *scope, const AgencyKind *before, const AgencyKind *after, GError **error);

/* The program's kinds become the commune's own with the first change. */
bool agency_kinds_own(const AgencyScope *scope, const AgencyBook *book, GError **error);

/* States for the ledger, the caller's. */
char *agency_unit_state(const AgencyBook *book, const AgencyUnit *unit);
char *agency_change_state(const AgencyChange *change);
char *agency_kind_state(const AgencyKind *kind);
