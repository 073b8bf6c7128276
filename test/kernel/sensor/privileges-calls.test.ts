/**
 * What the events that follow system calls need beside the rest: tracefs, which tells the numbers of the tracepoints.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import {
  inMountNamespace,
  memoryLimit,
  needsCalls,
  needsMemory,
  probe,
  setParanoid,
  withCapabilities,
  type Probed,
} from '../helpers/probe.js';

const events = ['ProcessTerminate', 'FileCreate'] as const;

/** A probe that makes a file, under other conditions. */
function makesFile(under: readonly string[]): { probed: Probed; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-calls-'));
  chmodSync(folder, 0o777); // others than root make files in it
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'made');
  const probed = probe({ under, options: { events: [...events] }, run: ['/bin/sh', '-c', `exec > '${file}'`] });
  return { probed, file };
}

function expectSeen({ probed, file }: ReturnType<typeof makesFile>): void {
  expect(probed.error?.message).toBeUndefined();
  expect(probed.status).toBe(0);
  expect(probed.losses).toBe(0);
  expect(probed.events.filter((e) => e.type === 'FileCreate').map((e) => e.data['TargetFilename'])).toEqual([file]);
}

function expectRefused({ probed }: ReturnType<typeof makesFile>, ...words: string[]): void {
  expect(probed.started).toBeUndefined();
  expect(probed.error).toMatchObject({ name: 'SysmonError', code: 'ERR_SYSMON_PERMISSION' });
  for (const w of words) expect(probed.error?.message).toContain(w);
}

/** With these capabilities, and with as much locked memory as the kernel asks for. */
function holding(context: TestContext, ...names: string[]): string[] {
  needsMemory(context);
  return [...memoryLimit(), ...withCapabilities(...names)];
}

const hiddenTracefs = inMountNamespace(
  'for m in /sys/kernel/tracing /sys/kernel/debug; do if [ -d $m ]; then mount -t tmpfs tmpfs $m; fi; done',
);
const mountedTracefs = inMountNamespace(
  'umount -l /sys/kernel/tracing || true; mount -t tracefs tracefs /sys/kernel/tracing; mount -t tmpfs tmpfs /sys/kernel/debug',
);

test('root, where tracefs is not mounted', () => {
  expectSeen(makesFile(hiddenTracefs));
});

test('CAP_BPF and CAP_PERFMON, where tracefs is not mounted: refused, and why', (context) => {
  expectRefused(
    makesFile([...hiddenTracefs, ...holding(context, 'bpf', 'perfmon')]),
    'tracefs',
    'Mount it',
    'CAP_SYS_ADMIN',
  );
});

test('CAP_BPF and CAP_PERFMON, where only root may read tracefs: refused, and why', (context) => {
  expectRefused(
    makesFile([...mountedTracefs, ...holding(context, 'bpf', 'perfmon')]),
    'tracefs',
    'CAP_DAC_READ_SEARCH',
  );
});

test('CAP_DAC_READ_SEARCH makes it readable', (context) => {
  needsCalls(context);
  expectSeen(makesFile([...mountedTracefs, ...holding(context, 'bpf', 'perfmon', 'dac_read_search')]));
});

test('perf_event_paranoid above 2, which some distributions have: refused, and why; root may', (context) => {
  if (!process.env['SYSMON_VM']) context.skip('changes settings of the whole system: virtual machines only');
  setParanoid(context, 3);
  expectRefused(
    makesFile([...mountedTracefs, ...holding(context, 'bpf', 'perfmon', 'dac_read_search')]),
    'perf_event_paranoid',
    'CAP_SYS_ADMIN',
    'NetworkConnect, ',
    'NamespaceChange',
  );
  expectSeen(makesFile(mountedTracefs));
});
