// Generated from lib/schema and the tables of lib/serializer by `npm run generate`. Do not edit.
import type { AnyExtra } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { conversions } from './conversions.js';
import { after, both, last, made, member, object, ofObject, parentText, plain, rows } from './document-parts.js';
import type { Generated } from './documents.js';
import { shared, text, textOf, textsOf } from './json-text.js';
import { keeper } from './kept-pieces.js';
import { slots } from './process-texts.js';
import { containerOf } from './serializer.js';

const { keep } = keeper(slots.winlogbeat);
const row0 = rows('"message":', ['message', 'event', 'summary']);
const known1 = ofObject('"framework":', conversions.framework);
const known2 = ofObject('"name":', conversions.tactics);
const known3 = ofObject('"id":', conversions.techniqueIds);
const known4 = ofObject('"name":', conversions.techniqueNames);
const known5 = ofObject('"id":', conversions.subtechniqueIds);
const known6 = ofObject('"name":', conversions.subtechniqueNames);
const row7 = rows('"hook":', ['sysmon.hook', 'extra.hook']);
const row8 = rows('"ancestors":', ['sysmon.ancestors', 'process', 'ancestors']);
const piece9 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(
    both(plain('"strong_id":', p.strongId), member('"login_uid":', p.loginUid)),
    member('"container_user":', p.containerUser),
  );
}, 'piece9');
const last10 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(both(row7(e), member('"truncated":', x.truncated)), member('"uncertain":', x.uncertain));
});
const piece11 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return member('"snapshot":', p.snapshot);
}, 'piece11');
const last12 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(both(member('"exit_code":', x.exitCode), member('"signal":', x.signal)), member('"errno":', x.errno));
});
const piece13 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"Image":' + c.image;
}, 'piece13');
const last14 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"1","action":"ProcessCreate","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const piece15 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(
    containerOf(p) === undefined
      ? ''
      : object(
          '"container":',
          both(
            both(
              both(
                both(member('"id":', containerOf(p)?.id), member('"name":', containerOf(p)?.name)),
                member('"runtime":', containerOf(p)?.runtime),
              ),
              containerOf(p) === undefined ? '' : object('"image":', member('"name":', containerOf(p)?.image)),
            ),
            member('"labels":', containerOf(p)?.labels),
          ),
        ),
    containerOf(p) === undefined
      ? ''
      : object(
          '"orchestrator":',
          both(
            member('"namespace":', containerOf(p)?.namespace),
            containerOf(p) === undefined
              ? ''
              : object(
                  '"resource":',
                  both(member('"id":', containerOf(p)?.podUid), member('"name":', containerOf(p)?.podName)),
                ),
          ),
        ),
  );
}, 'piece15');
const last16 = last((e: SysmonEvent) => {
  return object(
    '"threat":',
    both(
      both(known1(e.techniques), object('"tactic":', known2(e.techniques))),
      object(
        '"technique":',
        both(
          both(known3(e.techniques), known4(e.techniques)),
          object('"subtechnique":', both(known5(e.techniques), known6(e.techniques))),
        ),
      ),
    ),
  );
});
const row17 = rows('"ancestors":', ['sysmon.ancestors', 'process', 'ancestorsShort']);
const piece18 = keep((e: SysmonEvent) => {
  return row17(e);
}, 'piece18');
const piece19 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"User":' + c.user;
}, 'piece19');
const last20 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"2","action":"FileCreateTime","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const piece21 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"Image":' + c.image + ',"User":' + c.user
  );
}, 'piece21');
const last22 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"3","action":"NetworkConnect","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last23 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"5","action":"ProcessTerminate","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last24 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"6","action":"ModuleLoad","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last25 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"7","action":"ImageLoad","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last26 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"9","action":"RawAccessRead","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last27 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"10","action":"ProcessAccess","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last28 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"11","action":"FileCreate","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const piece29 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid);
}, 'piece29');
const piece30 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"Image":' + c.image + ',"User":' + c.user;
}, 'piece30');
const last31 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"17","action":"PipeEvent","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last32 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"22","action":"DnsQuery","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const piece33 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"User":' + c.user + ',"Image":' + c.image
  );
}, 'piece33');
const last34 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"23","action":"FileDelete","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last35 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"25","action":"ProcessTampering","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last36 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"26","action":"FileDeleteDetected","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last37 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"100","action":"eBPFEvent","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last38 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"110","action":"FileModify","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last39 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"111","action":"FileRename","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last40 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"112","action":"FileLink","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last41 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"113","action":"FileAttributeChange","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last42 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"114","action":"FileOpen","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last43 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"120","action":"PrivilegeChange","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last44 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"121","action":"NamespaceChange","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last45 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"122","action":"ModuleUnload","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last46 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"123","action":"Mount","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last47 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"124","action":"MemoryProtect","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last48 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"125","action":"Signal","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last49 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"126","action":"SocketListen","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last50 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"127","action":"RawSocket","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last51 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"128","action":"UnixConnect","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last52 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"129","action":"KernelParameter","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last53 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"131","action":"FailedExecution","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});
const last54 = last((e: SysmonEvent) => {
  return (
    '"event":{"kind":"event","code":"132","action":"ProcessRename","provider":"Linux-Sysmon"},"host":{"name":' +
    shared(e.host) +
    ',"os":{"type":"linux"}}'
  );
});

