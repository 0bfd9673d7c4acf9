/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Three answers. Allowed: what parsers live on. Killed: what only a parser that was taken over would try.
 * Everything else fails as on an old kernel (ENOSYS) or a read-only disk (EROFS): libraries probe for calls
 * and try to save caches, and must be able to go on without. */

static const int ALLOWED[] = {
    /* memory */
    SCMP_SYS(brk), SCMP_SYS(mremap), SCMP_SYS(munmap), SCMP_SYS(madvise), SCMP_SYS(mincore),
    /* descriptors; writing ones other than the answer and the log cannot be had */
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek),
    SCMP_SYS(close), SCMP_SYS(dup), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(eventfd2), SCMP_SYS(fadvise64),
    /* files, to look at */
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs),
    SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd),
    /* time */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times),
    SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(getrusage),
    /* the process itself */
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo),
    SCMP_SYS(getrandom), SCMP_SYS(getrlimit), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group)};

static const int KILLED[] = {
    /* the network, and other processes through sockets */
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
    SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(recvmmsg), SCMP_SYS(shutdown),
    /* other programs and processes */
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kill), SCMP_SYS(tkill),
    SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(shmget),
    SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget),
    /* rights and the machine */
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid),
    SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(capset), SCMP_SYS(unshare), SCMP_SYS(setns),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(io_uring_setup), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
    SCMP_SYS(sethostname)};

/* fontconfig puts its caches in order through these when it finds them stale. */
static const int READ_ONLY_DISK[] = {SCMP_SYS(creat), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
    SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink),
    SCMP_SYS(symlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(mknod),
    SCMP_SYS(mknodat), SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown),
    SCMP_SYS(fchownat), SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(utimensat), SCMP_SYS(memfd_create)};

static const scmp_datum_t WRITING_FLAGS[] = {
    O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, __O_TMPFILE & ~O_DIRECTORY};

static int
add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t n)
{
	int result = 0;

	for (size_t i = 0; i < n && result == 0; i++)
		result = seccomp_rule_add(filter, action, calls[i], 0);
	return result;
}

/* open(), where argument `at` holds the flags: to read only. */
static int
add_open(scmp_filter_ctx filter, int call, unsigned at)
{
	scmp_datum_t all = 0;
	int result = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(WRITING_FLAGS) && result == 0; i++) {
		all |= WRITING_FLAGS[i];
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EROFS), call, 1,
		    SCMP_CMP(at, SCMP_CMP_MASKED_EQ, WRITING_FLAGS[i], WRITING_FLAGS[i]));
	}
	return result != 0 ? result
			   : seccomp_rule_add(
				 filter, SCMP_ACT_ALLOW, call, 1, SCMP_CMP(at, SCMP_CMP_MASKED_EQ, all, 0));
}

/* Memory is never both written and run: code comes from the libraries on disk or not at all. */
static int
add_memory(scmp_filter_ctx filter)
{
	const scmp_datum_t both = PROT_WRITE | PROT_EXEC;
	int result = seccomp_rule_add(
	    filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));

	if (result == 0)
		result = seccomp_rule_add(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (result == 0) /* a plug-in of a library (a code page): mapped from a file, privately */
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		    SCMP_CMP(2, SCMP_CMP_MASKED_EQ, both, PROT_EXEC),
		    SCMP_CMP(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS | MAP_PRIVATE, MAP_PRIVATE));
	return result;
}

static int
add_threads(scmp_filter_ctx filter, bool may_use_threads)
{
	int result = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1,
	    SCMP_CMP(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));

	if (result == 0)
		result = seccomp_rule_add(filter, may_use_threads ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EAGAIN),
		    SCMP_SYS(clone), 1, SCMP_CMP(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	return result; /* clone3() hides its flags from a filter; without it the C library takes clone() */
}

static struct scmp_arg_cmp
equals(unsigned at, scmp_datum_t value)
{
	return (struct scmp_arg_cmp){.arg = at, .op = SCMP_CMP_EQ, .datum_a = value};
}

static int
add_narrow(scmp_filter_ctx filter)
{
	static const scmp_datum_t PROCESS[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE};
	static const scmp_datum_t DESCRIPTOR[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL};
	int result = seccomp_rule_add(
	    filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, equals(2, 0)); /* to ask, not to set */

	for (size_t i = 0; i < G_N_ELEMENTS(PROCESS) && result == 0; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, equals(0, PROCESS[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(DESCRIPTOR) && result == 0; i++)
		result =
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, equals(1, DESCRIPTOR[i]));
	if (result == 0) /* a stream that asks whether it is a terminal */
		result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
	if (result == 0) /* abort() */
		result = seccomp_rule_add(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, equals(0, (scmp_datum_t)getpid()));
	return result;
}

static int
add_rules(scmp_filter_ctx filter, bool may_use_threads)
{
	int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

	if (result == 0)
		result = add_all(filter, SCMP_ACT_ALLOW, ALLOWED, G_N_ELEMENTS(ALLOWED));
	if (result == 0)
		result = add_all(filter, SCMP_ACT_KILL_PROCESS, KILLED, G_N_ELEMENTS(KILLED));
	if (result == 0)
		result = add_all(filter, SCMP_ACT_ERRNO(EROFS), READ_ONLY_DISK, G_N_ELEMENTS(READ_ONLY_DISK));
	if (result == 0)
		result = add_open(filter, SCMP_SYS(open), 1);
	if (result == 0)
		result = add_open(filter, SCMP_SYS(openat), 2);
	if (result == 0)
		result = add_memory(filter);
	if (result == 0)
		result = add_threads(filter, may_use_threads);
	return result == 0 ? add_narrow(filter) : result;
}

bool
sandbox_filter(bool may_use_threads, GError **error)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int result = filter != NULL ? add_rules(filter, may_use_threads) : -ENOMEM;

	if (result == 0)
		result = seccomp_load(filter);
	if (filter != NULL)
		seccomp_release(filter);
	if (result == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL,
	    "không giới hạn được quyền của bộ đọc (seccomp: %s); tệp chưa được đọc", g_strerror(-result));
	return false;
}
