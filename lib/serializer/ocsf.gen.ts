// Generated from lib/schema and the tables of lib/serializer by `npm run generate`. Do not edit.
import type { AnyExtra } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { conversions } from './conversions.js';
import {
  after,
  asText,
  baseName,
  before,
  both,
  folder,
  known,
  last,
  made,
  member,
  object,
  ofObject,
  ofText,
  parentText,
  plain,
  rows,
  shortLine,
} from './document-parts.js';
import type { Generated } from './documents.js';
import { shared, text, textOf, textsOf } from './json-text.js';
import { keeper } from './kept-pieces.js';
import { written } from './mapping.js';
import { activityId, activityName, profilesOf, typeName, typeUid } from './ocsf-members.js';
import { slots } from './process-texts.js';
import { containerOf } from './serializer.js';

const { keep } = keeper(slots.ocsf);
const row0 = rows('"message":', ['message', 'event', 'summary']);
const last1 = last((e: SysmonEvent) => {
  return (
    '"hostname":' + shared(e.host) + ',"type_id":0,"type":"Unknown","os":{"name":"Linux","type":"Linux","type_id":200}'
  );
});
const piece2 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return made('"boot_uid":', p.strongId, conversions.bootId);
}, 'piece2');
const known3 = ofObject('"attacks":', conversions.attacks);
const row4 = rows('"hook":', ['unmapped.hook', 'extra.hook']);
const piece5 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(
    both(
      both(
        both(
          both(
            both(
              both(
                both(plain('"strong_id":', p.strongId), member('"login_uid":', p.loginUid)),
                member('"container_image":', containerOf(p)?.image),
              ),
              member('"container_labels":', containerOf(p)?.labels),
            ),
            member('"container_user":', p.containerUser),
          ),
          member('"pod_name":', containerOf(p)?.podName),
        ),
        member('"pod_namespace":', containerOf(p)?.namespace),
      ),
      member('"origin":', p.origin),
    ),
    member('"remote":', p.remote),
  );
}, 'piece5');
const last6 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(
    both(both(row4(e), member('"truncated":', x.truncated)), member('"exposed":', x.exposed)),
    member('"uncertain":', x.uncertain),
  );
});
const piece7 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return member('"snapshot":', p.snapshot);
}, 'piece7');
const last8 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(member('"late":', x.late), member('"signal":', x.signal));
});
const known9 = ofText('"hashes":', conversions.fingerprints);
const row10 = rows('"ancestry":', ['process.ancestry', 'process', 'ancestry']);
const known11 = ofObject('"environment_variables":', conversions.environmentObjects);
const piece12 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return both(
    both(
      both(
        both(
          both(
            object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid))),
            object(
              '"parent_process":',
              both(
                both(
                  both(
                    both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
                    baseName('"name":', q?.image, parentText(c, q, 'image')),
                  ),
                  known('"path":', q?.image, parentText(c, q, 'image')),
                ),
                known('"cmd_line":', q?.commandLine, parentText(c, q, 'commandLine')),
              ),
            ),
          ),
          row10(e),
        ),
        member('"tid":', p.tid),
      ),
      known11(p.env),
    ),
    containerOf(p) === undefined
      ? ''
      : object(
          '"container":',
          both(
            both(
              both(member('"uid":', containerOf(p)?.id), member('"name":', containerOf(p)?.name)),
              member('"runtime":', containerOf(p)?.runtime),
            ),
            member('"pod_uuid":', containerOf(p)?.podUid),
          ),
        ),
  );
}, 'piece12');
const last13 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return (
    (made('"status_id":', x.errno, conversions.failureId) || '"status_id":1') +
    ',' +
    (made('"status":', x.errno, conversions.failureName) || '"status":"Success"') +
    after(asText('"status_code":', x.errno))
  );
});
const last14 = last((e: SysmonEvent) => {
  return known3(e.techniques);
});
const row15 = rows('"ancestry":', ['actor.process.ancestry', 'process', 'ancestryShort']);
const last16 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return known9(x.hashes);
});
const piece17 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"actor":{"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    after(
      object(
        '"parent_process":',
        both(
          both(
            both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
            baseName('"name":', q?.image, parentText(c, q, 'image')),
          ),
          known('"path":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(row15(e)) +
    after(containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id))) +
    '}' +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    '}'
  );
}, 'piece17');
const row18 = rows('"ancestry":', ['process.ancestry', 'process', 'ancestryShort']);
const piece19 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    after(
      object(
        '"parent_process":',
        both(
          both(
            both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
            baseName('"name":', q?.image, parentText(c, q, 'image')),
          ),
          known('"path":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(row18(e)) +
    after(containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id)))
  );
}, 'piece19');
const piece20 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"actor":{"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    '}' +
    after(object('"user":', known('"name":', p.user, c.user))) +
    '}'
  );
}, 'piece20');
const last21 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return member('"exit_code":', x.exitCode);
});
const piece22 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"actor":{"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    after(
      object(
        '"parent_process":',
        both(
          both(
            both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
            baseName('"name":', q?.image, parentText(c, q, 'image')),
          ),
          known('"path":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(row15(e)) +
    after(containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id))) +
    '}}'
  );
}, 'piece22');
const piece23 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return both(
    both(
      both(
        both(
          both(
            shortLine('"cmd_line":', p.commandLine, c.commandLine),
            object(
              '"file":',
              both(
                both(
                  both(
                    both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
                    folder('"parent_folder":', p.image, c.image),
                  ),
                  made('"type_id":', p.image, conversions.regularFileId),
                ),
                made('"type":', p.image, conversions.regularFileName),
              ),
            ),
          ),
          object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid))),
        ),
        object(
          '"parent_process":',
          both(
            both(
              both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
              baseName('"name":', q?.image, parentText(c, q, 'image')),
            ),
            known('"path":', q?.image, parentText(c, q, 'image')),
          ),
        ),
      ),
      row15(e),
    ),
    containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id)),
  );
}, 'piece23');
const last24 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return member('"type":', x.queryType);
});
const row25 = rows(
  '"hashes":',
  ['file.hashes', 'data.Hashes', 'fingerprints'],
  ['file.hashes', 'extra.hashes', 'fingerprints'],
);
const piece26 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"actor":{"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    after(
      object(
        '"parent_process":',
        both(
          both(
            both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
            baseName('"name":', q?.image, parentText(c, q, 'image')),
          ),
          known('"path":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(row15(e)) +
    after(containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id))) +
    '}' +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    '},"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(shortLine('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
              folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(object('"user":', both(known('"name":', p.user, c.user), asText('"uid":', p.uid)))) +
    after(
      object(
        '"parent_process":',
        both(
          both(
            both(made('"pid":', p.ppid, conversions.aboveZero), plain('"uid":', q?.guid)),
            baseName('"name":', q?.image, parentText(c, q, 'image')),
          ),
          known('"path":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(row18(e)) +
    after(containerOf(p) === undefined ? '' : object('"container":', member('"uid":', containerOf(p)?.id))) +
    '}'
  );
}, 'piece26');
const piece27 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image))
  );
}, 'piece27');
const piece28 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return object('"user":', known('"name":', p.user, c.user));
}, 'piece28');

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
  return (
    '{"activity_id":1,"activity_name":"Launch","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100701,"type_name":"Process Activity: Launch","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.CommandLine === 'string' && d.CommandLine !== '-'
      ? ',"message":"ProcessCreate: ' + c.commandLine.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"1","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(
                            both(
                              both(
                                both(
                                  both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)),
                                  last6(e.extra, e),
                                ),
                                piece7(e),
                              ),
                              last8(e.extra, e),
                            ),
                            known('"RuleName":', d.RuleName, text_RuleName),
                          ),
                          known('"FileVersion":', d.FileVersion, text_FileVersion),
                        ),
                        known('"Description":', d.Description, text_Description),
                      ),
                      known('"Product":', d.Product, text_Product),
                    ),
                    known('"Company":', d.Company, text_Company),
                  ),
                  known('"OriginalFileName":', d.OriginalFileName, text_OriginalFileName),
                ),
                member('"LogonGuid":', d.LogonGuid),
              ),
              known('"LogonId":', d.LogonId, text_LogonId),
            ),
            member('"TerminalSessionId":', d.TerminalSessionId),
          ),
          known('"IntegrityLevel":', d.IntegrityLevel, text_IntegrityLevel),
        ),
      ),
    ) +
    after(
      object(
        '"actor":',
        both(
          object(
            '"process":',
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(
                            made('"pid":', q?.pid, conversions.aboveZero) || member('"pid":', q?.pid),
                            plain('"uid":', q?.guid),
                          ),
                          baseName('"name":', q?.image, parentText(c, q, 'image')),
                        ),
                        known('"path":', q?.image, parentText(c, q, 'image')),
                      ),
                      known('"cmd_line":', q?.commandLine, parentText(c, q, 'commandLine')),
                    ),
                    made('"created_time":', q?.startTime, conversions.milliseconds),
                  ),
                  known('"working_directory":', q?.cwd, parentText(c, q, 'cwd')),
                ),
                object(
                  '"file":',
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', q?.image, parentText(c, q, 'image')),
                          known('"path":', q?.image, parentText(c, q, 'image')),
                        ),
                        folder('"parent_folder":', q?.image, parentText(c, q, 'image')),
                      ),
                      made('"type_id":', q?.image, conversions.regularFileId),
                    ),
                    made('"type":', q?.image, conversions.regularFileName),
                  ),
                ),
              ),
              object('"user":', both(known('"name":', q?.user, parentText(c, q, 'user')), asText('"uid":', q?.uid))),
            ),
          ),
          object('"user":', known('"name":', q?.user, parentText(c, q, 'user'))),
        ),
      ),
    ) +
    ',"process":{"pid":' +
    String(p.pid) +
    after(plain('"uid":', p.guid)) +
    after(baseName('"name":', p.image, c.image)) +
    after(known('"path":', p.image, c.image)) +
    after(known('"cmd_line":', p.commandLine, c.commandLine)) +
    after(
      made('"created_time":', d.UtcTime, conversions.milliseconds) ||
        made('"created_time":', p.startTime, conversions.milliseconds),
    ) +
    after(known('"working_directory":', p.cwd, c.cwd)) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(baseName('"name":', p.image, c.image), known('"path":', p.image, c.image)),
                folder('"parent_folder":', p.image, c.image),
              ),
              made('"type_id":', p.image, conversions.regularFileId),
            ),
            made('"type":', p.image, conversions.regularFileName),
          ),
          known9(d.Hashes),
        ),
      ),
    ) +
    after(piece12(e)) +
    '}}'
  );
}

