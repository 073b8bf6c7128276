#include "base/files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <vector>

namespace sysmon {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view line; next_line(&text, &line);) out.emplace_back(line);
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view word; !(word = next_word(&text)).empty();) out.emplace_back(word);
  return out;
}

TEST(Files, LinesAsGetlineGivesThem) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lines_of(""), Lines{});
  EXPECT_EQ(lines_of("a"), Lines{"a"});
  EXPECT_EQ(lines_of("a\n"), Lines{"a"});
  EXPECT_EQ(lines_of("\na\n\nb c"), (Lines{"", "a", "", "b c"}));
}

TEST(Files, Words) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(words_of(""), Words{});
  EXPECT_EQ(words_of(" \t\n"), Words{});
  EXPECT_EQ(words_of("http\t\t80/tcp  www\r"), (Words{"http", "80/tcp", "www"}));
  std::string_view rest = "one  two";
  EXPECT_EQ(next_word(&rest), "one");
  EXPECT_EQ(rest, "  two");
}

TEST(Files, AFileIsReadWholeOrUpToTheLimit) {
  char path[] = "/tmp/sysmon-files-XXXXXX";
  const int fd = mkstemp(path);
  ASSERT_GE(fd, 0);
  std::string content;
  for (int i = 0; i < 100000; i++) content += std::to_string(i) + '\n';
  ASSERT_EQ(write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
  close(fd);
  EXPECT_EQ(read_file(path), content);
  EXPECT_EQ(read_file(path, 300000), content.substr(0, 300000));
  EXPECT_EQ(read_file(path, 7), content.substr(0, 7));
  EXPECT_EQ(read_file(path, 0), "");
  unlink(path);
  EXPECT_EQ(read_file(path), "");
  EXPECT_EQ(read_file("/tmp"), "");
}

TEST(Files, AFileOfProcThatTellsNoSize) {
  const std::string status = read_file("/proc/self/status");
  EXPECT_EQ(status.compare(0, 5, "Name:"), 0);
  EXPECT_EQ(status.back(), '\n');
}

}  // namespace
}  // namespace sysmon
