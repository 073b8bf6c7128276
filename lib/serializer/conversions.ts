/** Named conversions of the mapping tables. Each takes a value that says something; undefined: nothing after all. */
import type { MatchedRule, Technique } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { shortCapabilities } from '../event/capability-sets.js';
import { wholeLength } from './event-cutter.js';
import { cutText, shortLine } from '../base/cut-text.js';
import { isoDate, milliseconds } from './times.js';

/** Last part of a path. The root has no other name than its path. */
export const baseName = (path: string): string => (path === '/' ? path : path.slice(path.lastIndexOf('/') + 1));

/** Everything before the last part. */
export const folder = (path: string): string | undefined => {
  const at = path.lastIndexOf('/');
  return at < 0 ? undefined : at === 0 ? '/' : path.slice(0, at);
};

/** `SHA1=…,MD5=…` as pairs of name in upper case and digest. */
export function digests(text: string): readonly (readonly [algorithm: string, digest: string])[] {
  if (text !== lastDigests.text) lastDigests = { text, pairs: readDigests(text) };
  return lastDigests.pairs;
}

/** An event names its digests in several places. */
let lastDigests: { readonly text: string; readonly pairs: ReturnType<typeof readDigests> } = { text: '', pairs: [] };

function readDigests(text: string): [algorithm: string, digest: string][] {
  return text
    .split(',')
    .map((part) => part.split('=', 2) as [string, string])
    .filter(([name, value]) => name !== undefined && value !== undefined && /^[0-9a-fA-F]+$/.test(value));
}

interface DnsAnswer {
  readonly type: string;
  readonly data: string;
}

const recordTypes: Record<string, string> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  65: 'HTTPS',
};

/** `::ffff:192.0.2.1;type:  5 name.example;` as answers. */
export function dnsAnswers(text: string): DnsAnswer[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const typed = /^type:\s*(\d+)\s*(.*)$/.exec(part);
      if (typed) return { type: recordTypes[typed[1]] ?? `TYPE${typed[1]}`, data: typed[2] };
      const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(part);
      if (v4) return { type: 'A', data: v4[1] };
      return { type: part.includes(':') ? 'AAAA' : 'A', data: part };
    });
}

/** Windows' status of a query as a response code of DNS; undefined: no answer came. */
export function responseCode(status: string): { readonly id: number; readonly name: string } | undefined {
  const codes = [
    [0, 'NOERROR'],
    [9001, 'FORMERR'],
    [9002, 'SERVFAIL'],
    [9003, 'NXDOMAIN'],
    [9004, 'NOTIMP'],
    [9005, 'REFUSED'],
  ] as const;
  const at = codes.findIndex(([windows]) => String(windows) === status);
  return at < 0 ? undefined : { id: at, name: codes[at][1] };
}

