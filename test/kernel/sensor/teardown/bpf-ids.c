/*
 * Lists what the kernel holds of eBPF: "prog ID NAME", "map ID NAME", "link ID PROG-ID", a line each.
 *   bpf-ids detach LINK-ID   takes a program off its hook
 *   bpf-ids clear MAP-ID     writes zeros into the map's first value
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static int list(const char *kind, int next, int open_by_id)
{
	union bpf_attr attr;
	__u32 id = 0;

	for (;;) {
		union {
			struct bpf_prog_info prog;
			struct bpf_map_info map;
			struct bpf_link_info link;
		} info;
		int fd, failed;

		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
		if (bpf(next, &attr))
			return errno == ENOENT ? 0 : -1;
		id = attr.next_id;
		memset(&attr, 0, sizeof(attr));
		attr.prog_id = id; /* the same place for all three */
		fd = bpf(open_by_id, &attr);
		if (fd < 0) /* gone meanwhile */
			continue;
		memset(&info, 0, sizeof(info));
		memset(&attr, 0, sizeof(attr));
		attr.info.bpf_fd = fd;
		attr.info.info_len = kind[0] == 'p'   ? sizeof(info.prog)
				     : kind[0] == 'm' ? sizeof(info.map)
						      : sizeof(info.link);
		attr.info.info = (unsigned long)&info;
		failed = bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
		close(fd);
		if (failed)
			return -1;
		if (kind[0] == 'l')
			printf("link %u %u\n", id, info.link.prog_id);
		else
			printf("%s %u %s\n", kind, id, kind[0] == 'p' ? info.prog.name : info.map.name);
	}
}

static int detach(__u32 link)
{
	union bpf_attr attr = {.link_id = link};
	int fd = bpf(BPF_LINK_GET_FD_BY_ID, &attr);

	if (fd < 0)
		return -1;
	memset(&attr, 0, sizeof(attr));
	attr.link_detach.link_fd = fd;
	return bpf(BPF_LINK_DETACH, &attr);
}

static int clear(__u32 map)
{
	static char zeros[4096];
	union bpf_attr attr = {.map_id = map};
	int fd = bpf(BPF_MAP_GET_FD_BY_ID, &attr), key = 0;

	if (fd < 0)
		return -1;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = (unsigned long)&key;
	attr.value = (unsigned long)zeros;
	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

int main(int argc, char **argv)
{
	if (argc == 3) {
		int failed = !strcmp(argv[1], "detach") ? detach(atoi(argv[2])) : clear(atoi(argv[2]));

		if (failed)
			perror(argv[1]);
		return failed ? 1 : 0;
	}
	if (list("prog", BPF_PROG_GET_NEXT_ID, BPF_PROG_GET_FD_BY_ID) ||
	    list("map", BPF_MAP_GET_NEXT_ID, BPF_MAP_GET_FD_BY_ID) ||
	    list("link", BPF_LINK_GET_NEXT_ID, BPF_LINK_GET_FD_BY_ID)) {
		perror("bpf");
		return 1;
	}
	return 0;
}