function writeFileCreateTime(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"activity_id":6,"activity_name":"Set Attributes","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100106,"type_name":"File System Activity: Set Attributes","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreateTime: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"2","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          member('"PreviousCreationUtcTime":', d.PreviousCreationUtcTime),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(
                            baseName('"name":', d.TargetFilename, text_TargetFilename),
                            known('"path":', d.TargetFilename, text_TargetFilename),
                          ),
                          folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                        ),
                        made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                          made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                      ),
                      made('"type":', x.file?.mode, conversions.modeTypeName) ||
                        made('"type":', d.TargetFilename, conversions.unknownFileName),
                    ),
                    made('"ext":', d.TargetFilename, conversions.extension),
                  ),
                  made('"created_time":', d.CreationUtcTime, conversions.milliseconds),
                ),
                last16(e.extra, e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeNetworkConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_SourceHostname = textOf(d.SourceHostname);
  const text_SourcePortName = textOf(d.SourcePortName);
  const text_DestinationIp = textOf(d.DestinationIp);
  const text_DestinationHostname = textOf(d.DestinationHostname);
  const text_DestinationPortName = textOf(d.DestinationPortName);
  return (
    '{"activity_id":' +
    written(activityId(e)) +
    ',"activity_name":' +
    written(activityName(e)) +
    ',"category_uid":4,"category_name":"Network Activity","class_uid":4001,"class_name":"Network Activity","type_uid":' +
    written(typeUid(e)) +
    ',"type_name":' +
    written(typeName(e)) +
    ',"severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.DestinationIp === 'string' && d.DestinationIp !== '-'
      ? ',"message":"NetworkConnect: ' + text_DestinationIp.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"3","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          member('"DestinationIsIpv6":', d.DestinationIsIpv6),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"connection_info":',
        both(
          both(
            both(
              both(
                made('"direction_id":', d.Initiated, conversions.directionId),
                made('"direction":', d.Initiated, conversions.directionName),
              ),
              made('"protocol_name":', d.Protocol, conversions.lowerCase),
            ),
            made('"protocol_num":', d.Protocol, conversions.protocolNumber),
          ),
          made('"protocol_ver_id":', d.SourceIsIpv6, conversions.ipVersionId),
        ),
      ),
    ) +
    after(
      object(
        '"src_endpoint":',
        both(
          both(
            both(made('"ip":', d.SourceIp, conversions.address), member('"port":', d.SourcePort)),
            known('"hostname":', d.SourceHostname, text_SourceHostname),
          ),
          known('"svc_name":', d.SourcePortName, text_SourcePortName),
        ),
      ),
    ) +
    after(
      object(
        '"dst_endpoint":',
        both(
          both(
            both(made('"ip":', d.DestinationIp, conversions.address), member('"port":', d.DestinationPort)),
            known('"hostname":', d.DestinationHostname, text_DestinationHostname),
          ),
          known('"svc_name":', d.DestinationPortName, text_DestinationPortName),
        ),
      ),
    ) +
    '}'
  );
}

