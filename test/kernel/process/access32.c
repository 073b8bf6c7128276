/*
 * Gets access to a child by 32-bit calls of a 64-bit program (int $0x80), and then by a 64-bit one. Prints the result
 * of each; `no-int80`: the kernel has no such calls.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* match: arch/x86/entry/syscalls/syscall_32.tbl */
#define NR_PTRACE 26
#define NR_PROCESS_VM_READV 347

#if defined(__x86_64__)
static long call32(long number, long a, long b, long c, long d, long e)
{
	long result;

	/* The sixth argument, 0, is in the register of the frame; what lies below the stack stays. */
	__asm__ volatile(
	    "sub $128, %%rsp\n\tpush %%rbp\n\txor %%ebp, %%ebp\n\tint $0x80\n\tpop %%rbp\n\tadd $128, %%rsp"
	    : "=a"(result)
	    : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
	    : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}
#else
static long call32(long number, long a, long b, long c, long d, long e)
{
	(void)number, (void)a, (void)b, (void)c, (void)d, (void)e;
	return raise(SIGSEGV);
}
#endif

static void nothing_there(int signal)
{
	static const char text[] = "no-int80\n";

	(void)signal;
	_exit(write(1, text, sizeof(text) - 1) < 0);
}

int main(void)
{
	/* What a 32-bit call is given must lie where 32 bits reach. */
	uint32_t *low =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | 0x40 /* MAP_32BIT */, -1, 0);
	pid_t child = fork();
	long attached, read_, detached, again;

	if (child == 0)
		for (;;)
			pause();
	low[0] = low[2] = (uint32_t)(uintptr_t)(low + 16);
	low[1] = low[3] = 8;
	signal(SIGSEGV, nothing_there);
	attached = call32(NR_PTRACE, PTRACE_ATTACH, child, 0, 0, 0);
	signal(SIGSEGV, SIG_DFL);
	waitpid(child, NULL, 0);
	read_ = call32(NR_PROCESS_VM_READV, child, (long)low, 1, (long)(low + 2), 1);
	detached = call32(NR_PTRACE, PTRACE_DETACH, child, 0, 0, 0);
	again = ptrace(PTRACE_SEIZE, child, 0, 0);
	printf("%ld %ld %ld %ld\n", attached, read_, detached, again);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}
