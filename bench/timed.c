/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command several times with its output thrown away and prints one line: wall and CPU time of the
 * fastest run in microseconds, the largest peak memory of any run in kilobytes, the exit code of the last.
 *   timed TIMES COMMAND [ARGUMENT…]
 * It is a small C program because a child's peak memory includes what its parent held before exec. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Run {
	int64_t wall_us, cpu_us, peak_kb;
	int exit_code;
} Run;

static int64_t
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
become(char **command)
{
	int null = open("/dev/null", O_RDWR);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	execv(command[0], command);
	_exit(127);
}

static int64_t
timeval_us(struct timeval time)
{
	return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

static Run
run(char **command)
{
	struct rusage usage = {0};
	Run result = {.exit_code = 127};
	int64_t start = now_us();
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		become(command);
	if (child > 0 && wait4(child, &status, 0, &usage) == child && WIFEXITED(status))
		result.exit_code = WEXITSTATUS(status);
	result.wall_us = now_us() - start;
	result.cpu_us = timeval_us(usage.ru_utime) + timeval_us(usage.ru_stime);
	result.peak_kb = usage.ru_maxrss;
	return result;
}

int
main(int argc, char **argv)
{
	Run best = {.wall_us = INT64_MAX};
	long times = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

	if (times < 1) {
		fprintf(stderr, "timed TIMES COMMAND [ARGUMENT…]\n");
		return 2;
	}
	for (long i = 0; i < times; i++) {
		Run each = run(argv + 2);
		int64_t peak_kb = each.peak_kb > best.peak_kb ? each.peak_kb : best.peak_kb;

		if (each.wall_us < best.wall_us)
			best = each;
		best.peak_kb = peak_kb;
		best.exit_code = each.exit_code;
	}
	printf("%lld %lld %lld %d\n", (long long)best.wall_us, (long long)best.cpu_us,
	    (long long)best.peak_kb, best.exit_code);
	return 0;
}
