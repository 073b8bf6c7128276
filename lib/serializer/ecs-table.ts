/**
 * Elastic Common Schema 8.11: what each field becomes. What is peculiar to a type of event stands in its file
 * of lib/schema/events/. The documentation and the tests read it too.
 */
import { events } from '../schema/events.js';
import { ecsFile, ecsProcess } from '../schema/format-rows.js';
import { ancestorRows, containerRows, ownRows, techniqueRows } from './ecs-rows.js';
import type { Row } from './mapping.js';

export const ecsVersion = '8.11.0';

interface EcsKind {
  readonly category?: readonly string[];
  readonly type: readonly string[];
}

/** Types of events that this version does not make: recordings may have them. */
const others: Readonly<Record<string, EcsKind>> = {
  CreateRemoteThread: ecsProcess('change'),
  RegistryEvent: { category: ['registry'], type: ['change'] },
  FileCreateStreamHash: ecsFile('creation'),
  WmiEvent: { category: ['configuration'], type: ['change'] },
  ClipboardChange: { type: ['change'] },
};

/** `event.category` and `event.type` by type of event. ECS has no category for some: they have none. */
export const ecsKinds: Readonly<Record<string, EcsKind>> = {
  ...others,
  ...Object.fromEntries(events.map((e) => [e.name, e.ecs])),
};

/** What every event has: the process in short. */
export const ecsCommon: readonly Row[] = [
  ['@timestamp', 'event.time'],
  ['message', 'event', 'summary'],
  ['ecs.version', `=${ecsVersion}`],
  ['event.kind', '=event'],
  ['event.action', 'event.type'],
  ['event.code', 'event.id', 'text'],
  ['event.provider', '=Linux-Sysmon'],
  ['event.module', '=sysmon'],
  ['event.dataset', '=sysmon.events'],
  ['event.sequence', 'event.recordId'],
  ['event.outcome', 'extra.errno', 'failure'],
  ['host.name', 'event.host'],
  ['host.hostname', 'event.host'],
  ['host.os.type', '=linux'],
  ['host.boot.id', 'process.strongId', 'bootId'],
  ['related.hosts', 'event.host', 'list'],
  ['process.entity_id', 'process.guid'],
  ['process.pid', 'process.pid'],
  ['process.executable', 'process.image'],
  ['process.name', 'process.image', 'baseName'],
  ['process.command_line', 'process.commandLine', 'shortLine'],
  ['process.parent.entity_id', 'parent.guid'],
  ['process.parent.pid', 'process.ppid'],
  ['process.parent.executable', 'parent.image'],
  ['process.parent.name', 'parent.image', 'baseName'],
  ['user.id', 'process.uid', 'text'],
  ['user.name', 'process.user'],
  ['related.user', 'process.user', 'list'],
  ...containerRows,
  ['file.device', 'extra.file.dev'],
  ['file.inode', 'extra.file.inode'],
  ['file.size', 'extra.file.size'],
  ['file.mtime', 'extra.file.mtime'],
  ['file.mode', 'extra.file.mode', 'octal'],
  ...techniqueRows,
  ...ownRows,
  ['process.entry_meta.source.ip', 'process.remote.address'],
  ['process.entry_meta.source.port', 'process.remote.port'],
  ['sysmon.origin', 'process.origin'],
  ['sysmon.remote', 'process.remote'],
  ['sysmon.tier', 'extra.tier'],
  ['sysmon.truncated', 'extra.truncated'],
  ['sysmon.exposed', 'extra.exposed'],
  ['sysmon.uncertain', 'extra.uncertain'],
  ['sysmon.snapshot', 'process.snapshot'],
  ['sysmon.late', 'extra.late'],
  ['sysmon.errno', 'extra.errno'],
  ['sysmon.signal', 'extra.signal'],
  ['sysmon.core_dump', 'extra.coreDump'],
];

