import { compat } from '../file-calls.js';
import { processHead, userAt } from '../fields.js';
import { ocsfActor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

/** Those that change a map stand together, and of these the ones that change many elements. */
const commands = [
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
];

/** As the kernel numbers them (enum bpf_prog_type), without BPF_PROG_TYPE_. */
const programTypes =
  'UNSPEC, SOCKET_FILTER, KPROBE, SCHED_CLS, SCHED_ACT, TRACEPOINT, XDP, PERF_EVENT, CGROUP_SKB, CGROUP_SOCK, ' +
  'LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, SK_SKB, CGROUP_DEVICE, SK_MSG, RAW_TRACEPOINT, CGROUP_SOCK_ADDR, LWT_SEG6LOCAL, ' +
  'LIRC_MODE2, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, ' +
  'STRUCT_OPS, EXT, LSM, SK_LOOKUP, SYSCALL, NETFILTER';

/** Likewise enum bpf_link_type, without BPF_LINK_TYPE_. */
const linkTypes =
  '-, RAW_TRACEPOINT, TRACING, CGROUP, ITER, NETNS, XDP, PERF_EVENT, KPROBE_MULTI, STRUCT_OPS, NETFILTER, TCX, ' +
  'UPROBE_MULTI, NETKIT, SOCKMAP';

export const bpfEvent: EventSchema = {
  id: 100,
  name: 'eBPFEvent',
  tag: 'eBPFEvent',
  version: 0,
  default: 'drop',
  doc:
    'A program of eBPF was loaded, attached or detached, or an object of eBPF was pinned; or a program was there when the sensor started (`extra.existing`). ' +
    'What the process of the sensor does is no event. What others do to links and maps of this sensor is one even if it fails, and an Error (`TAMPERING`) beside.',
  wire: {
    id: 114,
    name: 'bpf_event',
    probe: 'bpf-event',
    doc: 'Something was done with eBPF.',
    words: { command: commands },
    fields: [
      ['path', 'struct location', 'where an object was pinned, or the control group'],
      ['name', 'text', 'of the program'],
      ['map_name', 'text', 'of the map'],
      ['attached', 'text', 'what the program is, or will be, attached to, by its name in the kernel'],
      ['uid', 'u32', 'real user id; of a program that was there, of whoever loaded it'],
      ['program_type', 'u32', "the kernel's enum bpf_prog_type; 0: there is no program"],
      ['program', 'u32', 'id of the program; 0: there is none, or it is not known'],
      ['link', 'u32', 'id of the link; 0: there is none'],
      ['map', 'u32', 'id of the map; 0: there is none'],
      ['error', 'u32', 'errno; 0: it succeeded'],
      ['command', 'u8', 'enum sm_bpf_event_command'],
      ['hook', 'u8', 'SM_HOOK_E_BPFEVENT_*'],
      ['link_type', 'u8', "the kernel's enum bpf_link_type"],
      ['exposed', 'u8', '1: the object was found by a descriptor that others may have replaced'],
      ['own', 'u8', '1: it was done to an object of this sensor'],
      ['existing', 'u8', '1: the program was there at the start'],
      ['reserved', 'u16', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_bpf', 'core'],
    ['sys_exit_ioctl', 'core'],
    ['iter_bpf_prog', 'core'],
  ],
  programs: ['sm_bpf_enter', 'sm_bpf_perf_enter', 'sm_bpf_exit', 'sm_bpf_existing'],
  maps: ['sm_bpf_calls', 'sm_own_bpf'],
  marks: [
    {
      kind: 'exposed',
      fields: ['BpfProgramType', 'BpfProgramId', 'BpfProgramName'],
      field: 'exposed',
      bits: '1',
    },
  ],
  blindSpots: [
    'What fails is no event, unless it was done to a link or a map of this sensor.',
    'A program that is attached by netlink (tc, XDP of older tools) or by setsockopt(2) is seen when it is loaded, and not when it is attached.',
    'A link or a perf event that is closed detaches its program: that is seen by nobody.',
    'A map of this sensor can be written through memory (mmap): what that changes of its own switches is undone within a second and reported as an Error.',
    'Of programs that were there at the start it is not known which process loaded them: `ProcessId` is 0, and `User` is who loaded them.',
    'Older Sysmon for Linux says the descriptor in BpfProgramId; here it is the id that the kernel gives the program.',
    compat,
  ],
  fields: [
    ...processHead,
    userAt('the real user at the call'),
    [
      'BpfCommand',
      'string',
      `choice(command: ${commands.join(', ')})`,
      'Command of bpf(2), or the ioctl by which a program is attached to a perf event. Commands that change maps are only told of maps of this sensor.',
    ],
    [
      'BpfProgramType',
      'string',
      `choice(program_type: ${programTypes})`,
      "The kernel's type of the program, such as `KPROBE`; `UNSPEC` if there is no program.",
    ],
    ['BpfProgramId', 'u32', 'number(program)', 'Id that the kernel gave the program; 0 if there is none.'],
    ['BpfProgramName', 'string', 'text(name)', 'Its name, at most 15 bytes; `-` if it has none.'],
  ],
  extra: [
    [
      'attachedTo',
      'string',
      'text(attached)',
      'What the program is attached to, by its name in the kernel: a tracepoint or a function. At BPF_PROG_LOAD, what it was made for.',
    ],
    [
      'path',
      'string',
      'location(path)',
      'BPF_OBJ_PIN: the file that the object is pinned as. Programs of control groups: the directory of the group.',
    ],
    ['link', 'u32', 'known(link)', 'Id of the link.'],
    ['linkType', 'string', `choice(link_type: ${linkTypes})`, "The kernel's type of the link."],
    ['map', 'u32', 'known(map)', 'Id of the map that was pinned or changed.'],
    ['mapName', 'string', 'text(map_name)', 'Its name, at most 15 bytes.'],
    ['own', 'bool', 'flag(own)', 'It was done to a link, a map or a program of this sensor.'],
    ['existing', 'bool', 'flag(existing)', 'The program, or the module, was there when the sensor started.'],
    ['errno', 'u32', 'known(error)', 'Error of a failed operation.'],
  ],
  ecs: { category: ['driver'], type: ['change'] },
  ocsf: {
    class: 'kernel',
    activity: [4, 'Invoke'],
    rows: [
      ...ocsfActor,
      ['kernel.name', 'data.BpfProgramType'],
      ['kernel.name', 'data.BpfProgramName'],
      ['kernel.type_id', '=2', 'number'],
      ['kernel.type', '=System Call'],
    ],
  },
  text: ['BpfCommand', 'BpfProgramType', ['BpfProgramName', 'dim']],
  techniques: ['T1014', 'T1205.002'],
  example: {
    recordId: 14,
    time: '2026-11-30T21:19:06.697979Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 21:19:06.697',
      ProcessGuid: '{3d1219c7-e84a-6b0d-f101-600200000000}',
      ProcessId: 8414,
      Image: '/usr/bin/node',
      User: 'root',
      BpfCommand: 'BPF_LINK_CREATE',
      BpfProgramType: 'TRACING',
      BpfProgramId: 15040,
      BpfProgramName: 'sm_process_fork',
    },
    extra: {
      hook: 'sys_exit_bpf',
      tier: 'core',
      exposed: ['BpfProgramType', 'BpfProgramId', 'BpfProgramName'],
      attachedTo: 'sched_process_fork',
      link: 17825,
      linkType: 'RAW_TRACEPOINT',
    },
    techniques: [
      { id: 'T1014', name: 'Rootkit', tactics: ['defense-evasion'], source: 'event' },
      {
        id: 'T1205.002',
        name: 'Traffic Signaling: Socket Filters',
        tactics: ['command-and-control', 'defense-evasion', 'persistence'],
        source: 'event',
      },
    ],
  },
};
