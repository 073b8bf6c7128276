/*
 * What can be done with eBPF, one way after the other, and for each a line of JSON with what the kernel itself says of
 * the objects (BPF_OBJ_GET_INFO_BY_FD): {"what":…,"error":…,"program":…,"link":…,"map":…}
 *   bpf-ways hold                      loads a program, says so, waits until standard input ends
 *   bpf-ways ways CGROUP BPFFS TRACEPOINT   CGROUP may be - : then nothing is attached to one
 *   bpf-ways misses
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct bpf_insn nothing[] = {
    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 1},
    {.code = BPF_JMP | BPF_EXIT},
};
static const struct bpf_insn endless[] = {{.code = BPF_JMP | BPF_JA, .off = -1}};

static int bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static int load(int type, int attach, const char *name, const struct bpf_insn *code, int count)
{
	union bpf_attr attr = {.prog_type = type, .expected_attach_type = attach, .insn_cnt = count};

	attr.insns = (unsigned long)code;
	attr.license = (unsigned long)"GPL";
	strcpy(attr.prog_name, name);
	return bpf(BPF_PROG_LOAD, &attr);
}

static __u32 id_of(int fd)
{
	struct {
		__u32 type, id, more[62];
	} info = {};
	union bpf_attr attr = {.info = {.bpf_fd = fd, .info_len = sizeof(info), .info = (unsigned long)&info}};

	return fd >= 0 && !bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) ? info.id : 0;
}

/* To be called at once: it tells what errno is. */
static int say(const char *what, int result, int program, int link, int map)
{
	int error = result < 0 ? errno : 0;

	printf("{\"what\":\"%s\",\"error\":%d,\"program\":%u,\"link\":%u,\"map\":%u}\n", what, error, id_of(program),
	       id_of(link), id_of(map));
	fflush(stdout);
	return result;
}

static int program(const char *what, int type, int attach, const char *name)
{
	int fd = load(type, attach, name, nothing, 2);

	return say(what, fd, fd, -1, -1);
}

static int make_map(void)
{
	union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};

	strcpy(attr.map_name, "way_map");
	return bpf(BPF_MAP_CREATE, &attr);
}

static int put(int map)
{
	int key = 0;
	__u64 value = 1;
	union bpf_attr attr = {.map_fd = map, .key = (unsigned long)&key, .value = (unsigned long)&value};

	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

static int pin(int fd, const char *path)
{
	union bpf_attr attr = {.pathname = (unsigned long)path, .bpf_fd = fd};

	return bpf(BPF_OBJ_PIN, &attr);
}

static void in_cgroup(const char *path)
{
	int group = open(path, O_RDONLY | O_DIRECTORY), link;
	int first = program("load", BPF_PROG_TYPE_CGROUP_SKB, BPF_CGROUP_INET_EGRESS, "way_first");
	int second = program("load", BPF_PROG_TYPE_CGROUP_SKB, BPF_CGROUP_INET_EGRESS, "way_second");
	union bpf_attr attach = {.target_fd = group, .attach_bpf_fd = first, .attach_type = BPF_CGROUP_INET_EGRESS};
	union bpf_attr create = {
	    .link_create = {.prog_fd = first, .target_fd = group, .attach_type = BPF_CGROUP_INET_EGRESS}};
	union bpf_attr update = {}, detach = {};

	attach.attach_flags = BPF_F_ALLOW_MULTI;
	say("attach", bpf(BPF_PROG_ATTACH, &attach), first, -1, -1);
	attach.attach_flags = 0;
	say("detach", bpf(BPF_PROG_DETACH, &attach), first, -1, -1);
	link = bpf(BPF_LINK_CREATE, &create);
	say("link", link, first, link, -1);
	update.link_update.link_fd = detach.link_detach.link_fd = link;
	update.link_update.new_prog_fd = second;
	say("update", bpf(BPF_LINK_UPDATE, &update), second, link, -1);
	say("unlink", bpf(BPF_LINK_DETACH, &detach), second, link, -1);
}

static void at_perf_event(int tracepoint)
{
	struct perf_event_attr event = {.type = PERF_TYPE_TRACEPOINT, .size = sizeof(event), .config = tracepoint};
	int fd = syscall(SYS_perf_event_open, &event, -1, 0, -1, PERF_FLAG_FD_CLOEXEC), link;
	int p = program("load", BPF_PROG_TYPE_TRACEPOINT, 0, "way_trace");
	/* BPF_PERF_EVENT */
	union bpf_attr create = {.link_create = {.prog_fd = p, .target_fd = fd, .attach_type = 41}};

	say("ioctl", ioctl(fd, PERF_EVENT_IOC_SET_BPF, p), p, -1, -1);
	close(fd);
	fd = syscall(SYS_perf_event_open, &event, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	create.link_create.target_fd = fd;
	link = bpf(BPF_LINK_CREATE, &create); /* since 5.15 */
	say("perf link", link, p, link, -1);
}

static void ways(const char *cgroup, const char *folder, int tracepoint)
{
	union bpf_attr open = {};
	char path[4096];
	int fd, map;

	program("load", BPF_PROG_TYPE_SOCKET_FILTER, 0, "way_filter");
	program("load", BPF_PROG_TYPE_XDP, 0, "");
	fd = program("load", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, "way_raw");
	open.raw_tracepoint.name = (unsigned long)"task_rename";
	open.raw_tracepoint.prog_fd = fd;
	map = bpf(BPF_RAW_TRACEPOINT_OPEN, &open);
	say("raw", map, fd, map, -1);
	snprintf(path, sizeof(path), "%s/program", folder);
	say("pin", pin(fd, path), fd, -1, -1);
	map = make_map();
	put(map);
	if (!chdir(folder))
		say("pin", pin(map, "map"), -1, -1, map);
	at_perf_event(tracepoint);
	if (strcmp(cgroup, "-"))
		in_cgroup(cgroup);
}

static void misses(void)
{
	union bpf_attr attr = {.attach_bpf_fd = -1, .target_fd = -1};
	int map = make_map(), fd;

	fd = load(BPF_PROG_TYPE_SOCKET_FILTER, 0, "miss_endless", endless, 1);
	say("refused", fd, -1, -1, -1);
	say("attach to nothing", bpf(BPF_PROG_ATTACH, &attr), -1, -1, -1);
	say("unlink nothing", bpf(BPF_LINK_DETACH, &attr), -1, -1, -1);
	say("map of its own", put(map), -1, -1, map);
	say("pin nowhere", pin(map, "/proc/nowhere"), -1, -1, map);
	say("ioctl of no perf event", ioctl(0, PERF_EVENT_IOC_SET_BPF, map), -1, -1, -1);
	memset(&attr, 0, sizeof(attr));
	say("ask", bpf(BPF_PROG_GET_NEXT_ID, &attr), -1, -1, -1);
}

int main(int argc, char **argv)
{
	char end;

	if (argc == 5)
		ways(argv[2], argv[3], atoi(argv[4]));
	else if (argc == 2 && !strcmp(argv[1], "misses"))
		misses();
	else if (argc == 2 && program("load", BPF_PROG_TYPE_SOCKET_FILTER, 0, "way_held") >= 0)
		while (read(0, &end, 1) > 0)
			continue;
	return 0;
}
