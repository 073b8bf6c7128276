// A directory for the archive, and ways to look into it.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "archive/store.h"
#include "base/failure.h"

namespace sysmon::test {

constexpr StoreLimits kWide{1 << 30, 0};

struct StoreTest : testing::Test {
  void SetUp() override {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/archive";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  static Refusal put(Store& store, const std::string& name, const std::string& content, bool* fresh) {
    Refusal why = Refusal::kNone;
    Store::Draft draft = store.begin(content.size(), &why);
    if (why != Refusal::kNone) return why;
    EXPECT_EQ(write(draft.fd.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
    return store.keep(std::move(draft), name, content.size(), fresh);
  }
  std::string content(const std::string& name) const {
    std::stringstream out;
    out << std::ifstream(path + '/' + name, std::ios::binary).rdbuf();
    return out.str();
  }
  std::set<std::string> names() const {
    std::set<std::string> out;
    for (const auto& e : std::filesystem::directory_iterator(path)) out.insert(e.path().filename());
    return out;
  }
  size_t entries() const {
    return static_cast<size_t>(
        std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator()));
  }
  std::string refused(const std::string& at) const {
    try {
      Store store(at, kWide);
    } catch (const Failure& f) {
      return f.what();
    }
    return "";
  }
  std::string folder, path;
};

}  // namespace sysmon::test
