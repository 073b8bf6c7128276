/** Files of configurations, that to begin with among them. */
import { readFileSync } from 'node:fs';
import { SysmonError } from '../base/errors.js';

/** Where the starter configuration lies; `loadConfig('starter')` reads it. */
export const starterPath: URL = new URL('../../lib/config/starter.yml', import.meta.url);

/**
 * The configuration to start with, as it is in the package: YAML in UTF-8.
 *
 * @example
 * ```js
 * import { writeFileSync } from 'node:fs';
 * import { readStarter } from '@org/sysmon/config';
 *
 * writeFileSync('rules.yml', readStarter());
 * ```
 */
export function readStarter(): Buffer {
  return readFileSync(starterPath);
}

/**
 * Bytes of a configuration: of the file at a path, or of `starter`. Throws SysmonError (ERR_SYSMON_CONFIG) if it cannot
 * be read.
 *
 * @example
 * ```js
 * import { checkConfig, readConfigFile } from '@org/sysmon/config';
 *
 * console.log(checkConfig(readConfigFile('/etc/sysmon/rules.xml')));
 * ```
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
