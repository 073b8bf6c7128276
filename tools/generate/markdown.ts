/** Generates docs/events.md: every event with its fields, their types and sources, and what its hook cannot see. */
import { events, schemaVersion } from '../../lib/schema/events.js';
import { usualHookOf } from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { BlindSpot, EventSchema } from '../../lib/schema/types.js';
import { banner } from './c.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const jsType = (type: string): string =>
  type === 'u32' || type === 'u16' ? 'number' : type === 'bool' ? 'boolean' : 'string';

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
    'Every event also has `type`, `id`, `recordId`, `time` (ISO 8601, UTC, microseconds), `host`, `extra` and `techniques`; events of a process have `process`.',
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
      ...example(e),
      ...((e.blindSpots?.length ?? 0) > 0
        ? ['What it cannot see:', '', ...(e.blindSpots ?? []).map(blindSpot), '']
        : []),
      ...(e.withoutCgroup2
        ? ['And where the root of cgroup2 is out of reach:', '', ...e.withoutCgroup2.blindSpots.map(blindSpot), '']
        : []),
    ]),
    '## The process record',
    '',
    '`event.process`: one frozen object per (process, exec), shared by all events of it. `parent` leads to the record of the parent as it was when',
    'the process was made, and so on up to the first process; in JSON the line of ancestors stands as `ancestors`, nearest first.',
    '',
    '| field | type | what it holds |',
    '| --- | --- | --- |',
    ...processFields.map(([name, encoding, type, doc]) => {
      const optional = encoding.startsWith('optional') || encoding === 'flag';
      return `| \`${name}\`${optional ? ' (may be absent)' : ''} | \`${cell(type.replaceAll('readonly ', ''))}\` | ${cell(doc)} |`;
    }),
    '',
  ].join('\n');
}
