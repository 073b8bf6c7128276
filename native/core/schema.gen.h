// Generated from lib/schema by `npm run generate`. Do not edit.
#pragma once
#include <cstdint>
#include <cstddef>

namespace sysmon::schema {

inline constexpr char kHash[] = "53db807c08d0bf40";
inline constexpr char kVersion[] = "4.90";

enum class FieldType : uint8_t { Bool, Guid, String, Time, U16, U32 };

// Where a field comes from; see Origin in lib/schema/types.ts.
enum class Op : uint8_t { Rule, Time, Sdk, Const, Process, Hashes, Argv, Text, Path, User, Number, Flag, Address, Ipv6, Hostname, Service, Protocol, Location, Created, Stamp, Choice, Archived };

struct Field {
  const char* name;
  FieldType type;
  Op op;
  uint16_t wire_offset;  // of the argument in the wire record
  uint8_t wire_size;
  const char* constant;  // Const: the text. Process: "process.X" or "parent.X". Choice: the words, separated by commas
};

struct Event {
  uint16_t id;         // of Sysmon
  uint16_t wire_type;  // sm_type
  const char* name;
  const char* hook;
  const Field* fields;
  uint16_t field_count;
  const uint16_t* carried;  // indexes of the fields that travel in an entry
  uint16_t carried_count;
  const char* const* hooks;  // several: the record tells which; null: there is only one
  uint16_t hook_offset;      // of the index of the hook in the record
  uint16_t file_offset;      // of the file that it is about in the record; 0: none
  const Field* const* locations;  // the fields with a path in a struct sm_location; ends with null
  const char* const* programs;  // of the kernel side that it needs beside those of the process table; ends with null
  const char* const* without_cgroup2;  // instead of those for control groups where their root is out of reach; ends with null
  const char* const* maps;      // that only its programs use; ends with null
};

struct Record {
  uint16_t type;
  const char* name;
  bool lifecycle;
  uint32_t fixed_size;
  const uint16_t* texts;  // offsets of all sm_text
  uint16_t text_count;
  const char* event;  // what is lost with it, where it is not the record of an event itself
};

inline constexpr Field kProcessCreateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Process, 0, 0, "process.startTime"},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"FileVersion", FieldType::String, Op::Const, 0, 0, "-"},
    {"Description", FieldType::String, Op::Const, 0, 0, "-"},
    {"Product", FieldType::String, Op::Const, 0, 0, "-"},
    {"Company", FieldType::String, Op::Const, 0, 0, "-"},
    {"OriginalFileName", FieldType::String, Op::Const, 0, 0, "-"},
    {"CommandLine", FieldType::String, Op::Argv, 288, 8, ""},
    {"CurrentDirectory", FieldType::String, Op::Process, 0, 0, "process.cwd"},
    {"User", FieldType::String, Op::Process, 0, 0, "process.user"},
    {"LogonGuid", FieldType::Guid, Op::Process, 0, 0, "process.logonGuid"},
    {"LogonId", FieldType::String, Op::Process, 0, 0, "process.logonId"},
    {"TerminalSessionId", FieldType::U32, Op::Process, 0, 0, "process.terminalSessionId"},
    {"IntegrityLevel", FieldType::String, Op::Const, 0, 0, "no level"},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, ""},
    {"ParentProcessGuid", FieldType::Guid, Op::Process, 0, 0, "parent.guid"},
    {"ParentProcessId", FieldType::U32, Op::Process, 0, 0, "process.ppid"},
    {"ParentImage", FieldType::String, Op::Process, 0, 0, "parent.image"},
    {"ParentCommandLine", FieldType::String, Op::Process, 0, 0, "parent.commandLine"},
    {"ParentUser", FieldType::String, Op::Process, 0, 0, "parent.user"},
};
inline constexpr uint16_t kProcessCreateCarried[] = {0, 10, 17};
inline constexpr const Field* kProcessCreateLocations[] = {nullptr};
inline constexpr const char* kProcessCreatePrograms[] = {nullptr};
inline constexpr const char* kProcessCreateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessCreateMaps[] = {nullptr};

