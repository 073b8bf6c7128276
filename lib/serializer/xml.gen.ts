// Generated from lib/schema by `npm run generate`. Do not edit.
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
} from '../schema/events.gen.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import { flag, flat, number, parentTexts, shared, text, textsOf } from './xml-text.js';
import type { ProcessTexts } from './process-texts.js';

const asActor = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(
    '</Data><Data Name="ProcessGuid">' +
      r.guid +
      '</Data><Data Name="ProcessId">' +
      number(r.pid) +
      '</Data><Data Name="Image">' +
      c.image,
  );
const asParent = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(
    '</Data><Data Name="ParentProcessGuid">' +
      r.guid +
      '</Data><Data Name="ParentProcessId">' +
      number(r.pid) +
      '</Data><Data Name="ParentImage">' +
      c.image +
      '</Data><Data Name="ParentCommandLine">' +
      c.commandLine +
      '</Data><Data Name="ParentUser">' +
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
      '</Data><Data Name="User">' +
        text(d.User) +
        '</Data><Data Name="LogonGuid">' +
        text(d.LogonGuid) +
        '</Data><Data Name="LogonId">' +
        text(d.LogonId) +
        '</Data><Data Name="TerminalSessionId">' +
        number(d.TerminalSessionId) +
        '</Data><Data Name="IntegrityLevel">' +
        text(d.IntegrityLevel),
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
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    (d.UtcTime === ProcessRecord.startUtc(p) ? d.UtcTime : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (d.FileVersion === '-' &&
    d.Description === '-' &&
    d.Product === '-' &&
    d.Company === '-' &&
    d.OriginalFileName === '-'
      ? '</Data><Data Name="FileVersion">-</Data><Data Name="Description">-</Data><Data Name="Product">-</Data><Data Name="Company">-</Data><Data Name="OriginalFileName">-</Data><Data Name="CommandLine">'
      : (d.FileVersion === '-'
          ? '</Data><Data Name="FileVersion">-</Data><Data Name="Description">'
          : '</Data><Data Name="FileVersion">' + text(d.FileVersion) + '</Data><Data Name="Description">') +
        (d.Description === '-'
          ? '-</Data><Data Name="Product">'
          : text(d.Description) + '</Data><Data Name="Product">') +
        (d.Product === '-' ? '-</Data><Data Name="Company">' : text(d.Product) + '</Data><Data Name="Company">') +
        (d.Company === '-'
          ? '-</Data><Data Name="OriginalFileName">'
          : text(d.Company) + '</Data><Data Name="OriginalFileName">') +
        (d.OriginalFileName === '-'
          ? '-</Data><Data Name="CommandLine">'
          : text(d.OriginalFileName) + '</Data><Data Name="CommandLine">')) +
    (d.CommandLine === p.commandLine ? c.commandLine : text(d.CommandLine)) +
    '</Data><Data Name="CurrentDirectory">' +
    (d.CurrentDirectory === p.cwd ? c.cwd : text(d.CurrentDirectory)) +
    sessionText(d) +
    (d.Hashes === '-' ? '</Data><Data Name="Hashes">-' : '</Data><Data Name="Hashes">' + text(d.Hashes)) +
    (q !== undefined &&
    d.ParentProcessGuid === q.guid &&
    d.ParentProcessId === q.pid &&
    d.ParentImage === q.image &&
    d.ParentCommandLine === q.commandLine &&
    d.ParentUser === q.user
      ? (parentTexts(c, q).asParent ??= asParent(q, parentTexts(c, q)))
      : '</Data><Data Name="ParentProcessGuid">' +
        text(d.ParentProcessGuid) +
        '</Data><Data Name="ParentProcessId">' +
        number(d.ParentProcessId) +
        '</Data><Data Name="ParentImage">' +
        text(d.ParentImage) +
        '</Data><Data Name="ParentCommandLine">' +
        text(d.ParentCommandLine) +
        '</Data><Data Name="ParentUser">' +
        text(d.ParentUser)) +
    '</Data>'
  );
}

