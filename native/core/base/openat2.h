// openat2(2). Its number and its flags stand here: the C library and the headers of the oldest systems that the addon
// is built on know neither.
#pragma once
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#include "base/fd.h"

namespace sysmon {

constexpr uint64_t kResolveNoMagicLinks = 0x02;
constexpr uint64_t kResolveNoSymlinks = 0x04;
constexpr uint64_t kResolveBeneath = 0x08;
constexpr uint64_t kResolveInRoot = 0x10;
constexpr uint64_t kResolveCached = 0x20;  // since 5.12

// None, and errno says why: EINVAL where the kernel does not know one of the flags.
inline Fd open_resolved(int directory, const char* path, int flags, uint64_t resolve) {
  constexpr long kOpenat2 = 437;  // on every architecture
  const struct { uint64_t flags, mode, resolve; } how = {static_cast<uint64_t>(flags), 0, resolve};
  return Fd(static_cast<int>(syscall(kOpenat2, directory, path, &how, sizeof how)));
}

}  // namespace sysmon
