/** Documents as datagrams: to a Unix socket by the native part, or over UDP. */
import { closeSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { getSystemErrorName } from 'node:util';
import { loadAddon } from '../native.js';
import { SendError, type Batch, type Outcome, type Sender } from './batch.js';

/** Makes the datagram of a document. */
export type DatagramFormat = (batch: Batch, index: number) => Uint8Array;

const busyMs = 2; // until a receiver that has not read yet is asked again
const most = 200; // datagrams between two turns of the event loop

const nameOf = (errno: number): string => getSystemErrorName(-errno);

/** One datagram; its name of the error, or undefined. `full`: it is to be tried again soon. */
type SendOne = (datagram: Uint8Array) => Promise<string | undefined> | string | undefined;

/**
 * One after another. What is too long for a datagram is refused; after any other failure what is left is to be sent
 * again.
 */
async function sendAll(
  batch: Batch,
  format: DatagramFormat,
  one: SendOne,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const refused: number[] = [];
  const rest = (from: number): number[] => Array.from({ length: batch.count - from }, (_, i) => from + i);
  let longest = 0;
  for (let i = 0; i < batch.count; i++) {
    const datagram = format(batch, i);
    if (i % most === most - 1) await new Promise(setImmediate);
    for (;;) {
      const error = await one(datagram);
      if (error === undefined) break;
      if (error === 'EMSGSIZE') {
        refused.push(i);
        longest = Math.max(longest, datagram.length);
        break;
      }
      if (signal.aborted || (error !== 'EAGAIN' && error !== 'ENOBUFS')) {
        const reason = signal.aborted ? 'the receiver does not read' : error;
        if (i === 0) throw new SendError('later', reason);
        return { refused, again: rest(i), reason };
      }
      await new Promise((resolve) => setTimeout(resolve, busyMs));
    }
  }
  return refused.length === 0 ? undefined : { refused, reason: `too long for a datagram: ${longest} bytes` };
}

/** To a Unix socket, as /dev/log. Where the system cannot pass on a datagram, `large` may pass it on in another way. */
export class UnixDatagramSender implements Sender {
  readonly name: string;
  // It is in the receiver's queue when the call has returned; what becomes of it there nobody says.
  readonly acknowledges = false;
  readonly #path: string;
  readonly #format: DatagramFormat;
  readonly #large: boolean;
  #fd: number | undefined;

  /** `large`: what is too long is sent as a file in memory, as journald takes it. */
  constructor(path: string, format: DatagramFormat, large: boolean) {
    this.name = path;
    this.#path = path;
    this.#format = format;
    this.#large = large;
  }

  async send(batch: Batch, signal: AbortSignal): Promise<Outcome | undefined> {
    const addon = loadAddon();
    const fd = (this.#fd ??= this.#open());
    return sendAll(
      batch,
      this.#format,
      (datagram) => {
        let errno = addon.sendDatagram(fd, datagram);
        if (this.#large && errno !== 0 && ['EMSGSIZE', 'ENOBUFS'].includes(nameOf(errno)))
          errno = addon.sendDatagramFile(fd, datagram);
        if (errno === 0) return undefined;
        const name = nameOf(errno);
        // Whoever listened is gone: another one may have the name by now.
        if (!['EAGAIN', 'EMSGSIZE', 'ENOBUFS'].includes(name)) this.close();
        return name;
      },
      signal,
    );
  }

  #open(): number {
    const fd = loadAddon().openDatagram(this.#path);
    if (fd < 0) throw new SendError('later', `cannot connect: ${nameOf(-fd)}`);
    return fd;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/** Over UDP: nobody says whether it arrives. */
export class UdpSender implements Sender {
  readonly name: string;
  readonly acknowledges = false;
  readonly #host: string;
  readonly #port: number;
  readonly #format: DatagramFormat;
  #socket: Promise<Socket> | undefined;

  constructor(host: string, port: number, format: DatagramFormat) {
    this.name = `udp://${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.#host = host;
    this.#port = port;
    this.#format = format;
  }

  async send(batch: Batch, signal: AbortSignal): Promise<Outcome | undefined> {
    const socket = await (this.#socket ??= this.#connect());
    return sendAll(
      batch,
      this.#format,
      (datagram) =>
        new Promise((resolve) =>
          socket.send(datagram, (error) => {
            if (error === null) return resolve(undefined);
            const code = (error as NodeJS.ErrnoException).code ?? error.message;
            // What came before was not taken: this one was not sent either, and is to be.
            resolve(code);
          }),
        ),
      signal,
    );
  }

  #connect(): Promise<Socket> {
    const socket = createSocket(this.#host.includes(':') ? 'udp6' : 'udp4');
    return new Promise<Socket>((resolve, reject) => {
      socket.on('error', (error) => {
        this.close();
        reject(new SendError('later', error.message));
      });
      socket.connect(this.#port, this.#host, () => resolve(socket));
    });
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.then((s) => s.close()).catch(() => undefined);
  }
}
