/** Where the files of this package are, also when a bundler has put its modules into a file of another program. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a file would `require`. Not by an import: webpack puts something else in the place of such a call. */
export const requireOf = (file: string): NodeJS.Require => process.getBuiltinModule('node:module').createRequire(file);

/**
 * The file that this code is in. Bundles of CommonJS have no `import.meta.url`, or that of the file that was bundled.
 * `__filename` alone would not do: under `node -e` every module sees a global one, `[eval]`.
 */
export function ownFile(): string {
  const url = import.meta.url as string | undefined;
  const own = url?.startsWith('file:') ? fileURLToPath(url) : undefined;
  if (own !== undefined && existsSync(own)) return own;
  return typeof __filename === 'string' && isAbsolute(__filename) ? __filename : (own ?? process.execPath);
}

/**
 * Folders that files of the package are looked for in, the first that has one wins. It is one, the package's own,
 * unless this code is in a bundle: then the folder of the bundle, that above it, and the package if it is installed
 * where the bundle would find it.
 */
export function packageFolders(): readonly [string, ...string[]] {
  const own = ownFile();
  if (/\bbase[/\\]package-files\.[jt]s$/.test(own)) return [join(dirname(own), '..', '..')];
  const folders: [string, ...string[]] = [dirname(own), join(dirname(own), '..')];
  try {
    folders.push(dirname(requireOf(own).resolve('@org/sysmon/package.json')));
  } catch {
    // It is not installed there, and need not be.
  }
  return folders;
}

/** Path of a file of the package; that in the first folder if there is none, for the error of whoever opens it. */
export function packageFile(name: string): string {
  const folders = packageFolders();
  return join(folders.find((folder) => existsSync(join(folder, name))) ?? folders[0], name);
}
