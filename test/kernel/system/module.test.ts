/**
 * ModuleLoad and ModuleUnload: a module of the running kernel, loaded in every way there is, against what /sys/module
 * says of it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, type TestContext } from 'vitest';
import { capabilities, type SysmonEventMap } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

type Load = SysmonEventMap['ModuleLoad'];
type Unload = SysmonEventMap['ModuleUnload'];

useSensor(['ModuleLoad', 'ModuleUnload'], { hash: 'SHA256', hashTimeoutMs: 10_000 });

/** Makes network devices that lead nowhere; nothing needs it. */
const name = 'dummy';
const inKernel = `/sys/module/${name}`;
/** Of a kernel with modules: what it has before the sensor starts. */
const namesOf = (list: string): string[] => list.split('\n').flatMap((line) => /^\S+/.exec(line) ?? []);
const before = existsSync('/proc/modules') ? namesOf(readFileSync('/proc/modules', 'utf8')) : [];
let calls: string;
/** A copy that every way of loading reads, however the kernel's own is packed; empty: there is none. */
let file = '';

beforeAll(() => {
  calls = compile(new URL('../system/modules.c', import.meta.url), join(folder, 'calls'));
  const found = spawnSync('modinfo', ['-n', name], { encoding: 'utf8' });
  const original = found.status === 0 ? found.stdout.trim() : '';
  if (!existsSync(original)) return;
  const unpack = /\.xz$/.test(original) ? 'xz' : /\.zst$/.test(original) ? 'zstd' : 'cat';
  file = join(folder, `${name}.ko`);
  writeFileSync(file, execFileSync(unpack, unpack === 'cat' ? [original] : ['-dc', original]));
});
afterAll(() => {
  if (file !== '') spawnSync('rmmod', [name]);
});

function needsModules(context: TestContext): void {
  if (!existsSync('/proc/modules')) context.skip('this kernel has no support for modules');
}
function needsModule(context: TestContext): void {
  needsModules(context);
  if (file === '') context.skip(`there is no module ${name} for this kernel`);
}

/** What the kernel says of the module while it is there. */
const truth = (): object => {
  const taints = readFileSync(`${inKernel}/taint`, 'utf8').trim();
  return {
    Signed: String(!taints.includes('E')),
    SignatureStatus: taints.includes('E') ? 'Unavailable' : 'Valid',
    module: {
      name,
      size: Number(readFileSync(`${inKernel}/coresize`, 'utf8')),
      ...(taints === '' ? {} : { taints: [...taints].sort().join('') }),
    },
  };
};
/** The same of an event; letters in the order of the alphabet. */
const said = ({ data, extra }: Load): object => {
  const { taints, ...module } = { ...extra.module, arguments: undefined };
  return {
    Signed: data.Signed,
    SignatureStatus: data.SignatureStatus,
    module: { ...module, ...(taints === undefined ? {} : { taints: [...taints].sort().join('') }) },
  };
};

/** Runs a program to its end: what it printed, and the events of modules that it made, which are one at least. */
async function perform(
  command: string,
  ...args: string[]
): Promise<{ pid: number; out: string; events: (Load | Unload)[] }> {
  const r = run(command, args);
  const { stdout, stderr } = await r.ended;
  expect(stderr).toBe('');
  await seen.terminated(r.pid);
  const made = (): (Load | Unload)[] =>
    seen.events.filter(
      (e): e is Load | Unload => (e.type === 'ModuleLoad' || e.type === 'ModuleUnload') && e.process.pid === r.pid,
    );
  // A load waits for the digest of its file, and the end of the program does not wait for that.
  if (!args.includes('-n')) await expect.poll(() => made().length, { timeout: 15_000 }).toBeGreaterThan(0);
  return { pid: r.pid, out: stdout.trim(), events: made() };
}
const sha256 = (): string => `SHA256=${createHash('sha256').update(readFileSync(file)).digest('hex').toUpperCase()}`;

