/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "modules/people/unit_rows.h"

/* Views of pages/persons.html and pages/person.html. */

typedef enum {
	PERSON_IN_POST,
	PERSON_WITHOUT_POST,
	PERSON_WITHOUT_ACCOUNT,
	PERSON_ALL,
	PERSON_FILTER_MAX
} PersonFilter;

extern const char *const PERSON_FILTER_WORDS[PERSON_FILTER_MAX];
extern const char *const PERSON_FILTER_LABELS[PERSON_FILTER_MAX];

typedef struct PersonRow {
	const IdentityPerson *person;
	const IdentityPost *const *posts; /* on the day, the main one first */
	size_t n_posts;
	const char *sort_key;
} PersonRow;

typedef struct PersonListView {
	LayoutView layout;
	Arena *arena;
	UnitRows units; /* to filter by */
	PersonRow *rows;
	size_t n_rows;
	ListPage page;
	const char *search; /* as typed */
	int64_t agency_id;  /* 0: all */
	PersonFilter filter;
	int32_t day;
} PersonListView;

/* A post as the form about it was typed. */
typedef struct PostForm {
	int64_t agency_id;
	const char *position, *from, *to;
	IdentityRank rank;
	bool is_main;
} PostForm;

typedef struct PersonView {
	LayoutView layout;
	Arena *arena;
	UnitRows units;
	IdentityPerson person; /* as stored, or as typed */
	const GPtrArray *posts, *people, *roles;
	PostForm post;                         /* to begin */
	const char *problem;                   /* NULL */
	const char *login;                     /* as typed; "" */
	const char *password, *password_login; /* made now, shown once; NULL */
	int32_t today;
	bool is_new, is_open;
	int64_t open_work; /* that stands in their name */
	bool has_post;     /* today */
} PersonView;

/* Name and units of the posts on a day, "A; B", in the arena. */
const char *person_units_text(Arena *arena, const AgencyBook *book, const PersonRow *row, int32_t day);
const char *person_positions_text(Arena *arena, const PersonRow *row);

bool person_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool person_show(HttpRequest *request, HttpResponse *response, GError **error);
bool person_new(HttpRequest *request, HttpResponse *response, GError **error);
bool person_add(HttpRequest *request, HttpResponse *response, GError **error);
bool person_change(HttpRequest *request, HttpResponse *response, GError **error);
bool person_post_begin(HttpRequest *request, HttpResponse *response, GError **error);
bool person_post_change(HttpRequest *request, HttpResponse *response, GError **error);
bool person_account_add(HttpRequest *request, HttpResponse *response, GError **error);