function writeFileCreateTime(e: FileCreateTimeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="CreationUtcTime">' +
    text(d.CreationUtcTime) +
    '</Data><Data Name="PreviousCreationUtcTime">' +
    text(d.PreviousCreationUtcTime) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeNetworkConnect(e: NetworkConnectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data><Data Name="Protocol">' +
    text(d.Protocol) +
    '</Data><Data Name="Initiated">' +
    flag(d.Initiated) +
    '</Data><Data Name="SourceIsIpv6">' +
    flag(d.SourceIsIpv6) +
    '</Data><Data Name="SourceIp">' +
    text(d.SourceIp) +
    '</Data><Data Name="SourceHostname">' +
    text(d.SourceHostname) +
    '</Data><Data Name="SourcePort">' +
    number(d.SourcePort) +
    '</Data><Data Name="SourcePortName">' +
    text(d.SourcePortName) +
    '</Data><Data Name="DestinationIsIpv6">' +
    flag(d.DestinationIsIpv6) +
    '</Data><Data Name="DestinationIp">' +
    text(d.DestinationIp) +
    '</Data><Data Name="DestinationHostname">' +
    text(d.DestinationHostname) +
    '</Data><Data Name="DestinationPort">' +
    number(d.DestinationPort) +
    '</Data><Data Name="DestinationPortName">' +
    text(d.DestinationPortName) +
    '</Data>'
  );
}

function writeProcessTerminate(e: ProcessTerminateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeModuleLoad(e: ModuleLoadEvent): string {
  const d = e.data;
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    '</Data><Data Name="ImageLoaded">' +
    text(d.ImageLoaded) +
    (d.Hashes === '-'
      ? '</Data><Data Name="Hashes">-</Data><Data Name="Signed">'
      : '</Data><Data Name="Hashes">' + text(d.Hashes) + '</Data><Data Name="Signed">') +
    text(d.Signed) +
    (d.Signature === '-'
      ? '</Data><Data Name="Signature">-</Data><Data Name="SignatureStatus">'
      : d.Signature === '-'
        ? '</Data><Data Name="Signature">-</Data><Data Name="SignatureStatus">'
        : '</Data><Data Name="Signature">' + text(d.Signature) + '</Data><Data Name="SignatureStatus">') +
    text(d.SignatureStatus) +
    '</Data>'
  );
}

function writeImageLoad(e: ImageLoadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="ImageLoaded">' +
    text(d.ImageLoaded) +
    (d.FileVersion === '-' &&
    d.Description === '-' &&
    d.Product === '-' &&
    d.Company === '-' &&
    d.OriginalFileName === '-'
      ? '</Data><Data Name="FileVersion">-</Data><Data Name="Description">-</Data><Data Name="Product">-</Data><Data Name="Company">-</Data><Data Name="OriginalFileName">-</Data><Data Name="Hashes">'
      : (d.FileVersion === '-'
          ? '</Data><Data Name="FileVersion">-</Data><Data Name="Description">'
          : '</Data><Data Name="FileVersion">' + text(d.FileVersion) + '</Data><Data Name="Description">') +
        (d.Description === '-'
          ? '-</Data><Data Name="Product">'
          : text(d.Description) + '</Data><Data Name="Product">') +
        (d.Product === '-' ? '-</Data><Data Name="Company">' : text(d.Product) + '</Data><Data Name="Company">') +
        (d.Company === '-'
          ? '-</Data><Data Name="OriginalFileName">'
          : text(d.Company) + '</Data><Data Name="OriginalFileName">') +
        (d.OriginalFileName === '-'
          ? '-</Data><Data Name="Hashes">'
          : text(d.OriginalFileName) + '</Data><Data Name="Hashes">')) +
    (d.Hashes === '-' ? '-' : text(d.Hashes)) +
    (d.Signed === '-' && d.Signature === '-' && d.SignatureStatus === '-'
      ? '</Data><Data Name="Signed">-</Data><Data Name="Signature">-</Data><Data Name="SignatureStatus">-</Data><Data Name="User">'
      : (d.Signed === '-'
          ? '</Data><Data Name="Signed">-</Data><Data Name="Signature">'
          : '</Data><Data Name="Signed">' + text(d.Signed) + '</Data><Data Name="Signature">') +
        (d.Signature === '-'
          ? '-</Data><Data Name="SignatureStatus">'
          : text(d.Signature) + '</Data><Data Name="SignatureStatus">') +
        (d.SignatureStatus === '-'
          ? '-</Data><Data Name="User">'
          : text(d.SignatureStatus) + '</Data><Data Name="User">')) +
    shared(d.User) +
    '</Data>'
  );
}

