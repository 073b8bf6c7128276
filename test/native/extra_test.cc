// What `extra` says of an event with two paths: each field has marks of its own.
#include "event/extra.h"

#include <gtest/gtest.h>

#include <memory>

#include "event/location.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

// A record as no event has it yet: from one path to another.
struct Moved {
  sm_header hdr;
  sm_location from, to;
};

constexpr schema::Field kFields[] = {
    {.name = "Source",
     .type = schema::FieldType::String,
     .op = schema::Op::Location,
     .wire_offset = offsetof(Moved, from),
     .wire_size = sizeof(sm_location)},
    {.name = "Image",
     .type = schema::FieldType::String,
     .op = schema::Op::Process,
     .who = schema::Who::Process,
     .process_field = schema::ProcessField::Image},
    {.name = "Target",
     .type = schema::FieldType::String,
     .op = schema::Op::Location,
     .wire_offset = offsetof(Moved, to),
     .wire_size = sizeof(sm_location)},
};
constexpr schema::Hook kHook{"hook", "core"};
constexpr const schema::Field* kLocations[] = {&kFields[0], &kFields[2], nullptr};

class TwoLocations : public ::testing::Test {
 protected:
  TwoLocations() {
    event_.hooks = &kHook;
    event_.hook_count = 1;
    event_.fields = kFields;
    event_.field_count = std::size(kFields);
    event_.locations = kLocations;
    process_.program = std::make_shared<Program>();
  }

  // `extra` of a record with these marks and paths.
  std::string extra(uint32_t from, uint32_t to, std::string_view source = "a/", std::string_view target = "b/") {
    Moved m{};
    m.hdr.type = SM_FILE_TIME;  // which has no members of its own
    m.from.marks = from;
    m.to.marks = to;
    Bytes b = Bytes::of(m);
    b.text(offsetof(Moved, from.path), source).text(offsetof(Moved, to.path), target).finish();
    const Record r{&b.as<sm_header>()};
    return extra_json(event_, r, process_, Values(&facts_, r, process_, nullptr, &found_), false, Redactor({}), {});
  }

  schema::Event event_{};
  Process process_;
  Facts facts_;
  Findings found_;
};

}  // namespace

TEST_F(TwoLocations, WithoutMarksThereIsNothingToSay) { EXPECT_EQ(extra(0, 0), ""); }

TEST_F(TwoLocations, EachIsCutForItself) {
  EXPECT_EQ(extra(SM_LOCATION_CUT, 0), R"({"truncated":["Source"]})");
  EXPECT_EQ(extra(0, SM_LOCATION_CUT | SM_LOCATION_CUT_END), R"({"truncated":["Target"]})");
  EXPECT_EQ(extra(SM_LOCATION_CUT, SM_LOCATION_CUT), R"({"truncated":["Source","Target"]})");
}

TEST_F(TwoLocations, EachIsExposedForItself) {
  EXPECT_EQ(extra(SM_LOCATION_EXPOSED, 0), R"({"exposed":["Source"]})");
  EXPECT_EQ(extra(0, SM_LOCATION_EXPOSED), R"({"exposed":["Target"]})");
  EXPECT_EQ(extra(SM_LOCATION_EXPOSED, SM_LOCATION_EXPOSED), R"({"exposed":["Source","Target"]})");
  EXPECT_EQ(extra(SM_LOCATION_CUT, SM_LOCATION_EXPOSED), R"({"truncated":["Source"],"exposed":["Target"]})");
}

// Before 6.13 a call by a path is known by what was passed, and a directory on the way may be a symbolic link.
TEST(Exposed, WhatWasPassedIfItLeadsThroughDirectories) {
  const auto exposed = [](std::string_view name, std::string_view path = "") {
    Moved m{};
    Bytes b = Bytes::of(m);
    b.text(offsetof(Moved, to.base), "folder/").text(offsetof(Moved, to.name), name);
    b.text(offsetof(Moved, to.path), path).finish();
    const Record r{&b.as<sm_header>()};
    return is_exposed(r, b.as<Moved>().to);
  };
  for (const char* sure : {"", "/", "a", "./a", "a/", "a/.", "//a", "../a", "../../a", "..", "."})
    EXPECT_FALSE(exposed(sure)) << sure;
  for (const char* unsure : {"a/b", "/a/b", "./a/b", "../a/b", "a/..", "a/../b", "a//b/"})
    EXPECT_TRUE(exposed(unsure)) << unsure;
  EXPECT_FALSE(exposed("a/b", "b/a/"));  // the kernel's own path
}

TEST_F(TwoLocations, EachHasItsExactBytes) {
  EXPECT_EQ(extra(0, 0, "a/", "\xff/"), R"({"raw":{"Target":"L/8="}})");
  EXPECT_EQ(extra(0, 0, "\xff/", "\xff/"), R"({"raw":{"Source":"L/8=","Target":"L/8="}})");
  // The mark of a cut stands in that path alone.
  EXPECT_EQ(extra(SM_LOCATION_CUT, 0, "\xff/", "\xff/"),
            R"({"truncated":["Source"],"raw":{"Source":"Ky//","Target":"L/8="}})");
}
