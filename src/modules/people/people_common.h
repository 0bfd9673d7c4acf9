/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "app/list_page.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/response.h"
#include "http/router.h"
#include "modules/identity/identity_people.h"

/* What the pages of units and people share. */

#define UNITS_PATH "/don-vi"
#define PEOPLE_PATH "/nguoi"
#define SETUP_PATH "/thiet-lap"

IdentityScope people_scope_of(const HttpRequest *request);
AgencyScope people_units_of(const HttpRequest *request);

/* A day as a browser sends it ("2026-12-15"); `fallback` for an empty text. False where it is none. */
bool people_day(const char *text, int32_t fallback, int32_t *ret_day);

/* A positive number; 0 for anything else. */
int64_t people_number(const char *text);

/* "từ 15/12/2026", "từ trước đến nay"; in the arena. */
const char *people_since(Arena *arena, int32_t day);
/* The index-th word, or -1. */
int people_word(const char *const *words, size_t n, const char *word);

bool people_may_change(const HttpRequest *request);

/* {% call people_problem(…) %}: what is wrong; nothing for NULL. */
void people_problem(GString *out, const char *problem);
