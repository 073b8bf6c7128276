/** What stands in the lists of a policy, as conditions of rules. */
import { existsSync, realpathSync } from 'node:fs';
import { isIP } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import type { Entry, Line } from '../config/model.js';
import type { Position } from '../config/findings.js';
import { watchFault } from '../schema/watched-files.js';
import type { SectionName } from './policy-sections.js';

/** Where relative patterns begin. */
export interface Places {
  /** `.` of a pattern. */
  readonly project: string;
  /** `~` of a pattern. */
  readonly home: string;
  /** Folders in which programs are looked up, joined by `:`. */
  readonly path: string;
}

/** A pattern that cannot be understood; the text says why. */
export class PatternError extends Error {}

const special = /[\\^$.|+()[\]{}]/g;

/** A glob as a regular expression: `*` and `?` stay within a name, `**` does not, `{a,b}` is one of them. */
export function globSource(glob: string): string {
  let depth = 0;
  const out = glob.replace(/\/\*\*\/|\/\*\*$|\*\*|[^]/gu, (part) => {
    if (part === '/**/') return '/(?:.*/)?';
    if (part === '/**') return '(?:/.*)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') return (depth++, '(?:');
    if (part === '}' && depth > 0) return (depth--, ')');
    if (part === ',' && depth > 0) return '|';
    return part.replace(special, '\\$&');
  });
  if (depth > 0) throw new PatternError("a '{' is not closed");
  return out;
}

const isGlob = (text: string): boolean => /[*?{]/.test(text);

/** The real path of what a pattern names before its first wildcard: events say where a link leads to. */
function realPattern(pattern: string): string {
  const parts = pattern.split('/');
  const firstGlob = parts.findIndex(isGlob);
  const fixed = (firstGlob < 0 ? parts : parts.slice(0, firstGlob)).join('/') || '/';
  const rest = firstGlob < 0 ? [] : parts.slice(firstGlob);
  try {
    return [realpathSync(fixed).replace(/\/$/, ''), ...rest].join('/');
  } catch {
    return pattern; // it is not there, or not yet
  }
}

/** A path with wildcards, absolute, in all the ways in which an event can say it. */
function pathPatterns(text: string, { project, home }: Places): string[] {
  const below = text.endsWith('/') ? `${text}**` : text;
  const whole = below.startsWith('~/')
    ? join(home, below.slice(2))
    : below.startsWith('/') || below.startsWith('**')
      ? below
      : resolve(project, below);
  return [...new Set([whole, whole.startsWith('/') ? realPattern(whole) : whole])];
}

/** The programs that a name stands for: what is of that name, and where a link of that name in the PATH leads to. */
function programPatterns(name: string, { path }: Places): string[] {
  const found = isGlob(name)
    ? []
    : path
        .split(delimiter)
        .map((folder) => join(folder, name))
        .filter((file) => file.startsWith('/') && existsSync(file))
        .map((file) => realpathSync(file));
  return [...new Set([`**/${name}`, ...found])];
}

const regex = (sources: readonly string[], flags: string): string => `${flags}^(?:${sources.join('|')})$`;

/** Conditions on a field that holds a path: of the whole path, or of its last part where the pattern has no slash. */
function ofPath(field: string, text: string, places: Places, at: Position): Line {
  const isPath = text.includes('/') || text === '**' || text === '.' || text === '~';
  const patterns = isPath ? pathPatterns(text, places) : programPatterns(text, places);
  return line(field, 'regex', regex(patterns.map(globSource), '(?s-i)'), at);
}

const line = (field: string, condition: Line['condition'], value: string, at: Position): Line => ({
  kind: 'line',
  field,
  condition,
  value,
  at,
});
const all = (entries: readonly Entry[], at: Position): Entry =>
  entries.length === 1 ? entries[0] : { kind: 'all', entries, at };
const any = (entries: readonly Entry[], at: Position): Entry =>
  entries.length === 1 ? entries[0] : { kind: 'any', entries, at };

const digest = /^(md5|sha1|sha256)[:=]([0-9a-f]+)$/i;
const digits: Readonly<Record<string, number>> = { MD5: 32, SHA1: 40, SHA256: 64 };

/** The algorithm of a digest that a pattern asks for. */
export const algorithmOf = (text: string): string | undefined => digest.exec(text)?.[1].toUpperCase();

/**
 * A script that is executed is what counts, beside its interpreter: denied is what either of them is, allowed is what
 * the script is, and the interpreter where there is none.
 */
function ofProgram(list: 'allow' | 'deny', text: string, places: Places, at: Position): Entry {
  const hash = ofHash(text, at);
  const program = hash ?? ofPath('Image', text, places, at);
  const script = hash ? [] : [ofPath('process.script', text, places, at)];
  const byItself = list === 'allow' ? all([line('process.script', 'is', '-', at), program], at) : program;
  return any([byItself, ...script], at);
}

function ofHash(text: string, at: Position): Line | undefined {
  const [, name, hex] = digest.exec(text) ?? [];
  if (name === undefined) return undefined;
  const algorithm = name.toUpperCase();
  if (hex.length !== digits[algorithm])
    throw new PatternError(`'${text}': a digest of ${algorithm} has ${digits[algorithm]} digits, not ${hex.length}`);
  return line('Hashes', 'contains', `${algorithm}=${hex.toUpperCase()}`, at);
}

/** `HOST`, `HOST:PORT`, `[ADDRESS]:PORT`. */
function ofPeer(text: string, at: Position): Entry {
  const bare = isIP(text) === 6 || /^[0-9a-f:.]*::?[0-9a-f:.]*\/\d+$/i.test(text);
  const [, inBrackets, plain, port] = bare
    ? [text, text]
    : (/^(?:\[([^\]]+)\]|([^:[\]]+))(?::([^:]+))?$/.exec(text) ?? []);
  const host = inBrackets ?? plain;
  if (host === undefined)
    throw new PatternError(`'${text}' is neither a name nor an address, with or without a port; IPv6: [ADDRESS]:PORT`);
  const parts = [hostEntry(host, text, at), portEntry(port, text, at)].flatMap((e) => e ?? []);
  return parts.length > 0 ? all(parts, at) : always(at);
}

