/** Files of configurations, that to begin with among them. */
import { readFileSync } from 'node:fs';
import { SysmonError } from '../base/errors.js';
import { packageFile } from '../base/package-files.js';

const starter = 'lib/config/starter.yml';

/**
 * The configuration to start with, as it is in the package: YAML in UTF-8. Throws SysmonError (ERR_SYSMON_CONFIG) if a
 * bundle was made without it.
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
  const path = packageFile(starter);
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SysmonError(
      'ERR_SYSMON_CONFIG',
      `cannot read the configuration starter: ${(cause as Error).message}. A bundle needs ${starter} of the package beside it.`,
      { cause, operation: 'config' },
    );
  }
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
