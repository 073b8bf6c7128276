/*
 * Does one of the things that ProcessTampering tells of, or comes near to it, and says how it went:
 * tamper WAY; a result of 0 is success.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 65536
#define READ PROT_READ
#define WRITE PROT_WRITE
#define EXEC PROT_EXEC

static char *anonymous(int protection)
{
	char *p = mmap(NULL, PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static char *written(void)
{
	char *p = anonymous(READ | WRITE);

	if (p)
		memset(p, 1, PAGE);
	return p;
}

static int copy_of_self(int to)
{
	int from = open("/proc/self/exe", O_RDONLY);
	struct stat s;

	if (from < 0 || to < 0 || fstat(from, &s) || fchmod(to, 0700))
		exit(3);
	if (sendfile(to, from, NULL, s.st_size) != s.st_size)
		exit(3);
	close(from);
	return to;
}

/* A file that is open to be written to cannot be executed. */
static int run_file(int file, const char *unlinked)
{
	char path[64], *argv[] = {"tampered", "nothing", NULL}, *env[] = {NULL};
	int again;

	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	again = open(path, O_RDONLY | O_CLOEXEC);
	if (unlinked)
		unlink(unlinked);
	close(file);
	return (int)syscall(SYS_execveat, again, "", argv, env, AT_EMPTY_PATH);
}

#ifdef __x86_64__
#define CALL(result, nr, a, b, c, d, e)                                                                                \
	do {                                                                                                           \
		register long r10 __asm__("r10") = d;                                                                  \
		register long r8 __asm__("r8") = e;                                                                    \
		__asm__ volatile("syscall"                                                                             \
				 : "=a"(result)                                                                        \
				 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)                                  \
				 : "rcx", "r11", "memory");                                                            \
	} while (0)
#else
#define CALL(result, nr, a, b, c, d, e)                                                                                \
	do {                                                                                                           \
		register long x8 __asm__("x8") = nr;                                                                   \
		register long x0 __asm__("x0") = a;                                                                    \
		register long x1 __asm__("x1") = b;                                                                    \
		register long x2 __asm__("x2") = c;                                                                    \
		register long x3 __asm__("x3") = d;                                                                    \
		register long x4 __asm__("x4") = e;                                                                    \
		__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");         \
		result = x0;                                                                                           \
	} while (0)
#endif

/* Runs in a copy of itself: the kernel lets a process have another file only once nothing of the old one is mapped. */
__attribute__((used, section("replacer"), optimize("no-stack-protector"))) static void
replacing(long from, long size, struct prctl_mm_map *map)
{
	long result, unused;

	CALL(unused, SYS_munmap, from, size, 0, 0, 0);
	CALL(result, SYS_prctl, PR_SET_MM, PR_SET_MM_EXE_FILE, (long)map->exe_fd, 0, 0);
	/* This needs CAP_SYS_RESOURCE; the other a kernel with CONFIG_CHECKPOINT_RESTORE. */
	if (result)
		CALL(result, SYS_prctl, PR_SET_MM, PR_SET_MM_MAP, (long)map, (long)sizeof(*map), 0);
	CALL(unused, SYS_exit_group, result ? 1 : 0, 0, 0, 0, 0);
	(void)unused;
}
extern char __start_replacer[], __stop_replacer[];

static int replace(const char *by)
{
	char line[512], self[256] = "", *code = anonymous(READ | WRITE | EXEC);
	unsigned long from = ~0ul, upto = 0, a, b, stack = (unsigned long)line;
	FILE *maps = fopen("/proc/self/maps", "r");
	struct prctl_mm_map map = {};

	if (!code || !maps || readlink("/proc/self/exe", self, sizeof self - 1) < 0)
		return -1;
	while (fgets(line, sizeof line, maps)) {
		if (!strstr(line, self) || sscanf(line, "%lx-%lx", &a, &b) != 2)
			continue;
		from = a < from ? a : from;
		upto = b > upto ? b : upto;
	}
	map.start_code = map.start_data = from;
	map.end_code = map.end_data = upto;
	map.start_brk = map.brk = (unsigned long)sbrk(0);
	map.start_stack = map.arg_start = map.arg_end = map.env_start = map.env_end = stack;
	map.exe_fd = open(by, O_RDONLY);
	memcpy(code, __start_replacer, __stop_replacer - __start_replacer);
	__builtin___clear_cache(code, code + PAGE);
	((void (*)(long, long, struct prctl_mm_map *))code)((long)from, (long)(upto - from), &map);
	return -1;
}

static int act(const char *way)
{
	char *p;
	int file;

	if (!strcmp(way, "memfd"))
		return run_file(copy_of_self((int)syscall(SYS_memfd_create, "tampered", 0)), NULL);
	if (!strcmp(way, "deleted"))
		return run_file(copy_of_self(open("deleted", O_RDWR | O_CREAT | O_TRUNC, 0700)), "deleted");
	if (!strcmp(way, "tmpfile"))
		return run_file(copy_of_self(open(".", O_RDWR | O_TMPFILE, 0700)), NULL);
	if (!strcmp(way, "other-name")) {
		file = copy_of_self(open("name", O_RDWR | O_CREAT | O_TRUNC, 0700));
		return link("name", "other-name") ? -1 : run_file(file, "name");
	}
	if (!strcmp(way, "replaced"))
		return replace("/bin/true");
	if (!strcmp(way, "mmap"))
		return anonymous(READ | WRITE | EXEC) && anonymous(READ | WRITE | EXEC) ? 0 : -1;
	if (!strcmp(way, "mprotect"))
		return (p = written()) ? mprotect(p, PAGE, READ | EXEC) : -1;
	if (!strcmp(way, "in-steps"))
		return (p = written()) && !mprotect(p, PAGE, READ) ? mprotect(p, PAGE, READ | EXEC) : -1;
	if (!strcmp(way, "pkey"))
		return (p = written()) ? (int)syscall(SYS_pkey_mprotect, p, (long)PAGE, (long)(READ | EXEC), -1L) : -1;
	if (!strcmp(way, "heap")) {
		p = sbrk(2 * PAGE);
		return mprotect((char *)(((unsigned long)p + PAGE - 1) & ~(PAGE - 1ul)), 4096, READ | WRITE | EXEC);
	}
	/* Near misses. */
	if (!strcmp(way, "zeros"))
		return anonymous(READ | EXEC) ? 0 : -1;
	if (!strcmp(way, "never-written"))
		return (p = anonymous(READ)) ? mprotect(p, PAGE, READ | EXEC) : -1;
	if (!strcmp(way, "not-executable"))
		return (p = written()) ? mprotect(p, PAGE, READ) : -1;
	if (!strcmp(way, "refused"))
		return (p = written()) ? mprotect(p + 1, PAGE, READ | EXEC) : -1;
	if (!strcmp(way, "file")) {
		file = open("/proc/self/exe", O_RDONLY);
		p = mmap(NULL, 4096, READ, MAP_PRIVATE, file, 0);
		return mprotect(p, 4096, READ | EXEC);
	}
	if (!strcmp(way, "busy"))
		return prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, open("/bin/true", O_RDONLY), 0, 0);
	return strcmp(way, "nothing") ? -1 : 0;
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		int result = act(argv[i]);

		printf("%s %d\n", argv[i], result == 0 ? 0 : -errno);
		fflush(stdout);
	}
	return 0;
}
