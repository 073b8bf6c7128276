/**
 * That the benchmark runs and says what it promises to say. How fast things are is for a quiet machine, not for a test.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

it('npm run bench -- --quick --json prints one object with every figure', { timeout: 900_000 }, (context) => {
  if (process.getuid?.() !== 0) context.skip('needs root');
  if (process.env['SYSMON_VM']) context.skip('figures of an emulated machine say nothing');
  const run = spawnSync(process.execPath, [join(root, 'scripts/bench.mjs'), '--quick', '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  expect(run.status, run.stderr).toBe(0);
  const result = JSON.parse(run.stdout) as {
    transport: Record<string, number>;
    options: Record<string, { offNs: number; onNs: number }>;
    rules: { rows: { rules: number }[]; dropByRuleNs: number; dropByFilterNs: number };
    serializers: { formats: Record<string, unknown>; file: { total: number }; fileNew: { total: number } };
    sensor: Record<string, Record<string, number>>;
    targets: { name: string; value: number; met: boolean }[];
  };
  for (const key of [
    'plainConsumerNs',
    'naiveAddonNs',
    'typedEventNs',
    'mainThreadNs',
    'workerNs',
    'pipelineNs',
    'producedAt200k',
  ])
    expect(result.transport[key], key).toBeGreaterThan(0);
  for (const name of ['container', 'origin', 'redact'])
    for (const key of ['offNs', 'onNs'] as const) expect(result.options[name][key], name).toBeGreaterThan(0);
  expect(result.rules.rows.map((r) => r.rules)).toEqual([144, 300, 3000]);
  for (const key of ['dropByRuleNs', 'dropByFilterNs'] as const) expect(result.rules[key], key).toBeGreaterThan(0);
  expect(Object.keys(result.serializers.formats)).toEqual(
    expect.arrayContaining(['json', 'xml', 'ecs', 'ocsf', 'winlogbeat', 'text']),
  );
  for (const key of ['file', 'fileNew'] as const) expect(result.serializers[key].total, key).toBeGreaterThan(0);
  expect(result.transport.lostAt200k).toBeGreaterThanOrEqual(0);
  expect(Object.keys(result.sensor)).toEqual(
    expect.arrayContaining(['process', 'getppid', 'latency', 'idle', 'start', 'rss', 'dns', 'costs', 'others']),
  );
  expect(result.sensor.dns.usPerExchange).toBeGreaterThan(0);
  expect(result.sensor.latency.events).toBeGreaterThanOrEqual(200); // 100 processes, two events each
  expect(result.sensor.start.liveProcesses).toBeGreaterThanOrEqual(200);
  expect(result.targets.length).toBeGreaterThanOrEqual(15);
  for (const t of result.targets) expect(Number.isFinite(t.value), t.name).toBe(true);
});

it('refuses an argument that it does not know', () => {
  const run = spawnSync(process.execPath, [join(root, 'test/bench/main.mjs'), '--fast'], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain("unknown argument '--fast'");
});
