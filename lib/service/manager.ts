/** What the service tells systemd, where that has started it: that it runs, that it lives, that it reads its orders. */

import { closeSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { loadAddon } from '../native.js';

/** Sends one datagram to a Unix socket. Gives an error number, or 0. */
function send(path: string, text: string): number {
  const addon = loadAddon();
  const fd = addon.openDatagram(path);
  if (fd < 0) return -fd;
  try {
    return addon.sendDatagram(fd, Buffer.from(text));
  } finally {
    closeSync(fd);
  }
}

export class Manager {
  readonly #path = process.env['NOTIFY_SOCKET'];
  readonly #everyMs: number;
  readonly #tell: (text: string) => void;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
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
    const error = send(this.#path, text);
    // It acts upon what it is not told.
    if (error !== 0) this.#tell(`cannot tell systemd ${text}: ${getSystemErrorName(-error)}`);
  }
}
