/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/job_end.h"

#include "base/app-error.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define MB ((size_t)1024 * 1024)

/* What the allocators of GLib, C++ and the sanitizer print when there is no memory left. */
static const char *const OUT_OF_MEMORY[] = {
    "failed to allocate", "bad_alloc", "Cannot allocate memory", "ut of memory", "allocation-size-too-big"};

/* " ở trang 7"; the page is the reader's word, so it is only shown. */
static char *
at_page(const JobEnd *end)
{
	return end->page != 0 ? g_strdup_printf(" ở trang %u", end->page) : g_strdup("");
}

static bool
refuse_time(const JobEnd *end, GError **error)
{
	g_autofree char *where = at_page(end);

	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "%s chạy quá lâu%s nên đã được dừng; tệp gốc vẫn được giữ; hãy tách tệp thành các phần nhỏ hơn "
	    "rồi "
	    "thử lại",
	    program_title(end->program), where);
	return false;
}

static bool
refuse_memory(const JobEnd *end, GError **error)
{
	g_autofree char *where = at_page(end);

	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "%s cần quá %zu MB bộ nhớ%s nên đã được dừng; tệp gốc vẫn được giữ; hãy tách tệp thành các phần "
	    "nhỏ "
	    "hơn rồi thử lại",
	    program_title(end->program), program_limits(end->program)->memory_bytes / MB, where);
	return false;
}

static bool
refuse_output(const JobEnd *end, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "%s cho kết quả lớn hơn %zu MB nên đã được dừng; hãy tách tệp thành các phần nhỏ hơn rồi thử lại",
	    program_title(end->program), program_limits(end->program)->output_bytes / MB);
	return false;
}

static bool
refuse_deed(const JobEnd *end, GError **error)
{
	g_autofree char *where = at_page(end);

	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "%s bị dừng%s vì định làm việc không được phép (mở kết nối mạng hoặc chạy chương trình khác); "
	    "tệp có "
	    "thể chứa mã độc, hãy xin lại tệp từ nơi phát hành",
	    program_title(end->program), where);
	return false;
}

static bool
refuse_crash(const JobEnd *end, GError **error)
{
	g_autofree char *where = at_page(end);

	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "%s dừng đột ngột%s; tệp gốc vẫn được giữ; hãy mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi "
	    "thử lại",
	    program_title(end->program), where);
	return false;
}

static bool
refuse_broken(const JobEnd *end, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "%s trả về kết quả hỏng hoặc dở dang; tệp gốc vẫn được giữ; hãy mở tệp bằng phần mềm đã tạo ra "
	    "nó, "
	    "lưu lại rồi thử lại",
	    program_title(end->program));
	return false;
}

static bool
is_out_of_memory(const JobEnd *end)
{
	for (size_t i = 0; i < G_N_ELEMENTS(OUT_OF_MEMORY); i++)
		if (strstr(end->log, OUT_OF_MEMORY[i]) != NULL)
			return true;
	return WIFSIGNALED(end->status) && WTERMSIG(end->status) == SIGKILL;
}

/* It ended by itself, before it had said all. */
static bool
refuse_ending(const JobEnd *end, GError **error)
{
	if (WIFSIGNALED(end->status) && WTERMSIG(end->status) == SIGSYS)
		return refuse_deed(end, error);
	if (WIFSIGNALED(end->status) && WTERMSIG(end->status) == SIGXCPU)
		return refuse_time(end, error);
	if (is_out_of_memory(end))
		return refuse_memory(end, error);
	/* A reader that can still speak says why it gives a code other than 0. */
	if (WIFSIGNALED(end->status) || WEXITSTATUS(end->status) != 0)
		return refuse_crash(end, error);
	return refuse_broken(end, error);
}

bool
job_end_judge(const JobEnd *end, GError **error)
{
	const FrameReader *frames = end->frames;

	if (frames->said != NULL) {
		g_propagate_error(error, g_error_copy(frames->said));
		return false;
	}
	if (frames->is_ended && !frames->is_broken)
		return true;
	g_debug("%s: %s", program_title(end->program), end->log);
	if (end->cause == JOB_END_CANCELLED) {
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY, "đã dừng đọc tệp theo yêu cầu");
		return false;
	}
	if (end->cause == JOB_END_TIME)
		return refuse_time(end, error);
	if (end->cause == JOB_END_MEMORY)
		return refuse_memory(end, error);
	if (frames->is_too_large)
		return refuse_output(end, error);
	if (frames->is_broken)
		return refuse_broken(end, error);
	return refuse_ending(end, error);
}
