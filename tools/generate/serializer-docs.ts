/**
 * Generates docs/serializer-fields.md from the tables of the formats: every field, where it comes from, how it is
 * converted.
 */
import {
  ecsCommon,
  ecsFields,
  ecsKinds,
  ecsShort,
  ecsSpecial,
  ecsVersion,
  ecsWhole,
} from '../../lib/serializer/ecs-table.js';
import { ancestorRows } from '../../lib/serializer/ecs-rows.js';
import type { Row } from '../../lib/serializer/mapping.js';
import { ocsfClasses, ocsfCommon, ocsfKinds, ocsfVersion } from '../../lib/serializer/ocsf-table.js';
import { winlogbeatRows } from '../../lib/serializer/winlogbeat-table.js';
import { xmlExtensions } from '../../lib/serializer/xml-extensions.js';
import { banner } from './c.js';

const source = (text: string): string => (text.startsWith('=') ? `the text \`${text.slice(1)}\`` : `\`${text}\``);

const table = (rows: readonly Row[]): string[] => [
  '| field | from | converted |',
  '| --- | --- | --- |',
  ...rows.map(([target, from, conversion]) => `| \`${target}\` | ${source(from)} | ${conversion ?? ''} |`),
  '',
];

const list = (values: readonly string[] | undefined): string =>
  values === undefined ? '' : values.map((v) => `\`${v}\``).join(', ');

export function serializerFieldsPage(): string {
  const classes = ocsfClasses as Record<string, { readonly uid: number; readonly name: string }>;
  return [
    `<!-- ${banner('lib/serializer')} -->`,
    '',
    '# Fields of the formats',
    '',
    '`data.X` is a field of Sysmon, `process.X` one of the process record and `parent.X` of the parent’s, `extra.X` one of `event.extra`. A row whose',
    'source says nothing (absent, empty, `-`, an identity of zeros) writes nothing. Where two rows have the same target, the later one wins; lists',
    'are joined. The conversions are functions of these names in `lib/serializer/conversions.ts`.',
    '',
    '## xml',
    '',
    'The fields of `data` under their own names, in order. With `extended`, these follow where they have something to say: ' +
      `${xmlExtensions.map(([name]) => `\`${name}\``).join(', ')}; then \`Labels\`.`,
    '',
    '## winlogbeat',
    '',
    'All fields of `data` as text in `winlog.event_data`, and beside `winlog`:',
    '',
    ...table(winlogbeatRows),
    'Of a process that begins (ProcessCreate), and of one in other events:',
    '',
    ...table(ancestorRows.whole),
    ...table(ancestorRows.short),
    `## ecs (${ecsVersion})`,
    '',
    '| type | `event.category` | `event.type` |',
    '| --- | --- | --- |',
    ...Object.entries(ecsKinds).map(
      ([type, { category, type: types }]) => `| ${type} | ${list(category)} | ${list(types)} |`,
    ),
    '',
    '### Of every event',
    '',
    ...table(ecsCommon),
    '### Of a process that begins (ProcessCreate)',
    '',
    ...table(ecsWhole),
    '### Of a process in other events',
    '',
    ...table(ecsShort),
    '### Of the fields of Sysmon',
    '',
    ...table(ecsFields),
    ...Object.entries(ecsSpecial).flatMap(([type, rows]) => [`### Of ${type} alone`, '', ...table(rows)]),
    `## ocsf (${ocsfVersion})`,
    '',
    '| type | class | activity |',
    '| --- | --- | --- |',
    ...Object.entries(ocsfKinds).map(
      ([type, kind]) =>
        `| ${type} | ${classes[kind.class].name} (${classes[kind.class].uid}) | ${kind.activity[1]} (${kind.activity[0]}) |`,
    ),
    '',
    'A stop of the service is Stop (4), a pipe that is made Create (1), a question without an answer Query (1), a failed connection Fail (4).',
    'Fields of Sysmon that no row takes are in `unmapped` under their own names.',
    '',
    '### Of every event',
    '',
    ...table(ocsfCommon),
    ...Object.entries(ocsfKinds).flatMap(([type, kind]) => [`### Of ${type}`, '', ...table(kind.rows)]),
  ].join('\n');
}
