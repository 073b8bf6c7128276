/** What values fields can have: errors by their names, and conditions that can never hold. */
import { describe, expect, it } from 'vitest';
import { errnoName, errnoNumber } from '../../../lib/base/errno.js';
import { checkConfig, compile, parseConfig, warningsOf } from '../../../lib/config/index.js';

const yaml = (event: string, condition: string): string =>
  `rules:\n  - event: ${event}\n    onmatch: include\n    match:\n      - ${condition}`;
const xml = (event: string, line: string): string =>
  `<Sysmon schemaversion="4.90"><EventFiltering><${event} onmatch="include">\n${line}\n</${event}></EventFiltering></Sysmon>`;

const failed = (errno: number | undefined): object => ({
  type: 'NetworkConnect',
  data: { Image: '/usr/bin/nc' },
  extra: errno === undefined ? {} : { errno },
});
const holds = (source: string, errno: number | undefined): boolean =>
  compile(parseConfig(source)).evaluate(failed(errno) as never).verdict === 'log';

describe('errors by name', () => {
  it.each([
    ['ECONNREFUSED', [111]],
    ['econnrefused', [111]],
    ['111', [111]],
    ['{ is any: [ECONNREFUSED, ETIMEDOUT, EHOSTDOWN, 101] }', [111, 110, 112, 101]],
    ['{ eq: ECONNREFUSED }', [111]],
    ['{ ge: ECONNREFUSED }', [111, 112]],
    ['{ is not: ECONNREFUSED }', [undefined, 101, 110, 112]],
    // What is missing is a dash, which is no number.
    ['{ less than: ETIMEDOUT }', [101, undefined]],
  ])('extra.errno: %s', (condition, those) => {
    const source = yaml('NetworkConnect', `extra.errno: ${condition}`);
    expect([undefined, 101, 110, 111, 112].filter((n) => holds(source, n)).sort()).toEqual([...those].sort());
    expect(checkConfig(source)).toEqual([]);
  });

  it('in XML as well', () => {
    const source = xml('NetworkConnect', '<extra.errno condition="is any">ECONNREFUSED;13</extra.errno>');
    expect([1, 13, 111].filter((n) => holds(source, n))).toEqual([13, 111]);
    expect(checkConfig(source)).toEqual([]);
  });

  it('are one list for rules and texts', () => {
    expect(errnoNumber('EHOSTDOWN')).toBe(112);
    expect(errnoName(112)).toBe('EHOSTDOWN');
    expect(errnoName(11)).toMatch(/^(EAGAIN|EWOULDBLOCK)$/);
    expect(errnoName(4095)).toBe('error 4095');
    expect(errnoNumber('EOF')).toBeUndefined();
  });

  it('a name that is none is warned of, with the one that was meant', () => {
    const [found] = checkConfig(yaml('NetworkConnect', 'extra.errno: ECONREFUSED'));
    expect(found).toMatchObject({ severity: 'warning', code: 'number-value', line: 5 });
    expect(found?.message).toMatch(
      /extra.errno is the number of an error, or its name, never 'ECONREFUSED'.*ECONNREFUSED\?/,
    );
    const [wrong] = checkConfig(yaml('NetworkConnect', 'extra.errno: { eq: ECONREFUSED }'));
    expect(wrong).toMatchObject({ severity: 'error', code: 'value' });
  });
});

