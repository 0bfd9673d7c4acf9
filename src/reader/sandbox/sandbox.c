/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/sandbox/sandbox.h"

#include "base/app-error.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define OPEN_FILES_MAX 64

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif
#ifndef HAS_SHADOW_MEMORY
#define HAS_SHADOW_MEMORY 0
#endif

static bool
refuse(GError **error, const char *what)
{
	g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL,
	    "không giới hạn được quyền của bộ đọc (%s: %s); tệp chưa được đọc", what, g_strerror(errno));
	return false;
}

static bool
limit(__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
	struct rlimit old, wanted = {.rlim_cur = soft, .rlim_max = hard};

	if (getrlimit(resource, &old) != 0)
		return false;
	wanted.rlim_max = MIN(wanted.rlim_max, old.rlim_max);
	wanted.rlim_cur = MIN(wanted.rlim_cur, wanted.rlim_max);
	return setrlimit(resource, &wanted) == 0;
}

bool
sandbox_can_limit_memory(void)
{
	return !HAS_SHADOW_MEMORY;
}

bool
sandbox_limit(const SandboxRights *rights, GError **error)
{
	/* The soft limit ends the process with SIGXCPU, which the parent can tell from a crash. */
	if (!limit(RLIMIT_CPU, rights->cpu_s, rights->cpu_s + 1) || !limit(RLIMIT_CORE, 0, 0) ||
	    !limit(RLIMIT_FSIZE, 0, 0) || !limit(RLIMIT_NOFILE, OPEN_FILES_MAX, OPEN_FILES_MAX))
		return refuse(error, "setrlimit");
	if (!rights->may_use_threads && !limit(RLIMIT_NPROC, 0, 0))
		return refuse(error, "RLIMIT_NPROC");
	if (sandbox_can_limit_memory() && rights->memory_bytes > 0 &&
	    !limit(RLIMIT_AS, rights->memory_bytes, rights->memory_bytes))
		return refuse(error, "RLIMIT_AS");
	return true;
}

bool
sandbox_enter(const SandboxRights *rights, GError **error)
{
	if (!sandbox_limit(rights, error))
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return refuse(error, "prctl");
	sandbox_hide_files(rights->read_paths);
	return sandbox_filter(rights->may_use_threads, error);
}
