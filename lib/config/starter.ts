/** The configuration to begin with. */
import { readFileSync } from 'node:fs';

/** Where the starter configuration lies; `loadConfig('starter')` reads it. */
export const starterPath: URL = new URL('../../lib/config/starter.yml', import.meta.url);

export function readStarter(): Buffer {
  return readFileSync(starterPath);
}
