// The kernel's list of modules: what it says, and what is missing in it.
#include "kernel/modules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/wire.h"
#include "event/decoder.h"

using namespace sysmon;

namespace {

struct Names : LoadedModules {
  explicit Names(std::set<std::string>* names) : all(*names) {}
  std::set<std::string> names() const override { return all; }
  void add(const std::string& name) override { all.insert(name); }
  void remove(const std::string& name) override { all.erase(name); }
  std::set<std::string>& all;
};

class ModulesTest : public ::testing::Test {
 protected:
  void TearDown() override { unlink(path_.c_str()); }
  void write(const std::vector<std::string>& names) {
    std::ofstream out(path_);
    for (const auto& name : names) out << name << " 16384 0 - Live 0xffffffffc0000000 (OE)\n";
  }
  void found(const void* data, size_t size) {
    Record r;
    ASSERT_EQ(decode(data, size, &r), DecodeError::kNone);
    const auto& m = r.as<sm_module_load_record>();
    EXPECT_EQ(m.hdr.pid, 0u);
    EXPECT_NE(m.hidden, m.existing);
    told_.push_back((m.hidden ? "hidden " : "") + std::string(r.text(m.name)));
  }
  Modules::Found into_told() {
    return [this](const void* data, size_t size) { found(data, size); };
  }
  std::vector<std::string> looked() {
    told_.clear();
    limit_ = modules_.look(into_told());
    return told_;
  }

  using Told = std::vector<std::string>;
  const std::string path_ = testing::TempDir() + "modules-" + std::to_string(getpid());
  std::set<std::string> loaded_;
  Modules modules_{std::make_unique<Names>(&loaded_), path_};
  Told told_;
  std::string limit_;
};

TEST(KernelModules, WhatTheListSays) {
  const auto all = modules_of(
      "xfs 2113536 1 - Live 0xffffffffc0a00000\n"
      "rootkit 20480 0 - Live 0x0000000000000000 (POE)\n"
      "nf_tables 315392 2 nft_ct,nft_chain_nat, Unloading 0xffffffffc0900000 (E-)\n"
      "late 1 1 - Loading 0x0 (+)\n"
      "cut");
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(all[0].name, "xfs");
  EXPECT_EQ(all[0].size, 2113536u);
  EXPECT_EQ(all[0].taints, 0u);
  EXPECT_TRUE(all[0].live);
  EXPECT_EQ(all[1].taints, 1u << 0 | 1u << 12 | 1u << 13);
  EXPECT_EQ(all[2].taints, 1u << 13);
  EXPECT_FALSE(all[2].live || all[3].live || all[4].live);
}

TEST_F(ModulesTest, ListsWhatIsThere) {
  write({"a", "b"});
  std::vector<std::vector<uint8_t>> records;
  modules_.list([&](const void* data, size_t size) {
    const auto* bytes = static_cast<const uint8_t*>(data);
    records.emplace_back(bytes, bytes + size);
    found(data, size);
  });
  EXPECT_EQ(told_, (Told{"a", "b"}));
  EXPECT_EQ(loaded_, (std::set<std::string>{"a", "b"}));
  const auto& m = *reinterpret_cast<const sm_module_load_record*>(records[0].data());
  EXPECT_EQ(m.size, 16384u);
  EXPECT_EQ(m.taints, 1u << 12 | 1u << 13);
  EXPECT_EQ(m.signature, 1);
  EXPECT_EQ(m.existing, 1);
  EXPECT_EQ(m.hook, SM_HOOK_MODULE_LOAD_PROC_MODULES);
  EXPECT_EQ(looked(), Told{});
}

TEST_F(ModulesTest, HiddenIsWhatIsMissingTwice) {
  write({"a", "b"});
  modules_.list(into_told());
  loaded_.insert("new");  // the kernel side has seen it come
  write({"a", "b", "new"});
  EXPECT_EQ(looked(), Told{});
  write({"a"});
  EXPECT_EQ(looked(), Told{}) << "once may be a list that changed while it was read";
  loaded_.erase("b");  // it was on its way out
  EXPECT_EQ(looked(), Told{"hidden new"});
  EXPECT_EQ(looked(), Told{}) << "it is told once";
  write({"a", "new"});
  EXPECT_EQ(looked(), Told{});
  write({"a"});
  looked();
  EXPECT_EQ(looked(), Told{"hidden new"}) << "it had shown itself";
}

TEST_F(ModulesTest, AListThatCannotBeReadSaysNothing) {
  write({"a"});
  modules_.list(into_told());
  unlink(path_.c_str());
  EXPECT_EQ(looked(), Told{});
  EXPECT_EQ(looked(), Told{});
}

TEST_F(ModulesTest, SaysOnceWhatItCannotLookAfter) {
  write({"a"});
  for (size_t i = 0; i < Modules::kMost; i++) loaded_.insert("m" + std::to_string(i));
  looked();
  EXPECT_NE(limit_.find("1024"), std::string::npos);
  looked();
  EXPECT_EQ(limit_, "");
}

}  // namespace
