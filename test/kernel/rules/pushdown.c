/*
 * Work whose events rules drop, or not: pushdown FOLDER PORT PORT. It makes files with several endings and in several
 * directories below FOLDER, removes some, renames some, and connects to both ports of 127.0.0.1, twelve times, with
 * pauses in which a sensor can find out what it does. It connects to what refuses it as well.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[4096];
static const char *folder;

static const char *in_folder(const char *format, int i)
{
	int n = snprintf(path, sizeof path, "%s/", folder);

	snprintf(path + n, sizeof path - n, format, i);
	return path;
}

static void make(const char *format, int i)
{
	int fd = open(in_folder(format, i), O_CREAT | O_TRUNC | O_WRONLY, 0600);

	if (fd < 0 || write(fd, "x", 1) != 1) {
		perror(path);
		exit(1);
	}
	close(fd);
}

static void connect_to(int port)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	connect(fd, (struct sockaddr *)&a, sizeof a);
	close(fd);
}

int main(int argc, char **argv)
{
	char to[4096];
	int i;

	if (argc != 4)
		return 2;
	folder = argv[1];
	mkdir(in_folder("quiet", 0), 0700);
	mkdir(in_folder("Loud", 0), 0700);
	for (i = 0; i < 12; i++) {
		make("a%d.log", i);
		make("quiet/b%d", i);
		make("Loud/c%d.LOG", i);
		make("d%d.keep", i);
		make("\xc3\xa9%d.log", i);
		make("\xff%d.txt", i);
		unlink(in_folder("a%d.log", i));
		unlink(in_folder("d%d.keep", i));
		snprintf(to, sizeof to, "%s/quiet/moved%d.log", folder, i);
		rename(in_folder("Loud/c%d.LOG", i), to);
		connect_to(atoi(argv[2]));
		connect_to(atoi(argv[3]));
		connect_to(1);
		usleep(10000);
	}
	return 0;
}
