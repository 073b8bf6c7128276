/**
 * `@org/sysmon/serializers`: an event in, one document out.
 *
 * @module serializers
 */
import { SysmonError } from '../base/errors.js';
import { createEcs } from './ecs.js';
import { createJson } from './json.js';
import { createOcsf } from './ocsf.js';
import { createText } from './text.js';
import type { Serializer, SerializerOptions } from './serializer.js';
import { createWinlogbeat } from './winlogbeat.js';
import { createXml } from './xml.js';

export { createEcs, ecs, type EcsOptions } from './ecs.js';
export { cutText } from '../base/cut-text.js';
export { fieldCutter, parseFieldSizes, type FieldSizes } from './field-sizes.js';
export { createJson, json } from './json.js';
export type { JsonOptions } from './json-options.js';
export { createOcsf, ocsf } from './ocsf.js';
export { createText, text, type TextOptions } from './text.js';
export { visible } from '../base/printable.js';
export {
  containerOf,
  isLoss,
  type Container,
  type Serializable,
  type Serializer,
  type SerializerOptions,
} from './serializer.js';
export { createWinlogbeat, winlogbeat } from './winlogbeat.js';
export { createXml, xml, type XmlOptions } from './xml.js';

/** The built-in formats by name, with their options. */
export const formats = {
  text: createText,
  json: createJson,
  xml: createXml,
  winlogbeat: createWinlogbeat,
  ecs: createEcs,
  ocsf: createOcsf,
} as const satisfies Record<string, (options?: SerializerOptions) => Serializer<string>>;

/** Name of a built-in format. */
export type Format = keyof typeof formats;

/** The serializer of a format, by name. Throws SysmonError (ERR_SYSMON_OPTION) for one that does not exist. */
export function createSerializer(format: string, options: SerializerOptions = {}): Serializer<string> {
  if (!Object.hasOwn(formats, format))
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `there is no format '${format}'. Known: ${Object.keys(formats).join(', ')}.`,
    );
  return formats[format as Format](options);
}
