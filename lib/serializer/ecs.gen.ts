// Generated from lib/schema and the tables of lib/serializer by `npm run generate`. Do not edit.
import type { AnyExtra } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { conversions } from './conversions.js';
import {
  after,
  args,
  asText,
  baseName,
  before,
  both,
  folder,
  known,
  last,
  list,
  made,
  member,
  object,
  ofObject,
  ofText,
  pair,
  parentText,
  plain,
  rows,
  shortLine,
} from './document-parts.js';
import type { Generated } from './documents.js';
import { shared, text, textOf, textsOf } from './json-text.js';
import { keeper } from './kept-pieces.js';
import { slots } from './process-texts.js';
import { containerOf } from './serializer.js';

const { keep } = keeper(slots.ecs);
const row0 = rows('"message":', ['message', 'event', 'summary']);
const last1 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["process"],"type":["start"]';
});
const last2 = last((e: SysmonEvent) => {
  return '"name":' + shared(e.host) + ',"hostname":' + shared(e.host) + ',"os":{"type":"linux"}';
});
const piece3 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return object('"boot":', made('"id":', p.strongId, conversions.bootId));
}, 'piece3');
const known4 = ofText('"hash":', conversions.hashValues);
const last5 = last((e: SysmonEvent) => {
  return made('"hosts":', e.host, conversions.list);
});
const known6 = ofObject('"effective":', conversions.effectiveList);
const known7 = ofObject('"permitted":', conversions.permittedList);
const known8 = ofObject('"env_vars":', conversions.environment);
const row9 = rows('"session_leader":', ['process.session_leader', 'process.sid', 'leader']);
const row10 = rows('"group_leader":', ['process.group_leader', 'process.pgid', 'leader']);
const known11 = ofText('"hash":', conversions.hashObject);
const piece12 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    before(plain('"entity_id":', p.guid)) +
    '"pid":' +
    String(p.pid) +
    after(known('"executable":', p.image, c.image)) +
    after(baseName('"name":', p.image, c.image)) +
    after(
      known('"command_line":', p.commandLine, c.commandLine) ||
        shortLine('"command_line":', p.commandLine, c.commandLine),
    ) +
    after(
      object(
        '"parent":',
        both(
          both(
            both(
              both(
                both(
                  both(plain('"entity_id":', q?.guid), member('"pid":', q?.pid) || member('"pid":', p.ppid)),
                  known('"executable":', q?.image, parentText(c, q, 'image')),
                ),
                baseName('"name":', q?.image, parentText(c, q, 'image')),
              ),
              known('"command_line":', q?.commandLine, parentText(c, q, 'commandLine')),
            ),
            plain('"start":', q?.startTime),
          ),
          object('"real_user":', known('"name":', q?.user, parentText(c, q, 'user'))),
        ),
      ),
    ) +
    after(
      p.remote === undefined
        ? ''
        : object(
            '"entry_meta":',
            p.remote === undefined
              ? ''
              : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
          ),
    ) +
    after(member('"vpid":', p.nsPid)) +
    after(args('"args":', p, c)) +
    after(made('"args_count":', p.argv, conversions.length)) +
    after(known('"working_directory":', p.cwd, c.cwd)) +
    after(plain('"start":', p.startTime)) +
    after(
      object(
        '"thread":',
        both(member('"id":', p.tid), object('"capabilities":', both(known6(p.capabilities), known7(p.capabilities)))),
      ),
    ) +
    after(object('"user":', asText('"id":', p.euid))) +
    after(object('"real_user":', both(asText('"id":', p.uid), known('"name":', p.user, c.user)))) +
    after(object('"saved_user":', asText('"id":', p.suid))) +
    after(object('"real_group":', asText('"id":', p.gid))) +
    after(known8(p.env)) +
    after(row9(e)) +
    after(row10(e))
  );
}, 'piece12');
const known13 = ofObject('"framework":', conversions.framework);
const known14 = ofObject('"name":', conversions.tactics);
const known15 = ofObject('"id":', conversions.techniqueIds);
const known16 = ofObject('"name":', conversions.techniqueNames);
const known17 = ofObject('"id":', conversions.subtechniqueIds);
const known18 = ofObject('"name":', conversions.subtechniqueNames);
const row19 = rows('"hook":', ['sysmon.hook', 'extra.hook']);
const row20 = rows('"tier":', ['sysmon.tier', 'extra.tier']);
const known21 = ofObject('"capabilities":', conversions.capabilityWords);
const row22 = rows('"ancestors":', ['sysmon.ancestors', 'process', 'ancestors']);
const piece23 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(
    both(plain('"strong_id":', p.strongId), member('"login_uid":', p.loginUid)),
    member('"container_user":', p.containerUser),
  );
}, 'piece23');
const last24 = last((e: SysmonEvent) => {
  return row19(e);
});
const piece25 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(member('"origin":', p.origin), member('"remote":', p.remote));
}, 'piece25');
const last26 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(
    both(both(row20(e), member('"truncated":', x.truncated)), member('"exposed":', x.exposed)),
    member('"uncertain":', x.uncertain),
  );
});
const piece27 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return member('"snapshot":', p.snapshot);
}, 'piece27');
const last28 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(
    both(both(member('"late":', x.late), member('"errno":', x.errno)), member('"signal":', x.signal)),
    member('"core_dump":', x.coreDump),
  );
});
const piece29 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return both(known21(p.capabilities), row22(e));
}, 'piece29');
const piece30 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"Image":' + c.image;
}, 'piece30');
const last31 = last((e: SysmonEvent) => {
  return object(
    '"threat":',
    both(
      both(known13(e.techniques), object('"tactic":', known14(e.techniques))),
      object(
        '"technique":',
        both(
          both(known15(e.techniques), known16(e.techniques)),
          object('"subtechnique":', both(known17(e.techniques), known18(e.techniques))),
        ),
      ),
    ),
  );
});
const last32 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return both(
    object('"dns":', object('"question":', member('"type":', x.queryType))),
    object('"network":', member('"transport":', x.transport)),
  );
});
const last33 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["file"],"type":["change"]';
});
const piece34 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return list('"user":', p.user, c.user);
}, 'piece34');
const row35 = rows('"ancestors":', ['sysmon.ancestors', 'process', 'ancestorsShort']);
const piece36 = keep((e: SysmonEvent) => {
  return row35(e);
}, 'piece36');
const piece37 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"User":' + c.user;
}, 'piece37');
const piece38 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"process":{' +
    before(plain('"entity_id":', p.guid)) +
    '"pid":' +
    String(p.pid) +
    after(known('"executable":', p.image, c.image)) +
    after(baseName('"name":', p.image, c.image)) +
    after(shortLine('"command_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"parent":',
        both(
          both(
            both(plain('"entity_id":', q?.guid), member('"pid":', p.ppid)),
            known('"executable":', q?.image, parentText(c, q, 'image')),
          ),
          baseName('"name":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(
      p.remote === undefined
        ? ''
        : object(
            '"entry_meta":',
            p.remote === undefined
              ? ''
              : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
          ),
    ) +
    '}' +
    after(object('"user":', both(asText('"id":', p.uid), known('"name":', p.user, c.user)))) +
    after(
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
    ) +
    after(
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
    )
  );
}, 'piece38');
const last39 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return (
    before(made('"outcome":', x.errno, conversions.failure)) + '"category":["network"],"type":["connection","start"]'
  );
});
const row40 = rows(
  '"ip":',
  ['related.ip', 'data.SourceIp', 'addressList'],
  ['related.ip', 'data.DestinationIp', 'addressList'],
);
const piece41 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"Image":' + c.image + ',"User":' + c.user
  );
}, 'piece41');
const last42 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return object('"dns":', object('"question":', member('"type":', x.queryType)));
});
const last43 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["process"],"type":["end"]';
});
const piece44 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    before(plain('"entity_id":', p.guid)) +
    '"pid":' +
    String(p.pid) +
    after(known('"executable":', p.image, c.image)) +
    after(baseName('"name":', p.image, c.image)) +
    after(shortLine('"command_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"parent":',
        both(
          both(
            both(plain('"entity_id":', q?.guid), member('"pid":', p.ppid)),
            known('"executable":', q?.image, parentText(c, q, 'image')),
          ),
          baseName('"name":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(
      p.remote === undefined
        ? ''
        : object(
            '"entry_meta":',
            p.remote === undefined
              ? ''
              : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
          ),
    )
  );
}, 'piece44');
const last45 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return member('"exit_code":', x.exitCode);
});
const piece46 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return both(
    both(
      object('"user":', both(asText('"id":', p.uid), known('"name":', p.user, c.user))),
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
}, 'piece46');
const last47 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["driver"],"type":["start"]';
});
const last48 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["library"],"type":["start"]';
});
const last49 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["file"],"type":["access"]';
});
const last50 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["process"],"type":["access"]';
});
const row51 = rows(
  '"user":',
  ['related.user', 'process.user', 'list'],
  ['related.user', 'data.SourceUser', 'list'],
  ['related.user', 'data.TargetUser', 'list'],
);
const piece52 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return both(
    both(
      shortLine('"command_line":', p.commandLine, c.commandLine),
      object(
        '"parent":',
        both(
          both(
            both(plain('"entity_id":', q?.guid), member('"pid":', p.ppid)),
            known('"executable":', q?.image, parentText(c, q, 'image')),
          ),
          baseName('"name":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ),
    p.remote === undefined
      ? ''
      : object(
          '"entry_meta":',
          p.remote === undefined
            ? ''
            : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
        ),
  );
}, 'piece52');
const piece53 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return asText('"id":', p.uid);
}, 'piece53');
const piece54 = keep((e: SysmonEvent) => {
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
}, 'piece54');
const last55 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["file"],"type":["creation"]';
});
const last56 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return known4(x.hashes);
});
const last57 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return known11(x.hashes);
});
const last58 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["file"]';
});
const piece59 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  return '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid);
}, 'piece59');
const piece60 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return '"Image":' + c.image + ',"User":' + c.user;
}, 'piece60');
const last61 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return (
    before(made('"outcome":', x.errno, conversions.failure)) +
    '"category":["network"],"type":["connection","protocol","info"]'
  );
});
const row62 = rows('"hosts":', ['related.hosts', 'event.host', 'list'], ['related.hosts', 'data.QueryName', 'list']);
const last63 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return member('"type":', x.queryType);
});
const last64 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return object('"network":', member('"transport":', x.transport));
});
const last65 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["file"],"type":["deletion"]';
});
const piece66 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    '"ProcessGuid":' + textOf(p.guid) + ',"ProcessId":' + textOf(p.pid) + ',"User":' + c.user + ',"Image":' + c.image
  );
}, 'piece66');
const last67 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["process"],"type":["change"]';
});
const last68 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["driver"],"type":["change"]';
});
const last69 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["driver"],"type":["end"]';
});
const piece70 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return both(asText('"id":', p.uid), known('"name":', p.user, c.user));
}, 'piece70');
const piece71 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return (
    '"process":{' +
    before(plain('"entity_id":', p.guid)) +
    '"pid":' +
    String(p.pid) +
    after(known('"executable":', p.image, c.image)) +
    after(baseName('"name":', p.image, c.image)) +
    after(shortLine('"command_line":', p.commandLine, c.commandLine)) +
    after(
      object(
        '"parent":',
        both(
          both(
            both(plain('"entity_id":', q?.guid), member('"pid":', p.ppid)),
            known('"executable":', q?.image, parentText(c, q, 'image')),
          ),
          baseName('"name":', q?.image, parentText(c, q, 'image')),
        ),
      ),
    ) +
    after(
      p.remote === undefined
        ? ''
        : object(
            '"entry_meta":',
            p.remote === undefined
              ? ''
              : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
          ),
    ) +
    '}'
  );
}, 'piece71');
const last72 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["network"],"type":["start"]';
});
const last73 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["network"],"type":["access"]';
});
const last74 = last((e: SysmonEvent) => {
  const x = e.extra as AnyExtra;
  return before(made('"outcome":', x.errno, conversions.failure)) + '"category":["configuration"],"type":["change"]';
});
const piece75 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  return (
    before(plain('"entity_id":', p.guid)) +
    '"pid":' +
    String(p.pid) +
    after(known('"executable":', p.image, c.image)) +
    after(baseName('"name":', p.image, c.image))
  );
}, 'piece75');
const piece76 = keep((e: SysmonEvent) => {
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  return both(
    object(
      '"parent":',
      both(
        both(
          both(plain('"entity_id":', q?.guid), member('"pid":', p.ppid)),
          known('"executable":', q?.image, parentText(c, q, 'image')),
        ),
        baseName('"name":', q?.image, parentText(c, q, 'image')),
      ),
    ),
    p.remote === undefined
      ? ''
      : object(
          '"entry_meta":',
          p.remote === undefined
            ? ''
            : object('"source":', both(member('"ip":', p.remote?.address), member('"port":', p.remote?.port))),
        ),
  );
}, 'piece76');

