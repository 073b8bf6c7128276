/**
 * TypeScript programs that use the package: its declarations, as they are published, under each way in which a compiler
 * finds modules, and in the strictest mode.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sysmon-consumer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said = (diagnostics: readonly ts.Diagnostic[]): string[] =>
  diagnostics.map(
    (d) => `${d.file?.fileName.replace(folder, '') ?? ''} ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`,
  );

beforeAll(() => {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.build.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (d) => expect.fail(String(d.messageText)),
  });
  const installed = join(folder, 'node_modules/@org/sysmon');
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  const { emitSkipped } = ts
    .createProgram(config?.fileNames ?? [], {
      ...config?.options,
      outDir: join(installed, 'dist'),
      emitDeclarationOnly: true,
      noEmit: false,
    })
    .emit();
  expect(emitSkipped).toBe(false);
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  mkdirSync(join(installed, 'lib/schema'), { recursive: true });
  cpSync(join(root, 'lib/schema/events.schema.json'), join(installed, 'lib/schema/events.schema.json'));
  for (const name of ['@types/node', 'undici-types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "type": "module" }');
  writeFileSync(join(folder, 'consumer.ts'), consumer);
  writeFileSync(join(folder, 'plain.ts'), plain);
}, 120_000);

const consumer = `
import { EventEmitter, on, once } from 'node:events';
import { Sysmon, SysmonError, capabilities, type AnyExtra, type LossRecord, type MatchedRule, type SysmonEvent, type SysmonOptions, type SysmonStats } from '@org/sysmon';
import { compile, ConfigError, loadConfig } from '@org/sysmon/config';
import { all, byType, named, rateLimit, typed } from '@org/sysmon/filters';
import { Replay } from '@org/sysmon/replay';
import { createSerializer, json, type Serializer } from '@org/sysmon/serializers';
import schema from '@org/sysmon/events.schema.json' with { type: 'json' };

const options: SysmonOptions = {
  events: ['ProcessCreate', 'FileDelete'],
  config: loadConfig('starter'),
  filter: [compile(loadConfig('starter')), all(named('mine', (e) => e.process?.pid !== process.pid), rateLimit({ perSecond: 5 }))],
};
export const sysmon = new Sysmon(options);
const emitter: EventEmitter = sysmon;
sysmon.on('FileDelete', (e) => {
  const kept: boolean = e.data.Archived;
  const file: string | undefined = e.extra.archiveFile;
  const inode: string | undefined = e.extra.file?.inode;
  const rules: readonly MatchedRule[] | undefined = e.rules;
  console.log(kept, file, inode, rules?.[0]?.tags['technique_id'], e.process.parent?.image);
  // @ts-expect-error of another event
  console.log(e.extra.exitCode);
});
sysmon.on('ProcessTerminate', (e) => {
  const code: number | undefined = e.extra.exitCode;
  // @ts-expect-error it is about no file
  console.log(code, e.extra.file);
});
sysmon.addListener('event', (e: SysmonEvent) => {
  const { uncertain, truncated, raw, hook }: { uncertain?: true; truncated?: readonly string[]; raw?: Readonly<Record<string, string>>; hook: string } = e.extra;
  if (e.type === 'NetworkConnect') console.log(e.extra.netns, e.extra.errno);
  // @ts-expect-error not every event has it
  console.log(e.extra.errno, (e.extra as AnyExtra).errno, uncertain, truncated, raw, hook);
  if (e.type === 'ServiceStateChange') {
    // @ts-expect-error the sensor itself has none
    console.log(e.extra.file);
  }
});
sysmon.once('close', () => emitter.removeAllListeners());
sysmon.prependListener('loss', (l: LossRecord) => console.log(l.count)).removeListener('loss', () => undefined);
// @ts-expect-error no such event
sysmon.prependOnceListener('ProcesCreate', () => undefined);
sysmon.off('loss');
export const listed: readonly (string | symbol)[] = sysmon.eventNames();
export const counts: number = sysmon.setMaxListeners(20).getMaxListeners() + sysmon.listenerCount('error');
export async function run(signal: AbortSignal): Promise<SysmonStats> {
  await sysmon.start({ signal });
  for await (const e of sysmon.events({ types: ['ProcessCreate'], onFull: 'block' })) console.log(e.data.CommandLine.length);
  for await (const [e] of on(sysmon, 'event', { signal })) console.log(e);
  await once(sysmon, 'close', { signal });
  const replay = new Replay(process.stdin, { filter: byType({ ProcessCreate: false }) });
  replay.on('error', (e) => console.log(e.code, e.toJSON()));
  await replay.start();
  console.log(replay.stats().lost, capabilities().events.length, schema.title);
  return sysmon.stats();
}
export const lines: Serializer<string> = createSerializer('xml');
export const commandLines = (events: SysmonEvent[]): string[] => events.filter(typed('ProcessCreate')).map((e) => e.data.CommandLine);
export const position = (e: unknown): number | undefined => (e instanceof ConfigError ? e.line : e instanceof SysmonError ? e.errno : undefined);
export const text = (e: SysmonEvent): string => json(structuredClone(e));
`;
/** Without the types of Node, which a library of types may have been given none of. */
const plain = `
import { Sysmon } from '@org/sysmon';
const sysmon = new Sysmon({ events: ['ProcessCreate'] });
sysmon.on('ProcessCreate', (e) => {
  const pid: number = e.data.ProcessId;
  const parent: string | undefined = e.process.parent?.image;
  console.log(pid, parent);
  // @ts-expect-error a misspelled field
  console.log(e.data.Imgae);
}).on('loss', (l) => console.log(l.count));
`;

const strict: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: ['node'],
  typeRoots: [join(folder, 'node_modules/@types')],
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  resolveJsonModule: true,
};
const ways: readonly (readonly [string, ts.ModuleKind, ts.ModuleResolutionKind])[] = [
  ['node16', ts.ModuleKind.Node20, ts.ModuleResolutionKind.Node16],
  ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
];

test.each(ways)('moduleResolution %s', (_, module, moduleResolution) => {
  const program = ts.createProgram([join(folder, 'consumer.ts')], { ...strict, module, moduleResolution });
  expect(said(ts.getPreEmitDiagnostics(program))).toEqual([]);
});

test('a program without the types of Node', () => {
  const program = ts.createProgram([join(folder, 'plain.ts')], {
    ...strict,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    skipLibCheck: true,
  });
  expect(said(ts.getPreEmitDiagnostics(program))).toEqual([]);
});
