/** A copy of this package and of those that it needs: what was installed from may be removed, or written by others. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SysmonError } from '../base/errors.js';
import { packageFolders } from '../base/package-files.js';
import { addonFile, builtAddon } from '../native.js';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What the command needs of the package, beside the addon. */
const needed = [
  'package.json',
  'dist',
  'lib/schema/events.schema.json',
  'lib/config/config.schema.json',
  'lib/config/starter.yml',
  'lib/guard/policy.schema.json',
  'LICENSE',
  'THIRD_PARTY_NOTICES',
];

/** Headers to build the addon with, types and maps are for those who develop. */
const left = /(^|\/)(include|node_modules|\.bin)$|\.(map|d\.[cm]?ts)$|\.built$/;

/** Copies a file or a folder; all may read it, and only root may change it. */
function copy(from: string, to: string): void {
  const entries = entriesOf(from);
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  if (entries === undefined) {
    copyFileSync(from, to);
    return chmodSync(to, 0o644);
  }
  mkdirSync(to, { recursive: true, mode: 0o755 });
  for (const entry of entries) {
    const path = join(from, entry);
    if (!left.test(path)) copy(path, join(to, entry));
  }
}

function entriesOf(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Where a package is that another one needs, as node looks for it. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Each below who needs it: so no two versions of one meet. */
function copyNeeded(from: string, to: string, above: readonly string[]): void {
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(from);
  for (const name of new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)])) {
    if (above.includes(name)) continue; // it is found above
    const folder = folderOf(name, from);
    const target = join(to, 'node_modules', name);
    if (folder !== undefined) {
      copy(folder, target);
      copyNeeded(folder, target, [...above, name]);
    } else if (optionalDependencies[name] === undefined)
      throw new SysmonError(
        'ERR_SYSMON_STATE',
        `${from}: its dependency ${name} is not installed. Run npm install there.`,
      );
  }
}

/** Copies the package into a folder. Throws SysmonError, or what the file system says. */
export function copyPackage(to: string): void {
  const folder = packageFolders().find((f) => existsSync(join(f, 'dist/cli/main.js')));
  if (folder === undefined)
    throw new SysmonError(
      'ERR_SYSMON_STATE',
      `there is no built package in ${packageFolders().join(' or ')}: install it with npm, or build it, and call its own command.`,
    );
  for (const name of needed) if (existsSync(join(folder, name))) copy(join(folder, name), join(to, name));
  copy(addonFile(), join(to, builtAddon));
  copyNeeded(folder, to, []);
}
