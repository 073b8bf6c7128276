/** Formats by the names that --format takes. */
import { createJson, createText, type Serializer } from '../serializer/index.js';

export interface FormatOptions {
  readonly colour: boolean;
}

const table: Record<string, (options: FormatOptions) => Serializer<string>> = {
  text: ({ colour }) => createText({ colour }),
  json: () => createJson(),
};

export const formats: readonly string[] = Object.keys(table);

export function createSerializer(format: string, options: FormatOptions): Serializer<string> {
  return table[format](options);
}
