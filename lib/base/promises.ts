/** A promise and what settles it. */
export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

export function deferred(): Deferred {
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<void>((a, b) => {
    resolve = a;
    reject = b;
  });
  promise.catch(() => undefined); // whoever waits is told; nobody may be waiting
  return { promise, resolve, reject };
}

interface Thenable {
  then(resolved: undefined, rejected: (cause: unknown) => void): unknown;
}

/** A promise of whatever library. */
export const isThenable = (value: object | null): value is Thenable =>
  value !== null && 'then' in value && typeof value.then === 'function';

/** The same promise, but that an abort rejects with its reason. Nothing is left on the signal. */
export async function unlessAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const aborted = deferred();
  const onAbort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
