# Tests, fuzzer and a small addon of the engine alone:
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

# The binding without the sensor, for the tests in TypeScript: build/Release/sysmon_rules.node
set(napi ${repository}/node_modules)
if(EXISTS ${napi}/node-api-headers/include AND NOT SYSMON_RULES_ASAN)
  add_library(sysmon_rules_addon MODULE ${repository}/native/rules_binding.cc ${repository}/test/native/rules_addon.cc)
  target_include_directories(sysmon_rules_addon PRIVATE ${napi}/node-api-headers/include ${napi}/node-addon-api ${repository}/native)
  target_compile_definitions(sysmon_rules_addon PRIVATE NAPI_VERSION=8 NODE_ADDON_API_DISABLE_DEPRECATED)
  target_link_libraries(sysmon_rules_addon PRIVATE sysmon_rules)
  set_target_properties(
    sysmon_rules_addon PROPERTIES PREFIX "" OUTPUT_NAME sysmon_rules SUFFIX .node LIBRARY_OUTPUT_DIRECTORY ${repository}/build/Release
  )
endif()