describe('values that never occur', () => {
  it.each([
    [
      'ProcessCreate',
      'process.stdio.kind: sockets',
      'choice-value',
      "is one of closed, tty, pipe, socket, file, directory, char, block, other, never 'sockets', did you mean socket?",
    ],
    ['ProcessCreate', 'process.parent.stdio.kind: { is any: [tty, sockets] }', 'choice-value', "never 'sockets'"],
    ['ProcessCreate', 'process.ancestors.stdio.kind: { begin with: so/ }', 'choice-value', "never 'so/'"],
    ['ProcessCreate', 'process.stdio.kind: { eq: 3 }', 'choice-value', '"eq" cannot compare it with \'3\''],
    ['ProcessCreate', 'process.memfd: false', 'bool-value', "is true, or '-' where it is not, never 'false'"],
    ['ProcessCreate', 'process.deleted: { is not: 1 }', 'bool-value', "never '1'"],
    ['ProcessCreate', 'process.uid: root', 'number-value', "is a number, never 'root'"],
    ['ProcessCreate', 'process.uid: "007"', 'number-value', "never '007'"],
    ['ProcessCreate', 'extra.hook: sched_exec', 'choice-value', "never 'sched_exec'"],
    ['ProcessCreate', 'ProcessId: { contains any: ["1", x] }', 'number-value', "never 'x'"],
    ['NetworkConnect', 'Initiated: yes', 'bool-value', "is true or false, never 'yes'"],
    ['NetworkConnect', 'Initiated: { is any: [true, ja] }', 'bool-value', "never 'ja'"],
    ['NetworkConnect', 'Protocol: sctp', 'choice-value', "is one of udp, tcp, never 'sctp'"],
    ['NetworkConnect', 'DestinationPort: 70000', 'number-value', "is a number up to 65535, never '70000'"],
    ['NetworkConnect', 'DestinationPort: { less than: http }', 'number-value', '"less than" cannot compare'],
    ['NamespaceChange', 'Operation: fork', 'choice-value', "is one of setns, unshare, clone, never 'fork'"],
    ['FileModify', 'ModificationType: { is not: Writes }', 'choice-value', "never 'Writes', did you mean write"],
    ['PipeEvent', 'EventType: OpenPipe', 'choice-value', "is one of CreatePipe, ConnectPipe, never 'OpenPipe'"],
    ['RawAccessRead', 'extra.access: { end with: execute }', 'choice-value', "never 'execute'"],
    ['ProcessCreate', 'extra.tier: half', 'choice-value', "is one of core, full, never 'half'"],
  ])('%s, %s', (event, condition, code, message) => {
    const source = yaml(event, condition);
    const found = checkConfig(source);
    expect(found.map((d) => [d.severity, d.code, d.line])).toEqual([['warning', code, 5]]);
    expect(found[0]?.message).toContain(message);
    // At start, too.
    const [said] = warningsOf(parseConfig(source));
    expect(said).toMatch(/^rules on values that never occur: 5:9: /);
    expect(said).toContain(message);
    expect(checkConfig(source, { strict: true })[0]?.severity).toBe('error');
  });

  it.each([
    ['ProcessCreate', 'process.stdio.kind: SOCKET'],
    ['ProcessCreate', 'process.stdio.kind: { contains: o }'],
    ['ProcessCreate', 'process.stdio.kind: { regex: "^(tty|pipe)$" }'],
    ['ProcessCreate', 'process.stdio.fd: { le: 1 }'],
    ['ProcessCreate', 'process.tty: anything'],
    ['ProcessCreate', 'process.memfd: { is not: "-" }'],
    ['ProcessCreate', 'process.memfd: True'],
    ['ProcessCreate', 'process.loginUid: { begin with: 10 }'],
    ['ProcessCreate', 'process.env.MODE: fast'],
    ['ProcessCreate', 'process.cgroup.id: abc'],
    ['NetworkConnect', 'DestinationPort: { is any: [22, 65535] }'],
    ['NetworkConnect', 'DestinationPort: { more than: 1024 }'],
    ['NetworkConnect', 'Protocol: TCP'],
    ['PipeEvent', 'EventType: { end with: pipe }'],
    ['NetworkConnect', 'extra.errno: { is: "-" }'],
  ])('not of %s, %s', (event, condition) => {
    const source = yaml(event, condition);
    expect(checkConfig(source)).toEqual([]);
    expect(warningsOf(parseConfig(source))).toEqual([]);
  });

  it('at start names a few, and says how many more there are', () => {
    const rules = Array.from({ length: 5 }, (_, i) => `- process.uid: user${i}`).join('\n      ');
    const [said, ...more] = warningsOf(parseConfig(yaml('ProcessCreate', rules.slice(2))));
    expect(said?.match(/never 'user\d'/g)).toEqual(["never 'user0'", "never 'user1'", "never 'user2'"]);
    expect(said).toMatch(/; and 2 more: 'sysmon config check' lists all$/);
    expect(more).toEqual([]);
  });
});
