/** DnsQuery where the root of the control groups is out of reach: the sensor starts, sees less, and says so. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmdirSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { capabilities } from '../../../lib/index.js';
import { inMountNamespace, probe, withCapabilities, type Probed } from '../helpers/probe.js';
import { compile, makeFolder, removeFolder } from '../helpers/workspace.js';

let folder: string;
let program: string;

beforeAll(() => {
  folder = makeFolder();
  program = compile('dns-ask.c', join(folder, 'dns-ask'));
  chmodSync(program, 0o755);
});
afterAll(() => removeFolder(folder));

const options = { events: ['ProcessCreate', 'ProcessTerminate', 'DnsQuery'] as const };
/** Asks where nobody answers: the question is seen, if anything is. */
const asking = (name: string): [string, ...string[]] => [program, 'impatient', '127.0.0.1', '53', name, '1'];
const unmount = `awk '$0 ~ / - cgroup2 /{print $5}' /proc/self/mountinfo | while read -r m; do umount -l "$m"; done`;
const dnsOf = (p: Probed) => p.capabilities?.events.find((e) => e.type === 'DnsQuery');
const types = (p: Probed): string[] => p.events.map((e) => e.type).sort();
// Before 5.11 eBPF memory counts against the limit on locked memory, which may not be raised everywhere; no later
// kernel needs it.
const [major, minor] = release().split('.').map(Number) as [number, number];
const memoryLimit = major > 5 || (major === 5 && minor >= 11) ? [] : ['prlimit', '--memlock=unlimited:unlimited'];

function expectLimited(p: Probed, ...words: string[]): void {
  expect(p.error).toBeUndefined();
  expect(p.errors.map((e) => e.ID)).toEqual(['SCOPE']);
  for (const w of words) {
    expect(p.errors[0]?.Description).toContain(w);
    expect(dnsOf(p)?.blindSpots[0]).toContain(w);
  }
}

test('the whole system', () => {
  const p = probe({ options, run: asking('whole.test') });
  expect(p.errors).toEqual([]);
  expect(types(p)).toEqual(['DnsQuery', 'ProcessCreate', 'ProcessTerminate']);
  expect(dnsOf(p)).toMatchObject({ available: true, hook: 'cgroup_skb' });
});

test('cgroup2 is not mounted: everything else is seen', () => {
  const p = probe({ under: inMountNamespace(unmount), options, run: asking('unmounted.test') });
  expectLimited(p, 'cgroup2 is not mounted', 'mount -t cgroup2');
  expect(types(p)).toEqual(['ProcessCreate', 'ProcessTerminate']);
  expect(dnsOf(p)?.available).toBe(false);
});

test('without CAP_NET_ADMIN: everything else is seen', () => {
  const p = probe({
    under: [...memoryLimit, ...withCapabilities('bpf', 'perfmon')],
    options,
    run: asking('unprivileged.test'),
  });
  expectLimited(p, 'CAP_NET_ADMIN');
  expect(types(p)).toEqual(['ProcessCreate', 'ProcessTerminate']);
  expect(dnsOf(p)?.available).toBe(false);
});

test('with CAP_NET_ADMIN, and neither root nor CAP_SYS_ADMIN', () => {
  const p = probe({
    under: [...memoryLimit, ...withCapabilities('bpf', 'perfmon', 'net_admin')],
    options,
    run: asking('privileged.test'),
  });
  expect(p.error).toBeUndefined();
  expect(p.errors).toEqual([]);
  expect(types(p)).toContain('DnsQuery');
});

test('a cgroup namespace of its own: what is inside is seen', () => {
  const { cgroup2 } = capabilities();
  const group = join(cgroup2, `sysmon-test-${process.pid}`);
  mkdirSync(group);
  onTestFinished(() => rmdirSync(group));
  const inside = `${unmount}; mount -t cgroup2 none ${folder}/cgroup; exec "$@"`;
  mkdirSync(join(folder, 'cgroup'));
  const under = [
    'sh',
    '-ec',
    `echo $$ > ${group}/cgroup.procs; exec unshare --cgroup --mount --propagation private sh -ec '${inside.replaceAll("'", `'\\''`)}' sh "$@"`,
    'sh',
  ];
  const p = probe({ under, options, run: asking('inside.test') });
  expectLimited(p, 'one control group and those below it', join(folder, 'cgroup'));
  expect(dnsOf(p)?.available).toBe(true);
  expect(types(p)).toEqual(['DnsQuery', 'ProcessCreate', 'ProcessTerminate']);
  // Out of the group, by the mounts of this process.
  const root = `/proc/${process.pid}/root${cgroup2}/cgroup.procs`;
  const outside = probe({
    under,
    options,
    run: ['sh', '-ec', `echo $$ > ${root}; exec ${asking('outside.test').join(' ')}`],
  });
  expect(outside.status).toBe(0);
  expect(outside.events.map((e) => e.type)).not.toContain('DnsQuery');
  expect(outside.events.some((e) => e.data['Image'] === program)).toBe(true);
});

test('nobody wants it: nothing is loaded, nothing is attached, nothing is said', () => {
  const p = probe({
    under: inMountNamespace(unmount),
    options: { events: ['ProcessCreate', 'ProcessTerminate'] },
    run: asking('unwanted.test'),
  });
  expect(p.errors).toEqual([]);
  const list = (events: readonly string[]): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { Sysmon } from '${new URL('../../../dist/index.js', import.meta.url).href}';
         import { readdirSync, readFileSync } from 'node:fs';
         const s = new Sysmon({ events: ${JSON.stringify(events)}, hash: 'none' });
         await s.start();
         const types = readdirSync('/proc/self/fdinfo').flatMap((f) => { try { return [...readFileSync('/proc/self/fdinfo/' + f, 'utf8').matchAll(/^prog_type:\\s*(\\d+)/gm)].map((m) => m[1]); } catch { return []; } });
         await s.stop();
         console.log(types.filter((t) => t === '8' || t === '18').length);`, // cgroup_skb, cgroup_sock_addr
      ],
      { encoding: 'utf8' },
    ).trim();
  expect(list(['ProcessCreate'])).toBe('0');
  expect(list(['ProcessCreate', 'DnsQuery'])).toBe('6');
});