inline constexpr Field kFileCreateTimeFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, ""},
    {"CreationUtcTime", FieldType::Time, Op::Stamp, 136, 16, ""},
    {"PreviousCreationUtcTime", FieldType::Time, Op::Stamp, 152, 16, ""},
    {"User", FieldType::String, Op::User, 168, 4, ""},
};
inline constexpr uint16_t kFileCreateTimeCarried[] = {0, 5, 6, 7, 8};
inline constexpr const char* kFileCreateTimeHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kFileCreateTimeLocations[] = {&kFileCreateTimeFields[5], nullptr};
inline constexpr const char* kFileCreateTimePrograms[] = {"sm_utime_enter", "sm_utimes_enter", "sm_futimesat_enter", "sm_utimensat_enter", "sm_utime_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", nullptr};
inline constexpr const char* kFileCreateTimeWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileCreateTimeMaps[] = {"sm_calls", nullptr};

inline constexpr Field kNetworkConnectFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"User", FieldType::String, Op::User, 76, 4, ""},
    {"Protocol", FieldType::String, Op::Protocol, 88, 1, ""},
    {"Initiated", FieldType::Bool, Op::Flag, 89, 1, ""},
    {"SourceIsIpv6", FieldType::Bool, Op::Ipv6, 40, 16, ""},
    {"SourceIp", FieldType::String, Op::Address, 40, 16, ""},
    {"SourceHostname", FieldType::String, Op::Hostname, 40, 16, ""},
    {"SourcePort", FieldType::U16, Op::Number, 72, 2, ""},
    {"SourcePortName", FieldType::String, Op::Service, 72, 2, ""},
    {"DestinationIsIpv6", FieldType::Bool, Op::Ipv6, 56, 16, ""},
    {"DestinationIp", FieldType::String, Op::Address, 56, 16, ""},
    {"DestinationHostname", FieldType::String, Op::Hostname, 56, 16, ""},
    {"DestinationPort", FieldType::U16, Op::Number, 74, 2, ""},
    {"DestinationPortName", FieldType::String, Op::Service, 74, 2, ""},
};
inline constexpr uint16_t kNetworkConnectCarried[] = {0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
inline constexpr const char* kNetworkConnectHooks[] = {"inet_sock_set_state", "sys_exit_connect", "sys_exit_accept", "sys_exit_accept4", "cgroup_skb/egress", "cgroup/recvmsg4", "cgroup/recvmsg6", "sys_exit_sendto", "sys_exit_sendmsg", "sys_exit_sendmmsg", "io_uring_complete"};
inline constexpr const Field* kNetworkConnectLocations[] = {nullptr};
inline constexpr const char* kNetworkConnectPrograms[] = {"sm_tcp_state", "sm_connect_enter", "sm_connect_exit", "sm_accept_exit", "sm_accept4_exit", "sm_uring_complete", "sm_udp_sent", "sm_udp_received4", "sm_udp_received6", "sm_network_existing", nullptr};
inline constexpr const char* kNetworkConnectWithoutCgroup2[] = {"sm_sendto_enter", "sm_sendto_exit", "sm_sendmsg_enter", "sm_sendmsg_exit", "sm_sendmmsg_enter", "sm_sendmmsg_exit", nullptr};
inline constexpr const char* kNetworkConnectMaps[] = {"sm_connecting", "sm_connect_calls", "sm_flows", "sm_send_calls", nullptr};

inline constexpr Field kProcessTerminateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"User", FieldType::String, Op::User, 40, 4, ""},
};
inline constexpr uint16_t kProcessTerminateCarried[] = {0, 5};
inline constexpr const Field* kProcessTerminateLocations[] = {nullptr};
inline constexpr const char* kProcessTerminatePrograms[] = {nullptr};
inline constexpr const char* kProcessTerminateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessTerminateMaps[] = {nullptr};

