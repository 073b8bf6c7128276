/** Takes out of paths and ports what is another one in every run. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where a run took place. */
export interface RunPlaces {
  /** Folder of the project: written as `.`. */
  readonly project: string;
  /** Home directory: written as `~`. */
  readonly home: string;
  /** Folders of temporary files. */
  readonly temporary: readonly string[];
  /** Whether a file is there, now that the run is over. For tests. */
  readonly exists?: (path: string) => boolean;
}

/** A word of a name that says nothing if it was made by chance: mkstemp takes six letters and digits of any kind. */
const shuffled = (name: string): string => name.replace(/[A-Za-z0-9]{6,}/g, '<random>');

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** What looks random wherever it stands. */
function steady(path: string): string {
  return path
    .replace(/^\/proc\/\d+(?=\/|$)/, '/proc/<pid>')
    .replace(/\/task\/\d+(?=\/|$)/, '/task/<pid>')
    .replace(/\/_cacache\/(content-v2|index-v5|tmp)\/.*/, '/_cacache/$1/<hash>')
    .replace(/\/objects\/[0-9a-f]{2}\/[0-9a-f]{38,}$/, '/objects/<hash>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>')
    .replace(/\d{4}-\d\d-\d\d[T_ ]\d\d[-_:]?\d\d[-_:]?\d\d(?:[._]\d+)?Z?/g, '<time>')
    .replace(/(?<![0-9A-Za-z])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?![0-9A-Za-z])/g, '<hex>')
    .replace(/(?<![0-9A-Za-z])\d{4,}(?![0-9A-Za-z])/g, '<n>');
}

/**
 * A path as every run of the same command has it. In folders of temporary files, and where a file did not outlive the
 * run, every word of six letters or digits and more counts as made by chance: nothing tells `cc1a2b` from a word.
 */
export function normalPath(path: string, places: RunPlaces): string {
  const exists = places.exists ?? existsSync;
  const temporary = places.temporary.find((folder) => isBelow(path, folder));
  // A project may itself lie in a temporary folder.
  const within = isBelow(path, places.project);
  if (temporary !== undefined && !within) {
    const rest = path.slice(temporary.length);
    return `${temporary}${rest.replace(/^\/[^/]+/, shuffled).replace(/(?<=^\/[^/]+)\/.*/, (more) => steady(more))}`;
  }
  const gone = path.startsWith('/') && !path.startsWith('/proc/') ? firstGone(path, exists) : undefined;
  const shown =
    gone === undefined
      ? path
      : `${dirname(gone).replace(/\/$/, '')}/${shuffled(gone.slice(gone.lastIndexOf('/') + 1))}${path.slice(gone.length)}`;
  return steady(within ? `.${shown.slice(places.project.length)}` : inHome(shown, places.home));
}

const inHome = (path: string, home: string): string =>
  home !== '/' && isBelow(path, home) ? `~${path.slice(home.length)}` : path;

/** The topmost part of a path that is not there any more. */
function firstGone(path: string, exists: (path: string) => boolean): string | undefined {
  if (exists(path)) return undefined;
  let gone = path;
  for (let up = dirname(gone); up !== gone && !exists(up); up = dirname(up)) gone = up;
  return gone;
}

let range: readonly [number, number] | undefined;

/** Ports that the kernel hands out say nothing. */
export function normalPort(port: number): string {
  range ??= portRange();
  return port >= range[0] && port <= range[1] ? '<port>' : String(port);
}

function portRange(): [number, number] {
  try {
    const [from, to] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/).map(Number);
    return [from, to];
  } catch {
    return [32768, 60999];
  }
}
