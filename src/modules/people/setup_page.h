/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/unit_rows.h"

/* Thiết lập: what a commune needs before it can work, and what of it is missing. */

typedef struct SetupMissing {
	const char *label, *url;
} SetupMissing;

typedef struct SetupStep {
	const char *title, *what, *state; /* state: what is there, in words */
	bool is_done, is_optional;
	const char *url, *action; /* where it is done; NULL */
	SetupMissing *missing;
	size_t n_missing, n_more; /* shown, and how many besides */
	bool offers_standard;     /* the usual units can be added at once */
	bool offers_commune;      /* name and province can be filled in here */
} SetupStep;

#define SETUP_STEPS_MAX 8
#define SETUP_MISSING_MAX 8

typedef struct SetupView {
	LayoutView layout;
	SetupStep steps[SETUP_STEPS_MAX];
	size_t n_steps, n_done, n_needed;
	const char *name, *province, *code; /* of the commune; "" */
	const char *problem;                /* NULL */
} SetupView;

bool setup_show(HttpRequest *request, HttpResponse *response, GError **error);
bool setup_commune(HttpRequest *request, HttpResponse *response, GError **error);