inline constexpr Field kRawAccessReadFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"Device", FieldType::String, Op::Location, 104, 32, ""},
    {"User", FieldType::String, Op::User, 136, 4, ""},
};
inline constexpr uint16_t kRawAccessReadCarried[] = {0, 5, 6};
inline constexpr const char* kRawAccessReadHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kRawAccessReadLocations[] = {&kRawAccessReadFields[5], nullptr};
inline constexpr const char* kRawAccessReadPrograms[] = {"sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kRawAccessReadWithoutCgroup2[] = {nullptr};
inline constexpr const char* kRawAccessReadMaps[] = {"sm_calls", nullptr};

inline constexpr Field kFileCreateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, ""},
    {"CreationUtcTime", FieldType::Time, Op::Created, 141, 1, ""},
    {"User", FieldType::String, Op::User, 136, 4, ""},
};
inline constexpr uint16_t kFileCreateCarried[] = {0, 5, 6, 7};
inline constexpr const char* kFileCreateHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kFileCreateLocations[] = {&kFileCreateFields[5], nullptr};
inline constexpr const char* kFileCreatePrograms[] = {"sm_open_enter", "sm_openat_enter", "sm_openat2_enter", "sm_creat_enter", "sm_open_exit", "sm_mknod_enter", "sm_mknodat_enter", "sm_mkdir_enter", "sm_mkdirat_enter", "sm_link_enter", "sm_linkat_enter", "sm_symlink_enter", "sm_symlinkat_enter", "sm_create_exit", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_rename_exit", "sm_writers", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileCreateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileCreateMaps[] = {"sm_calls", nullptr};

inline constexpr Field kPipeEvent17Fields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"EventType", FieldType::String, Op::Const, 0, 0, "CreatePipe"},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"PipeName", FieldType::String, Op::Location, 104, 32, ""},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"User", FieldType::String, Op::User, 136, 4, ""},
};
inline constexpr uint16_t kPipeEvent17Carried[] = {0, 5, 7};
inline constexpr const char* kPipeEvent17Hooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kPipeEvent17Locations[] = {&kPipeEvent17Fields[5], nullptr};
inline constexpr const char* kPipeEvent17Programs[] = {"sm_mknod_enter", "sm_mknodat_enter", "sm_create_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", nullptr};
inline constexpr const char* kPipeEvent17WithoutCgroup2[] = {nullptr};
inline constexpr const char* kPipeEvent17Maps[] = {"sm_calls", nullptr};

inline constexpr Field kPipeEvent18Fields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"EventType", FieldType::String, Op::Const, 0, 0, "ConnectPipe"},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"PipeName", FieldType::String, Op::Location, 104, 32, ""},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"User", FieldType::String, Op::User, 136, 4, ""},
};
inline constexpr uint16_t kPipeEvent18Carried[] = {0, 5, 7};
inline constexpr const char* kPipeEvent18Hooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kPipeEvent18Locations[] = {&kPipeEvent18Fields[5], nullptr};
inline constexpr const char* kPipeEvent18Programs[] = {"sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kPipeEvent18WithoutCgroup2[] = {nullptr};
inline constexpr const char* kPipeEvent18Maps[] = {"sm_calls", nullptr};

inline constexpr Field kDnsQueryFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"QueryName", FieldType::String, Op::Text, 40, 8, ""},
    {"QueryStatus", FieldType::String, Op::Text, 48, 8, ""},
    {"QueryResults", FieldType::String, Op::Text, 56, 8, ""},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"User", FieldType::String, Op::Process, 0, 0, "process.user"},
};
inline constexpr uint16_t kDnsQueryCarried[] = {0, 4, 5, 6};
inline constexpr const Field* kDnsQueryLocations[] = {nullptr};
inline constexpr const char* kDnsQueryPrograms[] = {"sm_dns_egress", "sm_dns_ingress", "sm_dns_connect4", "sm_dns_connect6", "sm_dns_sendmsg4", "sm_dns_sendmsg6", nullptr};
inline constexpr const char* kDnsQueryWithoutCgroup2[] = {nullptr};
inline constexpr const char* kDnsQueryMaps[] = {"sm_dns_owners", nullptr};

