/*
 * Loads and unloads a module of the kernel by the calls themselves, and prints the errno.
 *   modules load FILE ARGUMENTS     finit_module
 *   modules memory FILE ARGUMENTS   init_module
 *   modules unload NAME             delete_module
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int in_memory(int fd, const char *arguments)
{
	struct stat s;
	char *bytes;

	if (fstat(fd, &s))
		return -1;
	bytes = malloc(s.st_size);
	if (read(fd, bytes, s.st_size) != s.st_size)
		return -1;
	return syscall(SYS_init_module, bytes, s.st_size, arguments);
}

int main(int argc, char **argv)
{
	int result = -1, fd;

	errno = EINVAL;
	if (argc == 3 && !strcmp(argv[1], "unload")) {
		result = syscall(SYS_delete_module, argv[2], O_NONBLOCK);
	} else if (argc == 4) {
		fd = open(argv[2], O_RDONLY);
		result = !strcmp(argv[1], "load") ? syscall(SYS_finit_module, fd, argv[3], 0) : in_memory(fd, argv[3]);
	}
	printf("%d\n", result < 0 ? errno : 0);
	return 0;
}
