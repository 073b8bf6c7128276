/** Option elements: which exist, what this package makes of them. */
import { checkRuleSet } from './arguments.js';
import type { Findings } from './findings.js';
import { checkValue, maxLines } from './line.js';
import { suggest } from '../base/nearest.js';
import { eventsOfTag, fieldNames } from '../schema/manifest.js';
import type { EventNode, Line, OptionSetting, RuleSet } from './model.js';

/** Algorithms of digests, in the order in which `Hashes` has them. */
export const hashAlgorithms = ['SHA1', 'MD5', 'SHA256'] as const;
/** One of them. */
export type HashAlgorithm = (typeof hashAlgorithms)[number];

/** What the options of a configuration come to. */
export interface ConfigOptions {
  /** Absent: not said. Empty: none. */
  readonly hashAlgorithms?: readonly HashAlgorithm[];
  /** Longest text of a field in output, in characters. */
  readonly fieldSizes?: Readonly<Record<string, number>>;
  /** Where FileDelete keeps content. Absent: not said. */
  readonly archiveDirectory?: string;
}

/** Options without effect, and why. */
const unused: Readonly<Record<string, string>> = {
  CheckRevocation: 'Linux programs are not signed with certificates that could be revoked',
  DriverName: 'there is no driver',
  CaptureClipboard: 'Linux has no clipboard of the system that could be watched',
  DnsLookup: 'addresses are never resolved: a sensor must not cause traffic about what it sees',
  CopyOnDeletePE: 'Linux has no PE files',
  CopyOnDeleteSIDs: 'Linux has no SIDs',
  CopyOnDeleteExtensions: 'what is archived is decided by the rules of FileDelete',
  CopyOnDeleteProcesses: 'what is archived is decided by the rules of FileDelete',
  DnsQuery: 'write rules for DnsQuery instead',
  PipeMonitoring: 'write rules for PipeEvent instead',
  PipeMonitoringConfig: 'write rules for PipeEvent instead',
  ProcessAccess: 'write rules for ProcessAccess instead',
  ProcessAccessConfig: 'write rules for ProcessAccess instead',
};

/** Options that name images, and so are rules for the event of the same name. */
const ofImages = ['ImageLoad', 'NetworkConnect'] as const;

const used = ['HashAlgorithms', 'ArchiveDirectory', 'FieldSizes', ...ofImages];

/** Names of all options, for schema and suggestions. */
export const optionNames: readonly string[] = [...used, ...Object.keys(unused)];

const noValue = new Set(['CaptureClipboard']);

/** Reports what is wrong or useless about an option. */
export function checkOption(option: OptionSetting, findings: Findings): void {
  const { name, value, at } = option;
  if (!optionNames.includes(name)) {
    const event = eventsOfTag(name).length
      ? `: an event belongs into EventFiltering`
      : suggest(name, [...optionNames, 'EventFiltering']);
    findings.error('unknown-option', `unknown option ${name}${event}`, at);
    return;
  }
  if (noValue.has(name) && !/^(|true|1|enabled|false|0|NULL|disabled)$/.test(value)) {
    findings.error('option-value', `${name}: '${value}' is neither true nor false`, at);
    return;
  }
  if (unused[name] !== undefined) findings.warn('option-without-effect', `${name} has no effect: ${unused[name]}`, at);
  if (name === 'HashAlgorithms') readHashes(value, findings, option);
  if (name === 'FieldSizes') readSizes(value, findings, option);
  if ((ofImages as readonly string[]).includes(name)) checkImages(option, findings);
  if (name === 'ArchiveDirectory' && value.includes('\\'))
    findings.warn('windows-path', `ArchiveDirectory: '${value}' is a Windows path`, at);
}

type Digest = HashAlgorithm | 'IMPHASH';

/** What digests are called, in capitals. */
const digests: ReadonlyMap<string, readonly Digest[]> = new Map<string, readonly Digest[]>([
  ['SHA1', ['SHA1']],
  ['SHA-1', ['SHA1']],
  ['MD5', ['MD5']],
  ['MD-5', ['MD5']],
  ['SHA256', ['SHA256']],
  ['SHA-256', ['SHA256']],
  ['IMPHASH', ['IMPHASH']],
  ['IMP-HASH', ['IMPHASH']],
  ['*', hashAlgorithms],
  ['ALL', hashAlgorithms],
]);

