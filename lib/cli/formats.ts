/** Formats by the names that --format takes. */
import { createSerializer as create, createText, formats as known, type Serializer, type SerializerOptions } from '../serializer/index.js';

export const formats: readonly string[] = Object.keys(known);

/** `colour` is for text alone. */
export function createSerializer(format: string, options: SerializerOptions & { readonly colour: boolean }): Serializer<string> {
  const { colour, ...rest } = options;
  return format === 'text' ? createText({ colour, ...rest }) : create(format, rest);
}
