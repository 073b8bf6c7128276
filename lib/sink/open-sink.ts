/** Sinks by their addresses, as the command line and configurations name them. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { FileSink } from './file-sink.js';
import { openHttp } from './http-sinks.js';
import type { Sink } from './sink.js';
import { openJournal, openSyslog } from './syslog-sinks.js';
import { openUnix } from './unix-sink.js';

/** What openSink() is told beside the address. */
export interface OpenSinkOptions {
  /**
   * Folder of the spools of remote sinks that name none: each gets a directory there, by its address. Default:
   * what waits for them is in memory alone.
   */
  spoolFolder?: string | undefined;
}

type Values = Record<string, unknown>;

interface Kind {
  /** Options that are numbers, in the query of the address. */
  readonly numbers: readonly string[];
  /** Options that are words. */
  readonly words: readonly string[];
  /** Whether it can have a spool, and has one by default. */
  readonly spool: 'never' | 'asked' | 'always';
  open(url: URL, options: Values): Promise<Sink> | Sink;
}

const remote = [
  'maxBytes',
  'maxAgeMs',
  'batchBytes',
  'lingerMs',
  'timeoutMs',
  'retryMs',
  'maxRetryMs',
  'refuseAfterMs',
  'closeTimeoutMs',
];
const tls = ['caFile', 'certFile', 'keyFile'];
const pathOf = ({ pathname }: URL): string => decodeURIComponent(pathname);

const file: Kind = {
  numbers: ['maxBytes', 'maxAgeMs', 'keep', 'keepBytes', 'keepMs', 'mode'],
  words: ['compress', 'fsync', 'onDiskFull'],
  spool: 'never',
  open: (url, { fsync, ...options }) =>
    new FileSink(pathOf(url), {
      ...options,
      ...(fsync !== undefined && { fsync: (/^\d+$/.test(String(fsync)) ? Number(fsync) : fsync) as number }),
    }),
};
const syslog = (spool: Kind['spool'], words: readonly string[] = []): Kind => ({
  numbers: [...remote, 'severity'],
  words: ['onFull', 'format', 'facility', 'ident', ...words],
  spool,
  open: (url, options) => openSyslog(url, options),
});
const http = (scheme: string, format: string | undefined, path?: (url: URL) => string): Kind => ({
  numbers: remote,
  words: ['onFull', 'authorizationFile', 'compress', ...tls],
  spool: 'always',
  open(url, options) {
    const plain = url.href.slice(url.href.indexOf(':'));
    const address = new URL(`${scheme}${plain}`);
    if (path) address.pathname = path(address);
    return openHttp(address, { ...options, ...(format !== undefined && { format: format as 'elastic' }) });
  },
});
const bulk = ({ pathname }: URL): string =>
  pathname.endsWith('/_bulk') ? pathname : `${pathname.replace(/\/$/, '')}/_bulk`;
const collector = ({ pathname }: URL): string => (pathname === '/' ? '/services/collector/event' : pathname);
const logs = ({ pathname }: URL): string => (pathname === '/' ? '/v1/logs' : pathname);

const kinds: Readonly<Record<string, Kind>> = {
  'file:': file,
  'syslog:': syslog('asked'),
  'syslog+udp:': syslog('asked'),
  'syslog+tcp:': syslog('always'),
  'syslog+tls:': syslog('always', tls),
  'journald:': {
    numbers: [...remote, 'severity'],
    words: ['onFull', 'ident'],
    spool: 'asked',
    open: (url, options) => openJournal(url, options),
  },
  'unix:': {
    numbers: ['maxBytes', 'maxReaders', 'mode', 'closeTimeoutMs'],
    words: [],
    spool: 'never',
    open: (url, options) => openUnix(pathOf(url), options),
  },
  'http:': http('http', undefined),
  'https:': http('https', undefined),
  'elastic+http:': http('http', 'elastic', bulk),
  'elastic+https:': http('https', 'elastic', bulk),
  'splunk+http:': http('http', 'splunk', collector),
  'splunk+https:': http('https', 'splunk', collector),
  'otlp+http:': http('http', 'otlp', logs),
  'otlp+https:': http('https', 'otlp', logs),
};

