import { describe, expect, test } from 'vitest';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createOcsf, createSerializer, formats, ocsf } from '../../../lib/serializer/index.js';
import { decorated, everyEvent } from './every-event.js';
import { ocsfFaults, type Tree } from './published.js';

describe('ocsf', () => {
  test.each(everyEvent.map((e, i) => [`${i} ${e.type}`, e] as const))(
    '%s: class, attributes, types and enums as published',
    (_, event) => {
      expect(ocsfFaults(JSON.parse(ocsf(event)) as Tree)).toEqual([]);
    },
  );

  test('a process that was launched', () => {
    const e = everyEvent.find(
      (x) => x.type === 'ProcessCreate' && x.data.CommandLine === 'git init -q repo',
    ) as SysmonEvent & {
      type: 'ProcessCreate';
    };
    const d = JSON.parse(ocsf(e)) as Tree;
    expect(d).toMatchObject({
      class_uid: 1007,
      activity_name: 'Launch',
      time: Date.parse(e.time),
      process: {
        pid: e.data.ProcessId,
        uid: e.data.ProcessGuid,
        name: 'git',
        cmd_line: 'git init -q repo',
        file: { path: '/usr/bin/git', name: 'git', parent_folder: '/usr/bin', type_id: 1 },
        parent_process: { pid: e.data.ParentProcessId, name: 'bash' },
        user: { name: 'root', uid: '0' },
      },
      // The one that launched it.
      actor: { process: { pid: e.data.ParentProcessId, cmd_line: e.data.ParentCommandLine }, user: { name: 'root' } },
      unmapped: { LogonId: '0', IntegrityLevel: 'no level' },
    });
    const { file, ancestry } = d['process'] as { file: Tree; ancestry: Tree[] };
    expect(file['hashes']).toEqual([
      { algorithm: 'SHA-1', algorithm_id: 2, value: /SHA1=(\w+)/.exec(e.data.Hashes)?.[1] },
      { algorithm: 'MD5', algorithm_id: 1, value: /MD5=(\w+)/.exec(e.data.Hashes)?.[1] },
      { algorithm: 'SHA-256', algorithm_id: 3, value: /SHA256=(\w+)/.exec(e.data.Hashes)?.[1] },
    ]);
    expect(ancestry.map((a) => a['pid'])).toEqual([...e.process.ancestors()].map((a) => a.pid));
  });

  test('ancestors that are threads of the kernel have neither name nor command line', () => {
    const e = everyEvent.find((x) => x.type === 'ProcessTerminate') as SysmonEvent & { type: 'ProcessTerminate' };
    const thread = { pid: 2, guid: e.process.guid, image: '-', commandLine: '-' };
    const process = ProcessRecord.revive({ ...e.process }, ProcessRecord.revive(thread, undefined));
    const d = JSON.parse(ocsf({ ...e, process })) as { process: { ancestry: Tree[] } };
    expect(d.process.ancestry).toEqual([{ pid: 2, uid: thread.guid }]);
    expect(ocsfFaults(d)).toEqual([]);
  });

  test('every field of Sysmon that says something is somewhere in the document', () => {
    for (const e of everyEvent) {
      const document = ocsf(e);
      for (const [name, value] of Object.entries(e.data) as [string, unknown][]) {
        if (value === '-' || value === '{00000000-0000-0000-0000-000000000000}' || typeof value === 'boolean') continue;
        // These are written in another form.
        if (
          [
            'UtcTime',
            'CreationUtcTime',
            'Hashes',
            'SourceIp',
            'DestinationIp',
            'QueryResults',
            'QueryStatus',
            'State',
            'EventType',
          ].includes(name)
        )
          continue;
        expect(document, `${e.type} ${name}`).toContain(JSON.stringify(value).replace(/^"|"$/g, ''));
      }
    }
  });

  test('activities that depend on what the event says', () => {
    const of = (type: string): [number, string][] =>
      everyEvent
        .filter((e) => (e.type as string) === type)
        .map(
          (e) =>
            (({ activity_id, activity_name }) => [activity_id, activity_name])(JSON.parse(ocsf(e)) as never) as [
              number,
              string,
            ],
        );
    expect(of('ServiceStateChange')).toEqual([
      [3, 'Start'],
      [4, 'Stop'],
    ]);
    expect(of('PipeEvent')).toEqual([
      [1, 'Create'],
      [14, 'Open'],
    ]);
    expect(of('DnsQuery')).toEqual([
      [2, 'Response'],
      [2, 'Response'],
      [1, 'Query'],
    ]);
    expect(of('NetworkConnect').at(-1)).toEqual([4, 'Fail']);
  });

  test('container, techniques of rules, labels', () => {
    const d = JSON.parse(createOcsf({ labels: { site: 'a' } })(decorated)) as Tree;
    expect(d).toMatchObject({
      process: { container: { uid: 'c0ffee', name: 'web', runtime: 'containerd', pod_uuid: 'p-1' } },
      metadata: { profiles: ['host', 'container', 'security_control'], tags: [{ name: 'site', value: 'a' }] },
      attacks: [
        {
          tactics: [{ name: 'execution' }],
          technique: { uid: 'T1059' },
          sub_technique: { uid: 'T1059.004', name: 'Unix Shell' },
        },
        { tactics: [{ name: 'collection' }], technique: { uid: 'T1005', name: 'Data from Local System' } },
      ],
    });
    expect(JSON.stringify(d)).not.toContain('T1106');
    expect(ocsfFaults(d)).toEqual([]);
  });
});

describe('formats by name', () => {
  test('each makes a document of every event, and one line of it', () => {
    for (const name of Object.keys(formats)) {
      const write = createSerializer(name);
      for (const e of everyEvent) {
        const document = write(e);
        expect(document.length).toBeGreaterThan(20);
        expect(document).not.toMatch(/[\n\r]/);
        if (!['text', 'xml'].includes(name)) JSON.parse(document);
        // Pure: once more gives the same.
        expect(write(e)).toBe(document);
      }
    }
  });

  test('an unknown one is refused', () => {
    expect(() => createSerializer('yaml')).toThrow(/no format 'yaml'.*json/);
    expect(() => createSerializer('constructor')).toThrow(/no format/);
    expect(() => createSerializer('ocsf', { sizes: 1 } as never)).toThrow(/serializer ocsf: unknown option/);
  });
});