test('a kernel without modules says so', () => {
  const said = capabilities().events.filter((e) => e.type === 'ModuleLoad' || e.type === 'ModuleUnload');
  expect(said.map((e) => e.available)).toEqual([existsSync('/proc/modules'), existsSync('/proc/modules')]);
});

test('loaded from a file and unloaded, with every field', async (context) => {
  needsModule(context);
  const loaded = await perform(calls, 'load', file, 'numdummies=0');
  expect(loaded.out).toBe('0');
  const created = await seen.created(loaded.pid);
  const [event, ...more] = loaded.events as [Load, ...Load[]];
  expect(more).toEqual([]);
  expect(said(event)).toEqual(truth());
  expect(event.process).toBe(created.process);
  expect({ ...event, process: undefined, recordId: 0 }).toMatchObject({
    type: 'ModuleLoad',
    id: 6,
    recordId: 0,
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: event.time.replace('T', ' ').slice(0, 23),
      ImageLoaded: file,
      Signature: '-',
    },
    extra: { hook: 'sys_exit_finit_module', tier: 'core', module: { arguments: 'numdummies=0' } },
  });
  expect(event.data.Hashes.toUpperCase()).toBe(sha256());
  expect(event.extra.errno).toBeUndefined();
  expect(event.extra.file?.size).toBe(readFileSync(file).length);
  expect(event.techniques.map((t) => t.id)).toEqual(['T1547.006', 'T1014']);

  const again = await perform(calls, 'load', file, '');
  expect(again.out).toBe(String(constants.errno.EEXIST));
  expect(again.events.map((e) => [e.type, e.extra.errno])).toEqual([['ModuleLoad', constants.errno.EEXIST]]);

  const unloaded = await perform(calls, 'unload', name);
  expect(unloaded.out).toBe('0');
  const gone = unloaded.events as Unload[];
  expect(gone.map((e) => e.data)).toEqual([
    {
      RuleName: '-',
      UtcTime: gone[0]?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: gone[0]?.process.guid,
      ProcessId: unloaded.pid,
      Image: calls,
      ModuleName: name,
      User: 'root',
    },
  ]);
  expect(gone[0]?.extra).toEqual({ hook: 'sys_exit_delete_module', tier: 'core' });
  expect(existsSync(inKernel)).toBe(false);
});

test('loaded from memory', async (context) => {
  needsModule(context);
  const loaded = await perform(calls, 'memory', file, '');
  expect(loaded.out).toBe('0');
  const [event] = loaded.events as [Load];
  expect(said(event)).toEqual(truth());
  expect(event.data).toMatchObject({ ImageLoaded: '-', Hashes: '-' });
  expect(event.extra).toMatchObject({ hook: 'sys_exit_init_module' });
  await perform('rmmod', name);
  expect(existsSync(inKernel)).toBe(false);
});

test('loaded by modprobe, unloaded by rmmod, and loaded again', async (context) => {
  needsModule(context);
  for (let i = 0; i < 2; i++) {
    const loaded = await perform('modprobe', name);
    expect((loaded.events as Load[]).map(said)).toEqual([truth()]);
    expect(loaded.events.map((e) => e.extra['requested' as never])).toEqual([undefined]);
    const unloaded = await perform('rmmod', name);
    expect((unloaded.events as Unload[]).map((e) => e.data.ModuleName)).toEqual([name]);
  }
  expect((await perform('modprobe', '-n', name)).events).toEqual([]);
});

test('loaded because the kernel asked for it', async (context) => {
  needsModule(context);
  const before = seen.events.length;
  const device = `sm${process.pid}`;
  execFileSync('ip', ['link', 'add', device, 'type', name], { stdio: 'pipe' });
  const expected = truth();
  execFileSync('ip', ['link', 'del', device], { stdio: 'pipe' });
  const event = await seen.find('ModuleLoad', (e) => e.extra.module?.name === name && seen.events.indexOf(e) >= before);
  expect(said(event)).toEqual(expected);
  expect(event.extra.requested).toBe(true);
  expect(event.process.image).toMatch(/\/(modprobe|kmod)$/);
  expect(event.process.parent?.kernelThread).toBe(true);
  await perform('rmmod', name);
});

