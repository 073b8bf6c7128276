/** Checks what programs hand to this package's functions. */
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { compatibilities } from '../schema/options.js';
import type { RuleSet } from './model.js';

export function isRuleSet(value: unknown): value is RuleSet {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'RuleSet';
}

export function checkRuleSet(where: string, value: unknown): RuleSet {
  if (!isRuleSet(value)) refuse(`${where}: expected a rule set, as loadConfig() gives one, got ${show(value)}.`);
  return value;
}

export function checkSource(where: string, value: unknown): string | Uint8Array {
  if (typeof value !== 'string' && !(value instanceof Uint8Array))
    refuse(`${where}: expected text or bytes, got ${show(value)}.`);
  return value;
}

export function checkChoice<T extends string>(what: string, value: unknown, of: readonly T[]): T | undefined {
  if (value !== undefined && !of.includes(value as T))
    refuse(`${what}: expected ${of.map(show).join(' or ')}, got ${show(value)}.`);
  return value as T | undefined;
}

interface Options {
  readonly format?: 'xml' | 'yaml';
  readonly compatibility?: 'linux' | 'exact';
  readonly strict?: boolean;
}

/** Options of a function that takes those of these names. */
export function checkOptions(where: string, value: unknown, names: readonly (keyof Options)[]): Options {
  const options = checkNames<Options>(where, value, names);
  checkChoice(`${where}: format`, options.format, ['xml', 'yaml']);
  checkChoice(`${where}: compatibility`, options.compatibility, compatibilities);
  if (options.strict !== undefined && typeof options.strict !== 'boolean')
    refuse(`${where}: strict: expected true or false, got ${show(options.strict)}.`);
  return options;
}
