/** `-s`: Sysmon's schema, as XML: the events of a version and their fields. */
import { refuse } from '../../base/errors.js';
import { sysmonConditions } from '../../config/model.js';
import { manifest, type ManifestEvent, type ManifestField } from '../../schema/manifest.js';
import { symbolOf } from '../peer-events.js';
import type { FieldType } from '../../schema/types.js';
import { eventTable, schemaVersion } from '../../schema/tables.gen.js';

/** How Sysmon names the types of fields. */
const types: Readonly<Partial<Record<FieldType, string>>> = {
  u32: 'win:UInt32',
  u16: 'win:UInt16',
  bool: 'win:Boolean',
  guid: 'win:GUID',
  hex: 'win:HexInt32',
};

function field({ name, type }: ManifestField): string {
  const inType = types[type] ?? 'win:UnicodeString';
  const out = types[type] === undefined ? 'xs:string' : /ProcessId$/.test(name) ? 'win:PID' : undefined;
  return `      <data name="${name}" inType="${inType}"${out === undefined ? '' : ` outType="${out}"`} />\n`;
}

const versions: ReadonlyMap<number, number> = new Map(eventTable.map((e) => [e.id, e.version]));

function event({ id, type, tag, default: without, fields }: ManifestEvent): string {
  const rules =
    tag === undefined ? '' : ` rulename="${tag}" ruledefault="${without === 'log' ? 'include' : 'exclude'}"`;
  const level = id === 255 ? 'Error' : 'Informational';
  const version = versions.get(id) ?? 5;
  return (
    `    <event name="${symbolOf(id)}" value="${id}" level="${level}" template="${type}"${rules} version="${version}">\n` +
    `${fields.map(field).join('')}    </event>\n`
  );
}

/** Of the version that begins so, or of all there are: one is known here. */
export function manifestText(version: string | undefined): string {
  if (version !== undefined && version.toLowerCase() !== 'all' && !schemaVersion.startsWith(version))
    refuse(`There is no schema that matches that version: '${version}'. Known: ${schemaVersion}, or all.`);
  return `<manifest schemaversion="${schemaVersion}">
  <configuration>
    <filters default="is">${sysmonConditions.join(',')}</filters>
  </configuration>
  <events>
${manifest.map(event).join('')}  </events>
</manifest>
`;
}
