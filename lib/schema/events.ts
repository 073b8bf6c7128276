/**
 * The events, in the order of Sysmon's ids. THE SOURCE OF TRUTH: everything in *.gen.* is made from the files of
 * `events/`.
 */
import { files } from './events/index.gen.js';
import type { EventSchema } from './types.js';

/** Version of Sysmon's schema that names, fields and order follow. */
export const schemaVersion = '4.90';

export const events: readonly EventSchema[] = files
  .flatMap((file) => Object.values(file) as EventSchema[])
  .sort((a, b) => a.id - b.id);