function writeProcessTerminate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  return (
    '{"activity_id":2,"activity_name":"Terminate","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100702,"type_name":"Process Activity: Terminate","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTerminate: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"5","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece20(e) +
    ',"process":{' +
    piece19(e) +
    after(made('"terminated_time":', e.time, conversions.milliseconds)) +
    '}' +
    after(last21(e.extra, e)) +
    '}'
  );
}

function writeModuleLoad(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_ImageLoaded = textOf(d.ImageLoaded);
  const text_Signed = textOf(d.Signed);
  const text_Signature = textOf(d.Signature);
  const text_SignatureStatus = textOf(d.SignatureStatus);
  return (
    '{"activity_id":1,"activity_name":"Load","category_uid":1,"category_name":"System Activity","class_uid":1002,"class_name":"Kernel Extension Activity","type_uid":100201,"type_name":"Kernel Extension Activity: Load","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.ImageLoaded === 'string' && d.ImageLoaded !== '-'
      ? ',"message":"ModuleLoad: ' + text_ImageLoaded.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"6","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                    piece7(e),
                  ),
                  last8(e.extra, e),
                ),
                known('"RuleName":', d.RuleName, text_RuleName),
              ),
              known('"Signed":', d.Signed, text_Signed),
            ),
            known('"Signature":', d.Signature, text_Signature),
          ),
          known('"SignatureStatus":', d.SignatureStatus, text_SignatureStatus),
        ),
      ),
    ) +
    ',' +
    piece22(e) +
    ',"driver":{"file":{' +
    (baseName('"name":', d.ImageLoaded, text_ImageLoaded) || member('"name":', x.module?.name) || '"name":"unknown"') +
    ',' +
    (made('"type_id":', d.ImageLoaded, conversions.regularFileId) || '"type_id":0') +
    ',' +
    (made('"type":', d.ImageLoaded, conversions.regularFileName) || '"type":"Unknown"') +
    after(known('"path":', d.ImageLoaded, text_ImageLoaded)) +
    after(folder('"parent_folder":', d.ImageLoaded, text_ImageLoaded)) +
    after(known9(d.Hashes)) +
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
  const text_Signed = textOf(d.Signed);
  const text_Signature = textOf(d.Signature);
  const text_SignatureStatus = textOf(d.SignatureStatus);
  return (
    '{"activity_id":1,"activity_name":"Load","category_uid":1,"category_name":"System Activity","class_uid":1005,"class_name":"Module Activity","type_uid":100501,"type_name":"Module Activity: Load","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.ImageLoaded === 'string' && d.ImageLoaded !== '-'
      ? ',"message":"ImageLoad: ' + text_ImageLoaded.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"7","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(
                            both(
                              both(
                                both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)),
                                last6(e.extra, e),
                              ),
                              piece7(e),
                            ),
                            last8(e.extra, e),
                          ),
                          known('"RuleName":', d.RuleName, text_RuleName),
                        ),
                        known('"FileVersion":', d.FileVersion, text_FileVersion),
                      ),
                      known('"Description":', d.Description, text_Description),
                    ),
                    known('"Product":', d.Product, text_Product),
                  ),
                  known('"Company":', d.Company, text_Company),
                ),
                known('"OriginalFileName":', d.OriginalFileName, text_OriginalFileName),
              ),
              known('"Signed":', d.Signed, text_Signed),
            ),
            known('"Signature":', d.Signature, text_Signature),
          ),
          known('"SignatureStatus":', d.SignatureStatus, text_SignatureStatus),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    ',"module":{' +
    before(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  baseName('"name":', d.ImageLoaded, text_ImageLoaded),
                  known('"path":', d.ImageLoaded, text_ImageLoaded),
                ),
                folder('"parent_folder":', d.ImageLoaded, text_ImageLoaded),
              ),
              made('"type_id":', d.ImageLoaded, conversions.regularFileId),
            ),
            made('"type":', d.ImageLoaded, conversions.regularFileName),
          ),
          known9(d.Hashes),
        ),
      ),
    ) +
    '"load_type_id":1,"load_type":"Standard"}}'
  );
}