/** What a process is, where it begins. */
export const ecsWhole: readonly Row[] = [
  ['process.command_line', 'process.commandLine'],
  ['process.vpid', 'process.nsPid'],
  ['process.args', 'process.argv', 'notEmpty'],
  ['process.args_count', 'process.argv', 'length'],
  ['process.working_directory', 'process.cwd'],
  ['process.start', 'process.startTime'],
  ['process.thread.id', 'process.tid'],
  ['process.user.id', 'process.euid', 'text'],
  ['process.real_user.id', 'process.uid', 'text'],
  ['process.real_user.name', 'process.user'],
  ['process.saved_user.id', 'process.suid', 'text'],
  ['process.real_group.id', 'process.gid', 'text'],
  ['process.env_vars', 'process.env', 'environment'],
  ['process.thread.capabilities.effective', 'process.capabilities', 'effectiveList'],
  ['process.thread.capabilities.permitted', 'process.capabilities', 'permittedList'],
  ['process.session_leader', 'process.sid', 'leader'],
  ['process.group_leader', 'process.pgid', 'leader'],
  ['process.parent.command_line', 'parent.commandLine'],
  ['process.parent.start', 'parent.startTime'],
  ['process.parent.real_user.name', 'parent.user'],
  ['user.effective.id', 'process.euid', 'text'],
  ['group.id', 'process.gid', 'text'],
  ['sysmon.capabilities', 'process.capabilities', 'capabilityWords'],
  ...ancestorRows.whole,
];

/** What is said of it in other events beside what is common to all. */
export const ecsShort: readonly Row[] = ancestorRows.short;

/** What a field of Sysmon becomes, in every event that has it. */
export const ecsFields: readonly Row[] = [
  ['rule.name', 'data.RuleName'],
  ['process.entity_id', 'data.ProcessGuid'],
  ['process.pid', 'data.ProcessId'],
  ['process.executable', 'data.Image'],
  ['process.name', 'data.Image', 'baseName'],
  ['process.command_line', 'data.CommandLine'],
  ['process.working_directory', 'data.CurrentDirectory'],
  ['user.name', 'data.User'],
  ['related.user', 'data.User', 'list'],
  ['process.parent.entity_id', 'data.ParentProcessGuid'],
  ['process.parent.pid', 'data.ParentProcessId'],
  ['process.parent.executable', 'data.ParentImage'],
  ['process.parent.name', 'data.ParentImage', 'baseName'],
  ['process.parent.command_line', 'data.ParentCommandLine'],
  ['process.parent.real_user.name', 'data.ParentUser'],
  ['related.user', 'data.ParentUser', 'list'],
  ['process.entity_id', 'data.SourceProcessGUID'],
  ['process.entity_id', 'data.SourceProcessGuid'],
  ['process.pid', 'data.SourceProcessId'],
  ['process.thread.id', 'data.SourceThreadId'],
  ['process.executable', 'data.SourceImage'],
  ['process.name', 'data.SourceImage', 'baseName'],
  ['user.name', 'data.SourceUser'],
  ['related.user', 'data.SourceUser', 'list'],
  ['user.target.name', 'data.TargetUser'],
  ['related.user', 'data.TargetUser', 'list'],
  ['file.path', 'data.TargetFilename'],
  ['file.name', 'data.TargetFilename', 'baseName'],
  ['file.directory', 'data.TargetFilename', 'folder'],
  ['file.extension', 'data.TargetFilename', 'extension'],
  ['file.created', 'data.CreationUtcTime', 'isoDate'],
  ['file.path', 'data.Device'],
  ['file.name', 'data.PipeName'],
  ['network.transport', 'data.Protocol', 'lowerCase'],
  ['network.direction', 'data.Initiated', 'direction'],
  ['network.type', 'data.SourceIsIpv6', 'ipVersion'],
  ['network.protocol', 'data.DestinationPortName', 'lowerCase'],
  ['source.ip', 'data.SourceIp', 'address'],
  ['related.ip', 'data.SourceIp', 'addressList'],
  ['source.domain', 'data.SourceHostname'],
  ['source.port', 'data.SourcePort'],
  ['destination.ip', 'data.DestinationIp', 'address'],
  ['related.ip', 'data.DestinationIp', 'addressList'],
  ['destination.domain', 'data.DestinationHostname'],
  ['destination.port', 'data.DestinationPort'],
  ['dns.question.name', 'data.QueryName'],
  ['dns.question.type', 'extra.queryType'],
  ['network.transport', 'extra.transport'],
  ['related.hosts', 'data.QueryName', 'list'],
  ['dns.response_code', 'data.QueryStatus', 'responseCode'],
  ['dns.answers', 'data.QueryResults', 'dnsAnswers'],
  ['dns.resolved_ip', 'data.QueryResults', 'dnsAddresses'],
  ['related.ip', 'data.QueryResults', 'dnsAddresses'],
  ['related.hash', 'data.Hashes', 'hashValues'],
];

/** What is peculiar to a type of event; it comes last and wins. */
export const ecsSpecial: Readonly<Record<string, readonly Row[]>> = {
  ...Object.fromEntries(events.flatMap((e) => (e.ecs.rows ? [[e.name, e.ecs.rows]] : []))),
};
