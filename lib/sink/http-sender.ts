/** Batches as requests of HTTP: who is asked, what its answers mean. What stands in them is made by a codec. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { printable } from '../base/printable.js';
import { SendError, type Batch, type Outcome, type Sender, type SendFailure } from './batch.js';

const compressed = promisify(gzip);
const mostAnswer = 16 << 20; // bytes of an answer that are read
const mostReason = 200; // characters

/** What a kind of receiver wants to be sent, and what its answers say. */
export interface HttpCodec {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  encode(batch: Batch): Buffer;
  /** Of an answer with a status 2xx. Throws SendError if it is no answer of such a receiver. */
  outcome(batch: Batch, body: string): Outcome | undefined;
}

export interface HttpSettings {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly compress: 'none' | 'gzip';
  /** Certificates and keys, as node:tls takes them. */
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
}

/** What a status other than 2xx means. */
function failureOf(status: number): SendFailure {
  if (status === 413) return 'too-large';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'later';
  if (status === 400 || status === 415 || status === 422) return 'refused';
  // A redirection, a password, a path: somebody has to correct it, and what waits is good.
  return 'blocked';
}

/** Retry-After: seconds, or a date. In ms. */
function retryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/** The beginning of what was said, on one line. */
export const reasonOf = (text: string): string => printable(text.replaceAll(/\s+/g, ' ').trim()).slice(0, mostReason);

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostAnswer) throw new SendError('later', `an answer of more than ${mostAnswer} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export class HttpSender implements Sender {
  readonly name: string;
  readonly acknowledges = true;
  readonly #settings: HttpSettings;
  readonly #codec: HttpCodec;
  readonly #agent: HttpAgent;

  constructor(settings: HttpSettings, codec: HttpCodec) {
    const { url, tls } = settings;
    this.#settings = settings;
    this.#codec = codec;
    this.name = `${url.protocol}//${url.host}${url.pathname}`;
    const options = { keepAlive: true, maxSockets: 1 };
    this.#agent = url.protocol === 'https:' ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
  }

  async send(batch: Batch, signal: AbortSignal): Promise<Outcome | undefined> {
    const plain = this.#codec.encode(batch);
    const body = this.#settings.compress === 'gzip' ? await compressed(plain) : plain;
    const response = await this.#ask(body, signal, batch);
    const text = await bodyOf(response);
    const { statusCode: status = 0, headers, statusMessage = '' } = response;
    if (status >= 200 && status < 300) return this.#codec.outcome(batch, text);
    const reason = `status ${status} ${statusMessage}${text === '' ? '' : `: ${reasonOf(text)}`}`;
    throw new SendError(failureOf(status), reason, retryAfter(headers['retry-after']));
  }

  #ask(body: Buffer, signal: AbortSignal, batch: Batch): Promise<IncomingMessage> {
    const { url, headers, compress } = this.#settings;
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = ask(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          signal,
          headers: {
            'content-type': this.#codec.contentType,
            'content-length': body.length,
            ...(compress === 'gzip' && { 'content-encoding': 'gzip' }),
            'sysmon-source': batch.source,
            'sysmon-sequence': `${batch.sequence(0)}-${batch.sequence(batch.count - 1)}`,
            ...this.#codec.headers,
            ...headers,
          },
        },
        resolve,
      );
      request.on('error', (error: NodeJS.ErrnoException) =>
        reject(new SendError('later', error.message || error.code || 'the connection failed')),
      );
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
