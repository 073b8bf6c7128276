/** Formats by the names that --format takes. */
import { readConfiguration } from '../configure.js';
import { createSerializer as create, createText, formats as known, type Serializer, type SerializerOptions } from '../serializer/index.js';

export const formats: readonly string[] = Object.keys(known);

/** `colour` is for text alone. */
export function createSerializer(format: string, options: SerializerOptions & { readonly colour: boolean }): Serializer<string> {
  const { colour, ...rest } = options;
  return format === 'text' ? createText({ colour, ...rest }) : create(format, rest);
}

/** Sysmon's FieldSizes cut text in output only, so that they are the serializer's and not the sensor's. */
export async function fieldSizesOf(config: string | undefined): Promise<Readonly<Record<string, number>> | undefined> {
  if (config === undefined) return undefined;
  const { ruleSet } = await readConfiguration(config);
  return (await import('../config/index.js')).optionsOf(ruleSet).fieldSizes;
}