function writeProcessCreate(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const q = p.parent;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ProcessCreate","code":"1","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last1(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(
      object(
        '"related":',
        both(
          both(last5(e.host, e), pair('"user":', p.user, c.user, q?.user, parentText(c, q, 'user'))),
          known4(d.Hashes),
        ),
      ),
    ) +
    ',"process":{' +
    piece12(e) +
    after(known11(d.Hashes)) +
    '}' +
    after(
      both(
        both(
          object(
            '"user":',
            both(
              both(asText('"id":', p.uid), known('"name":', p.user, c.user)),
              object('"effective":', asText('"id":', p.euid)),
            ),
          ),
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
      ),
    ) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece29(e),
        ),
      ),
    ) +
    after(object('"group":', asText('"id":', p.gid))) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreateTime: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileCreateTime","code":"2","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last33(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
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
                        both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                        member('"size":', x.file?.size),
                      ),
                      member('"mtime":', x.file?.mtime),
                    ),
                    made('"mode":', x.file?.mode, conversions.octal),
                  ),
                  known('"path":', d.TargetFilename, text_TargetFilename),
                ),
                baseName('"name":', d.TargetFilename, text_TargetFilename),
              ),
              folder('"directory":', d.TargetFilename, text_TargetFilename),
            ),
            made('"extension":', d.TargetFilename, conversions.extension),
          ),
          made('"created":', d.CreationUtcTime, conversions.isoDate),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CreationUtcTime":' +
    textOf(d.CreationUtcTime) +
    ',"PreviousCreationUtcTime":' +
    textOf(d.PreviousCreationUtcTime) +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeNetworkConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"NetworkConnect","code":"3","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last39(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), row40(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(
      object(
        '"network":',
        both(
          both(
            both(
              member('"transport":', x.transport) || made('"transport":', d.Protocol, conversions.lowerCase),
              made('"direction":', d.Initiated, conversions.direction),
            ),
            made('"type":', d.SourceIsIpv6, conversions.ipVersion),
          ),
          made('"protocol":', d.DestinationPortName, conversions.lowerCase),
        ),
      ),
    ) +
    after(
      object(
        '"source":',
        both(
          both(
            made('"ip":', d.SourceIp, conversions.address),
            known('"domain":', d.SourceHostname, text_SourceHostname),
          ),
          member('"port":', d.SourcePort),
        ),
      ),
    ) +
    after(
      object(
        '"destination":',
        both(
          both(
            made('"ip":', d.DestinationIp, conversions.address),
            known('"domain":', d.DestinationHostname, text_DestinationHostname),
          ),
          member('"port":', d.DestinationPort),
        ),
      ),
    ) +
    after(last42(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece41(e) +
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
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTerminate: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ProcessTerminate","code":"5","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last43(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',"process":{' +
    piece44(e) +
    ',"end":' +
    text(e.time) +
    after(last45(e.extra, e)) +
    '}' +
    after(piece46(e)) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece41(e) +
    '}}}'
  );
}

function writeModuleLoad(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ModuleLoad","code":"6","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last47(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), known4(d.Hashes)))) +
    ',' +
    piece38(e) +
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
                      both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                      member('"size":', x.file?.size),
                    ),
                    member('"mtime":', x.file?.mtime),
                  ),
                  made('"mode":', x.file?.mode, conversions.octal),
                ),
                baseName('"name":', d.ImageLoaded, text_ImageLoaded) || member('"name":', x.module?.name),
              ),
              known('"path":', d.ImageLoaded, text_ImageLoaded),
            ),
            known11(d.Hashes),
          ),
          object(
            '"code_signature":',
            both(
              made('"exists":', d.Signed, conversions.boolean),
              known('"status":', d.SignatureStatus, text_SignatureStatus),
            ),
          ),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ImageLoad","code":"7","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last48(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), known4(d.Hashes)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    after(
      object(
        '"dll":',
        both(
          both(known('"path":', d.ImageLoaded, text_ImageLoaded), baseName('"name":', d.ImageLoaded, text_ImageLoaded)),
          known11(d.Hashes),
        ),
      ),
    ) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
    piece37(e) +
    '}}}'
  );
}

