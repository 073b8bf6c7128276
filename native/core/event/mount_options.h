// The flags of mount(2) and umount(2) as mount(8) and the manual name them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sysmon {

// "ro,nosuid,lowerdir=/a": the flags, from bit 26 on those of umount(2), and the options of the file system.
std::string mount_options(uint32_t flags, std::string_view options);

}  // namespace sysmon
