import { describe, expect, test } from 'vitest';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createEcs, createText, createWinlogbeat, ecs, formats, winlogbeat } from '../../../lib/serializer/index.js';
import { decorated, everyEvent } from './every-event.js';
import { at, ecsFaults, winlogbeatFaults, type Tree } from './published.js';

describe('ecs', () => {
  test.each(everyEvent.map((e, i) => [`${i} ${e.type}`, e] as const))(
    '%s: names, types and allowed values as published',
    (_, event) => {
      const document = JSON.parse(ecs(event)) as Tree;
      expect(ecsFaults(document)).toEqual([]);
      expect(document['@timestamp']).toBe(event.time);
      expect(at(document, 'ecs.version')).toBe('8.11.0');
      expect(at(document, 'event.kind')).toBe('event');
      expect(at(document, 'event.type')).toBeInstanceOf(Array);
    },
  );

  test('a process that was made', () => {
    const e = everyEvent.find(
      (x) => x.type === 'ProcessCreate' && x.data.CommandLine === 'git init -q repo',
    ) as SysmonEvent & {
      type: 'ProcessCreate';
    };
    const d = JSON.parse(ecs(e)) as Tree;
    expect(d['event']).toMatchObject({
      category: ['process'],
      type: ['start'],
      action: 'ProcessCreate',
      code: '1',
      sequence: e.recordId,
    });
    expect(d['process']).toMatchObject({
      name: 'git',
      executable: '/usr/bin/git',
      pid: e.data.ProcessId,
      entity_id: e.data.ProcessGuid,
      command_line: 'git init -q repo',
      args: ['git', 'init', '-q', 'repo'],
      args_count: 4,
      working_directory: '/home/ann/src',
      start: e.process.startTime,
      hash: {
        sha256: /SHA256=(\w+)/.exec(e.data.Hashes)?.[1],
        md5: /MD5=(\w+)/.exec(e.data.Hashes)?.[1],
        sha1: /SHA1=(\w+)/.exec(e.data.Hashes)?.[1],
      },
      parent: {
        name: 'bash',
        pid: e.data.ParentProcessId,
        entity_id: e.data.ParentProcessGuid,
        command_line: e.data.ParentCommandLine,
      },
      session_leader: { pid: 1201, executable: '/usr/bin/bash' },
    });
    expect(d['user']).toMatchObject({ name: 'root', id: '0' });
    expect(d['related']).toMatchObject({ user: ['root'], hosts: ['host1'] });
    expect(at(d, 'host.boot.id')).toBe(e.process.strongId.split(':')[0]);
    expect(at(d, 'sysmon.ancestors')).toHaveLength([...e.process.ancestors()].length);
  });

  test('a process that ended, a connection, an answer, a deletion', () => {
    const by = (type: string, i = 0): Tree =>
      JSON.parse(ecs(everyEvent.filter((e) => (e.type as string) === type)[i])) as Tree;
    const killed = JSON.parse(
      ecs(everyEvent.find((e) => e.type === 'ProcessTerminate' && e.extra.exitCode === 42) as SysmonEvent),
    ) as Tree;
    expect(at(killed, 'process.exit_code')).toBe(42);
    expect(at(killed, 'process.end')).toBe(killed['@timestamp']);
    const v6Event = everyEvent.find(
      (e) => (e.type as string) === 'NetworkConnect' && (e.data as unknown as Tree)['SourceIsIpv6'] === true,
    );
    const v6 = JSON.parse(ecs(v6Event as SysmonEvent)) as Tree;
    expect(at(v6, 'source.ip')).toBe('::1');
    expect(at(v6, 'network.type')).toBe('ipv6');
    expect(['ingress', 'egress']).toContain(at(v6, 'network.direction'));
    const dns = by('DnsQuery');
    expect(at(dns, 'dns')).toEqual({
      question: { name: 'name.example' },
      response_code: 'NOERROR',
      answers: [
        { type: 'A', data: '192.0.2.1' },
        { type: 'AAAA', data: '2001:db8:0:0:0:0:0:1' },
        { type: 'CNAME', data: 'other.example' },
      ],
      resolved_ip: ['192.0.2.1', '2001:db8::1'],
    });
    expect(at(by('DnsQuery', 1), 'dns.response_code')).toBe('NXDOMAIN');
    expect(at(by('DnsQuery', 2), 'dns.response_code')).toBeUndefined();
    const gone = by('FileDeleteDetected');
    expect(at(gone, 'file')).toMatchObject({
      path: '/tmp/a.tar.gz',
      name: 'a.tar.gz',
      directory: '/tmp',
      extension: 'gz',
      hash: { md5: '19745de4fc7b3d294304756578ddac35' },
    });
    // It is the file that was hashed, not the program that deleted it.
    expect(at(gone, 'process.hash')).toBeUndefined();
    expect(at(by('PipeEvent', 0), 'event.type')).toEqual(['creation']);
    expect(at(by('PipeEvent', 1), 'event.type')).toEqual(['access']);
  });

  test('container, techniques of rules, labels', () => {
    const d = JSON.parse(createEcs({ labels: { site: 'a' } })(decorated)) as Tree;
    expect(d['container']).toEqual({ id: 'c0ffee', name: 'web', runtime: 'containerd' });
    expect(at(d, 'orchestrator.resource.id')).toBe('p-1');
    expect(d['threat']).toEqual({
      framework: 'MITRE ATT&CK',
      tactic: { name: ['execution', 'collection'] },
      technique: {
        id: ['T1059', 'T1005'],
        name: ['Data from Local System'],
        subtechnique: { id: ['T1059.004'], name: ['Unix Shell'] },
      },
    });
    // What merely goes with the type of event says nothing that the type does not say.
    expect(JSON.stringify(d)).not.toContain('T1106');
    expect(d['labels']).toEqual({ site: 'a' });
  });

  test('without the fields of Sysmon under their own names', () => {
    expect(JSON.parse(createEcs({ eventData: false })(decorated))).not.toHaveProperty('winlog');
    expect(() => createEcs({ eventData: 1 } as never)).toThrow(/eventData/);
  });
});