function writeRawAccessRead(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_Device = textOf(d.Device);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Device === 'string' && d.Device !== '-'
      ? ',"message":"RawAccessRead: ' + text_Device.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"RawAccessRead","code":"9","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last49(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    ',"file":{' +
    before(member('"device":', x.file?.dev)) +
    before(member('"inode":', x.file?.inode)) +
    before(member('"size":', x.file?.size)) +
    before(member('"mtime":', x.file?.mtime)) +
    before(made('"mode":', x.file?.mode, conversions.octal)) +
    before(known('"path":', d.Device, text_Device)) +
    '"type":"device"}' +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Device":' +
    text_Device +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeProcessAccess(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ProcessAccess","code":"10","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last50(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), row51(e)))) +
    ',"process":{' +
    before(member('"entity_id":', d.SourceProcessGUID) || plain('"entity_id":', p.guid)) +
    (member('"pid":', d.SourceProcessId) || '"pid":' + String(p.pid)) +
    after(known('"executable":', d.SourceImage, text_SourceImage) || known('"executable":', p.image, c.image)) +
    after(baseName('"name":', d.SourceImage, text_SourceImage) || baseName('"name":', p.image, c.image)) +
    after(piece52(e)) +
    after(object('"thread":', member('"id":', d.SourceThreadId))) +
    '}' +
    after(
      object(
        '"user":',
        both(
          both(piece53(e), known('"name":', d.SourceUser, text_SourceUser) || known('"name":', p.user, c.user)),
          object('"target":', known('"name":', d.TargetUser, text_TargetUser)),
        ),
      ),
    ) +
    after(piece54(e)) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileCreate: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileCreate","code":"11","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last55(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), last56(e.extra, e)))) +
    ',' +
    piece38(e) +
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
                          both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                          member('"size":', x.file?.size),
                        ),
                        member('"mtime":', x.file?.mtime),
                      ),
                      made('"mode":', x.file?.mode, conversions.octal),
                    ),
                    known('"path":', d.TargetFilename, text_TargetFilename),
                  ),
                  baseName('"name":', d.TargetFilename, text_TargetFilename),
                ),
                folder('"directory":', d.TargetFilename, text_TargetFilename),
              ),
              made('"extension":', d.TargetFilename, conversions.extension),
            ),
            made('"created":', d.CreationUtcTime, conversions.isoDate),
          ),
          last57(e.extra, e),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CreationUtcTime":' +
    textOf(d.CreationUtcTime) +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writePipeEvent(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_EventType = textOf(d.EventType);
  const text_PipeName = textOf(d.PipeName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.PipeName === 'string' && d.PipeName !== '-'
      ? ',"message":"PipeEvent: ' + text_PipeName.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"PipeEvent","code":"17","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last58(e.extra, e) +
    ',"type":' +
    ((e.data as { EventType?: unknown }).EventType === 'CreatePipe' ? '["creation"]' : '["access"]') +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                member('"size":', x.file?.size),
              ),
              member('"mtime":', x.file?.mtime),
            ),
            made('"mode":', x.file?.mode, conversions.octal),
          ),
          known('"name":', d.PipeName, text_PipeName),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece59(e) +
    ',"PipeName":' +
    text_PipeName +
    ',' +
    piece60(e) +
    '}}}'
  );
}

