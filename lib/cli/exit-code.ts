/** Codes that the command ends with, and which failure has which. */
import { SysmonError } from '../base/errors.js';
import { SinkError } from '../sink/sink.js';

/**
 * `brokenPipe`: as a shell sees a program that SIGPIPE ended, which is how most programs end when nobody reads them any
 * more. node ignores that signal.
 */
export const exitCode = {
  ok: 0,
  failure: 1,
  usage: 2,
  configuration: 3,
  privilege: 4,
  kernel: 5,
  breach: 8,
  brokenPipe: 128 + 13,
} as const;

export function codeOf(error: unknown): number {
  if (error instanceof SinkError && error.brokenPipe) return exitCode.brokenPipe;
  if (!(error instanceof SysmonError)) return exitCode.failure;
  switch (error.code) {
    case 'ERR_SYSMON_OPTION':
      return exitCode.usage;
    case 'ERR_SYSMON_CONFIG':
      return exitCode.configuration;
    case 'ERR_SYSMON_PERMISSION':
      return exitCode.privilege;
    case 'ERR_SYSMON_KERNEL':
    case 'ERR_SYSMON_NO_BTF':
    case 'ERR_SYSMON_LOCKDOWN':
    case 'ERR_SYSMON_LOAD':
      return exitCode.kernel;
    case 'ERR_SYSMON_STATE':
    case 'ERR_SYSMON_TIMEOUT':
    case 'ERR_SYSMON_NATIVE':
    case 'ERR_SYSMON_SCHEMA_MISMATCH':
    case 'ERR_SYSMON_LISTENER':
    case 'ERR_SYSMON_REPLAY':
    case 'ERR_SYSMON_SINK':
    case 'ERR_SYSMON_INTERNAL':
      return exitCode.failure;
  }
}
