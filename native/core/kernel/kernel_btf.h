// The kernel's type information (BTF): its own, or a file that stands in for it.
#pragma once
#include <memory>
#include <string>

#include "base/fd.h"

struct btf;

namespace sysmon {

struct FreeBtf {
  void operator()(btf* b) const;
};
using Btf = std::unique_ptr<btf, FreeBtf>;

// The BTF that fields are found by: the file, or without a path the kernel's own. `object` is the BTF of the programs:
// a file is compared with the kernel in the structures that they use, for wrong offsets would give wrong events and no
// error. Throws Failure NO_BTF.
Btf load_kernel_btf(const std::string& path, const btf* object);

// The few of the kernel's types that the programs of an object read, in a file for libbpf to find fields by: it goes
// through all types for each structure, and a kernel has a hundred thousand.
class ReducedBtf {
 public:
  ReducedBtf(const btf* kernel, const btf* object);
  // Empty: it could not be made, for want of memory or of /proc.
  const std::string& path() const { return path_; }

 private:
  Fd file_;
  std::string path_;
};

}  // namespace sysmon
