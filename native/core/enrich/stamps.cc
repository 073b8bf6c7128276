#include "enrich/stamps.h"

#include "base/clock.h"

namespace sysmon {

namespace {
constexpr uint64_t kSecondNs = 1'000'000'000;

// linux/magic.h, and of those that it does not have their own headers.
constexpr uint32_t kOverlay = 0x794c7630, kBtrfs = 0x9123683e;
constexpr uint32_t kInMemory[] = {0x01021994 /* tmpfs */, 0x858458f6 /* ramfs */, 0x958458f6 /* hugetlbfs */};
constexpr uint32_t kServed[] = {
    0x65735546 /* FUSE, virtiofs */,
    0x6969 /* NFS */,
    0xff534d42 /* CIFS */,
    0xfe534d42 /* SMB 2 */,
    0x01021997 /* 9P */,
    0x00c36400 /* Ceph */,
    0x5346414f /* AFS */,
    0x6b414653 /* kAFS */,
    0x73757245 /* Coda */,
    0x786f4256 /* vboxsf */,
    0xbacbacbc /* vmhgfs */,
    0x0bd00bd0 /* Lustre */,
    0x01161970 /* GFS2 */,
    0x7461636f /* OCFS2 */,
    0x19830326 /* BeeGFS */,
    0x47504653 /* GPFS */,
    0x20030528 /* OrangeFS */,
    0x00c0ffee /* hostfs */,
};

template <size_t N>
bool holds(const uint32_t (&list)[N], uint32_t magic) {
  for (const uint32_t m : list)
    if (m == magic) return true;
  return false;
}
}  // namespace

uint64_t change_time(const struct stat& st) {
  return static_cast<uint64_t>(st.st_ctim.tv_sec) * kSecondNs + static_cast<uint64_t>(st.st_ctim.tv_nsec);
}

uint64_t modification_time(const struct stat& st) {
  return static_cast<uint64_t>(st.st_mtim.tv_sec) * kSecondNs + static_cast<uint64_t>(st.st_mtim.tv_nsec);
}

uint64_t file_clock() { return static_cast<uint64_t>(now_ns(CLOCK_REALTIME_COARSE)); }

bool is_past(uint64_t time, uint64_t clock) {
  uint64_t unit = 1;
  while (unit < kSecondNs && time % (unit * 10) == 0) unit *= 10;
  if (unit == kSecondNs) unit *= 2;
  return clock - clock % unit > time;
}

Stamps stamps_of(const sm_file& f) {
  if (holds(kServed, f.magic)) return Stamps::kElsewhere;
  // What is mounted in a user namespace may be an overlay of anything.
  return holds(kInMemory, f.magic) || f.attributes & SM_FILE_USER_MOUNT ? Stamps::kNotThroughMemory : Stamps::kAlways;
}

bool is_renumbered(const sm_file& f) { return f.magic == kOverlay || f.magic == kBtrfs; }

}  // namespace sysmon
