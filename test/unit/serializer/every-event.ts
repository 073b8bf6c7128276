/** One event of every type of Sysmon that has a meaning on Linux, also of those that the sensor does not make yet. */
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { events } from '../../../lib/schema/events.js';
import { eventOfPeer, peerLines, recordedEvents } from './helpers.js';

const recorded = recordedEvents();
const base = recorded.find(
  (e) => e.type === 'ProcessCreate' && e.data.CommandLine === 'git init -q repo',
) as SysmonEvent;
const common = {
  RuleName: 'r1',
  UtcTime: '2026-11-24 02:36:50.701',
  ProcessGuid: base.process?.guid,
  ProcessId: base.process?.pid,
  Image: '/usr/bin/git',
};

const event = (id: number, type: string, data: object, more: object = {}): SysmonEvent =>
  ({ ...base, id, type, data, extra: { hook: 'test', tier: 'core' }, ...more }) as unknown as SysmonEvent;
/** With the fields and texts that Sysmon for Linux itself logged. */
const likePeer = (id: number, type: string): SysmonEvent[] =>
  peerLines(id).map((line) => event(id, type, eventOfPeer(line).event.data));
const file = {
  extra: {
    hook: 'test',
    tier: 'core',
    file: { dev: '8:1', inode: '1234', size: 5, mtime: '2026-11-24T02:36:50.701000Z', mode: 0o100644 },
  },
};

const hashes =
  'SHA1=3c532851a8cdbf710f68224cdbaa75b91f1b6a0e,MD5=19745de4fc7b3d294304756578ddac35,SHA256=2540879925a6881e3877ff7e3330746ba3027b04edf16a3a12dccd1644c4f32d';
const loaded = {
  ImageLoaded: '/usr/lib/libc.so.6',
  Hashes: hashes,
  Signed: 'true',
  Signature: 'Debian',
  SignatureStatus: 'Valid',
};
const deleted = { ...common, User: 'ann', TargetFilename: '/tmp/a.tar.gz', Hashes: hashes, IsExecutable: false };
const remote = {
  SourceProcessId: 1,
  SourceImage: '/usr/bin/gdb',
  TargetProcessId: 2,
  TargetImage: '/usr/bin/sleep',
  SourceUser: 'ann',
  TargetUser: 'bob',
};
const query = {
  ...common,
  QueryName: 'name.example',
  QueryStatus: '0',
  QueryResults: '::ffff:192.0.2.1;2001:db8:0:0:0:0:0:1;type:  5 other.example;',
  User: 'ann',
};

const listed: readonly SysmonEvent[] = [
  ...recorded,
  ...likePeer(3, 'NetworkConnect'),
  ...likePeer(9, 'RawAccessRead'),
  ...likePeer(10, 'ProcessAccess'),
  ...likePeer(11, 'FileCreate'),
  ...likePeer(23, 'FileDelete'),
  ...likePeer(100, 'eBPFEvent'),
  event(
    2,
    'FileCreateTime',
    {
      ...common,
      TargetFilename: '/tmp/x',
      CreationUtcTime: '2020-01-01 00:00:00.000',
      PreviousCreationUtcTime: '-',
      User: 'ann',
    },
    file,
  ),
  event(3, 'NetworkConnect', eventOfPeer(peerLines(3)[0]).event.data, {
    extra: { hook: 'test', tier: 'core', errno: 111 },
  }),
  event(6, 'ModuleLoad', { RuleName: '-', UtcTime: common.UtcTime, ...loaded, ImageLoaded: '/lib/modules/x.ko' }),
  event(7, 'ImageLoad', { ...common, FileVersion: '-', ...loaded, User: 'ann' }),
  event(8, 'CreateRemoteThread', {
    RuleName: '-',
    UtcTime: common.UtcTime,
    ...remote,
    NewThreadId: 3,
    StartAddress: '0x1',
  }),
  event(17, 'PipeEvent', { ...common, EventType: 'CreatePipe', PipeName: '/tmp/fifo', User: 'ann' }),
  event(18, 'PipeEvent', { ...common, EventType: 'ConnectPipe', PipeName: '/tmp/fifo', User: 'ann' }),
  event(22, 'DnsQuery', query),
  event(22, 'DnsQuery', { ...query, QueryStatus: '9003', QueryResults: '-' }),
  event(22, 'DnsQuery', { ...query, QueryStatus: '1460', QueryResults: '-' }),
  event(23, 'FileDelete', { ...deleted, Archived: true }, file),
  event(25, 'ProcessTampering', { ...common, Type: 'Image is replaced', User: 'ann' }),
  event(26, 'FileDeleteDetected', deleted),
  event(
    110,
    'FileModify',
    { ...common, TargetFilename: '/etc/passwd', ModificationType: 'Write', Hashes: hashes, User: 'root' },
    file,
  ),
  event(120, 'PrivilegeChange', {
    ...common,
    Operation: 'setuid',
    PreviousUser: 'ann',
    User: 'root',
    PreviousCapabilities: '-',
    Capabilities: 'CAP_SETUID',
  }),
  event(
    255,
    'Error',
    { UtcTime: common.UtcTime, ID: 'LOSS', Description: '3 ProcessCreate lost' },
    { process: undefined },
  ),
  event(999, 'OfLaterVersion', { RuleName: '-', Something: 'new' }),
];

/** Of types that have no line above, what the schema shows of them. */
export const everyEvent: readonly SysmonEvent[] = [
  ...listed,
  ...events.flatMap((e) =>
    e.example === undefined || listed.some((x) => x.type === e.name)
      ? []
      : [event(e.id, e.name, e.example.data, e.example)],
  ),
];

/** With everything that the formats must carry beside Sysmon's fields. */
export const decorated: SysmonEvent = {
  ...base,
  process: ProcessRecord.revive(
    { ...base.process, container: { id: 'c0ffee', name: 'web', runtime: 'containerd', podUid: 'p-1' } },
    base.process?.parent,
  ),
  techniques: [
    { id: 'T1059.004', name: 'Unix Shell', tactics: ['execution'], source: 'rule' },
    { id: 'T1005', name: 'Data from Local System', tactics: ['collection'], source: 'rule' },
    { id: 'T1106', name: 'Native API', tactics: ['execution'], source: 'event' },
  ],
};
