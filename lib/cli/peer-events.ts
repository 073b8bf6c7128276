/** How Sysmon itself calls its events, in its schema and where it shows them to people. */
import { eventOfId } from '../schema/manifest.js';

const symbols: Readonly<Record<number, string>> = {
  1: 'CREATE_PROCESS',
  2: 'FILE_TIME',
  9: 'RAWACCESS_READ',
  10: 'ACCESS_PROCESS',
  12: 'REG_KEY',
  13: 'REG_SETVALUE',
  14: 'REG_NAME',
  17: 'CREATE_NAMEDPIPE',
  18: 'CONNECT_NAMEDPIPE',
  19: 'WMI_FILTER',
  20: 'WMI_CONSUMER',
  21: 'WMI_BINDING',
  24: 'CLIPBOARD',
  25: 'PROCESS_IMAGE_TAMPERING',
};

/** `SYSMONEVENT_CREATE_PROCESS`. Most are the tag of the rules, and so are those that Sysmon does not have. */
export function symbolOf(id: number): string {
  const event = eventOfId(id);
  const name = event?.tag ?? event?.type ?? String(id);
  return `SYSMONEVENT_${symbols[id] ?? name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toUpperCase()}`;
}