/** Eight groups, as Sysmon for Linux prints them, in the usual short form; other texts as they are. */
export function address(text: string): string {
  if (!/^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$/i.test(text)) return text;
  const groups = text
    .toLowerCase()
    .split(':')
    .map((g) => g.replace(/^0+(?=.)/, ''));
  let best = { at: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && groups[i + n] === '0') n++;
    if (n > best.length) best = { at: i, length: n };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

const algorithmIds: Record<string, readonly [id: number, name: string]> = {
  MD5: [1, 'MD5'],
  SHA1: [2, 'SHA-1'],
  SHA256: [3, 'SHA-256'],
};

const rcodeNames = ['NoError', 'FormError', 'ServError', 'NXDomain', 'NotImp', 'Refused'];

/** Kinds of files by their number in OCSF. */
const fileTypeNames = [
  'Unknown',
  'Regular File',
  'Folder',
  'Character Device',
  'Block Device',
  'Local Socket',
  'Named Pipe',
  'Symbolic Link',
];
/** By the format bits of a mode. */
const fileTypesByMode: Record<number, number> = { 0o10: 1, 0o04: 2, 0o02: 3, 0o06: 4, 0o14: 5, 0o01: 6, 0o12: 7 };
const fileTypeOf = (mode: number): number => fileTypesByMode[(mode >> 12) & 0o17] ?? 0;

/** Where an event says what kind of file it is by being that event. */
function fileTypeConversions() {
  const both = (id: number) => ({ id: (): number => id, name: (): string => fileTypeNames[id] });
  const unknown = both(0);
  const regular = both(1);
  const block = both(4);
  const pipe = both(6);
  return {
    unknownFileId: unknown.id,
    unknownFileName: unknown.name,
    regularFileId: regular.id,
    regularFileName: regular.name,
    blockDeviceId: block.id,
    blockDeviceName: block.name,
    namedPipeId: pipe.id,
    namedPipeName: pipe.name,
  };
}

const text = (value: unknown): string => String(value);

/** Techniques that a matched rule names; those that go with the type of event say nothing of this one. */
const ruled = (v: unknown): Technique[] => (v as readonly Technique[]).filter((t) => t.source === 'rule');
const listOf = (values: readonly (string | undefined)[]): string[] | undefined => {
  const known = [...new Set(values.filter((x) => x !== undefined && x !== ''))] as string[];
  return known.length === 0 ? undefined : known;
};
const isSub = (t: Technique): boolean => t.id.includes('.');
const parentId = (t: Technique): string => t.id.split('.')[0];

/** The process of this id among a process and its ancestors. */
export function inLine(p: ProcessRecord | undefined, pid: unknown): ProcessRecord | undefined {
  for (let q = p; q !== undefined; q = q.parent) if (q.pid === pid) return q;
  return undefined;
}

/** How ECS puts the leader of a session or group. */
export const leaderForm = ({ pid, guid, image }: ProcessRecord): object => ({
  pid,
  ...(guid === undefined ? {} : { entity_id: guid }),
  ...(image === '-' ? {} : { executable: image, name: baseName(image) }),
});

/** The field that tells a person most of an event: the first of these that says something. */
export const told = [
  ...[
    'CommandLine',
    'TargetFilename',
    'QueryName',
    'DestinationIp',
    'ImageLoaded',
    'PipeName',
    'Device',
    'TargetImage',
    'BpfProgramName',
    'State',
  ],
  ...['Configuration', 'Description', 'Image'],
];

/** How formats put an ancestor. */
export const ancestorForms = {
  ancestors: (a: ProcessRecord): object => ({
    pid: a.pid,
    entity_id: a.guid ?? a.strongId,
    executable: a.image,
    ...(a.commandLine === undefined ? {} : { command_line: cutText(a.commandLine, shortLine) }),
  }),
  /** Of a process that does not begin. */
  ancestorsShort: (a: ProcessRecord): object => ({ pid: a.pid, entity_id: a.guid ?? a.strongId, executable: a.image }),
  ancestry: (a: ProcessRecord): object => ({
    ...ancestorForms.ancestryShort(a),
    // Threads of the kernel have none, nor have ancestors that are read from lean JSON.
    ...(a.commandLine === '-' || a.commandLine === undefined ? {} : { cmd_line: cutText(a.commandLine, shortLine) }),
  }),
  ancestryShort: (a: ProcessRecord): object => ({
    pid: a.pid,
    uid: a.guid ?? a.strongId,
    ...(a.image === '-' ? {} : { name: baseName(a.image), path: a.image }),
  }),
};

function lineOf(p: ProcessRecord, form: (a: ProcessRecord) => object): object[] | undefined {
  const line = [...p.ancestors()].map(form);
  return line.length === 0 ? undefined : line;
}

const listed = (set: unknown): unknown => (Array.isArray(set) ? set : undefined);

/** Every conversion, by the name that the tables use. */
export const conversions = {
  text,
  number: (v: unknown): number | undefined => (Number.isFinite(Number(v)) ? Number(v) : undefined),
  boolean: (v: unknown): boolean | undefined =>
    v === true || v === 'true' ? true : v === false || v === 'false' ? false : undefined,
  lowerCase: (v: unknown): string => text(v).toLowerCase(),
  list: (v: unknown): unknown[] => [v],
  length: (v: unknown): number => wholeLength(v as readonly unknown[]),
  notEmpty: (v: unknown): unknown => ((v as readonly unknown[]).length === 0 ? undefined : v),
  baseName: (v: unknown): string => baseName(text(v)),
  folder: (v: unknown): string | undefined => folder(text(v)),
  extension: (v: unknown): string | undefined => /[^/.][^/]*\.([^./]+)$/.exec(text(v))?.[1],
  isoDate: (v: unknown): string | undefined => isoDate(text(v)),
  milliseconds: (v: unknown): number | undefined => milliseconds(text(v)),
  bootId: (v: unknown): string | undefined => /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):/.exec(text(v))?.[1],
  address: (v: unknown): string => address(text(v)),
  addressList: (v: unknown): string[] => [address(text(v))],
  ipVersion: (v: unknown): string => (v === true || v === 'true' ? 'ipv6' : 'ipv4'),
  ipVersionId: (v: unknown): number => (v === true || v === 'true' ? 6 : 4),
  direction: (v: unknown): string => (v === true || v === 'true' ? 'egress' : 'ingress'),
  directionName: (v: unknown): string => (v === true || v === 'true' ? 'Outbound' : 'Inbound'),
  directionId: (v: unknown): number => (v === true || v === 'true' ? 2 : 1),
  protocolNumber: (v: unknown): number | undefined => ({ tcp: 6, udp: 17 })[text(v)],
  octal: (v: unknown): string => Number(v).toString(8).padStart(4, '0'),
  hashObject: (v: unknown): unknown => {
    const known = digests(text(v)).map(([name, value]) => [name.toLowerCase(), value.toLowerCase()] as const);
    return known.length === 0 ? undefined : Object.fromEntries(known);
  },
  hashValues: (v: unknown): string[] | undefined => {
    const known = digests(text(v)).map(([, value]) => value.toLowerCase());
    return known.length === 0 ? undefined : known;
  },
  fingerprints: (v: unknown): unknown => {
    const known = digests(text(v)).map(([name, value]) => {
      const [id, caption] = algorithmIds[name.toUpperCase()] ?? [99, name];
      return { algorithm: caption, algorithm_id: id, value: value.toLowerCase() };
    });
    return known.length === 0 ? undefined : known;
  },
  environment: (v: unknown): string[] | undefined => {
    const pairs = Object.entries(v as Record<string, string>).map(([n, value]) => `${n}=${value}`);
    return pairs.length === 0 ? undefined : pairs;
  },
  environmentObjects: (v: unknown): unknown => {
    const pairs = Object.entries(v as Record<string, string>).map(([name, value]) => ({ name, value }));
    return pairs.length === 0 ? undefined : pairs;
  },
  dnsAnswers: (v: unknown): unknown => dnsAnswers(text(v)),
  dnsAnswerObjects: (v: unknown): unknown => dnsAnswers(text(v)).map((a) => ({ rdata: a.data, type: a.type })),
  dnsAddresses: (v: unknown): string[] | undefined => {
    const known = dnsAnswers(text(v))
      .filter((a) => a.type === 'A' || a.type === 'AAAA')
      .map((a) => address(a.data));
    return known.length === 0 ? undefined : known;
  },
  responseCode: (v: unknown): string | undefined => responseCode(text(v))?.name,
  responseCodeId: (v: unknown): number | undefined => responseCode(text(v))?.id,
  aboveZero: (v: unknown): number | undefined => (Number(v) > 0 ? Number(v) : undefined),
  ...fileTypeConversions(),
  modeTypeId: (v: unknown): number => fileTypeOf(Number(v)),
  modeTypeName: (v: unknown): string => fileTypeNames[fileTypeOf(Number(v))],
  rcodeName: (v: unknown): string | undefined => {
    const code = responseCode(text(v));
    return code && rcodeNames[code.id];
  },
  failure: (): string => 'failure',
  failureId: (): number => 2,
  failureName: (): string => 'Failure',
  keyValues: (v: unknown): unknown =>
    Object.entries(v as object).map(([name, value]) => ({ name, value: text(value) })),
  leader: (v: unknown, { process: p }: SysmonEvent): unknown => {
    const leader = inLine(p, v);
    return leader && leaderForm(leader);
  },
  ancestors: (v: unknown): unknown => lineOf(v as ProcessRecord, ancestorForms.ancestors),
  ancestorsShort: (v: unknown): unknown => lineOf(v as ProcessRecord, ancestorForms.ancestorsShort),
  ancestry: (v: unknown): unknown => lineOf(v as ProcessRecord, ancestorForms.ancestry),
  ancestryShort: (v: unknown): unknown => lineOf(v as ProcessRecord, ancestorForms.ancestryShort),
  shortLine: (v: unknown): string => cutText(text(v), shortLine),
  effectiveList: (v: unknown): unknown => listed((shortCapabilities(v) as { effective?: unknown }).effective),
  permittedList: (v: unknown): unknown => listed((shortCapabilities(v) as { permitted?: unknown }).permitted),
  /** Sets that are said in a word: where there is a list, or none at all, there is nothing to add. */
  capabilityWords: (v: unknown): unknown => {
    const words = Object.entries(shortCapabilities(v) as object).filter(
      ([name, set]) => typeof set === 'string' && !(name === 'effective' && set === 'none') && name !== 'gained',
    );
    return words.length === 0 ? undefined : Object.fromEntries(words);
  },
  framework: (v: unknown): string | undefined => (ruled(v).length === 0 ? undefined : 'MITRE ATT&CK'),
  techniqueIds: (v: unknown) => listOf(ruled(v).map(parentId)),
  techniqueNames: (v: unknown) =>
    listOf(
      ruled(v)
        .filter((t) => !isSub(t))
        .map((t) => t.name),
    ),
  subtechniqueIds: (v: unknown) =>
    listOf(
      ruled(v)
        .filter(isSub)
        .map((t) => t.id),
    ),
  subtechniqueNames: (v: unknown) =>
    listOf(
      ruled(v)
        .filter(isSub)
        .map((t) => t.name),
    ),
  tactics: (v: unknown) => listOf(ruled(v).flatMap((t) => t.tactics)),
  attacks: (v: unknown): unknown => {
    const known = ruled(v).map((t) => ({
      ...(t.tactics.length === 0 ? {} : { tactics: t.tactics.map((name) => ({ name })) }),
      ...(isSub(t)
        ? { technique: { uid: parentId(t) }, sub_technique: { uid: t.id, name: t.name } }
        : { technique: { uid: t.id, name: t.name } }),
    }));
    return known.length === 0 ? undefined : known;
  },
  ruleNames: (v: unknown) => listOf((v as readonly MatchedRule[]).map((r) => r.name)),
  summary: (v: unknown): string => {
    const { type, data } = v as SysmonEvent;
    const fields = data as unknown as Record<string, unknown>;
    const of = told.find((name) => fields[name] !== undefined && fields[name] !== '-');
    const said = of === undefined ? undefined : fields[of];
    return said === undefined ? type : `${type}: ${text(said)}`;
  },
} satisfies Record<string, (value: unknown, event: SysmonEvent) => unknown>;

export type Conversion = keyof typeof conversions;
