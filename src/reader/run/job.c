/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/job.h"

#include "reader/run/frames.h"
#include "reader/run/job_end.h"
#include "reader/run/spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS 50 /* how often memory, time and cancelling are looked at */
#define CHUNK ((size_t)64 * 1024)
#define FDS_A_JOB 3
#define READS_A_ROUND 8 /* so that one talkative reader does not keep the others waiting */
#define LOG_BYTES_MAX ((size_t)16 * 1024)

struct Job {
	ReaderProgram program;
	uint32_t page;
	SpawnedChild child;
	FrameReader frames;
	GString *log;
	int64_t deadline_us, next_check_us; /* monotonic */
	JobEndCause cause;
	bool is_over;
	int status; /* of waitpid(), once it is over */
};

static void
add_number(GStrvBuilder *builder, uint32_t number)
{
	g_autofree char *text = g_strdup_printf("%u", number);

	g_strv_builder_add(builder, text);
}

static char **
make_arguments(const JobSpec *spec, const char *path)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

	g_strv_builder_add(builder, path);
	g_strv_builder_add(builder, spec->form);
	if (spec->page != 0)
		add_number(builder, spec->page);
	if (spec->width != 0) {
		add_number(builder, spec->width);
		add_number(builder, spec->turns);
	}
	for (const char *const *name = spec->names; name != NULL && *name != NULL; name++)
		g_strv_builder_add(builder, *name);
	return g_strv_builder_end(builder);
}

Job *
job_start(const JobSpec *spec, GError **error)
{
	const ProgramLimits *limits = program_limits(spec->program);
	g_autofree char *path = NULL;
	g_auto(GStrv) arguments = NULL;
	SpawnedChild child;
	Job *job;

	if (!program_find(spec->program, &path, error))
		return NULL;
	arguments = make_arguments(spec, path);
	if (!spawn_child(path, arguments, spec->input, &child, error))
		return NULL;
	job = g_new0(Job, 1);
	job->program = spec->program;
	job->page = spec->page;
	job->child = child;
	job->log = g_string_new(NULL);
	job->deadline_us = g_get_monotonic_time() + (int64_t)limits->wall_s * G_USEC_PER_SEC;
	frames_init(&job->frames, limits->output_bytes);
	return job;
}

/* The group goes with its leader, should a reader have started something before it gave up its rights. While
 * the leader is not waited for, its number is nobody else's. */
static void
end_processes(Job *job)
{
	kill(-job->child.pid, SIGKILL);
	kill(job->child.pid, SIGKILL);
	while (waitpid(job->child.pid, &job->status, 0) < 0 && errno == EINTR) {
	}
	job->is_over = true;
}