function writeProcessCreate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_FileVersion = textOf(d.FileVersion);
  const text_Description = textOf(d.Description);
  const text_Product = textOf(d.Product);
  const text_Company = textOf(d.Company);
  const text_OriginalFileName = textOf(d.OriginalFileName);
  const text_LogonId = textOf(d.LogonId);
  const text_IntegrityLevel = textOf(d.IntegrityLevel);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.CommandLine === 'string' && d.CommandLine !== '-'
      ? ',"message":"ProcessCreate: ' + c.commandLine.slice(1)
      : ',' + row0(e)) +
    ',' +
    last14(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          row8(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"1","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ProcessCreate","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"FileVersion":' +
    text_FileVersion +
    ',"Description":' +
    text_Description +
    ',"Product":' +
    text_Product +
    ',"Company":' +
    text_Company +
    ',"OriginalFileName":' +
    text_OriginalFileName +
    ',"CommandLine":' +
    c.commandLine +
    ',"CurrentDirectory":' +
    c.cwd +
    ',"User":' +
    c.user +
    ',"LogonGuid":' +
    textOf(d.LogonGuid) +
    ',"LogonId":' +
    text_LogonId +
    ',"TerminalSessionId":' +
    textOf(d.TerminalSessionId) +
    ',"IntegrityLevel":' +
    text_IntegrityLevel +
    ',"Hashes":' +
    text_Hashes +
    ',"ParentProcessGuid":' +
    textOf(q?.guid) +
    ',"ParentProcessId":' +
    textOf(q?.pid) +
    ',"ParentImage":' +
    parentText(c, q, 'image') +
    ',"ParentCommandLine":' +
    parentText(c, q, 'commandLine') +
    ',"ParentUser":' +
    parentText(c, q, 'user') +
    '}}}'
  );
}

