import { SysmonError } from '../base/errors.js';

/** A place in a configuration; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One finding in a configuration. */
export interface Diagnostic extends Position {
  readonly severity: 'error' | 'warning';
  /** Stable name of the kind of finding, for example `unknown-field`. */
  readonly code: string;
  readonly message: string;
}

/** A configuration that cannot be used, and where it is wrong. */
export class ConfigError extends SysmonError {
  readonly line: number;
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

/** Collects what a reader finds, so that one run reports everything. */
export class Findings {
  readonly list: Diagnostic[] = [];

  error(code: string, message: string, at: Position): void {
    this.add('error', code, message, at);
  }

  warn(code: string, message: string, at: Position): void {
    this.add('warning', code, message, at);
  }

  get errors(): Diagnostic[] {
    return this.list.filter((d) => d.severity === 'error');
  }

  /** Throws the first error, carrying everything found. */
  throwIfErrors(): void {
    const [first] = this.errors;
    if (first) throw new ConfigError(first.message, first, this.list);
  }

  private add(severity: Diagnostic['severity'], code: string, message: string, { line, column }: Position): void {
    // A file made of mistakes must not make a list without end.
    if (this.list.length < 1000) this.list.push({ severity, code, message, line, column });
  }
}
