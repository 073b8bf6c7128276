/** The option `redact`: what is taken out of texts on the worker. */
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { NativeRedaction } from '../native.js';
import { eventTable } from '../schema/tables.gen.js';

/** A text to be taken out, wherever it stands. */
export interface Redaction {
  /**
   * Only there: a field of `data` (`CommandLine` stands for every command line, also of parents and ancestors),
   * `process.env` or a variable of it (`process.env.DSN`), `process.script`, `process.stdio`, `process.container`,
   * `process.npm`. Default: everywhere.
   */
  field?: string | undefined;
  /**
   * RE2. If it has a group called `secret`, `(?P<secret>…)`, that alone is replaced. Arguments are separated by single
   * spaces, or, for a pattern that speaks of `\x00`, by NUL; a variable is `NAME=text`.
   */
  pattern: string;
  /** Default `***`. */
  replace?: string | undefined;
}

const most = 256;
const ofRecord = ['process.env', 'process.script', 'process.stdio', 'process.container', 'process.npm'];
const known: readonly string[] = [
  ...new Set([
    ...eventTable.flatMap((e) => e.fields.filter(([, type]) => type === 'string').map(([name]) => name)),
    ...ofRecord,
  ]),
];
/** Without a pattern: the default set of the worker. */
const usual: NativeRedaction = Object.freeze({ field: '', pattern: '', replace: '' });

function redaction(where: string, value: unknown): NativeRedaction {
  if (value === 'default') return usual;
  const {
    field = '',
    pattern,
    replace = '***',
  } = checkNames<Record<string, unknown>>(where, value, ['field', 'pattern', 'replace']);
  if (typeof pattern !== 'string' || pattern === '')
    refuse(`${where}.pattern: expected a pattern, got ${show(pattern)}.`);
  if (typeof replace !== 'string' || replace.includes('\0'))
    refuse(`${where}.replace: expected a text, got ${show(replace)}.`);
  if (typeof field !== 'string' || (field !== '' && !known.includes(field) && !/^process\.env\.[^=]+$/.test(field)))
    refuse(
      `${where}.field: there is no text ${show(field)}.${didYouMean(String(field), known)} Known: ${known.join(', ')}.`,
    );
  // A parent's command line is that of its own record.
  return { field: field === 'ParentCommandLine' ? 'CommandLine' : field, pattern, replace };
}

/** The option as the addon takes it. Throws SysmonError (ERR_SYSMON_OPTION); whether RE2 likes it, start() says. */
export function redactions(name: string, value: unknown): readonly NativeRedaction[] {
  if (value === undefined) return [];
  if (value === 'default') return [usual];
  if (!Array.isArray(value))
    refuse(`option ${name}: expected 'default' or a list such as [{ pattern: 'key=\\\\S+' }], got ${show(value)}.`);
  if (value.length > most) refuse(`option ${name}: at most ${most}, got ${value.length}.`);
  return (value as unknown[]).map((v, i) => redaction(`option ${name}[${i}]`, v));
}
