/** What a line for a person says of an event, by its type, after who did it. */
import type { AnyExtra } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { events } from '../schema/events.js';
import type { TextForm, TextPart } from '../schema/format-rows.js';
import { address, responseCode } from './conversions.js';
import { containerOf } from './serializer.js';
import { errnoName } from '../base/errno.js';
import { signals, type Piece } from './text-pieces.js';
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

function outcome({ exitCode, signal, coreDump }: AnyExtra): Piece {
  if (signal !== undefined)
    return [`killed by ${signals.get(signal) ?? `signal ${signal}`}${coreDump ? ', core dumped' : ''}`, 'red'];
  if (exitCode !== undefined) return [`exit ${exitCode}`, exitCode === 0 ? 'dim' : 'yellow'];
  return ['exit unknown', 'dim'];
}

function container(event: SysmonEvent): Piece[] {
  const found = containerOf(event.process);
  return found === undefined ? [] : [[`  container ${visible(found.name ?? found.id.slice(0, 12))}`, 'magenta']];
}

/** What a server says that has done what it was asked. */
const nothingThere: ReadonlyMap<string, string> = new Map([
  ['9003', 'no such name (NXDOMAIN)'],
  ['9501', 'no such record'],
]);

/** Why a question has no answer. */
function unanswered(status: string): string {
  if (status === '1460') return 'no answer';
  return nothingThere.get(status) ?? `failed: ${responseCode(status)?.name ?? `status ${status}`}`;
}

/** How a field is shown. `data` has it; one that says nothing is ''. */
type Form = (value: string, data: Data, event: SysmonEvent) => Piece[];

const forms: Readonly<Record<TextForm, Form>> = {
  dim,
  // The first eight digits tell a person whether two are the same; the whole is in every other format.
  digest: (hashes) => dim(hashes.replace(/([0-9a-f]{8})[0-9a-f]+/g, '$1…')),
  parent: (image, d) => [[`  \u2190 ${image || '-'}[${said(d, 'ParentProcessId')}]`, 'dim']],
  container: (_, __, event) => container(event),
  outcome: (_, __, event) => [outcome(event.extra)],
  timeChange: (now, d) => {
    const before = said(d, 'PreviousCreationUtcTime');
    return dim(`${before === '' ? '' : `${before} `}\u2192 ${now || '-'}`);
  },
  archived: (archived) => dim(archived === 'true' ? 'archived' : ''),
  pipe: (type) => dim(type === 'CreatePipe' ? 'made' : 'opened'),
  connection: (protocol, d) => [
    [`${protocol} `, 'cyan'],
    // Sysmon's source of a connection that came in is the peer.
    [`${endpoint(d, 'Source')} \u2192 ${endpoint(d, 'Destination')}`],
    ...dim(d['Initiated'] === true ? '' : 'came in'),
  ],
  listener: (_, d) => {
    const ip = address(said(d, 'Address'));
    return [[` ${ip.includes(':') ? `[${ip}]` : ip}:${said(d, 'Port')}`]];
  },
  mounted: (source, d) => [[` ${[source, said(d, 'Target')].filter((end) => end !== '').join(' \u2192 ')}`]],
  queryType: (_, __, { extra }) => {
    const { queryType } = extra as AnyExtra;
    return queryType === undefined ? [] : [[` ${visible(queryType)}`, 'cyan']];
  },
  answer: (status, d) => {
    const results = said(d, 'QueryResults')
      .replace(/;(?=.)/g, ' ')
      .replace(/;$/, '');
    if (status === '0') return dim(`\u2192 ${results || 'nothing'}`);
    // A server may know other names of what it has no record of.
    const others = results === '' ? [] : dim(`\u2192 ${results}`);
    return [[`  ${unanswered(status)}`, nothingThere.has(status) ? 'dim' : 'yellow'], ...others];
  },
  target: (image, d) => [[`\u2192 ${image || '-'}[${said(d, 'TargetProcessId')}]`]],
  // Process 0: there is none.
  anyTarget: (image, d) =>
    dim(d['TargetProcessId'] === 0 ? '' : `\u2192 ${image || '-'}[${said(d, 'TargetProcessId')}]`),
};

/** Types of events that this version does not make: recordings may have them. */
const others: Readonly<Record<string, readonly TextPart[]>> = {};

/** A part as it is asked for again and again: one that has no field is not looked up. */
const stepOf = (part: TextPart): { readonly field: string; readonly form: Form | undefined } =>
  typeof part === 'string' ? { field: part, form: undefined } : { field: part[0], form: forms[part[1]] };

const steps: ReadonlyMap<string, readonly ReturnType<typeof stepOf>[]> = new Map(
  [...Object.entries(others), ...events.map((e) => [e.name, e.text] as const)].flatMap(([type, parts]) =>
    parts === 'fields' ? [] : [[type, parts.map(stepOf)] as const],
  ),
);

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
  const values = data as unknown as Data;
  const known = steps.get(event.type);
  const pieces: Piece[] = known === undefined ? fields(values) : [];
  if (known !== undefined)
    for (const { field, form } of known) {
      const value = field === '' ? '' : said(values, field);
      if (form === undefined) pieces.push([value]);
      else for (const piece of form(value, values, event)) pieces.push(piece);
    }
  const { errno } = event.extra as AnyExtra;
  if (errno !== undefined) pieces.push([`  ${errnoName(errno)}`, 'red']);
  return pieces;
}
