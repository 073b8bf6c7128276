/** Formats by the names that --format takes. */
import { refuse } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';
import { createJson, createSerializer, createText, type JsonOptions, type Serializer } from '../serializer/index.js';
import type { Given } from './given.js';
import type { Output } from './output.js';
import type { CommandStreams } from './streams.js';

const narrowest = 20; // columns

/** The serializer of an output: text on a terminal and json elsewhere, unless the flags say so. */
export async function serializerFor(
  given: Given,
  { isTerminal }: Output,
  config: RuleSet | undefined,
  { stdout }: CommandStreams,
): Promise<Serializer<string>> {
  const format = given.text('format') ?? (isTerminal ? 'text' : 'json');
  const form = given.text('json-process') as JsonOptions['process'];
  if (form !== undefined && format !== 'json')
    refuse(`--json-process: it is of json alone, and the format is ${format}. Add --format json, or leave it out.`);
  const fieldSizes = await fieldSizesOf(config);
  const colour = given.on('no-color') ? false : (given.on('color') ?? (isTerminal && !process.env['NO_COLOR']));
  if (format === 'json') return createJson({ fieldSizes, process: form });
  if (format !== 'text') return createSerializer(format, { fieldSizes });
  if (!isTerminal || given.on('wide')) return createText({ colour, fieldSizes });
  // A terminal may change its size at any time.
  let columns: number | undefined;
  let serialize: Serializer<string> | undefined;
  return (event) => {
    const now = stdout.columns?.();
    if (serialize === undefined || now !== columns) {
      columns = now;
      // Where the size is not known it is 0.
      serialize = createText({ colour, fieldSizes, width: now ? Math.max(now, narrowest) : undefined });
    }
    return serialize(event);
  };
}

/** Sysmon's FieldSizes cut text in output only, so that they are the serializer's and not the sensor's. */
async function fieldSizesOf(config: RuleSet | undefined): Promise<Readonly<Record<string, number>> | undefined> {
  return config && (await import('../config/index.js')).optionsOf(config).fieldSizes;
}
