/** What a run did, from its report or from its events, in the form that the matchers look at. */
import { refuse, show, SysmonError } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import type { ProcessNode, Report } from '../watch/report.js';

/** What can be looked at: a run of watch(), what it came to, its report, or events. */
export type Observed =
  | { readonly done: Promise<{ readonly report: Report }> }
  | { readonly report: Report }
  | Report
  | readonly SysmonEvent[];

/** What one thing was, as an event says it, and who did it. */
export interface SeenThing {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly process: SeenProcess;
}

export interface SeenProcess {
  readonly pid: number;
  readonly image: string;
  readonly commandLine: string;
}

/** A process that was still there `after` so many milliseconds; undefined: when it ended is not known. */
export interface Survivor extends SeenProcess {
  readonly afterMs: number | undefined;
}

export interface Seen {
  readonly things: readonly SeenThing[];
  /** Those that were there when the command had ended. */
  readonly survivors: readonly Survivor[];
  /** Why it is not everything; empty: it is. */
  readonly gaps: readonly string[];
}

const isReport = (value: object): value is Report => 'captured' in value && 'connections' in value;

/** Refuses what is none of them. */
export async function seenOf(where: string, what: Observed, types: readonly string[]): Promise<Seen> {
  if (Array.isArray(what)) return ofEvents(what as readonly SysmonEvent[]);
  if (typeof what !== 'object' || what === null)
    refuse(`${where}: expected a run of watch(), its report, or events, got ${show(what)}.`);
  const ended: object = 'done' in what ? await what.done : what;
  const report: unknown = 'report' in ended ? ended.report : ended;
  if (typeof report !== 'object' || report === null || !isReport(report))
    refuse(`${where}: expected a run of watch(), its report, or events, got ${show(what)}.`);
  const missing = types.filter((type) => !(report.captured as readonly string[]).includes(type));
  if (missing.length > 0)
    throw new SysmonError(
      'ERR_SYSMON_STATE',
      `${where}: the run did not capture ${missing.join(', ')}: name it in events.`,
    );
  return ofReport(report);
}

function ofEvents(events: readonly SysmonEvent[]): Seen {
  const things = events.filter(
    (event): event is SysmonEvent & SeenThing => 'process' in event && event.process !== undefined,
  );
  const ends = new Map(things.filter(({ type }) => type === 'ProcessTerminate').map((e) => [e.process.pid, e.time]));
  const first = things.find(({ type }) => type === 'ProcessCreate');
  const end = first && ends.get(first.process.pid);
  const begun = new Map(things.filter(({ type }) => type === 'ProcessCreate').map((e) => [e.process.pid, e.process]));
  const survivors =
    end === undefined ? [] : [...begun.values()].flatMap((process) => outlived(process, ends.get(process.pid), end));
  return { things, survivors, gaps: [] };
}

function outlived(process: SeenProcess, ended: string | undefined, end: string): Survivor[] {
  const afterMs = ended === undefined ? undefined : Date.parse(ended) - Date.parse(end);
  return afterMs === undefined || afterMs > 0 ? [{ ...pick(process), afterMs }] : [];
}

const pick = ({ pid, image, commandLine }: SeenProcess): SeenProcess => ({ pid, image, commandLine });

function ofReport(report: Report): Seen {
  const nodes = allOf(report.processes.list);
  const byPid = new Map<number, ProcessNode>(nodes.map((node) => [node.pid, node]));
  const lineOf = (node: ProcessNode | undefined, time: string, image: string): string =>
    node?.runs.filter((run) => run.time <= time).at(-1)?.commandLine ?? node?.runs.at(-1)?.commandLine ?? image;
  const thing = (
    type: string,
    { time, image, pid }: { time: string; image: string; pid: number },
    data: object,
  ): SeenThing => ({
    type,
    data: data as Record<string, unknown>,
    process: { pid, image, commandLine: lineOf(byPid.get(pid), time, image) },
  });
  const things = [
    ...report.programs.list.map((p) => thing('ProcessCreate', p, { Image: p.image, Hashes: p.hashes })),
    ...report.connections.list.map((c) =>
      thing('NetworkConnect', c, {
        Initiated: c.direction === 'outbound',
        Protocol: c.protocol,
        DestinationIp: c.address,
        DestinationPort: c.port,
        DestinationHostname: c.name ?? '-',
      }),
    ),
    ...report.files.list.map((f) => thing(f.made > 0 ? 'FileCreate' : 'FileModify', f, { TargetFilename: f.path })),
  ];
  const root = report.pid === undefined ? undefined : byPid.get(report.pid);
  const end = root?.endTime;
  const survivors =
    end === undefined
      ? []
      : nodes.flatMap((node) =>
          outlived({ pid: node.pid, image: node.image, commandLine: lineOf(node, '~', node.image) }, node.endTime, end),
        );
  const left = Object.entries({ ...report } as Record<string, unknown>).flatMap(([name, section]) => {
    const { leftOut = 0 } = (typeof section === 'object' && section !== null ? section : {}) as { leftOut?: number };
    return leftOut > 0 ? [`${leftOut} events of ${name} are not in the report`] : [];
  });
  const lost = report.losses.map(({ eventType, count }) => `${count} of ${eventType} were lost`);
  return { things, survivors, gaps: [...left, ...lost, ...report.troubles] };
}

/** Without recursion: a line of processes may be as long as all of them. */
function allOf(roots: readonly ProcessNode[]): ProcessNode[] {
  const all = [...roots];
  for (const node of all) all.push(...node.children); // an array gives what is added to it while it is walked
  return all;
}