function writeFileCreateTime(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreateTime: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last20(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"2","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileCreateTime","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CreationUtcTime":' +
    textOf(d.CreationUtcTime) +
    ',"PreviousCreationUtcTime":' +
    textOf(d.PreviousCreationUtcTime) +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeNetworkConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Protocol = textOf(d.Protocol);
  const text_SourceIp = textOf(d.SourceIp);
  const text_SourceHostname = textOf(d.SourceHostname);
  const text_SourcePortName = textOf(d.SourcePortName);
  const text_DestinationIp = textOf(d.DestinationIp);
  const text_DestinationHostname = textOf(d.DestinationHostname);
  const text_DestinationPortName = textOf(d.DestinationPortName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.DestinationIp === 'string' && d.DestinationIp !== '-'
      ? ',"message":"NetworkConnect: ' + text_DestinationIp.slice(1)
      : ',' + row0(e)) +
    ',' +
    last22(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"3","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"NetworkConnect","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece21(e) +
    ',"Protocol":' +
    text_Protocol +
    ',"Initiated":' +
    textOf(d.Initiated) +
    ',"SourceIsIpv6":' +
    textOf(d.SourceIsIpv6) +
    ',"SourceIp":' +
    text_SourceIp +
    ',"SourceHostname":' +
    text_SourceHostname +
    ',"SourcePort":' +
    textOf(d.SourcePort) +
    ',"SourcePortName":' +
    text_SourcePortName +
    ',"DestinationIsIpv6":' +
    textOf(d.DestinationIsIpv6) +
    ',"DestinationIp":' +
    text_DestinationIp +
    ',"DestinationHostname":' +
    text_DestinationHostname +
    ',"DestinationPort":' +
    textOf(d.DestinationPort) +
    ',"DestinationPortName":' +
    text_DestinationPortName +
    '}}}'
  );
}

function writeProcessTerminate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTerminate: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last23(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"5","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ProcessTerminate","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":3,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece21(e) +
    '}}}'
  );
}

function writeModuleLoad(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_ImageLoaded = textOf(d.ImageLoaded);
  const text_Hashes = textOf(d.Hashes);
  const text_Signed = textOf(d.Signed);
  const text_Signature = textOf(d.Signature);
  const text_SignatureStatus = textOf(d.SignatureStatus);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.ImageLoaded === 'string' && d.ImageLoaded !== '-'
      ? ',"message":"ModuleLoad: ' + text_ImageLoaded.slice(1)
      : ',' + row0(e)) +
    ',' +
    last24(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"6","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ModuleLoad","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":4,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',"ImageLoaded":' +
    text_ImageLoaded +
    ',"Hashes":' +
    text_Hashes +
    ',"Signed":' +
    text_Signed +
    ',"Signature":' +
    text_Signature +
    ',"SignatureStatus":' +
    text_SignatureStatus +
    '}}}'
  );
}

