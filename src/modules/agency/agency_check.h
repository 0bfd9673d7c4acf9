/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency_change.h"

/* What may be wrong with a change, in Vietnamese, in the arena of the book or static; NULL: nothing. */

/* but_id: the unit that the data is of, and others that end with the change (ended by 0); NULL: none. */
const char *
agency_check_data(const AgencyBook *book, const AgencyData *data, int32_t day, const int64_t *but_ids);

/* A change of the outside world needs its source. */
const char *agency_check_basis(const AgencyBasis *basis);

/* True that a unit is there on the day, and nothing was recorded for a later one. */
const char *agency_check_alive(const AgencyBook *book, int64_t agency_id, int32_t day);