function writeDnsQuery(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"DnsQuery","code":"22","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last61(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(
      object('"related":', both(both(row62(e), piece34(e)), made('"ip":', d.QueryResults, conversions.dnsAddresses))),
    ) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(
      object(
        '"dns":',
        both(
          both(
            both(
              object('"question":', both(known('"name":', d.QueryName, text_QueryName), last63(e.extra, e))),
              made('"response_code":', d.QueryStatus, conversions.responseCode),
            ),
            made('"answers":', d.QueryResults, conversions.dnsAnswers),
          ),
          made('"resolved_ip":', d.QueryResults, conversions.dnsAddresses),
        ),
      ),
    ) +
    after(last64(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece59(e) +
    ',"QueryName":' +
    text_QueryName +
    ',"QueryStatus":' +
    text_QueryStatus +
    ',"QueryResults":' +
    text_QueryResults +
    ',' +
    piece60(e) +
    '}}}'
  );
}

function writeFileDelete(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDelete: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileDelete","code":"23","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last65(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), known4(d.Hashes)))) +
    ',' +
    piece38(e) +
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
                        both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                        member('"size":', x.file?.size),
                      ),
                      member('"mtime":', x.file?.mtime),
                    ),
                    made('"mode":', x.file?.mode, conversions.octal),
                  ),
                  known('"path":', d.TargetFilename, text_TargetFilename),
                ),
                baseName('"name":', d.TargetFilename, text_TargetFilename),
              ),
              folder('"directory":', d.TargetFilename, text_TargetFilename),
            ),
            made('"extension":', d.TargetFilename, conversions.extension),
          ),
          known11(d.Hashes),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece66(e) +
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
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_Type = textOf(d.Type);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-'
      ? ',"message":"ProcessTampering: ' + c.image.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ProcessTampering","code":"25","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Type":' +
    text_Type +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeFileDeleteDetected(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_TargetFilename = textOf(d.TargetFilename);
  const text_Hashes = textOf(d.Hashes);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileDeleteDetected: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileDeleteDetected","code":"26","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last65(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), known4(d.Hashes)))) +
    ',' +
    piece38(e) +
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
                        both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                        member('"size":', x.file?.size),
                      ),
                      member('"mtime":', x.file?.mtime),
                    ),
                    made('"mode":', x.file?.mode, conversions.octal),
                  ),
                  known('"path":', d.TargetFilename, text_TargetFilename),
                ),
                baseName('"name":', d.TargetFilename, text_TargetFilename),
              ),
              folder('"directory":', d.TargetFilename, text_TargetFilename),
            ),
            made('"extension":', d.TargetFilename, conversions.extension),
          ),
          known11(d.Hashes),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece66(e) +
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
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"eBPFEvent","code":"100","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last68(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece41(e) +
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
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileModify","code":"110","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last33(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(both(last5(e.host, e), piece34(e)), known4(d.Hashes)))) +
    ',' +
    piece38(e) +
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
                        both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                        member('"size":', x.file?.size),
                      ),
                      member('"mtime":', x.file?.mtime),
                    ),
                    made('"mode":', x.file?.mode, conversions.octal),
                  ),
                  known('"path":', d.TargetFilename, text_TargetFilename),
                ),
                baseName('"name":', d.TargetFilename, text_TargetFilename),
              ),
              folder('"directory":', d.TargetFilename, text_TargetFilename),
            ),
            made('"extension":', d.TargetFilename, conversions.extension),
          ),
          known11(d.Hashes),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"ModificationType":' +
    text_ModificationType +
    ',"Hashes":' +
    text_Hashes +
    ',' +
    piece37(e) +
    '}}}'
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
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileRename: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileRename","code":"111","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last33(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
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
                      both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                      member('"size":', x.file?.size),
                    ),
                    member('"mtime":', x.file?.mtime),
                  ),
                  made('"mode":', x.file?.mode, conversions.octal),
                ),
                known('"path":', d.TargetFilename, text_TargetFilename),
              ),
              baseName('"name":', d.TargetFilename, text_TargetFilename),
            ),
            folder('"directory":', d.TargetFilename, text_TargetFilename),
          ),
          made('"extension":', d.TargetFilename, conversions.extension),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"SourceFilename":' +
    text_SourceFilename +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Replaced":' +
    text_Replaced +
    ',"Exchanged":' +
    textOf(d.Exchanged) +
    ',' +
    piece37(e) +
    '}}}'
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
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileLink: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileLink","code":"112","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last55(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
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
                        both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                        member('"size":', x.file?.size),
                      ),
                      member('"mtime":', x.file?.mtime),
                    ),
                    made('"mode":', x.file?.mode, conversions.octal),
                  ),
                  known('"path":', d.TargetFilename, text_TargetFilename),
                ),
                baseName('"name":', d.TargetFilename, text_TargetFilename),
              ),
              folder('"directory":', d.TargetFilename, text_TargetFilename),
            ),
            made('"extension":', d.TargetFilename, conversions.extension),
          ),
          known('"target_path":', d.LinkTarget, text_LinkTarget),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"LinkType":' +
    text_LinkType +
    ',"LinkTarget":' +
    text_LinkTarget +
    ',' +
    piece37(e) +
    '}}}'
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
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileAttributeChange: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileAttributeChange","code":"113","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last33(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
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
                      both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                      member('"size":', x.file?.size),
                    ),
                    member('"mtime":', x.file?.mtime),
                  ),
                  made('"mode":', x.file?.mode, conversions.octal),
                ),
                known('"path":', d.TargetFilename, text_TargetFilename),
              ),
              baseName('"name":', d.TargetFilename, text_TargetFilename),
            ),
            folder('"directory":', d.TargetFilename, text_TargetFilename),
          ),
          made('"extension":', d.TargetFilename, conversions.extension),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
    piece37(e) +
    '}}}'
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
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetFilename === 'string' && d.TargetFilename !== '-'
      ? ',"message":"FileOpen: ' + text_TargetFilename.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FileOpen","code":"114","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last49(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
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
                      both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                      member('"size":', x.file?.size),
                    ),
                    member('"mtime":', x.file?.mtime),
                  ),
                  made('"mode":', x.file?.mode, conversions.octal),
                ),
                known('"path":', d.TargetFilename, text_TargetFilename),
              ),
              baseName('"name":', d.TargetFilename, text_TargetFilename),
            ),
            folder('"directory":', d.TargetFilename, text_TargetFilename),
          ),
          made('"extension":', d.TargetFilename, conversions.extension),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"Access":' +
    text_Access +
    ',"WatchEntry":' +
    text_WatchEntry +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writePrivilegeChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"PrivilegeChange","code":"120","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Operation":' +
    text_Operation +
    ',"PreviousUser":' +
    text_PreviousUser +
    ',' +
    piece37(e) +
    ',"PreviousCapabilities":' +
    text_PreviousCapabilities +
    ',"Capabilities":' +
    text_Capabilities +
    '}}}'
  );
}

