/** What Sysmon says of a configuration: scripts look for these words. What else is wrong stands beside them. */
import type { Diagnostic } from '../../config/findings.js';
import { parseSchemaVersion, versionText } from '../../config/model.js';
import { schemaVersion } from '../../schema/tables.gen.js';

export const validated = 'Configuration file validated.\n';

/** Said of a file whose version can be read, before anything else is looked at. */
export function loadingText(version: string): string {
  const other = version === schemaVersion ? '' : `Sysmon schema version: ${schemaVersion}\n`;
  return `Loading configuration file with schema version ${version}\n${other}`;
}

/** The version that a file names, as Sysmon reads it; undefined: none that is one. */
export function versionOf(text: string): string | undefined {
  const [, said] = /schemaversion\s*[=:]\s*["']?([^"'\s>]*)/.exec(text) ?? [];
  const version = said === undefined ? undefined : parseSchemaVersion(said);
  return version && versionText(version);
}

const quoted = (text: string): string => /'([^']*)'/.exec(text)?.[1] ?? text;

/** One finding in Sysmon's words. `text`: the file, as far as it is one. */
export function peerError({ code, message }: Diagnostic, path: string, text: string): string {
  switch (code) {
    case 'schema-version': {
      const version = versionOf(text);
      if (version === undefined)
        return `Error: Invalid schema version number (${quoted(message)})  for configuration: ${path}`;
      return `Error: Incorrect or unsupported schema version ${version} for configuration: ${path}`;
    }
    case 'unknown-condition':
      return `Error: Unknown condition: ${quoted(message)}`;
    case 'unknown-field':
      return `Incorrect field ${/ has no field (\S+?),?(?: |$)/.exec(message)?.[1] ?? message}`;
    default:
      return `Error: Failed to load xml configuration: ${path} (${message})`;
  }
}

/** Of a file that cannot be read at all. */
export const peerUnreadable = (path: string, said: string): string =>
  `Error: Failed to open xml configuration: ${path} (${said})`;
