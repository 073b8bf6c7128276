/** A report for people: what matters of it, in lines that fit a terminal. */
import { dirname } from 'node:path';
import { errnoName } from '../base/errno.js';
import { visible } from '../base/printable.js';
import type { Connection, ProcessNode, Question, Report, Section } from './report.js';

const mostProcesses = 100;
const mostRows = 30;

const seconds = (from: string, to: string): string => `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(3)} s`;

/** `3 files`, `1 file`. */
const several = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const times = (count: number): string => (count === 1 ? '' : `, ${count} times`);

/** Lines of a part; none without anything to say. `rows`: those that are shown. */
function part(
  title: string,
  rows: readonly string[],
  more: number,
  { leftOut }: Pick<Section<unknown>, 'leftOut'>,
): string[] {
  if (rows.length === 0) return [];
  const rest = more > 0 ? [`  … and ${more.toLocaleString('en')} more, which the report has`] : [];
  const lost = leftOut > 0 ? [`  … and ${several(leftOut, 'event')} more about what the report has no room for`] : [];
  return ['', title, ...rows.map((row) => `  ${row}`), ...rest, ...lost];
}

function section<T>(title: string, all: Section<T>, row: (thing: T) => string): string[] {
  const shown = all.list.slice(0, mostRows);
  return part(title, shown.map(row), all.list.length - shown.length, all);
}

function fate({ endTime, exitCode, signal }: ProcessNode): string {
  if (endTime === undefined) return 'lives on';
  return signal === undefined ? `exit ${exitCode ?? '?'}` : `signal ${signal}`;
}

/** Nodes in the order in which they stand below each other, with their depth. Without recursion, see ProcessTree. */
function* walk(top: readonly ProcessNode[]): Generator<[ProcessNode, depth: number]> {
  const todo = [...top].reverse().map((node): [ProcessNode, number] => [node, 0]);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    yield next;
    const [{ children }, depth] = next;
    for (const child of [...children].reverse()) todo.push([child, depth + 1]);
  }
}

function processes({ processes: all, began }: Report): string[] {
  const rows: string[] = [];
  let count = 0;
  for (const [node, depth] of walk(all.list)) {
    if (++count > mostProcesses) continue;
    const { startTime, endTime, runs, image, pid } = node;
    const lasted = endTime === undefined ? '' : seconds(startTime, endTime);
    const what = runs.length === 0 ? `(${image})` : runs.map((r) => r.commandLine || r.image).join(' → ');
    const start = `+${seconds(began, startTime)}`.padStart(11);
    rows.push(
      `${start} ${lasted.padStart(10)}  ${fate(node).padEnd(9)} ${String(pid).padStart(7)}  ${'  '.repeat(Math.min(depth, 20))}${what}`,
    );
  }
  return part('processes: start, time, end, process id, what it ran', rows, count - rows.length, all);
}

function connection(c: Connection): string {
  const failed =
    c.failed === 0 ? '' : `, ${c.failed === c.count ? 'failed' : `${c.failed} failed`}: ${errnoName(c.errno ?? 0)}`;
  const at = c.address.includes(':') ? `[${c.address}]` : c.address;
  const name = c.name === undefined ? '' : ` (${c.name})`;
  const ends = c.direction === 'outbound' ? `to ${at}:${c.port}${name}` : `from ${at}${name} to port ${c.port}`;
  return `${c.protocol} ${ends}${times(c.count)}${failed}, by ${c.image} (${c.pid})`;
}

const statuses: Readonly<Record<string, string>> = {
  0: 'answered',
  9003: 'no such name',
  9501: 'no such record',
  1460: 'no answer',
};

const question = (q: Question): string =>
  `${q.name} ${q.type ?? ''}${times(q.count)}: ${statuses[q.status] ?? `status ${q.status}`}, by ${q.image} (${q.pid})`;

function files({ files: all }: Report): string[] {
  const folders = new Map<string, Record<'files' | 'made' | 'changed' | 'deleted', number>>();
  for (const { path, made, changed, deleted } of all.list) {
    const folder = folders.get(dirname(path)) ?? { files: 0, made: 0, changed: 0, deleted: 0 };
    folders.set(dirname(path), folder);
    folder.files++;
    if (made > 0) folder.made++;
    if (changed > 0) folder.changed++;
    if (deleted > 0) folder.deleted++;
  }
  const sorted = [...folders].sort(([, a], [, b]) => b.files - a.files);
  const rows = sorted.slice(0, mostRows).map(([folder, { files, made, changed, deleted }]) => {
    const counts = [
      [made, 'made'],
      [changed, 'changed'],
      [deleted, 'deleted'],
    ] as const;
    const did = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
    return `${folder}: ${several(files, 'file')} (${did.join(', ')})`;
  });
  return part('files, by directory', rows, sorted.length - rows.length, all);
}

function downloaded({ programs }: Report): string[] {
  const rows = programs.list.flatMap(({ image, origin, count }) => {
    if (origin === undefined) return [];
    const { destinationHostname, destination, destinationPort } = origin;
    const from = destinationHostname === undefined ? destination : `${destinationHostname} (${destination})`;
    return [
      `${image}${times(count)}: written by ${origin.image} (${origin.pid}) from ${from}, port ${destinationPort}`,
    ];
  });
  const shown = rows.slice(0, mostRows);
  return part('downloaded, and then run', shown, rows.length - shown.length, { leftOut: 0 });
}

/**
 * A report as text for people: the tree of processes, connections, questions of DNS, files by directory, what was
 * downloaded and then run, programs, changes of privilege, losses. Long lists are cut, and say so.
 *
 * @example
 * ```js
 * import { formatReport, watch } from '@org/sysmon/watch';
 *
 * const { report } = await (await watch('true')).done;
 * console.error(formatReport(report));
 * ```
 */
export function formatReport(report: Report): string {
  const { losses, troubles, others } = report;
  const lines = [
    `${several([...walk(report.processes.list)].length, 'process', 'processes')} in ${seconds(report.began, report.ended)}`,
    ...processes(report),
    ...section('connections', report.connections, connection),
    ...section('questions of DNS', report.questions, question),
    ...files(report),
    ...downloaded(report),
    ...section('programs', report.programs, (p) => `${p.image}${times(p.count)} ${p.hashes}`),
    ...section('changes of privilege', report.privileges, (p) => {
      const users = p.previousUser === p.user ? p.user : `${p.previousUser} → ${p.user}`;
      return `${p.operation} by ${p.image} (${p.pid}): ${users}${p.drop ? ', nothing gained' : ''}`;
    }),
    ...part(
      'other events',
      Object.entries(others).map(([type, count]) => `${type}: ${count}`),
      0,
      { leftOut: 0 },
    ),
    ...part(
      'lost, and missing above',
      losses.map((l) => `${l.count} ${l.unit ? `${l.unit} of ` : ''}${l.eventType}, stage ${l.stage}`),
      0,
      { leftOut: 0 },
    ),
    ...part('troubles of the sensor', troubles, 0, { leftOut: 0 }),
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}
