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
