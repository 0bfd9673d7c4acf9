/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clients.h"

#include "app/app.h"

/* People who sign in, for loads. */

#define BENCH_PEOPLE_MAX 256

typedef struct BenchPerson {
	char *cookie; /* "namro_phien=…"; NULL: not signed in */
	char *mark;   /* of this session's forms */
} BenchPerson;

/* Adds an administrator, so that everybody has to sign in, and `n` accounts of the role "kiem-tra". */
void bench_people_add(App *app, unsigned n);

/* Signs in `n` people through the server, each with the password of his account. Gives how long each waited
 * in `times`. */
void bench_people_sign_in(uint16_t port, unsigned n, BenchPerson *people, BenchTimes *times);
void bench_people_clear(BenchPerson *people, unsigned n);

/* Ends the program with the error's message where a call failed. The call is made before the error is looked
 * at: as two arguments of one function they might be evaluated the other way round. */
#define bench_check(call, error) \
	do { \
		bool bench_is_ok = (call); \
		bench_end_unless(bench_is_ok, (error)); \
	} while (0)
void bench_end_unless(bool is_ok, const GError *error);

/* The form by which an account signs in, the caller's. */
char *bench_sign_in_form(unsigned number);

void bench_put_get(GString *out, const BenchPerson *person, const char *path);
void bench_put_post(GString *out, const BenchPerson *person, const char *path, const char *form);
