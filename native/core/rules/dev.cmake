# Tests and fuzzer of the engine alone:
#   cmake -S native/core/rules -B build/rules -DCMAKE_BUILD_TYPE=RelWithDebInfo && cmake --build build/rules -j2
#   ctest --test-dir build/rules
#   CC=clang CXX=clang++ cmake -S native/core/rules -B build/rules-fuzz -DSYSMON_RULES_FUZZ=ON
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
get_filename_component(repository ${CMAKE_CURRENT_SOURCE_DIR}/../../.. ABSOLUTE)
option(SYSMON_RULES_FUZZ "Build the fuzzer of the plan loader (clang)" OFF)
option(SYSMON_RULES_ASAN "Build with the address and undefined behaviour sanitizers" OFF)

if(SYSMON_RULES_FUZZ)
  target_compile_options(sysmon_rules PUBLIC -fsanitize=fuzzer-no-link,address,undefined -g)
  add_executable(rules_fuzz ${repository}/test/native/rules_fuzz.cc)
  target_link_libraries(rules_fuzz PRIVATE sysmon_rules)
  target_link_options(rules_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
  return()
endif()
if(SYSMON_RULES_ASAN)
  target_compile_options(sysmon_rules PUBLIC -fsanitize=address,undefined -g)
  target_link_options(sysmon_rules PUBLIC -fsanitize=address,undefined)
endif()

find_package(GTest)
file(GLOB rules_tests ${repository}/test/native/rules_*_test.cc)
if(GTest_FOUND AND rules_tests)
  enable_testing()
  include(GoogleTest)
  add_executable(rules_tests ${rules_tests})
  target_link_libraries(rules_tests PRIVATE sysmon_rules GTest::gtest_main)
  gtest_discover_tests(rules_tests)
endif()