inline constexpr Field kFileDeleteFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"User", FieldType::String, Op::User, 136, 4, ""},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, ""},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, ""},
    {"IsExecutable", FieldType::Bool, Op::Flag, 141, 1, ""},
    {"Archived", FieldType::String, Op::Archived, 0, 0, ""},
};
inline constexpr uint16_t kFileDeleteCarried[] = {0, 4, 6, 7, 8, 9};
inline constexpr const char* kFileDeleteHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kFileDeleteLocations[] = {&kFileDeleteFields[6], nullptr};
inline constexpr const char* kFileDeletePrograms[] = {"sm_unlink_enter", "sm_unlinkat_enter", "sm_rmdir_enter", "sm_delete_exit", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_rename_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileDeleteWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileDeleteMaps[] = {"sm_calls", nullptr};

inline constexpr Field kFileDeleteDetectedFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"User", FieldType::String, Op::User, 136, 4, ""},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, ""},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, ""},
    {"IsExecutable", FieldType::Bool, Op::Flag, 141, 1, ""},
};
inline constexpr uint16_t kFileDeleteDetectedCarried[] = {0, 4, 6, 7, 8};
inline constexpr const char* kFileDeleteDetectedHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kFileDeleteDetectedLocations[] = {&kFileDeleteDetectedFields[6], nullptr};
inline constexpr const char* kFileDeleteDetectedPrograms[] = {"sm_unlink_enter", "sm_unlinkat_enter", "sm_rmdir_enter", "sm_delete_exit", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_rename_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileDeleteDetectedWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileDeleteDetectedMaps[] = {"sm_calls", nullptr};

inline constexpr Field kFileModifyFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, ""},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, ""},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, "process.guid"},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, "process.pid"},
    {"Image", FieldType::String, Op::Process, 0, 0, "process.image"},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, ""},
    {"ModificationType", FieldType::String, Op::Choice, 141, 1, "Write,Append,Truncate"},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, ""},
    {"User", FieldType::String, Op::User, 136, 4, ""},
};
inline constexpr uint16_t kFileModifyCarried[] = {0, 5, 6, 7, 8};
inline constexpr const char* kFileModifyHooks[] = {"sys_exit_open", "sys_exit_openat", "sys_exit_openat2", "sys_exit_creat", "sys_exit_mknod", "sys_exit_mknodat", "sys_exit_mkdir", "sys_exit_mkdirat", "sys_exit_link", "sys_exit_linkat", "sys_exit_symlink", "sys_exit_symlinkat", "sys_exit_rename", "sys_exit_renameat", "sys_exit_renameat2", "sys_exit_unlink", "sys_exit_unlinkat", "sys_exit_rmdir", "sys_exit_write", "sys_exit_pwrite64", "sys_exit_writev", "sys_exit_pwritev", "sys_exit_pwritev2", "sys_exit_truncate", "sys_exit_ftruncate", "sys_exit_fallocate", "sys_exit_sendfile64", "sys_exit_splice", "sys_exit_copy_file_range", "sys_exit_utime", "sys_exit_utimes", "sys_exit_futimesat", "sys_exit_utimensat", "io_uring_openat", "io_uring_openat2", "io_uring_mkdirat", "io_uring_symlinkat", "io_uring_linkat", "io_uring_renameat", "io_uring_unlinkat", "io_uring_write", "io_uring_write_fixed", "io_uring_writev", "io_uring_writev_fixed", "io_uring_fallocate", "io_uring_ftruncate", "io_uring_splice"};
inline constexpr const Field* kFileModifyLocations[] = {&kFileModifyFields[5], nullptr};
inline constexpr const char* kFileModifyPrograms[] = {"sm_open_enter", "sm_openat_enter", "sm_openat2_enter", "sm_creat_enter", "sm_open_exit", "sm_write_enter", "sm_copy_enter", "sm_truncate_enter", "sm_write_exit", "sm_truncate_exit", "sm_writers", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileModifyWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileModifyMaps[] = {"sm_calls", nullptr};

inline constexpr Event kEvents[] = {
    {1, 2, "ProcessCreate", "sched_process_exec", kProcessCreateFields, 23, kProcessCreateCarried, 3, nullptr, 0, 0, kProcessCreateLocations, kProcessCreatePrograms, kProcessCreateWithoutCgroup2, kProcessCreateMaps},
    {2, 38, "FileCreateTime", "sys_exit_utimensat", kFileCreateTimeFields, 9, kFileCreateTimeCarried, 5, kFileCreateTimeHooks, 172, 40, kFileCreateTimeLocations, kFileCreateTimePrograms, kFileCreateTimeWithoutCgroup2, kFileCreateTimeMaps},
    {3, 64, "NetworkConnect", "inet_sock_set_state", kNetworkConnectFields, 18, kNetworkConnectCarried, 14, kNetworkConnectHooks, 90, 0, kNetworkConnectLocations, kNetworkConnectPrograms, kNetworkConnectWithoutCgroup2, kNetworkConnectMaps},
    {5, 3, "ProcessTerminate", "sched_process_exit", kProcessTerminateFields, 6, kProcessTerminateCarried, 2, nullptr, 0, 0, kProcessTerminateLocations, kProcessTerminatePrograms, kProcessTerminateWithoutCgroup2, kProcessTerminateMaps},
    {9, 35, "RawAccessRead", "sys_exit_openat", kRawAccessReadFields, 7, kRawAccessReadCarried, 3, kRawAccessReadHooks, 144, 40, kRawAccessReadLocations, kRawAccessReadPrograms, kRawAccessReadWithoutCgroup2, kRawAccessReadMaps},
    {11, 32, "FileCreate", "sys_exit_openat", kFileCreateFields, 8, kFileCreateCarried, 4, kFileCreateHooks, 140, 40, kFileCreateLocations, kFileCreatePrograms, kFileCreateWithoutCgroup2, kFileCreateMaps},
    {17, 36, "PipeEvent", "sys_exit_mknodat", kPipeEvent17Fields, 8, kPipeEvent17Carried, 3, kPipeEvent17Hooks, 140, 40, kPipeEvent17Locations, kPipeEvent17Programs, kPipeEvent17WithoutCgroup2, kPipeEvent17Maps},
    {18, 37, "PipeEvent", "sys_exit_openat", kPipeEvent18Fields, 8, kPipeEvent18Carried, 3, kPipeEvent18Hooks, 140, 40, kPipeEvent18Locations, kPipeEvent18Programs, kPipeEvent18WithoutCgroup2, kPipeEvent18Maps},
    {22, 81, "DnsQuery", "cgroup_skb", kDnsQueryFields, 9, kDnsQueryCarried, 4, nullptr, 0, 0, kDnsQueryLocations, kDnsQueryPrograms, kDnsQueryWithoutCgroup2, kDnsQueryMaps},
    {23, 33, "FileDelete", "sys_exit_unlinkat", kFileDeleteFields, 10, kFileDeleteCarried, 6, kFileDeleteHooks, 140, 40, kFileDeleteLocations, kFileDeletePrograms, kFileDeleteWithoutCgroup2, kFileDeleteMaps},
    {26, 33, "FileDeleteDetected", "sys_exit_unlinkat", kFileDeleteDetectedFields, 9, kFileDeleteDetectedCarried, 5, kFileDeleteDetectedHooks, 140, 40, kFileDeleteDetectedLocations, kFileDeleteDetectedPrograms, kFileDeleteDetectedWithoutCgroup2, kFileDeleteDetectedMaps},
    {110, 34, "FileModify", "sys_exit_write", kFileModifyFields, 9, kFileModifyCarried, 5, kFileModifyHooks, 140, 40, kFileModifyLocations, kFileModifyPrograms, kFileModifyWithoutCgroup2, kFileModifyMaps},
};

inline constexpr uint16_t kForkTexts[] = {0};
inline constexpr uint16_t kExecTexts[] = {272, 280, 288, 296, 304, 320, 344, 368};
inline constexpr uint16_t kExitTexts[] = {0};
inline constexpr uint16_t kAliveTexts[] = {272, 280, 288, 296, 304, 320, 344, 368};
inline constexpr uint16_t kFileCreateTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileDeleteTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileModifyTexts[] = {104, 112, 120};
inline constexpr uint16_t kRawAccessTexts[] = {104, 112, 120};
inline constexpr uint16_t kPipeCreateTexts[] = {104, 112, 120};
inline constexpr uint16_t kPipeConnectTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileTimeTexts[] = {104, 112, 120};
inline constexpr uint16_t kUringTexts[] = {0};
inline constexpr uint16_t kNetworkTexts[] = {0};
inline constexpr uint16_t kDnsPacketTexts[] = {56};
inline constexpr uint16_t kDnsQueryTexts[] = {40, 48, 56};
inline constexpr Record kRecords[] = {
    {1, "fork", true, 208, kForkTexts, 0, ""},
    {2, "exec", true, 400, kExecTexts, 8, ""},
    {3, "exit", true, 72, kExitTexts, 0, ""},
    {4, "alive", false, 400, kAliveTexts, 8, ""},
    {32, "file_create", false, 144, kFileCreateTexts, 3, ""},
    {33, "file_delete", false, 144, kFileDeleteTexts, 3, ""},
    {34, "file_modify", false, 144, kFileModifyTexts, 3, ""},
    {35, "raw_access", false, 152, kRawAccessTexts, 3, ""},
    {36, "pipe_create", false, 144, kPipeCreateTexts, 3, ""},
    {37, "pipe_connect", false, 144, kPipeConnectTexts, 3, ""},
    {38, "file_time", false, 176, kFileTimeTexts, 3, ""},
    {39, "uring", false, 48, kUringTexts, 0, ""},
    {64, "network", false, 96, kNetworkTexts, 0, ""},
    {80, "dns_packet", false, 104, kDnsPacketTexts, 1, "DnsQuery"},
    {81, "dns_query", false, 112, kDnsQueryTexts, 3, ""},
};

// Indexed by sm_drop.
inline constexpr const char* kDropReasons[] = {"ring", "reserve", "scratch", "table", "skipped"};
// Indexed by sm_fd_kind.
inline constexpr const char* kFdKinds[] = {"closed", "tty", "pipe", "socket", "file", "directory", "char", "block", "other"};

// Entries of a batch: 32-bit words, 8-byte aligned.
enum class Entry : uint32_t {
  kDefineString = 256,  // id, string: a text that later entries refer to
  kResetStrings = 257,  // all defined strings are void
  kDefineProcess = 258,  // a process record
  kRetireProcess = 259,  // ref: no later entry refers to it before it is defined again
  kLoss = 260,  // stage, event type, count (2 words), since (2 words), until (2 words)
  kReady = 261,  // hooks are live and the living are known
  kError = 262,  // id, text: something that the sensor cannot do or see, and it goes on
  kEnd = 263,  // nothing follows
};
inline constexpr uint32_t kEventHeadWords = 7;
// Words behind the carried fields of an event about a file.
enum FileWord { kFileDev, kFileInodeLow, kFileInodeHigh, kFileSizeLow, kFileSizeHigh, kFileMtimeLow, kFileMtimeHigh, kFileMtimeUsec, kFileMode };
inline constexpr uint32_t kFileWords = 9;

// Layout of a process entry. Absent optional numbers are 0xffffffff, absent texts 0.
struct ProcessEntry {
  uint32_t kind, size, ref, parent;  // parent: its ref + 1; 0: none
  uint32_t strongId;  // string: Unique over all hosts and time: boot id, start in ns since boot, pid, exec count. Joined by `:`.
  uint32_t guid;  // string: Sysmon's ProcessGuid, computed once: machine id, start second, end of the program's code.
  uint32_t pid;  // u32: Process id in the initial pid namespace.
  uint32_t tid;  // optionalU32: Thread that called exec, when it was not the leader.
  uint32_t ppid;  // u32: Process id of the parent when the process was made; 0 if none.
  uint32_t image;  // string: Path of the executed file in its mount namespace; `-` if none (kernel thread).
  uint32_t commandLine;  // string: Arguments joined by single spaces, as Sysmon prints them.
  uint32_t argv;  // argv: The arguments one by one.
  uint32_t cwd;  // string: Working directory at exec.
  uint32_t uid;  // u32: Real user id at exec.
  uint32_t gid;  // u32: Real group id at exec.
  uint32_t euid;  // u32: Effective user id at exec.
  uint32_t egid;  // u32: Effective group id at exec.
  uint32_t suid;  // u32: Saved user id at exec.
  uint32_t loginUid;  // optionalU32: User id of the login session (audit); absent if unset.
  uint32_t user;  // string: Name of the real user id; `-` if it has none.
  uint32_t session;  // optionalU32: Audit session id; absent if unset.
  uint32_t sid;  // u32: POSIX session id: pid of the session leader.
  uint32_t pgid;  // u32: Process group id.
  uint32_t nsPid;  // u32: Process id inside the process's own pid namespace.
  uint32_t tty;  // optionalString: Controlling terminal, for example `pts/0`.
  uint32_t startTimeSec, startTimeUsec;  // When the process was made: ISO 8601, UTC, microseconds.
  uint32_t logonGuid;  // string: Sysmon's LogonGuid: machine id, login second of the terminal, user id, terminal.
  uint32_t capabilities;  // json: Capability sets after the exec, and those effective now that were not before it.
  uint32_t namespaces;  // json: Inode numbers of the namespaces, as in /proc/PID/ns; 0 where the kernel has none.
  uint32_t cgroup;  // json: Control group in the unified hierarchy: 64-bit id in decimal, and its path if it could be resolved.
  uint32_t stdio;  // json: Kind and target of file descriptors 0-2 at exec. A socket has its peer as target.
  uint32_t env;  // json: The allow-listed environment variables that were set.
  uint32_t script;  // optionalString: Script run by a `#!` interpreter, as an absolute path where it was given relative to cwd.
  uint32_t flags;  // kProcess*
  uint32_t pad;
};
static_assert(sizeof(ProcessEntry) == 144);
inline constexpr uint32_t kProcessMemfd = 1;
inline constexpr uint32_t kProcessDeleted = 2;
inline constexpr uint32_t kProcessKernelThread = 4;
inline constexpr uint32_t kProcessForked = 8;
inline constexpr uint32_t kProcessUncertain = 16;
static_assert(offsetof(ProcessEntry, strongId) == 16);

}  // namespace sysmon::schema