function hostEntry(host: string, text: string, at: Position): Entry | undefined {
  if (host === '*') return undefined;
  const [address, bits] = host.split('/');
  const kind = isIP(address);
  if (kind !== 0) {
    if (bits !== undefined && !(/^\d+$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128)))
      throw new PatternError(`'${text}': '${host}' is no network, such as 10.0.0.0/8`);
    return line('DestinationIp', 'cidr', host, at);
  }
  if (bits !== undefined || /^[\d.]+$/.test(host))
    throw new PatternError(`'${text}': '${host}' is no address, and no name`);
  return line('DestinationHostname', 'regex', regex([globSource(host)], '(?s)'), at);
}

function portEntry(port: string | undefined, text: string, at: Position): Entry | undefined {
  if (port === undefined || port === '*') return undefined;
  const [from, to = from] = port.split('-');
  const good = [from, to].every((n) => /^\d{1,5}$/.test(n) && Number(n) <= 65535) && Number(from) <= Number(to);
  if (!good)
    throw new PatternError(`'${text}': '${port}' is no port, such as 443, or range of ports, such as 8000-8099`);
  if (from === to) return line('DestinationPort', 'eq', from, at);
  return all([line('DestinationPort', 'ge', from, at), line('DestinationPort', 'le', to, at)], at);
}

function ofPrivilege(text: string, at: Position): Entry {
  if (/^CAP_[A-Z_]+$/.test(text)) {
    const word = `(?-i)\\b${text}\\b`;
    const had: Entry = { kind: 'not', entries: [line('PreviousCapabilities', 'regex', word, at)], at };
    return all([line('Capabilities', 'regex', word, at), had], at);
  }
  if (text.startsWith('user:')) {
    const name = regex([globSource(text.slice(5))], '(?s-i)');
    const was: Entry = { kind: 'not', entries: [line('PreviousUser', 'regex', name, at)], at };
    return all([line('User', 'regex', name, at), was], at);
  }
  return line('Operation', 'regex', regex([globSource(text)], '(?s-i)'), at);
}

/** What every event is: nothing else says so in the language of rules. */
export const always = (at: Position): Line => line('process.pid', 'ge', '0', at);

