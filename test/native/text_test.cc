#include "base/text.h"

#include <gtest/gtest.h>

#include <random>

using namespace sysmon;

static std::string text(std::string_view bytes, bool clean) {
  std::string out;
  EXPECT_EQ(append_text(bytes, &out), clean);
  return out;
}

TEST(Text, WhatIsTextIsLeftAsItIs) {
  for (const std::string_view bytes : {"", "plain", "longer than eight bytes", "\xc3\xa4", "ends with \xf0\x9f\x98\x80",
                                       "\xff", "half \xc3", "a\xed\xa0\x80z"}) {
    std::string out;
    EXPECT_EQ(append_text(bytes, &out), is_text(bytes)) << bytes;
    EXPECT_EQ(out == bytes, is_text(bytes)) << bytes;
  }
}

TEST(Text, TimesOfTheCalendar) {
  EXPECT_EQ(utc_text(1700000002, 3004005), "2023-11-14 22:13:22.003");
  EXPECT_EQ(iso_text(1700000002, 3004005), "2023-11-14T22:13:22.003004Z");
  EXPECT_EQ(iso_text(-1, 0), "1969-12-31T23:59:59.000000Z");
  EXPECT_EQ(utc_text(INT64_MAX, 0), "-");
}

TEST(Text, KeepsValidUtf8) {
  for (const char* s : {"", "plain", "exactly8", "gr\xc3\xbc\xc3\x9f", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                        "\x7f\x01\n\t", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(text(s, true), s);
}

TEST(Text, EscapesWhatIsNotUtf8) {
  const std::pair<std::string_view, const char*> cases[] = {
      {"\x80", "\\x80"},  // lone continuation
      {"\xbf", "\\xbf"},
      {"\xc0\x80", "\\xc0\\x80"},  // overlong NUL
      {"\xc1\xbf", "\\xc1\\xbf"},  // overlong
      {"\xe0\x9f\xbf", "\\xe0\\x9f\\xbf"},
      {"\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf"},
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // surrogates
      {"\xed\xbf\xbf", "\\xed\\xbf\\xbf"},
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // above U+10FFFF
      {"\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"\xc3", "\\xc3"},  // cut sequences
      {"\xe2\x82", "\\xe2\\x82"},
      {"\xf0\x9f\x98", "\\xf0\\x9f\\x98"},
      {"a\xc3(b", "a\\xc3(b"},  // continuation missing
      {"12345678\xff"
       "9",
       "12345678\\xff9"},                 // behind a whole word of ASCII
      {"\xff\xc3\xa9", "\\xff\xc3\xa9"},  // valid again right after
  };
  for (const auto& [bytes, expected] : cases) EXPECT_EQ(text(bytes, false), expected);
}

TEST(Text, EveryByteAlone) {
  for (int c = 0; c < 256; c++) {
    const char byte = static_cast<char>(c);
    std::string out;
    EXPECT_EQ(append_text({&byte, 1}, &out), c < 0x80) << c;
    EXPECT_EQ(out.size(), c < 0x80 ? 1u : 4u);
  }
}

// Whatever comes in, valid UTF-8 goes out: the escaped text passes unchanged through a second run.
TEST(Text, IsIdempotentOnRandomBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; i++) {
    std::string bytes(random() % 24, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 3 ? random() : random() | 0x80);
    std::string once;
    append_text(bytes, &once);
    EXPECT_EQ(text(once, true), once);
  }
}

TEST(Text, PathOf) {
  EXPECT_EQ(path_of("ls/bin/usr/", false, false), "/usr/bin/ls");
  EXPECT_EQ(path_of("ls/", false, false), "/ls");
  EXPECT_EQ(path_of("/", false, false), "/");
  EXPECT_EQ(path_of("/", true, false), "+/");
  EXPECT_EQ(path_of("c/b/", true, false), "+/b/c");
  EXPECT_EQ(path_of("memfd:x/", false, true), "/memfd:x");
  EXPECT_EQ(path_of("a b\n/", false, false), "/a b\n");
  EXPECT_EQ(path_of("", false, false), "");
}

TEST(Text, PathOfBytesThatNoProbeWrites) {
  for (const char* s : {"x", "//", "///", "/x", "a//", "/a/", "no/end"})
    for (const bool pseudo : {false, true})
      for (const bool cut : {false, true}) EXPECT_LE(path_of(s, cut, pseudo).size(), strlen(s) + 2);
}

TEST(Text, PathOfManyComponents) {
  std::string components, expected;
  for (int i = 0; i < 2000; i++) {
    components = std::to_string(i) + '/' + components;
    expected += '/' + std::to_string(i);
  }
  EXPECT_EQ(path_of(components, false, false), expected);
}

static CommandLine line(std::string_view argv) { return command_line_of(argv); }
using Ends = std::vector<uint32_t>;

TEST(Text, CommandLineOf) {
  using namespace std::string_view_literals;
  EXPECT_EQ(line("ls\0-l\0"sv).text, "ls -l");
  EXPECT_EQ(line("ls\0-l\0"sv).ends, (Ends{2, 5}));
  EXPECT_EQ(line("ls\0-l"sv).text, "ls -l") << "a last NUL that was cut off";
  EXPECT_EQ(line(""sv).ends, Ends{});
  EXPECT_EQ(line("\0"sv).ends, Ends{0}) << "one empty argument";
  EXPECT_EQ(line("a\0\0b\0"sv).text, "a  b") << "an empty argument in the middle";
  EXPECT_EQ(line("a\0\0b\0"sv).ends, (Ends{1, 2, 4}));
  EXPECT_EQ(line("a b\0c\0"sv).ends, (Ends{3, 5})) << "spaces do not part arguments";
}

TEST(Text, CommandLineCountsUtf16Units) {
  using namespace std::string_view_literals;
  EXPECT_EQ(line("\xc3\xa9\0x\0"sv).ends, (Ends{1, 3}));
  EXPECT_EQ(line("\xe2\x82\xac\0x\0"sv).ends, (Ends{1, 3}));
  EXPECT_EQ(line("\xf0\x9f\x98\x80\0x\0"sv).ends, (Ends{2, 4}));
  const CommandLine c = line("\xff\0x\0"sv);
  EXPECT_EQ(c.ends, (Ends{4, 6}));
  EXPECT_FALSE(c.clean);
  EXPECT_EQ(c.text, "\\xff x");
}

TEST(Text, Base64) {
  for (const auto& [in, out] : {std::pair{"", ""},
                                {"f", "Zg=="},
                                {"fo", "Zm8="},
                                {"foo", "Zm9v"},
                                {"foob", "Zm9vYg=="},
                                {"fooba", "Zm9vYmE="},
                                {"foobar", "Zm9vYmFy"}})
    EXPECT_EQ(base64(in), out);
  EXPECT_EQ(base64(std::string_view("\xff\xfe\0\x80", 4)), "//4AgA==");
}

TEST(Text, Json) {
  EXPECT_EQ(json_string("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(json_string(std::string_view("\0\x1f\n", 3)), R"("\u0000\u001f\u000a")");
  EXPECT_EQ(json_string("\xc3\xa9\x7f"), "\"\xc3\xa9\x7f\"");
  EXPECT_EQ(json_string(""), "\"\"");
}
