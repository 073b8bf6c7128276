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
import {
  flag,
  flat,
  frozen,
  isPlain,
  LastText,
  number,
  parentTexts,
  shared,
  text,
  texts,
  textsOf,
} from './json-text.js';
import type { ProcessTexts } from './process-texts.js';

const asActor = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(',"ProcessGuid":"' + r.guid + '","ProcessId":' + number(r.pid) + ',"Image":' + c.image);
const asParent = (r: ProcessRecord, c: ProcessTexts): string =>
  flat(
    ',"ParentProcessGuid":"' +
      r.guid +
      '","ParentProcessId":' +
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
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (d.UtcTime === ProcessRecord.startUtc(p) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (d.FileVersion === '-' &&
    d.Description === '-' &&
    d.Product === '-' &&
    d.Company === '-' &&
    d.OriginalFileName === '-'
      ? ',"FileVersion":"-","Description":"-","Product":"-","Company":"-","OriginalFileName":"-","CommandLine":'
      : (d.FileVersion === '-'
          ? ',"FileVersion":"-","Description":'
          : ',"FileVersion":' + text(d.FileVersion) + ',"Description":') +
        (d.Description === '-' ? '"-","Product":' : text(d.Description) + ',"Product":') +
        (d.Product === '-' ? '"-","Company":' : text(d.Product) + ',"Company":') +
        (d.Company === '-' ? '"-","OriginalFileName":' : text(d.Company) + ',"OriginalFileName":') +
        (d.OriginalFileName === '-' ? '"-","CommandLine":' : text(d.OriginalFileName) + ',"CommandLine":')) +
    (d.CommandLine === p.commandLine ? c.commandLine : text(d.CommandLine)) +
    ',"CurrentDirectory":' +
    (d.CurrentDirectory === p.cwd ? c.cwd : text(d.CurrentDirectory)) +
    sessionText(d) +
    (d.Hashes === '-' ? ',"Hashes":"-"' : ',"Hashes":' + text(d.Hashes)) +
    (q !== undefined &&
    d.ParentProcessGuid === q.guid &&
    d.ParentProcessId === q.pid &&
    d.ParentImage === q.image &&
    d.ParentCommandLine === q.commandLine &&
    d.ParentUser === q.user
      ? (parentTexts(c, q).asParent ??= asParent(q, parentTexts(c, q)))
      : (isPlain(d.ParentProcessGuid)
          ? ',"ParentProcessGuid":"' + d.ParentProcessGuid + '","ParentProcessId":'
          : ',"ParentProcessGuid":' + text(d.ParentProcessGuid) + ',"ParentProcessId":') +
        number(d.ParentProcessId) +
        (isPlain(d.ParentImage)
          ? ',"ParentImage":"' + d.ParentImage + '","ParentCommandLine":'
          : ',"ParentImage":' + text(d.ParentImage) + ',"ParentCommandLine":') +
        (isPlain(d.ParentCommandLine)
          ? '"' + d.ParentCommandLine + '","ParentUser":'
          : text(d.ParentCommandLine) + ',"ParentUser":') +
        (isPlain(d.ParentUser) ? '"' + d.ParentUser + '"' : text(d.ParentUser)))
  );
}

function writeFileCreateTime(e: FileCreateTimeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","CreationUtcTime":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"CreationUtcTime":') +
    (isPlain(d.CreationUtcTime)
      ? '"' + d.CreationUtcTime + '","PreviousCreationUtcTime":'
      : text(d.CreationUtcTime) + ',"PreviousCreationUtcTime":') +
    (isPlain(d.PreviousCreationUtcTime)
      ? '"' + d.PreviousCreationUtcTime + '","User":'
      : text(d.PreviousCreationUtcTime) + ',"User":') +
    shared(d.User)
  );
}