function writeNamespaceChange(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"NamespaceChange","code":"121","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
    piece37(e) +
    '}}}'
  );
}

function writeModuleUnload(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_ModuleName = textOf(d.ModuleName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"ModuleUnload: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ModuleUnload","code":"122","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last69(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                member('"size":', x.file?.size),
              ),
              member('"mtime":', x.file?.mtime),
            ),
            made('"mode":', x.file?.mode, conversions.octal),
          ),
          known('"name":', d.ModuleName, text_ModuleName),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"ModuleName":' +
    text_ModuleName +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeMount(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"Mount","code":"123","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last33(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                member('"size":', x.file?.size),
              ),
              member('"mtime":', x.file?.mtime),
            ),
            made('"mode":', x.file?.mode, conversions.octal),
          ),
          known('"path":', d.Target, text_Target),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
    piece37(e) +
    '}}}'
  );
}

function writeMemoryProtect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"MemoryProtect","code":"124","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Operation":' +
    text_Operation +
    ',"Protection":' +
    text_Protection +
    ',"Backing":' +
    text_Backing +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeSignal(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"Signal","code":"125","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(
      object('"related":', both(last5(e.host, e), pair('"user":', p.user, c.user, d.TargetUser, text_TargetUser))),
    ) +
    ',' +
    piece71(e) +
    after(object('"user":', both(piece70(e), object('"target":', known('"name":', d.TargetUser, text_TargetUser))))) +
    after(piece54(e)) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
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
    piece37(e) +
    '}}}'
  );
}