/** The addresses that openSink() knows begin with one of these. */
export const sinkSchemes: readonly string[] = Object.keys(kinds);

/** Whether a text names a sink, and not the path of a file. One with `://` does, known or not. */
export const isSinkAddress = (text: string): boolean =>
  sinkSchemes.some((scheme) => text.startsWith(scheme)) || /^[a-z][a-z\d+.-]*:\/\//.test(text);

/** Options in the query. Those of a receiver of plain HTTP, whose query is its own, stand behind `#`. */
function optionsOf(where: string, url: URL, { numbers, words, spool }: Kind): Values {
  const own = /^https?:$/.test(url.protocol) ? 'hash' : 'search';
  const given = new URLSearchParams(url[own].slice(1));
  url[own] = '';
  const known = [...numbers, ...words, ...(spool === 'never' ? [] : ['spool', 'spoolBytes', 'spoolFsync'])];
  const options: Values = {};
  for (const [name, value] of given) {
    if (!known.includes(name))
      refuse(`${where}: unknown option '${name}'.${didYouMean(name, known)} Known: ${known.join(', ')}.`);
    if (name in options) refuse(`${where}: ${name} is given twice.`);
    const isNumber = numbers.includes(name) || name === 'spoolBytes';
    if (isNumber && !/^(0[xo])?[\da-f]+$/i.test(value))
      refuse(`${where}: ${name}: expected a number, got ${show(value)}.`);
    options[name] = !isNumber ? value : name === 'mode' ? parseInt(value.replace(/^0o/, ''), 8) : Number(value);
  }
  return options;
}

/** What names the spool of an address: no secret, and no other address has it. */
function spoolName(url: URL): string {
  const bare = new URL(url);
  bare.username = bare.password = '';
  const digest = createHash('sha256').update(bare.href).digest('hex').slice(0, 12);
  return `${url.protocol.slice(0, -1)}-${url.host.replaceAll(/[^\w.-]/g, '_') || 'local'}-${digest}`;
}

/**
 * Opens the sink that an address names, with its options in the query; of `http:` and `https:`, whose query belongs to
 * the receiver, behind `#`. docs/sinks.md has all of them. Rejects with SysmonError (ERR_SYSMON_OPTION, _SINK).
 *
 * @example
 * ```js
 * import { openSink } from '@org/sysmon/sinks';
 *
 * const sink = await openSink('file:/var/log/sysmon.ndjson?maxBytes=100000000&keep=10&compress=gzip');
 * console.log(sink.stats());
 * await sink.close();
 * ```
 */
export async function openSink(address: string, options: OpenSinkOptions = {}): Promise<Sink> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const kind = url && kinds[url.protocol];
  if (url === undefined || kind === undefined)
    refuse(`there is no output ${show(address)}. Known are addresses that begin with ${sinkSchemes.join(', ')}.`);
  const where = `output ${url.protocol}`;
  const { spool, spoolBytes, spoolFsync, ...given } = optionsOf(where, url, kind);
  // A relative path would become an absolute one without a word.
  if (/^(file|unix):/.test(address) && !/^\w+:(\/\/)?\/[^/]/.test(address))
    refuse(`${where}: expected an absolute path, as in ${url.protocol}/var/log/sysmon.ndjson, got ${show(address)}.`);
  const wanted = spool ?? (kind.spool === 'always' && options.spoolFolder !== undefined ? 'default' : 'none');
  if (wanted === 'none') {
    for (const [name, value] of Object.entries({ spoolBytes, spoolFsync }))
      if (value !== undefined) refuse(`${where}: ${name}: there is no spool. Give spool=DIRECTORY, or leave it out.`);
    return kind.open(url, given);
  }
  if (spoolFsync !== undefined && spoolFsync !== 'true' && spoolFsync !== 'false')
    refuse(`${where}: spoolFsync: expected true or false, got ${show(spoolFsync)}.`);
  const directory = wanted === 'default' ? join(options.spoolFolder as string, spoolName(url)) : (wanted as string);
  const waits = { directory, maxBytes: spoolBytes as number | undefined, fsync: spoolFsync !== 'false' };
  return kind.open(url, { ...given, spool: waits });
}