function writeNetworkConnect(e: NetworkConnectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"User":' +
    shared(d.User) +
    (isPlain(d.Protocol)
      ? ',"Protocol":"' + d.Protocol + '","Initiated":'
      : ',"Protocol":' + text(d.Protocol) + ',"Initiated":') +
    flag(d.Initiated) +
    ',"SourceIsIpv6":' +
    flag(d.SourceIsIpv6) +
    (isPlain(d.SourceIp)
      ? ',"SourceIp":"' + d.SourceIp + '","SourceHostname":'
      : ',"SourceIp":' + text(d.SourceIp) + ',"SourceHostname":') +
    (isPlain(d.SourceHostname)
      ? '"' + d.SourceHostname + '","SourcePort":'
      : text(d.SourceHostname) + ',"SourcePort":') +
    number(d.SourcePort) +
    (isPlain(d.SourcePortName)
      ? ',"SourcePortName":"' + d.SourcePortName + '","DestinationIsIpv6":'
      : ',"SourcePortName":' + text(d.SourcePortName) + ',"DestinationIsIpv6":') +
    flag(d.DestinationIsIpv6) +
    (isPlain(d.DestinationIp)
      ? ',"DestinationIp":"' + d.DestinationIp + '","DestinationHostname":'
      : ',"DestinationIp":' + text(d.DestinationIp) + ',"DestinationHostname":') +
    (isPlain(d.DestinationHostname)
      ? '"' + d.DestinationHostname + '","DestinationPort":'
      : text(d.DestinationHostname) + ',"DestinationPort":') +
    number(d.DestinationPort) +
    (isPlain(d.DestinationPortName)
      ? ',"DestinationPortName":"' + d.DestinationPortName + '"'
      : ',"DestinationPortName":' + text(d.DestinationPortName))
  );
}

function writeProcessTerminate(e: ProcessTerminateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"User":' +
    shared(d.User)
  );
}

function writeModuleLoad(e: ModuleLoadEvent): string {
  const d = e.data;
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","ImageLoaded":' : text(d.UtcTime) + ',"ImageLoaded":') +
    (isPlain(d.ImageLoaded) ? '"' + d.ImageLoaded + '","Hashes":' : text(d.ImageLoaded) + ',"Hashes":') +
    (d.Hashes === '-' ? '"-","Signed":' : text(d.Hashes) + ',"Signed":') +
    (isPlain(d.Signed) ? '"' + d.Signed + '"' : text(d.Signed)) +
    (d.Signature === '-'
      ? ',"Signature":"-","SignatureStatus":'
      : d.Signature === '-'
        ? ',"Signature":"-","SignatureStatus":'
        : ',"Signature":' + text(d.Signature) + ',"SignatureStatus":') +
    (isPlain(d.SignatureStatus) ? '"' + d.SignatureStatus + '"' : text(d.SignatureStatus))
  );
}

function writeImageLoad(e: ImageLoadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.ImageLoaded) ? ',"ImageLoaded":"' + d.ImageLoaded + '"' : ',"ImageLoaded":' + text(d.ImageLoaded)) +
    (d.FileVersion === '-' &&
    d.Description === '-' &&
    d.Product === '-' &&
    d.Company === '-' &&
    d.OriginalFileName === '-'
      ? ',"FileVersion":"-","Description":"-","Product":"-","Company":"-","OriginalFileName":"-","Hashes":'
      : (d.FileVersion === '-'
          ? ',"FileVersion":"-","Description":'
          : ',"FileVersion":' + text(d.FileVersion) + ',"Description":') +
        (d.Description === '-' ? '"-","Product":' : text(d.Description) + ',"Product":') +
        (d.Product === '-' ? '"-","Company":' : text(d.Product) + ',"Company":') +
        (d.Company === '-' ? '"-","OriginalFileName":' : text(d.Company) + ',"OriginalFileName":') +
        (d.OriginalFileName === '-' ? '"-","Hashes":' : text(d.OriginalFileName) + ',"Hashes":')) +
    (d.Hashes === '-' ? '"-"' : text(d.Hashes)) +
    (d.Signed === '-' && d.Signature === '-' && d.SignatureStatus === '-'
      ? ',"Signed":"-","Signature":"-","SignatureStatus":"-","User":'
      : (d.Signed === '-' ? ',"Signed":"-","Signature":' : ',"Signed":' + text(d.Signed) + ',"Signature":') +
        (d.Signature === '-' ? '"-","SignatureStatus":' : text(d.Signature) + ',"SignatureStatus":') +
        (d.SignatureStatus === '-' ? '"-","User":' : text(d.SignatureStatus) + ',"User":')) +
    shared(d.User)
  );
}