static void
close_descriptor(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void
job_free(Job *job)
{
	if (job == NULL)
		return;
	if (!job->is_over)
		end_processes(job);
	close_descriptor(&job->child.pidfd);
	close_descriptor(&job->child.out);
	close_descriptor(&job->child.log);
	frames_clear(&job->frames);
	g_string_free(job->log, TRUE);
	g_free(job);
}

bool
job_is_over(const Job *job)
{
	return job->is_over;
}

uint32_t
job_page(const Job *job)
{
	return job->page;
}

void
job_progress(const Job *job, uint32_t *ret_page, uint32_t *ret_n_pages)
{
	*ret_page = job->frames.page;
	*ret_n_pages = job->frames.n_pages;
}

/* Reads a chunk; 0 where there is none now. What was closed on the other side is closed here too. */
static size_t
read_chunk(int *fd, char *chunk)
{
	ssize_t n = *fd >= 0 ? read(*fd, chunk, CHUNK) : -1;

	if (n == 0)
		close_descriptor(fd);
	return n > 0 ? (size_t)n : 0;
}

/* Reads what the reader has said; false where no more is wanted. */
static bool
read_answer(Job *job)
{
	char chunk[CHUNK];
	size_t n;

	for (unsigned i = 0; i < READS_A_ROUND && (n = read_chunk(&job->child.out, chunk)) > 0; i++)
		if (!frames_feed(&job->frames, chunk, n))
			return false;
	return true;
}

static void
read_log(Job *job)
{
	char chunk[CHUNK];
	size_t n;

	for (unsigned i = 0; i < READS_A_ROUND && (n = read_chunk(&job->child.log, chunk)) > 0; i++)
		if (job->log->len < LOG_BYTES_MAX)
			g_string_append_len(job->log, chunk, (gssize)MIN(n, LOG_BYTES_MAX - job->log->len));
}

static size_t
resident_bytes(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/statm", (int)pid);
	g_autofree char *text = NULL;
	const char *resident;

	if (!g_file_get_contents(path, &text, NULL, NULL) || (resident = strchr(text, ' ')) == NULL)
		return 0;
	return (size_t)g_ascii_strtoull(resident, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static void
check_limits(Job *job, int64_t now, bool is_cancelled)
{
	job->next_check_us = now + (int64_t)TICK_MS * 1000;
	if (is_cancelled)
		job->cause = JOB_END_CANCELLED;
	else if (now > job->deadline_us)
		job->cause = JOB_END_TIME;
	else if (resident_bytes(job->child.pid) > program_limits(job->program)->memory_bytes)
		job->cause = JOB_END_MEMORY;
	if (job->cause != JOB_END_OWN)
		end_processes(job);
}

/* Takes in what poll() saw of one job. */
static void
attend(Job *job, const struct pollfd fds[FDS_A_JOB])
{
	bool has_ended = fds[2].revents != 0;

	if (has_ended) /* then what is left in its pipes is no more than they hold */
		end_processes(job);
	if (fds[1].revents != 0 || has_ended)
		read_log(job);
	if ((fds[0].revents != 0 || has_ended) && !read_answer(job) && !has_ended)
		end_processes(job);
}

static void
add_poll(const Job *job, struct pollfd fds[FDS_A_JOB])
{
	fds[0] = (struct pollfd){.fd = job->child.out, .events = POLLIN};
	fds[1] = (struct pollfd){.fd = job->child.log, .events = POLLIN};
	fds[2] = (struct pollfd){.fd = job->is_over ? -1 : job->child.pidfd, .events = POLLIN};
}

void
jobs_wait(GPtrArray *jobs, const gint *is_cancelled)
{
	g_autofree struct pollfd *fds = g_new0(struct pollfd, FDS_A_JOB * jobs->len);
	int64_t now = g_get_monotonic_time();
	bool stops = is_cancelled != NULL && __atomic_load_n(is_cancelled, __ATOMIC_SEQ_CST) != 0;

	for (guint i = 0; i < jobs->len; i++)
		add_poll(g_ptr_array_index(jobs, i), fds + FDS_A_JOB * i);
	(void)poll(fds, (nfds_t)FDS_A_JOB * jobs->len, stops ? 0 : TICK_MS);
	for (guint i = 0; i < jobs->len; i++) {
		Job *job = g_ptr_array_index(jobs, i);

		if (!job->is_over)
			attend(job, fds + FDS_A_JOB * i);
		if (!job->is_over && (stops || now >= job->next_check_us))
			check_limits(job, now, stops);
	}
}

bool
job_take(Job *job, char **ret_bytes, size_t *ret_len, GError **error)
{
	const JobEnd end = {.program = job->program,
	    .cause = job->cause,
	    .frames = &job->frames,
	    .status = job->status,
	    .page = job->page != 0 ? job->page : job->frames.page,
	    .log = job->log->str};

	if (!job_end_judge(&end, error))
		return false;
	*ret_len = job->frames.payload->len;
	*ret_bytes = g_string_free(g_steal_pointer(&job->frames.payload), FALSE);
	return true;
}

bool
job_run(const JobSpec *spec, const gint *is_cancelled, JobProgress on_progress, void *data, char **ret_bytes,
    size_t *ret_len, GError **error)
{
	g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
	Job *job = job_start(spec, error);
	uint32_t said = 0;

	if (job == NULL)
		return false;
	g_ptr_array_add(jobs, job);
	while (!job->is_over) {
		jobs_wait(jobs, is_cancelled);
		if (on_progress != NULL && job->frames.page != said) {
			said = job->frames.page;
			on_progress(data, said, job->frames.n_pages);
		}
	}
	return job_take(job, ret_bytes, ret_len, error);
}
