/** Formats by the names that --format takes. */
import type { RuleSet } from '../config/model.js';
import { refuse } from '../base/errors.js';
import { createSerializer, createText, formats as known, type Serializer } from '../serializer/index.js';
import type { Output } from './output.js';

export const formats: readonly string[] = Object.keys(known);

export function checkFormat(name: string | undefined): void {
  if (name !== undefined && !formats.includes(name))
    refuse(`--format: '${name}' is unknown. Known: ${formats.join(', ')}.`);
}

/** What the flags --format, --color and --no-color say of an output. */
export interface FormatFlags {
  readonly format?: string | undefined;
  readonly color?: boolean | undefined;
  readonly 'no-color'?: boolean | undefined;
}

/** The serializer of an output: text on a terminal and json elsewhere, unless the flags say so. */
export async function serializerFor(
  v: FormatFlags,
  { isTerminal }: Output,
  config: RuleSet | undefined,
): Promise<Serializer<string>> {
  const format = v.format ?? (isTerminal ? 'text' : 'json');
  const fieldSizes = await fieldSizesOf(config);
  const colour = v['no-color'] ? false : (v.color ?? (isTerminal && !process.env['NO_COLOR']));
  return format === 'text' ? createText({ colour, fieldSizes }) : createSerializer(format, { fieldSizes });
}

/** Sysmon's FieldSizes cut text in output only, so that they are the serializer's and not the sensor's. */
async function fieldSizesOf(config: RuleSet | undefined): Promise<Readonly<Record<string, number>> | undefined> {
  return config && (await import('../config/index.js')).optionsOf(config).fieldSizes;
}