function readHashes(value: string, findings?: Findings, option?: OptionSetting): HashAlgorithm[] {
  const out = new Set<Digest>();
  for (const word of value.split(',').map((w) => w.trim())) {
    const found = digests.get(word.toUpperCase());
    for (const a of found ?? []) out.add(a);
    if (!found && word !== '' && option)
      findings?.error(
        'option-value',
        `HashAlgorithms: unknown algorithm '${word}'; known are ${hashAlgorithms.join(', ')} and *, which is all of them`,
        option.at,
      );
  }
  if (option && value.trim() === '')
    findings?.warn('option-value', 'HashAlgorithms is empty: no digest is made', option.at);
  if (out.has('IMPHASH') && option)
    findings?.warn('option-without-effect', 'IMPHASH is a digest of PE files, which Linux does not have', option.at);
  // As Sysmon prints them.
  return hashAlgorithms.filter((a) => out.has(a));
}

function readSizes(value: string, findings?: Findings, option?: OptionSetting): Record<string, number> {
  const out: Record<string, number> = {};
  for (const part of value.split(',').filter((p) => p.trim() !== '')) {
    const match = /^\s*([A-Za-z0-9]+):([0-9]{1,7})\s*$/.exec(part);
    const wrong =
      !match || Number(match[2]) === 0
        ? `'${part}' is not Field:N with N above 0`
        : fieldNames.has(match[1])
          ? undefined
          : `no event has a field ${match[1]}${suggest(match[1], fieldNames)}`;
    if (match && wrong === undefined) out[match[1]] = Number(match[2]);
    else if (option) findings?.error('option-value', `FieldSizes: ${wrong}`, option.at);
  }
  return out;
}

/** The images that an option lists with commas. A comma in a name is written twice. */
function imagesOf(value: string): string[] {
  return (value.match(/(?:,,|[^,])+/g) ?? []).map((image) => image.replaceAll(',,', ','));
}

function checkImages({ name, value, at }: OptionSetting, findings: Findings): void {
  const images = imagesOf(value);
  if (images.length === 0) findings.warn('option-without-effect', `${name} has no effect: it names no image`, at);
  if (images.length > maxLines) findings.error('too-many', `more than ${maxLines} conditions`, at);
  if (images.length === 1 && /^(true|false|yes|no|0|1|enabled|disabled)$/i.test(value))
    findings.warn('option-value', `${name} lists images: '${value}' is taken for the name of one`, at);
}

/**
 * Turns the options that name images into the rules that they are: conditions `image` on Image at the beginning of the
 * first element of that event, or an element of their own if it has none.
 */
export function withImageRules(ruleSet: RuleSet, findings: Findings): RuleSet {
  let { options, groups } = ruleSet;
  for (const option of ruleSet.options) {
    const { name: tag, value, at, comment } = option;
    const images = (ofImages as readonly string[]).includes(tag) ? imagesOf(value) : [];
    if (images.length === 0 || images.length > maxLines) continue;
    const entries = images.map((image, i): Line => ({
      kind: 'line',
      field: 'Image',
      condition: 'image',
      value: image,
      ...(i === 0 && comment !== undefined ? { comment } : {}),
      at,
    }));
    for (const line of entries) checkValue(line, findings);
    const nodes = groups.flatMap((g) => g.nodes).filter((n) => n.tag === tag);
    const excluding = nodes.find((n) => n.onmatch === 'exclude');
    if (excluding)
      findings.error(
        'option-value',
        `${tag} adds rules that include, which Sysmon refuses beside the element ${tag} in line ${excluding.at.line} that excludes: write them into EventFiltering`,
        at,
      );
    const join = (node: EventNode): EventNode =>
      node === nodes[0] ? { ...node, entries: [...entries, ...node.entries] } : node;
    options = options.filter((o) => o !== option);
    groups =
      nodes.length > 0
        ? groups.map((g) => ({ ...g, nodes: g.nodes.map(join) }))
        : [...groups, { explicit: true, relation: 'or', nodes: [{ tag, onmatch: 'include', entries, at }], at }];
  }
  return { ...ruleSet, options, groups };
}

/**
 * The options of a rule set, in use.
 *
 * @example
 * ```js
 * import { loadConfig, optionsOf } from '@org/sysmon/config';
 *
 * const { hashAlgorithms = ['SHA256'], archiveDirectory } = optionsOf(loadConfig('rules.xml'));
 * console.log(hashAlgorithms, archiveDirectory);
 * ```
 */
export function optionsOf(ruleSet: RuleSet): ConfigOptions {
  checkRuleSet('optionsOf()', ruleSet);
  const last = (name: string): string | undefined => ruleSet.options.find((o) => o.name === name)?.value;
  const hashes = last('HashAlgorithms');
  const sizes = last('FieldSizes');
  const archive = last('ArchiveDirectory');
  return {
    ...(hashes === undefined ? {} : { hashAlgorithms: readHashes(hashes) }),
    ...(sizes === undefined ? {} : { fieldSizes: readSizes(sizes) }),
    ...(archive ? { archiveDirectory: archive } : {}),
  };
}
