/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Many clients of one server, each with a connection of its own that stays open and never more than one
 * request on its way. One thread serves them all, so that the load takes as little of the machine as can be.
 */

typedef struct BenchLoad {
	uint16_t port;
	unsigned n_clients;
	double seconds; /* after these no request is begun */
	/* Writes the client's next request into `out`; false: it has none any more. */
	bool (*ask)(unsigned client, GString *out, void *data);
	/* answer: head and body. us: from the first byte sent to the last one received. */
	void (*hear)(unsigned client, int status, const GString *answer, int64_t us, void *data);
	/* How long a client rests before its next request; NULL: not at all. */
	int64_t (*pause_us)(unsigned client, void *data);
	void *data;
} BenchLoad;

/* Runs the load to its end. Ends the program with a message where a connection fails. */
void bench_load_run(const BenchLoad *load);

/* The value of a header of an answer, the caller's; NULL. */
char *bench_header(const GString *answer, const char *name);

/* Latencies and what is told of them. */
typedef struct BenchTimes {
	GArray *us; /* of int64_t */
} BenchTimes;

void bench_times_init(BenchTimes *times);
void bench_times_clear(BenchTimes *times);
void bench_times_add(BenchTimes *times, int64_t us);

/* In milliseconds; share: 0.5, 0.99, 1 for the longest. Sorts. */
double bench_times_at(BenchTimes *times, double share);

/* Sorts, and gives the middle one. */
double bench_median(double *values, unsigned n);

double bench_now(void);

/* "22/11/2026 · AMD EPYC × 2 · load 1.2". */
void bench_print_machine(void);
