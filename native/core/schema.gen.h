// Generated from lib/schema by `npm run generate`. Do not edit.
#pragma once
#include <cstdint>
#include <cstddef>

#include "base/wire.h"

namespace sysmon::schema {

inline constexpr char kHash[] = "fc3071d4109c05e3";
inline constexpr char kVersion[] = "4.90";

enum class FieldType : uint8_t { Bool, Guid, Hex, String, Time, U16, U32 };

// Where a field comes from; see plainOrigins and wireOrigins in lib/schema/types.ts.
enum class Op : uint8_t { Rule, Time, Hashes, HashNote, Archived, ArchiveNote, ArchiveFile, Sdk, Argv, Text, Path, Location, User, Number, Hex, Flag, Known, Several, Created, Stamp, Choice, Namespaces, Capabilities, Credentials, Bit, Address, Ipv6, Hostname, Peer, Service, Protocol, SocketProtocol, MountOptions, Attribute, DnsType, Taints, Device, Links, ExitCode, ExitSignal, CoreDump, Const, Process };

// Whose record a field comes from: of the process that did it, of its parent, or of the process that it was done to.
enum class Who : uint8_t { Process, Parent, Target };

// What can be asked of a process record.
enum class ProcessField : uint8_t { StrongId, Guid, Pid, Tid, Ppid, Image, CommandLine, Argv, Cwd, Root, Uid, Gid, Euid, Egid, Suid, LoginUid, User, Session, Sid, Pgid, NsPid, Tty, StartTime, LogonGuid, CapabilitiesEffective, CapabilitiesPermitted, CapabilitiesGained, NamespacesMnt, NamespacesPid, NamespacesNet, NamespacesUts, NamespacesIpc, NamespacesCgroup, NamespacesUser, NamespacesTime, CgroupId, CgroupPath, ContainerId, ContainerRuntime, ContainerName, ContainerImage, ContainerPodUid, ContainerPodName, ContainerNamespace, ContainerLabels, ContainerUser, StdioFd, StdioKind, StdioTarget, StdioLocal, StdioProtocol, Env, NpmPackage, NpmVersion, NpmEvent, NpmAgent, Script, Memfd, Deleted, KernelThread, Forked, Uncertain, Snapshot, OriginTime, OriginPid, OriginStrongId, OriginImage, OriginDestination, OriginDestinationPort, OriginDestinationHostname, OriginThrough, OriginScript, RemoteAddress, RemotePort, RemoteLocalPort, RemotePid, RemoteSource, LogonId, TerminalSessionId };
struct ProcessPath {
  const char* path;  // as rules name it; one that ends with a dot is followed by a key
  ProcessField field;
};
inline constexpr ProcessPath kProcessPaths[] = {
    {"strongId", ProcessField::StrongId},
    {"guid", ProcessField::Guid},
    {"pid", ProcessField::Pid},
    {"tid", ProcessField::Tid},
    {"ppid", ProcessField::Ppid},
    {"image", ProcessField::Image},
    {"commandLine", ProcessField::CommandLine},
    {"argv", ProcessField::Argv},
    {"cwd", ProcessField::Cwd},
    {"root", ProcessField::Root},
    {"uid", ProcessField::Uid},
    {"gid", ProcessField::Gid},
    {"euid", ProcessField::Euid},
    {"egid", ProcessField::Egid},
    {"suid", ProcessField::Suid},
    {"loginUid", ProcessField::LoginUid},
    {"user", ProcessField::User},
    {"session", ProcessField::Session},
    {"sid", ProcessField::Sid},
    {"pgid", ProcessField::Pgid},
    {"nsPid", ProcessField::NsPid},
    {"tty", ProcessField::Tty},
    {"startTime", ProcessField::StartTime},
    {"logonGuid", ProcessField::LogonGuid},
    {"capabilities.effective", ProcessField::CapabilitiesEffective},
    {"capabilities.permitted", ProcessField::CapabilitiesPermitted},
    {"capabilities.gained", ProcessField::CapabilitiesGained},
    {"namespaces.mnt", ProcessField::NamespacesMnt},
    {"namespaces.pid", ProcessField::NamespacesPid},
    {"namespaces.net", ProcessField::NamespacesNet},
    {"namespaces.uts", ProcessField::NamespacesUts},
    {"namespaces.ipc", ProcessField::NamespacesIpc},
    {"namespaces.cgroup", ProcessField::NamespacesCgroup},
    {"namespaces.user", ProcessField::NamespacesUser},
    {"namespaces.time", ProcessField::NamespacesTime},
    {"cgroup.id", ProcessField::CgroupId},
    {"cgroup.path", ProcessField::CgroupPath},
    {"container.id", ProcessField::ContainerId},
    {"container.runtime", ProcessField::ContainerRuntime},
    {"container.name", ProcessField::ContainerName},
    {"container.image", ProcessField::ContainerImage},
    {"container.podUid", ProcessField::ContainerPodUid},
    {"container.podName", ProcessField::ContainerPodName},
    {"container.namespace", ProcessField::ContainerNamespace},
    {"container.labels.", ProcessField::ContainerLabels},
    {"containerUser", ProcessField::ContainerUser},
    {"stdio.fd", ProcessField::StdioFd},
    {"stdio.kind", ProcessField::StdioKind},
    {"stdio.target", ProcessField::StdioTarget},
    {"stdio.local", ProcessField::StdioLocal},
    {"stdio.protocol", ProcessField::StdioProtocol},
    {"env.", ProcessField::Env},
    {"npm.package", ProcessField::NpmPackage},
    {"npm.version", ProcessField::NpmVersion},
    {"npm.event", ProcessField::NpmEvent},
    {"npm.agent", ProcessField::NpmAgent},
    {"script", ProcessField::Script},
    {"memfd", ProcessField::Memfd},
    {"deleted", ProcessField::Deleted},
    {"kernelThread", ProcessField::KernelThread},
    {"forked", ProcessField::Forked},
    {"uncertain", ProcessField::Uncertain},
    {"snapshot", ProcessField::Snapshot},
    {"origin.time", ProcessField::OriginTime},
    {"origin.pid", ProcessField::OriginPid},
    {"origin.strongId", ProcessField::OriginStrongId},
    {"origin.image", ProcessField::OriginImage},
    {"origin.destination", ProcessField::OriginDestination},
    {"origin.destinationPort", ProcessField::OriginDestinationPort},
    {"origin.destinationHostname", ProcessField::OriginDestinationHostname},
    {"origin.through", ProcessField::OriginThrough},
    {"origin.script", ProcessField::OriginScript},
    {"remote.address", ProcessField::RemoteAddress},
    {"remote.port", ProcessField::RemotePort},
    {"remote.localPort", ProcessField::RemoteLocalPort},
    {"remote.pid", ProcessField::RemotePid},
    {"remote.source", ProcessField::RemoteSource},
};

struct Field {
  const char* name;
  FieldType type;
  Op op;
  uint16_t wire_offset = 0;    // of the argument in the wire record
  uint8_t wire_size = 0;
  uint16_t other_offset = 0;   // of the second argument
  const char* constant = "";   // Const: the text. Choice: the words, separated by commas
  uint32_t bits = 0;           // Bit
  Who who = Who::Process;      // Process
  ProcessField process_field = ProcessField::Pid;
};

struct Hook {
  const char* name;
  const char* tier;
};

// Fields that are cut or exposed while bits of a word of the record are set.
struct Mark {
  bool truncated;  // false: exposed
  uint16_t wire_offset;
  uint8_t wire_size;
  uint32_t bits;
  const char* const* fields;  // ends with null
};

// Whose content must be found out before the event is whole; see subject.h.
enum class Content : uint8_t { None, Program, Modified, Created, Deleted, Image };

struct Event {
  uint16_t id;         // of Sysmon
  uint16_t wire_type;  // sm_type
  const char* name;
  const Field* fields;
  uint16_t field_count;
  const uint16_t* carried;  // indexes of the fields that travel in an entry
  uint16_t carried_count;
  const Field* extra;  // members of `extra` that this event has beside those of all
  uint16_t extra_count;
  const Hook* hooks;
  uint16_t hook_count;
  uint16_t usual_hook;     // index of the one that JavaScript assumes
  uint16_t hook_offset;    // of the index of the hook in the record; 0: it is the usual one
  uint16_t file_offset;    // of the file that it is about in the record; 0: none
  const Field* const* locations;  // the fields, then those of extra, with a path in a struct sm_location; ends with null
  uint16_t target_offset;  // of the process that it was done to (struct sm_process); 0: none
  Content content;
  bool for_origin;  // its record is what the origin of processes is made of
  bool has_hashes, has_archived;  // it tells of digests, of what became of the content
  uint16_t uid_offset;        // of the user whose name it bears; 0: that of the process
  uint16_t other_uid_offset;  // of a second one; 0: none
  uint16_t birth_offset;      // of the byte that says whether it asks for a birth time; 0: it never does
  uint16_t directory_offset;  // of the byte that says whether its file is a directory; 0: none does
  const char* const* programs;  // of the kernel side that it needs beside those of the process table; ends with null
  const char* const* without_cgroup2;  // instead of those for control groups where their root is out of reach; ends with null
  const char* const* maps;      // that only its programs use; ends with null
  const Mark* marks;
  uint16_t mark_count;
};

struct Record {
  uint16_t type;
  const char* name;
  bool lifecycle;
  uint32_t fixed_size;
  const uint16_t* texts;  // offsets of all sm_text
  uint16_t text_count;
  const char* event;  // what is lost with it, where it is not the record of an event itself
  const char* unit;   // what a loss of such records counts; empty: events
};

inline constexpr Field kProcessCreateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::StartTime},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"FileVersion", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Description", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Product", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Company", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"OriginalFileName", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"CommandLine", FieldType::String, Op::Argv, 312, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"CurrentDirectory", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Cwd},
    {"User", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::User},
    {"LogonGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::LogonGuid},
    {"LogonId", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::LogonId},
    {"TerminalSessionId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::TerminalSessionId},
    {"IntegrityLevel", FieldType::String, Op::Const, 0, 0, 0, "no level", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ParentProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Parent, ProcessField::Guid},
    {"ParentProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Ppid},
    {"ParentImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Parent, ProcessField::Image},
    {"ParentCommandLine", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Parent, ProcessField::CommandLine},
    {"ParentUser", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Parent, ProcessField::User},
};
inline constexpr Field kProcessCreateExtra[] = {
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kProcessCreateCarried[] = {0, 10, 17};
inline constexpr Hook kProcessCreateHooks[] = {{"sched_process_exec", "core"}};
inline constexpr const char* kProcessCreatePrograms[] = {"sm_runs", nullptr};
inline constexpr const char* kProcessCreateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessCreateMaps[] = {nullptr};
inline constexpr const Field* kProcessCreateLocations[] = {nullptr};

inline constexpr Field kFileCreateTimeFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"CreationUtcTime", FieldType::Time, Op::Stamp, 136, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PreviousCreationUtcTime", FieldType::Time, Op::Stamp, 152, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 168, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileCreateTimeCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kFileCreateTimeHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileCreateTimePrograms[] = {"sm_utime_enter", "sm_utimes_enter", "sm_futimesat_enter", "sm_utimensat_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", nullptr};
inline constexpr const char* kFileCreateTimeWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileCreateTimeMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileCreateTimeLocations[] = {&kFileCreateTimeFields[5], nullptr};

inline constexpr Field kNetworkConnectFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::User, 76, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Protocol", FieldType::String, Op::Protocol, 88, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Initiated", FieldType::Bool, Op::Flag, 89, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceIsIpv6", FieldType::Bool, Op::Ipv6, 40, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceIp", FieldType::String, Op::Address, 40, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceHostname", FieldType::String, Op::Hostname, 40, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourcePort", FieldType::U16, Op::Number, 72, 2, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourcePortName", FieldType::String, Op::Service, 72, 2, 88, "", 0, Who::Process, ProcessField::Pid},
    {"DestinationIsIpv6", FieldType::Bool, Op::Ipv6, 56, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"DestinationIp", FieldType::String, Op::Address, 56, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"DestinationHostname", FieldType::String, Op::Hostname, 56, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"DestinationPort", FieldType::U16, Op::Number, 74, 2, 0, "", 0, Who::Process, ProcessField::Pid},
    {"DestinationPortName", FieldType::String, Op::Service, 74, 2, 88, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kNetworkConnectExtra[] = {
    {"errno", FieldType::U32, Op::Known, 84, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"netns", FieldType::U32, Op::Number, 80, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kNetworkConnectCarried[] = {0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
inline constexpr Hook kNetworkConnectHooks[] = {{"inet_sock_set_state", "core"}, {"sys_exit_connect", "core"}, {"sys_exit_accept", "core"}, {"sys_exit_accept4", "core"}, {"cgroup_skb/egress", "core"}, {"cgroup/recvmsg4", "core"}, {"cgroup/recvmsg6", "core"}, {"sys_exit_sendto", "core"}, {"sys_exit_sendmsg", "core"}, {"sys_exit_sendmmsg", "core"}, {"io_uring_complete", "core"}};
inline constexpr const char* kNetworkConnectPrograms[] = {"sm_tcp_state", "sm_connect_enter", "sm_connect_exit", "sm_accept_exit", "sm_accept4_exit", "sm_uring_complete", "sm_udp_sent", "sm_udp_received4", "sm_udp_received6", "sm_network_existing", nullptr};
inline constexpr const char* kNetworkConnectWithoutCgroup2[] = {"sm_sendto_enter", "sm_sendto_exit", "sm_sendmsg_enter", "sm_sendmsg_exit", "sm_sendmmsg_enter", "sm_sendmmsg_exit", nullptr};
inline constexpr const char* kNetworkConnectMaps[] = {"sm_connecting", "sm_unaccepted", "sm_connect_calls", "sm_flows", "sm_send_calls", nullptr};
inline constexpr const Field* kNetworkConnectLocations[] = {nullptr};
inline constexpr const char* kNetworkConnectMarked0[] = {"DestinationIsIpv6", "DestinationIp", "DestinationHostname", "DestinationPort", "DestinationPortName", nullptr};
inline constexpr const char* kNetworkConnectMarked1[] = {"SourceIsIpv6", "SourceIp", "SourceHostname", "SourcePort", "SourcePortName", "DestinationIsIpv6", "DestinationIp", "DestinationHostname", "DestinationPort", "DestinationPortName", nullptr};
inline constexpr Mark kNetworkConnectMarks[] = {
    {false, 91, 1, SM_NETWORK_USER_ADDRESS, kNetworkConnectMarked0},
    {false, 91, 1, SM_NETWORK_DESCRIPTOR, kNetworkConnectMarked1},
};

inline constexpr Field kProcessTerminateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::User, 40, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kProcessTerminateExtra[] = {
    {"exitCode", FieldType::U32, Op::ExitCode, 44, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"signal", FieldType::U32, Op::ExitSignal, 44, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"coreDump", FieldType::Bool, Op::CoreDump, 44, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kProcessTerminateCarried[] = {0, 5};
inline constexpr Hook kProcessTerminateHooks[] = {{"sched_process_exit", "core"}};
inline constexpr const char* kProcessTerminatePrograms[] = {nullptr};
inline constexpr const char* kProcessTerminateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessTerminateMaps[] = {nullptr};
inline constexpr const Field* kProcessTerminateLocations[] = {nullptr};

inline constexpr Field kModuleLoadFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ImageLoaded", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Signed", FieldType::String, Op::Choice, 165, 1, 0, "-,false,true", 0, Who::Process, ProcessField::Pid},
    {"Signature", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"SignatureStatus", FieldType::String, Op::Choice, 165, 1, 0, "-,Unavailable,Valid", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kModuleLoadExtra[] = {
    {"module.name", FieldType::String, Op::Text, 136, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"module.size", FieldType::U32, Op::Known, 152, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"module.taints", FieldType::String, Op::Taints, 156, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"module.arguments", FieldType::String, Op::Text, 144, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"requested", FieldType::Bool, Op::Flag, 166, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"existing", FieldType::Bool, Op::Flag, 169, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hidden", FieldType::Bool, Op::Flag, 170, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"errno", FieldType::U32, Op::Known, 160, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kModuleLoadCarried[] = {0, 2, 3, 4, 6};
inline constexpr Hook kModuleLoadHooks[] = {{"sys_exit_finit_module", "core"}, {"sys_exit_init_module", "core"}, {"module_load", "core"}, {"proc_modules", "core"}};
inline constexpr const char* kModuleLoadPrograms[] = {"sm_module_file_enter", "sm_module_memory_enter", "sm_module_taken", "sm_module_exit", "sm_module_gone", "sm_writers", nullptr};
inline constexpr const char* kModuleLoadWithoutCgroup2[] = {nullptr};
inline constexpr const char* kModuleLoadMaps[] = {"sm_module_calls", "sm_modules", nullptr};
inline constexpr const Field* kModuleLoadLocations[] = {&kModuleLoadFields[2], nullptr};
inline constexpr const char* kModuleLoadMarked0[] = {"extra.module.arguments", nullptr};
inline constexpr const char* kModuleLoadMarked1[] = {"extra.module.arguments", nullptr};
inline constexpr Mark kModuleLoadMarks[] = {
    {true, 167, 1, 1, kModuleLoadMarked0},
    {false, 168, 1, 1, kModuleLoadMarked1},
};

inline constexpr Field kImageLoadFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"ImageLoaded", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"FileVersion", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Description", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Product", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Company", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"OriginalFileName", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Signed", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"Signature", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"SignatureStatus", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 168, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kImageLoadExtra[] = {
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kImageLoadCarried[] = {0, 5, 11, 15};
inline constexpr Hook kImageLoadHooks[] = {{"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kImageLoadPrograms[] = {"sm_mmap_enter", "sm_mprotect_enter", "sm_pkey_mprotect_enter", "sm_executable_exit", "sm_runs", nullptr};
inline constexpr const char* kImageLoadWithoutCgroup2[] = {nullptr};
inline constexpr const char* kImageLoadMaps[] = {"sm_images_seen", "sm_executables", nullptr};
inline constexpr const Field* kImageLoadLocations[] = {&kImageLoadFields[5], nullptr};

inline constexpr Field kRawAccessReadFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Device", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kRawAccessReadExtra[] = {
    {"access", FieldType::String, Op::Choice, 145, 1, 0, "read,write,readWrite", 0, Who::Process, ProcessField::Pid},
    {"device", FieldType::String, Op::Device, 140, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kRawAccessReadCarried[] = {0, 5, 6};
inline constexpr Hook kRawAccessReadHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kRawAccessReadPrograms[] = {"sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kRawAccessReadWithoutCgroup2[] = {nullptr};
inline constexpr const char* kRawAccessReadMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kRawAccessReadLocations[] = {&kRawAccessReadFields[5], nullptr};

inline constexpr Field kProcessAccessFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceProcessGUID", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"SourceProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceThreadId", FieldType::U32, Op::Number, 64, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"SourceImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetProcessGUID", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Guid},
    {"TargetProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Pid},
    {"TargetImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Image},
    {"GrantedAccess", FieldType::Hex, Op::Hex, 72, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"CallTrace", FieldType::String, Op::Const, 0, 0, 0, "-", 0, Who::Process, ProcessField::Pid},
    {"SourceUser", FieldType::String, Op::User, 76, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"TargetUser", FieldType::String, Op::User, 80, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kProcessAccessExtra[] = {
    {"request", FieldType::String, Op::Choice, 93, 1, 0, "attach,seize,traceme", 0, Who::Process, ProcessField::Pid},
    {"targetThreadId", FieldType::U32, Op::Known, 68, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"calls", FieldType::U32, Op::Several, 84, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"errno", FieldType::U32, Op::Known, 88, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kProcessAccessCarried[] = {0, 4, 9, 11, 12};
inline constexpr Hook kProcessAccessHooks[] = {{"sys_exit_ptrace", "core"}, {"sys_exit_process_vm_readv", "core"}, {"sys_exit_process_vm_writev", "core"}, {"sys_exit_pidfd_getfd", "core"}, {"sched_process_fork", "core"}, {"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}};
inline constexpr const char* kProcessAccessPrograms[] = {"sm_ptrace_enter", "sm_vm_readv_enter", "sm_vm_writev_enter", "sm_getfd_enter", "sm_access_exit", "sm_access_fork", "sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kProcessAccessWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessAccessMaps[] = {"sm_access_calls", "sm_access_flows", "sm_calls", nullptr};
inline constexpr const Field* kProcessAccessLocations[] = {nullptr};
inline constexpr const char* kProcessAccessMarked0[] = {"TargetProcessGUID", "TargetProcessId", "TargetImage", "TargetUser", nullptr};
inline constexpr Mark kProcessAccessMarks[] = {
    {false, 94, 1, 1, kProcessAccessMarked0},
};

inline constexpr Field kFileCreateFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"CreationUtcTime", FieldType::Time, Op::Created, 141, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFileCreateExtra[] = {
    {"directory", FieldType::Bool, Op::Flag, 142, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileCreateCarried[] = {0, 5, 6, 7};
inline constexpr Hook kFileCreateHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileCreatePrograms[] = {"sm_open_enter", "sm_openat_enter", "sm_openat2_enter", "sm_creat_enter", "sm_handle_enter", "sm_open_exit", "sm_mknod_enter", "sm_mknodat_enter", "sm_mkdir_enter", "sm_mkdirat_enter", "sm_link_enter", "sm_linkat_enter", "sm_symlink_enter", "sm_symlinkat_enter", "sm_bind_enter", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_writers", "sm_runs", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileCreateWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileCreateMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileCreateLocations[] = {&kFileCreateFields[5], nullptr};

inline constexpr Field kPipeEvent17Fields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"EventType", FieldType::String, Op::Const, 0, 0, 0, "CreatePipe", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PipeName", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kPipeEvent17Carried[] = {0, 5, 7};
inline constexpr Hook kPipeEvent17Hooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kPipeEvent17Programs[] = {"sm_mknod_enter", "sm_mknodat_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", nullptr};
inline constexpr const char* kPipeEvent17WithoutCgroup2[] = {nullptr};
inline constexpr const char* kPipeEvent17Maps[] = {"sm_calls", nullptr};
inline constexpr const Field* kPipeEvent17Locations[] = {&kPipeEvent17Fields[5], nullptr};

inline constexpr Field kPipeEvent18Fields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"EventType", FieldType::String, Op::Const, 0, 0, 0, "ConnectPipe", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PipeName", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kPipeEvent18Carried[] = {0, 5, 7};
inline constexpr Hook kPipeEvent18Hooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kPipeEvent18Programs[] = {"sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kPipeEvent18WithoutCgroup2[] = {nullptr};
inline constexpr const char* kPipeEvent18Maps[] = {"sm_calls", nullptr};
inline constexpr const Field* kPipeEvent18Locations[] = {&kPipeEvent18Fields[5], nullptr};

inline constexpr Field kDnsQueryFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"QueryName", FieldType::String, Op::Text, 40, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"QueryStatus", FieldType::String, Op::Text, 48, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"QueryResults", FieldType::String, Op::Text, 56, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::User},
};
inline constexpr Field kDnsQueryExtra[] = {
    {"queryType", FieldType::String, Op::DnsType, 64, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"server", FieldType::String, Op::Peer, 72, 36, 108, "", 0, Who::Process, ProcessField::Pid},
    {"transport", FieldType::String, Op::Protocol, 109, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"attempts", FieldType::U32, Op::Several, 68, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"answerTruncated", FieldType::Bool, Op::Bit, 110, 2, 0, "", SM_DNS_CUT_ANSWER, Who::Process, ProcessField::Pid},
    {"answersLost", FieldType::Bool, Op::Bit, 110, 2, 0, "", SM_DNS_ANSWERS_LOST, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kDnsQueryCarried[] = {0, 4, 5, 6};
inline constexpr Hook kDnsQueryHooks[] = {{"cgroup_skb", "core"}};
inline constexpr const char* kDnsQueryPrograms[] = {"sm_dns_egress", "sm_dns_ingress", "sm_dns_connect4", "sm_dns_connect6", "sm_dns_sendmsg4", "sm_dns_sendmsg6", nullptr};
inline constexpr const char* kDnsQueryWithoutCgroup2[] = {nullptr};
inline constexpr const char* kDnsQueryMaps[] = {"sm_dns_owners", nullptr};
inline constexpr const Field* kDnsQueryLocations[] = {nullptr};
inline constexpr const char* kDnsQueryMarked0[] = {"QueryResults", nullptr};
inline constexpr Mark kDnsQueryMarks[] = {
    {true, 110, 2, SM_DNS_CUT_RESULTS, kDnsQueryMarked0},
};

inline constexpr Field kFileDeleteFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"IsExecutable", FieldType::Bool, Op::Flag, 141, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Archived", FieldType::Bool, Op::Archived, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFileDeleteExtra[] = {
    {"directory", FieldType::Bool, Op::Flag, 142, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"nlink", FieldType::U32, Op::Links, 40, 64, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"archive", FieldType::String, Op::ArchiveNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"archiveFile", FieldType::String, Op::ArchiveFile, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileDeleteCarried[] = {0, 4, 6, 7, 8, 9};
inline constexpr Hook kFileDeleteHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileDeletePrograms[] = {"sm_unlink_enter", "sm_unlinkat_enter", "sm_rmdir_enter", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileDeleteWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileDeleteMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileDeleteLocations[] = {&kFileDeleteFields[6], nullptr};

inline constexpr Field kProcessTamperingFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Type", FieldType::String, Op::Choice, 53, 1, 0, "Fileless execution,Image is replaced,Memory made executable", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 48, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kProcessTamperingExtra[] = {
    {"backing", FieldType::String, Op::Choice, 54, 1, 0, "memfd,deleted", 0, Who::Process, ProcessField::Pid},
    {"replacedBy", FieldType::String, Op::Path, 40, 8, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kProcessTamperingCarried[] = {0, 5, 6};
inline constexpr Hook kProcessTamperingHooks[] = {{"sched_process_exec", "core"}, {"sys_exit_prctl", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kProcessTamperingPrograms[] = {"sm_tampered_exec", "sm_prctl_enter", "sm_prctl_exit", "sm_mmap_enter", "sm_mprotect_enter", "sm_pkey_mprotect_enter", "sm_executable_exit", nullptr};
inline constexpr const char* kProcessTamperingWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessTamperingMaps[] = {"sm_code_makers", "sm_replacings", "sm_executables", nullptr};
inline constexpr const Field* kProcessTamperingLocations[] = {nullptr};

inline constexpr Field kFileDeleteDetectedFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"IsExecutable", FieldType::Bool, Op::Flag, 141, 1, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFileDeleteDetectedExtra[] = {
    {"directory", FieldType::Bool, Op::Flag, 142, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"nlink", FieldType::U32, Op::Links, 40, 64, 0, "", 0, Who::Process, ProcessField::Pid},
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileDeleteDetectedCarried[] = {0, 4, 6, 7, 8};
inline constexpr Hook kFileDeleteDetectedHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileDeleteDetectedPrograms[] = {"sm_unlink_enter", "sm_unlinkat_enter", "sm_rmdir_enter", "sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileDeleteDetectedWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileDeleteDetectedMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileDeleteDetectedLocations[] = {&kFileDeleteDetectedFields[6], nullptr};

inline constexpr Field keBPFEventFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"User", FieldType::String, Op::User, 96, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"BpfCommand", FieldType::String, Op::Choice, 120, 1, 0, "BPF_PROG_LOAD,BPF_PROG_ATTACH,BPF_PROG_DETACH,BPF_RAW_TRACEPOINT_OPEN,BPF_LINK_CREATE,BPF_LINK_UPDATE,BPF_LINK_DETACH,BPF_OBJ_PIN,PERF_EVENT_IOC_SET_BPF,BPF_MAP_UPDATE_ELEM,BPF_MAP_DELETE_ELEM,BPF_MAP_LOOKUP_AND_DELETE_ELEM,BPF_MAP_FREEZE,BPF_MAP_LOOKUP_AND_DELETE_BATCH,BPF_MAP_UPDATE_BATCH,BPF_MAP_DELETE_BATCH", 0, Who::Process, ProcessField::Pid},
    {"BpfProgramType", FieldType::String, Op::Choice, 100, 4, 0, "UNSPEC,SOCKET_FILTER,KPROBE,SCHED_CLS,SCHED_ACT,TRACEPOINT,XDP,PERF_EVENT,CGROUP_SKB,CGROUP_SOCK,LWT_IN,LWT_OUT,LWT_XMIT,SOCK_OPS,SK_SKB,CGROUP_DEVICE,SK_MSG,RAW_TRACEPOINT,CGROUP_SOCK_ADDR,LWT_SEG6LOCAL,LIRC_MODE2,SK_REUSEPORT,FLOW_DISSECTOR,CGROUP_SYSCTL,RAW_TRACEPOINT_WRITABLE,CGROUP_SOCKOPT,TRACING,STRUCT_OPS,EXT,LSM,SK_LOOKUP,SYSCALL,NETFILTER", 0, Who::Process, ProcessField::Pid},
    {"BpfProgramId", FieldType::U32, Op::Number, 104, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"BpfProgramName", FieldType::String, Op::Text, 72, 8, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field keBPFEventExtra[] = {
    {"attachedTo", FieldType::String, Op::Text, 88, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"path", FieldType::String, Op::Location, 40, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"link", FieldType::U32, Op::Known, 108, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"linkType", FieldType::String, Op::Choice, 122, 1, 0, "-,RAW_TRACEPOINT,TRACING,CGROUP,ITER,NETNS,XDP,PERF_EVENT,KPROBE_MULTI,STRUCT_OPS,NETFILTER,TCX,UPROBE_MULTI,NETKIT,SOCKMAP", 0, Who::Process, ProcessField::Pid},
    {"map", FieldType::U32, Op::Known, 112, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"mapName", FieldType::String, Op::Text, 80, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"own", FieldType::Bool, Op::Flag, 124, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"existing", FieldType::Bool, Op::Flag, 125, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"errno", FieldType::U32, Op::Known, 116, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t keBPFEventCarried[] = {0, 5, 6, 7, 8, 9};
inline constexpr Hook keBPFEventHooks[] = {{"sys_exit_bpf", "core"}, {"sys_exit_ioctl", "core"}, {"iter_bpf_prog", "core"}};
inline constexpr const char* keBPFEventPrograms[] = {"sm_bpf_enter", "sm_bpf_perf_enter", "sm_bpf_exit", "sm_bpf_existing", nullptr};
inline constexpr const char* keBPFEventWithoutCgroup2[] = {nullptr};
inline constexpr const char* keBPFEventMaps[] = {"sm_bpf_calls", "sm_own_bpf", nullptr};
inline constexpr const Field* keBPFEventLocations[] = {&keBPFEventExtra[1], nullptr};
inline constexpr const char* keBPFEventMarked0[] = {"BpfProgramType", "BpfProgramId", "BpfProgramName", nullptr};
inline constexpr Mark keBPFEventMarks[] = {
    {false, 123, 1, 1, keBPFEventMarked0},
};

inline constexpr Field kFileModifyFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ModificationType", FieldType::String, Op::Choice, 141, 1, 0, "Write,Append,Truncate,Map", 0, Who::Process, ProcessField::Pid},
    {"Hashes", FieldType::String, Op::Hashes, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 136, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFileModifyExtra[] = {
    {"hash", FieldType::String, Op::HashNote, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileModifyCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kFileModifyHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileModifyPrograms[] = {"sm_open_enter", "sm_openat_enter", "sm_openat2_enter", "sm_creat_enter", "sm_handle_enter", "sm_open_exit", "sm_write_enter", "sm_copy_enter", "sm_truncate_enter", "sm_write_exit", "sm_ioctl_enter", "sm_ioctl_exit", "sm_map_enter", "sm_map_protect_enter", "sm_map_pkey_enter", "sm_map_exit", "sm_submit_enter", "sm_submit_exit", "sm_writers", "sm_runs", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileModifyWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileModifyMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileModifyLocations[] = {&kFileModifyFields[5], nullptr};

inline constexpr Field kFileRenameFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"SourceFilename", FieldType::String, Op::Location, 136, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Replaced", FieldType::String, Op::Choice, 173, 1, 0, "-,false,true", 0, Who::Process, ProcessField::Pid},
    {"Exchanged", FieldType::Bool, Op::Flag, 174, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 168, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileRenameCarried[] = {0, 5, 6, 7, 8, 9};
inline constexpr Hook kFileRenameHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileRenamePrograms[] = {"sm_rename_enter", "sm_renameat_enter", "sm_renameat2_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileRenameWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileRenameMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileRenameLocations[] = {&kFileRenameFields[5], &kFileRenameFields[6], nullptr};

inline constexpr Field kFileLinkFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"LinkType", FieldType::String, Op::Choice, 173, 1, 0, "hard,symbolic", 0, Who::Process, ProcessField::Pid},
    {"LinkTarget", FieldType::String, Op::Location, 136, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 168, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileLinkCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kFileLinkHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileLinkPrograms[] = {"sm_link_enter", "sm_linkat_enter", "sm_symlink_enter", "sm_symlinkat_enter", "sm_path_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileLinkWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileLinkMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileLinkLocations[] = {&kFileLinkFields[5], &kFileLinkFields[7], nullptr};

inline constexpr Field kFileAttributeChangeFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Attribute", FieldType::String, Op::Choice, 165, 1, 0, "mode,owner,setXattr,removeXattr,flags", 0, Who::Process, ProcessField::Pid},
    {"Name", FieldType::String, Op::Text, 136, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"OldValue", FieldType::String, Op::Attribute, 144, 8, 165, "", 0, Who::Process, ProcessField::Pid},
    {"NewValue", FieldType::String, Op::Attribute, 152, 8, 165, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 160, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileAttributeChangeCarried[] = {0, 5, 6, 7, 8, 9, 10};
inline constexpr Hook kFileAttributeChangeHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileAttributeChangePrograms[] = {"sm_chmod_enter", "sm_fchmod_enter", "sm_fchmodat_enter", "sm_fchmodat2_enter", "sm_chown_enter", "sm_lchown_enter", "sm_fchown_enter", "sm_fchownat_enter", "sm_setxattr_enter", "sm_lsetxattr_enter", "sm_fsetxattr_enter", "sm_removexattr_enter", "sm_lremovexattr_enter", "sm_fremovexattr_enter", "sm_setflags_enter", "sm_attribute_exit", "sm_inode_set_ctime", "sm_inode_keep_ctime", "sm_inode_swap_ctime", nullptr};
inline constexpr const char* kFileAttributeChangeWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileAttributeChangeMaps[] = {"sm_calls", nullptr};
inline constexpr const Field* kFileAttributeChangeLocations[] = {&kFileAttributeChangeFields[5], nullptr};
inline constexpr const char* kFileAttributeChangeMarked0[] = {"Name", nullptr};
inline constexpr Mark kFileAttributeChangeMarks[] = {
    {false, 166, 1, 1, kFileAttributeChangeMarked0},
};

inline constexpr Field kFileOpenFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 104, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Access", FieldType::String, Op::Choice, 149, 1, 0, "read,write,readWrite,none", 0, Who::Process, ProcessField::Pid},
    {"WatchEntry", FieldType::String, Op::Path, 136, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 144, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFileOpenExtra[] = {
    {"byInode", FieldType::Bool, Op::Flag, 150, 1, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFileOpenCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kFileOpenHooks[] = {{"sys_exit_open", "core"}, {"sys_exit_openat", "core"}, {"sys_exit_openat2", "core"}, {"sys_exit_creat", "core"}, {"sys_exit_mknod", "core"}, {"sys_exit_mknodat", "core"}, {"sys_exit_mkdir", "core"}, {"sys_exit_mkdirat", "core"}, {"sys_exit_link", "core"}, {"sys_exit_linkat", "core"}, {"sys_exit_symlink", "core"}, {"sys_exit_symlinkat", "core"}, {"sys_exit_rename", "core"}, {"sys_exit_renameat", "core"}, {"sys_exit_renameat2", "core"}, {"sys_exit_unlink", "core"}, {"sys_exit_unlinkat", "core"}, {"sys_exit_rmdir", "core"}, {"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_truncate", "core"}, {"sys_exit_ftruncate", "core"}, {"sys_exit_fallocate", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"sys_exit_copy_file_range", "core"}, {"sys_exit_utime", "core"}, {"sys_exit_utimes", "core"}, {"sys_exit_futimesat", "core"}, {"sys_exit_utimensat", "core"}, {"io_uring_openat", "core"}, {"io_uring_openat2", "core"}, {"io_uring_mkdirat", "core"}, {"io_uring_symlinkat", "core"}, {"io_uring_linkat", "core"}, {"io_uring_renameat", "core"}, {"io_uring_unlinkat", "core"}, {"io_uring_write", "core"}, {"io_uring_write_fixed", "core"}, {"io_uring_writev", "core"}, {"io_uring_writev_fixed", "core"}, {"io_uring_fallocate", "core"}, {"io_uring_ftruncate", "core"}, {"io_uring_splice", "core"}, {"sys_exit_open_by_handle_at", "core"}, {"sys_exit_bind", "core"}, {"sys_exit_ioctl", "core"}, {"sys_exit_io_submit", "core"}, {"sys_exit_chmod", "core"}, {"sys_exit_fchmod", "core"}, {"sys_exit_fchmodat", "core"}, {"sys_exit_fchmodat2", "core"}, {"sys_exit_chown", "core"}, {"sys_exit_lchown", "core"}, {"sys_exit_fchown", "core"}, {"sys_exit_fchownat", "core"}, {"sys_exit_setxattr", "core"}, {"sys_exit_lsetxattr", "core"}, {"sys_exit_fsetxattr", "core"}, {"sys_exit_removexattr", "core"}, {"sys_exit_lremovexattr", "core"}, {"sys_exit_fremovexattr", "core"}, {"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}};
inline constexpr const char* kFileOpenPrograms[] = {"sm_open_exit", "sm_uring_submit", "sm_uring_submit_60", "sm_uring_submit_515", "sm_uring_submit_510", "sm_uring_end", "sm_uring_overflow", nullptr};
inline constexpr const char* kFileOpenWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFileOpenMaps[] = {"sm_calls", "sm_watch_inodes", nullptr};
inline constexpr const Field* kFileOpenLocations[] = {&kFileOpenFields[5], nullptr};

inline constexpr Field kPrivilegeChangeFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Operation", FieldType::String, Op::Choice, 484, 1, 0, "setuid,setgid,setreuid,setregid,setresuid,setresgid,setfsuid,setfsgid,setgroups,capset,prctl,unshare,setns,exec,clone,unexplained", 0, Who::Process, ProcessField::Pid},
    {"PreviousUser", FieldType::String, Op::User, 472, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 476, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PreviousCapabilities", FieldType::String, Op::Capabilities, 40, 216, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Capabilities", FieldType::String, Op::Capabilities, 256, 216, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kPrivilegeChangeExtra[] = {
    {"drop", FieldType::Bool, Op::Flag, 485, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"thread", FieldType::U32, Op::Known, 480, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"previousUids", FieldType::String, Op::Credentials, 40, 216, 256, "uids", 0, Who::Process, ProcessField::Pid},
    {"uids", FieldType::String, Op::Credentials, 256, 216, 40, "uids", 0, Who::Process, ProcessField::Pid},
    {"previousGids", FieldType::String, Op::Credentials, 40, 216, 256, "gids", 0, Who::Process, ProcessField::Pid},
    {"gids", FieldType::String, Op::Credentials, 256, 216, 40, "gids", 0, Who::Process, ProcessField::Pid},
    {"previousGroups", FieldType::String, Op::Credentials, 40, 216, 256, "groups", 0, Who::Process, ProcessField::Pid},
    {"groups", FieldType::String, Op::Credentials, 256, 216, 40, "groups", 0, Who::Process, ProcessField::Pid},
    {"previousPermitted", FieldType::String, Op::Credentials, 40, 216, 256, "permitted", 0, Who::Process, ProcessField::Pid},
    {"permitted", FieldType::String, Op::Credentials, 256, 216, 40, "permitted", 0, Who::Process, ProcessField::Pid},
    {"previousInheritable", FieldType::String, Op::Credentials, 40, 216, 256, "inheritable", 0, Who::Process, ProcessField::Pid},
    {"inheritable", FieldType::String, Op::Credentials, 256, 216, 40, "inheritable", 0, Who::Process, ProcessField::Pid},
    {"previousAmbient", FieldType::String, Op::Credentials, 40, 216, 256, "ambient", 0, Who::Process, ProcessField::Pid},
    {"ambient", FieldType::String, Op::Credentials, 256, 216, 40, "ambient", 0, Who::Process, ProcessField::Pid},
    {"previousBounding", FieldType::String, Op::Credentials, 40, 216, 256, "bounding", 0, Who::Process, ProcessField::Pid},
    {"bounding", FieldType::String, Op::Credentials, 256, 216, 40, "bounding", 0, Who::Process, ProcessField::Pid},
    {"previousSecurebits", FieldType::String, Op::Credentials, 40, 216, 256, "securebits", 0, Who::Process, ProcessField::Pid},
    {"securebits", FieldType::String, Op::Credentials, 256, 216, 40, "securebits", 0, Who::Process, ProcessField::Pid},
    {"previousUserNamespace", FieldType::String, Op::Credentials, 40, 216, 256, "userNamespace", 0, Who::Process, ProcessField::Pid},
    {"userNamespace", FieldType::String, Op::Credentials, 256, 216, 40, "userNamespace", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kPrivilegeChangeCarried[] = {0, 5, 6, 7, 8, 9};
inline constexpr Hook kPrivilegeChangeHooks[] = {{"sys_exit_setuid", "core"}, {"sys_exit_setgid", "core"}, {"sys_exit_setreuid", "core"}, {"sys_exit_setregid", "core"}, {"sys_exit_setresuid", "core"}, {"sys_exit_setresgid", "core"}, {"sys_exit_setfsuid", "core"}, {"sys_exit_setfsgid", "core"}, {"sys_exit_setgroups", "core"}, {"sys_exit_capset", "core"}, {"sys_exit_prctl", "core"}, {"sys_exit_unshare", "core"}, {"sys_exit_setns", "core"}, {"sched_process_exec", "core"}, {"sched_process_fork", "core"}, {"sys_enter", "core"}};
inline constexpr const char* kPrivilegeChangePrograms[] = {"sm_privilege_enter", "sm_privilege_exit", "sm_privilege_exec", "sm_privilege_fork", "sm_privilege_thread_exit", nullptr};
inline constexpr const char* kPrivilegeChangeWithoutCgroup2[] = {nullptr};
inline constexpr const char* kPrivilegeChangeMaps[] = {"sm_privileges", nullptr};
inline constexpr const Field* kPrivilegeChangeLocations[] = {nullptr};

inline constexpr Field kNamespaceChangeFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Operation", FieldType::String, Op::Choice, 132, 1, 0, "setns,unshare,clone", 0, Who::Process, ProcessField::Pid},
    {"PreviousNamespaces", FieldType::String, Op::Namespaces, 64, 32, 96, "", 0, Who::Process, ProcessField::Pid},
    {"Namespaces", FieldType::String, Op::Namespaces, 96, 32, 64, "", 0, Who::Process, ProcessField::Pid},
    {"TargetProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Guid},
    {"TargetProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Pid},
    {"TargetImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Image},
    {"User", FieldType::String, Op::User, 128, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kNamespaceChangeCarried[] = {0, 5, 6, 7, 11};
inline constexpr Hook kNamespaceChangeHooks[] = {{"sys_exit_setns", "core"}, {"sys_exit_unshare", "core"}, {"sched_process_fork", "core"}};
inline constexpr const char* kNamespaceChangePrograms[] = {"sm_setns_enter", "sm_unshare_enter", "sm_namespaces_exit", "sm_namespaces_fork", nullptr};
inline constexpr const char* kNamespaceChangeWithoutCgroup2[] = {nullptr};
inline constexpr const char* kNamespaceChangeMaps[] = {"sm_namespace_calls", nullptr};
inline constexpr const Field* kNamespaceChangeLocations[] = {nullptr};

inline constexpr Field kModuleUnloadFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"ModuleName", FieldType::String, Op::Text, 40, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 48, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kModuleUnloadExtra[] = {
    {"errno", FieldType::U32, Op::Known, 52, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kModuleUnloadCarried[] = {0, 5, 6};
inline constexpr Hook kModuleUnloadHooks[] = {{"sys_exit_delete_module", "core"}};
inline constexpr const char* kModuleUnloadPrograms[] = {"sm_module_delete_enter", "sm_module_freed", "sm_module_delete_exit", nullptr};
inline constexpr const char* kModuleUnloadWithoutCgroup2[] = {nullptr};
inline constexpr const char* kModuleUnloadMaps[] = {"sm_module_names", nullptr};
inline constexpr const Field* kModuleUnloadLocations[] = {nullptr};
inline constexpr const char* kModuleUnloadMarked0[] = {"ModuleName", nullptr};
inline constexpr Mark kModuleUnloadMarks[] = {
    {false, 56, 1, 1, kModuleUnloadMarked0},
};

inline constexpr Field kMountFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Operation", FieldType::String, Op::Choice, 105, 1, 0, "mount,bind,remount,move,propagation,umount,move_mount,fsmount,open_tree,pivot_root,chroot", 0, Who::Process, ProcessField::Pid},
    {"Source", FieldType::String, Op::Text, 40, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Target", FieldType::String, Op::Location, 48, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"FileSystem", FieldType::String, Op::Text, 80, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Options", FieldType::String, Op::MountOptions, 88, 8, 100, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 96, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kMountCarried[] = {0, 5, 6, 7, 8, 9, 10};
inline constexpr Hook kMountHooks[] = {{"sys_exit_mount", "core"}, {"sys_exit_umount", "core"}, {"sys_exit_move_mount", "core"}, {"sys_exit_fsmount", "core"}, {"sys_exit_open_tree", "core"}, {"sys_exit_pivot_root", "core"}, {"sys_exit_chroot", "core"}};
inline constexpr const char* kMountPrograms[] = {"sm_mount_enter", "sm_umount_enter", "sm_pivot_enter", "sm_move_mount_enter", "sm_open_tree_enter", "sm_fsmount_enter", "sm_chroot_enter", "sm_mount_exit", nullptr};
inline constexpr const char* kMountWithoutCgroup2[] = {nullptr};
inline constexpr const char* kMountMaps[] = {"sm_mount_calls", nullptr};
inline constexpr const Field* kMountLocations[] = {&kMountFields[7], nullptr};
inline constexpr const char* kMountMarked0[] = {"Source", nullptr};
inline constexpr const char* kMountMarked1[] = {"Options", nullptr};
inline constexpr const char* kMountMarked2[] = {"FileSystem", nullptr};
inline constexpr const char* kMountMarked3[] = {"Source", nullptr};
inline constexpr const char* kMountMarked4[] = {"FileSystem", "Options", nullptr};
inline constexpr Mark kMountMarks[] = {
    {true, 106, 1, 1, kMountMarked0},
    {true, 106, 1, 2, kMountMarked1},
    {true, 106, 1, 16, kMountMarked2},
    {false, 106, 1, 4, kMountMarked3},
    {false, 106, 1, 8, kMountMarked4},
};

inline constexpr Field kMemoryProtectFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Operation", FieldType::String, Op::Choice, 76, 1, 0, "mmap,mprotect,pkey_mprotect,memfd_create", 0, Who::Process, ProcessField::Pid},
    {"Protection", FieldType::String, Op::Choice, 79, 1, 0, "---,r--,-w-,rw-,--x,r-x,-wx,rwx", 0, Who::Process, ProcessField::Pid},
    {"Backing", FieldType::String, Op::Choice, 77, 1, 0, "anonymous,heap,stack,memfd,shared,deleted,file,image", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 72, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kMemoryProtectExtra[] = {
    {"previousProtection", FieldType::String, Op::Choice, 78, 1, 0, "-,r--,-w-,rw-,--x,r-x,-wx,rwx", 0, Who::Process, ProcessField::Pid},
    {"backedBy", FieldType::String, Op::Location, 40, 32, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kMemoryProtectCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kMemoryProtectHooks[] = {{"sys_exit_mmap", "core"}, {"sys_exit_mprotect", "core"}, {"sys_exit_pkey_mprotect", "core"}, {"sys_exit_memfd_create", "core"}};
inline constexpr const char* kMemoryProtectPrograms[] = {"sm_mmap_enter", "sm_mprotect_enter", "sm_pkey_mprotect_enter", "sm_executable_exit", "sm_memfd_exit", nullptr};
inline constexpr const char* kMemoryProtectWithoutCgroup2[] = {nullptr};
inline constexpr const char* kMemoryProtectMaps[] = {"sm_code_makers", "sm_executables", nullptr};
inline constexpr const Field* kMemoryProtectLocations[] = {&kMemoryProtectExtra[1], nullptr};

inline constexpr Field kSignalFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Signal", FieldType::String, Op::Choice, 76, 1, 0, "-,SIGHUP,SIGINT,SIGQUIT,SIGILL,SIGTRAP,SIGABRT,SIGBUS,SIGFPE,SIGKILL,SIGUSR1,SIGSEGV,SIGUSR2,SIGPIPE,SIGALRM,SIGTERM,SIGSTKFLT,SIGCHLD,SIGCONT,SIGSTOP,SIGTSTP,SIGTTIN,SIGTTOU,SIGURG,SIGXCPU,SIGXFSZ,SIGVTALRM,SIGPROF,SIGWINCH,SIGIO,SIGPWR,SIGSYS,SIG32,SIG33,SIGRTMIN,SIGRTMIN+1,SIGRTMIN+2,SIGRTMIN+3,SIGRTMIN+4,SIGRTMIN+5,SIGRTMIN+6,SIGRTMIN+7,SIGRTMIN+8,SIGRTMIN+9,SIGRTMIN+10,SIGRTMIN+11,SIGRTMIN+12,SIGRTMIN+13,SIGRTMIN+14,SIGRTMIN+15,SIGRTMIN+16,SIGRTMIN+17,SIGRTMIN+18,SIGRTMIN+19,SIGRTMIN+20,SIGRTMIN+21,SIGRTMIN+22,SIGRTMIN+23,SIGRTMIN+24,SIGRTMIN+25,SIGRTMIN+26,SIGRTMIN+27,SIGRTMIN+28,SIGRTMIN+29,SIGRTMAX", 0, Who::Process, ProcessField::Pid},
    {"TargetProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Guid},
    {"TargetProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Pid},
    {"TargetImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Image},
    {"TargetUser", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::User},
    {"User", FieldType::String, Op::User, 64, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kSignalExtra[] = {
    {"reason", FieldType::String, Op::Choice, 77, 1, 0, "sensor,init,security,otherUser,many", 0, Who::Process, ProcessField::Pid},
    {"way", FieldType::String, Op::Choice, 78, 1, 0, "kill,tgkill,sigqueue,kernel", 0, Who::Process, ProcessField::Pid},
    {"result", FieldType::String, Op::Choice, 79, 1, 0, "delivered,ignored,pending,overflow,lostInfo", 0, Who::Process, ProcessField::Pid},
    {"targetUid", FieldType::U32, Op::Number, 68, 4, 0, "", 0, Who::Process, ProcessField::Pid},
    {"count", FieldType::U32, Op::Known, 72, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kSignalCarried[] = {0, 5, 10};
inline constexpr Hook kSignalHooks[] = {{"signal_generate", "core"}};
inline constexpr const char* kSignalPrograms[] = {"sm_signal", "sm_sigqueue_enter", "sm_tgsigqueue_enter", "sm_sigqueue_exit", nullptr};
inline constexpr const char* kSignalWithoutCgroup2[] = {nullptr};
inline constexpr const char* kSignalMaps[] = {"sm_signal_calls", "sm_killers", nullptr};
inline constexpr const Field* kSignalLocations[] = {nullptr};

inline constexpr Field kSocketListenFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Protocol", FieldType::String, Op::Protocol, 68, 1, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Address", FieldType::String, Op::Address, 40, 16, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Port", FieldType::U16, Op::Number, 56, 2, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PortName", FieldType::String, Op::Service, 56, 2, 68, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 60, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kSocketListenExtra[] = {
    {"netns", FieldType::U32, Op::Number, 64, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kSocketListenCarried[] = {0, 5, 6, 7, 8, 9};
inline constexpr Hook kSocketListenHooks[] = {{"sys_exit_listen", "core"}, {"sys_exit_bind", "core"}, {"io_uring_complete", "core"}};
inline constexpr const char* kSocketListenPrograms[] = {"sm_listen_enter", "sm_listen_state", "sm_listen_exit", "sm_udp_bind_enter", "sm_udp_bind_exit", "sm_uring_listen", nullptr};
inline constexpr const char* kSocketListenWithoutCgroup2[] = {nullptr};
inline constexpr const char* kSocketListenMaps[] = {"sm_listen_calls", "sm_uring_listening", nullptr};
inline constexpr const Field* kSocketListenLocations[] = {nullptr};
inline constexpr const char* kSocketListenMarked0[] = {"Address", "Port", "PortName", nullptr};
inline constexpr Mark kSocketListenMarks[] = {
    {false, 70, 1, SM_NETWORK_DESCRIPTOR, kSocketListenMarked0},
};

inline constexpr Field kRawSocketFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Family", FieldType::String, Op::Choice, 44, 2, 0, "AF_UNSPEC,AF_UNIX,AF_INET,AF_AX25,AF_IPX,AF_APPLETALK,AF_NETROM,AF_BRIDGE,AF_ATMPVC,AF_X25,AF_INET6,AF_ROSE,AF_DECnet,AF_NETBEUI,AF_SECURITY,AF_KEY,AF_NETLINK,AF_PACKET,AF_ASH,AF_ECONET,AF_ATMSVC,AF_RDS,AF_SNA,AF_IRDA,AF_PPPOX,AF_WANPIPE,AF_LLC,AF_IB,AF_MPLS,AF_CAN,AF_TIPC,AF_BLUETOOTH,AF_IUCV,AF_RXRPC,AF_ISDN,AF_PHONET,AF_IEEE802154,AF_CAIF,AF_ALG,AF_NFC,AF_VSOCK,AF_KCM,AF_QIPCRTR,AF_SMC,AF_XDP,AF_MCTP", 0, Who::Process, ProcessField::Pid},
    {"Type", FieldType::String, Op::Choice, 46, 2, 0, "-,SOCK_STREAM,SOCK_DGRAM,SOCK_RAW,SOCK_RDM,SOCK_SEQPACKET,SOCK_DCCP,-,-,-,SOCK_PACKET", 0, Who::Process, ProcessField::Pid},
    {"Protocol", FieldType::String, Op::SocketProtocol, 48, 2, 44, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 40, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kRawSocketExtra[] = {
    {"operation", FieldType::String, Op::Choice, 51, 1, 0, "socket,SO_ATTACH_FILTER,SO_ATTACH_BPF,SO_ATTACH_REUSEPORT_CBPF,SO_ATTACH_REUSEPORT_EBPF", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kRawSocketCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kRawSocketHooks[] = {{"sys_exit_socket", "core"}, {"sys_exit_setsockopt", "core"}, {"io_uring_complete", "core"}};
inline constexpr const char* kRawSocketPrograms[] = {"sm_socket_enter", "sm_socket_exit", "sm_setsockopt_enter", "sm_setsockopt_exit", "sm_uring_socket", nullptr};
inline constexpr const char* kRawSocketWithoutCgroup2[] = {nullptr};
inline constexpr const char* kRawSocketMaps[] = {"sm_raw_calls", nullptr};
inline constexpr const Field* kRawSocketLocations[] = {nullptr};
inline constexpr const char* kRawSocketMarked0[] = {"Family", "Type", "Protocol", nullptr};
inline constexpr Mark kRawSocketMarks[] = {
    {false, 52, 1, SM_NETWORK_DESCRIPTOR, kRawSocketMarked0},
};

inline constexpr Field kUnixConnectFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"SocketName", FieldType::String, Op::Location, 64, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"TargetProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Guid},
    {"TargetProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Pid},
    {"TargetImage", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Target, ProcessField::Image},
    {"User", FieldType::String, Op::User, 96, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kUnixConnectCarried[] = {0, 5, 9};
inline constexpr Hook kUnixConnectHooks[] = {{"sys_exit_connect", "core"}, {"io_uring_complete", "core"}};
inline constexpr const char* kUnixConnectPrograms[] = {"sm_unix_enter", "sm_unix_exit", "sm_uring_unix", nullptr};
inline constexpr const char* kUnixConnectWithoutCgroup2[] = {nullptr};
inline constexpr const char* kUnixConnectMaps[] = {"sm_unix_calls", nullptr};
inline constexpr const Field* kUnixConnectLocations[] = {&kUnixConnectFields[5], nullptr};

inline constexpr Field kKernelParameterFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"Parameter", FieldType::String, Op::Location, 40, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"PreviousValue", FieldType::String, Op::Text, 72, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"NewValue", FieldType::String, Op::Text, 80, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 88, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kKernelParameterCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kKernelParameterHooks[] = {{"sys_exit_write", "core"}, {"sys_exit_pwrite64", "core"}, {"sys_exit_writev", "core"}, {"sys_exit_pwritev", "core"}, {"sys_exit_pwritev2", "core"}, {"sys_exit_sendfile64", "core"}, {"sys_exit_splice", "core"}, {"io_uring_complete", "core"}, {"sys_exit_kexec_load", "core"}, {"sys_exit_kexec_file_load", "core"}, {"sys_enter_reboot", "core"}, {"sys_exit_reboot", "core"}, {"sys_exit_swapon", "core"}, {"sys_exit_swapoff", "core"}, {"sys_exit_settimeofday", "core"}, {"sys_exit_clock_settime", "core"}, {"sys_exit_adjtimex", "core"}, {"sys_exit_clock_adjtime", "core"}, {"sys_exit_acct", "core"}, {"sys_exit_quotactl", "core"}, {"sys_exit_quotactl_fd", "core"}};
inline constexpr const char* kKernelParameterPrograms[] = {"sm_parameter_write_enter", "sm_parameter_writev_enter", "sm_parameter_sendfile_enter", "sm_parameter_splice_enter", "sm_parameter_kexec_load", "sm_parameter_kexec_file_load", "sm_parameter_swapon", "sm_parameter_swapoff", "sm_parameter_settimeofday", "sm_parameter_clock_settime", "sm_parameter_adjtimex", "sm_parameter_clock_adjtime", "sm_parameter_acct", "sm_parameter_quotactl", "sm_parameter_quotactl_fd", "sm_parameter_reboot", "sm_parameter_exit", "sm_uring_parameter", nullptr};
inline constexpr const char* kKernelParameterWithoutCgroup2[] = {nullptr};
inline constexpr const char* kKernelParameterMaps[] = {"sm_parameter_calls", "sm_parameter_new", nullptr};
inline constexpr const Field* kKernelParameterLocations[] = {&kKernelParameterFields[5], nullptr};
inline constexpr const char* kKernelParameterMarked0[] = {"NewValue", nullptr};
inline constexpr const char* kKernelParameterMarked1[] = {"NewValue", nullptr};
inline constexpr Mark kKernelParameterMarks[] = {
    {true, 93, 1, 1, kKernelParameterMarked0},
    {false, 93, 1, 2, kKernelParameterMarked1},
};

inline constexpr Field kFailedExecutionFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"TargetFilename", FieldType::String, Op::Location, 40, 32, 0, "", 0, Who::Process, ProcessField::Pid},
    {"CommandLine", FieldType::String, Op::Text, 72, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Errno", FieldType::String, Op::Choice, 90, 1, 0, "-,EPERM,ENOENT,ESRCH,EINTR,EIO,ENXIO,E2BIG,ENOEXEC,EBADF,ECHILD,EAGAIN,ENOMEM,EACCES,EFAULT,ENOTBLK,EBUSY,EEXIST,EXDEV,ENODEV,ENOTDIR,EISDIR,EINVAL,ENFILE,EMFILE,ENOTTY,ETXTBSY,EFBIG,ENOSPC,ESPIPE,EROFS,EMLINK,EPIPE,EDOM,ERANGE,EDEADLK,ENAMETOOLONG,ENOLCK,ENOSYS,ENOTEMPTY,ELOOP,ELIBBAD", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 80, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr Field kFailedExecutionExtra[] = {
    {"errno", FieldType::U32, Op::Known, 84, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kFailedExecutionCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kFailedExecutionHooks[] = {{"sys_exit_execve", "core"}, {"sys_exit_execveat", "core"}};
inline constexpr const char* kFailedExecutionPrograms[] = {"sm_failed_execve", "sm_failed_execveat", "sm_failed_exit", nullptr};
inline constexpr const char* kFailedExecutionWithoutCgroup2[] = {nullptr};
inline constexpr const char* kFailedExecutionMaps[] = {"sm_failed_calls", nullptr};
inline constexpr const Field* kFailedExecutionLocations[] = {&kFailedExecutionFields[5], nullptr};
inline constexpr const char* kFailedExecutionMarked0[] = {"CommandLine", nullptr};
inline constexpr const char* kFailedExecutionMarked1[] = {"CommandLine", nullptr};
inline constexpr Mark kFailedExecutionMarks[] = {
    {true, 89, 1, 1, kFailedExecutionMarked0},
    {false, 89, 1, 2, kFailedExecutionMarked1},
};

inline constexpr Field kProcessRenameFields[] = {
    {"RuleName", FieldType::String, Op::Rule, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"UtcTime", FieldType::Time, Op::Time, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"ProcessGuid", FieldType::Guid, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Guid},
    {"ProcessId", FieldType::U32, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Image", FieldType::String, Op::Process, 0, 0, 0, "", 0, Who::Process, ProcessField::Image},
    {"PreviousName", FieldType::String, Op::Text, 40, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"NewName", FieldType::String, Op::Text, 48, 8, 0, "", 0, Who::Process, ProcessField::Pid},
    {"Operation", FieldType::String, Op::Choice, 61, 1, 0, "PR_SET_NAME,comm,PR_SET_MM", 0, Who::Process, ProcessField::Pid},
    {"User", FieldType::String, Op::User, 56, 4, 0, "", 0, Who::Process, ProcessField::Pid},
};
inline constexpr uint16_t kProcessRenameCarried[] = {0, 5, 6, 7, 8};
inline constexpr Hook kProcessRenameHooks[] = {{"task_rename", "core"}, {"sys_exit_prctl", "core"}};
inline constexpr const char* kProcessRenamePrograms[] = {"sm_task_rename", "sm_renaming_enter", "sm_renaming_exit", nullptr};
inline constexpr const char* kProcessRenameWithoutCgroup2[] = {nullptr};
inline constexpr const char* kProcessRenameMaps[] = {"sm_renamings", nullptr};
inline constexpr const Field* kProcessRenameLocations[] = {nullptr};

inline constexpr Event kEvents[] = {
    {1, 2, "ProcessCreate", kProcessCreateFields, 23, kProcessCreateCarried, 3, kProcessCreateExtra, 1, kProcessCreateHooks, 1, 0, 0, 0, kProcessCreateLocations, 0, Content::Program, false, true, false, 0, 0, 0, 0, kProcessCreatePrograms, kProcessCreateWithoutCgroup2, kProcessCreateMaps, nullptr, 0},
    {2, 38, "FileCreateTime", kFileCreateTimeFields, 9, kFileCreateTimeCarried, 5, nullptr, 0, kFileCreateTimeHooks, 68, 32, 172, 40, kFileCreateTimeLocations, 0, Content::None, false, false, false, 168, 0, 0, 0, kFileCreateTimePrograms, kFileCreateTimeWithoutCgroup2, kFileCreateTimeMaps, nullptr, 0},
    {3, 64, "NetworkConnect", kNetworkConnectFields, 18, kNetworkConnectCarried, 14, kNetworkConnectExtra, 2, kNetworkConnectHooks, 11, 0, 90, 0, kNetworkConnectLocations, 0, Content::None, true, false, false, 76, 0, 0, 0, kNetworkConnectPrograms, kNetworkConnectWithoutCgroup2, kNetworkConnectMaps, kNetworkConnectMarks, 2},
    {5, 3, "ProcessTerminate", kProcessTerminateFields, 6, kProcessTerminateCarried, 2, kProcessTerminateExtra, 3, kProcessTerminateHooks, 1, 0, 0, 0, kProcessTerminateLocations, 0, Content::None, false, false, false, 40, 0, 0, 0, kProcessTerminatePrograms, kProcessTerminateWithoutCgroup2, kProcessTerminateMaps, nullptr, 0},
    {6, 112, "ModuleLoad", kModuleLoadFields, 7, kModuleLoadCarried, 5, kModuleLoadExtra, 9, kModuleLoadHooks, 4, 0, 164, 40, kModuleLoadLocations, 0, Content::Created, false, true, false, 0, 0, 0, 0, kModuleLoadPrograms, kModuleLoadWithoutCgroup2, kModuleLoadMaps, kModuleLoadMarks, 2},
    {7, 40, "ImageLoad", kImageLoadFields, 16, kImageLoadCarried, 4, kImageLoadExtra, 1, kImageLoadHooks, 3, 0, 172, 40, kImageLoadLocations, 0, Content::Image, false, true, false, 168, 0, 0, 0, kImageLoadPrograms, kImageLoadWithoutCgroup2, kImageLoadMaps, nullptr, 0},
    {9, 35, "RawAccessRead", kRawAccessReadFields, 7, kRawAccessReadCarried, 3, kRawAccessReadExtra, 2, kRawAccessReadHooks, 68, 1, 144, 40, kRawAccessReadLocations, 0, Content::None, false, false, false, 136, 0, 0, 0, kRawAccessReadPrograms, kRawAccessReadWithoutCgroup2, kRawAccessReadMaps, nullptr, 0},
    {10, 5, "ProcessAccess", kProcessAccessFields, 13, kProcessAccessCarried, 5, kProcessAccessExtra, 4, kProcessAccessHooks, 11, 0, 92, 0, kProcessAccessLocations, 40, Content::None, false, false, false, 76, 80, 0, 0, kProcessAccessPrograms, kProcessAccessWithoutCgroup2, kProcessAccessMaps, kProcessAccessMarks, 1},
    {11, 32, "FileCreate", kFileCreateFields, 8, kFileCreateCarried, 4, kFileCreateExtra, 3, kFileCreateHooks, 68, 1, 140, 40, kFileCreateLocations, 0, Content::Created, false, true, false, 136, 0, 141, 142, kFileCreatePrograms, kFileCreateWithoutCgroup2, kFileCreateMaps, nullptr, 0},
    {17, 36, "PipeEvent", kPipeEvent17Fields, 8, kPipeEvent17Carried, 3, nullptr, 0, kPipeEvent17Hooks, 68, 5, 140, 40, kPipeEvent17Locations, 0, Content::None, false, false, false, 136, 0, 0, 0, kPipeEvent17Programs, kPipeEvent17WithoutCgroup2, kPipeEvent17Maps, nullptr, 0},
    {18, 37, "PipeEvent", kPipeEvent18Fields, 8, kPipeEvent18Carried, 3, nullptr, 0, kPipeEvent18Hooks, 68, 1, 140, 40, kPipeEvent18Locations, 0, Content::None, false, false, false, 136, 0, 0, 0, kPipeEvent18Programs, kPipeEvent18WithoutCgroup2, kPipeEvent18Maps, nullptr, 0},
    {22, 81, "DnsQuery", kDnsQueryFields, 9, kDnsQueryCarried, 4, kDnsQueryExtra, 6, kDnsQueryHooks, 1, 0, 0, 0, kDnsQueryLocations, 0, Content::None, true, false, false, 0, 0, 0, 0, kDnsQueryPrograms, kDnsQueryWithoutCgroup2, kDnsQueryMaps, kDnsQueryMarks, 1},
    {23, 33, "FileDelete", kFileDeleteFields, 10, kFileDeleteCarried, 6, kFileDeleteExtra, 5, kFileDeleteHooks, 68, 16, 140, 40, kFileDeleteLocations, 0, Content::Deleted, false, true, true, 136, 0, 0, 142, kFileDeletePrograms, kFileDeleteWithoutCgroup2, kFileDeleteMaps, nullptr, 0},
    {25, 6, "ProcessTampering", kProcessTamperingFields, 7, kProcessTamperingCarried, 3, kProcessTamperingExtra, 2, kProcessTamperingHooks, 5, 0, 52, 0, kProcessTamperingLocations, 0, Content::None, false, false, false, 48, 0, 0, 0, kProcessTamperingPrograms, kProcessTamperingWithoutCgroup2, kProcessTamperingMaps, nullptr, 0},
    {26, 33, "FileDeleteDetected", kFileDeleteDetectedFields, 9, kFileDeleteDetectedCarried, 5, kFileDeleteDetectedExtra, 3, kFileDeleteDetectedHooks, 68, 16, 140, 40, kFileDeleteDetectedLocations, 0, Content::Deleted, false, true, false, 136, 0, 0, 142, kFileDeleteDetectedPrograms, kFileDeleteDetectedWithoutCgroup2, kFileDeleteDetectedMaps, nullptr, 0},
    {100, 114, "eBPFEvent", keBPFEventFields, 10, keBPFEventCarried, 6, keBPFEventExtra, 9, keBPFEventHooks, 3, 0, 121, 0, keBPFEventLocations, 0, Content::None, false, false, false, 96, 0, 0, 0, keBPFEventPrograms, keBPFEventWithoutCgroup2, keBPFEventMaps, keBPFEventMarks, 1},
    {110, 34, "FileModify", kFileModifyFields, 9, kFileModifyCarried, 5, kFileModifyExtra, 1, kFileModifyHooks, 68, 18, 140, 40, kFileModifyLocations, 0, Content::Modified, true, true, false, 136, 0, 0, 0, kFileModifyPrograms, kFileModifyWithoutCgroup2, kFileModifyMaps, nullptr, 0},
    {111, 41, "FileRename", kFileRenameFields, 10, kFileRenameCarried, 6, nullptr, 0, kFileRenameHooks, 68, 12, 172, 40, kFileRenameLocations, 0, Content::None, false, false, false, 168, 0, 0, 0, kFileRenamePrograms, kFileRenameWithoutCgroup2, kFileRenameMaps, nullptr, 0},
    {112, 42, "FileLink", kFileLinkFields, 9, kFileLinkCarried, 5, nullptr, 0, kFileLinkHooks, 68, 11, 172, 40, kFileLinkLocations, 0, Content::None, false, false, false, 168, 0, 0, 0, kFileLinkPrograms, kFileLinkWithoutCgroup2, kFileLinkMaps, nullptr, 0},
    {113, 43, "FileAttributeChange", kFileAttributeChangeFields, 11, kFileAttributeChangeCarried, 7, nullptr, 0, kFileAttributeChangeHooks, 68, 53, 164, 40, kFileAttributeChangeLocations, 0, Content::None, false, false, false, 160, 0, 0, 0, kFileAttributeChangePrograms, kFileAttributeChangeWithoutCgroup2, kFileAttributeChangeMaps, kFileAttributeChangeMarks, 1},
    {114, 44, "FileOpen", kFileOpenFields, 9, kFileOpenCarried, 5, kFileOpenExtra, 1, kFileOpenHooks, 68, 1, 148, 40, kFileOpenLocations, 0, Content::None, false, false, false, 144, 0, 0, 0, kFileOpenPrograms, kFileOpenWithoutCgroup2, kFileOpenMaps, nullptr, 0},
    {120, 7, "PrivilegeChange", kPrivilegeChangeFields, 10, kPrivilegeChangeCarried, 6, kPrivilegeChangeExtra, 20, kPrivilegeChangeHooks, 16, 0, 484, 0, kPrivilegeChangeLocations, 0, Content::None, false, false, false, 472, 476, 0, 0, kPrivilegeChangePrograms, kPrivilegeChangeWithoutCgroup2, kPrivilegeChangeMaps, nullptr, 0},
    {121, 96, "NamespaceChange", kNamespaceChangeFields, 12, kNamespaceChangeCarried, 5, nullptr, 0, kNamespaceChangeHooks, 3, 0, 132, 0, kNamespaceChangeLocations, 40, Content::None, false, false, false, 128, 0, 0, 0, kNamespaceChangePrograms, kNamespaceChangeWithoutCgroup2, kNamespaceChangeMaps, nullptr, 0},
    {122, 113, "ModuleUnload", kModuleUnloadFields, 7, kModuleUnloadCarried, 3, kModuleUnloadExtra, 1, kModuleUnloadHooks, 1, 0, 0, 0, kModuleUnloadLocations, 0, Content::None, false, false, false, 48, 0, 0, 0, kModuleUnloadPrograms, kModuleUnloadWithoutCgroup2, kModuleUnloadMaps, kModuleUnloadMarks, 1},
    {123, 98, "Mount", kMountFields, 11, kMountCarried, 7, nullptr, 0, kMountHooks, 7, 0, 104, 0, kMountLocations, 0, Content::None, false, false, false, 96, 0, 0, 0, kMountPrograms, kMountWithoutCgroup2, kMountMaps, kMountMarks, 5},
    {124, 9, "MemoryProtect", kMemoryProtectFields, 9, kMemoryProtectCarried, 5, kMemoryProtectExtra, 2, kMemoryProtectHooks, 4, 0, 76, 0, kMemoryProtectLocations, 0, Content::None, false, false, false, 72, 0, 0, 0, kMemoryProtectPrograms, kMemoryProtectWithoutCgroup2, kMemoryProtectMaps, nullptr, 0},
    {125, 8, "Signal", kSignalFields, 11, kSignalCarried, 3, kSignalExtra, 5, kSignalHooks, 1, 0, 0, 0, kSignalLocations, 40, Content::None, false, false, false, 64, 0, 0, 0, kSignalPrograms, kSignalWithoutCgroup2, kSignalMaps, nullptr, 0},
    {126, 65, "SocketListen", kSocketListenFields, 10, kSocketListenCarried, 6, kSocketListenExtra, 1, kSocketListenHooks, 3, 0, 69, 0, kSocketListenLocations, 0, Content::None, false, false, false, 60, 0, 0, 0, kSocketListenPrograms, kSocketListenWithoutCgroup2, kSocketListenMaps, kSocketListenMarks, 1},
    {127, 66, "RawSocket", kRawSocketFields, 9, kRawSocketCarried, 5, kRawSocketExtra, 1, kRawSocketHooks, 3, 0, 50, 0, kRawSocketLocations, 0, Content::None, false, false, false, 40, 0, 0, 0, kRawSocketPrograms, kRawSocketWithoutCgroup2, kRawSocketMaps, kRawSocketMarks, 1},
    {128, 67, "UnixConnect", kUnixConnectFields, 10, kUnixConnectCarried, 3, nullptr, 0, kUnixConnectHooks, 2, 0, 100, 0, kUnixConnectLocations, 40, Content::None, false, false, false, 96, 0, 0, 0, kUnixConnectPrograms, kUnixConnectWithoutCgroup2, kUnixConnectMaps, nullptr, 0},
    {129, 115, "KernelParameter", kKernelParameterFields, 9, kKernelParameterCarried, 5, nullptr, 0, kKernelParameterHooks, 21, 0, 92, 0, kKernelParameterLocations, 0, Content::None, false, false, false, 88, 0, 0, 0, kKernelParameterPrograms, kKernelParameterWithoutCgroup2, kKernelParameterMaps, kKernelParameterMarks, 2},
    {131, 11, "FailedExecution", kFailedExecutionFields, 9, kFailedExecutionCarried, 5, kFailedExecutionExtra, 1, kFailedExecutionHooks, 2, 0, 88, 0, kFailedExecutionLocations, 0, Content::None, false, false, false, 80, 0, 0, 0, kFailedExecutionPrograms, kFailedExecutionWithoutCgroup2, kFailedExecutionMaps, kFailedExecutionMarks, 2},
    {132, 10, "ProcessRename", kProcessRenameFields, 9, kProcessRenameCarried, 5, nullptr, 0, kProcessRenameHooks, 2, 0, 60, 0, kProcessRenameLocations, 0, Content::None, false, false, false, 56, 0, 0, 0, kProcessRenamePrograms, kProcessRenameWithoutCgroup2, kProcessRenameMaps, nullptr, 0},
};

inline constexpr uint16_t kForkTexts[] = {0};
inline constexpr uint16_t kExecTexts[] = {288, 296, 304, 312, 320, 328, 344, 368, 392};
inline constexpr uint16_t kExitTexts[] = {0};
inline constexpr uint16_t kAliveTexts[] = {288, 296, 304, 312, 320, 328, 344, 368, 392};
inline constexpr uint16_t kProcessAccessTexts[] = {0};
inline constexpr uint16_t kProcessTamperingTexts[] = {40};
inline constexpr uint16_t kPrivilegeChangeTexts[] = {0};
inline constexpr uint16_t kSignalTexts[] = {0};
inline constexpr uint16_t kMemoryProtectTexts[] = {40, 48, 56};
inline constexpr uint16_t kProcessRenameTexts[] = {40, 48};
inline constexpr uint16_t kFailedExecutionTexts[] = {40, 48, 56, 72};
inline constexpr uint16_t kFileCreateTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileDeleteTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileModifyTexts[] = {104, 112, 120};
inline constexpr uint16_t kRawAccessTexts[] = {104, 112, 120};
inline constexpr uint16_t kPipeCreateTexts[] = {104, 112, 120};
inline constexpr uint16_t kPipeConnectTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileTimeTexts[] = {104, 112, 120};
inline constexpr uint16_t kUringTexts[] = {0};
inline constexpr uint16_t kImageLoadTexts[] = {104, 112, 120};
inline constexpr uint16_t kFileRenameTexts[] = {104, 112, 120, 136, 144, 152};
inline constexpr uint16_t kFileLinkTexts[] = {104, 112, 120, 136, 144, 152};
inline constexpr uint16_t kFileAttributeChangeTexts[] = {104, 112, 120, 136};
inline constexpr uint16_t kFileOpenTexts[] = {104, 112, 120, 136};
inline constexpr uint16_t kNetworkTexts[] = {0};
inline constexpr uint16_t kSocketListenTexts[] = {0};
inline constexpr uint16_t kRawSocketTexts[] = {0};
inline constexpr uint16_t kUnixConnectTexts[] = {64, 72, 80};
inline constexpr uint16_t kDnsQuestionTexts[] = {56};
inline constexpr uint16_t kDnsQueryTexts[] = {40, 48, 56};
inline constexpr uint16_t kDnsAnswerTexts[] = {56};
inline constexpr uint16_t kDnsSegmentTexts[] = {56};
inline constexpr uint16_t kNamespaceChangeTexts[] = {0};
inline constexpr uint16_t kMountTexts[] = {40, 48, 56, 64, 80, 88};
inline constexpr uint16_t kModuleLoadTexts[] = {104, 112, 120, 136, 144};
inline constexpr uint16_t kModuleUnloadTexts[] = {40};
inline constexpr uint16_t kBpfEventTexts[] = {40, 48, 56, 72, 80, 88};
inline constexpr uint16_t kKernelParameterTexts[] = {40, 48, 56, 72, 80};
inline constexpr Record kRecords[] = {
    {1, "fork", true, 224, kForkTexts, 0, "ProcessFork", ""},
    {2, "exec", true, 440, kExecTexts, 9, "", ""},
    {3, "exit", true, 72, kExitTexts, 0, "", ""},
    {4, "alive", false, 440, kAliveTexts, 9, "", ""},
    {5, "process_access", false, 96, kProcessAccessTexts, 0, "", ""},
    {6, "process_tampering", false, 56, kProcessTamperingTexts, 1, "", ""},
    {7, "privilege_change", false, 488, kPrivilegeChangeTexts, 0, "", ""},
    {8, "signal", false, 80, kSignalTexts, 0, "", ""},
    {9, "memory_protect", false, 80, kMemoryProtectTexts, 3, "", ""},
    {10, "process_rename", false, 64, kProcessRenameTexts, 2, "", ""},
    {11, "failed_execution", false, 96, kFailedExecutionTexts, 4, "", ""},
    {32, "file_create", false, 144, kFileCreateTexts, 3, "", ""},
    {33, "file_delete", false, 144, kFileDeleteTexts, 3, "", ""},
    {34, "file_modify", false, 144, kFileModifyTexts, 3, "", ""},
    {35, "raw_access", false, 152, kRawAccessTexts, 3, "", ""},
    {36, "pipe_create", false, 144, kPipeCreateTexts, 3, "", ""},
    {37, "pipe_connect", false, 144, kPipeConnectTexts, 3, "", ""},
    {38, "file_time", false, 176, kFileTimeTexts, 3, "", ""},
    {39, "uring", false, 48, kUringTexts, 0, "", ""},
    {40, "image_load", false, 176, kImageLoadTexts, 3, "", ""},
    {41, "file_rename", false, 176, kFileRenameTexts, 6, "", ""},
    {42, "file_link", false, 176, kFileLinkTexts, 6, "", ""},
    {43, "file_attribute_change", false, 168, kFileAttributeChangeTexts, 4, "", ""},
    {44, "file_open", false, 152, kFileOpenTexts, 4, "", ""},
    {64, "network", false, 96, kNetworkTexts, 0, "", ""},
    {65, "socket_listen", false, 72, kSocketListenTexts, 0, "", ""},
    {66, "raw_socket", false, 56, kRawSocketTexts, 0, "", ""},
    {67, "unix_connect", false, 104, kUnixConnectTexts, 3, "", ""},
    {80, "dns_question", false, 112, kDnsQuestionTexts, 1, "DnsQuery", ""},
    {81, "dns_query", false, 112, kDnsQueryTexts, 3, "", ""},
    {82, "dns_answer", false, 112, kDnsAnswerTexts, 1, "DnsAnswer", "packets"},
    {83, "dns_segment", false, 112, kDnsSegmentTexts, 1, "DnsSegment", "packets"},
    {96, "namespace_change", false, 136, kNamespaceChangeTexts, 0, "", ""},
    {98, "mount", false, 112, kMountTexts, 6, "", ""},
    {112, "module_load", false, 176, kModuleLoadTexts, 5, "", ""},
    {113, "module_unload", false, 64, kModuleUnloadTexts, 1, "", ""},
    {114, "bpf_event", false, 128, kBpfEventTexts, 6, "", ""},
    {115, "kernel_parameter", false, 96, kKernelParameterTexts, 5, "", ""},
};

// What the running kernel must have: a tracepoint with so many arguments, or, without a number, a structure.
struct Need {
  const char* name;
  int8_t least, most;  // -1: a structure
};
inline constexpr Need kNeedsOf_sm_process_terminate[] = {{"sched_process_exit", 2, 12}};
inline constexpr Need kNeedsOf_sm_process_terminate_live[] = {{"sched_process_exit", 1, 1}};
inline constexpr Need kNeedsOf_sm_uring_submit[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_submit_60[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}, {"io_uring_submit_sqe", 2, 2}};
inline constexpr Need kNeedsOf_sm_uring_submit_515[] = {{"io_uring_submit_sqe", 7, 7}};
inline constexpr Need kNeedsOf_sm_uring_submit_510[] = {{"io_uring_submit_sqe", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_unix[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_parameter[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_listen[] = {{"io_listen", -1, -1}, {"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_socket[] = {{"io_socket", -1, -1}, {"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_end[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};
inline constexpr Need kNeedsOf_sm_uring_overflow[] = {{"io_cmd_data", -1, -1}, {"io_open", -1, -1}, {"io_unlink", -1, -1}, {"io_rename", -1, -1}, {"io_mkdir", -1, -1}, {"io_link", -1, -1}, {"io_uring_complete", 1, 12}, {"io_uring_cqe_overflow", 5, 5}};

// What a program is for that is attached to nothing; see lib/schema/programs.ts.
enum class Role : uint8_t { None, Living, Existing, Listed, Writers, Runs, Scope, Spawner };

struct Program {
  const char* name;
  uint16_t keeps;  // type of the record by which it keeps the process table, whatever is captured; 0: events need it
  Role role;
  const Need* needs;
  uint16_t need_count;
};
inline constexpr Program kPrograms[] = {
    {"sm_process_fork", 1, Role::None, nullptr, 0},
    {"sm_process_create", 2, Role::None, nullptr, 0},
    {"sm_process_terminate", 3, Role::None, kNeedsOf_sm_process_terminate, 1},
    {"sm_process_terminate_live", 3, Role::None, kNeedsOf_sm_process_terminate_live, 1},
    {"sm_process_alive", 4, Role::Living, nullptr, 0},
    {"sm_network_existing", 0, Role::Existing, nullptr, 0},
    {"sm_bpf_existing", 0, Role::Listed, nullptr, 0},
    {"sm_writers", 0, Role::Writers, nullptr, 0},
    {"sm_runs", 0, Role::Runs, nullptr, 0},
    {"sm_scope_cgroup_is", 0, Role::Scope, nullptr, 0},
    {"sm_scope_spawns", 0, Role::Spawner, nullptr, 0},
    {"sm_uring_submit", 0, Role::None, kNeedsOf_sm_uring_submit, 8},
    {"sm_uring_submit_60", 0, Role::None, kNeedsOf_sm_uring_submit_60, 9},
    {"sm_uring_submit_515", 0, Role::None, kNeedsOf_sm_uring_submit_515, 1},
    {"sm_uring_submit_510", 0, Role::None, kNeedsOf_sm_uring_submit_510, 1},
    {"sm_uring_unix", 0, Role::None, kNeedsOf_sm_uring_unix, 8},
    {"sm_uring_parameter", 0, Role::None, kNeedsOf_sm_uring_parameter, 8},
    {"sm_uring_listen", 0, Role::None, kNeedsOf_sm_uring_listen, 9},
    {"sm_uring_socket", 0, Role::None, kNeedsOf_sm_uring_socket, 9},
    {"sm_uring_end", 0, Role::None, kNeedsOf_sm_uring_end, 8},
    {"sm_uring_overflow", 0, Role::None, kNeedsOf_sm_uring_overflow, 8},
    {"sm_utime_enter", 0, Role::None, nullptr, 0},
    {"sm_utimes_enter", 0, Role::None, nullptr, 0},
    {"sm_futimesat_enter", 0, Role::None, nullptr, 0},
    {"sm_utimensat_enter", 0, Role::None, nullptr, 0},
    {"sm_path_exit", 0, Role::None, nullptr, 0},
    {"sm_inode_set_ctime", 0, Role::None, nullptr, 0},
    {"sm_inode_keep_ctime", 0, Role::None, nullptr, 0},
    {"sm_inode_swap_ctime", 0, Role::None, nullptr, 0},
    {"sm_tcp_state", 0, Role::None, nullptr, 0},
    {"sm_connect_enter", 0, Role::None, nullptr, 0},
    {"sm_connect_exit", 0, Role::None, nullptr, 0},
    {"sm_accept_exit", 0, Role::None, nullptr, 0},
    {"sm_accept4_exit", 0, Role::None, nullptr, 0},
    {"sm_uring_complete", 0, Role::None, nullptr, 0},
    {"sm_udp_sent", 0, Role::None, nullptr, 0},
    {"sm_udp_received4", 0, Role::None, nullptr, 0},
    {"sm_udp_received6", 0, Role::None, nullptr, 0},
    {"sm_sendto_enter", 0, Role::None, nullptr, 0},
    {"sm_sendto_exit", 0, Role::None, nullptr, 0},
    {"sm_sendmsg_enter", 0, Role::None, nullptr, 0},
    {"sm_sendmsg_exit", 0, Role::None, nullptr, 0},
    {"sm_sendmmsg_enter", 0, Role::None, nullptr, 0},
    {"sm_sendmmsg_exit", 0, Role::None, nullptr, 0},
    {"sm_module_file_enter", 0, Role::None, nullptr, 0},
    {"sm_module_memory_enter", 0, Role::None, nullptr, 0},
    {"sm_module_taken", 0, Role::None, nullptr, 0},
    {"sm_module_exit", 0, Role::None, nullptr, 0},
    {"sm_module_gone", 0, Role::None, nullptr, 0},
    {"sm_mmap_enter", 0, Role::None, nullptr, 0},
    {"sm_mprotect_enter", 0, Role::None, nullptr, 0},
    {"sm_pkey_mprotect_enter", 0, Role::None, nullptr, 0},
    {"sm_executable_exit", 0, Role::None, nullptr, 0},
    {"sm_open_exit", 0, Role::None, nullptr, 0},
    {"sm_ptrace_enter", 0, Role::None, nullptr, 0},
    {"sm_vm_readv_enter", 0, Role::None, nullptr, 0},
    {"sm_vm_writev_enter", 0, Role::None, nullptr, 0},
    {"sm_getfd_enter", 0, Role::None, nullptr, 0},
    {"sm_access_exit", 0, Role::None, nullptr, 0},
    {"sm_access_fork", 0, Role::None, nullptr, 0},
    {"sm_open_enter", 0, Role::None, nullptr, 0},
    {"sm_openat_enter", 0, Role::None, nullptr, 0},
    {"sm_openat2_enter", 0, Role::None, nullptr, 0},
    {"sm_creat_enter", 0, Role::None, nullptr, 0},
    {"sm_handle_enter", 0, Role::None, nullptr, 0},
    {"sm_mknod_enter", 0, Role::None, nullptr, 0},
    {"sm_mknodat_enter", 0, Role::None, nullptr, 0},
    {"sm_mkdir_enter", 0, Role::None, nullptr, 0},
    {"sm_mkdirat_enter", 0, Role::None, nullptr, 0},
    {"sm_link_enter", 0, Role::None, nullptr, 0},
    {"sm_linkat_enter", 0, Role::None, nullptr, 0},
    {"sm_symlink_enter", 0, Role::None, nullptr, 0},
    {"sm_symlinkat_enter", 0, Role::None, nullptr, 0},
    {"sm_bind_enter", 0, Role::None, nullptr, 0},
    {"sm_rename_enter", 0, Role::None, nullptr, 0},
    {"sm_renameat_enter", 0, Role::None, nullptr, 0},
    {"sm_renameat2_enter", 0, Role::None, nullptr, 0},
    {"sm_dns_egress", 0, Role::None, nullptr, 0},
    {"sm_dns_ingress", 0, Role::None, nullptr, 0},
    {"sm_dns_connect4", 0, Role::None, nullptr, 0},
    {"sm_dns_connect6", 0, Role::None, nullptr, 0},
    {"sm_dns_sendmsg4", 0, Role::None, nullptr, 0},
    {"sm_dns_sendmsg6", 0, Role::None, nullptr, 0},
    {"sm_unlink_enter", 0, Role::None, nullptr, 0},
    {"sm_unlinkat_enter", 0, Role::None, nullptr, 0},
    {"sm_rmdir_enter", 0, Role::None, nullptr, 0},
    {"sm_tampered_exec", 0, Role::None, nullptr, 0},
    {"sm_prctl_enter", 0, Role::None, nullptr, 0},
    {"sm_prctl_exit", 0, Role::None, nullptr, 0},
    {"sm_bpf_enter", 0, Role::None, nullptr, 0},
    {"sm_bpf_perf_enter", 0, Role::None, nullptr, 0},
    {"sm_bpf_exit", 0, Role::None, nullptr, 0},
    {"sm_write_enter", 0, Role::None, nullptr, 0},
    {"sm_copy_enter", 0, Role::None, nullptr, 0},
    {"sm_truncate_enter", 0, Role::None, nullptr, 0},
    {"sm_write_exit", 0, Role::None, nullptr, 0},
    {"sm_ioctl_enter", 0, Role::None, nullptr, 0},
    {"sm_ioctl_exit", 0, Role::None, nullptr, 0},
    {"sm_map_enter", 0, Role::None, nullptr, 0},
    {"sm_map_protect_enter", 0, Role::None, nullptr, 0},
    {"sm_map_pkey_enter", 0, Role::None, nullptr, 0},
    {"sm_map_exit", 0, Role::None, nullptr, 0},
    {"sm_submit_enter", 0, Role::None, nullptr, 0},
    {"sm_submit_exit", 0, Role::None, nullptr, 0},
    {"sm_chmod_enter", 0, Role::None, nullptr, 0},
    {"sm_fchmod_enter", 0, Role::None, nullptr, 0},
    {"sm_fchmodat_enter", 0, Role::None, nullptr, 0},
    {"sm_fchmodat2_enter", 0, Role::None, nullptr, 0},
    {"sm_chown_enter", 0, Role::None, nullptr, 0},
    {"sm_lchown_enter", 0, Role::None, nullptr, 0},
    {"sm_fchown_enter", 0, Role::None, nullptr, 0},
    {"sm_fchownat_enter", 0, Role::None, nullptr, 0},
    {"sm_setxattr_enter", 0, Role::None, nullptr, 0},
    {"sm_lsetxattr_enter", 0, Role::None, nullptr, 0},
    {"sm_fsetxattr_enter", 0, Role::None, nullptr, 0},
    {"sm_removexattr_enter", 0, Role::None, nullptr, 0},
    {"sm_lremovexattr_enter", 0, Role::None, nullptr, 0},
    {"sm_fremovexattr_enter", 0, Role::None, nullptr, 0},
    {"sm_setflags_enter", 0, Role::None, nullptr, 0},
    {"sm_attribute_exit", 0, Role::None, nullptr, 0},
    {"sm_privilege_enter", 0, Role::None, nullptr, 0},
    {"sm_privilege_exit", 0, Role::None, nullptr, 0},
    {"sm_privilege_exec", 0, Role::None, nullptr, 0},
    {"sm_privilege_fork", 0, Role::None, nullptr, 0},
    {"sm_privilege_thread_exit", 0, Role::None, nullptr, 0},
    {"sm_setns_enter", 0, Role::None, nullptr, 0},
    {"sm_unshare_enter", 0, Role::None, nullptr, 0},
    {"sm_namespaces_exit", 0, Role::None, nullptr, 0},
    {"sm_namespaces_fork", 0, Role::None, nullptr, 0},
    {"sm_module_delete_enter", 0, Role::None, nullptr, 0},
    {"sm_module_freed", 0, Role::None, nullptr, 0},
    {"sm_module_delete_exit", 0, Role::None, nullptr, 0},
    {"sm_mount_enter", 0, Role::None, nullptr, 0},
    {"sm_umount_enter", 0, Role::None, nullptr, 0},
    {"sm_pivot_enter", 0, Role::None, nullptr, 0},
    {"sm_move_mount_enter", 0, Role::None, nullptr, 0},
    {"sm_open_tree_enter", 0, Role::None, nullptr, 0},
    {"sm_fsmount_enter", 0, Role::None, nullptr, 0},
    {"sm_chroot_enter", 0, Role::None, nullptr, 0},
    {"sm_mount_exit", 0, Role::None, nullptr, 0},
    {"sm_memfd_exit", 0, Role::None, nullptr, 0},
    {"sm_signal", 0, Role::None, nullptr, 0},
    {"sm_sigqueue_enter", 0, Role::None, nullptr, 0},
    {"sm_tgsigqueue_enter", 0, Role::None, nullptr, 0},
    {"sm_sigqueue_exit", 0, Role::None, nullptr, 0},
    {"sm_listen_enter", 0, Role::None, nullptr, 0},
    {"sm_listen_state", 0, Role::None, nullptr, 0},
    {"sm_listen_exit", 0, Role::None, nullptr, 0},
    {"sm_udp_bind_enter", 0, Role::None, nullptr, 0},
    {"sm_udp_bind_exit", 0, Role::None, nullptr, 0},
    {"sm_socket_enter", 0, Role::None, nullptr, 0},
    {"sm_socket_exit", 0, Role::None, nullptr, 0},
    {"sm_setsockopt_enter", 0, Role::None, nullptr, 0},
    {"sm_setsockopt_exit", 0, Role::None, nullptr, 0},
    {"sm_unix_enter", 0, Role::None, nullptr, 0},
    {"sm_unix_exit", 0, Role::None, nullptr, 0},
    {"sm_parameter_write_enter", 0, Role::None, nullptr, 0},
    {"sm_parameter_writev_enter", 0, Role::None, nullptr, 0},
    {"sm_parameter_sendfile_enter", 0, Role::None, nullptr, 0},
    {"sm_parameter_splice_enter", 0, Role::None, nullptr, 0},
    {"sm_parameter_kexec_load", 0, Role::None, nullptr, 0},
    {"sm_parameter_kexec_file_load", 0, Role::None, nullptr, 0},
    {"sm_parameter_swapon", 0, Role::None, nullptr, 0},
    {"sm_parameter_swapoff", 0, Role::None, nullptr, 0},
    {"sm_parameter_settimeofday", 0, Role::None, nullptr, 0},
    {"sm_parameter_clock_settime", 0, Role::None, nullptr, 0},
    {"sm_parameter_adjtimex", 0, Role::None, nullptr, 0},
    {"sm_parameter_clock_adjtime", 0, Role::None, nullptr, 0},
    {"sm_parameter_acct", 0, Role::None, nullptr, 0},
    {"sm_parameter_quotactl", 0, Role::None, nullptr, 0},
    {"sm_parameter_quotactl_fd", 0, Role::None, nullptr, 0},
    {"sm_parameter_reboot", 0, Role::None, nullptr, 0},
    {"sm_parameter_exit", 0, Role::None, nullptr, 0},
    {"sm_failed_execve", 0, Role::None, nullptr, 0},
    {"sm_failed_execveat", 0, Role::None, nullptr, 0},
    {"sm_failed_exit", 0, Role::None, nullptr, 0},
    {"sm_task_rename", 0, Role::None, nullptr, 0},
    {"sm_renaming_enter", 0, Role::None, nullptr, 0},
    {"sm_renaming_exit", 0, Role::None, nullptr, 0},
};

// Constants of the BPF object that say whether the kernel has a tracepoint.
struct KernelFact {
  const char* constant;
  const char* hook;
};
inline constexpr KernelFact kKernelFacts[] = {{"sm_tells_inodes", "inode_set_ctime_to_ts"}};

// Indexed by sm_drop.
inline constexpr const char* kDropReasons[] = {"ring", "reserve", "scratch", "table", "skipped", "headers", "share"};
// Indexed by sm_fd_kind.
inline constexpr const char* kFdKinds[] = {"closed", "tty", "pipe", "socket", "file", "directory", "char", "block", "other"};

// Entries of a batch: 32-bit words, 8-byte aligned.
enum class Entry : uint32_t {
  kDefineString = 256,  // id, string: a text that later entries refer to
  kResetStrings = 257,  // all defined strings are void
  kDefineProcess = 258,  // a process record
  kRetireProcess = 259,  // ref: no later entry refers to it before it is defined again
  kLoss = 260,  // stage, event type, count (2 words), since (2 words), until (2 words), unit, processes (JSON); 0: none
  kReady = 261,  // hooks are live and the living are known
  kError = 262,  // id, text: something that the sensor cannot do or see, and it goes on
  kEnd = 263,  // nothing follows
  kConfigured = 264,  // what follows was judged by the new configuration
  kDefineContainer = 265,  // ref, 1 if nothing more will come, JSON: a container, or more of one that is known
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
  uint32_t ppid;  // optionalU32: Process id of the parent when the process was made; 0 if none, absent if it is not known.
  uint32_t image;  // string: Path of the executed file in its mount namespace; `-` if none (kernel thread).
  uint32_t commandLine;  // string: Arguments joined by single spaces, as Sysmon prints them.
  uint32_t argv;  // argv: The arguments one by one.
  uint32_t cwd;  // string: Working directory at exec.
  uint32_t root;  // optionalString: Root directory at exec, where it is not that of the mount namespace (chroot). Paths of events are not relative to it.
  uint32_t uid;  // optionalU32: Real user id at exec; absent if it is not known.
  uint32_t gid;  // optionalU32: Real group id at exec; absent if it is not known.
  uint32_t euid;  // optionalU32: Effective user id at exec; absent if it is not known.
  uint32_t egid;  // optionalU32: Effective group id at exec; absent if it is not known.
  uint32_t suid;  // optionalU32: Saved user id at exec; absent if it is not known.
  uint32_t loginUid;  // optionalU32: User id of the login session (audit); absent if unset.
  uint32_t user;  // string: Name of the real user id; `-` if it has none, or is not known.
  uint32_t session;  // optionalU32: Audit session id; absent if unset.
  uint32_t sid;  // optionalU32: POSIX session id: pid of the session leader; absent if it is not known.
  uint32_t pgid;  // optionalU32: Process group id; absent if it is not known.
  uint32_t nsPid;  // optionalU32: Process id inside the process's own pid namespace; absent if it is not known.
  uint32_t tty;  // optionalString: Controlling terminal, for example `pts/0`.
  uint32_t startTimeSec, startTimeUsec;  // When the process was made: ISO 8601, UTC, microseconds.
  uint32_t logonGuid;  // string: Sysmon's LogonGuid: machine id, login second of the terminal, user id, terminal.
  uint32_t capabilities;  // optionalJson: Capability sets after the exec, and those effective now that were not before it; absent if they are not known.
  uint32_t namespaces;  // optionalJson: Inode numbers of the namespaces, as in /proc/PID/ns; absent is what is not known, or what the kernel does not have.
  uint32_t cgroup;  // optionalJson: Control group in the unified hierarchy: 64-bit id in decimal, and its path if it could be resolved. Absent if it is not known.
  uint32_t container;  // optionalContainer: The container, by the control group at exec or fork; absent outside of one. One object for all its processes: name, image, pod and labels are filled in when the files of the runtime tell them, at most a quarter of a minute later, and then it is frozen.
  uint32_t containerUser;  // optionalString: Name of the real user id in the container's own /etc/passwd, by the id that it has there. `user` is what the sensor's system calls it.
  uint32_t stdio;  // json: Kind and target of file descriptors 0-2 at exec. A socket has its peer as target.
  uint32_t env;  // json: The allow-listed environment variables that were set.
  uint32_t npm;  // optionalJson: The package whose script this is part of, as npm's variables say in the environment of the nearest that has them: the process itself or an ancestor. `event` is that of the life cycle (`postinstall`), `agent` who runs it. Only with `environment: 'npm'`, or the variables named; whoever runs the script can change them.
  uint32_t script;  // optionalString: Script run by a `#!` interpreter, as an absolute path where it was given relative to cwd.
  uint32_t origin;  // optionalJson: Where the executed file comes from (option `origin`): the process that wrote it last, when, and the last host that this process had connected to in the ten minutes before. `through`: it had not, but its arguments name this file, which came from there, or it was executed to read from this pipe (`pipe:[…]`), which a process that had connected was executed to write to. `script`: not the executed file comes from there, but this script that it runs.
  uint32_t remote;  // optionalJson: From where the process is used (option `origin`): the connection that its nearest ancestor with one accepted, and who that was. How it is known: `socket`, an ancestor, or it, had it as file descriptor 0-2; `accepted`, it is the last that the ancestor had accepted by then, which may serve others; `environment`, SSH_CONNECTION says so, which a process can set.
  uint32_t flags;  // kProcess*
  uint32_t pad;
};
static_assert(sizeof(ProcessEntry) == 168);
inline constexpr uint32_t kProcessMemfd = 1;
inline constexpr uint32_t kProcessDeleted = 2;
inline constexpr uint32_t kProcessKernelThread = 4;
inline constexpr uint32_t kProcessForked = 8;
inline constexpr uint32_t kProcessUncertain = 16;
inline constexpr uint32_t kProcessSnapshot = 32;
static_assert(offsetof(ProcessEntry, strongId) == 16);

}  // namespace sysmon::schema
