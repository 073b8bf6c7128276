/** The option `watchFiles`: which files are of the list whose opens are told. */
import { refuse, show } from '../base/errors.js';
import { mostWatched, usualFiles, watchFault, watchedFiles } from '../schema/watched-files.js';

/** The option as the addon takes it. Throws SysmonError (ERR_SYSMON_OPTION). */
export function watched(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value))
    refuse(`option ${name}: expected a list such as ['${usualFiles}', '/srv/secrets/**'], got ${show(value)}.`);
  const entries = new Set<string>();
  (value as unknown[]).forEach((v, i) => {
    if (v === usualFiles) return watchedFiles.forEach((f) => entries.add(f));
    const wrong = typeof v === 'string' ? watchFault(v) : 'expected a path';
    if (wrong !== undefined) refuse(`option ${name}[${i}]: ${show(v)}: ${wrong}.`);
    entries.add(v as string);
  });
  if (entries.size > mostWatched)
    refuse(
      `option ${name}: at most ${mostWatched} paths, got ${entries.size}${(value as unknown[]).includes(usualFiles) ? `; '${usualFiles}' has ${watchedFiles.length} of them` : ''}.`,
    );
  return [...entries];
}