function writeRawAccessRead(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Device = textOf(d.Device);
  return (
    '{"activity_id":2,"activity_name":"Read","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100102,"type_name":"File System Activity: Read","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Device === 'string' && d.Device !== '-'
      ? ',"message":"RawAccessRead: ' + text_Device.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"9","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', d.Device, text_Device), known('"path":', d.Device, text_Device)),
              folder('"parent_folder":', d.Device, text_Device),
            ),
            made('"type_id":', d.Device, conversions.blockDeviceId),
          ),
          made('"type":', d.Device, conversions.blockDeviceName),
        ),
      ),
    ) +
    '}'
  );
}

function writeProcessAccess(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_SourceImage = textOf(d.SourceImage);
  const text_TargetImage = textOf(d.TargetImage);
  const text_CallTrace = textOf(d.CallTrace);
  const text_SourceUser = textOf(d.SourceUser);
  const text_TargetUser = textOf(d.TargetUser);
  return (
    '{"activity_id":3,"activity_name":"Open","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100703,"type_name":"Process Activity: Open","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"ProcessAccess: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"10","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            member('"GrantedAccess":', d.GrantedAccess),
          ),
          known('"CallTrace":', d.CallTrace, text_CallTrace),
        ),
      ),
    ) +
    ',"actor":{"process":{' +
    (member('"pid":', d.SourceProcessId) || '"pid":' + String(p.pid)) +
    after(member('"uid":', d.SourceProcessGUID) || plain('"uid":', p.guid)) +
    after(baseName('"name":', d.SourceImage, text_SourceImage) || baseName('"name":', p.image, c.image)) +
    after(known('"path":', d.SourceImage, text_SourceImage) || known('"path":', p.image, c.image)) +
    after(piece23(e)) +
    after(member('"tid":', d.SourceThreadId)) +
    '}' +
    after(object('"user":', known('"name":', d.SourceUser, text_SourceUser))) +
    '}' +
    after(
      object(
        '"process":',
        both(
          both(
            both(
              both(
                both(member('"pid":', d.TargetProcessId), member('"uid":', d.TargetProcessGUID)),
                baseName('"name":', d.TargetImage, text_TargetImage),
              ),
              known('"path":', d.TargetImage, text_TargetImage),
            ),
            object(
              '"file":',
              both(
                both(
                  both(
                    both(
                      baseName('"name":', d.TargetImage, text_TargetImage),
                      known('"path":', d.TargetImage, text_TargetImage),
                    ),
                    folder('"parent_folder":', d.TargetImage, text_TargetImage),
                  ),
                  made('"type_id":', d.TargetImage, conversions.regularFileId),
                ),
                made('"type":', d.TargetImage, conversions.regularFileName),
              ),
            ),
          ),
          object('"user":', known('"name":', d.TargetUser, text_TargetUser)),
        ),
      ),
    ) +
    '}'
  );
}

