/*
 * A 32-bit program without a C library: no 32-bit one is needed to build it.
 *
 *   compat32 again ARG…   executes itself by the 32-bit execve, as NAME second ARG…
 *   compat32 ARG…         exits with the number of its arguments, its name included
 */
#if defined(__i386__)
__asm__(".globl _start\n_start:\n\txorl %ebp, %ebp\n\tmovl %esp, %eax\n\tandl $-16, %esp\n\tsubl $12, %esp\n\tpushl "
	"%eax\n\tcall begin\n");
static long call3(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
	return result;
}
#elif defined(__arm__)
__asm__(".globl _start\n_start:\n\tmov r0, sp\n\tbl begin\n");
static long call3(long number, long a, long b, long c)
{
	register long r7 __asm__("r7") = number;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;

	__asm__ volatile("svc #0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2) : "memory");
	return r0;
}
#else
#error "to be compiled for a 32-bit architecture"
#endif

/* The same on both. */
#define NR_EXIT 1
#define NR_EXECVE 11

void begin(long *stack)
{
	long argc = stack[0];
	char **argv = (char **)(stack + 1);
	const char *word = argc > 1 ? argv[1] : "";

	_Static_assert(sizeof(long) == 4, "32 bits");
	if (word[0] == 'a' && word[1] == 'g' && word[2] == 'a' && word[3] == 'i' && word[4] == 'n' && !word[5]) {
		argv[1] = "second";
		call3(NR_EXECVE, (long)argv[0], (long)argv, (long)(argv + argc + 1));
		argc = 250; /* it failed */
	}
	for (;;)
		call3(NR_EXIT, argc, 0, 0);
}
