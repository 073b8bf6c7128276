/** Wire records of no event, and the fields that they share with those of events. */
import type { WireField, WireRecord } from './types.js';

export const execFields: readonly WireField[] = [
  ['task', 'struct task', 'the process after its exec'],
  ['exe', 'struct file', 'the executed image (mm_struct.exe_file)'],
  ['image', 'path', 'path of the image, components from the leaf to the root'],
  ['cwd', 'path', 'working directory, components from the leaf to the root'],
  ['root', 'path', 'root directory, components from the leaf to the root; empty: that of the mount namespace'],
  ['argv', 'text', 'arg_start..arg_end of the new memory: arguments, each ended by a NUL'],
  ['env', 'text', 'allow-listed environment variables, each ended by a NUL'],
  ['script', 'text', 'name of the #! script as it was passed to exec'],
  ['stdio', 'struct stdio[3]', 'file descriptors 0-2'],
  ['old_tid', 'u32', 'thread that called exec; differs from pid when it was not the leader'],
  ['argv_total', 'u32', 'bytes between arg_start and arg_end, of which argv may hold fewer'],
  ['marks', 'u32', 'SM_EXEC_*'],
  ['reserved', 'u32', 'zero'],
  ['file_system', 'u64', 'a number of the file system that exe is on, which no other ever has; 0: not known'],
  ['super_block', 'u64', 'its address; another file system may get it later'],
];

export const endsOfExchange: readonly WireField[] = [
  ['address', 'struct address', 'of the socket, and of the server as the packet names it'],
  ['family', 'u8', '4 or 6'],
  ['protocol', 'u8', 'IPPROTO_TCP or IPPROTO_UDP'],
];

const dnsPacket: readonly WireField[] = [
  ['cookie', 'u64', 'number of the socket, which no other ever has'],
  ['seq', 'u32', 'TCP: sequence number of the first byte'],
  ['total', 'u32', 'bytes behind the header of UDP or TCP, of which payload may hold fewer'],
  ['payload', 'text', 'the bytes'],
  ...endsOfExchange,
  ['answer', 'u8', '1: it came in'],
  ['tcp_flags', 'u8', 'FIN 1, SYN 2, RST 4'],
  [
    'segment_size',
    'u16',
    'UDP: the payload is several datagrams of this size, of which the last may be shorter; 0: one',
  ],
  ['urgent', 'u16', 'TCP: so many bytes from the first on up to one, included, that the receiver gets apart; 0: none'],
];

/** Records that no event of Sysmon stands for: they keep the process table, or are what an event is made from. */
export const internalRecords: readonly WireRecord[] = [
  {
    id: 1,
    name: 'fork',
    probe: 'process-fork',
    lifecycle: true,
    event: 'ProcessFork',
    doc: 'A process (not a thread) was made. The header names the child.',
    fields: [['task', 'struct task', 'the child']],
  },
  {
    id: 4,
    name: 'alive',
    probe: 'process-alive',
    doc: 'A process that was there before the sensor, from the task iterator. argv and env stay empty: user space reads them.',
    fields: execFields,
  },
  {
    id: 39,
    name: 'uring',
    probe: 'io-uring',
    doc: 'A process had io_uring carry out file operations that are not seen: once a minute for each process.',
    fields: [['opcode', 'u32', 'IORING_OP_* of the first']],
  },
  {
    // Three records, so that what is lost of each is counted apart: only with a question its event is lost.
    id: 80,
    name: 'dns_question',
    probe: 'dns-query',
    event: 'DnsQuery',
    doc: 'A datagram that a socket sent to port 53. The header names the process that sent it; pid 0: unknown.',
    fields: dnsPacket,
  },
  {
    id: 82,
    name: 'dns_answer',
    probe: 'dns-query',
    event: 'DnsAnswer',
    unit: 'packets',
    doc: 'A datagram that a socket got from port 53. The header names no process.',
    fields: dnsPacket,
  },
  {
    id: 83,
    name: 'dns_segment',
    probe: 'dns-query',
    event: 'DnsSegment',
    unit: 'packets',
    doc: 'A segment of TCP to or from port 53. The header names the process that sent it; pid 0: unknown, or it came in.',
    fields: dnsPacket,
  },
];