function writeFileCreate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"activity_id":1,"activity_name":"Create","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100101,"type_name":"File System Activity: Create","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreate: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"11","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(
                            baseName('"name":', d.TargetFilename, text_TargetFilename),
                            known('"path":', d.TargetFilename, text_TargetFilename),
                          ),
                          folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                        ),
                        made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                          made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                      ),
                      made('"type":', x.file?.mode, conversions.modeTypeName) ||
                        made('"type":', d.TargetFilename, conversions.unknownFileName),
                    ),
                    made('"ext":', d.TargetFilename, conversions.extension),
                  ),
                  made('"created_time":', d.CreationUtcTime, conversions.milliseconds),
                ),
                last16(e.extra, e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writePipeEvent(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_EventType = textOf(d.EventType);
  const text_PipeName = textOf(d.PipeName);
  return (
    '{"activity_id":' +
    written(activityId(e)) +
    ',"activity_name":' +
    written(activityName(e)) +
    ',"category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":' +
    written(typeUid(e)) +
    ',"type_name":' +
    written(typeName(e)) +
    ',"severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.PipeName === 'string' && d.PipeName !== '-'
      ? ',"message":"PipeEvent: ' + text_PipeName.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"17","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          known('"EventType":', d.EventType, text_EventType),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(baseName('"name":', d.PipeName, text_PipeName), known('"path":', d.PipeName, text_PipeName)),
              folder('"parent_folder":', d.PipeName, text_PipeName),
            ),
            made('"type_id":', d.PipeName, conversions.namedPipeId),
          ),
          made('"type":', d.PipeName, conversions.namedPipeName),
        ),
      ),
    ) +
    '}'
  );
}

function writeDnsQuery(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_QueryName = textOf(d.QueryName);
  return (
    '{"activity_id":' +
    written(activityId(e)) +
    ',"activity_name":' +
    written(activityName(e)) +
    ',"category_uid":4,"category_name":"Network Activity","class_uid":4003,"class_name":"DNS Activity","type_uid":' +
    written(typeUid(e)) +
    ',"type_name":' +
    written(typeName(e)) +
    ',"severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.QueryName === 'string' && d.QueryName !== '-'
      ? ',"message":"DnsQuery: ' + text_QueryName.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"22","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(object('"query":', both(known('"hostname":', d.QueryName, text_QueryName), last24(e.extra, e)))) +
    after(made('"rcode_id":', d.QueryStatus, conversions.responseCodeId)) +
    after(made('"rcode":', d.QueryStatus, conversions.rcodeName)) +
    after(made('"answers":', d.QueryResults, conversions.dnsAnswerObjects)) +
    '}'
  );
}

function writeFileDelete(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"activity_id":4,"activity_name":"Delete","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100104,"type_name":"File System Activity: Delete","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDelete: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"23","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            member('"IsExecutable":', d.IsExecutable),
          ),
          member('"Archived":', d.Archived),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                row25(e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeProcessTampering(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_Type = textOf(d.Type);
  return (
    '{"activity_id":99,"activity_name":"Tamper","category_uid":1,"category_name":"System Activity","class_uid":1004,"class_name":"Memory Activity","type_uid":100499,"type_name":"Memory Activity: Tamper","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTampering: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"25","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          known('"Type":', d.Type, text_Type),
        ),
      ),
    ) +
    ',' +
    piece26(e) +
    '}'
  );
}

function writeFileDeleteDetected(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"activity_id":4,"activity_name":"Delete","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100104,"type_name":"File System Activity: Delete","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDeleteDetected: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"26","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          member('"IsExecutable":', d.IsExecutable),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                row25(e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeeBPFEvent(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_BpfCommand = textOf(d.BpfCommand);
  const text_BpfProgramType = textOf(d.BpfProgramType);
  const text_BpfProgramName = textOf(d.BpfProgramName);
  return (
    '{"activity_id":4,"activity_name":"Invoke","category_uid":1,"category_name":"System Activity","class_uid":1003,"class_name":"Kernel Activity","type_uid":100304,"type_name":"Kernel Activity: Invoke","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.BpfProgramName === 'string' && d.BpfProgramName !== '-'
      ? ',"message":"eBPFEvent: ' + text_BpfProgramName.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"100","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            known('"BpfCommand":', d.BpfCommand, text_BpfCommand),
          ),
          member('"BpfProgramId":', d.BpfProgramId),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    ',"kernel":{' +
    before(
      known('"name":', d.BpfProgramName, text_BpfProgramName) ||
        known('"name":', d.BpfProgramType, text_BpfProgramType),
    ) +
    '"type_id":2,"type":"System Call"}}'
  );
}

