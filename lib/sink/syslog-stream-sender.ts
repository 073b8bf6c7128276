/**
 * Syslog over TCP and TLS, each message behind the count of its bytes (RFC 6587, RFC 5425). It has no answers:
 * a connection that breaks has lost what was under way, and nobody knows what. So each batch is a connection. We end
 * our side, and a receiver that has read all ends its own: that is the acknowledgement.
 */
import { connect as tcpConnect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { SendError, type Batch, type Outcome, type Sender } from './batch.js';
import type { SyslogFormat } from './syslog-format.js';

export interface StreamSettings {
  readonly host: string;
  readonly port: number;
  /** undefined: plain TCP. */
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer } | undefined;
}

export class SyslogStreamSender implements Sender {
  readonly name: string;
  readonly acknowledges = true;
  readonly #settings: StreamSettings;
  readonly #format: SyslogFormat;

  constructor(settings: StreamSettings, format: SyslogFormat) {
    const { host, port, tls } = settings;
    this.#settings = settings;
    this.#format = format;
    this.name = `syslog+${tls ? 'tls' : 'tcp'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  send(batch: Batch, signal: AbortSignal): Promise<Outcome | undefined> {
    const parts: Buffer[] = [];
    for (let i = 0; i < batch.count; i++) {
      const message = this.#format(batch, i);
      parts.push(Buffer.from(`${message.length} `), message);
    }
    const body = Buffer.concat(parts);
    return new Promise((resolve, reject) => {
      const socket = this.#connect(() => socket.end(body));
      let read = false; // the receiver has ended its side
      const abort = (): void => void socket.destroy(new Error('given up'));
      signal.addEventListener('abort', abort, { once: true });
      let failure: Error | undefined;
      socket.on('error', (error) => (failure = error));
      socket.on('end', () => (read = true));
      socket.on('close', () => {
        signal.removeEventListener('abort', abort);
        // Before we had ended ours, an end is no answer to it.
        if (failure === undefined && read && socket.writableFinished) resolve(undefined);
        else reject(new SendError('later', failure?.message ?? 'the receiver ended the connection too early'));
      });
      socket.resume(); // what it says is nothing to us, but its end is
    });
  }

  #connect(ready: () => void): Socket {
    const { host, port, tls } = this.#settings;
    if (tls === undefined) return tcpConnect({ host, port, allowHalfOpen: true }, ready);
    const isName = !/^[\d.]+$|:/.test(host);
    // What node:tls passes on to the socket below it, though its types do not know it.
    const halfOpen: object = { allowHalfOpen: true };
    return tlsConnect({ host, port, ...halfOpen, ...(isName && { servername: host }), ...tls }, ready);
  }

  close(): void {
    // each connection ends with its batch
  }
}
