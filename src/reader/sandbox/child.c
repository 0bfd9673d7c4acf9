/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/sandbox/child.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/fd.h"
#include "base/record.h"
#include "reader/sandbox/frame.h"
#include "reader/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct ChildOutput {
	int fd;
};

#define READ_CHUNK ((size_t)256 * 1024)

G_NORETURN static void
leave(int code)
{
	(void)fflush(NULL);
	_exit(code);
}

/* Leaves when nobody listens any more. */
static void
send_bytes(int fd, const char *bytes, size_t len)
{
	if (!fd_write_all(fd, bytes, len))
		leave(1);
}

void
child_put(ChildOutput *output, const char *bytes, size_t len)
{
	g_autoptr(GString) head = g_string_new(NULL);

	while (len > 0) {
		size_t part = MIN(len, FRAME_BYTES_MAX);

		g_string_truncate(head, 0);
		g_string_append_c(head, FRAME_PAYLOAD);
		record_put_u32(head, (uint32_t)part);
		send_bytes(output->fd, head->str, head->len);
		send_bytes(output->fd, bytes, part);
		bytes += part;
		len -= part;
	}
}

void
child_progress(ChildOutput *output, uint32_t page, uint32_t n_pages)
{
	g_autoptr(GString) frame = g_string_new(NULL);
	size_t begin = record_begin(frame, FRAME_PROGRESS);

	record_put_u32(frame, page);
	record_put_u32(frame, n_pages);
	record_end(frame, begin);
	send_bytes(output->fd, frame->str, frame->len);
}

static void
put_end(ChildOutput *output)
{
	g_autoptr(GString) frame = g_string_new(NULL);

	record_end(frame, record_begin(frame, FRAME_END));
	send_bytes(output->fd, frame->str, frame->len);
}

static void
put_error(ChildOutput *output, const GError *error)
{
	g_autoptr(GString) frame = g_string_new(NULL);
	size_t begin = record_begin(frame, FRAME_ERROR);
	int code = error->domain == APP_ERROR ? error->code : APP_ERROR_UNREADABLE;

	record_put_u8(frame, (uint8_t)code);
	record_put_text(frame, error->message);
	record_end(frame, begin);
	send_bytes(output->fd, frame->str, frame->len);
}

bool
child_number(
    char **arguments, unsigned index, uint32_t min, uint32_t max, uint32_t *ret_number, GError **error)
{
	guint64 number;

	if (index < g_strv_length(arguments) &&
	    g_ascii_string_to_unsigned(arguments[index], 10, min, max, &number, NULL)) {
		*ret_number = (uint32_t)number;
		return true;
	}
	g_set_error(
	    error, APP_ERROR, APP_ERROR_USAGE, "đối số %u phải là số từ %u đến %u", index + 1, min, max);
	return false;
}

static bool
refuse_input(GError **error)
{
	g_set_error(
	    error, APP_ERROR, APP_ERROR_UNREADABLE, "không nhận được nội dung tệp (%s)", g_strerror(errno));
	return false;
}

static bool
refuse_large(GError **error)
{
	g_set_error(
	    error, APP_ERROR, APP_ERROR_LIMIT, "tệp lớn hơn %zu MB", LIMIT_STREAM_BYTES / (1024 * 1024));
	return false;
}

static bool
read_pipe(char **ret_bytes, size_t *ret_len, GError **error)
{
	g_autoptr(GString) bytes = g_string_sized_new(READ_CHUNK);
	g_autofree char *chunk = g_malloc(READ_CHUNK);
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, READ_CHUNK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse_input(error);
		if (bytes->len + (size_t)n > LIMIT_STREAM_BYTES)
			return refuse_large(error);
		g_string_append_len(bytes, chunk, n);
	}
	*ret_len = bytes->len;
	*ret_bytes = g_string_free(g_steal_pointer(&bytes), FALSE);
	return true;
}

/* The whole of descriptor 0; it lives as long as the process. */
static bool
take_input(char **ret_bytes, size_t *ret_len, GError **error)
{
	struct stat status;
	void *mapped;

	if (fstat(STDIN_FILENO, &status) != 0)
		return refuse_input(error);
	if (!S_ISREG(status.st_mode) || status.st_size == 0)
		return read_pipe(ret_bytes, ret_len, error);
	if ((uint64_t)status.st_size > LIMIT_STREAM_BYTES)
		return refuse_large(error);
	mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (mapped == MAP_FAILED)
		return refuse_input(error);
	*ret_bytes = mapped;
	*ret_len = (size_t)status.st_size;
	return true;
}

/* Takes descriptor 1 for the answer; what a library prints goes to the log instead. */
static bool
take_output(ChildOutput *output)
{
	output->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return output->fd >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
}

/* Leaves nothing behind descriptor 0: the file could be mapped again through it, as code. */
static bool
drop_input(GError **error)
{
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0)
		return refuse_input(error);
	close(nothing);
	return true;
}

static bool
answer(const ChildTool *tool, char **argv, ChildOutput *output, GError **error)
{
	const SandboxRights rights = {.cpu_s = tool->cpu_s,
	    .memory_bytes = tool->memory_bytes,
	    .may_use_threads = tool->may_use_threads,
	    .read_paths = tool->read_paths};
	const char *form = argv[1];
	char **arguments = argv + 2;
	char *bytes = NULL;
	size_t len = 0;

	return take_input(&bytes, &len, error) &&
	       (tool->prepare == NULL || tool->prepare(form, arguments, error)) && drop_input(error) &&
	       sandbox_enter(&rights, error) && tool->run(form, arguments, bytes, len, output, error);
}

void
child_main(const ChildTool *tool, int argc, char **argv)
{
	ChildOutput output;
	GError *error = NULL;

	if (argc < 2) {
		(void)fprintf(stderr, "%s: chương trình này do namro chạy, không chạy riêng\n", tool->name);
		leave(2);
	}
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (!take_output(&output))
		leave(1);
	if (!answer(tool, argv, &output, &error)) {
		put_error(&output, error);
		leave(1);
	}
	put_end(&output);
	leave(0);
}