function writeFileModify(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_ModificationType = textOf(d.ModificationType);
  return (
    '{"activity_id":3,"activity_name":"Update","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100103,"type_name":"File System Activity: Update","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileModify: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"110","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          known('"ModificationType":', d.ModificationType, text_ModificationType),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                row25(e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeFileRename(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_SourceFilename = textOf(d.SourceFilename);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Replaced = textOf(d.Replaced);
  return (
    '{"activity_id":5,"activity_name":"Rename","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100105,"type_name":"File System Activity: Rename","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileRename: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"111","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            known('"Replaced":', d.Replaced, text_Replaced),
          ),
          member('"Exchanged":', d.Exchanged),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  baseName('"name":', d.SourceFilename, text_SourceFilename),
                  known('"path":', d.SourceFilename, text_SourceFilename),
                ),
                folder('"parent_folder":', d.SourceFilename, text_SourceFilename),
              ),
              made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                made('"type_id":', d.SourceFilename, conversions.unknownFileId),
            ),
            made('"type":', x.file?.mode, conversions.modeTypeName) ||
              made('"type":', d.SourceFilename, conversions.unknownFileName),
          ),
          made('"ext":', d.SourceFilename, conversions.extension),
        ),
      ),
    ) +
    after(
      object(
        '"file_result":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        baseName('"name":', d.TargetFilename, text_TargetFilename),
                        known('"path":', d.TargetFilename, text_TargetFilename),
                      ),
                      folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                    ),
                    made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                      made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                  ),
                  made('"type":', x.file?.mode, conversions.modeTypeName) ||
                    made('"type":', d.TargetFilename, conversions.unknownFileName),
                ),
                made('"ext":', d.TargetFilename, conversions.extension),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeFileLink(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_LinkType = textOf(d.LinkType);
  const text_LinkTarget = textOf(d.LinkTarget);
  return (
    '{"activity_id":99,"activity_name":"Link","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100199,"type_name":"File System Activity: Link","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileLink: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"112","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            known('"LinkType":', d.LinkType, text_LinkType),
          ),
          known('"LinkTarget":', d.LinkTarget, text_LinkTarget),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                last16(e.extra, e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeFileAttributeChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Attribute = textOf(d.Attribute);
  const text_Name = textOf(d.Name);
  const text_OldValue = textOf(d.OldValue);
  const text_NewValue = textOf(d.NewValue);
  return (
    '{"activity_id":6,"activity_name":"Set Attributes","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100106,"type_name":"File System Activity: Set Attributes","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileAttributeChange: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"113","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                      piece7(e),
                    ),
                    last8(e.extra, e),
                  ),
                  known('"RuleName":', d.RuleName, text_RuleName),
                ),
                known('"Attribute":', d.Attribute, text_Attribute),
              ),
              known('"Name":', d.Name, text_Name),
            ),
            known('"OldValue":', d.OldValue, text_OldValue),
          ),
          known('"NewValue":', d.NewValue, text_NewValue),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                last16(e.extra, e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
  );
}

function writeFileOpen(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Access = textOf(d.Access);
  const text_WatchEntry = textOf(d.WatchEntry);
  return (
    '{"activity_id":14,"activity_name":"Open","category_uid":1,"category_name":"System Activity","class_uid":1001,"class_name":"File System Activity","type_uid":100114,"type_name":"File System Activity: Open","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileOpen: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"114","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            known('"Access":', d.Access, text_Access),
          ),
          known('"WatchEntry":', d.WatchEntry, text_WatchEntry),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          baseName('"name":', d.TargetFilename, text_TargetFilename),
                          known('"path":', d.TargetFilename, text_TargetFilename),
                        ),
                        folder('"parent_folder":', d.TargetFilename, text_TargetFilename),
                      ),
                      made('"type_id":', x.file?.mode, conversions.modeTypeId) ||
                        made('"type_id":', d.TargetFilename, conversions.unknownFileId),
                    ),
                    made('"type":', x.file?.mode, conversions.modeTypeName) ||
                      made('"type":', d.TargetFilename, conversions.unknownFileName),
                  ),
                  made('"ext":', d.TargetFilename, conversions.extension),
                ),
                last16(e.extra, e),
              ),
              member('"size":', x.file?.size),
            ),
            member('"uid":', x.file?.inode),
          ),
          made('"modified_time":', x.file?.mtime, conversions.milliseconds),
        ),
      ),
    ) +
    '}'
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
    '{"activity_id":5,"activity_name":"Set User ID","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100705,"type_name":"Process Activity: Set User ID","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"PrivilegeChange: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"120","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                      piece7(e),
                    ),
                    last8(e.extra, e),
                  ),
                  known('"RuleName":', d.RuleName, text_RuleName),
                ),
                known('"Operation":', d.Operation, text_Operation),
              ),
              known('"PreviousUser":', d.PreviousUser, text_PreviousUser),
            ),
            known('"PreviousCapabilities":', d.PreviousCapabilities, text_PreviousCapabilities),
          ),
          known('"Capabilities":', d.Capabilities, text_Capabilities),
        ),
      ),
    ) +
    ',' +
    piece26(e) +
    '}'
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
    '{"activity_id":99,"activity_name":"Change Namespaces","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100799,"type_name":"Process Activity: Change Namespaces","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"NamespaceChange: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"121","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(
                          both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                          piece7(e),
                        ),
                        last8(e.extra, e),
                      ),
                      known('"RuleName":', d.RuleName, text_RuleName),
                    ),
                    known('"Operation":', d.Operation, text_Operation),
                  ),
                  known('"PreviousNamespaces":', d.PreviousNamespaces, text_PreviousNamespaces),
                ),
                known('"Namespaces":', d.Namespaces, text_Namespaces),
              ),
              member('"TargetProcessGuid":', d.TargetProcessGuid),
            ),
            member('"TargetProcessId":', d.TargetProcessId),
          ),
          known('"TargetImage":', d.TargetImage, text_TargetImage),
        ),
      ),
    ) +
    ',' +
    piece26(e) +
    '}'
  );
}

