/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_list.h"
#include "modules/agency/agency_kind.h"
#include "modules/people/people_common.h"

/* Loại đơn vị: which kinds of bodies there are from day to day, and who may give them work. */

#define UNIT_KINDS_PATH UNITS_PATH "/loai"

typedef struct UnitKindRow {
	const AgencyKind *kind;
	int64_t n_units;                 /* living ones of the kind today */
	const char *by_state, *by_party; /* "giao", "đề nghị" */
} UnitKindRow;

typedef struct UnitKindsView {
	LayoutView layout;
	DatedList list; /* of UnitKindRow */
	bool may_change;
	const char *problem; /* NULL */
	/* As typed. */
	const char *name, *from, *source;
	bool by_state, by_party;
	DatedTyped ends; /* the kind that is to end */
} UnitKindsView;

bool unit_kinds_show(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_kind_add(HttpRequest *request, HttpResponse *response, GError **error);
bool unit_kind_end(HttpRequest *request, HttpResponse *response, GError **error);
