/** Sinks whose receivers speak HTTP. */
import { readFileSync } from 'node:fs';
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { oneOf } from './file-options.js';
import { elasticCodec, ndjsonCodec, otlpCodec, splunkCodec } from './http-codecs.js';
import { HttpSender, type HttpCodec } from './http-sender.js';
import { checkRemoteOptions, remoteNames, type RemoteOptions } from './remote-options.js';
import { RemoteSink } from './remote-sink.js';

/** What a connection with TLS is made with. */
export interface TlsOptions {
  /** A file of certificates in PEM to trust instead of those that Node.js knows. */
  caFile?: string | undefined;
  /** A file with our own certificate in PEM. */
  certFile?: string | undefined;
  /** A file with its key in PEM. */
  keyFile?: string | undefined;
}

/** What openHttp() is told beside its URL. */
export interface HttpSinkOptions extends RemoteOptions, TlsOptions {
  /**
   * What the receiver understands: `ndjson` (default), one document a line; `elastic`, the requests `_bulk` of
   * Elasticsearch and OpenSearch; `splunk`, the HTTP Event Collector; `otlp`, OTLP/HTTP logs as JSON.
   */
  format?: 'ndjson' | 'elastic' | 'splunk' | 'otlp' | undefined;
  /** Headers of every request, such as `authorization`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** A file whose first line is the value of the header `authorization`: it is not seen in lists of processes. */
  authorizationFile?: string | undefined;
  /** How the body of requests is compressed: `none` (default) or `gzip`. */
  compress?: 'none' | 'gzip' | undefined;
}

const codecs: Readonly<Record<NonNullable<HttpSinkOptions['format']>, HttpCodec>> = {
  ndjson: ndjsonCodec,
  elastic: elasticCodec,
  splunk: splunkCodec,
  otlp: otlpCodec,
};
const tlsNames = ['caFile', 'certFile', 'keyFile'] as const satisfies readonly (keyof TlsOptions)[];
const names = [...remoteNames, ...tlsNames, 'format', 'headers', 'authorizationFile', 'compress'] as const;

function fileOf(name: string, path: unknown): Buffer | undefined {
  if (path === undefined) return undefined;
  if (typeof path !== 'string') refuse(`${name}: expected the path of a file, got ${show(path)}.`);
  try {
    return readFileSync(path);
  } catch (error) {
    refuse(`${name}: cannot read ${path}: ${(error as Error).message}.`);
  }
}

/** What the files hold. */
export function readTls(options: TlsOptions): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const [ca, cert, key] = tlsNames.map((name) => fileOf(name, options[name]));
  if ((cert === undefined) !== (key === undefined)) refuse('certFile and keyFile: one is of no use without the other.');
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** Reads an address. Refuses what is none. */
export function urlOf(where: string, text: string | URL, protocols: readonly string[]): URL {
  const url = URL.canParse(String(text)) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol))
    refuse(`${where}: expected a URL with ${protocols.map((p) => `${p}//`).join(' or ')}, got ${show(String(text))}.`);
  return url;
}

/**
 * A sink that posts batches. A batch is acknowledged by a status 2xx; 429 and 5xx are tried again, for as long as there
 * is room for what waits, after the time that `Retry-After` asks for; 413 is sent in halves; 400, 415 and 422 are
 * refused, counted and told; any other status means that somebody has to correct something: it is tried again for
 * `refuseAfterMs`. Rejects with SysmonError (ERR_SYSMON_OPTION, _SINK).
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { ecs } from '@org/sysmon/serializers';
 * import { openHttp, pump } from '@org/sysmon/sinks';
 *
 * const sink = await openHttp('https://search.example:9200/sysmon/_bulk', {
 *   format: 'elastic',
 *   headers: { authorization: `ApiKey ${process.env.API_KEY}` },
 *   spool: { directory: '/var/lib/sysmon/spool/search' },
 * });
 * sink.onNotice = console.error;
 * const sysmon = new Sysmon();
 * const sent = pump(sysmon, { serializer: ecs, sink });
 * await sysmon.start();
 * await sent;
 * await sink.close();
 * ```
 */
export async function openHttp(url: string | URL, options?: HttpSinkOptions): Promise<RemoteSink> {
  const where = 'openHttp()';
  const address = urlOf(where, url, ['http:', 'https:']);
  const o = checkNames<HttpSinkOptions>(where, options, names);
  const format = oneOf(`${where}: format`, o.format, ['ndjson', 'elastic', 'splunk', 'otlp'], 'ndjson');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(o.headers ?? {})) {
    if (typeof value !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n\0]/.test(value))
      refuse(`${where}: headers: ${show(name)} is no header with a text of one line.`);
    headers[name.toLowerCase()] = value;
  }
  const authorization = fileOf('authorizationFile', o.authorizationFile)?.toString().split('\n', 1)[0].trim();
  if (authorization !== undefined) headers['authorization'] = authorization;
  if (address.username !== '' && headers['authorization'] === undefined) {
    const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  address.username = address.password = '';
  const sender = new HttpSender(
    {
      url: address,
      headers,
      compress: oneOf(`${where}: compress`, o.compress, ['none', 'gzip'], 'none'),
      tls: readTls(o),
    },
    codecs[format],
  );
  return RemoteSink.open(sender, checkRemoteOptions(o, 200));
}
