#include "enrich/guid.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace sysmon;

TEST(Guid, LayoutIsLittleEndianByField) {
  // u32 machine, then the low and the high half of the seconds, then the bytes of the key, lowest first.
  EXPECT_EQ(guid(0xd5f2a3b1, 0x65ab12cd, 0x1122334455667788), "{d5f2a3b1-12cd-65ab-8877-665544332211}");
  EXPECT_EQ(guid(0, 0, 0), "{00000000-0000-0000-0000-000000000000}");
  EXPECT_EQ(guid(UINT32_MAX, UINT32_MAX, UINT64_MAX), "{ffffffff-ffff-ffff-ffff-ffffffffffff}");
}

TEST(Guid, MachineIdIsTheHeadOfEtcMachineId) {
  std::ifstream in("/etc/machine-id");
  std::string line;
  std::getline(in, line);
  const auto expected = line.size() < 8 ? 0u : static_cast<uint32_t>(std::stoul(line.substr(0, 8), nullptr, 16));
  EXPECT_EQ(machine_id(), expected);
}

TEST(Guid, BootIdIsAUuid) {
  EXPECT_EQ(boot_id().size(), 36u);
  EXPECT_EQ(boot_id(), boot_id());
}

TEST(Guid, StrongIdReadsBack) {
  uint64_t start, exec_id;
  uint32_t pid;
  const auto read = [&](const std::string& id) { return parse_strong_id("b-1", id, &start, &pid, &exec_id); };
  EXPECT_TRUE(read(strong_id("b-1", 18446744073709551615u, 4294967295u, 7)));
  EXPECT_EQ(start, 18446744073709551615u);
  EXPECT_EQ(pid, 4294967295u);
  EXPECT_EQ(exec_id, 7u);
  for (const char* other : {"", "b-1", "b-1:1:2", "b-1:1:2:3:4", "b-1:1:2:3 ", "b-1:01:2:3", "b-1:-1:2:3",
                            "b-1:1:4294967298:3", "b-2:1:2:3", "1:2:3"})
    EXPECT_FALSE(read(other)) << other;
}
