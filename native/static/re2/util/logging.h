/*
 * What RE2 includes instead of its own header of this name in released binaries: that one writes by streams, and with
 * them the locales of libstdc++ come along, a fifth of a binary. The library says nothing: what RE2 tells of a pattern
 * is in its error as well. What it holds for impossible ends the process, as there.
 */
#pragma once
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/util.h"

namespace sysmon_re2 {
struct Nothing {
  template <typename T>
  const Nothing& operator<<(const T&) const {
    return *this;
  }
};
[[noreturn]] inline void fail(const char* what) {
  fprintf(stderr, "sysmon: RE2: %s\n", what);
  abort();
}
}  // namespace sysmon_re2

// Where the message is not wanted its parts are not made.
#define SYSMON_RE2_QUIET \
  if (true) {            \
  } else                 \
    sysmon_re2::Nothing()

#define CHECK(x)                             \
  if (x) {                                   \
  } else if ((sysmon_re2::fail(#x), true)) { \
  } else                                     \
    sysmon_re2::Nothing()
#define CHECK_LT(x, y) CHECK((x) < (y))
#define CHECK_GT(x, y) CHECK((x) > (y))
#define CHECK_LE(x, y) CHECK((x) <= (y))
#define CHECK_GE(x, y) CHECK((x) >= (y))
#define CHECK_EQ(x, y) CHECK((x) == (y))
#define CHECK_NE(x, y) CHECK((x) != (y))

#define DCHECK(x) assert(x)
#define DCHECK_EQ(x, y) assert((x) == (y))
#define DCHECK_NE(x, y) assert((x) != (y))
#define DCHECK_LE(x, y) assert((x) <= (y))
#define DCHECK_LT(x, y) assert((x) < (y))
#define DCHECK_GE(x, y) assert((x) >= (y))
#define DCHECK_GT(x, y) assert((x) > (y))

#define SYSMON_RE2_INFO SYSMON_RE2_QUIET
#define SYSMON_RE2_WARNING SYSMON_RE2_QUIET
#define SYSMON_RE2_ERROR SYSMON_RE2_QUIET
#define SYSMON_RE2_DFATAL SYSMON_RE2_QUIET
#define SYSMON_RE2_FATAL CHECK(false)
#define SYSMON_RE2_QFATAL CHECK(false)
#define LOG(severity) SYSMON_RE2_##severity
#define VLOG(x) SYSMON_RE2_QUIET
