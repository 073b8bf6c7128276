/** What `sysmon guard` says on standard error, in lines. */
import { cutText } from '../base/cut-text.js';
import { visible } from '../base/printable.js';
import type { Breach, Doer, Novelty, ScriptReport } from '../guard/index.js';

const mostLines = 100;
const mostOfLine = 300;

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);
const things = (n: number): string => (n === 1 ? '1 thing' : `${n} things`);

/** Who did it: package and script, number, command line. */
function doer(process: Doer | undefined, script: string | undefined): string {
  const by = script === undefined ? '' : `${script}, `;
  const origin = process?.origin;
  const from = origin ? `, which ${origin.image} had got from ${origin.destinationHostname ?? origin.destination}` : '';
  if (process === undefined) return `by ${script ?? 'nobody that is known'}`;
  return `by ${by}process ${process.pid}: ${cutText(process.commandLine || process.image, mostOfLine)}${from}`;
}

/** The first lines, and how many there are besides. */
function firstOf<T>(list: readonly T[], more: number, line: (item: T) => string): string {
  const left = Math.max(0, list.length - mostLines) + more;
  return list.slice(0, mostLines).map(line).join('') + (left > 0 ? `  and ${left} more\n` : '');
}

/** What broke the policy; `ended`: what came of the process, by breach. */
export function breachText(
  file: string,
  breaches: readonly Breach[],
  more: number,
  ended: ReadonlyMap<Breach, string>,
): string {
  if (breaches.length === 0) return '';
  const count = breaches.reduce((sum, breach) => sum + breach.count, more);
  return `sysmon guard: ${visible(file)} is broken ${times(count)}\n${firstOf(breaches, more, (breach) => {
    const { rule, what, process, count: often } = breach;
    const why = rule.list === 'deny' ? `denied by ${rule.text}` : `not in the list (${rule.text})`;
    const end = ended.get(breach);
    return (
      `  ${visible(`${file}:${rule.line}:${rule.column} ${rule.section}: ${what}`)}${often > 1 ? ` (${times(often)})` : ''}, ` +
      `${visible(why)}\n    ${visible(doer(process, breach.package))}\n${end === undefined ? '' : `    ${end}\n`}`
    );
  })}`;
}

/** What a baseline does not have. */
export function noveltyText(file: string, news: readonly Novelty[]): string {
  if (news.length === 0) return '';
  return `sysmon guard: ${things(news.length)} that ${visible(file)} does not have\n${firstOf(
    news,
    0,
    ({ section, line, what, process, package: script }) =>
      `  ${visible(`${section}: ${line}${line.startsWith(what) ? '' : ` (${what})`}`)}\n    ${visible(doer(process, script))}\n`,
  )}`;
}

const words = {
  connect: 'connected to',
  resolve: 'asked for',
  execute: 'ran',
  write: 'wrote outside of the project',
  read: 'read of the files that are watched',
  privilege: 'changed its rights by',
  module: 'loaded the module',
} as const;

/** What scripts of packages did. */
export function scriptText(reports: readonly ScriptReport[], left: number): string {
  if (reports.length === 0) return '';
  return `sysmon guard: what scripts of packages did\n${firstOf(reports, left, ({ script, did, more }) => {
    const rows = (Object.entries(did) as [keyof typeof words, readonly string[]][]).map(([section, list]) => {
      const shown = list.slice(0, 10).join(', ') + (list.length > 10 ? `, and ${list.length - 10} more` : '');
      return `    ${words[section]} ${visible(shown)}\n`;
    });
    return `  ${visible(script)}\n${rows.join('')}${more > 0 ? `    and ${things(more)} more\n` : ''}`;
  })}`;
}
