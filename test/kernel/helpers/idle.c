/*
 * Something to look at. Without `do`: waits for a signal, whatever its arguments. With it, acts:
 *   do threads N CODE    N threads end one by one, then the process exits with the code
 *   do setuid UID CODE   changes its user, then exits
 *   do leaderless        its first thread exits, another one waits
 *   do abort             aborts, with core dumps allowed
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void *nothing(void *arg)
{
	return arg;
}

static void *wait(void *arg)
{
	for (;;)
		pause();
	return arg;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc < 3 || strcmp(argv[1], "do")) {
		for (;;)
			pause();
	}
	if (!strcmp(argv[2], "threads")) {
		for (int i = 0; i < atoi(argv[3]); i++) {
			if (pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL))
				return 1;
		}
		return atoi(argv[4]);
	}
	if (!strcmp(argv[2], "leaderless")) {
		if (pthread_create(&thread, NULL, wait, NULL))
			return 1;
		pthread_exit(NULL);
	}
	if (!strcmp(argv[2], "setuid"))
		return setuid(atoi(argv[3])) ? 1 : atoi(argv[4]);
	if (!strcmp(argv[2], "abort")) {
		struct rlimit core = {RLIM_INFINITY, RLIM_INFINITY};

		setrlimit(RLIMIT_CORE, &core);
		abort();
	}
	return 1;
}