function writeRawAccessRead(e: RawAccessReadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Device) ? ',"Device":"' + d.Device + '","User":' : ',"Device":' + text(d.Device) + ',"User":') +
    shared(d.User)
  );
}

function writeProcessAccess(e: ProcessAccessEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","SourceProcessGUID":' : text(d.UtcTime) + ',"SourceProcessGUID":') +
    (d.SourceProcessGUID === p.guid
      ? '"' + d.SourceProcessGUID + '","SourceProcessId":'
      : text(d.SourceProcessGUID) + ',"SourceProcessId":') +
    number(d.SourceProcessId) +
    ',"SourceThreadId":' +
    number(d.SourceThreadId) +
    ',"SourceImage":' +
    (d.SourceImage === p.image ? c.image : text(d.SourceImage)) +
    (isPlain(d.TargetProcessGUID)
      ? ',"TargetProcessGUID":"' + d.TargetProcessGUID + '","TargetProcessId":'
      : ',"TargetProcessGUID":' + text(d.TargetProcessGUID) + ',"TargetProcessId":') +
    number(d.TargetProcessId) +
    (isPlain(d.TargetImage)
      ? ',"TargetImage":"' + d.TargetImage + '","GrantedAccess":'
      : ',"TargetImage":' + text(d.TargetImage) + ',"GrantedAccess":') +
    (isPlain(d.GrantedAccess) ? '"' + d.GrantedAccess + '"' : text(d.GrantedAccess)) +
    (d.CallTrace === '-'
      ? ',"CallTrace":"-","SourceUser":'
      : d.CallTrace === '-'
        ? ',"CallTrace":"-","SourceUser":'
        : ',"CallTrace":' + text(d.CallTrace) + ',"SourceUser":') +
    shared(d.SourceUser) +
    ',"TargetUser":' +
    shared(d.TargetUser)
  );
}

function writeFileCreate(e: FileCreateEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","CreationUtcTime":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"CreationUtcTime":') +
    (isPlain(d.CreationUtcTime) ? '"' + d.CreationUtcTime + '","User":' : text(d.CreationUtcTime) + ',"User":') +
    shared(d.User)
  );
}

function writePipeEvent(e: PipeEventEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-"' : '{"RuleName":' + shared(d.RuleName)) +
    (d.EventType === 'CreatePipe'
      ? ',"EventType":"CreatePipe","UtcTime":'
      : d.EventType === 'CreatePipe'
        ? ',"EventType":"CreatePipe","UtcTime":'
        : ',"EventType":' + text(d.EventType) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","ProcessGuid":' : text(d.UtcTime) + ',"ProcessGuid":') +
    (d.ProcessGuid === p.guid ? '"' + d.ProcessGuid + '","ProcessId":' : text(d.ProcessGuid) + ',"ProcessId":') +
    number(d.ProcessId) +
    (isPlain(d.PipeName)
      ? ',"PipeName":"' + d.PipeName + '","Image":'
      : ',"PipeName":' + text(d.PipeName) + ',"Image":') +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"User":' +
    shared(d.User)
  );
}

function writeDnsQuery(e: DnsQueryEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","ProcessGuid":' : text(d.UtcTime) + ',"ProcessGuid":') +
    (d.ProcessGuid === p.guid ? '"' + d.ProcessGuid + '","ProcessId":' : text(d.ProcessGuid) + ',"ProcessId":') +
    number(d.ProcessId) +
    (isPlain(d.QueryName)
      ? ',"QueryName":"' + d.QueryName + '","QueryStatus":'
      : ',"QueryName":' + text(d.QueryName) + ',"QueryStatus":') +
    (isPlain(d.QueryStatus) ? '"' + d.QueryStatus + '","QueryResults":' : text(d.QueryStatus) + ',"QueryResults":') +
    (isPlain(d.QueryResults) ? '"' + d.QueryResults + '","Image":' : text(d.QueryResults) + ',"Image":') +
    (d.Image === p.image ? c.image : text(d.Image)) +
    ',"User":' +
    (d.User === p.user ? c.user : text(d.User))
  );
}

