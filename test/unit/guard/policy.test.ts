/** Policies: what they allow and deny, and what is wrong with one. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../../lib/config/index.js';
import { Guard, loadPolicy, parsePolicy, type Policy } from '../../../lib/guard/index.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { makeEvent, type ProcessParts } from '../../../lib/testing/index.js';

const options = { project: '/srv/app', home: '/home/ann', path: '/nowhere' };
const policy = (text: string): Policy => parsePolicy(text, options);
const broken = (by: Policy, event: SysmonEvent): string[] =>
  by.judge(event).map(({ section, list, line }) => `${section}.${list}:${line}`);
const run = (Image: string, process: ProcessParts = {}, Hashes = '-'): SysmonEvent =>
  makeEvent('ProcessCreate', { data: { Image, Hashes }, process });
const write = (TargetFilename: string): SysmonEvent => makeEvent('FileCreate', { data: { TargetFilename } });
const connect = (
  DestinationIp: string,
  DestinationPort: number,
  DestinationHostname = '-',
  Initiated = true,
): SysmonEvent =>
  makeEvent('NetworkConnect', { data: { Initiated, DestinationIp, DestinationPort, DestinationHostname } });

test('connections: names, networks, ports, IPv6, and what others opened', () => {
  const by = policy(`connect:
  allow:
    - registry.example:443
    - '*.cdn.example'
    - 10.0.0.0/8:8000-8099
    - '[fd00::/8]:443'
    - '::1'
    - '*:9418'
  deny:
    - 10.6.6.6
`);
  const is = (...parts: Parameters<typeof connect>): string[] => broken(by, connect(...parts));
  expect(is('192.0.2.1', 443, 'registry.example')).toEqual([]);
  expect(is('192.0.2.1', 443, 'REGISTRY.example')).toEqual([]);
  expect(is('192.0.2.1', 80, 'registry.example')).toEqual(['connect.allow:2']);
  expect(is('192.0.2.1', 443, 'registry.example.evil.example')).toEqual(['connect.allow:2']);
  expect(is('192.0.2.1', 443, 'registryXexample')).toEqual(['connect.allow:2']);
  expect(is('192.0.2.1', 5, 'a.cdn.example')).toEqual([]);
  expect(is('10.1.2.3', 8099)).toEqual([]);
  expect(is('10.1.2.3', 8100)).toEqual(['connect.allow:2']);
  expect(is('10.6.6.6', 8001)).toEqual(['connect.deny:10']);
  expect(is('fd00:0:0:0:0:0:0:1', 443)).toEqual([]);
  expect(is('fe80:0:0:0:0:0:0:1', 443)).toEqual(['connect.allow:2']);
  expect(is('0:0:0:0:0:0:0:1', 1)).toEqual([]);
  expect(is('192.0.2.9', 9418)).toEqual([]);
  expect(is('192.0.2.9', 1, '-', false)).toEqual([]);
  // Sockets of the file system are not spoken of, until they are.
  const unix = makeEvent('UnixConnect', { data: { SocketName: '/run/docker.sock' } });
  expect(broken(by, unix)).toEqual([]);
  expect(broken(policy('connect: { deny: ["unix:/run/*.sock"] }'), unix)).toEqual(['connect.deny:1']);
  expect(broken(policy('connect: { allow: ["unix:/run/*.sock"] }'), unix)).toEqual([]);
  expect(broken(policy('connect: { allow: ["unix:/x"] }'), unix)).toEqual(['connect.allow:1']);
});

test('an empty list allows nothing, and a section that is absent says nothing', () => {
  const none = policy('connect: { allow: [] }\nwrite: { allow: [] }\nexecute: { allow: [] }');
  expect(broken(none, connect('127.0.0.1', 1))).toEqual(['connect.allow:1']);
  expect(broken(none, write('/srv/app/x'))).toEqual(['write.allow:2']);
  expect(broken(none, makeEvent('FileModify', { data: { TargetFilename: '/x' } }))).toEqual(['write.allow:2']);
  expect(broken(none, makeEvent('FileModify', { data: { TargetFilename: '/dev/null' } }))).toEqual([]);
  expect(broken(none, run('/bin/x'))).toEqual(['execute.allow:3']);
  expect(broken(none, makeEvent('DnsQuery'))).toEqual([]);
  expect(none.events).not.toContain('DnsQuery');
});

test('paths: globs, folders, home, case, links', () => {
  const by = policy(`write:
  allow: [./dist/**, '~/.cache/', 'build-?.log', /opt/*/x, '/var/{log,spool}/a']`);
  const is = (path: string): number => broken(by, write(path)).length;
  for (const good of [
    '/srv/app/dist',
    '/srv/app/dist/a',
    '/srv/app/dist/a/b',
    '/home/ann/.cache/x/y',
    '/srv/app/build-1.log',
    '/opt/z/x',
    '/var/log/a',
    '/var/spool/a',
  ])
    expect(is(good), good).toBe(0);
  for (const bad of [
    '/srv/app/dist2',
    '/srv/app/Dist/a',
    '/home/ann/.cache2/x',
    '/srv/app/build-12.log',
    '/opt/z/y/x',
    '/opt/x',
    '/var/lib/a',
    '/x/srv/app/dist/a',
    '/srv/app/dist/../../../etc/passwd\n/srv/app/dist/a'.replace('/srv', '/etc'),
  ])
    expect(is(bad), bad).toBe(1);

  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sysmon-policy-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'link'));
  writeFileSync(join(folder, 'real/tool'), '', { mode: 0o755 });
  symlinkSync('tool', join(folder, 'real/short'));
  const linked = parsePolicy('write: { allow: [link/**] }\nexecute: { allow: [short] }', {
    project: folder,
    path: join(folder, 'link'),
  });
  expect(broken(linked, write(join(folder, 'real/x')))).toEqual([]);
  expect(broken(linked, run(join(folder, 'real/tool')))).toEqual([]);
  expect(broken(linked, run(join(folder, 'real/tools')))).toEqual(['execute.allow:2']);
});

test('programs by name and by digest, and who is excepted', () => {
  const digest = 'ab'.repeat(32);
  const by = policy(`execute:
  deny:
    - curl
    - sha256:${digest}
    - match: [nc, 'python*']
      unless: { parent: /usr/bin/make }
    - match: node
      unless:
        ancestor: npm
        package: [esbuild, '@scope/*']
    - when:
        all:
          - CommandLine: { contains: --insecure }
          - not: { User: root }
      unless: { program: /usr/bin/wget }
