/** Option elements: which exist, what this package makes of them. */
import { checkRuleSet } from './arguments.js';
import type { Findings } from './findings.js';
import { suggest } from '../base/nearest.js';
import { eventsOfTag, fieldNames } from '../schema/manifest.js';
import type { OptionSetting, RuleSet } from './model.js';

export const hashAlgorithms = ['SHA1', 'MD5', 'SHA256'] as const;
export type HashAlgorithm = (typeof hashAlgorithms)[number];

/** What the options of a configuration come to. */
export interface ConfigOptions {
  /** Absent: not said. Empty: none. */
  readonly hashAlgorithms?: readonly HashAlgorithm[];
  /** Longest text of a field in output, in characters. */
  readonly fieldSizes?: Readonly<Record<string, number>>;
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
  ImageLoad: 'write rules for ImageLoad instead',
  NetworkConnect: 'write rules for NetworkConnect instead',
  PipeMonitoring: 'write rules for PipeEvent instead',
  PipeMonitoringConfig: 'write rules for PipeEvent instead',
  ProcessAccess: 'write rules for ProcessAccess instead',
  ProcessAccessConfig: 'write rules for ProcessAccess instead',
};

const used = ['HashAlgorithms', 'ArchiveDirectory', 'FieldSizes'];

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
  if (name === 'ArchiveDirectory' && value.includes('\\'))
    findings.warn('windows-path', `ArchiveDirectory: '${value}' is a Windows path`, at);
}

function readHashes(value: string, findings?: Findings, option?: OptionSetting): HashAlgorithm[] {
  const out = new Set<HashAlgorithm>();
  for (const word of value.split(',').map((w) => w.trim().toUpperCase())) {
    if (word === '*') for (const a of hashAlgorithms) out.add(a);
    else if ((hashAlgorithms as readonly string[]).includes(word)) out.add(word as HashAlgorithm);
    else if (word === 'IMPHASH') {
      if (option)
        findings?.warn(
          'option-without-effect',
          'IMPHASH is a digest of PE files, which Linux does not have',
          option.at,
        );
    } else if (word !== '' && option)
      findings?.error('option-value', `HashAlgorithms: unknown algorithm '${word}'`, option.at);
  }
  // As Sysmon prints them.
  return hashAlgorithms.filter((a) => out.has(a));
}

function readSizes(value: string, findings?: Findings, option?: OptionSetting): Record<string, number> {
  const out: Record<string, number> = {};
  for (const part of value.split(',')) {
    const match = /^\s*([A-Za-z0-9]+):([0-9]{1,7})\s*$/.exec(part);
    if (match && Number(match[2]) > 0) {
      if (fieldNames.has(match[1])) out[match[1]] = Number(match[2]);
      else if (option)
        findings?.warn(
          'option-without-effect',
          `FieldSizes: no event has a field ${match[1]}${suggest(match[1], fieldNames)}`,
          option.at,
        );
    } else if (option)
      findings?.error('option-value', `FieldSizes: '${part}' is not Field:N with N above 0`, option.at);
  }
  return out;
}

/** The options of a rule set, in use. */
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