function writeFileDelete(e: FileDeleteEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","ProcessGuid":' : text(d.UtcTime) + ',"ProcessGuid":') +
    (d.ProcessGuid === p.guid ? '"' + d.ProcessGuid + '","ProcessId":' : text(d.ProcessGuid) + ',"ProcessId":') +
    number(d.ProcessId) +
    ',"User":' +
    shared(d.User) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","Hashes":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"Hashes":') +
    (d.Hashes === '-' ? '"-","IsExecutable":' : text(d.Hashes) + ',"IsExecutable":') +
    flag(d.IsExecutable) +
    ',"Archived":' +
    flag(d.Archived)
  );
}

function writeProcessTampering(e: ProcessTamperingEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Type) ? ',"Type":"' + d.Type + '","User":' : ',"Type":' + text(d.Type) + ',"User":') +
    shared(d.User)
  );
}

function writeFileDeleteDetected(e: FileDeleteDetectedEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '","ProcessGuid":' : text(d.UtcTime) + ',"ProcessGuid":') +
    (d.ProcessGuid === p.guid ? '"' + d.ProcessGuid + '","ProcessId":' : text(d.ProcessGuid) + ',"ProcessId":') +
    number(d.ProcessId) +
    ',"User":' +
    shared(d.User) +
    ',"Image":' +
    (d.Image === p.image ? c.image : text(d.Image)) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","Hashes":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"Hashes":') +
    (d.Hashes === '-' ? '"-","IsExecutable":' : text(d.Hashes) + ',"IsExecutable":') +
    flag(d.IsExecutable)
  );
}

function writeeBPFEvent(e: eBPFEventEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    ',"User":' +
    shared(d.User) +
    (isPlain(d.BpfCommand)
      ? ',"BpfCommand":"' + d.BpfCommand + '","BpfProgramType":'
      : ',"BpfCommand":' + text(d.BpfCommand) + ',"BpfProgramType":') +
    (isPlain(d.BpfProgramType)
      ? '"' + d.BpfProgramType + '","BpfProgramId":'
      : text(d.BpfProgramType) + ',"BpfProgramId":') +
    number(d.BpfProgramId) +
    (isPlain(d.BpfProgramName)
      ? ',"BpfProgramName":"' + d.BpfProgramName + '"'
      : ',"BpfProgramName":' + text(d.BpfProgramName))
  );
}

function writeFileModify(e: FileModifyEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","ModificationType":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"ModificationType":') +
    (isPlain(d.ModificationType) ? '"' + d.ModificationType + '","Hashes":' : text(d.ModificationType) + ',"Hashes":') +
    (d.Hashes === '-' ? '"-","User":' : text(d.Hashes) + ',"User":') +
    shared(d.User)
  );
}

function writeFileRename(e: FileRenameEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.SourceFilename)
      ? ',"SourceFilename":"' + d.SourceFilename + '","TargetFilename":'
      : ',"SourceFilename":' + text(d.SourceFilename) + ',"TargetFilename":') +
    (isPlain(d.TargetFilename) ? '"' + d.TargetFilename + '","Replaced":' : text(d.TargetFilename) + ',"Replaced":') +
    (isPlain(d.Replaced) ? '"' + d.Replaced + '","Exchanged":' : text(d.Replaced) + ',"Exchanged":') +
    flag(d.Exchanged) +
    ',"User":' +
    shared(d.User)
  );
}

function writeFileLink(e: FileLinkEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","LinkType":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"LinkType":') +
    (isPlain(d.LinkType) ? '"' + d.LinkType + '","LinkTarget":' : text(d.LinkType) + ',"LinkTarget":') +
    (isPlain(d.LinkTarget) ? '"' + d.LinkTarget + '","User":' : text(d.LinkTarget) + ',"User":') +
    shared(d.User)
  );
}

