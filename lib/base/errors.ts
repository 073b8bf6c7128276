import { inspect } from 'node:util';
import { printable } from './printable.js';

/** What kind of failure, for programs. The text says what is missing and what to do. */
export type SysmonErrorCode =
  /** An option, or an argument of a method, is wrong. */
  | 'ERR_SYSMON_OPTION'
  /** A configuration cannot be used; the text says where it is wrong. */
  | 'ERR_SYSMON_CONFIG'
  /** A method was called at the wrong time. */
  | 'ERR_SYSMON_STATE'
  /** Something had not ended in the time that the program gave it. */
  | 'ERR_SYSMON_TIMEOUT'
  /** The native part could not be loaded. */
  | 'ERR_SYSMON_NATIVE'
  /** The native part and this library come from different versions. */
  | 'ERR_SYSMON_SCHEMA_MISMATCH'
  /** A privilege is missing. */
  | 'ERR_SYSMON_PERMISSION'
  /** The kernel is too old. */
  | 'ERR_SYSMON_KERNEL'
  /** The kernel has no type information, or the given file is none. */
  | 'ERR_SYSMON_NO_BTF'
  /** The kernel is locked down. */
  | 'ERR_SYSMON_LOCKDOWN'
  /** The kernel refused a program, a map, or what they need: a thread, a descriptor. */
  | 'ERR_SYSMON_LOAD'
  /** A listener or filter threw; `cause` is what it threw. */
  | 'ERR_SYSMON_LISTENER'
  /** A recording could not be read, or a line of it is no event. */
  | 'ERR_SYSMON_REPLAY'
  /** An output cannot be written to. */
  | 'ERR_SYSMON_SINK'
  /** A mistake of this library. */
  | 'ERR_SYSMON_INTERNAL';

/** What an error says beside its text. */
export interface SysmonErrorOptions {
  readonly operation?: string;
  readonly errno?: number;
  readonly cause?: unknown;
}

/**
 * Every error that this library throws or emits.
 *
 * @example
 * ```js
 * import { Sysmon, SysmonError } from '@org/sysmon';
 *
 * try {
 *   await new Sysmon().start();
 * } catch (error) {
 *   if (error instanceof SysmonError && error.code === 'ERR_SYSMON_PERMISSION') console.error(error.message);
 *   else throw error;
 * }
 * ```
 */
export class SysmonError extends Error {
  /** What kind of failure, for programs. */
  readonly code: SysmonErrorCode;
  /** What was being done, for example `bpf_object__load`. */
  readonly operation: string | undefined;
  /** Error number of the system, positive. */
  readonly errno: number | undefined;

  constructor(code: SysmonErrorCode, message: string, options: SysmonErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SysmonError';
    this.code = code;
    this.operation = options.operation;
    this.errno = options.errno;
  }

  /**
   * What JSON.stringify() and loggers write: `{ name, code, operation?, message, errno?, cause? }`; a ConfigError has
   * its place and findings too. It is plain, so that it also goes to another thread, where an error arrives without its
   * code.
   */
  toJSON(): object {
    return plainError(this, 0);
  }
}

const mostCauses = 8; // an error may be its own cause

function plainError(error: Error, depth: number): object {
  const { name, message, cause } = error;
  // Errors of others may hold anything, themselves included.
  const own: object = error instanceof SysmonError ? error : { code: (error as NodeJS.ErrnoException).code };
  const said = Object.entries({ name, ...own, message, cause: plainCause(cause, depth + 1) });
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

/** Anything can be thrown. */
function plainCause(cause: unknown, depth: number): unknown {
  if (cause === undefined || depth > mostCauses) return undefined;
  try {
    if (cause instanceof Error) return plainError(cause, depth);
    return typeof cause === 'string' ? cause : show(cause);
  } catch {
    return causeText(cause); // what it says of itself throws in turn
  }
}

/** Refuses what a program asked for. */
export function refuse(text: string): never {
  throw new SysmonError('ERR_SYSMON_OPTION', text);
}

const most = 200; // characters of a value

/** A value in the text of an error: one line, and only the beginning of a long one. */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  // Of objects too: JSON knows neither bigints nor circles.
  const text =
    typeof value === 'string'
      ? value
      : inspect(value, { depth: 1, maxArrayLength: 8, maxStringLength: 64, breakLength: Infinity, compact: true });
  const line =
    printable(text.slice(0, most)).replaceAll('\n', '\\n').replaceAll('\t', '\\t') + (text.length > most ? '…' : '');
  if (typeof value !== 'string') return line;
  return text.length > most ? `'${line}' (${text.length} characters)` : `'${line}'`;
}

/** What was thrown, as text. Anything can be thrown, also what cannot be made a text. */
export function causeText(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return 'an object without a text';
  }
}
