/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/testing.h"
#include "modules/identity/identity.h"
#include "modules/work/work_internal.h"

/* The sample plan with its work begun, and people of its agencies. */
typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t standing, leader, office, police; /* persons */
	int n_made;
} Fixture;

void fixture_add(const char *path, void (*run)(Fixture *fixture, gconstpointer unused));

/* What a person may; 0: somebody who has not signed in but may everything. */
WorkScope fixture_scope(const Fixture *fixture, int64_t person_id);
WorkScope fixture_scope_on(const Fixture *fixture, int64_t person_id, int32_t today);

/* Does the daily work to its end and gives how many pieces were made. */
int fixture_run_all(const WorkScope *scope);

/* The first open piece of a task of plan 1. */
int64_t fixture_piece(const Fixture *fixture, int64_t task_no);

/* Adds an entry that must be taken. */
WorkPiece fixture_act(const Fixture *fixture, int64_t person_id, int64_t piece_id, const WorkEntry *entry);

/* Attaches a piece of evidence of a kind; number: "": none, else issued on APP_TEST_TODAY. */
void fixture_attach(const Fixture *fixture, int64_t piece_id, const char *kind, const char *number);

/* Adds an entry that must be refused with these words. */
void fixture_refused(
    const Fixture *fixture, int64_t person_id, int64_t piece_id, const WorkEntry *entry, const char *words);

guint fixture_count_problems(const Fixture *fixture);
void fixture_verify(const Fixture *fixture);
