/*
 * What ends the process for an exception that nobody catches. That of libstdc++ shows types as they are written in
 * C++, and what can do so takes as much room as zlib does.
 */
#include <cxxabi.h>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <typeinfo>

[[noreturn]] static void end_process() {
  if (const std::type_info* type = abi::__cxa_current_exception_type()) {
    fprintf(stderr, "sysmon: ended by an exception of type %s\n", type->name());
    try {
      throw;
    } catch (const std::exception& e) {
      fprintf(stderr, "  what(): %s\n", e.what());
    } catch (...) {
    }
  }
  abort();
}

// In place of the variable of libstdc++ of this name, which std::set_terminate() changes.
namespace __cxxabiv1 {
__attribute__((visibility("hidden"))) extern std::terminate_handler __terminate_handler;
std::terminate_handler __terminate_handler = end_process;
}  // namespace __cxxabiv1
