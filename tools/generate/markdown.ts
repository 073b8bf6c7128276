/** Generates docs/events.md: every event with its fields, their types and sources, and what its hook cannot see. */
import { readFileSync } from 'node:fs';
import { events, schemaVersion } from '../../lib/schema/events.js';
import { commonExtra, extraMembers, ownExtra, requiredExtra, type ExtraMember } from '../../lib/schema/extra.js';
import { usualHookOf } from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { BlindSpot, EventSchema } from '../../lib/schema/types.js';
import { banner } from './c.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const jsType = (type: string): string =>
  type === 'u32' || type === 'u16' ? 'number' : type === 'bool' ? 'boolean' : 'string';

const plainType = (type: string): string => cell(type.replaceAll('readonly ', ''));

const extraTable = (members: readonly ExtraMember[]): string[] => [
  '| member | type | what it holds |',
  '| --- | --- | --- |',
  ...members.map(([name, type, doc]) => `| \`${name}\` | \`${plainType(type)}\` | ${cell(doc)} |`),
  '',
];

/** How many cells of the matrix of paths came out how, on each kernel: the table that the tests' own page has. */
function pathsByKernel(): string[] {
  const page = readFileSync('docs/evasion.md', 'utf8').split('\n');
  const first = page.findIndex((line) => /^\| kernel +\| file systems/.test(line));
  if (first < 0) throw new Error('docs/evasion.md has no table of kernels: npm run evasion writes it');
  return page.slice(first, page.indexOf('', first) + 1);
}

/** Every member with the events that may have it. */
function allExtra(): string[] {
  const common = new Set(commonExtra.map(([name]) => name));
  const names = [...new Set(events.map((e) => e.name))];
  const having = (member: string): string =>
    common.has(member) ? 'all' : names.filter((n) => ownExtra(n).some(([name]) => name === member)).join(', ');
  return [
    '| member | type | events | what it holds |',
    '| --- | --- | --- | --- |',
    ...[...extraMembers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, type, doc]) => `| \`${name}\` | \`${plainType(type)}\` | ${having(name)} | ${cell(doc)} |`),
    '',
  ];
}

function ofExtra(e: EventSchema): string[] {
  const own = ownExtra(e.name);
  return own.length === 0
    ? []
    : ['In `extra` it may have, beside [what all may have](#extra):', '', ...extraTable(own)];
}

function example(e: EventSchema): string[] {
  if (e.example === undefined) return [];
  const event = { type: e.name, id: e.id, ...e.example };
  return ['A recorded one, without `process`:', '', '```json', JSON.stringify(event, null, 2), '```', ''];
}

/** On which kernels, where not on all. */
const blindSpot = (b: BlindSpot): string => (typeof b === 'string' ? `- ${b}` : `- Before ${b.before}: ${b.text}`);

export function eventsPage(): string {
  return [
    `<!-- ${banner('lib/schema')} -->`,
    '',
    '# Events',
    '',
    `Names, order and meaning of the fields in \`data\` follow Sysmon's schema ${schemaVersion}. Unknown text is \`-\`, an unknown GUID is all zeros.`,
    'Every event also has `type`, `id`, `recordId`, `time` (ISO 8601, UTC, microseconds), `host`, `extra` and `techniques`; events of a process have `process`,',
    'and those that named rules keep have `rules`: `[{ name, tags }]`, see [configuration.md](configuration.md#the-rules-of-an-event).',
    'Bytes that are not UTF-8 appear as `\\xHH` in `data`, and `extra.raw` has the exact bytes of the field in base64.',
    '',
    ...events.flatMap((e) => [
      `## ${e.name} (${e.id})`,
      '',
      e.doc,
      '',
      `Source: ${usualHookOf(e) ? `kernel hook \`${usualHookOf(e)?.[0]}\`` : 'the sensor itself'}. Without a rule: ${e.default === 'log' ? 'logged' : e.default === 'drop' ? 'dropped' : 'always logged'}.`,
      '',
      '| field | type | what it holds |',
      '| --- | --- | --- |',
      ...e.fields.map(([name, type, , doc]) => `| \`${name}\` | ${jsType(type)} | ${cell(doc)} |`),
      '',
      ...ofExtra(e),
      ...example(e),
      ...((e.blindSpots?.length ?? 0) > 0
        ? ['What it cannot see:', '', ...(e.blindSpots ?? []).map(blindSpot), '']
        : []),
      ...(e.withoutCgroup2
        ? ['And where the root of cgroup2 is out of reach:', '', ...e.withoutCgroup2.blindSpots.map(blindSpot), '']
        : []),
    ]),
    '## Paths of files, kernel by kernel',
    '',
    'Each call that gives, takes or changes a file, on each file system that could be mounted, by each way to name its folder, compared with what the kernel',
    'itself says of the file. Marked: `extra.exposed` or `extra.truncated` names the path. Unseen: no event, which is a blind spot above. Which call on which',
    'file system by which way stands in [evasion.md](evasion.md#paths-of-files), written like this table by the tests.',
    '',
    ...pathsByKernel(),
    '## Extra',
    '',
    `\`event.extra\` of any event: frozen, and shared between events where equal. ${requiredExtra.map((n) => `\`${n}\``).join(' and ')} are always there; a member that is absent has nothing to say.`,
    'In TypeScript each type of event has its own members besides; `AnyExtra` has all, for code that takes events of every type.',
    '',
    ...extraTable(commonExtra),
    '### Every member',
    '',
    'Of all events, in the order of the alphabet:',
    '',
    ...allExtra(),
    '## The process record',
    '',
    '`event.process`: one frozen object per (process, exec), shared by all events of it. `parent` leads to the record of the parent as it was when',
    'the process was made, and so on up to the first process; in JSON the line of ancestors stands as `ancestors`, nearest first.',
    '',
    "An event may leave its thread. What `structuredClone`, `postMessage` and `fork` with `serialization: 'advanced'` make of it is plain, with all fields of the",
    'record and of its ancestors (`parent`); what JSON makes of it (`JSON.stringify`, `fork` without that option) has `ancestors` in short. Neither has the methods',
    '`ancestors()` and `recentConnections`. Serializers and rules take such a copy like the event. Several events in one message share their ancestors there; one',
    'alone takes all of them along, so JSON is the shorter form. Of an error only `message` arrives; send `error.toJSON()`, which has all that it says.',
    '',
    '| field | type | what it holds |',
    '| --- | --- | --- |',
    ...processFields.map(([name, encoding, type, doc]) => {
      const optional = encoding.startsWith('optional') || encoding === 'flag';
      return `| \`${name}\`${optional ? ' (may be absent)' : ''} | \`${plainType(type)}\` | ${cell(doc)} |`;
    }),
    '',
  ].join('\n');
}
