// When a file was changed last, as its file system says, and what that proves.
#pragma once
#include <sys/stat.h>

#include <cstdint>

#include "base/wire.h"

namespace sysmon {

// ns since the epoch
uint64_t change_time(const struct stat& st);
uint64_t modification_time(const struct stat& st);

// What file systems take the time of a change from, ns since the epoch: it stands still between two ticks, and so do
// the times.
uint64_t file_clock();

// True if whatever happens to a file while the clock is at `clock` or later gives it another time than this. A file
// system that counts tenths of microseconds, hundredths of seconds or pairs of seconds is known by how round its times
// are.
bool is_past(uint64_t time, uint64_t clock);

// Whether another content always means another change time.
enum class Stamps {
  kAlways,
  // What is written through memory leaves the time as it was: tmpfs and others that no disk stands behind.
  kNotThroughMemory,
  // Somebody else says what the time is, or the content: another machine, or a program.
  kElsewhere,
};
Stamps stamps_of(const sm_file& f);

// Its inode has other numbers than stat(2) tells: overlay and btrfs.
bool is_renumbered(const sm_file& f);

}  // namespace sysmon
