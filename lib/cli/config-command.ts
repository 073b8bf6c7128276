/** `sysmon config check|convert|dump`: thin over `@org/sysmon/config`. */
import { writeFileSync } from 'node:fs';
import { refuse } from '../base/errors.js';
import { printable, printableJson } from '../base/printable.js';
import {
  checkConfig,
  convert,
  dump,
  explain,
  loadConfig,
  parseConfig,
  readConfigFile,
  type Compatibility,
  type Diagnostic,
  type RuleSet,
} from '../config/index.js';
import { eventsOfTag } from '../schema/manifest.js';
import { captures, type Capture } from '../sensor/configure.js';
import { idsOf } from '../sensor/sensor-options.js';
import { inConfiguration } from '../source/configuration.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';

/** The system does not always say which file it speaks of. */
function named<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${what}: ${(cause as Error).message}`, { cause });
  }
}

async function read(file: string, streams: CommandStreams): Promise<Uint8Array> {
  if (file !== '-') return readConfigFile(file);
  const chunks: Buffer[] = [];
  for await (const chunk of streams.stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

/** Reads a file; an error names it. */
async function load(file: string, streams: CommandStreams): Promise<RuleSet> {
  const bytes = await read(file, streams);
  return inConfiguration({ file }, () => parseConfig(bytes));
}

const finding = (file: string, d: Diagnostic): string =>
  `${file}:${d.line}:${d.column}: ${d.severity}: ${d.message} [${d.code}]`;

/** What a configuration captures, in a line. */
function captureText(ruleSet: RuleSet): string {
  const of = (wanted: Capture['what']): string[] =>
    captures(ruleSet, eventsOfTag).flatMap(({ type, what }) => (what === wanted ? [type] : []));
  const parts = [
    ['by rules', of('rules')],
    ['all of', of('all')],
    ['nothing of', of('none')],
  ] as const;
  const said = parts.flatMap(([how, types]) => (types.length === 0 ? [] : [`${how} ${types.join(', ')}`]));
  return `It captures ${said.join('; ') || 'nothing'}.`;
}

export async function check(given: Given, streams: CommandStreams): Promise<number> {
  if (given.operands.length === 0) refuse('check: expected at least one file.');
  const compatibility = (given.text('compatibility') ?? 'linux') as Compatibility;
  const strict = given.on('strict') ?? false;
  let failed = false;
  const all: object[] = [];
  const say = (text: string): void => {
    if (!given.on('json')) streams.stdout.write(printable(`${text}\n`));
  };
  for (const file of given.operands) {
    const bytes = await read(file, streams);
    const found = checkConfig(bytes, { compatibility, strict });
    const bad = found.some((d) => d.severity === 'error');
    failed ||= bad;
    for (const d of found) {
      all.push({ file, ...d });
      say(finding(file, d));
    }
    if (!bad) say(`${file}: good${found.length === 0 ? '' : ', with warnings'}. ${captureText(parseConfig(bytes))}`);
  }
  if (given.on('json')) streams.stdout.write(`${printableJson(all)}\n`);
  return failed ? 3 : 0;
}

export async function convertFile(given: Given, streams: CommandStreams): Promise<number> {
  const file = given.file();
  const to = given.text('to') as 'xml' | 'yaml' | undefined;
  const output = given.text('output');
  const ruleSet = await load(file, streams);
  const tell = (d: Diagnostic): void => void streams.stderr.write(printable(`${finding(file, d)}\n`));
  const text = inConfiguration({ file }, () => convert(ruleSet, to, tell));
  if (output === undefined || output === '-') streams.stdout.write(text);
  else named(`cannot write to ${output}`, () => writeFileSync(output, text));
  return 0;
}

export async function dumpFile(given: Given, streams: CommandStreams): Promise<number> {
  const ruleSet = await load(given.file(), streams);
  streams.stdout.write(given.on('sysmon') ? `${dump(ruleSet)}\n` : convert(loadConfig(ruleSet), 'yaml'));
  return 0;
}

const places = {
  kernel: 'kernel',
  process: 'kernel, once a process is known',
  worker: 'worker',
} as const;

/** Where each rule is decided. */
export async function explainFile(given: Given, streams: CommandStreams): Promise<number> {
  const file = given.file();
  const ruleSet = loadConfig(await load(file, streams));
  const compatibility = (given.text('compatibility') ?? 'linux') as Compatibility;
  const captured = captures(ruleSet, eventsOfTag).flatMap(({ type, what }) => (what === 'none' ? [] : [type]));
  const rules = inConfiguration({ file }, () => explain(ruleSet, { compatibility, captured: idsOf(captured) }));
  if (given.on('json')) {
    streams.stdout.write(`${printableJson(rules)}\n`);
    return 0;
  }
  for (const { event, line, onmatch, name, where, why } of rules) {
    const called = name === undefined ? '' : ` (${name})`;
    const reason = why === undefined ? '' : `: ${why}`;
    streams.stdout.write(printable(`${file}:${line}: ${event} ${onmatch}${called}: ${places[where]}${reason}\n`));
  }
  const of = (wanted: string): number => rules.filter(({ where }) => where === wanted).length;
  const counts = `${of('kernel')} in the kernel, ${of('process')} there once a process is known, ${of('worker')} on the worker`;
  streams.stdout.write(`${rules.length} rules: ${counts}. Filters in JavaScript come last.\n`);
  return 0;
}
