/** The processes of a run, as a tree. */
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import type { ProcessNode, ProgramRun, Section } from './report.js';
import { byTime, cut } from './sections.js';

const mostRuns = 32;

interface Node {
  record: ProcessRecord;
  endTime?: string;
  exitCode?: number;
  signal?: number;
  readonly runs: ProgramRun[];
  runsLeftOut: number;
}

/** How often the process had executed something by then. */
const execsOf = ({ strongId }: ProcessRecord): number => Number(strongId.slice(strongId.lastIndexOf(':') + 1));

/** Of a process, whatever it executes: the count of its execs is left out. */
const keyOf = ({ strongId }: ProcessRecord): string => strongId.slice(0, strongId.lastIndexOf(':'));

export class ProcessTree {
  readonly #most: number;
  readonly #nodes = new Map<string, Node>();
  #events = 0;
  #leftOut = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(event: SysmonEvent & { readonly process: ProcessRecord }): void {
    this.#events++;
    const { process: record } = event;
    const key = keyOf(record);
    let node = this.#nodes.get(key);
    if (node === undefined) {
      if (this.#nodes.size >= this.#most) {
        this.#leftOut++;
        return;
      }
      this.#nodes.set(key, (node = { record, runs: [], runsLeftOut: 0 }));
    }
    // Some events wait for a digest, and later ones pass them.
    if (execsOf(record) >= execsOf(node.record)) node.record = record;
    if (event.type === 'ProcessCreate') {
      const { time, data } = event;
      if (node.runs.length < mostRuns) node.runs.push({ time, image: data.Image, commandLine: cut(data.CommandLine) });
      else node.runsLeftOut++;
    } else if (event.type === 'ProcessTerminate') {
      node.endTime = event.time;
      if (event.extra.exitCode !== undefined) node.exitCode = event.extra.exitCode;
      if (event.extra.signal !== undefined) node.signal = event.extra.signal;
    }
  }

  /** Those whose makers were seen are below them, at any depth: who made them may not have been seen itself. */
  section(): Section<ProcessNode> {
    const children = new Map<string | undefined, Node[]>();
    for (const node of this.#nodes.values()) {
      let above: ProcessRecord | undefined = node.record.parent;
      while (above !== undefined && !this.#nodes.has(keyOf(above))) above = above.parent;
      const key = above && keyOf(above);
      const list = children.get(key);
      if (list === undefined) children.set(key, [node]);
      else list.push(node);
    }
    return { events: this.#events, list: shown(children, undefined), leftOut: this.#leftOut };
  }
}

/** Without recursion: a line of processes may be as long as all of them. */
function shown(children: ReadonlyMap<string | undefined, readonly Node[]>, top: undefined): ProcessNode[] {
  const roots: ProcessNode[] = [];
  const todo: [key: string | undefined, list: ProcessNode[]][] = [[top, roots]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [key, list] = next;
    const nodes = [...(children.get(key) ?? [])].sort((a, b) => (a.record.startTime < b.record.startTime ? -1 : 1));
    for (const { record, runs, runsLeftOut, endTime, exitCode, signal } of nodes) {
      const below: ProcessNode[] = [];
      list.push({
        pid: record.pid,
        image: record.image,
        user: record.user,
        startTime: record.startTime,
        ...(endTime !== undefined && { endTime }),
        ...(exitCode !== undefined && { exitCode }),
        ...(signal !== undefined && { signal }),
        runs: [...runs].sort(byTime),
        ...(runsLeftOut > 0 && { runsLeftOut }),
        children: below,
      });
      todo.push([keyOf(record), below]);
    }
  }
  return roots;
}
