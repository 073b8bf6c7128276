/** Formats by the names that --format takes. */
import type { RuleSet } from '../config/model.js';
import { refuse } from '../base/errors.js';
import {
  createSerializer as create,
  createText,
  formats as known,
  type Serializer,
  type SerializerOptions,
} from '../serializer/index.js';

export const formats: readonly string[] = Object.keys(known);

export function checkFormat(name: string | undefined): void {
  if (name !== undefined && !formats.includes(name))
    refuse(`--format: '${name}' is unknown. Known: ${formats.join(', ')}.`);
}

/** `colour` is for text alone. */
export function createSerializer(
  format: string,
  options: SerializerOptions & { readonly colour: boolean },
): Serializer<string> {
  const { colour, ...rest } = options;
  return format === 'text' ? createText({ colour, ...rest }) : create(format, rest);
}

/** Sysmon's FieldSizes cut text in output only, so that they are the serializer's and not the sensor's. */
export async function fieldSizesOf(config: RuleSet | undefined): Promise<Readonly<Record<string, number>> | undefined> {
  return config && (await import('../config/index.js')).optionsOf(config).fieldSizes;
}