/** The conditions of an item, by the event that they are about; an event that is absent is not what the item means. */
export function itemEntries(
  section: SectionName,
  list: 'allow' | 'deny',
  text: string,
  places: Places,
  at: Position,
): Readonly<Record<string, Entry>> {
  switch (section) {
    case 'connect':
      return text.startsWith('unix:')
        ? { UnixConnect: line('SocketName', 'regex', regex(unixPatterns(text.slice(5), places), '(?s-i)'), at) }
        : { NetworkConnect: ofPeer(text, at) };
    case 'resolve':
      return { DnsQuery: line('QueryName', 'regex', regex([globSource(text)], '(?s)'), at) };
    case 'execute':
      return { '*': ofProgram(list, text, places, at) };
    case 'write':
      return { '*': ofPath('TargetFilename', inProject(text), places, at) };
    case 'read':
      return { '*': ofRead(text, places, at) };
    case 'privilege':
      return { '*': ofPrivilege(text, at) };
    case 'module':
      return { '*': ofHash(text, at) ?? ofModule(text, places, at) };
  }
}

/** What the lists of `read` and `write` say without a folder is in that of the project. */
const inProject = (text: string): string => (text.includes('/') ? text : `./${text}`);

/** `{a,b}` of a glob, one after the other. */
function alternatives(glob: string): string[] {
  const [, head, choice, rest] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  if (choice === undefined) {
    if (/[{}]/.test(glob)) throw new PatternError(`'${glob}': { } within { } cannot be watched`);
    return [glob];
  }
  return choice.split(',').flatMap((one) => alternatives(`${head}${one}${rest}`));
}

/**
 * The entries of `watchFiles` by which the kernel side tells of what a pattern means: it knows `*`, and `**` at the
 * end.
 * `exact`: of nothing else.
 */
export function watchEntries(text: string, places: Places): { entry: string; exact: boolean }[] {
  return pathPatterns(inProject(text), places)
    .flatMap(alternatives)
    .map((glob) => {
      const parts = glob.split('/');
      const many = parts.findIndex((part) => part.includes('**'));
      const cut = many < 0 ? parts : [...parts.slice(0, many), '**'];
      const entry = cut.join('/').replaceAll('?', '*');
      const wrong = watchFault(entry);
      if (wrong !== undefined) throw new PatternError(`'${text}' cannot be watched as ${entry}: ${wrong}`);
      return { entry, exact: entry === glob };
    });
}

/** By its path, or as another name of a file that was seen under it. */
function ofRead(text: string, places: Places, at: Position): Entry {
  const named = ofPath('TargetFilename', inProject(text), places, at);
  let same: Entry[] = [];
  try {
    const exact = watchEntries(text, places).filter((entry) => entry.exact);
    same = exact.map(({ entry }) => line('WatchEntry', 'is', entry, at));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error; // what is allowed need not be seen
  }
  return same.length === 0
    ? named
    : any([named, all([line('extra.byInode', 'is', 'true', at), any(same, at)], at)], at);
}

const unixPatterns = (text: string, places: Places): string[] =>
  (text.startsWith('@') ? [text] : pathPatterns(text, places)).map(globSource);

function ofModule(text: string, places: Places, at: Position): Entry {
  if (text.includes('/')) return ofPath('ImageLoaded', text, places, at);
  const name = globSource(text.replaceAll('-', '_').replace(/\.ko$/, ''));
  return line('extra.module.name', 'regex', regex([name], '(?s-i)'), at);
}

/** Who an exception is for: what it is called in a policy, and the field that it looks at. */
export const exceptionFields: Readonly<Record<string, string>> = {
  parent: 'process.parent.image',
  ancestor: 'process.ancestors.image',
  program: 'process.image',
  package: 'process.npm.package',
};

/** The condition of one word of an exception. */
export function exceptionEntry(word: string, texts: readonly string[], places: Places, at: Position): Entry {
  const field = exceptionFields[word];
  return any(
    texts.map((text) =>
      word === 'package'
        ? line(field, 'regex', regex([globSource(text)], '(?s-i)'), at)
        : ofPath(field, text, places, at),
    ),
    at,
  );
}