function writeSocketListen(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_Protocol = textOf(d.Protocol);
  const text_Address = textOf(d.Address);
  const text_PortName = textOf(d.PortName);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"SocketListen: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"SocketListen","code":"126","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last72(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(
      object(
        '"network":',
        member('"transport":', x.transport) || made('"transport":', d.Protocol, conversions.lowerCase),
      ),
    ) +
    after(last42(e.extra, e)) +
    after(object('"destination":', both(made('"ip":', d.Address, conversions.address), member('"port":', d.Port)))) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Protocol":' +
    text_Protocol +
    ',"Address":' +
    text_Address +
    ',"Port":' +
    textOf(d.Port) +
    ',"PortName":' +
    text_PortName +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeRawSocket(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_Family = textOf(d.Family);
  const text_Type = textOf(d.Type);
  const text_Protocol = textOf(d.Protocol);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.Image === 'string' && d.Image !== '-' ? ',"message":"RawSocket: ' + c.image.slice(1) : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"RawSocket","code":"127","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last73(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(
      object(
        '"network":',
        member('"transport":', x.transport) || made('"transport":', d.Protocol, conversions.lowerCase),
      ),
    ) +
    after(last42(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Family":' +
    text_Family +
    ',"Type":' +
    text_Type +
    ',"Protocol":' +
    text_Protocol +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeUnixConnect(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const x = e.extra as AnyExtra;
  const text_RuleName = textOf(d.RuleName);
  const text_SocketName = textOf(d.SocketName);
  const text_TargetImage = textOf(d.TargetImage);
  return (
    '{"@timestamp":' +
    text(e.time) +
    (typeof d.TargetImage === 'string' && d.TargetImage !== '-'
      ? ',"message":"UnixConnect: ' + text_TargetImage.slice(1)
      : ',' + row0(e)) +
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"UnixConnect","code":"128","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last50(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      object(
        '"file":',
        both(
          both(
            both(
              both(
                both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                member('"size":', x.file?.size),
              ),
              member('"mtime":', x.file?.mtime),
            ),
            made('"mode":', x.file?.mode, conversions.octal),
          ),
          known('"path":', d.SocketName, text_SocketName),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"SocketName":' +
    text_SocketName +
    ',"TargetProcessGuid":' +
    textOf(d.TargetProcessGuid) +
    ',"TargetProcessId":' +
    textOf(d.TargetProcessId) +
    ',"TargetImage":' +
    text_TargetImage +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeKernelParameter(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"KernelParameter","code":"129","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last74(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"Parameter":' +
    text_Parameter +
    ',"PreviousValue":' +
    text_PreviousValue +
    ',"NewValue":' +
    text_NewValue +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeFailedExecution(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"FailedExecution","code":"131","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last50(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',"process":{' +
    piece75(e) +
    after(
      known('"command_line":', d.CommandLine, text_CommandLine) ||
        shortLine('"command_line":', p.commandLine, c.commandLine),
    ) +
    after(piece76(e)) +
    '}' +
    after(piece46(e)) +
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
                      both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                      member('"size":', x.file?.size),
                    ),
                    member('"mtime":', x.file?.mtime),
                  ),
                  made('"mode":', x.file?.mode, conversions.octal),
                ),
                known('"path":', d.TargetFilename, text_TargetFilename) ||
                  known('"path":', d.TargetFilename, text_TargetFilename),
              ),
              baseName('"name":', d.TargetFilename, text_TargetFilename),
            ),
            folder('"directory":', d.TargetFilename, text_TargetFilename),
          ),
          made('"extension":', d.TargetFilename, conversions.extension),
        ),
      ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"TargetFilename":' +
    text_TargetFilename +
    ',"CommandLine":' +
    text_CommandLine +
    ',"Errno":' +
    text_Errno +
    ',' +
    piece37(e) +
    '}}}'
  );
}

