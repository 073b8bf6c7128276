// Generated from lib/schema by `npm run generate`. Do not edit.
import { techniquesOfType } from '../attack/index.js';
import { isoOf, utcOf } from '../base/time.js';
import { zeroGuid } from '../event/event.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import type {
  ProcessCreateEvent,
  FileCreateTimeEvent,
  NetworkConnectEvent,
  ProcessTerminateEvent,
  ModuleLoadEvent,
  ImageLoadEvent,
  RawAccessReadEvent,
  ProcessAccessEvent,
  FileCreateEvent,
  PipeEventEvent,
  DnsQueryEvent,
  FileDeleteEvent,
  ProcessTamperingEvent,
  FileDeleteDetectedEvent,
  eBPFEventEvent,
  FileModifyEvent,
  FileRenameEvent,
  FileLinkEvent,
  FileAttributeChangeEvent,
  FileOpenEvent,
  PrivilegeChangeEvent,
  NamespaceChangeEvent,
  ModuleUnloadEvent,
  MountEvent,
  MemoryProtectEvent,
  SignalEvent,
  SocketListenEvent,
  RawSocketEvent,
  UnixConnectEvent,
  KernelParameterEvent,
  FailedExecutionEvent,
  ProcessRenameEvent,
  SysmonEvent,
} from '../schema/events.gen.js';
import { eventTime, type BatchReader } from './batch-reader.js';

const startUtcOf = ProcessRecord.startUtc;
const logonIdOf = ProcessRecord.logonId;