`);
  expect(broken(by, run('/usr/bin/curl'))).toEqual(['execute.deny:3']);
  expect(broken(by, run('/usr/bin/curl2'))).toEqual([]);
  expect(broken(by, run('/x', {}, `MD5=1,SHA256=${digest.toUpperCase()}`))).toEqual(['execute.deny:4']);
  expect(broken(by, run('/x', {}, `SHA256=${'cd'.repeat(32)}`))).toEqual([]);
  expect(by.hashes).toEqual(['SHA256']);
  expect(broken(by, run('/usr/bin/python3'))).toEqual(['execute.deny:5']);
  expect(broken(by, run('/usr/bin/nc', { parent: { image: '/usr/bin/make' } }))).toEqual([]);
  expect(
    broken(by, run('/usr/bin/nc', { parent: { image: '/usr/bin/sh', parent: { image: '/usr/bin/make' } } })),
  ).toEqual(['execute.deny:5']);
  const deep = { image: '/usr/bin/sh', parent: { image: '/usr/bin/npm' } };
  expect(broken(by, run('/usr/bin/node', { parent: deep, npm: { package: '@scope/x' } }))).toEqual([]);
  expect(broken(by, run('/usr/bin/node', { parent: deep, npm: { package: 'x' } }))).toEqual(['execute.deny:7']);
  const insecure = { data: { Image: '/usr/bin/x', CommandLine: 'x --insecure', User: 'ann' } };
  expect(broken(by, makeEvent('ProcessCreate', insecure))).toEqual(['execute.deny:11']);
  expect(broken(by, makeEvent('ProcessCreate', { data: { ...insecure.data, User: 'root' } }))).toEqual([]);
  expect(broken(by, makeEvent('ProcessCreate', { data: { ...insecure.data, Image: '/usr/bin/wget' } }))).toEqual([]);
});

test('a script is what is executed, whatever interprets it', () => {
  const script = (by: string): string[] =>
    broken(policy(`execute: ${by}`), run('/usr/bin/dash', { script: '/srv/app/x/tool' }, `SHA256=${'AB'.repeat(32)}`));
  expect(script('{ allow: [dash] }')).toEqual(['execute.allow:1']);
  expect(script(`{ allow: [sha256:${'ab'.repeat(32)}] }`)).toEqual(['execute.allow:1']);
  expect(script('{ allow: [./x/**] }')).toEqual([]);
  expect(script('{ allow: [tool] }')).toEqual([]);
  expect(script('{ deny: [dash] }')).toEqual(['execute.deny:1']);
  expect(script('{ deny: [./x/*] }')).toEqual(['execute.deny:1']);
  expect(script('{ deny: [./y/*] }')).toEqual([]);
});

test('questions, privileges, modules', () => {
  const by = policy(`resolve: { allow: ['*.example', example] }