function writeImageLoad(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_ImageLoaded = textOf(d.ImageLoaded);
  const text_FileVersion = textOf(d.FileVersion);
  const text_Description = textOf(d.Description);
  const text_Product = textOf(d.Product);
  const text_Company = textOf(d.Company);
  const text_OriginalFileName = textOf(d.OriginalFileName);
  const text_Hashes = textOf(d.Hashes);
  const text_Signed = textOf(d.Signed);
  const text_Signature = textOf(d.Signature);
  const text_SignatureStatus = textOf(d.SignatureStatus);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.ImageLoaded === 'string' && d.ImageLoaded !== '-'
      ? ',"message":"ImageLoad: ' + text_ImageLoaded.slice(1)
      : ',' + row0(e)) +
    ',' +
    last25(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"7","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ImageLoad","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":3,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"ImageLoaded":' +
    text_ImageLoaded +
    ',"FileVersion":' +
    text_FileVersion +
    ',"Description":' +
    text_Description +
    ',"Product":' +
    text_Product +
    ',"Company":' +
    text_Company +
    ',"OriginalFileName":' +
    text_OriginalFileName +
    ',"Hashes":' +
    text_Hashes +
    ',"Signed":' +
    text_Signed +
    ',"Signature":' +
    text_Signature +
    ',"SignatureStatus":' +
    text_SignatureStatus +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeRawAccessRead(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Device = textOf(d.Device);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Device === 'string' && d.Device !== '-'
      ? ',"message":"RawAccessRead: ' + text_Device.slice(1)
      : ',' + row0(e)) +
    ',' +
    last26(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"9","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"RawAccessRead","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":2,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Device":' +
    text_Device +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeProcessAccess(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_SourceImage = textOf(d.SourceImage);
  const text_TargetImage = textOf(d.TargetImage);
  const text_CallTrace = textOf(d.CallTrace);
  const text_SourceUser = textOf(d.SourceUser);
  const text_TargetUser = textOf(d.TargetUser);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"ProcessAccess: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',' +
    last27(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"10","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ProcessAccess","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":3,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',"SourceProcessGUID":' +
    textOf(d.SourceProcessGUID) +
    ',"SourceProcessId":' +
    textOf(d.SourceProcessId) +
    ',"SourceThreadId":' +
    textOf(d.SourceThreadId) +
    ',"SourceImage":' +
    text_SourceImage +
    ',"TargetProcessGUID":' +
    textOf(d.TargetProcessGUID) +
    ',"TargetProcessId":' +
    textOf(d.TargetProcessId) +
    ',"TargetImage":' +
    text_TargetImage +
    ',"GrantedAccess":' +
    textOf(d.GrantedAccess) +
    ',"CallTrace":' +
    text_CallTrace +
    ',"SourceUser":' +
    text_SourceUser +
    ',"TargetUser":' +
    text_TargetUser +
    '}}}'
  );
}

function writeFileCreate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreate: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last28(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"11","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileCreate","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":2,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CreationUtcTime":' +
    textOf(d.CreationUtcTime) +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writePipeEvent(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_EventType = textOf(d.EventType);
  const text_PipeName = textOf(d.PipeName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.PipeName === 'string' && d.PipeName !== '-'
      ? ',"message":"PipeEvent: ' + text_PipeName.slice(1)
      : ',' + row0(e)) +
    ',' +
    last31(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"17","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"PipeEvent","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"EventType":' +
    text_EventType +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece29(e) +
    ',"PipeName":' +
    text_PipeName +
    ',' +
    piece30(e) +
    '}}}'
  );
}

function writeDnsQuery(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_QueryName = textOf(d.QueryName);
  const text_QueryStatus = textOf(d.QueryStatus);
  const text_QueryResults = textOf(d.QueryResults);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.QueryName === 'string' && d.QueryName !== '-'
      ? ',"message":"DnsQuery: ' + text_QueryName.slice(1)
      : ',' + row0(e)) +
    ',' +
    last32(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"22","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"DnsQuery","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece29(e) +
    ',"QueryName":' +
    text_QueryName +
    ',"QueryStatus":' +
    text_QueryStatus +
    ',"QueryResults":' +
    text_QueryResults +
    ',' +
    piece30(e) +
    '}}}'
  );
}

function writeFileDelete(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDelete: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last34(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"23","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileDelete","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece33(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Hashes":' +
    text_Hashes +
    ',"IsExecutable":' +
    textOf(d.IsExecutable) +
    ',"Archived":' +
    textOf(d.Archived) +
    '}}}'
  );
}

function writeProcessTampering(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Type = textOf(d.Type);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTampering: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last35(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"25","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ProcessTampering","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Type":' +
    text_Type +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFileDeleteDetected(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDeleteDetected: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last36(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"26","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileDeleteDetected","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":5,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece33(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Hashes":' +
    text_Hashes +
    ',"IsExecutable":' +
    textOf(d.IsExecutable) +
    '}}}'
  );
}

function writeeBPFEvent(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_BpfCommand = textOf(d.BpfCommand);
  const text_BpfProgramType = textOf(d.BpfProgramType);
  const text_BpfProgramName = textOf(d.BpfProgramName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.BpfProgramName === 'string' && d.BpfProgramName !== '-'
      ? ',"message":"eBPFEvent: ' + text_BpfProgramName.slice(1)
      : ',' + row0(e)) +
    ',' +
    last37(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"100","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"eBPFEvent","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":0,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece21(e) +
    ',"BpfCommand":' +
    text_BpfCommand +
    ',"BpfProgramType":' +
    text_BpfProgramType +
    ',"BpfProgramId":' +
    textOf(d.BpfProgramId) +
    ',"BpfProgramName":' +
    text_BpfProgramName +
    '}}}'
  );
}

function writeFileModify(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_ModificationType = textOf(d.ModificationType);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileModify: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last38(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"110","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileModify","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"ModificationType":' +
    text_ModificationType +
    ',"Hashes":' +
    text_Hashes +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFileRename(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_SourceFilename = textOf(d.SourceFilename);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Replaced = textOf(d.Replaced);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileRename: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last39(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"111","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileRename","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"SourceFilename":' +
    text_SourceFilename +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Replaced":' +
    text_Replaced +
    ',"Exchanged":' +
    textOf(d.Exchanged) +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFileLink(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_LinkType = textOf(d.LinkType);
  const text_LinkTarget = textOf(d.LinkTarget);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileLink: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last40(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"112","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileLink","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"LinkType":' +
    text_LinkType +
    ',"LinkTarget":' +
    text_LinkTarget +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFileAttributeChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Attribute = textOf(d.Attribute);
  const text_Name = textOf(d.Name);
  const text_OldValue = textOf(d.OldValue);
  const text_NewValue = textOf(d.NewValue);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileAttributeChange: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last41(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"113","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileAttributeChange","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Attribute":' +
    text_Attribute +
    ',"Name":' +
    text_Name +
    ',"OldValue":' +
    text_OldValue +
    ',"NewValue":' +
    text_NewValue +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFileOpen(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Access = textOf(d.Access);
  const text_WatchEntry = textOf(d.WatchEntry);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileOpen: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',' +
    last42(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"114","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FileOpen","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Access":' +
    text_Access +
    ',"WatchEntry":' +
    text_WatchEntry +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writePrivilegeChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Operation = textOf(d.Operation);
  const text_PreviousUser = textOf(d.PreviousUser);
  const text_PreviousCapabilities = textOf(d.PreviousCapabilities);
  const text_Capabilities = textOf(d.Capabilities);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"PrivilegeChange: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last43(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"120","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"PrivilegeChange","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Operation":' +
    text_Operation +
    ',"PreviousUser":' +
    text_PreviousUser +
    ',' +
    piece19(e) +
    ',"PreviousCapabilities":' +
    text_PreviousCapabilities +
    ',"Capabilities":' +
    text_Capabilities +
    '}}}'
  );
}

function writeNamespaceChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Operation = textOf(d.Operation);
  const text_PreviousNamespaces = textOf(d.PreviousNamespaces);
  const text_Namespaces = textOf(d.Namespaces);
  const text_TargetImage = textOf(d.TargetImage);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"NamespaceChange: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',' +
    last44(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"121","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"NamespaceChange","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Operation":' +
    text_Operation +
    ',"PreviousNamespaces":' +
    text_PreviousNamespaces +
    ',"Namespaces":' +
    text_Namespaces +
    ',"TargetProcessGuid":' +
    textOf(d.TargetProcessGuid) +
    ',"TargetProcessId":' +
    textOf(d.TargetProcessId) +
    ',"TargetImage":' +
    text_TargetImage +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeModuleUnload(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_ModuleName = textOf(d.ModuleName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"ModuleUnload: ' + c.image.slice(1) : ',' + row0(e)) +
    ',' +
    last45(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"122","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ModuleUnload","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"ModuleName":' +
    text_ModuleName +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeMount(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Operation = textOf(d.Operation);
  const text_Source = textOf(d.Source);
  const text_Target = textOf(d.Target);
  const text_FileSystem = textOf(d.FileSystem);
  const text_Options = textOf(d.Options);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"Mount: ' + c.image.slice(1) : ',' + row0(e)) +
    ',' +
    last46(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"123","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"Mount","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Operation":' +
    text_Operation +
    ',"Source":' +
    text_Source +
    ',"Target":' +
    text_Target +
    ',"FileSystem":' +
    text_FileSystem +
    ',"Options":' +
    text_Options +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeMemoryProtect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Operation = textOf(d.Operation);
  const text_Protection = textOf(d.Protection);
  const text_Backing = textOf(d.Backing);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"MemoryProtect: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last47(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"124","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"MemoryProtect","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Operation":' +
    text_Operation +
    ',"Protection":' +
    text_Protection +
    ',"Backing":' +
    text_Backing +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeSignal(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Signal = textOf(d.Signal);
  const text_TargetImage = textOf(d.TargetImage);
  const text_TargetUser = textOf(d.TargetUser);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"Signal: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',' +
    last48(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"125","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"Signal","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Signal":' +
    text_Signal +
    ',"TargetProcessGuid":' +
    textOf(d.TargetProcessGuid) +
    ',"TargetProcessId":' +
    textOf(d.TargetProcessId) +
    ',"TargetImage":' +
    text_TargetImage +
    ',"TargetUser":' +
    text_TargetUser +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeSocketListen(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Protocol = textOf(d.Protocol);
  const text_Address = textOf(d.Address);
  const text_PortName = textOf(d.PortName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"SocketListen: ' + c.image.slice(1) : ',' + row0(e)) +
    ',' +
    last49(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"126","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"SocketListen","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Protocol":' +
    text_Protocol +
    ',"Address":' +
    text_Address +
    ',"Port":' +
    textOf(d.Port) +
    ',"PortName":' +
    text_PortName +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeRawSocket(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Family = textOf(d.Family);
  const text_Type = textOf(d.Type);
  const text_Protocol = textOf(d.Protocol);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"RawSocket: ' + c.image.slice(1) : ',' + row0(e)) +
    ',' +
    last50(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"127","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"RawSocket","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Family":' +
    text_Family +
    ',"Type":' +
    text_Type +
    ',"Protocol":' +
    text_Protocol +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeUnixConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_SocketName = textOf(d.SocketName);
  const text_TargetImage = textOf(d.TargetImage);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"UnixConnect: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',' +
    last51(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"128","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"UnixConnect","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"SocketName":' +
    text_SocketName +
    ',"TargetProcessGuid":' +
    textOf(d.TargetProcessGuid) +
    ',"TargetProcessId":' +
    textOf(d.TargetProcessId) +
    ',"TargetImage":' +
    text_TargetImage +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeKernelParameter(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Parameter = textOf(d.Parameter);
  const text_PreviousValue = textOf(d.PreviousValue);
  const text_NewValue = textOf(d.NewValue);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"KernelParameter: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last52(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"129","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"KernelParameter","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"Parameter":' +
    text_Parameter +
    ',"PreviousValue":' +
    text_PreviousValue +
    ',"NewValue":' +
    text_NewValue +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeFailedExecution(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_CommandLine = textOf(d.CommandLine);
  const text_Errno = textOf(d.Errno);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.CommandLine === 'string' && d.CommandLine !== '-'
      ? ',"message":"FailedExecution: ' + text_CommandLine.slice(1)
      : ',' + row0(e)) +
    ',' +
    last53(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"131","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"FailedExecution","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CommandLine":' +
    text_CommandLine +
    ',"Errno":' +
    text_Errno +
    ',' +
    piece19(e) +
    '}}}'
  );
}

function writeProcessRename(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_PreviousName = textOf(d.PreviousName);
  const text_NewName = textOf(d.NewName);
  const text_Operation = textOf(d.Operation);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessRename: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',' +
    last54(e.host, e) +
    after(piece15(e)) +
    after(last16(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(both(piece9(e), made('"rules":', e.rules, conversions.ruleNames)), last10(e.extra, e)),
              piece11(e),
            ),
            last12(e.extra, e),
          ),
          piece18(e),
        ),
      ),
    ) +
    ',"log":{"level":"information"},"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
    shared(e.host) +
    ',"event_id":"132","provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":' +
    textOf(e.recordId) +
    ',"opcode":"Info","task":"ProcessRename","process":{"pid":' +
    String(process.pid) +
    ',"thread":{"id":' +
    String(process.pid) +
    '}},"version":1,"event_data":{"RuleName":' +
    text_RuleName +
    ',"UtcTime":' +
    textOf(d.UtcTime) +
    ',' +
    piece13(e) +
    ',"PreviousName":' +
    text_PreviousName +
    ',"NewName":' +
    text_NewName +
    ',"Operation":' +
    text_Operation +
    ',' +
    piece19(e) +
    '}}}'
  );
}

/** Writers by type, with the fields that the events must have. */
export const writers: Generated = new Map([
  [
    'ProcessCreate',
    {
      id: 1,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'FileVersion',
        'Description',
        'Product',
        'Company',
        'OriginalFileName',
        'CommandLine',
        'CurrentDirectory',
        'User',
        'LogonGuid',
        'LogonId',
        'TerminalSessionId',
        'IntegrityLevel',
        'Hashes',
        'ParentProcessGuid',
        'ParentProcessId',
        'ParentImage',
        'ParentCommandLine',
        'ParentUser',
      ],
      write: writeProcessCreate,
    },
  ],
  [
    'FileCreateTime',
    {
      id: 2,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'CreationUtcTime',
        'PreviousCreationUtcTime',
        'User',
      ],
      write: writeFileCreateTime,
    },
  ],
  [
    'NetworkConnect',
    {
      id: 3,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'User',
        'Protocol',
        'Initiated',
        'SourceIsIpv6',
        'SourceIp',
        'SourceHostname',
        'SourcePort',
        'SourcePortName',
        'DestinationIsIpv6',
        'DestinationIp',
        'DestinationHostname',
        'DestinationPort',
        'DestinationPortName',
      ],
      write: writeNetworkConnect,
    },
  ],
  [
    'ProcessTerminate',
    {
      id: 5,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'User'],
      write: writeProcessTerminate,
    },
  ],
  [
    'ModuleLoad',
    {
      id: 6,
      fields: ['RuleName', 'UtcTime', 'ImageLoaded', 'Hashes', 'Signed', 'Signature', 'SignatureStatus'],
      write: writeModuleLoad,
    },
  ],
  [
    'ImageLoad',
    {
      id: 7,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'ImageLoaded',
        'FileVersion',
        'Description',
        'Product',
        'Company',
        'OriginalFileName',
        'Hashes',
        'Signed',
        'Signature',
        'SignatureStatus',
        'User',
      ],
      write: writeImageLoad,
    },
  ],
  [
    'RawAccessRead',
    {
      id: 9,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'Device', 'User'],
      write: writeRawAccessRead,
    },
  ],
  [
    'ProcessAccess',
    {
      id: 10,
      fields: [
        'RuleName',
        'UtcTime',
        'SourceProcessGUID',
        'SourceProcessId',
        'SourceThreadId',
        'SourceImage',
        'TargetProcessGUID',
        'TargetProcessId',
        'TargetImage',
        'GrantedAccess',
        'CallTrace',
        'SourceUser',
        'TargetUser',
      ],
      write: writeProcessAccess,
    },
  ],
  [
    'FileCreate',
    {
      id: 11,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'TargetFilename', 'CreationUtcTime', 'User'],
      write: writeFileCreate,
    },
  ],
  [
    'PipeEvent',
    {
      id: 17,
      fields: ['RuleName', 'EventType', 'UtcTime', 'ProcessGuid', 'ProcessId', 'PipeName', 'Image', 'User'],
      write: writePipeEvent,
    },
  ],
  [
    'DnsQuery',
    {
      id: 22,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'QueryName',
        'QueryStatus',
        'QueryResults',
        'Image',
        'User',
      ],
      write: writeDnsQuery,
    },
  ],
  [
    'FileDelete',
    {
      id: 23,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'User',
        'Image',
        'TargetFilename',
        'Hashes',
        'IsExecutable',
        'Archived',
      ],
      write: writeFileDelete,
    },
  ],
  [
    'ProcessTampering',
    {
      id: 25,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'Type', 'User'],
      write: writeProcessTampering,
    },
  ],
  [
    'FileDeleteDetected',
    {
      id: 26,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'User',
        'Image',
        'TargetFilename',
        'Hashes',
        'IsExecutable',
      ],
      write: writeFileDeleteDetected,
    },
  ],
  [
    'eBPFEvent',
    {
      id: 100,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'User',
        'BpfCommand',
        'BpfProgramType',
        'BpfProgramId',
        'BpfProgramName',
      ],
      write: writeeBPFEvent,
    },
  ],
  [
    'FileModify',
    {
      id: 110,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'ModificationType',
        'Hashes',
        'User',
      ],
      write: writeFileModify,
    },
  ],
  [
    'FileRename',
    {
      id: 111,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'SourceFilename',
        'TargetFilename',
        'Replaced',
        'Exchanged',
        'User',
      ],
      write: writeFileRename,
    },
  ],
  [
    'FileLink',
    {
      id: 112,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'LinkType',
        'LinkTarget',
        'User',
      ],
      write: writeFileLink,
    },
  ],
  [
    'FileAttributeChange',
    {
      id: 113,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'Attribute',
        'Name',
        'OldValue',
        'NewValue',
        'User',
      ],
      write: writeFileAttributeChange,
    },
  ],
  [
    'FileOpen',
    {
      id: 114,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'Access',
        'WatchEntry',
        'User',
      ],
      write: writeFileOpen,
    },
  ],
  [
    'PrivilegeChange',
    {
      id: 120,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Operation',
        'PreviousUser',
        'User',
        'PreviousCapabilities',
        'Capabilities',
      ],
      write: writePrivilegeChange,
    },
  ],
  [
    'NamespaceChange',
    {
      id: 121,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Operation',
        'PreviousNamespaces',
        'Namespaces',
        'TargetProcessGuid',
        'TargetProcessId',
        'TargetImage',
        'User',
      ],
      write: writeNamespaceChange,
    },
  ],
  [
    'ModuleUnload',
    {
      id: 122,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'ModuleName', 'User'],
      write: writeModuleUnload,
    },
  ],
  [
    'Mount',
    {
      id: 123,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Operation',
        'Source',
        'Target',
        'FileSystem',
        'Options',
        'User',
      ],
      write: writeMount,
    },
  ],
  [
    'MemoryProtect',
    {
      id: 124,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Operation',
        'Protection',
        'Backing',
        'User',
      ],
      write: writeMemoryProtect,
    },
  ],
  [
    'Signal',
    {
      id: 125,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Signal',
        'TargetProcessGuid',
        'TargetProcessId',
        'TargetImage',
        'TargetUser',
        'User',
      ],
      write: writeSignal,
    },
  ],
  [
    'SocketListen',
    {
      id: 126,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Protocol',
        'Address',
        'Port',
        'PortName',
        'User',
      ],
      write: writeSocketListen,
    },
  ],
  [
    'RawSocket',
    {
      id: 127,
      fields: ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'Family', 'Type', 'Protocol', 'User'],
      write: writeRawSocket,
    },
  ],
  [
    'UnixConnect',
    {
      id: 128,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'SocketName',
        'TargetProcessGuid',
        'TargetProcessId',
        'TargetImage',
        'User',
      ],
      write: writeUnixConnect,
    },
  ],
  [
    'KernelParameter',
    {
      id: 129,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'Parameter',
        'PreviousValue',
        'NewValue',
        'User',
      ],
      write: writeKernelParameter,
    },
  ],
  [
    'FailedExecution',
    {
      id: 131,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'TargetFilename',
        'CommandLine',
        'Errno',
        'User',
      ],
      write: writeFailedExecution,
    },
  ],
  [
    'ProcessRename',
    {
      id: 132,
      fields: [
        'RuleName',
        'UtcTime',
        'ProcessGuid',
        'ProcessId',
        'Image',
        'PreviousName',
        'NewName',
        'Operation',
        'User',
      ],
      write: writeProcessRename,
    },
  ],
]);
