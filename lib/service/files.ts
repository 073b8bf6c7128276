/** Where the service is installed, and what lies there. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Sysmon for Linux lives, and so everything that expects it there. */
export const home = '/opt/sysmon';

/** By name; each in `home`. */
export const names = {
  /** Starts the command. */
  launcher: 'sysmon',
  /** Starts `sysmon view`. */
  view: 'sysmonLogView',
  /** A link to the node that installed it: what begins a script has no room for a long path. */
  node: 'node',
  /** This package, with the packages that it needs. */
  package: 'package',
  config: 'config.xml',
  settings: 'settings.json',
  status: 'status.json',
  /** The next record id, eight bytes, least significant first. */
  recordIds: 'eventId',
  /** What the service says of itself where there is no systemd to keep it. */
  log: 'sysmon.log',
} as const;

export const file = (name: keyof typeof names): string => join(home, names[name]);

export const launchers = ['launcher', 'view'] as const;

/** What only root may read: commands of others stand in rules, and paths. */
export const secret = 0o600;

/** Puts a file in the place of another, whole or not at all, also if the machine stops. */
export function replaceFile(path: string, content: string | Uint8Array, mode = secret): void {
  const made = `${path}.new`;
  writeFileSync(made, content, { mode, flush: true });
  renameSync(made, path);
  const folder = openSync(join(path, '..'), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