function writeFileAttributeChange(e: FileAttributeChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","Attribute":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"Attribute":') +
    (isPlain(d.Attribute) ? '"' + d.Attribute + '","Name":' : text(d.Attribute) + ',"Name":') +
    (isPlain(d.Name) ? '"' + d.Name + '","OldValue":' : text(d.Name) + ',"OldValue":') +
    (isPlain(d.OldValue) ? '"' + d.OldValue + '","NewValue":' : text(d.OldValue) + ',"NewValue":') +
    (isPlain(d.NewValue) ? '"' + d.NewValue + '","User":' : text(d.NewValue) + ',"User":') +
    shared(d.User)
  );
}

function writeFileOpen(e: FileOpenEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","Access":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"Access":') +
    (isPlain(d.Access) ? '"' + d.Access + '","WatchEntry":' : text(d.Access) + ',"WatchEntry":') +
    (isPlain(d.WatchEntry) ? '"' + d.WatchEntry + '","User":' : text(d.WatchEntry) + ',"User":') +
    shared(d.User)
  );
}

function writePrivilegeChange(e: PrivilegeChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Operation)
      ? ',"Operation":"' + d.Operation + '","PreviousUser":'
      : ',"Operation":' + text(d.Operation) + ',"PreviousUser":') +
    shared(d.PreviousUser) +
    ',"User":' +
    shared(d.User) +
    (isPlain(d.PreviousCapabilities)
      ? ',"PreviousCapabilities":"' + d.PreviousCapabilities + '","Capabilities":'
      : ',"PreviousCapabilities":' + text(d.PreviousCapabilities) + ',"Capabilities":') +
    (isPlain(d.Capabilities) ? '"' + d.Capabilities + '"' : text(d.Capabilities))
  );
}

function writeNamespaceChange(e: NamespaceChangeEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Operation)
      ? ',"Operation":"' + d.Operation + '","PreviousNamespaces":'
      : ',"Operation":' + text(d.Operation) + ',"PreviousNamespaces":') +
    (isPlain(d.PreviousNamespaces)
      ? '"' + d.PreviousNamespaces + '","Namespaces":'
      : text(d.PreviousNamespaces) + ',"Namespaces":') +
    (isPlain(d.Namespaces)
      ? '"' + d.Namespaces + '","TargetProcessGuid":'
      : text(d.Namespaces) + ',"TargetProcessGuid":') +
    (isPlain(d.TargetProcessGuid)
      ? '"' + d.TargetProcessGuid + '","TargetProcessId":'
      : text(d.TargetProcessGuid) + ',"TargetProcessId":') +
    number(d.TargetProcessId) +
    (isPlain(d.TargetImage)
      ? ',"TargetImage":"' + d.TargetImage + '","User":'
      : ',"TargetImage":' + text(d.TargetImage) + ',"User":') +
    shared(d.User)
  );
}

function writeModuleUnload(e: ModuleUnloadEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.ModuleName)
      ? ',"ModuleName":"' + d.ModuleName + '","User":'
      : ',"ModuleName":' + text(d.ModuleName) + ',"User":') +
    shared(d.User)
  );
}

function writeMount(e: MountEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Operation)
      ? ',"Operation":"' + d.Operation + '","Source":'
      : ',"Operation":' + text(d.Operation) + ',"Source":') +
    (isPlain(d.Source) ? '"' + d.Source + '","Target":' : text(d.Source) + ',"Target":') +
    (isPlain(d.Target) ? '"' + d.Target + '","FileSystem":' : text(d.Target) + ',"FileSystem":') +
    (isPlain(d.FileSystem) ? '"' + d.FileSystem + '","Options":' : text(d.FileSystem) + ',"Options":') +
    (isPlain(d.Options) ? '"' + d.Options + '","User":' : text(d.Options) + ',"User":') +
    shared(d.User)
  );
}

function writeMemoryProtect(e: MemoryProtectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Operation)
      ? ',"Operation":"' + d.Operation + '","Protection":'
      : ',"Operation":' + text(d.Operation) + ',"Protection":') +
    (isPlain(d.Protection) ? '"' + d.Protection + '","Backing":' : text(d.Protection) + ',"Backing":') +
    (isPlain(d.Backing) ? '"' + d.Backing + '","User":' : text(d.Backing) + ',"User":') +
    shared(d.User)
  );
}

