/** Files of configurations, that to begin with among them. */
import { readFileSync } from 'node:fs';
import { SysmonError } from '../base/errors.js';

/** Where the starter configuration lies; `loadConfig('starter')` reads it. */
export const starterPath: URL = new URL('../../lib/config/starter.yml', import.meta.url);

export function readStarter(): Buffer {
  return readFileSync(starterPath);
}

/**
 * Bytes of a configuration: of the file at a path, or of `starter`. Throws SysmonError (ERR_SYSMON_CONFIG) if it cannot
 * be read.
 */
export function readConfigFile(path: string): Buffer {
  if (path === 'starter') return readStarter();
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SysmonError('ERR_SYSMON_CONFIG', `cannot read the configuration ${path}: ${(cause as Error).message}`, {
      cause,
      operation: 'config',
    });
  }
}