function writeRawAccessRead(e: RawAccessReadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Device">' +
    text(d.Device) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeProcessAccess(e: ProcessAccessEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.SourceProcessGUID === p.guid
      ? '</Data><Data Name="SourceProcessGUID">' + d.SourceProcessGUID
      : '</Data><Data Name="SourceProcessGUID">' + text(d.SourceProcessGUID)) +
    '</Data><Data Name="SourceProcessId">' +
    number(d.SourceProcessId) +
    '</Data><Data Name="SourceThreadId">' +
    number(d.SourceThreadId) +
    '</Data><Data Name="SourceImage">' +
    (d.SourceImage === p.image ? c.image : text(d.SourceImage)) +
    '</Data><Data Name="TargetProcessGUID">' +
    text(d.TargetProcessGUID) +
    '</Data><Data Name="TargetProcessId">' +
    number(d.TargetProcessId) +
    '</Data><Data Name="TargetImage">' +
    text(d.TargetImage) +
    '</Data><Data Name="GrantedAccess">' +
    text(d.GrantedAccess) +
    (d.CallTrace === '-'
      ? '</Data><Data Name="CallTrace">-</Data><Data Name="SourceUser">'
      : d.CallTrace === '-'
        ? '</Data><Data Name="CallTrace">-</Data><Data Name="SourceUser">'
        : '</Data><Data Name="CallTrace">' + text(d.CallTrace) + '</Data><Data Name="SourceUser">') +
    shared(d.SourceUser) +
    '</Data><Data Name="TargetUser">' +
    shared(d.TargetUser) +
    '</Data>'
  );
}

function writeFileCreate(e: FileCreateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="CreationUtcTime">' +
    text(d.CreationUtcTime) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writePipeEvent(e: PipeEventEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '<Data Name="RuleName">-' : '<Data Name="RuleName">' + shared(d.RuleName)) +
    (d.EventType === 'CreatePipe'
      ? '</Data><Data Name="EventType">CreatePipe</Data><Data Name="UtcTime">'
      : d.EventType === 'CreatePipe'
        ? '</Data><Data Name="EventType">CreatePipe</Data><Data Name="UtcTime">'
        : '</Data><Data Name="EventType">' + text(d.EventType) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid
      ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
      : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
    '</Data><Data Name="ProcessId">' +
    number(d.ProcessId) +
    '</Data><Data Name="PipeName">' +
    text(d.PipeName) +
    '</Data><Data Name="Image">' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeDnsQuery(e: DnsQueryEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid
      ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
      : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
    '</Data><Data Name="ProcessId">' +
    number(d.ProcessId) +
    '</Data><Data Name="QueryName">' +
    text(d.QueryName) +
    '</Data><Data Name="QueryStatus">' +
    text(d.QueryStatus) +
    '</Data><Data Name="QueryResults">' +
    text(d.QueryResults) +
    '</Data><Data Name="Image">' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    '</Data><Data Name="User">' +
    (d.User === p.user ? c.user : text(d.User)) +
    '</Data>'
  );
}

function writeFileDelete(e: FileDeleteEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid
      ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
      : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
    '</Data><Data Name="ProcessId">' +
    number(d.ProcessId) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data><Data Name="Image">' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    (d.Hashes === '-'
      ? '</Data><Data Name="Hashes">-</Data><Data Name="IsExecutable">'
      : '</Data><Data Name="Hashes">' + text(d.Hashes) + '</Data><Data Name="IsExecutable">') +
    flag(d.IsExecutable) +
    '</Data><Data Name="Archived">' +
    flag(d.Archived) +
    '</Data>'
  );
}