function writeSignal(e: SignalEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Signal)
      ? ',"Signal":"' + d.Signal + '","TargetProcessGuid":'
      : ',"Signal":' + text(d.Signal) + ',"TargetProcessGuid":') +
    (isPlain(d.TargetProcessGuid)
      ? '"' + d.TargetProcessGuid + '","TargetProcessId":'
      : text(d.TargetProcessGuid) + ',"TargetProcessId":') +
    number(d.TargetProcessId) +
    (isPlain(d.TargetImage)
      ? ',"TargetImage":"' + d.TargetImage + '","TargetUser":'
      : ',"TargetImage":' + text(d.TargetImage) + ',"TargetUser":') +
    (isPlain(d.TargetUser) ? '"' + d.TargetUser + '","User":' : text(d.TargetUser) + ',"User":') +
    shared(d.User)
  );
}

function writeSocketListen(e: SocketListenEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Protocol)
      ? ',"Protocol":"' + d.Protocol + '","Address":'
      : ',"Protocol":' + text(d.Protocol) + ',"Address":') +
    (isPlain(d.Address) ? '"' + d.Address + '","Port":' : text(d.Address) + ',"Port":') +
    number(d.Port) +
    (isPlain(d.PortName)
      ? ',"PortName":"' + d.PortName + '","User":'
      : ',"PortName":' + text(d.PortName) + ',"User":') +
    shared(d.User)
  );
}

function writeRawSocket(e: RawSocketEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Family) ? ',"Family":"' + d.Family + '","Type":' : ',"Family":' + text(d.Family) + ',"Type":') +
    (isPlain(d.Type) ? '"' + d.Type + '","Protocol":' : text(d.Type) + ',"Protocol":') +
    (isPlain(d.Protocol) ? '"' + d.Protocol + '","User":' : text(d.Protocol) + ',"User":') +
    shared(d.User)
  );
}

function writeUnixConnect(e: UnixConnectEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.SocketName)
      ? ',"SocketName":"' + d.SocketName + '","TargetProcessGuid":'
      : ',"SocketName":' + text(d.SocketName) + ',"TargetProcessGuid":') +
    (isPlain(d.TargetProcessGuid)
      ? '"' + d.TargetProcessGuid + '","TargetProcessId":'
      : text(d.TargetProcessGuid) + ',"TargetProcessId":') +
    number(d.TargetProcessId) +
    (isPlain(d.TargetImage)
      ? ',"TargetImage":"' + d.TargetImage + '","User":'
      : ',"TargetImage":' + text(d.TargetImage) + ',"User":') +
    shared(d.User)
  );
}

function writeKernelParameter(e: KernelParameterEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.Parameter)
      ? ',"Parameter":"' + d.Parameter + '","PreviousValue":'
      : ',"Parameter":' + text(d.Parameter) + ',"PreviousValue":') +
    (isPlain(d.PreviousValue) ? '"' + d.PreviousValue + '","NewValue":' : text(d.PreviousValue) + ',"NewValue":') +
    (isPlain(d.NewValue) ? '"' + d.NewValue + '","User":' : text(d.NewValue) + ',"User":') +
    shared(d.User)
  );
}

function writeFailedExecution(e: FailedExecutionEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.TargetFilename)
      ? ',"TargetFilename":"' + d.TargetFilename + '","CommandLine":'
      : ',"TargetFilename":' + text(d.TargetFilename) + ',"CommandLine":') +
    (isPlain(d.CommandLine) ? '"' + d.CommandLine + '","Errno":' : text(d.CommandLine) + ',"Errno":') +
    (isPlain(d.Errno) ? '"' + d.Errno + '","User":' : text(d.Errno) + ',"User":') +
    shared(d.User)
  );
}

