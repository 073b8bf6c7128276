/** Checks what serializers are told. */
import { SysmonError } from '../errors.js';
import { nearest } from '../check.js';
import { checkFieldSizes } from './field-sizes.js';

/** Refuses unknown and malformed options; `own` are those of the one serializer. */
export function checkSerializerOptions(format: string, options: unknown, own: readonly string[] = []): void {
  const refuse = (text: string): never => {
    throw new SysmonError('ERR_SYSMON_OPTION', `serializer ${format}: ${text}`);
  };
  if (options === null || typeof options !== 'object') return refuse(`expected an object with options, got ${String(options)}.`);
  const known = ['fieldSizes', 'labels', ...own];
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    refuse(`unknown option '${name}'.${near === undefined ? '' : ` Did you mean '${near}'?`} Known: ${known.join(', ')}.`);
  }
  const { fieldSizes, labels } = options as { fieldSizes?: unknown; labels?: unknown };
  checkFieldSizes(fieldSizes, refuse);
  if (labels === undefined) return;
  if (labels === null || typeof labels !== 'object') return refuse(`labels: expected names and texts, got ${String(labels)}.`);
  for (const [name, value] of Object.entries(labels)) {
    if (typeof value !== 'string') refuse(`labels: ${name}: expected a text, got ${String(value)}.`);
  }
}