function writeProcessTampering(e: ProcessTamperingEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Type">' +
    text(d.Type) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeFileDeleteDetected(e: FileDeleteDetectedEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid
      ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
      : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
    '</Data><Data Name="ProcessId">' +
    number(d.ProcessId) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data><Data Name="Image">' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    (d.Hashes === '-'
      ? '</Data><Data Name="Hashes">-</Data><Data Name="IsExecutable">'
      : '</Data><Data Name="Hashes">' + text(d.Hashes) + '</Data><Data Name="IsExecutable">') +
    flag(d.IsExecutable) +
    '</Data>'
  );
}

function writeeBPFEvent(e: eBPFEventEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data><Data Name="BpfCommand">' +
    text(d.BpfCommand) +
    '</Data><Data Name="BpfProgramType">' +
    text(d.BpfProgramType) +
    '</Data><Data Name="BpfProgramId">' +
    number(d.BpfProgramId) +
    '</Data><Data Name="BpfProgramName">' +
    text(d.BpfProgramName) +
    '</Data>'
  );
}

function writeFileModify(e: FileModifyEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="ModificationType">' +
    text(d.ModificationType) +
    (d.Hashes === '-'
      ? '</Data><Data Name="Hashes">-</Data><Data Name="User">'
      : '</Data><Data Name="Hashes">' + text(d.Hashes) + '</Data><Data Name="User">') +
    shared(d.User) +
    '</Data>'
  );
}