describe('winlogbeat', () => {
  test('names, types and required fields as published', () => {
    for (const e of everyEvent) {
      const d = JSON.parse(winlogbeat(e)) as Tree;
      expect(winlogbeatFaults(d)).toEqual([]);
      expect(Object.keys(at(d, 'winlog.event_data') as Tree)).toEqual(Object.keys(e.data));
    }
  });

  test('one query on the names of Sysmon finds a record of Windows and one of Linux', () => {
    const windows = {
      winlog: {
        channel: 'Microsoft-Windows-Sysmon/Operational',
        event_id: '1',
        event_data: {
          Image: 'C:\\tools\\git.exe',
          CommandLine: 'git init -q repo',
          ParentImage: 'C:\\tools\\bash.exe',
          ProcessId: '3616',
          User: 'HOST\\ann',
        },
      },
    };
    const finds = (d: unknown, query: Record<string, RegExp>): boolean =>
      Object.entries(query).every(([path, p]) => p.test(at(d, path) as string));
    const query = {
      'winlog.channel': /Sysmon\/Operational$/,
      'winlog.event_id': /^1$/,
      'winlog.event_data.CommandLine': /git init/,
      'winlog.event_data.ParentImage': /[\\/]bash(\.exe)?$/,
      'winlog.event_data.ProcessId': /^\d+$/,
    };
    expect(finds(windows, query)).toBe(true);
    for (const format of [winlogbeat, ecs]) {
      const linux = everyEvent.map((e) => JSON.parse(format(e)) as Tree);
      const found = linux.filter((d) => finds(d, query));
      expect(found).toHaveLength(1);
      expect(at(found[0], 'winlog.event_data.Image')).toBe('/usr/bin/git');
    }
  });

  test('container, techniques of rules, labels', () => {
    const d = JSON.parse(
      createWinlogbeat({ labels: { site: 'a' }, fieldSizes: { CommandLine: 6 } })(decorated),
    ) as Tree;
    expect(d['container']).toEqual({ id: 'c0ffee', name: 'web', runtime: 'containerd' });
    expect(at(d, 'threat.technique.subtechnique.id')).toEqual(['T1059.004']);
    expect(d['labels']).toEqual({ site: 'a' });
    expect(at(d, 'winlog.event_data.CommandLine')).toBe('git...');
    expect(at(d, 'sysmon.ancestors.0.executable')).toBe('/usr/bin/bash');
  });
});

// A recording may name any type: also what every object has.
test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
  'a type called %s is one that is not known',
  (type) => {
    const event = { ...everyEvent[0], type, id: 4711, data: { A: '1' } } as unknown as SysmonEvent;
    for (const [format, create] of Object.entries(formats)) {
      const unknown = create()({ ...event, type: 'OfLaterVersion' } as unknown as SysmonEvent).replaceAll(
        'OfLaterVersion',
        type,
      );
      // The text format pads names.
      expect(create()(event).replace(/ +/g, ' '), format).toBe(unknown.replace(/ +/g, ' '));
    }
    const coloured = createText({ colour: true })(event);
    expect(coloured).not.toContain('undefined');
  },
);
