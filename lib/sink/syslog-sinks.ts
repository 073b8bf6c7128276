/** Sinks for the log of the system: syslog in its forms, and journald. */
import { checkNames, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { loadAddon } from '../native.js';
import { UdpSender, UnixDatagramSender } from './datagram-sender.js';
import { oneOf } from './file-options.js';
import { readTls, urlOf, type TlsOptions } from './http-sinks.js';
import { journalEntry } from './journal-entry.js';
import { checkRemoteOptions, remoteNames, type RemoteOptions } from './remote-options.js';
import { RemoteSink } from './remote-sink.js';
import { rfc3164, rfc5424 } from './syslog-format.js';
import { SyslogStreamSender } from './syslog-stream-sender.js';
import type { Sender } from './batch.js';

/** Facilities of syslog by their names. */
const facilities = {
  kern: 0,
  user: 1,
  mail: 2,
  daemon: 3,
  auth: 4,
  syslog: 5,
  authpriv: 10,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const;

/** What openSyslog() is told beside its URL. */
export interface SyslogSinkOptions extends RemoteOptions, TlsOptions {
  /** `rfc3164`: as syslog(3) writes it, and the default of `syslog:`. `rfc5424`: the default over UDP, TCP and TLS. */
  format?: 'rfc3164' | 'rfc5424' | undefined;
  /** Default `user`, as Sysmon for Linux. */
  facility?: keyof typeof facilities | undefined;
  /** Severity from 0 (emergency) to 7 (debug). Default 6, informational. */
  severity?: number | undefined;
  /** The name before the message. Default `sysmon`. */
  ident?: string | undefined;
}

/** What openJournal() is told. */
export interface JournalSinkOptions extends RemoteOptions {
  /** Priority from 0 (emergency) to 7 (debug). Default 6, informational. */
  severity?: number | undefined;
  /** SYSLOG_IDENTIFIER. Default `sysmon`. */
  ident?: string | undefined;
}

const tlsNames = ['caFile', 'certFile', 'keyFile'] as const;
const syslogNames = [...remoteNames, ...tlsNames, 'format', 'facility', 'severity', 'ident'] as const;
const journalNames = [...remoteNames, 'severity', 'ident'] as const;

function checkIdent(where: string, value: unknown): string {
  if (value === undefined) return 'sysmon';
  if (typeof value !== 'string' || !/^[!-9;-~]{1,32}$/.test(value))
    refuse(`${where}: ident: expected up to 32 characters without blanks and colons, got ${show(value)}.`);
  return value;
}

/** The path in an address without a host. */
const pathOf = (url: URL, fallback: string): string => decodeURIComponent(url.pathname) || fallback;

/**
 * A sink that writes to syslog. `syslog:` or `syslog:/path`: the socket of this machine, /dev/log, in datagrams up to
 * its send buffer (8 MiB as root, else net.core.wmem_max, 208 KiB); `syslog+udp://host`, `syslog+tcp://host` and
 * `syslog+tls://host`, by default on ports 514, 514 and 6514. What is too long for a datagram is refused, counted and
 * told; TCP and TLS have no such bound. Rejects with SysmonError (ERR_SYSMON_OPTION, _SINK, _NATIVE).
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { xml } from '@org/sysmon/serializers';
 * import { openSyslog, pump } from '@org/sysmon/sinks';
 *
 * const sink = await openSyslog('syslog:');
 * const sysmon = new Sysmon();
 * const sent = pump(sysmon, { serializer: xml, sink });
 * await sysmon.start();
 * await sent;
 * await sink.close();
 * ```
 */
export async function openSyslog(url: string | URL, options?: SyslogSinkOptions): Promise<RemoteSink> {
  const where = 'openSyslog()';
  const address = urlOf(where, url, ['syslog:', 'syslog+udp:', 'syslog+tcp:', 'syslog+tls:']);
  const { protocol, port } = address;
  const local = protocol === 'syslog:';
  const o = checkNames<SyslogSinkOptions>(where, options, syslogNames);
  const format = oneOf(`${where}: format`, o.format, ['rfc3164', 'rfc5424'], local ? 'rfc3164' : 'rfc5424');
  const words = Object.keys(facilities) as (keyof typeof facilities)[];
  const facility = facilities[oneOf(`${where}: facility`, o.facility, words, 'user')];
  const priority = 8 * facility + integer('severity', o.severity, 6, 0, 7);
  const header = { priority, ident: checkIdent(where, o.ident) };
  const make = format === 'rfc3164' ? rfc3164(header, local) : rfc5424(header);
  const host = address.hostname.replaceAll(/[[\]]/g, '');
  if (local === (host !== ''))
    refuse(
      local
        ? `${where}: syslog: is the socket of this machine. For another one take syslog+udp://, syslog+tcp:// or syslog+tls://.`
        : `${where}: ${show(String(url))} names no host.`,
    );
  if (protocol !== 'syslog+tls:')
    for (const name of tlsNames)
      if (o[name] !== undefined) refuse(`${where}: ${name}: it is of TLS. Take syslog+tls://, or leave it out.`);
  const number = port === '' ? (protocol === 'syslog+tls:' ? 6514 : 514) : Number(port);
  let sender: Sender;
  if (local) {
    loadAddon(); // now rather than with the first batch
    sender = new UnixDatagramSender(pathOf(address, '/dev/log'), make, false);
  } else if (protocol === 'syslog+udp:') sender = new UdpSender(host, number, make);
  else {
    const tls = protocol === 'syslog+tls:' ? readTls(o) : undefined;
    sender = new SyslogStreamSender({ host, port: number, tls }, make);
  }
  return RemoteSink.open(sender, checkRemoteOptions(o, sender.acknowledges ? 1000 : 200));
}

/**
 * A sink that writes to journald, with the fields of an event as fields of the entry: `SYSMON_TYPE`, `SYSMON_EVENT_ID`,
 * `SYSMON_RECORD_ID`, `SYSMON_TIME` and, of `data`, `SYSMON_IMAGE`, `SYSMON_COMMAND_LINE` and so on, if documents are
 * JSON with these members. MESSAGE is the whole document, of any size. Rejects with SysmonError (ERR_SYSMON_OPTION,
 * _SINK, _NATIVE).
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { json } from '@org/sysmon/serializers';
 * import { openJournal, pump } from '@org/sysmon/sinks';
 *
 * const sink = await openJournal('journald:'); // journalctl SYSMON_TYPE=ProcessCreate -o json
 * const sysmon = new Sysmon();
 * const sent = pump(sysmon, { serializer: json, sink });
 * await sysmon.start();
 * await sent;
 * await sink.close();
 * ```
 */
export async function openJournal(url: string | URL, options?: JournalSinkOptions): Promise<RemoteSink> {
  const where = 'openJournal()';
  const address = urlOf(where, url, ['journald:']);
  const o = checkNames<JournalSinkOptions>(where, options, journalNames);
  const make = journalEntry(integer('severity', o.severity, 6, 0, 7), checkIdent(where, o.ident));
  if (address.hostname !== '') refuse(`${where}: journald: is that of this machine: no host can be named.`);
  loadAddon();
  const sender = new UnixDatagramSender(pathOf(address, '/run/systemd/journal/socket'), make, true);
  return RemoteSink.open(sender, checkRemoteOptions(o, 200));
}
