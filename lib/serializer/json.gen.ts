// Generated from lib/schema by `npm run generate`. Do not edit.
import type {
  ProcessCreateEvent,
  FileCreateTimeEvent,
  NetworkConnectEvent,
  ProcessTerminateEvent,
  RawAccessReadEvent,
  FileCreateEvent,
  PipeEventEvent,
  DnsQueryEvent,
  FileDeleteEvent,
  FileDeleteDetectedEvent,
  FileModifyEvent,
} from '../schema/events.gen.js';
import { ProcessRecord } from '../schema/events.gen.js';
import { flag, flat, frozen, LastText, number, parentTexts, plain, shared, text, texts, textsOf } from './json-text.js';
import type { ProcessTexts } from './process-texts.js';

const asActor = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(',"ProcessGuid":' + plain(r.guid) + ',"ProcessId":' + number(r.pid) + ',"Image":' + c.image);
const asParent = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(
    ',"ParentProcessGuid":' +
      plain(r.guid) +
      ',"ParentProcessId":' +
      number(r.pid) +
      ',"ParentImage":' +
      c.image +
      ',"ParentCommandLine":' +
      c.commandLine +
      ',"ParentUser":' +
      c.user,
  );

let lastUser: unknown;
let lastLogonGuid: unknown;
let lastLogonId: unknown;
let lastTerminalSessionId: unknown;
let lastIntegrityLevel: unknown;
let lastSession = '';
function sessionText(d: ProcessCreateEvent['data']): string {
  if (
    lastSession === '' ||
    d.User !== lastUser ||
    d.LogonGuid !== lastLogonGuid ||
    d.LogonId !== lastLogonId ||
    d.TerminalSessionId !== lastTerminalSessionId ||
    d.IntegrityLevel !== lastIntegrityLevel
  ) {
    lastUser = d.User;
    lastLogonGuid = d.LogonGuid;
    lastLogonId = d.LogonId;
    lastTerminalSessionId = d.TerminalSessionId;
    lastIntegrityLevel = d.IntegrityLevel;
    lastSession = flat(
      ',"User":' +
        text(d.User) +
        ',"LogonGuid":' +
        text(d.LogonGuid) +
        ',"LogonId":' +
        text(d.LogonId) +
        ',"TerminalSessionId":' +
        number(d.TerminalSessionId) +
        ',"IntegrityLevel":' +
        (d.IntegrityLevel === 'no level' ? '"no level"' : text(d.IntegrityLevel)),
    );
  }
  return lastSession;
}

function writeProcessCreate(e: ProcessCreateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  const q = p.parent;
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    (d.UtcTime === ProcessRecord.startUtc(p) ? plain(d.UtcTime) : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (d.FileVersion === '-' && d.Description === '-' && d.Product === '-' && d.Company === '-' && d.OriginalFileName === '-'
      ? ',"FileVersion":"-","Description":"-","Product":"-","Company":"-","OriginalFileName":"-"'
      : ',"FileVersion":' +
        (d.FileVersion === '-' ? '"-"' : text(d.FileVersion)) +
        ',"Description":' +
        (d.Description === '-' ? '"-"' : text(d.Description)) +
        ',"Product":' +
        (d.Product === '-' ? '"-"' : text(d.Product)) +
        ',"Company":' +
        (d.Company === '-' ? '"-"' : text(d.Company)) +
        ',"OriginalFileName":' +
        (d.OriginalFileName === '-' ? '"-"' : text(d.OriginalFileName))) +
    ',"CommandLine":' +
    (d.CommandLine === p.commandLine ? c.commandLine : text(d.CommandLine)) +
    ',"CurrentDirectory":' +
    (d.CurrentDirectory === p.cwd ? c.cwd : text(d.CurrentDirectory)) +
    sessionText(d) +
    ',"Hashes":' +
    text(d.Hashes) +
    (q !== undefined &&
    d.ParentProcessGuid === q.guid &&
    d.ParentProcessId === q.pid &&
    d.ParentImage === q.image &&
    d.ParentCommandLine === q.commandLine &&
    d.ParentUser === q.user
      ? (parentTexts(c, q).asParent ??= asParent(q, parentTexts(c, q)))
      : ',"ParentProcessGuid":' +
        (q !== undefined && d.ParentProcessGuid === q.guid ? plain(d.ParentProcessGuid) : text(d.ParentProcessGuid)) +
        ',"ParentProcessId":' +
        number(d.ParentProcessId) +
        ',"ParentImage":' +
        (q !== undefined && d.ParentImage === q.image ? parentTexts(c, q).image : text(d.ParentImage)) +
        ',"ParentCommandLine":' +
        (q !== undefined && d.ParentCommandLine === q.commandLine ? parentTexts(c, q).commandLine : text(d.ParentCommandLine)) +
        ',"ParentUser":' +
        (q !== undefined && d.ParentUser === q.user ? parentTexts(c, q).user : text(d.ParentUser))) +
    '}'
  );
}