test('what the kernel refuses has an errno', async (context) => {
  needsModules(context);
  const text = join(folder, 'no-module.ko');
  writeFileSync(text, 'no module');
  const { errno } = constants;
  const attempts: [string[], string, number, string][] = [
    [['load', text, ''], 'sys_exit_finit_module', errno.ENOEXEC, text],
    [['load', join(folder, 'absent'), ''], 'sys_exit_finit_module', errno.EBADF, '-'],
    [['memory', text, ''], 'sys_exit_init_module', errno.ENOEXEC, '-'],
    [['unload', 'no_such_module'], 'sys_exit_delete_module', errno.ENOENT, 'no_such_module'],
  ];
  for (const [args, hook, error, what] of attempts) {
    const { out, events } = await perform(calls, ...args);
    expect(out).toBe(String(error));
    expect(events.map((e) => [e.extra.hook, e.extra.errno])).toEqual([[hook, error]]);
    const [event] = events;
    expect(event?.type === 'ModuleLoad' ? event.data.ImageLoaded : event?.data.ModuleName).toBe(what);
    if (event?.type === 'ModuleLoad')
      expect([event.extra.module, event.data.Signed, event.data.SignatureStatus]).toEqual([undefined, '-', '-']);
  }
});

test('what is there at the start is listed', (context) => {
  needsModules(context);
  const listed = seen.events.filter((e): e is Load => e.type === 'ModuleLoad' && e.extra.existing === true);
  expect(listed.map((e) => e.extra.module?.name).sort()).toEqual([...before].sort());
  for (const { data, extra, process: by } of listed) {
    const of = (file: string): string => readFileSync(`/sys/module/${extra.module?.name}/${file}`, 'utf8').trim();
    expect([data.ImageLoaded, data.Hashes, by.pid]).toEqual(['-', '-', 0]);
    expect(extra).toMatchObject({ hook: 'proc_modules', existing: true });
    expect([...(extra.module?.taints ?? '')].sort()).toEqual([...of('taint')].sort());
    if (existsSync(`/sys/module/${extra.module?.name}/coresize`))
      expect(extra.module?.size).toBe(Number(of('coresize')));
  }
});

test('one that vanishes from the list of the kernel is hidden; one that is taken out is not', async (context) => {
  needsModule(context);
  await perform('modprobe', name);
  const size = Number(readFileSync(`${inKernel}/coresize`, 'utf8'));
  const list = join(folder, 'modules');
  const shown = readFileSync('/proc/modules', 'utf8').split('\n');
  writeFileSync(list, shown.filter((line) => !line.startsWith(`${name} `)).join('\n'));
  execFileSync('mount', ['--bind', list, '/proc/modules']);
  onTestFinished(() => void spawnSync('umount', ['/proc/modules']));
  const hidden = await seen.find('ModuleLoad', (e) => e.extra.hidden === true);
  execFileSync('umount', ['/proc/modules']);
  expect(hidden.data.ImageLoaded).toBe('-');
  expect(hidden.process.pid).toBe(0);
  expect(hidden.extra).toMatchObject({ hook: 'proc_modules', hidden: true, module: { name, size } });
  expect(hidden.extra.existing).toBeUndefined();
  expect(hidden.techniques.map((t) => t.id)).toContain('T1014');
  await perform('rmmod', name);
  // Longer than it takes to look twice.
  await new Promise((resolve) => setTimeout(resolve, 7000));
  expect(seen.events.filter((e) => e.type === 'ModuleLoad' && e.extra.hidden === true)).toEqual([hidden]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