privilege: { deny: [setuid, 'user:root', CAP_NET_RAW] }
module: { deny: [dummy-x], unless: { program: /usr/bin/loader } }`);
  const ask = (QueryName: string): string[] => broken(by, makeEvent('DnsQuery', { data: { QueryName } }));
  expect([ask('a.EXAMPLE'), ask('example'), ask('a.example.com')]).toEqual([[], [], ['resolve.allow:1']]);
  const change = (data: object, extra = {}): string[] =>
    broken(
      by,
      makeEvent('PrivilegeChange', {
        data: {
          Operation: 'exec',
          PreviousUser: 'ann',
          User: 'ann',
          PreviousCapabilities: 'none',
          Capabilities: 'none',
          ...data,
        },
        extra,
      }),
    );
  expect(change({})).toEqual([]);
  expect(change({ Operation: 'setuid' })).toEqual(['privilege.deny:2']);
  expect(change({ Operation: 'setuid' }, { drop: true })).toEqual([]);
  expect(change({ User: 'root' })).toEqual(['privilege.deny:2']);
  expect(change({ User: 'root', PreviousUser: 'root' })).toEqual([]);
  expect(change({ Capabilities: 'CAP_CHOWN,CAP_NET_RAW' })).toEqual(['privilege.deny:2']);
  expect(change({ Capabilities: 'CAP_NET_RAW', PreviousCapabilities: 'CAP_NET_RAW' })).toEqual([]);
  const load = (name: string, image: string): string[] =>
    broken(
      by,
      makeEvent('ModuleLoad', {
        data: { ImageLoaded: `/x/${name}.ko` },
        extra: { module: { name } },
        process: { image },
      }),
    );
  expect(load('dummy_x', '/usr/bin/kmod')).toEqual(['module.deny:3']);
  expect(load('dummy_x', '/usr/bin/loader')).toEqual([]);
  expect(load('dummy', '/usr/bin/kmod')).toEqual([]);
});

test.each([
  ['', '1:1: the policy is empty'],
  ['- a', '1:1: a policy is a mapping of connect, resolve, execute, write, read, privilege, module'],
  ['{}', '1:1: a policy that says nothing allows everything'],
  ['read: { deny: ["**/id_rsa"] }', "1:16: '**/id_rsa' cannot be watched as **: expected an absolute path"],
  [
    `read: { deny: [${Array.from({ length: 33 }, (_, i) => `/x/${i}`).join(', ')}] }`,
    '1:1: read.deny: at most 32 paths',
  ],
  ['conect: { allow: [x] }', '1:1: a policy has no section conect, did you mean connect?'],
  ['connect:\n  alow: [x]', '2:3: connect has no key alow, did you mean allow?'],
  ['connect: {}', '1:1: connect needs allow or deny'],
  ['connect: { allow: x }', '1:19: connect.allow must be a list'],
  ['connect:\n  allow:\n    - 300.1.2.3', "3:7: '300.1.2.3': '300.1.2.3' is no address, and no name"],
  ['connect: { allow: [10.0.0.0/33] }', "1:20: '10.0.0.0/33': '10.0.0.0/33' is no network"],
  ['connect: { allow: ["a:99999"] }', "1:20: 'a:99999': '99999' is no port"],
  ['connect: { allow: ["a:1:2"] }', "1:20: 'a:1:2' is neither a name nor an address"],
  ['execute: { deny: ["sha256:abc"] }', "1:19: 'sha256:abc': a digest of SHA256 has 64 digits, not 3"],
  ['execute: { deny: ["a{b"] }', "1:19: a '{' is not closed"],
  ['execute: { deny: [{ math: a }] }', '1:19: an item of execute is a path, the name of a program'],
  ['execute: { deny: [{ match: a, when: { Image: b } }] }', '1:19: an item has match or when, not both'],
  ['execute: { deny: [{ when: { Imag: b } }] }', '1:27: ProcessCreate has no field Imag, did you mean Image?'],
  [
    'execute: { deny: [{ match: a, unless: { prent: b } }] }',
    '1:41: unless: unless has no key prent, did you mean parent?',
  ],
  ['execute: { deny: [{ match: [] }] }', '1:28: match: the list is empty'],
  ['write: { allow: [""] }', '1:18: a pattern has 1 to 1024 characters'],
  ['write: { allow: [~] }', '1:18: an item of write is a path'],
  ['write: [', '1:'],
])('is wrong: %s', (text, said) => {
  let error: unknown;
  try {
    policy(text);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as Error).message).toContain(said);
});

test('what is wrong in a call', () => {
  expect(() => loadPolicy('/nowhere/p.yml')).toThrow(/cannot read the policy '\/nowhere\/p.yml'/);
  expect(() => parsePolicy(3 as never)).toThrow(/expected the text of a policy, got 3/);
  expect(() => parsePolicy('a', { projct: '/' } as never)).toThrow(/unknown option 'projct'/);
  expect(() => parsePolicy('a', { project: 3 } as never)).toThrow(/project: expected a text, got 3/);
});

test('a guard tells each thing once, counts, and is bounded', () => {
  const told: string[] = [];
  const guard = new Guard(policy('execute: { deny: [curl, "x*"] }'), {
    maxBreaches: 2,
    onBreach: ({ what }) => told.push(what),
  });
  const npm = { package: 'esbuild', version: '0.25.0', event: 'postinstall' };
  const first = run('/usr/bin/curl', { npm, pid: 7 });
  for (const event of [first, first, run('/x1'), run('/x2'), run('/ok')]) guard.see(event);
  expect(told).toEqual(['/usr/bin/curl', '/x1']);
  expect(guard.more).toBe(1);
  expect(guard.breaches.map(({ what, count, package: by, rule }) => [what, count, by, rule.text])).toEqual([
    ['/usr/bin/curl', 2, 'esbuild@0.25.0 postinstall', 'curl'],
    ['/x1', 1, undefined, 'x*'],
  ]);
});

test('files that are read: paths, other names of them, and what is to be watched for it', () => {
  const by = policy('read:\n  allow: [./**, ~/.npmrc]\n  deny:\n    - ~/.ssh/**\n    - "/etc/{app,other}/*.k?y"\n');
  const open = (TargetFilename: string, Access = 'read', WatchEntry = '-', byInode?: true): string[] =>
    broken(by, makeEvent('FileOpen', { data: { TargetFilename, Access, WatchEntry }, extra: byInode && { byInode } }));
  expect(by.events).toEqual(['FileOpen']);
  expect(by.watchFiles).toEqual(['default', '/home/ann/.ssh/**', '/etc/app/*.k*y', '/etc/other/*.k*y']);
  expect(open('/home/ann/.npmrc')).toEqual([]);
  expect(open('/srv/app/.env')).toEqual([]);
  expect(open('/etc/shadow')).toEqual(['read.allow:2']);
  expect(open('/etc/shadow', 'readWrite')).toEqual(['read.allow:2']);
  expect(open('/etc/shadow', 'write')).toEqual([]);
  expect(open('/etc/shadow', 'none')).toEqual([]);
  expect(open('/home/ann/.ssh/id_rsa')).toEqual(['read.deny:4', 'read.allow:2']);
  expect(open('/etc/app/a.key')).toEqual(['read.deny:5', 'read.allow:2']);
  expect(open('/etc/app/a.kkky')).toEqual(['read.allow:2']);
  // A hard link within the project.
  expect(open('/srv/app/link', 'read', '/home/ann/.ssh/**', true)).toEqual(['read.deny:4']);
  expect(open('/srv/app/link', 'read', '/home/ann/.ssh/**')).toEqual([]);
});