const techniquesOfProcessCreate = techniquesOfType('ProcessCreate');
const extraProcessCreate: ProcessCreateEvent['extra'] = Object.freeze({ hook: 'sched_process_exec', tier: 'core' });
function decodeProcessCreate(b: BatchReader, w: Uint32Array, o: number): ProcessCreateEvent {
  const p = b.process(w[o + 2]);
  const q = p.parent;
  return {
    type: 'ProcessCreate',
    id: 1,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: startUtcOf(p),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      FileVersion: '-',
      Description: '-',
      Product: '-',
      Company: '-',
      OriginalFileName: '-',
      CommandLine: w[o + 8] === 0 ? p.commandLine : b.string(w[o + 8]),
      CurrentDirectory: p.cwd,
      User: p.user,
      LogonGuid: p.logonGuid,
      LogonId: logonIdOf(p),
      TerminalSessionId: p.session ?? 4294967295,
      IntegrityLevel: 'no level',
      Hashes: b.string(w[o + 9]),
      ParentProcessGuid: q === undefined ? zeroGuid : q.guid,
      ParentProcessId: p.ppid ?? 0,
      ParentImage: q === undefined ? '-' : q.image,
      ParentCommandLine: q === undefined ? '-' : q.commandLine,
      ParentUser: q === undefined ? '-' : q.user,
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessCreate : b.extra(w[o + 3], extraProcessCreate),
    techniques: w[o + 6] === 0 ? techniquesOfProcessCreate : b.techniques(w[o + 6], 'ProcessCreate'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileCreateTime = techniquesOfType('FileCreateTime');
const extraFileCreateTime: FileCreateTimeEvent['extra'] = Object.freeze({ hook: 'sys_exit_utimensat', tier: 'core' });
function decodeFileCreateTime(b: BatchReader, w: Uint32Array, o: number): FileCreateTimeEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileCreateTime',
    id: 2,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      CreationUtcTime: b.string(w[o + 9]),
      PreviousCreationUtcTime: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileCreateTime),
    techniques: w[o + 6] === 0 ? techniquesOfFileCreateTime : b.techniques(w[o + 6], 'FileCreateTime'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfNetworkConnect = techniquesOfType('NetworkConnect');
const extraNetworkConnect: NetworkConnectEvent['extra'] = Object.freeze({ hook: 'inet_sock_set_state', tier: 'core' });
function decodeNetworkConnect(b: BatchReader, w: Uint32Array, o: number): NetworkConnectEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'NetworkConnect',
    id: 3,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      User: b.string(w[o + 8]),
      Protocol: b.string(w[o + 9]),
      Initiated: w[o + 10] !== 0,
      SourceIsIpv6: w[o + 11] !== 0,
      SourceIp: b.string(w[o + 12]),
      SourceHostname: b.string(w[o + 13]),
      SourcePort: w[o + 14],
      SourcePortName: b.string(w[o + 15]),
      DestinationIsIpv6: w[o + 16] !== 0,
      DestinationIp: b.string(w[o + 17]),
      DestinationHostname: b.string(w[o + 18]),
      DestinationPort: w[o + 19],
      DestinationPortName: b.string(w[o + 20]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraNetworkConnect : b.extra(w[o + 3], extraNetworkConnect),
    techniques: w[o + 6] === 0 ? techniquesOfNetworkConnect : b.techniques(w[o + 6], 'NetworkConnect'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfProcessTerminate = techniquesOfType('ProcessTerminate');
const extraProcessTerminate: ProcessTerminateEvent['extra'] = Object.freeze({
  hook: 'sched_process_exit',
  tier: 'core',
});
function decodeProcessTerminate(b: BatchReader, w: Uint32Array, o: number): ProcessTerminateEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ProcessTerminate',
    id: 5,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      User: b.string(w[o + 8]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessTerminate : b.extra(w[o + 3], extraProcessTerminate),
    techniques: w[o + 6] === 0 ? techniquesOfProcessTerminate : b.techniques(w[o + 6], 'ProcessTerminate'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfModuleLoad = techniquesOfType('ModuleLoad');
const extraModuleLoad: ModuleLoadEvent['extra'] = Object.freeze({ hook: 'sys_exit_finit_module', tier: 'core' });
function decodeModuleLoad(b: BatchReader, w: Uint32Array, o: number): ModuleLoadEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ModuleLoad',
    id: 6,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ImageLoaded: b.string(w[o + 8]),
      Hashes: b.string(w[o + 9]),
      Signed: ['-', 'false', 'true'][w[o + 10]] ?? '-',
      Signature: '-',
      SignatureStatus: ['-', 'Unavailable', 'Valid'][w[o + 11]] ?? '-',
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraModuleLoad),
    techniques: w[o + 6] === 0 ? techniquesOfModuleLoad : b.techniques(w[o + 6], 'ModuleLoad'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfImageLoad = techniquesOfType('ImageLoad');
const extraImageLoad: ImageLoadEvent['extra'] = Object.freeze({ hook: 'sys_exit_mmap', tier: 'core' });
function decodeImageLoad(b: BatchReader, w: Uint32Array, o: number): ImageLoadEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ImageLoad',
    id: 7,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      ImageLoaded: b.string(w[o + 8]),
      FileVersion: '-',
      Description: '-',
      Product: '-',
      Company: '-',
      OriginalFileName: '-',
      Hashes: b.string(w[o + 9]),
      Signed: '-',
      Signature: '-',
      SignatureStatus: '-',
      User: b.string(w[o + 10]),
    },
    process: p,
    extra: b.fileExtra(w, o + 11, w[o + 3], extraImageLoad),
    techniques: w[o + 6] === 0 ? techniquesOfImageLoad : b.techniques(w[o + 6], 'ImageLoad'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfRawAccessRead = techniquesOfType('RawAccessRead');
const extraRawAccessRead: RawAccessReadEvent['extra'] = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodeRawAccessRead(b: BatchReader, w: Uint32Array, o: number): RawAccessReadEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'RawAccessRead',
    id: 9,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Device: b.string(w[o + 8]),
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraRawAccessRead),
    techniques: w[o + 6] === 0 ? techniquesOfRawAccessRead : b.techniques(w[o + 6], 'RawAccessRead'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfProcessAccess = techniquesOfType('ProcessAccess');
const extraProcessAccess: ProcessAccessEvent['extra'] = Object.freeze({ hook: 'sys_exit_ptrace', tier: 'core' });
function decodeProcessAccess(b: BatchReader, w: Uint32Array, o: number): ProcessAccessEvent {
  const p = b.process(w[o + 2]);
  const t = b.target(w[o + 12]);
  return {
    type: 'ProcessAccess',
    id: 10,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      SourceProcessGUID: p.guid,
      SourceProcessId: p.pid,
      SourceThreadId: w[o + 8],
      SourceImage: p.image,
      TargetProcessGUID: t === undefined ? zeroGuid : t.guid,
      TargetProcessId: t === undefined ? 0 : t.pid,
      TargetImage: t === undefined ? '-' : t.image,
      GrantedAccess: b.string(w[o + 9]),
      CallTrace: '-',
      SourceUser: b.string(w[o + 10]),
      TargetUser: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessAccess : b.extra(w[o + 3], extraProcessAccess),
    techniques: w[o + 6] === 0 ? techniquesOfProcessAccess : b.techniques(w[o + 6], 'ProcessAccess'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileCreate = techniquesOfType('FileCreate');
const extraFileCreate: FileCreateEvent['extra'] = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodeFileCreate(b: BatchReader, w: Uint32Array, o: number): FileCreateEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileCreate',
    id: 11,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      CreationUtcTime: w[o + 9] === eventTime ? utcOf(w[o + 4], w[o + 5]) : b.string(w[o + 9]),
      User: b.string(w[o + 10]),
    },
    process: p,
    extra: b.fileExtra(w, o + 11, w[o + 3], extraFileCreate),
    techniques: w[o + 6] === 0 ? techniquesOfFileCreate : b.techniques(w[o + 6], 'FileCreate'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfPipeEvent17 = techniquesOfType('PipeEvent');
const extraPipeEvent17: PipeEventEvent['extra'] = Object.freeze({ hook: 'sys_exit_mknodat', tier: 'core' });
function decodePipeEvent17(b: BatchReader, w: Uint32Array, o: number): PipeEventEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'PipeEvent',
    id: 17,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      EventType: 'CreatePipe',
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      PipeName: b.string(w[o + 8]),
      Image: p.image,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraPipeEvent17),
    techniques: w[o + 6] === 0 ? techniquesOfPipeEvent17 : b.techniques(w[o + 6], 'PipeEvent'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfPipeEvent18 = techniquesOfType('PipeEvent');
const extraPipeEvent18: PipeEventEvent['extra'] = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodePipeEvent18(b: BatchReader, w: Uint32Array, o: number): PipeEventEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'PipeEvent',
    id: 18,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      EventType: 'ConnectPipe',
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      PipeName: b.string(w[o + 8]),
      Image: p.image,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraPipeEvent18),
    techniques: w[o + 6] === 0 ? techniquesOfPipeEvent18 : b.techniques(w[o + 6], 'PipeEvent'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfDnsQuery = techniquesOfType('DnsQuery');
const extraDnsQuery: DnsQueryEvent['extra'] = Object.freeze({ hook: 'cgroup_skb', tier: 'core' });
function decodeDnsQuery(b: BatchReader, w: Uint32Array, o: number): DnsQueryEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'DnsQuery',
    id: 22,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      QueryName: b.string(w[o + 8]),
      QueryStatus: b.string(w[o + 9]),
      QueryResults: b.string(w[o + 10]),
      Image: p.image,
      User: p.user,
    },
    process: p,
    extra: w[o + 3] === 0 ? extraDnsQuery : b.extra(w[o + 3], extraDnsQuery),
    techniques: w[o + 6] === 0 ? techniquesOfDnsQuery : b.techniques(w[o + 6], 'DnsQuery'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileDelete = techniquesOfType('FileDelete');
const extraFileDelete: FileDeleteEvent['extra'] = Object.freeze({ hook: 'sys_exit_unlinkat', tier: 'core' });
function decodeFileDelete(b: BatchReader, w: Uint32Array, o: number): FileDeleteEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileDelete',
    id: 23,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      User: b.string(w[o + 8]),
      Image: p.image,
      TargetFilename: b.string(w[o + 9]),
      Hashes: b.string(w[o + 10]),
      IsExecutable: w[o + 11] !== 0,
      Archived: w[o + 12] !== 0,
    },
    process: p,
    extra: b.fileExtra(w, o + 13, w[o + 3], extraFileDelete),
    techniques: w[o + 6] === 0 ? techniquesOfFileDelete : b.techniques(w[o + 6], 'FileDelete'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfProcessTampering = techniquesOfType('ProcessTampering');
const extraProcessTampering: ProcessTamperingEvent['extra'] = Object.freeze({
  hook: 'sched_process_exec',
  tier: 'core',
});
function decodeProcessTampering(b: BatchReader, w: Uint32Array, o: number): ProcessTamperingEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ProcessTampering',
    id: 25,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Type: ['Fileless execution', 'Image is replaced', 'Memory made executable'][w[o + 8]] ?? '-',
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessTampering : b.extra(w[o + 3], extraProcessTampering),
    techniques: w[o + 6] === 0 ? techniquesOfProcessTampering : b.techniques(w[o + 6], 'ProcessTampering'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileDeleteDetected = techniquesOfType('FileDeleteDetected');
const extraFileDeleteDetected: FileDeleteDetectedEvent['extra'] = Object.freeze({
  hook: 'sys_exit_unlinkat',
  tier: 'core',
});
function decodeFileDeleteDetected(b: BatchReader, w: Uint32Array, o: number): FileDeleteDetectedEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileDeleteDetected',
    id: 26,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      User: b.string(w[o + 8]),
      Image: p.image,
      TargetFilename: b.string(w[o + 9]),
      Hashes: b.string(w[o + 10]),
      IsExecutable: w[o + 11] !== 0,
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileDeleteDetected),
    techniques: w[o + 6] === 0 ? techniquesOfFileDeleteDetected : b.techniques(w[o + 6], 'FileDeleteDetected'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfeBPFEvent = techniquesOfType('eBPFEvent');
const extraeBPFEvent: eBPFEventEvent['extra'] = Object.freeze({ hook: 'sys_exit_bpf', tier: 'core' });
function decodeeBPFEvent(b: BatchReader, w: Uint32Array, o: number): eBPFEventEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'eBPFEvent',
    id: 100,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      User: b.string(w[o + 8]),
      BpfCommand:
        [
          'BPF_PROG_LOAD',
          'BPF_PROG_ATTACH',
          'BPF_PROG_DETACH',
          'BPF_RAW_TRACEPOINT_OPEN',
          'BPF_LINK_CREATE',
          'BPF_LINK_UPDATE',
          'BPF_LINK_DETACH',
          'BPF_OBJ_PIN',
          'PERF_EVENT_IOC_SET_BPF',
          'BPF_MAP_UPDATE_ELEM',
          'BPF_MAP_DELETE_ELEM',
          'BPF_MAP_LOOKUP_AND_DELETE_ELEM',
          'BPF_MAP_FREEZE',
          'BPF_MAP_LOOKUP_AND_DELETE_BATCH',
          'BPF_MAP_UPDATE_BATCH',
          'BPF_MAP_DELETE_BATCH',
        ][w[o + 9]] ?? '-',
      BpfProgramType:
        [
          'UNSPEC',
          'SOCKET_FILTER',
          'KPROBE',
          'SCHED_CLS',
          'SCHED_ACT',
          'TRACEPOINT',
          'XDP',
          'PERF_EVENT',
          'CGROUP_SKB',
          'CGROUP_SOCK',
          'LWT_IN',
          'LWT_OUT',
          'LWT_XMIT',
          'SOCK_OPS',
          'SK_SKB',
          'CGROUP_DEVICE',
          'SK_MSG',
          'RAW_TRACEPOINT',
          'CGROUP_SOCK_ADDR',
          'LWT_SEG6LOCAL',
          'LIRC_MODE2',
          'SK_REUSEPORT',
          'FLOW_DISSECTOR',
          'CGROUP_SYSCTL',
          'RAW_TRACEPOINT_WRITABLE',
          'CGROUP_SOCKOPT',
          'TRACING',
          'STRUCT_OPS',
          'EXT',
          'LSM',
          'SK_LOOKUP',
          'SYSCALL',
          'NETFILTER',
        ][w[o + 10]] ?? '-',
      BpfProgramId: w[o + 11],
      BpfProgramName: b.string(w[o + 12]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraeBPFEvent : b.extra(w[o + 3], extraeBPFEvent),
    techniques: w[o + 6] === 0 ? techniquesOfeBPFEvent : b.techniques(w[o + 6], 'eBPFEvent'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileModify = techniquesOfType('FileModify');
const extraFileModify: FileModifyEvent['extra'] = Object.freeze({ hook: 'sys_exit_write', tier: 'core' });
function decodeFileModify(b: BatchReader, w: Uint32Array, o: number): FileModifyEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileModify',
    id: 110,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      ModificationType: ['Write', 'Append', 'Truncate', 'Map'][w[o + 9]] ?? '-',
      Hashes: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileModify),
    techniques: w[o + 6] === 0 ? techniquesOfFileModify : b.techniques(w[o + 6], 'FileModify'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileRename = techniquesOfType('FileRename');
const extraFileRename: FileRenameEvent['extra'] = Object.freeze({ hook: 'sys_exit_rename', tier: 'core' });
function decodeFileRename(b: BatchReader, w: Uint32Array, o: number): FileRenameEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileRename',
    id: 111,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      SourceFilename: b.string(w[o + 8]),
      TargetFilename: b.string(w[o + 9]),
      Replaced: ['-', 'false', 'true'][w[o + 10]] ?? '-',
      Exchanged: w[o + 11] !== 0,
      User: b.string(w[o + 12]),
    },
    process: p,
    extra: b.fileExtra(w, o + 13, w[o + 3], extraFileRename),
    techniques: w[o + 6] === 0 ? techniquesOfFileRename : b.techniques(w[o + 6], 'FileRename'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileLink = techniquesOfType('FileLink');
const extraFileLink: FileLinkEvent['extra'] = Object.freeze({ hook: 'sys_exit_symlinkat', tier: 'core' });
function decodeFileLink(b: BatchReader, w: Uint32Array, o: number): FileLinkEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileLink',
    id: 112,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      LinkType: ['hard', 'symbolic'][w[o + 9]] ?? '-',
      LinkTarget: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileLink),
    techniques: w[o + 6] === 0 ? techniquesOfFileLink : b.techniques(w[o + 6], 'FileLink'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileAttributeChange = techniquesOfType('FileAttributeChange');
const extraFileAttributeChange: FileAttributeChangeEvent['extra'] = Object.freeze({
  hook: 'sys_exit_fchmodat',
  tier: 'core',
});
function decodeFileAttributeChange(b: BatchReader, w: Uint32Array, o: number): FileAttributeChangeEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileAttributeChange',
    id: 113,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      Attribute: ['mode', 'owner', 'setXattr', 'removeXattr', 'flags'][w[o + 9]] ?? '-',
      Name: b.string(w[o + 10]),
      OldValue: b.string(w[o + 11]),
      NewValue: b.string(w[o + 12]),
      User: b.string(w[o + 13]),
    },
    process: p,
    extra: b.fileExtra(w, o + 14, w[o + 3], extraFileAttributeChange),
    techniques: w[o + 6] === 0 ? techniquesOfFileAttributeChange : b.techniques(w[o + 6], 'FileAttributeChange'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFileOpen = techniquesOfType('FileOpen');
const extraFileOpen: FileOpenEvent['extra'] = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodeFileOpen(b: BatchReader, w: Uint32Array, o: number): FileOpenEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileOpen',
    id: 114,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      Access: ['read', 'write', 'readWrite', 'none'][w[o + 9]] ?? '-',
      WatchEntry: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileOpen),
    techniques: w[o + 6] === 0 ? techniquesOfFileOpen : b.techniques(w[o + 6], 'FileOpen'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfPrivilegeChange = techniquesOfType('PrivilegeChange');
const extraPrivilegeChange: PrivilegeChangeEvent['extra'] = Object.freeze({ hook: 'sys_exit_setuid', tier: 'core' });
function decodePrivilegeChange(b: BatchReader, w: Uint32Array, o: number): PrivilegeChangeEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'PrivilegeChange',
    id: 120,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Operation:
        [
          'setuid',
          'setgid',
          'setreuid',
          'setregid',
          'setresuid',
          'setresgid',
          'setfsuid',
          'setfsgid',
          'setgroups',
          'capset',
          'prctl',
          'unshare',
          'setns',
          'exec',
          'clone',
          'unexplained',
        ][w[o + 8]] ?? '-',
      PreviousUser: b.string(w[o + 9]),
      User: b.string(w[o + 10]),
      PreviousCapabilities: b.string(w[o + 11]),
      Capabilities: b.string(w[o + 12]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraPrivilegeChange : b.extra(w[o + 3], extraPrivilegeChange),
    techniques: w[o + 6] === 0 ? techniquesOfPrivilegeChange : b.techniques(w[o + 6], 'PrivilegeChange'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfNamespaceChange = techniquesOfType('NamespaceChange');
const extraNamespaceChange: NamespaceChangeEvent['extra'] = Object.freeze({ hook: 'sys_exit_setns', tier: 'core' });
function decodeNamespaceChange(b: BatchReader, w: Uint32Array, o: number): NamespaceChangeEvent {
  const p = b.process(w[o + 2]);
  const t = b.target(w[o + 12]);
  return {
    type: 'NamespaceChange',
    id: 121,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Operation: ['setns', 'unshare', 'clone'][w[o + 8]] ?? '-',
      PreviousNamespaces: b.string(w[o + 9]),
      Namespaces: b.string(w[o + 10]),
      TargetProcessGuid: t === undefined ? zeroGuid : t.guid,
      TargetProcessId: t === undefined ? 0 : t.pid,
      TargetImage: t === undefined ? '-' : t.image,
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraNamespaceChange : b.extra(w[o + 3], extraNamespaceChange),
    techniques: w[o + 6] === 0 ? techniquesOfNamespaceChange : b.techniques(w[o + 6], 'NamespaceChange'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfModuleUnload = techniquesOfType('ModuleUnload');
const extraModuleUnload: ModuleUnloadEvent['extra'] = Object.freeze({ hook: 'sys_exit_delete_module', tier: 'core' });
function decodeModuleUnload(b: BatchReader, w: Uint32Array, o: number): ModuleUnloadEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ModuleUnload',
    id: 122,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      ModuleName: b.string(w[o + 8]),
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraModuleUnload : b.extra(w[o + 3], extraModuleUnload),
    techniques: w[o + 6] === 0 ? techniquesOfModuleUnload : b.techniques(w[o + 6], 'ModuleUnload'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfMount = techniquesOfType('Mount');
const extraMount: MountEvent['extra'] = Object.freeze({ hook: 'sys_exit_mount', tier: 'core' });
function decodeMount(b: BatchReader, w: Uint32Array, o: number): MountEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'Mount',
    id: 123,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Operation:
        [
          'mount',
          'bind',
          'remount',
          'move',
          'propagation',
          'umount',
          'move_mount',
          'fsmount',
          'open_tree',
          'pivot_root',
          'chroot',
        ][w[o + 8]] ?? '-',
      Source: b.string(w[o + 9]),
      Target: b.string(w[o + 10]),
      FileSystem: b.string(w[o + 11]),
      Options: b.string(w[o + 12]),
      User: b.string(w[o + 13]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraMount : b.extra(w[o + 3], extraMount),
    techniques: w[o + 6] === 0 ? techniquesOfMount : b.techniques(w[o + 6], 'Mount'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfMemoryProtect = techniquesOfType('MemoryProtect');
const extraMemoryProtect: MemoryProtectEvent['extra'] = Object.freeze({ hook: 'sys_exit_mmap', tier: 'core' });
function decodeMemoryProtect(b: BatchReader, w: Uint32Array, o: number): MemoryProtectEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'MemoryProtect',
    id: 124,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Operation: ['mmap', 'mprotect', 'pkey_mprotect', 'memfd_create'][w[o + 8]] ?? '-',
      Protection: ['---', 'r--', '-w-', 'rw-', '--x', 'r-x', '-wx', 'rwx'][w[o + 9]] ?? '-',
      Backing: ['anonymous', 'heap', 'stack', 'memfd', 'shared', 'deleted', 'file', 'image'][w[o + 10]] ?? '-',
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraMemoryProtect : b.extra(w[o + 3], extraMemoryProtect),
    techniques: w[o + 6] === 0 ? techniquesOfMemoryProtect : b.techniques(w[o + 6], 'MemoryProtect'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfSignal = techniquesOfType('Signal');
const extraSignal: SignalEvent['extra'] = Object.freeze({ hook: 'signal_generate', tier: 'core' });
function decodeSignal(b: BatchReader, w: Uint32Array, o: number): SignalEvent {
  const p = b.process(w[o + 2]);
  const t = b.target(w[o + 10]);
  return {
    type: 'Signal',
    id: 125,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Signal:
        [
          '-',
          'SIGHUP',
          'SIGINT',
          'SIGQUIT',
          'SIGILL',
          'SIGTRAP',
          'SIGABRT',
          'SIGBUS',
          'SIGFPE',
          'SIGKILL',
          'SIGUSR1',
          'SIGSEGV',
          'SIGUSR2',
          'SIGPIPE',
          'SIGALRM',
          'SIGTERM',
          'SIGSTKFLT',
          'SIGCHLD',
          'SIGCONT',
          'SIGSTOP',
          'SIGTSTP',
          'SIGTTIN',
          'SIGTTOU',
          'SIGURG',
          'SIGXCPU',
          'SIGXFSZ',
          'SIGVTALRM',
          'SIGPROF',
          'SIGWINCH',
          'SIGIO',
          'SIGPWR',
          'SIGSYS',
          'SIG32',
          'SIG33',
          'SIGRTMIN',
          'SIGRTMIN+1',
          'SIGRTMIN+2',
          'SIGRTMIN+3',
          'SIGRTMIN+4',
          'SIGRTMIN+5',
          'SIGRTMIN+6',
          'SIGRTMIN+7',
          'SIGRTMIN+8',
          'SIGRTMIN+9',
          'SIGRTMIN+10',
          'SIGRTMIN+11',
          'SIGRTMIN+12',
          'SIGRTMIN+13',
          'SIGRTMIN+14',
          'SIGRTMIN+15',
          'SIGRTMIN+16',
          'SIGRTMIN+17',
          'SIGRTMIN+18',
          'SIGRTMIN+19',
          'SIGRTMIN+20',
          'SIGRTMIN+21',
          'SIGRTMIN+22',
          'SIGRTMIN+23',
          'SIGRTMIN+24',
          'SIGRTMIN+25',
          'SIGRTMIN+26',
          'SIGRTMIN+27',
          'SIGRTMIN+28',
          'SIGRTMIN+29',
          'SIGRTMAX',
        ][w[o + 8]] ?? '-',
      TargetProcessGuid: t === undefined ? zeroGuid : t.guid,
      TargetProcessId: t === undefined ? 0 : t.pid,
      TargetImage: t === undefined ? '-' : t.image,
      TargetUser: t === undefined ? '-' : t.user,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraSignal : b.extra(w[o + 3], extraSignal),
    techniques: w[o + 6] === 0 ? techniquesOfSignal : b.techniques(w[o + 6], 'Signal'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfSocketListen = techniquesOfType('SocketListen');
const extraSocketListen: SocketListenEvent['extra'] = Object.freeze({ hook: 'sys_exit_listen', tier: 'core' });
function decodeSocketListen(b: BatchReader, w: Uint32Array, o: number): SocketListenEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'SocketListen',
    id: 126,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Protocol: b.string(w[o + 8]),
      Address: b.string(w[o + 9]),
      Port: w[o + 10],
      PortName: b.string(w[o + 11]),
      User: b.string(w[o + 12]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraSocketListen : b.extra(w[o + 3], extraSocketListen),
    techniques: w[o + 6] === 0 ? techniquesOfSocketListen : b.techniques(w[o + 6], 'SocketListen'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfRawSocket = techniquesOfType('RawSocket');
const extraRawSocket: RawSocketEvent['extra'] = Object.freeze({ hook: 'sys_exit_socket', tier: 'core' });
function decodeRawSocket(b: BatchReader, w: Uint32Array, o: number): RawSocketEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'RawSocket',
    id: 127,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Family:
        [
          'AF_UNSPEC',
          'AF_UNIX',
          'AF_INET',
          'AF_AX25',
          'AF_IPX',
          'AF_APPLETALK',
          'AF_NETROM',
          'AF_BRIDGE',
          'AF_ATMPVC',
          'AF_X25',
          'AF_INET6',
          'AF_ROSE',
          'AF_DECnet',
          'AF_NETBEUI',
          'AF_SECURITY',
          'AF_KEY',
          'AF_NETLINK',
          'AF_PACKET',
          'AF_ASH',
          'AF_ECONET',
          'AF_ATMSVC',
          'AF_RDS',
          'AF_SNA',
          'AF_IRDA',
          'AF_PPPOX',
          'AF_WANPIPE',
          'AF_LLC',
          'AF_IB',
          'AF_MPLS',
          'AF_CAN',
          'AF_TIPC',
          'AF_BLUETOOTH',
          'AF_IUCV',
          'AF_RXRPC',
          'AF_ISDN',
          'AF_PHONET',
          'AF_IEEE802154',
          'AF_CAIF',
          'AF_ALG',
          'AF_NFC',
          'AF_VSOCK',
          'AF_KCM',
          'AF_QIPCRTR',
          'AF_SMC',
          'AF_XDP',
          'AF_MCTP',
        ][w[o + 8]] ?? '-',
      Type:
        [
          '-',
          'SOCK_STREAM',
          'SOCK_DGRAM',
          'SOCK_RAW',
          'SOCK_RDM',
          'SOCK_SEQPACKET',
          'SOCK_DCCP',
          '-',
          '-',
          '-',
          'SOCK_PACKET',
        ][w[o + 9]] ?? '-',
      Protocol: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraRawSocket : b.extra(w[o + 3], extraRawSocket),
    techniques: w[o + 6] === 0 ? techniquesOfRawSocket : b.techniques(w[o + 6], 'RawSocket'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfUnixConnect = techniquesOfType('UnixConnect');
const extraUnixConnect: UnixConnectEvent['extra'] = Object.freeze({ hook: 'sys_exit_connect', tier: 'core' });
function decodeUnixConnect(b: BatchReader, w: Uint32Array, o: number): UnixConnectEvent {
  const p = b.process(w[o + 2]);
  const t = b.target(w[o + 10]);
  return {
    type: 'UnixConnect',
    id: 128,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      SocketName: b.string(w[o + 8]),
      TargetProcessGuid: t === undefined ? zeroGuid : t.guid,
      TargetProcessId: t === undefined ? 0 : t.pid,
      TargetImage: t === undefined ? '-' : t.image,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraUnixConnect : b.extra(w[o + 3], extraUnixConnect),
    techniques: w[o + 6] === 0 ? techniquesOfUnixConnect : b.techniques(w[o + 6], 'UnixConnect'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfKernelParameter = techniquesOfType('KernelParameter');
const extraKernelParameter: KernelParameterEvent['extra'] = Object.freeze({ hook: 'sys_exit_write', tier: 'core' });
function decodeKernelParameter(b: BatchReader, w: Uint32Array, o: number): KernelParameterEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'KernelParameter',
    id: 129,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Parameter: b.string(w[o + 8]),
      PreviousValue: b.string(w[o + 9]),
      NewValue: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraKernelParameter : b.extra(w[o + 3], extraKernelParameter),
    techniques: w[o + 6] === 0 ? techniquesOfKernelParameter : b.techniques(w[o + 6], 'KernelParameter'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfFailedExecution = techniquesOfType('FailedExecution');
const extraFailedExecution: FailedExecutionEvent['extra'] = Object.freeze({ hook: 'sys_exit_execve', tier: 'core' });
function decodeFailedExecution(b: BatchReader, w: Uint32Array, o: number): FailedExecutionEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FailedExecution',
    id: 131,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      CommandLine: b.string(w[o + 9]),
      Errno:
        [
          '-',
          'EPERM',
          'ENOENT',
          'ESRCH',
          'EINTR',
          'EIO',
          'ENXIO',
          'E2BIG',
          'ENOEXEC',
          'EBADF',
          'ECHILD',
          'EAGAIN',
          'ENOMEM',
          'EACCES',
          'EFAULT',
          'ENOTBLK',
          'EBUSY',
          'EEXIST',
          'EXDEV',
          'ENODEV',
          'ENOTDIR',
          'EISDIR',
          'EINVAL',
          'ENFILE',
          'EMFILE',
          'ENOTTY',
          'ETXTBSY',
          'EFBIG',
          'ENOSPC',
          'ESPIPE',
          'EROFS',
          'EMLINK',
          'EPIPE',
          'EDOM',
          'ERANGE',
          'EDEADLK',
          'ENAMETOOLONG',
          'ENOLCK',
          'ENOSYS',
          'ENOTEMPTY',
          'ELOOP',
          'ELIBBAD',
        ][w[o + 10]] ?? '-',
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraFailedExecution : b.extra(w[o + 3], extraFailedExecution),
    techniques: w[o + 6] === 0 ? techniquesOfFailedExecution : b.techniques(w[o + 6], 'FailedExecution'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

const techniquesOfProcessRename = techniquesOfType('ProcessRename');
const extraProcessRename: ProcessRenameEvent['extra'] = Object.freeze({ hook: 'task_rename', tier: 'core' });
function decodeProcessRename(b: BatchReader, w: Uint32Array, o: number): ProcessRenameEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ProcessRename',
    id: 132,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      PreviousName: b.string(w[o + 8]),
      NewName: b.string(w[o + 9]),
      Operation: ['PR_SET_NAME', 'comm', 'PR_SET_MM'][w[o + 10]] ?? '-',
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessRename : b.extra(w[o + 3], extraProcessRename),
    techniques: w[o + 6] === 0 ? techniquesOfProcessRename : b.techniques(w[o + 6], 'ProcessRename'),
    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),
  };
}

/** Decoders by kind of entry, which is the id of the event. */
export type Decoder = (b: BatchReader, w: Uint32Array, o: number) => SysmonEvent;
export const decoders: readonly (Decoder | undefined)[] = (() => {
  const table: (Decoder | undefined)[] = new Array<Decoder | undefined>(133).fill(undefined);
  table[1] = decodeProcessCreate;
  table[2] = decodeFileCreateTime;
  table[3] = decodeNetworkConnect;
  table[5] = decodeProcessTerminate;
  table[6] = decodeModuleLoad;
  table[7] = decodeImageLoad;
  table[9] = decodeRawAccessRead;
  table[10] = decodeProcessAccess;
  table[11] = decodeFileCreate;
  table[17] = decodePipeEvent17;
  table[18] = decodePipeEvent18;
  table[22] = decodeDnsQuery;
  table[23] = decodeFileDelete;
  table[25] = decodeProcessTampering;
  table[26] = decodeFileDeleteDetected;
  table[100] = decodeeBPFEvent;
  table[110] = decodeFileModify;
  table[111] = decodeFileRename;
  table[112] = decodeFileLink;
  table[113] = decodeFileAttributeChange;
  table[114] = decodeFileOpen;
  table[120] = decodePrivilegeChange;
  table[121] = decodeNamespaceChange;
  table[122] = decodeModuleUnload;
  table[123] = decodeMount;
  table[124] = decodeMemoryProtect;
  table[125] = decodeSignal;
  table[126] = decodeSocketListen;
  table[127] = decodeRawSocket;
  table[128] = decodeUnixConnect;
  table[129] = decodeKernelParameter;
  table[131] = decodeFailedExecution;
  table[132] = decodeProcessRename;
  return table;
})();
