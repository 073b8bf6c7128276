/** Checks what serializers are told. */
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { checkFieldSizes } from './field-sizes.js';
import type { SerializerOptions } from './serializer.js';

/** Refuses unknown and malformed options; `own` are those of the one serializer. */
export function checkSerializerOptions(format: string, options: unknown, own: readonly string[] = []): void {
  const where = `serializer ${format}`;
  const { fieldSizes, labels } = checkNames<SerializerOptions>(where, options, [
    'fieldSizes',
    'labels',
    ...(own as []),
  ]);
  checkFieldSizes(where, fieldSizes);
  if (labels === undefined) return;
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels))
    refuse(`${where}: labels: expected names and texts, got ${show(labels)}.`);
  for (const [name, value] of Object.entries(labels as Record<string, unknown>)) {
    if (typeof value !== 'string') refuse(`${where}: labels: ${name}: expected a text, got ${show(value)}.`);
  }
}
