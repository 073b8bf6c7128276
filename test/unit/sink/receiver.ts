/** A receiver of HTTP that takes, refuses, hangs, lies or goes away, as a test wants it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Documents, type RemoteSink, type SinkLoss } from '../../../lib/sink/index.js';

export interface Request {
  readonly headers: IncomingMessage['headers'];
  readonly url: string;
  readonly body: Buffer;
  readonly lines: readonly string[];
}

export type Answer = (request: Request, response: ServerResponse, count: number) => void;

export const takes: Answer = (_, response) => void response.end();

export class Receiver {
  readonly requests: Request[] = [];
  answer: Answer = takes;
  #server: Server | undefined;
  port = 0;

  static async start(answer: Answer = takes): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.answer = answer;
    await receiver.listen();
    onTestFinished(() => receiver.kill());
    return receiver;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => undefined);
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const { headers, url = '' } = request;
        const asked = { headers, url, body, lines: body.toString().split('\n').slice(0, -1) };
        this.requests.push(asked);
        this.answer(asked, response, this.requests.length);
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** As a process that is killed: connections break. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/in?x=1`;
  }

  get lines(): string[] {
    return this.requests.flatMap(({ lines }) => lines);
  }
}

export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sysmon-sink-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** What a sink says, from now on. */
export function listen(sink: RemoteSink): { readonly losses: SinkLoss[]; readonly said: string[] } {
  const [losses, said]: [SinkLoss[], string[]] = [[], []];
  sink.onLoss = (loss) => void losses.push(loss);
  sink.onNotice = (text) => void said.push(text);
  return { losses, said };
}

export const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `{"n":${from + i},"text":"${'x'.repeat(100)}"}`);

/** So many batches of ten documents. */
export async function feed(sink: RemoteSink, batches: number, from = 0): Promise<string[]> {
  const all: string[] = [];
  for (let i = 0; i < batches; i++) {
    const batch = numbered(from + 10 * i, from + 10 * i + 10);
    all.push(...batch);
    await sink.write(Documents.of(batch));
  }
  return all;
}

/** Once each, in the order in which they came first. */
export const once = (lines: readonly string[]): string[] => [...new Set(lines)];