function writeProcessRename(e: SysmonEvent): string {
  const d = e.data as unknown as Record<string, unknown>;
  const p = e.process as ProcessRecord;
  const c = textsOf(p);
  const x = e.extra as AnyExtra;
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
    ',"ecs":{"version":"8.11.0"},"event":{"kind":"event","action":"ProcessRename","code":"132","provider":"Linux-Sysmon","module":"sysmon","dataset":"sysmon.events","sequence":' +
    String(e.recordId) +
    ',' +
    last67(e.extra, e) +
    '},"host":{' +
    last2(e.host, e) +
    after(piece3(e)) +
    '}' +
    after(object('"related":', both(last5(e.host, e), piece34(e)))) +
    ',' +
    piece38(e) +
    after(
      x.file === undefined
        ? ''
        : object(
            '"file":',
            both(
              both(
                both(
                  both(member('"device":', x.file?.dev), member('"inode":', x.file?.inode)),
                  member('"size":', x.file?.size),
                ),
                member('"mtime":', x.file?.mtime),
              ),
              made('"mode":', x.file?.mode, conversions.octal),
            ),
          ),
    ) +
    after(last31(e.techniques, e)) +
    after(
      object(
        '"sysmon":',
        both(
          both(
            both(
              both(
                both(
                  both(both(piece23(e), made('"rules":', e.rules, conversions.ruleNames)), last24(e.extra, e)),
                  piece25(e),
                ),
                last26(e.extra, e),
              ),
              piece27(e),
            ),
            last28(e.extra, e),
          ),
          piece36(e),
        ),
      ),
    ) +
    after(object('"rule":', known('"name":', d.RuleName, text_RuleName))) +
    after(last32(e.extra, e)) +
    ',"winlog":{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":' +
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
    piece30(e) +
    ',"PreviousName":' +
    text_PreviousName +
    ',"NewName":' +
    text_NewName +
    ',"Operation":' +
    text_Operation +
    ',' +
    piece37(e) +
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