function writeProcessRename(e: ProcessRenameEvent): string {
  const d = e.data;
  const p = e.process;
  const c = textsOf(p);
  return (
    (d.RuleName === '-' ? '{"RuleName":"-","UtcTime":' : '{"RuleName":' + shared(d.RuleName) + ',"UtcTime":') +
    (isPlain(d.UtcTime) ? '"' + d.UtcTime + '"' : text(d.UtcTime)) +
    (d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image
      ? (c.asActor ??= asActor(p, c))
      : (d.ProcessGuid === p.guid
          ? ',"ProcessGuid":"' + d.ProcessGuid + '","ProcessId":'
          : ',"ProcessGuid":' + text(d.ProcessGuid) + ',"ProcessId":') +
        number(d.ProcessId) +
        ',"Image":' +
        (d.Image === p.image ? c.image : text(d.Image))) +
    (isPlain(d.PreviousName)
      ? ',"PreviousName":"' + d.PreviousName + '","NewName":'
      : ',"PreviousName":' + text(d.PreviousName) + ',"NewName":') +
    (isPlain(d.NewName) ? '"' + d.NewName + '","Operation":' : text(d.NewName) + ',"Operation":') +
    (isPlain(d.Operation) ? '"' + d.Operation + '","User":' : text(d.Operation) + ',"User":') +
    shared(d.User)
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
    (p.uid === undefined ? '' : ',"uid":' + p.uid) +
      (p.gid === undefined ? '' : ',"gid":' + p.gid) +
      (p.euid === undefined ? '' : ',"euid":' + p.euid) +
      (p.egid === undefined ? '' : ',"egid":' + p.egid) +
      (p.suid === undefined ? '' : ',"suid":' + p.suid) +
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
  if (l !== undefined && p.namespaces === l.namespaces && p.cgroup === l.cgroup) return groupText1;
  grouped1 = p;
  return (groupText1 = flat(
    (p.namespaces === undefined ? '' : ',"namespaces":' + frozen(p.namespaces)) +
      (p.cgroup === undefined ? '' : ',"cgroup":' + frozen(p.cgroup)),
  ));
}

/** A process record without its end, so that the ancestors can follow; `capabilities` writes those. */
export function writeProcess(p: ProcessRecord, c: ProcessTexts, capabilities: (sets: object) => string): string {
  return (
    '{"strongId":"' +
    p.strongId +
    '","guid":"' +
    p.guid +
    '","pid":' +
    p.pid +
    (p.tid === undefined ? '' : ',"tid":' + p.tid) +
    (p.ppid === undefined ? '' : ',"ppid":' + p.ppid) +
    ',"image":' +
    c.image +
    ',"commandLine":' +
    c.commandLine +
    ',"argv":' +
    texts(p.argv, c, p) +
    ',"cwd":' +
    c.cwd +
    (p.root === undefined ? '' : ',"root":' + shared(p.root)) +
    group0(p, c) +
    (p.sid === undefined ? '' : ',"sid":' + p.sid) +
    (p.pgid === undefined ? '' : ',"pgid":' + p.pgid) +
    (p.nsPid === undefined ? '' : ',"nsPid":' + p.nsPid) +
    (p.tty === undefined ? '' : ',"tty":' + shared(p.tty)) +
    ',"startTime":"' +
    p.startTime +
    '","logonGuid":"' +
    p.logonGuid +
    '"' +
    (p.capabilities === undefined ? '' : ',"capabilities":' + capabilities(p.capabilities)) +
    group1(p) +
    (p.container === undefined ? '' : ',"container":' + frozen(p.container)) +
    (p.containerUser === undefined ? '' : ',"containerUser":' + shared(p.containerUser)) +
    ',"stdio":' +
    lastStdio.text(p.stdio) +
    ',"env":' +
    lastEnv.text(p.env) +
    (p.npm === undefined ? '' : ',"npm":' + frozen(p.npm)) +
    (p.script === undefined ? '' : ',"script":' + shared(p.script)) +
    (p.memfd === undefined ? '' : ',"memfd":true') +
    (p.deleted === undefined ? '' : ',"deleted":true') +
    (p.kernelThread === undefined ? '' : ',"kernelThread":true') +
    (p.forked === undefined ? '' : ',"forked":true') +
    (p.uncertain === undefined ? '' : ',"uncertain":true') +
    (p.snapshot === undefined ? '' : ',"snapshot":true') +
    (p.origin === undefined ? '' : ',"origin":' + frozen(p.origin)) +
    (p.remote === undefined ? '' : ',"remote":' + frozen(p.remote))
  );
}
