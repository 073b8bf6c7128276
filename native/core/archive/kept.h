// What became of the content of a deleted file.
#pragma once
#include <cstdint>
#include <iterator>
#include <string>

namespace sysmon {

// Why the content was not kept; kRefusals has their names for `extra.archive` and stats().
enum class Refusal : uint8_t {
  kNone,
  kUnknown,      // the record does not say which file it was, and its name does not either
  kOwn,          // a file of the archive itself
  kGone,         // no name and nobody who has it open was left
  kHidden,       // it had a name or was open somewhere, and was not found
  kFilesystem,   // its file system has no handles that we know
  kMount,        // no mount that leads to its file system was found
  kPermission,   // CAP_DAC_READ_SEARCH is missing
  kLarge,        // more than maxFileBytes
  kFull,         // maxTotalBytes is reached
  kSpace,        // the file system of the archive has too little room
  kOccupied,     // something else has its name in the archive
  kUnreadable,   // reading failed
  kUnwritable,   // writing failed
  kUnavailable,  // no libcrypto
  kBusy,         // too many others wait
  kTimeout,      // it took longer than timeoutMs
  kCount,
};

inline constexpr const char* kRefusals[] = {"",           "unknown",    "own",         "gone", "hidden", "filesystem",
                                            "mount",      "permission", "large",       "full", "space",  "occupied",
                                            "unreadable", "unwritable", "unavailable", "busy", "timeout"};
static_assert(std::size(kRefusals) == static_cast<size_t>(Refusal::kCount));

struct Kept {
  Refusal refusal = Refusal::kNone;
  std::string name{};    // in the archive; empty: not kept
  std::string hashes{};  // as in the field Hashes; empty: not read to the end
  bool changed = false;  // while it was copied
  bool fresh = false;    // the archive did not have it yet
  uint64_t bytes = 0;
};

}  // namespace sysmon