function writeModuleUnload(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_ModuleName = textOf(d.ModuleName);
  return (
    '{"activity_id":2,"activity_name":"Unload","category_uid":1,"category_name":"System Activity","class_uid":1002,"class_name":"Kernel Extension Activity","type_uid":100202,"type_name":"Kernel Extension Activity: Unload","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"ModuleUnload: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"122","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    ',"driver":{"file":{' +
    before(known('"name":', d.ModuleName, text_ModuleName)) +
    '"type_id":0,"type":"Unknown"}}}'
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
    '{"activity_id":99,"activity_name":"Change Mounts","category_uid":0,"category_name":"Uncategorized","class_uid":0,"class_name":"Base Event","type_uid":99,"type_name":"Base Event: Change Mounts","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"Mount: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"123","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(
                      both(
                        both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                        piece7(e),
                      ),
                      last8(e.extra, e),
                    ),
                    known('"RuleName":', d.RuleName, text_RuleName),
                  ),
                  known('"Operation":', d.Operation, text_Operation),
                ),
                known('"Source":', d.Source, text_Source),
              ),
              known('"Target":', d.Target, text_Target),
            ),
            known('"FileSystem":', d.FileSystem, text_FileSystem),
          ),
          known('"Options":', d.Options, text_Options),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    '}'
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
    '{"activity_id":99,"activity_name":"Protect","category_uid":1,"category_name":"System Activity","class_uid":1004,"class_name":"Memory Activity","type_uid":100499,"type_name":"Memory Activity: Protect","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"MemoryProtect: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"124","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                    piece7(e),
                  ),
                  last8(e.extra, e),
                ),
                known('"RuleName":', d.RuleName, text_RuleName),
              ),
              known('"Operation":', d.Operation, text_Operation),
            ),
            known('"Protection":', d.Protection, text_Protection),
          ),
          known('"Backing":', d.Backing, text_Backing),
        ),
      ),
    ) +
    ',' +
    piece26(e) +
    '}'
  );
}

function writeSignal(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_Signal = textOf(d.Signal);
  const text_TargetImage = textOf(d.TargetImage);
  const text_TargetUser = textOf(d.TargetUser);
  return (
    '{"activity_id":99,"activity_name":"Signal","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100799,"type_name":"Process Activity: Signal","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"Signal: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"125","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          known('"Signal":', d.Signal, text_Signal),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"process":',
        both(
          both(
            both(
              both(
                both(member('"pid":', d.TargetProcessId), member('"uid":', d.TargetProcessGuid)),
                baseName('"name":', d.TargetImage, text_TargetImage),
              ),
              known('"path":', d.TargetImage, text_TargetImage),
            ),
            object(
              '"file":',
              both(
                both(
                  both(
                    both(
                      baseName('"name":', d.TargetImage, text_TargetImage),
                      known('"path":', d.TargetImage, text_TargetImage),
                    ),
                    folder('"parent_folder":', d.TargetImage, text_TargetImage),
                  ),
                  made('"type_id":', d.TargetImage, conversions.regularFileId),
                ),
                made('"type":', d.TargetImage, conversions.regularFileName),
              ),
            ),
          ),
          object('"user":', known('"name":', d.TargetUser, text_TargetUser)),
        ),
      ),
    ) +
    '}'
  );
}

function writeSocketListen(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_PortName = textOf(d.PortName);
  return (
    '{"activity_id":' +
    written(activityId(e)) +
    ',"activity_name":' +
    written(activityName(e)) +
    ',"category_uid":4,"category_name":"Network Activity","class_uid":4001,"class_name":"Network Activity","type_uid":' +
    written(typeUid(e)) +
    ',"type_name":' +
    written(typeName(e)) +
    ',"severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"SocketListen: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"126","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)), piece7(e)),
            last8(e.extra, e),
          ),
          known('"RuleName":', d.RuleName, text_RuleName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    ',"connection_info":{"direction_id":1,"direction":"Inbound"' +
    after(made('"protocol_name":', d.Protocol, conversions.lowerCase)) +
    after(made('"protocol_num":', d.Protocol, conversions.protocolNumber)) +
    '}' +
    after(
      object(
        '"dst_endpoint":',
        both(
          both(made('"ip":', d.Address, conversions.address), member('"port":', d.Port)),
          known('"svc_name":', d.PortName, text_PortName),
        ),
      ),
    ) +
    '}'
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
    '{"activity_id":99,"activity_name":"Open Raw Socket","category_uid":0,"category_name":"Uncategorized","class_uid":0,"class_name":"Base Event","type_uid":99,"type_name":"Base Event: Open Raw Socket","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"RawSocket: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"127","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                    piece7(e),
                  ),
                  last8(e.extra, e),
                ),
                known('"RuleName":', d.RuleName, text_RuleName),
              ),
              known('"Family":', d.Family, text_Family),
            ),
            known('"Type":', d.Type, text_Type),
          ),
          known('"Protocol":', d.Protocol, text_Protocol),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    '}'
  );
}

function writeUnixConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const text_RuleName = textOf(d.RuleName);
  const text_SocketName = textOf(d.SocketName);
  const text_TargetImage = textOf(d.TargetImage);
  return (
    '{"activity_id":99,"activity_name":"Connect to Unix Socket","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100799,"type_name":"Process Activity: Connect to Unix Socket","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"UnixConnect: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"128","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                piece7(e),
              ),
              last8(e.extra, e),
            ),
            known('"RuleName":', d.RuleName, text_RuleName),
          ),
          known('"SocketName":', d.SocketName, text_SocketName),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    after(
      object(
        '"process":',
        both(
          both(
            both(
              both(member('"pid":', d.TargetProcessId), member('"uid":', d.TargetProcessGuid)),
              baseName('"name":', d.TargetImage, text_TargetImage),
            ),
            known('"path":', d.TargetImage, text_TargetImage),
          ),
          object(
            '"file":',
            both(
              both(
                both(
                  both(
                    baseName('"name":', d.TargetImage, text_TargetImage),
                    known('"path":', d.TargetImage, text_TargetImage),
                  ),
                  folder('"parent_folder":', d.TargetImage, text_TargetImage),
                ),
                made('"type_id":', d.TargetImage, conversions.regularFileId),
              ),
              made('"type":', d.TargetImage, conversions.regularFileName),
            ),
          ),
        ),
      ),
    ) +
    '}'
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
    '{"activity_id":99,"activity_name":"Change Kernel Parameter","category_uid":0,"category_name":"Uncategorized","class_uid":0,"class_name":"Base Event","type_uid":99,"type_name":"Base Event: Change Kernel Parameter","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"KernelParameter: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"129","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                    piece7(e),
                  ),
                  last8(e.extra, e),
                ),
                known('"RuleName":', d.RuleName, text_RuleName),
              ),
              known('"Parameter":', d.Parameter, text_Parameter),
            ),
            known('"PreviousValue":', d.PreviousValue, text_PreviousValue),
          ),
          known('"NewValue":', d.NewValue, text_NewValue),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    '}'
  );
}

function writeFailedExecution(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_CommandLine = textOf(d.CommandLine);
  const text_Errno = textOf(d.Errno);
  return (
    '{"activity_id":99,"activity_name":"Fail to Launch","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100799,"type_name":"Process Activity: Fail to Launch","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.CommandLine === 'string' && d.CommandLine !== '-'
      ? ',"message":"FailedExecution: ' + text_CommandLine.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"131","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                  piece7(e),
                ),
                last8(e.extra, e),
              ),
              known('"RuleName":', d.RuleName, text_RuleName),
            ),
            known('"CommandLine":', d.CommandLine, text_CommandLine),
          ),
          known('"Errno":', d.Errno, text_Errno),
        ),
      ),
    ) +
    ',' +
    piece17(e) +
    ',"process":{' +
    piece27(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                baseName('"name":', d.TargetFilename, text_TargetFilename) || baseName('"name":', p.image, c.image),
                known('"path":', d.TargetFilename, text_TargetFilename) || known('"path":', p.image, c.image),
              ),
              folder('"parent_folder":', d.TargetFilename, text_TargetFilename) ||
                folder('"parent_folder":', p.image, c.image),
            ),
            made('"type_id":', d.TargetFilename, conversions.unknownFileId) ||
              made('"type_id":', p.image, conversions.regularFileId),
          ),
          made('"type":', d.TargetFilename, conversions.unknownFileName) ||
            made('"type":', p.image, conversions.regularFileName),
        ),
      ),
    ) +
    after(piece28(e)) +
    '}}'
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
    '{"activity_id":99,"activity_name":"Rename","category_uid":1,"category_name":"System Activity","class_uid":1007,"class_name":"Process Activity","type_uid":100799,"type_name":"Process Activity: Rename","severity_id":1,"severity":"Informational"' +
    after(made('"time":', e.time, conversions.milliseconds)) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessRename: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"metadata":{"version":"1.5.0","product":{"name":"sysmon","vendor_name":"org"},"event_code":"132","log_name":"Linux-Sysmon/Operational","log_provider":"Linux-Sysmon","sequence":' +
    String(e.recordId) +
    ',"original_time":' +
    text(e.time) +
    ',"profiles":' +
    profilesOf(e) +
    '},"device":{' +
    last1(e.host, e) +
    after(piece2(e)) +
    '},' +
    last13(e.extra, e) +
    after(last14(e.techniques, e)) +
    after(
      object(
        '"unmapped":',
        both(
          both(
            both(
              both(
                both(
                  both(
                    both(both(piece5(e), made('"rules":', e.rules, conversions.ruleNames)), last6(e.extra, e)),
                    piece7(e),
                  ),
                  last8(e.extra, e),
                ),
                known('"RuleName":', d.RuleName, text_RuleName),
              ),
              known('"PreviousName":', d.PreviousName, text_PreviousName),
            ),
            known('"NewName":', d.NewName, text_NewName),
          ),
          known('"Operation":', d.Operation, text_Operation),
        ),
      ),
    ) +
    ',' +
    piece26(e) +
    '}'
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
