/** Which privileges a sensor needs, and what it says where one is missing. */
import { writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { expect, test } from 'vitest';
import {
  memoryLimit,
  memoryLimited,
  needsMemory,
  probe,
  setParanoid,
  withCapabilities,
  type Probed,
  type ProbedEvent,
} from '../helpers/probe.js';

const createOf = (p: Probed): ProbedEvent | undefined => p.events.find((e) => e.type === 'ProcessCreate');

/** The probe ran: it saw its own child begin and end. */
function expectSeen(p: Probed): void {
  expect(p.error).toBeUndefined();
  expect(p.losses).toBe(0);
  // An event that waits for its hash is passed by later ones.
  expect(p.events.map((e) => e.type).sort()).toEqual(['ProcessCreate', 'ProcessTerminate']);
  const create = createOf(p);
  const terminate = p.events.find((e) => e.type === 'ProcessTerminate');
  expect(create?.data).toMatchObject({ ProcessId: p.pid, CommandLine: '/bin/true probed', CurrentDirectory: '/' });
  expect(create?.data['Image']).toMatch(/\/true$/);
  expect(terminate?.extra).toMatchObject({ exitCode: 0 });
}

function expectRefused(p: Probed, code: string, ...words: string[]): void {
  expect(p.started).toBeUndefined();
  expect(p.error).toMatchObject({ name: 'SysmonError', code });
  for (const w of words) expect(p.error?.message).toContain(w);
}

test('root', () => {
  const p = probe();
  expectSeen(p);
  expect(p.capabilities?.supported).toBe(true);
});

test('no privilege at all: the first that is missing is named', () => {
  const p = probe({ under: withCapabilities() });
  expectRefused(p, 'ERR_SYSMON_PERMISSION', 'CAP_BPF', 'Run as root');
  expect(p.capabilities).toMatchObject({ supported: false, failure: { code: 'ERR_SYSMON_PERMISSION' } });
});

test.each([
  ['bpf', 'CAP_PERFMON'],
  ['perfmon', 'CAP_BPF'],
])('CAP_%s alone: %s is named', (held, missing) => {
  expectRefused(probe({ under: withCapabilities(held) }), 'ERR_SYSMON_PERMISSION', `missing privilege ${missing}`);
});

test('CAP_BPF and CAP_PERFMON are enough, and what they leave out is listed', (context) => {
  needsMemory(context);
  const p = probe({ under: [...memoryLimit(), ...withCapabilities('bpf', 'perfmon')], options: { hash: 'SHA256' } });
  expectSeen(p);
  expect(createOf(p)?.data['Hashes']).toMatch(/^SHA256=[0-9a-f]{64}$/);
  expect(createOf(p)?.process).toMatchObject({ uid: 65534, cwd: '/' });
  // The path of a control group is found by its handle, which needs CAP_DAC_READ_SEARCH: the number alone remains.
  expect(p.self?.cgroup).toEqual({ id: expect.stringMatching(/^\d+$/) as string });
  const held = Object.fromEntries((p.capabilities?.privileges ?? []).map((x) => [x.name, x.held]));
  expect(held).toMatchObject({ CAP_BPF: true, CAP_PERFMON: true, CAP_SYS_PTRACE: false, CAP_DAC_READ_SEARCH: false });
});

test('with CAP_DAC_READ_SEARCH, control groups have their paths', (context) => {
  needsMemory(context);
  const p = probe({ under: [...memoryLimit(), ...withCapabilities('bpf', 'perfmon', 'dac_read_search')] });
  expectSeen(p);
  if (p.capabilities?.cgroup2 === '') context.skip('cgroup2 is not mounted here');
  expect(p.self?.cgroup?.path).toMatch(/^\//);
});

test('CAP_SYS_ADMIN stands for both', (context) => {
  needsMemory(context);
  expectSeen(probe({ under: [...memoryLimit(), ...withCapabilities('sys_admin')] }));
});

test('before 5.11, a limit on locked memory is named as the obstacle', (context) => {
  if (!memoryLimited) context.skip(`kernel ${release()} does not count eBPF memory against RLIMIT_MEMLOCK`);
  const p = probe({ under: ['prlimit', '--memlock=65536:65536', ...withCapabilities('bpf', 'perfmon')] });
  expectRefused(p, 'ERR_SYSMON_PERMISSION', 'limit on locked memory', 'LimitMEMLOCK', 'CAP_SYS_RESOURCE');
  // With the capability the sensor raises it itself.
  expectSeen(
    probe({ under: ['prlimit', '--memlock=65536:65536', ...withCapabilities('bpf', 'perfmon', 'sys_resource')] }),
  );
});

test('capabilities of a user namespace are not those of the system', () => {
  expectRefused(
    probe({ under: ['unshare', '--user', '--map-root-user'] }),
    'ERR_SYSMON_PERMISSION',
    'initial user namespace',
  );
});

test('perf_event_paranoid and unprivileged_bpf_disabled do not matter to the privileged', (context) => {
  if (!process.env['SYSMON_VM']) context.skip('changes settings of the whole system: virtual machines only');
  needsMemory(context);
  setParanoid(context, 3);
  writeFileSync('/proc/sys/kernel/unprivileged_bpf_disabled', '2'); // cannot be taken back once it is 1
  expectSeen(probe({ under: [...memoryLimit(), ...withCapabilities('bpf', 'perfmon')] }));
});