function writeFileRename(e: FileRenameEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="SourceFilename">' +
    text(d.SourceFilename) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="Replaced">' +
    text(d.Replaced) +
    '</Data><Data Name="Exchanged">' +
    flag(d.Exchanged) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeFileLink(e: FileLinkEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="LinkType">' +
    text(d.LinkType) +
    '</Data><Data Name="LinkTarget">' +
    text(d.LinkTarget) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeFileAttributeChange(e: FileAttributeChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="Attribute">' +
    text(d.Attribute) +
    '</Data><Data Name="Name">' +
    text(d.Name) +
    '</Data><Data Name="OldValue">' +
    text(d.OldValue) +
    '</Data><Data Name="NewValue">' +
    text(d.NewValue) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeFileOpen(e: FileOpenEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="Access">' +
    text(d.Access) +
    '</Data><Data Name="WatchEntry">' +
    text(d.WatchEntry) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writePrivilegeChange(e: PrivilegeChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Operation">' +
    text(d.Operation) +
    '</Data><Data Name="PreviousUser">' +
    shared(d.PreviousUser) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data><Data Name="PreviousCapabilities">' +
    text(d.PreviousCapabilities) +
    '</Data><Data Name="Capabilities">' +
    text(d.Capabilities) +
    '</Data>'
  );
}

function writeNamespaceChange(e: NamespaceChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Operation">' +
    text(d.Operation) +
    '</Data><Data Name="PreviousNamespaces">' +
    text(d.PreviousNamespaces) +
    '</Data><Data Name="Namespaces">' +
    text(d.Namespaces) +
    '</Data><Data Name="TargetProcessGuid">' +
    text(d.TargetProcessGuid) +
    '</Data><Data Name="TargetProcessId">' +
    number(d.TargetProcessId) +
    '</Data><Data Name="TargetImage">' +
    text(d.TargetImage) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeModuleUnload(e: ModuleUnloadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="ModuleName">' +
    text(d.ModuleName) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeMount(e: MountEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Operation">' +
    text(d.Operation) +
    '</Data><Data Name="Source">' +
    text(d.Source) +
    '</Data><Data Name="Target">' +
    text(d.Target) +
    '</Data><Data Name="FileSystem">' +
    text(d.FileSystem) +
    '</Data><Data Name="Options">' +
    text(d.Options) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeMemoryProtect(e: MemoryProtectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Operation">' +
    text(d.Operation) +
    '</Data><Data Name="Protection">' +
    text(d.Protection) +
    '</Data><Data Name="Backing">' +
    text(d.Backing) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeSignal(e: SignalEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Signal">' +
    text(d.Signal) +
    '</Data><Data Name="TargetProcessGuid">' +
    text(d.TargetProcessGuid) +
    '</Data><Data Name="TargetProcessId">' +
    number(d.TargetProcessId) +
    '</Data><Data Name="TargetImage">' +
    text(d.TargetImage) +
    '</Data><Data Name="TargetUser">' +
    text(d.TargetUser) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeSocketListen(e: SocketListenEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Protocol">' +
    text(d.Protocol) +
    '</Data><Data Name="Address">' +
    text(d.Address) +
    '</Data><Data Name="Port">' +
    number(d.Port) +
    '</Data><Data Name="PortName">' +
    text(d.PortName) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeRawSocket(e: RawSocketEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Family">' +
    text(d.Family) +
    '</Data><Data Name="Type">' +
    text(d.Type) +
    '</Data><Data Name="Protocol">' +
    text(d.Protocol) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeUnixConnect(e: UnixConnectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="SocketName">' +
    text(d.SocketName) +
    '</Data><Data Name="TargetProcessGuid">' +
    text(d.TargetProcessGuid) +
    '</Data><Data Name="TargetProcessId">' +
    number(d.TargetProcessId) +
    '</Data><Data Name="TargetImage">' +
    text(d.TargetImage) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeKernelParameter(e: KernelParameterEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="Parameter">' +
    text(d.Parameter) +
    '</Data><Data Name="PreviousValue">' +
    text(d.PreviousValue) +
    '</Data><Data Name="NewValue">' +
    text(d.NewValue) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeFailedExecution(e: FailedExecutionEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="TargetFilename">' +
    text(d.TargetFilename) +
    '</Data><Data Name="CommandLine">' +
    text(d.CommandLine) +
    '</Data><Data Name="Errno">' +
    text(d.Errno) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

function writeProcessRename(e: ProcessRenameEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-'
      ? '<Data Name="RuleName">-</Data><Data Name="UtcTime">'
      : '<Data Name="RuleName">' + shared(d.RuleName) + '</Data><Data Name="UtcTime">') +
    text(d.UtcTime) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? '</Data><Data Name="ProcessGuid">' + d.ProcessGuid
          : '</Data><Data Name="ProcessGuid">' + text(d.ProcessGuid)) +
        '</Data><Data Name="ProcessId">' +
        number(d.ProcessId) +
        '</Data><Data Name="Image">' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    '</Data><Data Name="PreviousName">' +
    text(d.PreviousName) +
    '</Data><Data Name="NewName">' +
    text(d.NewName) +
    '</Data><Data Name="Operation">' +
    text(d.Operation) +
    '</Data><Data Name="User">' +
    shared(d.User) +
    '</Data>'
  );
}

/** Writers of `data` by type, for events with a process that the sensor has seen. */
export const writers: ReadonlyMap<string, (e: never) => string> = new Map<string, (e: never) => string>([
  ['ProcessCreate', writeProcessCreate],
  ['FileCreateTime', writeFileCreateTime],
  ['NetworkConnect', writeNetworkConnect],
  ['ProcessTerminate', writeProcessTerminate],
  ['ModuleLoad', writeModuleLoad],
  ['ImageLoad', writeImageLoad],
  ['RawAccessRead', writeRawAccessRead],
  ['ProcessAccess', writeProcessAccess],
  ['FileCreate', writeFileCreate],
  ['PipeEvent', writePipeEvent],
  ['DnsQuery', writeDnsQuery],
  ['FileDelete', writeFileDelete],
  ['ProcessTampering', writeProcessTampering],
  ['FileDeleteDetected', writeFileDeleteDetected],
  ['eBPFEvent', writeeBPFEvent],
  ['FileModify', writeFileModify],
  ['FileRename', writeFileRename],
  ['FileLink', writeFileLink],
  ['FileAttributeChange', writeFileAttributeChange],
  ['FileOpen', writeFileOpen],
  ['PrivilegeChange', writePrivilegeChange],
  ['NamespaceChange', writeNamespaceChange],
  ['ModuleUnload', writeModuleUnload],
  ['Mount', writeMount],
  ['MemoryProtect', writeMemoryProtect],
  ['Signal', writeSignal],
  ['SocketListen', writeSocketListen],
  ['RawSocket', writeRawSocket],
  ['UnixConnect', writeUnixConnect],
  ['KernelParameter', writeKernelParameter],
  ['FailedExecution', writeFailedExecution],
  ['ProcessRename', writeProcessRename],
]);
