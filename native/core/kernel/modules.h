// Modules of the kernel: those that are there at the start, and those that it holds and does not list.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon {

struct KernelModule {
  std::string name;
  uint32_t size = 0;    // bytes
  uint32_t taints = 0;  // as module.taints has them
  bool live = false;    // neither being loaded nor on its way out
};

// The text of /proc/modules.
std::vector<KernelModule> modules_of(std::string_view list);

// Names of what is loaded, as the kernel side keeps them: it adds and removes by itself.
class LoadedModules {
 public:
  virtual ~LoadedModules() = default;
  virtual std::set<std::string> names() const = 0;
  virtual void add(const std::string& name) = 0;
  virtual void remove(const std::string& name) = 0;
};

// That map of the kernel side.
std::unique_ptr<LoadedModules> loaded_in(int map);

class Modules {
 public:
  using Found = std::function<void(const void* record, size_t size)>;  // of a sm_module_load_record
  static constexpr size_t kMost = 1024;                                // SM_MODULES of the kernel side

  // `list`: what is read as the list of the kernel.
  explicit Modules(std::unique_ptr<LoadedModules> loaded, std::string list = "/proc/modules")
      : loaded_(std::move(loaded)), list_(std::move(list)) {}

  // Once, when all programs run: a record of each module that is there.
  void list(const Found& found);
  // A record of each that is missing in the list for the second time. Returns what is not looked after, once.
  std::string look(const Found& found);

 private:
  const std::unique_ptr<LoadedModules> loaded_;
  const std::string list_;
  std::map<std::string, KernelModule> known_;  // what the list has said last
  std::set<std::string> missing_, told_;
  bool full_ = false;
};

}  // namespace sysmon
