/** The option `watchFiles`: which files are of the list whose opens are told. */
import { refuse, show } from '../base/errors.js';
import { longestWatched, mostWatched, watchedFiles, watchedLevels } from '../schema/watched-files.js';

const usual = 'default';

/** What is wrong with an entry; undefined: nothing. */
export function fault(entry: string): string | undefined {
  if (!entry.startsWith('/')) return `expected an absolute path, or '${usual}' for the usual list`;
  if (entry.includes('\0')) return 'a path has no NUL';
  const bytes = Buffer.byteLength(entry);
  if (bytes > longestWatched) return `at most ${longestWatched} bytes, this has ${bytes}: put a * for a part of it`;
  const parts = entry.slice(1).split('/');
  const last = parts.at(-1) ?? '';
  if (last === '')
    return `it ends with a slash: '${entry}*' is what is in that directory, '${entry}**' all that is below it`;
  if (parts.some((p) => p === '' || p === '.' || p === '..'))
    return "a path is compared as the kernel has it, without empty parts, '.' and '..'";
  if (/[?[\]{}]/.test(entry))
    return 'only * and ** stand for something: put a * for what may differ, also for ? [ ] { }';
  if (parts.some((p, i) => p.includes('**') && (p !== '**' || i < parts.length - 1)))
    return '** is the last part of a path, and stands for all that is below';
  // The part that it is found by.
  const plain = parts.findLastIndex((p) => !p.includes('*'));
  if (plain < 0) return 'a part of it must be without a *: nearly every file would fit';
  if (parts.length - 1 - plain > watchedLevels) return `one of its last ${watchedLevels + 1} parts must be without a *`;
  return undefined;
}

/** The option as the addon takes it. Throws SysmonError (ERR_SYSMON_OPTION). */
export function watched(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value))
    refuse(`option ${name}: expected a list such as ['${usual}', '/srv/secrets/**'], got ${show(value)}.`);
  const entries = new Set<string>();
  (value as unknown[]).forEach((v, i) => {
    if (v === usual) return watchedFiles.forEach((f) => entries.add(f));
    const wrong = typeof v === 'string' ? fault(v) : 'expected a path';
    if (wrong !== undefined) refuse(`option ${name}[${i}]: ${show(v)}: ${wrong}.`);
    entries.add(v as string);
  });
  if (entries.size > mostWatched)
    refuse(
      `option ${name}: at most ${mostWatched} paths, got ${entries.size}${(value as unknown[]).includes(usual) ? `; '${usual}' has ${watchedFiles.length} of them` : ''}.`,
    );
  return [...entries];
}
