/** Options that all sinks with a receiver share, checked. */
import { integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { oneOf } from './file-options.js';

/** What waits on disk until the receiver has it. */
export interface SpoolOptions {
  /** A directory for this sink alone; it is made. */
  directory: string;
  /** Bytes of compressed documents that may wait, but for the last batch. Default 1 GiB. */
  maxBytes?: number | undefined;
  /** Whether each batch is to survive the loss of power, and not the end of the program alone. Default true. */
  fsync?: boolean | undefined;
}

/** What every sink with a receiver can be told. */
export interface RemoteOptions {
  /** Documents wait here for the receiver. Default: in memory, and are lost with the program. */
  spool?: SpoolOptions | undefined;
  /** Without a spool: bytes of documents that may wait in memory, but for the last batch. Default 16 MiB. */
  maxBytes?: number | undefined;
  /** Age in ms from which on what waits is dropped. Default: any. */
  maxAgeMs?: number | undefined;
  /**
   * What happens when there is no room: `drop-oldest` (default), `drop-newest`, each counted and told with the range of
   * sequence numbers, or `wait`: nothing more is taken from the source.
   */
  onFull?: 'drop-oldest' | 'drop-newest' | 'wait' | undefined;
  /** Bytes of documents that are sent together. Default 256 KiB. */
  batchBytes?: number | undefined;
  /** How long a batch may gather, in ms. Default 200; over TCP, where each batch is a connection, 1000. */
  lingerMs?: number | undefined;
  /** How long the receiver may take for a batch, in ms. Default 30,000. */
  timeoutMs?: number | undefined;
  /** The pause before the first further attempt, in ms. It doubles each time. Default 100. */
  retryMs?: number | undefined;
  /** The longest pause between attempts, in ms. Default 30,000. */
  maxRetryMs?: number | undefined;
  /** How long a receiver that says that we are wrong, as by a password, is asked again, in ms. Default 600,000. */
  refuseAfterMs?: number | undefined;
  /** How long flush() and close() wait for the receiver, in ms. Default 5,000. */
  closeTimeoutMs?: number | undefined;
}

export const remoteNames = [
  'spool',
  'maxBytes',
  'maxAgeMs',
  'onFull',
  'batchBytes',
  'lingerMs',
  'timeoutMs',
  'retryMs',
  'maxRetryMs',
  'refuseAfterMs',
  'closeTimeoutMs',
] as const satisfies readonly (keyof RemoteOptions)[];

const longest = 2 ** 31 - 1; // ms of a timer
const most = Number.MAX_SAFE_INTEGER;

type Given<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** All of them, with their defaults. */
export type CheckedRemoteOptions = Given<Omit<RemoteOptions, 'spool'>> & {
  readonly spool: Given<SpoolOptions> | undefined;
};

export function checkRemoteOptions(o: RemoteOptions, linger: number): CheckedRemoteOptions {
  const { spool } = o;
  if (spool !== undefined) {
    if (typeof spool !== 'object' || spool === null || typeof spool.directory !== 'string' || spool.directory === '')
      refuse(`spool: expected { directory, maxBytes?, fsync? }, got ${show(spool)}.`);
    if (o.maxBytes !== undefined)
      refuse('maxBytes: it is of what waits in memory. With a spool give spool.maxBytes, or leave one of them out.');
  }
  const retryMs = integer('retryMs', o.retryMs, 100, 1, longest);
  return {
    spool: spool && {
      directory: spool.directory,
      maxBytes: integer('spool.maxBytes', spool.maxBytes, 1 << 30, 1, most),
      fsync: spool.fsync ?? true,
    },
    maxBytes: integer('maxBytes', o.maxBytes, 16 << 20, 1, most),
    maxAgeMs: o.maxAgeMs === undefined ? Infinity : integer('maxAgeMs', o.maxAgeMs, 0, 1, most),
    onFull: oneOf('onFull', o.onFull, ['drop-oldest', 'drop-newest', 'wait'], 'drop-oldest'),
    batchBytes: integer('batchBytes', o.batchBytes, 256 << 10, 1, 64 << 20),
    lingerMs: integer('lingerMs', o.lingerMs, linger, 0, longest),
    timeoutMs: integer('timeoutMs', o.timeoutMs, 30_000, 1, longest),
    retryMs,
    maxRetryMs: Math.max(retryMs, integer('maxRetryMs', o.maxRetryMs, 30_000, 1, longest)),
    refuseAfterMs: integer('refuseAfterMs', o.refuseAfterMs, 600_000, 0, most),
    closeTimeoutMs: integer('closeTimeoutMs', o.closeTimeoutMs, 5000, 0, longest),
  };
}
