#include "event/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "records.h"
#include "schema.gen.h"

using namespace sysmon;
using namespace sysmon::test;

static DecodeError decoded(Bytes& b, size_t size) {
  Record r{};
  const DecodeError e = decode(b.data(), size, &r);
  EXPECT_EQ(r.header != nullptr, e == DecodeError::kNone) << "a refused record must not be handed out";
  return e;
}
static DecodeError decoded(Bytes& b) { return decoded(b, b.size()); }

TEST(Decoder, AcceptsEveryType) {
  Exec e;
  Bytes fork = fork_of({}, kNobody), exec = exec_of(e), exit = exit_of({});
  e.type = SM_ALIVE;
  Bytes alive = exec_of(e);
  for (Bytes* b : {&fork, &exec, &exit, &alive}) EXPECT_EQ(decoded(*b), DecodeError::kNone);
}

TEST(Decoder, GivesTheTexts) {
  Bytes b = exec_of({});
  Record r{};
  ASSERT_EQ(decode(b.data(), b.size(), &r), DecodeError::kNone);
  EXPECT_EQ(r.text(r.as<sm_exec_record>().image), "ls/bin/usr/");
  EXPECT_EQ(r.text(r.as<sm_exec_record>().argv), std::string_view("ls\0-l\0", 6));
  EXPECT_EQ(r.text(r.as<sm_exec_record>().script), "");
}

TEST(Decoder, RefusesWhatIsShorterThanAHeader) {
  Bytes b = exit_of({});
  for (size_t n = 0; n < sizeof(sm_header); n++) EXPECT_EQ(decoded(b, n), DecodeError::kShort) << n;
}

TEST(Decoder, RefusesUnknownTypes) {
  Bytes b = exec_of({});
  for (uint32_t type = 0; type <= UINT16_MAX; type++) {
    if (std::any_of(std::begin(schema::kRecords), std::end(schema::kRecords),
                    [type](const auto& r) { return r.type == type; }))
      continue;
    b.as<sm_header>().type = static_cast<uint16_t>(type);
    ASSERT_EQ(decoded(b), DecodeError::kType) << type;
  }
}

TEST(Decoder, RefusesASizeBelowTheFixedPartOfItsType) {
  for (const auto& type : schema::kRecords) {
    Bytes b = exec_of({});
    b.as<sm_header>().type = type.type;
    for (uint32_t size = 0; size < type.fixed_size; size++) {
      b.as<sm_header>().size = size;
      ASSERT_EQ(decoded(b), DecodeError::kSize) << type.name << ' ' << size;
    }
  }
}

TEST(Decoder, RefusesASizeBeyondTheSample) {
  Bytes b = exec_of({});
  for (const uint32_t size : {static_cast<uint32_t>(b.size()) + 1, UINT32_MAX, UINT32_MAX - 7, 0x80000000u}) {
    b.as<sm_header>().size = size;
    EXPECT_EQ(decoded(b), DecodeError::kSize) << size;
  }
}

TEST(Decoder, AcceptsASampleLongerThanItsRecord) {
  Bytes b = exit_of({});
  b.resize(b.size() + 64);
  EXPECT_EQ(decoded(b), DecodeError::kNone);
}

// Every text of every type, at every kind of wrong place.
TEST(Decoder, RefusesTextsOutsideTheRecord) {
  for (const auto& type : schema::kRecords) {
    for (uint16_t i = 0; i < type.text_count; i++) {
      Bytes good;
      good.resize(type.fixed_size + 280);
      good.as<sm_header>() = header(type.type, {});
      good.finish();
      const auto size = static_cast<uint32_t>(good.size());
      const sm_text bad[] = {
          {size, 1},                      // starts at the end
          {size - 1, 2},                  // ends behind it
          {type.fixed_size, size},        // longer than what is left
          {type.fixed_size - 1, 1},       // inside the fixed part
          {0, 1},                         // the header itself
          {size + 1, 1},                  // starts behind the end
          {UINT32_MAX, 1},                // off + len wraps to 0
          {UINT32_MAX - 3, 8},            // and to something small
          {type.fixed_size, UINT32_MAX},  // len alone wraps
          {0x80000000u, 0x80000000u},     // both do
          {type.fixed_size, UINT32_MAX - type.fixed_size + 1},
      };
      for (const sm_text& t : bad) {
        Bytes b = good;
        std::memcpy(b.data() + type.texts[i], &t, sizeof t);
        EXPECT_EQ(decoded(b), DecodeError::kText) << type.name << " text " << i << " off " << t.off << " len " << t.len;
      }
      // Exactly the room there is, and nothing at a wild place: both fine.
      for (const sm_text& t : {sm_text{type.fixed_size, size - type.fixed_size}, sm_text{size - 1, 1},
                               sm_text{UINT32_MAX, 0}, sm_text{0, 0}}) {
        Bytes b = good;
        std::memcpy(b.data() + type.texts[i], &t, sizeof t);
        EXPECT_EQ(decoded(b), DecodeError::kNone) << type.name << " text " << i << " off " << t.off << " len " << t.len;
      }
    }
  }
}

TEST(Decoder, BoundsTextsByTheRecordNotByTheSample) {
  Bytes b = exec_of({});
  const auto size = static_cast<uint32_t>(b.size());
  b.resize(size + 64);
  const sm_text t{size, 8};
  std::memcpy(b.data() + offsetof(sm_exec_record, argv), &t, sizeof t);
  EXPECT_EQ(decoded(b), DecodeError::kText);
}

TEST(Decoder, DescribesEveryError) {
  for (const auto e :
       {DecodeError::kNone, DecodeError::kShort, DecodeError::kType, DecodeError::kSize, DecodeError::kText})
    EXPECT_STRNE(describe(e), "");
}