function writeFileCreateTime(e: FileCreateTimeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"TargetFilename":' +
    text(d.TargetFilename) +
    ',"CreationUtcTime":' +
    text(d.CreationUtcTime) +
    ',"PreviousCreationUtcTime":' +
    text(d.PreviousCreationUtcTime) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

function writeNetworkConnect(e: NetworkConnectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"User":' +
    shared(d.User) +
    ',"Protocol":' +
    text(d.Protocol) +
    ',"Initiated":' +
    flag(d.Initiated) +
    ',"SourceIsIpv6":' +
    flag(d.SourceIsIpv6) +
    ',"SourceIp":' +
    text(d.SourceIp) +
    ',"SourceHostname":' +
    text(d.SourceHostname) +
    ',"SourcePort":' +
    number(d.SourcePort) +
    ',"SourcePortName":' +
    text(d.SourcePortName) +
    ',"DestinationIsIpv6":' +
    flag(d.DestinationIsIpv6) +
    ',"DestinationIp":' +
    text(d.DestinationIp) +
    ',"DestinationHostname":' +
    text(d.DestinationHostname) +
    ',"DestinationPort":' +
    number(d.DestinationPort) +
    ',"DestinationPortName":' +
    text(d.DestinationPortName) +
    '}'
  );
}

function writeProcessTerminate(e: ProcessTerminateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

function writeRawAccessRead(e: RawAccessReadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"Device":' +
    text(d.Device) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

function writeFileCreate(e: FileCreateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"TargetFilename":' +
    text(d.TargetFilename) +
    ',"CreationUtcTime":' +
    text(d.CreationUtcTime) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

function writePipeEvent(e: PipeEventEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"EventType":' +
    (d.EventType === 'CreatePipe' ? '"CreatePipe"' : text(d.EventType)) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    ',"ProcessGuid":' +
    (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
    ',"ProcessId":' +
    number(d.ProcessId) +
    ',"PipeName":' +
    text(d.PipeName) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

function writeDnsQuery(e: DnsQueryEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    ',"ProcessGuid":' +
    (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
    ',"ProcessId":' +
    number(d.ProcessId) +
    ',"QueryName":' +
    text(d.QueryName) +
    ',"QueryStatus":' +
    text(d.QueryStatus) +
    ',"QueryResults":' +
    text(d.QueryResults) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"User":' +
    (d.User === p.user ? c.user : text(d.User)) +
    '}'
  );
}

function writeFileDelete(e: FileDeleteEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    ',"ProcessGuid":' +
    (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
    ',"ProcessId":' +
    number(d.ProcessId) +
    ',"User":' +
    shared(d.User) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"TargetFilename":' +
    text(d.TargetFilename) +
    ',"Hashes":' +
    text(d.Hashes) +
    ',"IsExecutable":' +
    flag(d.IsExecutable) +
    ',"Archived":' +
    (d.Archived === 'false' ? '"false"' : text(d.Archived)) +
    '}'
  );
}

function writeFileDeleteDetected(e: FileDeleteDetectedEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    ',"ProcessGuid":' +
    (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
    ',"ProcessId":' +
    number(d.ProcessId) +
    ',"User":' +
    shared(d.User) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"TargetFilename":' +
    text(d.TargetFilename) +
    ',"Hashes":' +
    text(d.Hashes) +
    ',"IsExecutable":' +
    flag(d.IsExecutable) +
    '}'
  );
}

function writeFileModify(e: FileModifyEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    '{"RuleName":' +
    shared(d.RuleName) +
    ',"UtcTime":' +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : ',"ProcessGuid":' +
        (d.ProcessGuid === p.guid ? plain(d.ProcessGuid) : text(d.ProcessGuid)) +
        ',"ProcessId":' +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"TargetFilename":' +
    text(d.TargetFilename) +
    ',"ModificationType":' +
    text(d.ModificationType) +
    ',"Hashes":' +
    text(d.Hashes) +
    ',"User":' +
    shared(d.User) +
    '}'
  );
}

/** Writers of `data` by type, for events with a process that the sensor has seen. */
export const writers: ReadonlyMap<string, (e: never) => string> = new Map<string, (e: never) => string>([
  ['ProcessCreate', writeProcessCreate],
  ['FileCreateTime', writeFileCreateTime],
  ['NetworkConnect', writeNetworkConnect],
  ['ProcessTerminate', writeProcessTerminate],
  ['RawAccessRead', writeRawAccessRead],
  ['FileCreate', writeFileCreate],
  ['PipeEvent', writePipeEvent],
  ['DnsQuery', writeDnsQuery],
  ['FileDelete', writeFileDelete],
  ['FileDeleteDetected', writeFileDeleteDetected],
  ['FileModify', writeFileModify],
]);

const lastStdio = new LastText();
const lastEnv = new LastText();

let grouped0: ProcessRecord | undefined;
let groupText0 = '';
function group0(p: ProcessRecord, c: ProcessTexts): string {
  const l = grouped0;
  if (
    l !== undefined &&
    p.uid === l.uid &&
    p.gid === l.gid &&
    p.euid === l.euid &&
    p.egid === l.egid &&
    p.suid === l.suid &&
    p.loginUid === l.loginUid &&
    p.user === l.user &&
    p.session === l.session
  )
    return groupText0;
  grouped0 = p;
  return (groupText0 = flat(
    ',"uid":' +
      p.uid +
      ',"gid":' +
      p.gid +
      ',"euid":' +
      p.euid +
      ',"egid":' +
      p.egid +
      ',"suid":' +
      p.suid +
      (p.loginUid === undefined ? '' : ',"loginUid":' + p.loginUid) +
      ',"user":' +
      c.user +
      (p.session === undefined ? '' : ',"session":' + p.session),
  ));
}

let grouped1: ProcessRecord | undefined;
let groupText1 = '';
function group1(p: ProcessRecord): string {
  const l = grouped1;
  if (
    l !== undefined &&
    p.logonGuid === l.logonGuid &&
    p.capabilities === l.capabilities &&
    p.namespaces === l.namespaces &&
    p.cgroup === l.cgroup
  )
    return groupText1;
  grouped1 = p;
  return (groupText1 = flat(
    ',"logonGuid":"' +
      p.logonGuid +
      '"' +
      ',"capabilities":' +
      frozen(p.capabilities) +
      ',"namespaces":' +
      frozen(p.namespaces) +
      ',"cgroup":' +
      frozen(p.cgroup),
  ));
}

/** A process record without its end, so that the ancestors can follow. */
export function writeProcess(p: ProcessRecord, c: ProcessTexts): string {
  return (
    '{"strongId":"' +
    p.strongId +
    '"' +
    ',"guid":"' +
    p.guid +
    '"' +
    ',"pid":' +
    p.pid +
    (p.tid === undefined ? '' : ',"tid":' + p.tid) +
    ',"ppid":' +
    p.ppid +
    ',"image":' +
    c.image +
    ',"commandLine":' +
    c.commandLine +
    ',"argv":' +
    texts(p.argv, c, p) +
    ',"cwd":' +
    c.cwd +
    group0(p, c) +
    ',"sid":' +
    p.sid +
    ',"pgid":' +
    p.pgid +
    ',"nsPid":' +
    p.nsPid +
    (p.tty === undefined ? '' : ',"tty":' + shared(p.tty)) +
    ',"startTime":"' +
    p.startTime +
    '"' +
    group1(p) +
    ',"stdio":' +
    lastStdio.text(p.stdio) +
    ',"env":' +
    lastEnv.text(p.env) +
    (p.script === undefined ? '' : ',"script":' + shared(p.script)) +
    (p.memfd === undefined ? '' : ',"memfd":true') +
    (p.deleted === undefined ? '' : ',"deleted":true') +
    (p.kernelThread === undefined ? '' : ',"kernelThread":true') +
    (p.forked === undefined ? '' : ',"forked":true') +
    (p.uncertain === undefined ? '' : ',"uncertain":true')
  );
}
