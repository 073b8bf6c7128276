/** The events, in the order of Sysmon's ids. THE SOURCE OF TRUTH: everything in *.gen.* is made from here. */
import { fileEvents } from './events-files.js';
import { image, processGuid, processId, ruleName, utcTime } from './fields.js';
import type { EventSchema } from './types.js';
import { dnsQuery, exec, exit } from './wire.js';

/** Version of Sysmon's schema that names, fields and order follow. */
export const schemaVersion = '4.90';

const ownEvents: readonly EventSchema[] = [
  {
    id: 1,
    name: 'ProcessCreate',
    tag: 'ProcessCreate',
    version: 5,
    default: 'log',
    doc: 'A program was executed (execve, execveat). A fork without exec is none.',
    wire: exec,
    hook: 'sched_process_exec',
    blindSpots: [
      'A failed exec is no event.',
      'Arguments are read from the memory of the new program before its first instruction; beyond 32 KiB they are cut and marked.',
      'Paths are walked without locks: one that is renamed at that very moment may show a mixture.',
    ],
    fields: [
      ruleName,
      ['UtcTime', 'time', 'process.startTime', 'When the process was made (its fork), UTC. `time` of the event is the exec.'],
      processGuid,
      processId,
      image,
      ['FileVersion', 'string', 'const(-)', 'Not known on Linux: `-`.'],
      ['Description', 'string', 'const(-)', 'Not known on Linux: `-`.'],
      ['Product', 'string', 'const(-)', 'Not known on Linux: `-`.'],
      ['Company', 'string', 'const(-)', 'Not known on Linux: `-`.'],
      ['OriginalFileName', 'string', 'const(-)', 'Not known on Linux: `-`.'],
      ['CommandLine', 'string', 'argv(argv)', 'Arguments joined by spaces.'],
      ['CurrentDirectory', 'string', 'process.cwd', 'Working directory at exec.'],
      ['User', 'string', 'process.user', 'Name of the real user.'],
      ['LogonGuid', 'guid', 'process.logonGuid', 'Identity of the logon session.'],
      ['LogonId', 'string', 'process.logonId', 'Real user id, decimal.'],
      ['TerminalSessionId', 'u32', 'process.terminalSessionId', 'Audit session id; 4294967295 if unset.'],
      ['IntegrityLevel', 'string', 'const(no level)', 'Always `no level`.'],
      ['Hashes', 'string', 'hashes', 'Digests of the executed image, `SHA1=…,MD5=…,SHA256=…` in this order; `-` if off or unknown.'],
      ['ParentProcessGuid', 'guid', 'parent.guid', 'Identity of the parent when the process was made.'],
      ['ParentProcessId', 'u32', 'process.ppid', 'Process id of the parent when the process was made.'],
      ['ParentImage', 'string', 'parent.image', "Path of the parent's executable."],
      ['ParentCommandLine', 'string', 'parent.commandLine', "The parent's arguments."],
      ['ParentUser', 'string', 'parent.user', "Name of the parent's real user."],
    ],
  },
  {
    id: 4,
    name: 'ServiceStateChange',
    version: 3,
    default: 'always',
    doc: 'The sensor started or stopped.',
    fields: [
      ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
      ['State', 'string', 'sdk', '`Started` or `Stopped`.'],
      ['Version', 'string', 'sdk', 'Version of the sensor.'],
      ['SchemaVersion', 'string', 'sdk', "Version of Sysmon's schema."],
    ],
  },
  {
    id: 5,
    name: 'ProcessTerminate',
    tag: 'ProcessTerminate',
    version: 3,
    default: 'log',
    doc: 'A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how.',
    wire: exit,
    hook: 'sched_process_exit',
    blindSpots: ['Threads of the kernel are not reported.'],
    fields: [ruleName, utcTime, processGuid, processId, image, ['User', 'string', 'user(uid)', 'Name of the real user at exit.']],
  },
  {
    id: 16,
    name: 'ServiceConfigurationChange',
    version: 3,
    default: 'always',
    doc: 'A configuration came into force.',
    fields: [
      ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
      ['Configuration', 'string', 'sdk', 'Path of the configuration; `Defaults` without one.'],
      ['ConfigurationFileHash', 'string', 'sdk', 'Its digest, `SHA256=…`; `-` without a file.'],
    ],
  },
  {
    id: 22,
    name: 'DnsQuery',
    tag: 'DnsQuery',
    version: 5,
    default: 'drop',
    doc: 'A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then.',
    wire: dnsQuery,
    hook: 'cgroup_skb',
    programs: ['sm_dns_egress', 'sm_dns_ingress', 'sm_dns_connect4', 'sm_dns_connect6', 'sm_dns_sendmsg4', 'sm_dns_sendmsg6'],
    maps: ['sm_dns_owners'],
    cgroup: true,
    blindSpots: [
      'What is encrypted (DNS over TLS, HTTPS, QUIC) is not seen; neither are servers on other ports than 53.',
      'A name that a resolver on this machine finds in its own cache or in /etc/hosts: only what goes through a socket is seen. What a program asks of a resolver by another way (nscd, D-Bus, a Unix socket) counts for that resolver.',
      'Packets sent through raw or packet sockets.',
      'A process that sends through a socket older than the sensor, where that is none of its first 1,024 file descriptors.',
    ],
    fields: [
      ruleName,
      utcTime,
      processGuid,
      processId,
      ['QueryName', 'string', 'text(name)', 'What was asked for; `.` for the root. A dot inside a label is written `\\x2e`.'],
      [
        'QueryStatus',
        'string',
        'text(status)',
        'As Windows numbers it: 0 done, 9003 no such name, 9501 no such record, 9000 + code of the server, 1460 no answer.',
      ],
      [
        'QueryResults',
        'string',
        'text(results)',
        'Records of the answer, each ended by `;`: an address (IPv4 as `::ffff:192.0.2.1`), or `type:  5 name`. `-` if none. A `;` inside is written `\\x3b`.',
      ],
      image,
      ['User', 'string', 'process.user', 'Name of the real user of the process.'],
    ],
  },
  {
    id: 255,
    name: 'Error',
    version: 3,
    default: 'always',
    doc: 'Something that the sensor could not do or see.',
    fields: [
      ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
      ['ID', 'string', 'sdk', 'What kind of error, for example `LOSS`.'],
      ['Description', 'string', 'sdk', 'What happened, for a person.'],
    ],
  },
];

export const events: readonly EventSchema[] = [...ownEvents, ...fileEvents].sort((a, b) => a.id - b.id);
