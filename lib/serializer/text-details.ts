/** What a line for a person says of an event, by its type, after who did it. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { address } from './conversions.js';
import { own } from './mapping.js';
import { containerOf } from './serializer.js';
import { errnoName, signals, type Piece } from './text-pieces.js';
import { visible } from '../base/printable.js';

type Data = Readonly<Record<string, unknown>>;

/** A field as text; nothing if it has nothing to say. */
const said = (data: Data, name: string): string => {
  const value = data[name];
  return value === undefined || value === '-' ? '' : visible(String(value));
};

const dim = (text: string): Piece[] => (text === '' ? [] : [[`  ${text}`, 'dim']]);

/** Addresses as people write them; ports apart from IPv6 by brackets. */
function endpoint(data: Data, side: 'Source' | 'Destination'): string {
  const ip = address(said(data, `${side}Ip`));
  const host = said(data, `${side}Hostname`);
  return `${ip.includes(':') ? `[${ip}]` : ip}:${said(data, `${side}Port`)}${host === '' ? '' : ` (${host})`}`;
}

function outcome({ exitCode, signal, coreDump }: SysmonEvent['extra']): Piece {
  if (signal !== undefined)
    return [`killed by ${signals.get(signal) ?? `signal ${signal}`}${coreDump ? ', core dumped' : ''}`, 'red'];
  if (exitCode !== undefined) return [`exit ${exitCode}`, exitCode === 0 ? 'dim' : 'yellow'];
  return ['exit unknown', 'dim'];
}

function container(event: SysmonEvent): Piece[] {
  const found = containerOf(event.process);
  return found === undefined ? [] : [[`  container ${visible(found.name ?? found.id.slice(0, 12))}`, 'magenta']];
}

const file = (data: Data, ...more: string[]): Piece[] => [
  [said(data, 'TargetFilename')],
  ...more.flatMap((name) => dim(said(data, name))),
];

/** The first eight digits tell a person whether two are the same; the whole is in every other format. */
const digest = (data: Data): Piece[] => dim(said(data, 'Hashes').replace(/([0-9a-f]{8})[0-9a-f]+/g, '$1…'));

const details: Readonly<Record<string, (data: Data, event: SysmonEvent) => Piece[]>> = {
  ProcessCreate: (d, e) => [
    [said(d, 'CommandLine')],
    [`  \u2190 ${said(d, 'ParentImage') || '-'}[${said(d, 'ParentProcessId')}]`, 'dim'],
    ...container(e),
  ],
  ProcessTerminate: (_, e) => [outcome(e.extra)],
  FileCreate: (d) => file(d),
  FileCreateTime: (d) => [
    ...file(d),
    ...dim(
      `${said(d, 'PreviousCreationUtcTime') === '' ? '' : `${said(d, 'PreviousCreationUtcTime')} `}\u2192 ${said(d, 'CreationUtcTime') || '-'}`,
    ),
  ],
  FileModify: (d) => [...file(d, 'ModificationType'), ...digest(d)],
  FileDelete: (d) => [...file(d), ...dim(String(d['Archived']) === 'true' ? 'archived' : ''), ...digest(d)],
  FileDeleteDetected: (d) => [...file(d), ...digest(d)],
  PipeEvent: (d) => [[said(d, 'PipeName')], ...dim(d['EventType'] === 'CreatePipe' ? 'made' : 'opened')],
  RawAccessRead: (d) => [[said(d, 'Device')]],
  NetworkConnect: (d) => [
    [`${said(d, 'Protocol')} `, 'cyan'],
    // Sysmon's source of a connection that came in is the peer.
    [`${endpoint(d, 'Source')} \u2192 ${endpoint(d, 'Destination')}`],
    ...dim(d['Initiated'] === true ? '' : 'came in'),
  ],
  DnsQuery: (d) => [
    [said(d, 'QueryName')],
    ...(d['QueryStatus'] === '0'
      ? dim(
          `\u2192 ${
            said(d, 'QueryResults')
              .replace(/;(?=.)/g, ' ')
              .replace(/;$/, '') || 'nothing'
          }`,
        )
      : ([
          [`  ${d['QueryStatus'] === '1460' ? 'no answer' : `failed, status ${said(d, 'QueryStatus')}`}`, 'yellow'],
        ] as Piece[])),
  ],
  ProcessAccess: (d) => [
    [`\u2192 ${said(d, 'TargetImage') || '-'}[${said(d, 'TargetProcessId')}]`],
    ...dim(said(d, 'GrantedAccess')),
  ],
  ModuleLoad: (d) => [[said(d, 'ImageLoaded')], ...digest(d)],
};

/** What stands elsewhere in the line, or says nothing to a person. */
const elsewhere = new Set([
  'RuleName',
  'UtcTime',
  'ProcessGuid',
  'SourceProcessGUID',
  'TargetProcessGUID',
  'ProcessId',
  'Image',
  'User',
]);

/** Name and value of all that an event says of which there is no better way to put it. */
function fields(data: Data): Piece[] {
  const pieces: Piece[] = [];
  for (const [name, value] of Object.entries(data)) {
    if (elsewhere.has(name) || value === '-') continue;
    pieces.push([`${name}=`, 'dim'], [`${visible(String(value))}  `]);
  }
  return pieces;
}

export function detailsOf(event: SysmonEvent, data: SysmonEvent['data']): Piece[] {
  const known = own(details, event.type);
  const pieces = known === undefined ? fields(data as unknown as Data) : known(data as unknown as Data, event);
  const { errno } = event.extra;
  if (errno !== undefined) pieces.push([`  ${errnoName(errno)}`, 'red']);
  return pieces;
}
