import { SysmonError } from '../base/errors.js';

/** A place in a configuration; both count from 1. */
export interface Position {
  /** Line, from 1. */
  readonly line: number;
  /** Column in characters, from 1. */
  readonly column: number;
}

/** One finding in a configuration. */
export interface Diagnostic extends Position {
  /** `error`: the configuration cannot be used. */
  readonly severity: 'error' | 'warning';
  /** Stable name of the kind of finding, for example `unknown-field`. */
  readonly code: string;
  /** What is wrong and what was meant, for a person. */
  readonly message: string;
}

/**
 * A configuration that cannot be used, and where it is wrong.
 *
 * @example
 * ```js
 * import { ConfigError, loadConfig } from '@org/sysmon/config';
 *
 * try {
 *   loadConfig('rules.xml');
 * } catch (error) {
 *   if (!(error instanceof ConfigError)) throw error;
 *   for (const { line, column, message } of error.diagnostics) console.error(line, column, message);
 * }
 * ```
 */
export class ConfigError extends SysmonError {
  /** Line of the first error, from 1. */
  readonly line: number;
  /** Its column, from 1. */
  readonly column: number;
  /** All that was found, the first error included. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, at: Position, diagnostics: readonly Diagnostic[] = [], options?: ErrorOptions) {
    super('ERR_SYSMON_CONFIG', `${at.line}:${at.column}: ${message}`, { operation: 'config', cause: options?.cause });
    this.name = 'ConfigError';
    this.line = at.line;
    this.column = at.column;
    this.diagnostics = diagnostics.length ? diagnostics : [{ severity: 'error', code: 'config', message, ...at }];
  }
}

/** So many findings of a severity are listed: a file made of mistakes must not make a list without end. */
const mostListed = 1000;

/** Findings of one severity: the first of them, and how many there are besides. */
class Listed {
  readonly list: Diagnostic[] = [];
  private unlisted = 0;
  private firstUnlisted: Position | undefined;

  constructor(private readonly severity: Diagnostic['severity']) {}

  add(code: string, message: string, { line, column }: Position): void {
    if (this.list.length < mostListed) {
      this.list.push({ severity: this.severity, code, message, line, column });
      return;
    }
    this.unlisted++;
    this.firstUnlisted ??= { line, column };
  }

  /** Says that the list is not whole, at the first that it lacks; nothing if it is. */
  get cut(): Diagnostic[] {
    const { severity, unlisted, firstUnlisted } = this;
    if (!firstUnlisted) return [];
    const what = `${severity}${unlisted === 1 ? '' : 's'}`;
    return [
      { severity, code: 'cut', message: `${unlisted} more ${what} not listed: mend these first`, ...firstUnlisted },
    ];
  }
}

/** Collects what a reader finds, so that one run reports everything. Warnings never crowd out an error. */
export class Findings {
  private readonly found = { error: new Listed('error'), warning: new Listed('warning') };

  private readonly left = new Listed('warning');

  error(code: string, message: string, at: Position): void {
    this.found.error.add(code, message, at);
  }

  warn(code: string, message: string, at: Position): void {
    this.found.warning.add(code, message, at);
  }

  /** Something in the file that has no place in a rule set. */
  leave(code: string, message: string, at: Position): void {
    this.warn(code, message, at);
    this.left.add(code, message, at);
  }

  /** Takes over what an error carries. */
  take({ diagnostics }: ConfigError): void {
    for (const d of diagnostics) this.found[d.severity].add(d.code, d.message, d);
  }

  get errors(): readonly Diagnostic[] {
    return this.found.error.list;
  }

  /** Everything that is listed, errors first; at the end, how many are not. */
  get all(): Diagnostic[] {
    const { error, warning } = this.found;
    return [...error.list, ...warning.list, ...error.cut, ...warning.cut];
  }

  /** The same in the order of the file. */
  get inOrder(): Diagnostic[] {
    const { error, warning } = this.found;
    const listed = [...error.list, ...warning.list].sort((a, b) => a.line - b.line || a.column - b.column);
    return [...listed, ...error.cut, ...warning.cut];
  }

  /** As a member of the rule set. */
  get leftOut(): { leftOut?: readonly Diagnostic[] } {
    const { list, cut } = this.left;
    return list.length > 0 ? { leftOut: [...list, ...cut] } : {};
  }

  /** Throws the first error, carrying everything found. */
  throwIfErrors(): void {
    const [first] = this.errors;
    if (first) throw new ConfigError(first.message, first, this.all);
  }
}
