/** What receivers of HTTP want to be sent: lines of JSON, Elasticsearch's bulk requests, Splunk's collector, OTLP. */
import { hostname } from 'node:os';
import { version } from '../base/version.gen.js';
import { SendError, type Outcome } from './batch.js';
import { otlpRecord } from './otlp-record.js';
import { reasonOf, type HttpCodec } from './http-sender.js';

/** An answer that is JSON, or none of such a receiver: a proxy may answer 200 to anything. */
function parsed(body: string, who: string): Record<string, unknown> {
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new SendError('later', `the answer is not one of ${who}: ${reasonOf(body) || 'it is empty'}`);
}

/** A document as a value of JSON: as it is, where it is JSON, else as a text. */
function jsonOf(document: Buffer): string {
  const text = document.toString();
  if (text.startsWith('{') && !text.includes('\n')) return text;
  return JSON.stringify(text);
}

/** One document a line. Whoever answers 2xx has it. */
export const ndjsonCodec: HttpCodec = {
  contentType: 'application/x-ndjson',
  encode: ({ documents }) => documents.bytes,
  outcome: () => undefined,
};

interface BulkItem {
  readonly status?: number;
  readonly error?: { readonly type?: string; readonly reason?: string };
}

/** Elasticsearch and OpenSearch. The id of a document is its source and number: what comes twice is there once. */
export const elasticCodec: HttpCodec = {
  contentType: 'application/x-ndjson',
  encode(batch) {
    const parts: (string | Buffer)[] = [];
    for (let i = 0; i < batch.count; i++) {
      parts.push(`{"create":{"_id":${JSON.stringify(batch.id(i))}}}\n`);
      const document = batch.documents.at(i);
      const json = jsonOf(document);
      parts.push(json.startsWith('{') ? json : `{"message":${json}}`, '\n');
    }
    return Buffer.from(parts.join(''));
  },
  outcome(batch, body): Outcome | undefined {
    const { errors, items } = parsed(body, 'Elasticsearch') as { errors?: boolean; items?: Record<string, BulkItem>[] };
    if (!Array.isArray(items) || items.length !== batch.count)
      throw new SendError('later', 'the answer does not say what became of each document');
    if (errors !== true) return undefined;
    const refused: number[] = [];
    const again: number[] = [];
    const reasons: [again?: string, refused?: string] = [];
    items.forEach((item, i) => {
      const { status = 0, error } = Object.values(item ?? {})[0] ?? {};
      // 409: it is there already, as it came before its answer was lost.
      if ((status >= 200 && status < 300) || status === 409) return;
      const later = status === 429 || status >= 500 || status === 0;
      (later ? again : refused).push(i);
      reasons[later ? 0 : 1] ??= reasonOf(`status ${status}: ${error?.type ?? ''} ${error?.reason ?? ''}`);
    });
    return { refused, again, reason: reasons[1] ?? reasons[0] ?? '' };
  },
};

/** Splunk's HTTP Event Collector. */
export const splunkCodec: HttpCodec = {
  contentType: 'application/json',
  encode(batch) {
    const host = JSON.stringify(hostname());
    const source = JSON.stringify(batch.source);
    const parts: string[] = [];
    for (let i = 0; i < batch.count; i++) {
      const json = jsonOf(batch.documents.at(i));
      const time = /"time":"([^"]+)"/.exec(json.slice(0, 500))?.[1];
      const at = time === undefined ? NaN : Date.parse(time) / 1000;
      parts.push(
        `{${Number.isFinite(at) ? `"time":${at.toFixed(3)},` : ''}"host":${host},"sourcetype":"sysmon","event":${json},` +
          `"fields":{"sysmon_source":${source},"sysmon_sequence":${batch.sequence(i)}}}`,
      );
    }
    return Buffer.from(parts.join('\n'));
  },
  outcome(_, body) {
    const { code, text } = parsed(body, 'Splunk') as { code?: number; text?: string };
    if (code !== 0) throw new SendError('later', reasonOf(`code ${String(code)}: ${String(text)}`));
    return undefined;
  },
};

/** OTLP/HTTP in its form of JSON. */
export const otlpCodec: HttpCodec = {
  contentType: 'application/json',
  encode(batch) {
    const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
    const logRecords = Array.from({ length: batch.count }, (_, i) => otlpRecord(batch, i));
    return Buffer.from(
      JSON.stringify({
        resourceLogs: [
          {
            resource: {
              attributes: [
                text('service.name', 'sysmon'),
                text('host.name', hostname()),
                text('sysmon.source', batch.source),
              ],
            },
            scopeLogs: [{ scope: { name: '@org/sysmon', version }, logRecords }],
          },
        ],
      }),
    );
  },
  outcome(batch, body): Outcome | undefined {
    if (body.trim() === '') return undefined;
    const { partialSuccess } = parsed(body, 'an OTLP receiver') as {
      partialSuccess?: { rejectedLogRecords?: string | number; errorMessage?: string };
    };
    const rejected = Number(partialSuccess?.rejectedLogRecords ?? 0);
    if (!(rejected > 0)) return undefined;
    // Which ones it does not say: so many of them.
    const refused = Array.from({ length: Math.min(rejected, batch.count) }, (_, i) => i);
    return { refused, reason: reasonOf(partialSuccess?.errorMessage ?? '') };
  },
};
