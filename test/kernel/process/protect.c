/*
 * Makes memory executable in one of the ways that MemoryProtect tells of, or comes near to it: protect WAY... Says of
 * each how it went, 0 is success, and what the kernel shows of the memory: its protection in /proc/self/maps, or of a
 * file of memory the rights of its owner.
 */
#define _GNU_SOURCE
#include <alloca.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 65536 /* the largest there is */
#define READ PROT_READ
#define WRITE PROT_WRITE
#define EXEC PROT_EXEC
#define NOEXEC_SEAL 8 /* of memfd_create, since 6.3 */

static const char *shown; /* an address that is looked up in maps */
static int shown_file;	  /* or a file of memory */

static int map_of(int protection, int flags, int file)
{
	char *p = mmap(NULL, PAGE, protection, flags, file, 0);

	shown = p == MAP_FAILED ? NULL : p;
	return shown ? 0 : -1;
}

static int protect(char *p, int protection)
{
	shown = p;
	return mprotect(p, PAGE, protection);
}

static char *filled(int flags, int file)
{
	char *p = mmap(NULL, PAGE, READ | WRITE, flags, file, 0);

	if (p == MAP_FAILED)
		exit(3);
	memset(p, 1, PAGE);
	return p;
}

static char *whole_pages(char *p)
{
	return (char *)(((unsigned long)p + PAGE - 1) & ~(PAGE - 1ul));
}

static int file_of(const char *name, int flags)
{
	int file = open(name, O_RDWR | O_CREAT | O_TRUNC | flags, 0700);

	if (file < 0 || ftruncate(file, PAGE))
		exit(3);
	return file;
}

static int memory_file(const char *name, unsigned int flags)
{
	int file = (int)syscall(SYS_memfd_create, name, flags);

	if (file >= 0 && ftruncate(file, PAGE))
		exit(3);
	return file;
}

/* Code of its own, which nothing runs. */
__asm__(".pushsection .text\n.balign 65536\npatched: .skip 65536\n.popsection");
extern char patched[];

static int act(const char *way)
{
	char *p;
	int file;

	if (!strcmp(way, "mmap"))
		return map_of(READ | WRITE | EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (!strcmp(way, "mprotect"))
		return protect(filled(MAP_PRIVATE | MAP_ANONYMOUS, -1), READ | EXEC);
	if (!strcmp(way, "in-steps"))
		return (p = filled(MAP_PRIVATE | MAP_ANONYMOUS, -1)) && !protect(p, READ) ? protect(p, READ | EXEC)
											  : -1;
	if (!strcmp(way, "pkey")) {
		shown = filled(MAP_PRIVATE | MAP_ANONYMOUS, -1);
		return (int)syscall(SYS_pkey_mprotect, shown, (long)PAGE, (long)(READ | EXEC), -1L);
	}
	if (!strcmp(way, "heap")) {
		p = sbrk(3 * PAGE);
		return protect(whole_pages(p), READ | WRITE | EXEC);
	}
	if (!strcmp(way, "stack")) {
		p = alloca(3 * PAGE);
		memset(p, 0, 3 * PAGE);
		return protect(whole_pages(p), READ | WRITE | EXEC);
	}
	if (!strcmp(way, "memfd")) {
		shown_file = memory_file("made", 0);
		return shown_file < 0 ? -1 : 0;
	}
	if (!strcmp(way, "memfd-mapped"))
		return map_of(READ | EXEC, MAP_SHARED, memory_file("mapped", 0));
	if (!strcmp(way, "shared"))
		return map_of(READ | WRITE | EXEC, MAP_SHARED | MAP_ANONYMOUS, -1);
	if (!strcmp(way, "deleted")) {
		file = file_of("deleted", 0);
		return unlink("deleted") ? -1 : map_of(READ | EXEC, MAP_SHARED, file);
	}
	if (!strcmp(way, "written-file"))
		return protect(filled(MAP_PRIVATE, file_of("written", 0)), READ | EXEC);
	if (!strcmp(way, "open-file"))
		return map_of(READ | WRITE | EXEC, MAP_SHARED, file_of("open", 0));
	if (!strcmp(way, "image"))
		return protect(patched, READ | WRITE | EXEC);
	if (!strcmp(way, "over-image")) {
		shown = mmap(patched, PAGE, READ | EXEC, MAP_PRIVATE | MAP_FIXED, file_of("over", 0), 0);
		return shown == MAP_FAILED ? -1 : 0;
	}
	/* Near misses. */
	if (!strcmp(way, "zeros"))
		return map_of(READ | EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (!strcmp(way, "never-written"))
		return map_of(READ, MAP_PRIVATE | MAP_ANONYMOUS, -1) ? -1 : protect((char *)shown, READ | EXEC);
	if (!strcmp(way, "not-executable"))
		return protect(filled(MAP_PRIVATE | MAP_ANONYMOUS, -1), READ);
	if (!strcmp(way, "refused"))
		return mprotect(filled(MAP_PRIVATE | MAP_ANONYMOUS, -1) + 1, PAGE, READ | EXEC);
	if (!strcmp(way, "library"))
		return map_of(READ | EXEC, MAP_PRIVATE, file_of("library", 0));
	if (!strcmp(way, "read-file"))
		return map_of(READ, MAP_PRIVATE, file_of("read", 0)) ? -1 : protect((char *)shown, READ | EXEC);
	if (!strcmp(way, "image-again"))
		return protect(patched, READ | EXEC);
	if (!strcmp(way, "data"))
		return map_of(READ | WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	if (!strcmp(way, "sealed")) {
		shown_file = memory_file("sealed", NOEXEC_SEAL);
		return shown_file < 0 ? -1 : 0;
	}
	return strcmp(way, "nothing") ? -1 : 0;
}

static void show(char *out)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long a, b, at = (unsigned long)shown;
	char line[512], protection[8];
	struct stat s;

	strcpy(out, "-");
	if (shown_file && !fstat(shown_file, &s))
		sprintf(out, "%c%c%c", s.st_mode & 0400 ? 'r' : '-', s.st_mode & 0200 ? 'w' : '-',
			s.st_mode & 0100 ? 'x' : '-');
	while (shown && maps && fgets(line, sizeof line, maps))
		if (sscanf(line, "%lx-%lx %7s", &a, &b, protection) == 3 && a <= at && at < b)
			sprintf(out, "%.3s", protection);
	if (maps)
		fclose(maps);
}

int main(int argc, char **argv)
{
	char kernel[16];
	int i;

	for (i = 1; i < argc; i++) {
		shown = NULL;
		shown_file = 0;
		int result = act(argv[i]), error = errno;

		show(kernel);
		printf("%s %d %s\n", argv[i], result == 0 ? 0 : -error, kernel);
	}
	return 0;
}
