/** What the service tells systemd, where that has started it: that it runs, that it lives, that it reads its orders. */

/** Sends one datagram to a Unix socket. */
export type Send = (path: string, text: string) => void;

export class Manager {
  readonly #path = process.env['NOTIFY_SOCKET'];
  readonly #everyMs: number;
  readonly #send: Send;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(send: Send) {
    this.#send = send;
    const { WATCHDOG_USEC: usec, WATCHDOG_PID: pid } = process.env;
    const meant = pid === undefined || Number(pid) === process.pid;
    this.#everyMs = usec !== undefined && meant ? Number(usec) / 2000 : 0;
  }

  /** It runs. From now on it says that it lives as often as it is to, as long as `healthy` says so. */
  ready(healthy: () => boolean): void {
    this.#say('READY=1');
    clearInterval(this.#watchdog);
    if (this.#everyMs === 0) return;
    this.#watchdog = setInterval(() => healthy() && this.#say('WATCHDOG=1'), this.#everyMs);
    this.#watchdog.unref();
  }

  /** It reads its orders anew; ready() or reloaded() follows. */
  reloading(): void {
    this.#say('STATUS=reads its configuration');
  }

  reloaded(status: string): void {
    this.#say(`STATUS=${status}`);
  }

  stopping(): void {
    clearInterval(this.#watchdog);
    this.#say('STOPPING=1');
  }

  #say(text: string): void {
    if (this.#path === undefined) return;
    try {
      this.#send(this.#path, text);
    } catch {
      // It is systemd that acts on what it is not told.
    }
  }
}
